"""Reports into the store: only what changed is read, a bad file never stops the others, memory stays small."""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from graph.backends import archive_of, journal_of, writing
from graph.decisions import read_decisions
from graph.library import Library
from graph.search.filling import fill_vectors, lacks_vectors
from graph.semantic import encoder
from graph.statements import wordings
from ingest import document_key, find_reports, read_document, reading_version
from ingest.document import load
from ontology import Reading, Reason, StoreBusy, UnreadableFile
from queries.reviewing.words import contradicted, strangers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.archive import Archive
    from graph.decisions import Decision
    from graph.library import Outcome
    from graph.store import Store
    from ontology import Aside

_NOTHING = "aucun compte rendu à lire : donnez des fichiers ou des dossiers"
_AHEAD = 4  # files under way for each process
_WORTH_IT = 12  # files below which starting processes costs more than it gains
UNPLACED = {Reason.LAYOUT, Reason.UNKNOWN_TABLE}

Task = tuple["Path", str, str | None]  # file, name, hash of the file as the store has it


@dataclass(frozen=True, slots=True)
class Summary:
    """What was read in one file, in a few words.

    Attributes:
        asides: the passages set aside, where they were asked for.
        unplaced: first and last line of what a table held and could not be placed.
    """

    name: str
    rows: int
    mentions: int
    doubtful: int
    reasons: Counter[Reason]
    warnings: tuple[str, ...]
    unplaced: tuple[int, int] | None
    asides: tuple[Aside, ...] = ()

    @classmethod
    def of(cls, reading: Reading, *, details: bool) -> Summary:
        """The summary of a reading."""
        lines = [aside.line for aside in reading.unplaced]
        return cls(
            reading.name,
            len(reading.rows),
            len(reading.mentions),
            sum(mention.doubtful for mention in reading.mentions),
            Counter(aside.reason for aside in reading.asides),
            reading.warnings,
            (min(lines), max(lines)) if lines else None,
            reading.asides if details else (),
        )


@dataclass(slots=True)
class Deciding:
    """What became of decisions, one line each.

    Attributes:
        given: decisions that were handed in.
        news: those among them that the store did not know.
        broken: lines of the store's own journal that are no decision.
        contradictions: decisions that are not followed, each with what it contradicts.
        strangers: keys handed in that name nothing in the store.
    """

    given: int = 0
    news: int = 0
    broken: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What one run did: the summary of each file that was read, one line for each that could not be."""

    outcome: Outcome
    deciding: Deciding
    summaries: list[Summary] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def ingest(
    address: str | None,
    paths: Iterable[Path],
    *,
    decisions: Sequence[Decision] = (),
    shipped: bool = True,
    jobs: int = 1,
    details: bool = False,
    progress: Callable[[Iterator[str], int], Iterable[str]] = lambda names, _: names,
    meaning: Callable[[int, int], object] | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> Report:
    """Load reports; readers see the whole run at once, or nothing of it; then what the model makes of their words.

    Args:
        address: of the store.
        paths: files and folders.
        decisions: the user's own, remembered by the store, after those it knows already.
        shipped: whether the decisions that come with leviers apply.
        jobs: processes that read files.
        details: whether summaries hold the passages set aside.
        progress: is given the names of the files as they are done, and their number.
        meaning: is told how many wordings the language model has read, of how many; None to do without the model.
        say: is given one line for the user where the model is broken.

    Raises:
        UnreadableFile: no file at all could be read.
        StoreError: the store cannot be written.
    """
    found = find_reports(paths)
    problems = list(found.problems)
    if not found.reports:
        raise UnreadableFile((*problems, _NOTHING)[0])
    with writing(address) as (store, archive):
        library = Library(store, archive, reading_version())
        run = _Run(library, problems, details=details)
        deciding = Deciding()
        known = _all_decisions(address, decisions, deciding, shipped=shipped)
        outcome = library.load(run.read(found.reports, jobs, progress), known)
        outcome.unchanged.extend(run.unchanged)
        if not run.summaries and not run.unchanged:
            raise UnreadableFile(problems[0])
        model = encoder(say) if meaning else None
        unlearnt = bool(model and lacks_vectors(store, model))
        _tell(deciding, store, outcome, decisions)
    if meaning and model and unlearnt:
        # The model takes its time; readers have the reports by now. A writer that came between leaves it to the next.
        with contextlib.suppress(StoreBusy), writing(address) as (store, _):
            fill_vectors(store, model, meaning)
    return Report(outcome, deciding, run.summaries, problems, found.left)


def decide(address: str | None, decisions: Sequence[Decision] = (), *, shipped: bool | None = None) -> Report:
    """Apply decisions to what the store holds, without reading any file again.

    Args:
        address: of the store.
        decisions: the user's own, remembered by the store, after those it knows already.
        shipped: whether the decisions that come with leviers apply; as at the last load, where it is not said.
    """
    with writing(address) as (store, archive):
        library = Library(store, archive, reading_version())
        deciding = Deciding()
        outcome = library.load((), _all_decisions(address, decisions, deciding, shipped=_as_before(archive, shipped)))
        _tell(deciding, store, outcome, decisions)
    return Report(outcome, deciding)


def _as_before(archive: Archive, shipped: bool | None) -> bool:
    """Whether the shipped decisions apply: a store that knows decisions, but none of these, was loaded without them."""
    if shipped is not None:
        return shipped
    known = read_decisions(archive.decisions(), "", [])
    return not archive.keys() or not set(shipped_decisions()).isdisjoint(known)


def standing(address: str | None) -> tuple[Decision, ...]:
    """The decisions that the next build will follow, those included that came since the last one."""
    own = journal_of(address).read([])
    return (*(shipped_decisions() if _as_before(archive_of(address), None) else ()), *own)


def pending(address: str | None) -> bool:
    """Whether the graph was built before the last decisions."""
    return standing(address) != read_decisions(archive_of(address).decisions(), "", [])


def _tell(deciding: Deciding, store: Store, outcome: Outcome, decisions: Sequence[Decision]) -> None:
    if decisions or outcome.contradictions:
        texts = wordings(store)
        deciding.contradictions = [contradicted(one, texts) for one in outcome.contradictions]
        deciding.strangers = [f"{decision.place} : {why}" for decision, why in strangers(decisions, texts)]


class _Run:
    """Files on their way into a library, one at a time."""

    def __init__(self, library: Library, problems: list[str], *, details: bool) -> None:
        self.library = library
        self.problems = problems
        self.details = details
        self.summaries: list[Summary] = []
        self.unchanged: list[str] = []
        self._names: dict[str, str] = {}  # document key → name

    def read(
        self,
        reports: list[tuple[Path, str]],
        jobs: int,
        progress: Callable[[Iterator[str], int], Iterable[str]],
    ) -> Iterator[Reading]:
        """The readings of the files that are new or changed."""
        held = self.library.held()
        tasks = [(path, name, held.get(document_key(name))) for path, name in reports]
        results = _in_processes(tasks, jobs) if jobs > 1 and len(tasks) >= _WORTH_IT else map(read_one, tasks)
        done: deque[Reading | str | None] = deque()

        def names() -> Iterator[str]:
            for (_, name, _), result in zip(tasks, results, strict=True):
                done.append(result)
                yield name

        for name in progress(names(), len(tasks)):
            if reading := self._take(name, done.popleft()):
                yield reading

    def _take(self, name: str, result: Reading | str | None) -> Reading | None:
        if isinstance(result, str):
            self.problems.append(result)
            return None
        other = self._names.setdefault(document_key(name), name)
        if other != name:
            # One report in two formats, most often: read twice, it would count twice in every answer.
            same = name.rsplit(".", 1)[0] == other.rsplit(".", 1)[0]
            why = "en est sans doute un autre format" if same else "porte déjà ce nom dans le graphe"
            self.problems.append(f"{name} : « {other} » {why} ; renommez l’un des deux{' pour lire les deux' * same}")
        elif result is None:
            self.unchanged.append(name)
        else:
            self.summaries.append(Summary.of(result, details=self.details))
            return result
        return None


def read_one(task: Task) -> Reading | str | None:
    """Read one file: its reading, None where the store has that very file, or one line that says what is wrong."""
    path, name, held = task
    try:
        document = load(path, name)
    except UnreadableFile as error:
        return str(error)
    return None if document.sha256 == held else read_document(document)


def _in_processes(tasks: list[Task], jobs: int) -> Iterator[Reading | str | None]:
    """The same, in several processes and in order; only a few files are under way at a time."""
    from concurrent.futures import ProcessPoolExecutor  # slow to load, and few files are read without
    from multiprocessing import get_context

    # A process that holds an open store must not be forked.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = deque(pool.submit(read_one, task) for task in tasks[: jobs * _AHEAD])
        for following in [*tasks[jobs * _AHEAD :], *([None] * len(waiting))]:
            result = waiting.popleft().result()
            if following is not None:
                waiting.append(pool.submit(read_one, following))
            yield result


def _all_decisions(
    address: str | None, more: Sequence[Decision], deciding: Deciding, *, shipped: bool
) -> tuple[Decision, ...]:
    """The decisions to build with, those handed in being remembered first: the shipped ones, then the user's own."""
    deciding.given = len(more)
    if address == "memory:":
        deciding.news, own = len(more), tuple(more)
    else:
        journal = journal_of(address)
        deciding.news = len(journal.add_news(more))
        own = journal.read(deciding.broken)
    return (*(shipped_decisions() if shipped else ()), *own)


@cache
def shipped_decisions() -> tuple[Decision, ...]:
    """The decisions that come with leviers: they name statements of the reports by hash."""
    folder = files("ingest").joinpath("examples", "egn")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".jsonl"))
    read = (read_decisions(folder.joinpath(name).read_text(encoding="utf-8"), name) for name in names)
    return tuple(replace(decision, shipped=True) for decisions in read for decision in decisions)

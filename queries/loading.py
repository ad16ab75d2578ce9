"""Reports into the store: only what changed is read, a bad file never stops the others, memory stays small."""

from __future__ import annotations

from collections import Counter, deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from graph.backends import writing
from graph.library import Library
from graph.reconcile import read_decisions, write_decisions
from ingest import document_key, find_reports, read_document, reading_version
from ingest.document import load
from ontology import Reading, Reason, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.archive import Archive
    from graph.library import Outcome
    from graph.reconcile import Decision
    from ontology import Aside

_OWN = "own-decisions.jsonl"
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
class Report:
    """What one run did: the summary of each file that was read, one line for each that could not be."""

    outcome: Outcome
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
) -> Report:
    """Load reports; readers see the whole run at once, or nothing of it.

    Args:
        address: of the store.
        paths: files and folders.
        decisions: the user's own, remembered by the store, after those it knows already.
        shipped: whether the decisions that come with leviers apply.
        jobs: processes that read files.
        details: whether summaries hold the passages set aside.
        progress: is given the names of the files as they are done, and their number.

    Raises:
        UnreadableFile: no file at all could be read.
        StoreError: the store cannot be written.
    """
    found = find_reports(paths)
    problems = list(found.problems)
    if not found.reports:
        nothing = "aucun compte rendu à lire : donnez des fichiers ou des dossiers"
        raise UnreadableFile(problems[0] if problems else nothing)
    with writing(address) as (store, archive):
        library = Library(store, archive, reading_version())
        run = _Run(library, problems, details=details)
        outcome = library.load(
            run.read(found.reports, jobs, progress), _all_decisions(archive, decisions, shipped=shipped)
        )
        outcome.unchanged.extend(run.unchanged)
        if not run.summaries and not run.unchanged:
            raise UnreadableFile(problems[0])
    return Report(outcome, run.summaries, problems, found.left)


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
        other = self._names.setdefault(document_key(name), name)
        if isinstance(result, str):
            self.problems.append(result)
        elif other != name:
            self.problems.append(f"{name} : « {other} » porte déjà ce nom dans le graphe ; renommez l’un des deux")
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
    from multiprocessing import get_context

    # A process that holds an open store must not be forked.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = deque(pool.submit(read_one, task) for task in tasks[: jobs * _AHEAD])
        for following in [*tasks[jobs * _AHEAD :], *([None] * len(waiting))]:
            result = waiting.popleft().result()
            if following is not None:
                waiting.append(pool.submit(read_one, following))
            yield result


def _all_decisions(archive: Archive, more: Sequence[Decision], *, shipped: bool) -> tuple[Decision, ...]:
    own = archive.folder / _OWN
    known = read_decisions(own.read_text(encoding="utf-8"), "décisions de la base") if own.exists() else ()
    if more:
        known = tuple(dict.fromkeys((*known, *more)))
        own.write_text(write_decisions(known), encoding="utf-8", newline="\n")
    return (*(shipped_decisions() if shipped else ()), *known)


@cache
def shipped_decisions() -> tuple[Decision, ...]:
    """The decisions that come with leviers: they name statements of the reports by hash."""
    folder = files("ingest").joinpath("examples", "egn")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".jsonl"))
    read = (read_decisions(folder.joinpath(name).read_text(encoding="utf-8"), name) for name in names)
    return tuple(decision for decisions in read for decision in decisions)

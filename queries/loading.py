"""Reports into the store: read what changed, keep going after a bad file, tell what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from graph.backends import writing
from graph.library import Library
from graph.reconcile import read_decisions, write_decisions
from ingest import document_key, find_reports, read_document, reading_version
from ingest.document import load
from ontology import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from graph.archive import Archive
    from graph.library import Outcome
    from graph.reconcile import Decision
    from ontology import Reading

_OWN = "own-decisions.jsonl"


@dataclass(slots=True)
class Report:
    """What one run did.

    Attributes:
        readings: of the files that were read this time, or whose reading was kept.
        problems: one line for each file that could not be read.
    """

    outcome: Outcome
    readings: list[Reading] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def ingest(
    address: str | None,
    paths: Iterable[Path],
    *,
    decisions: Sequence[Decision] = (),
    shipped: bool = True,
    progress: Callable[[Sequence[tuple[Path, str]]], Iterable[tuple[Path, str]]] = iter,
) -> Report:
    """Load reports; readers see the whole run at once, or nothing of it.

    Args:
        address: of the store.
        paths: files and folders.
        decisions: the user's own, remembered by the store, after those it knows already.
        shipped: whether the decisions that come with leviers apply.
        progress: wraps the list of files while they are read.

    Raises:
        UnreadableFile: no file at all could be read.
        StoreError: the store cannot be written.
    """
    found = find_reports(paths)
    problems = list(found.problems)
    if not found.reports:
        raise UnreadableFile(
            problems[0] if problems else "aucun compte rendu à lire : donnez des fichiers ou des dossiers"
        )
    with writing(address) as (store, archive):
        library = Library(store, archive, reading_version())
        readings = _read(library, archive, progress(found.reports), problems)
        if not readings:
            raise UnreadableFile(problems[0])
        outcome = library.load(readings, _all_decisions(archive, decisions, shipped=shipped))
    return Report(outcome, readings, problems)


def _read(
    library: Library, archive: Archive, reports: Iterable[tuple[Path, str]], problems: list[str]
) -> list[Reading]:
    readings: dict[str, Reading] = {}
    for path, name in reports:
        try:
            document = load(path, name)
        except UnreadableFile as error:
            problems.append(str(error))
            continue
        key = document_key(name)
        kept = archive.get(key) if library.holds(key, document.sha256) else None
        if key in readings and readings[key].sha256 != document.sha256:
            problems.append(f"{path} : un autre fichier de ce run s’appelle aussi « {key} » ; renommez l’un des deux")
            continue
        readings[key] = kept or read_document(document)
    return list(readings.values())


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

"""Which files of what the user gave are reports to read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ingest.document import MEDIA_TYPES
from ontology.vocabulary import vocabulary_digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NOT_REPORTS = {"readme.md", "lisezmoi.md", "changelog.md", "license.md", "licence.md"}


@dataclass(slots=True)
class Found:
    """Files to read, each with its name in the graph, and what was wrong with the others."""

    reports: list[tuple[Path, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def find_reports(paths: Iterable[Path]) -> Found:
    """The reports among some files and folders, in a stable order; a file met twice counts once."""
    found = Found()
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inside = _inside(path)
            if not inside:
                known = ", ".join(sorted(MEDIA_TYPES))
                found.problems.append(f"{path} : aucun compte rendu dans ce dossier (formats lus : {known})")
        else:
            inside = [(path, path.name)]
        for file, name in inside:
            where = file.absolute()
            if where not in seen:
                seen.add(where)
                found.reports.append((file, name))
    return found


def _inside(folder: Path) -> list[tuple[Path, str]]:
    try:
        names = sorted(path for path in folder.rglob("*") if path.suffix.lower() in MEDIA_TYPES and path.is_file())
    except OSError:
        return []
    kept = [path for path in names if path.name.lower() not in _NOT_REPORTS and not _hidden(path.relative_to(folder))]
    return [(path, path.relative_to(folder).as_posix()) for path in kept]


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~")) for part in path.parts)


@cache
def reading_version() -> str:
    """Changes whenever the same file could be read otherwise: by other rules, other words or another vocabulary."""
    digest = hashlib.sha256(vocabulary_digest().encode())
    here = files("ingest")
    for resource in sorted(here.iterdir(), key=lambda item: item.name):
        if resource.name.endswith((".py", ".toml")):
            digest.update(resource.read_bytes())
    return digest.hexdigest()[:12]

"""Which files of what the user gave are reports to read."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ingest.document import MEDIA_TYPES
from ontology.vocabulary import vocabulary_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

# What a coordinator may take for a report, and that is not read: said, so that no report is missed in silence.
_OTHER_OFFICE = frozenset(
    """
    .doc .docm .dot .dotx .rtf .wps .pages .ppt .pptx .pps .ppsx .odp .xls .xlsx .xlsm .ods .csv .tsv .numbers .key
    .epub .eml .msg .mht .mhtml .zip .7z
    """.split()
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NOT_REPORTS = {"readme.md", "lisezmoi.md", "changelog.md", "license.md", "licence.md"}


@dataclass(slots=True)
class Found:
    """Files to read, each with its name in the graph, what was wrong with the others, and what is left alone."""

    reports: list[tuple[Path, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def find_reports(paths: Iterable[Path]) -> Found:
    """The reports among some files and folders, in a stable order; a file met twice counts once."""
    found = Found()
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inside, left = _inside(path)
            found.left.extend(left)
            if not inside:
                known = ", ".join(sorted(MEDIA_TYPES))
                found.problems.append(f"{path} : aucun compte rendu dans ce dossier (formats lus : {known})")
        else:
            inside = [(path, readable(path.name))]
        for file, name in inside:
            where = file.absolute()
            if where not in seen:
                seen.add(where)
                found.reports.append((file, name))
    return found


def _inside(folder: Path) -> tuple[list[tuple[Path, str]], list[str]]:
    """The reports of a folder with their names, and the names of office files in formats that are not read."""
    known = MEDIA_TYPES.keys() | _OTHER_OFFICE
    try:
        paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in known and not path.is_dir())
    except OSError:
        return [], []
    named = [(path, path.relative_to(folder)) for path in paths if path.name.lower() not in _NOT_REPORTS]
    shown = [(path, name.as_posix()) for path, name in named if not _hidden(name)]
    reports = [(path, name) for path, name in shown if path.suffix.lower() in MEDIA_TYPES]
    reports = [(path, readable(name)) for path, name in reports]
    return reports, [readable(name) for path, name in shown if path.suffix.lower() in _OTHER_OFFICE]


def readable(name: str) -> str:
    """A file's name as it can be written, on one line: one from another system may hold bytes that are no UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("cp1252", "replace")
    return _CONTROLS.sub(" ", name)


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~")) for part in path.parts)


@cache
def reading_version() -> str:
    """Changes whenever the same file could be read otherwise: by other rules, other words or another vocabulary."""
    digest = hashlib.sha256(vocabulary_digest().encode())
    for resource in (*_rules(files("ingest")), *_rules(files("ontology"))):
        digest.update(resource.read_bytes())
    return digest.hexdigest()[:12]


def _rules(folder: Traversable) -> Iterator[Traversable]:
    """The code and the data of a package and of those in it, but for the examples, which are read and do not read."""
    for resource in sorted(folder.iterdir(), key=lambda item: item.name):
        if resource.is_dir() and resource.name != "examples":
            yield from _rules(resource)
        elif resource.name.endswith((".py", ".toml", ".json")):
            yield resource

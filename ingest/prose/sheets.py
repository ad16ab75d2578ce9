"""Sheets: fields one under the other, each with its label, that tell of one thing what, who, when and how."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.prose.field_labels import axis_of, label_in
from ingest.prose.lines import Line, Look
from ingest.words.headers import OF_AXIS, Role, names_theme, title_role
from ingest.words.phrases import header_key, phrases
from ingest.words.template import reason_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST_LABEL = 8  # words
_LEAST_ROLES = 3  # of the fields of a sheet


def field_of(words: str) -> tuple[str, Role, int] | None:
    """The label of a field, its role, and where its value begins."""
    opening = label_in(words)
    if opening is None or len(opening[0].split()) > _LONGEST_LABEL or phrases("session").opening(opening[0]):
        return None
    if words.endswith("?") or reason_aside(words):
        return None  # what the form asks is no answer
    label, start = opening
    brief = phrases("columns").opening(label)
    role = title_role(label) or (Role(brief[0]) if brief else None)
    return None if role is None or role in {Role.EXPERIENCE, Role.QUESTION} else (label, role, start)


@dataclass(slots=True)
class Run:
    """Fields, or titles of lists, that follow each other: where each begins, its role, its words."""

    starts: list[int] = field(default_factory=list)
    roles: set[Role] = field(default_factory=set)
    keys: list[str] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)  # those that are fields

    def is_sheet(self) -> bool:
        """Whether they tell of one thing what, who, when or how."""
        return len(self.roles) >= _LEAST_ROLES and bool(self.roles & OF_AXIS)


def sheets(lines: Iterable[Line]) -> tuple[set[int], set[int]]:
    """Where the lines begin that are fields of a sheet, and which lines open one.

    Titles of lists make sheets too, where the same ones come again: a form that was filled in several times.
    """
    runs = [run for run in _runs(lines) if run.is_sheet()]
    again = Counter(key for run in runs for key in set(run.keys))
    fields: set[int] = set()
    first: set[int] = set()
    for run in runs:
        repeated = sum(again[key] > 1 for key in run.keys) >= _LEAST_ROLES
        if len(run.fields) == len(run.starts) or repeated:
            fields.update(run.fields)
            first.add(run.starts[0])
    return fields, first


def _runs(lines: Iterable[Line]) -> Iterator[Run]:
    run = Run()
    for line in lines:
        if line.look is Look.BLANK or line.look is Look.STORY:
            continue
        filled = field_of(line.words) if ":" in line.words else None
        found = filled or _list_title(line)
        if found is None:
            if line.titled:
                yield run
                run = Run()
            continue
        key = header_key(found[0])
        if key in run.keys:
            yield run
            run = Run()
        run.starts.append(line.span.start)
        run.roles.add(found[1])
        run.keys.append(key)
        if filled:
            run.fields.append(line.span.start)
    yield run


def _list_title(line: Line) -> tuple[str, Role, int] | None:
    role = None if not line.titled or axis_of(line.words) or names_theme(line.words) else title_role(line.words)
    return None if role is None or role in {Role.EXPERIENCE, Role.QUESTION} else (line.words, role, 0)

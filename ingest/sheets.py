"""Sheets: fields one under the other, each with its label, that tell of one thing what, who, when and how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.headers import OF_AXIS, Role, title_role
from ingest.lines import Line, Look
from ingest.phrases import header_key, phrases
from ingest.template import reason_aside

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIELD = re.compile(r"^([^:;]{3,60}?)\s*:(?!\d)\s*")
_LONGEST_LABEL = 8  # words
_LEAST_ROLES = 3  # of the fields of a sheet


def field_of(words: str) -> tuple[str, Role, int] | None:
    """The label of a field, its role, and where its value begins."""
    match = _FIELD.match(words)
    if match is None or len(match[1].split()) > _LONGEST_LABEL or phrases("session").opening(match[1]):
        return None
    if words.endswith("?") or reason_aside(words):
        return None  # what the form asks is no answer
    brief = phrases("columns").opening(match[1])
    role = title_role(match[1]) or (Role(brief[0]) if brief else None)
    return None if role is None or role in {Role.EXPERIENCE, Role.QUESTION} else (match[1], role, match.end())


def sheets(lines: Iterable[Line]) -> tuple[set[int], set[int]]:
    """Where the lines begin that are fields of a sheet, and which of those is the first one of its sheet."""
    fields: set[int] = set()
    first: set[int] = set()
    run: list[tuple[int, Role, str]] = []

    def close() -> None:
        roles = {role for _, role, _ in run}
        if len(roles) >= _LEAST_ROLES and roles & OF_AXIS:
            fields.update(start for start, _, _ in run)
            first.add(run[0][0])
        run.clear()

    for line in lines:
        found = None if line.look in {Look.BLANK, Look.STORY} else field_of(line.words)
        if found:
            key = header_key(found[0])
            if any(key == label for _, _, label in run):
                close()
            run.append((line.span.start, found[1], key))
        elif line.titled:
            close()
    close()
    return fields, first

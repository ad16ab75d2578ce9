"""Headers printed name after name, each told as the name of a column by the words of any table: « Qui ? », « Échéance »."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ingest.formats.strewn_pieces import theme_state
from ingest.words.headers import Role, column_role, opens_with_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.formats.strewn_header import Printed

_LEAST = 3  # names in a row, before they are thought to be a header
_MOST_PARTS, _MOST_WORDS = 5, 16  # of one name
_LONGEST_LINE, _MOST_LINES = 160, 24  # letters, of a line; lines of a header
_INSIDE = re.compile(r"(?<=[^\s(«:])\s+(?=[A-ZÀÂÇÉÈÊÎÔÛ])")  # a name may begin there, inside a line


class Told(NamedTuple):
    """The name of a column: the lines that it stands on, what the column holds."""

    lines: tuple[int, ...]
    role: Role
    text: str


class _Part(NamedTuple):
    """Words that stand on one line, up to a capital."""

    line: int
    text: str
    first: bool  # of its line
    last: bool
    blank: bool  # white stands above it


def told_headers(lines: Sequence[Printed]) -> Iterator[list[Told]]:
    """The runs of lines that name columns, one name after another, no two of them the same; from top to bottom."""
    place = 0
    while place < len(lines):
        run = _run(lines, place)
        if len(run) >= _LEAST and any(name.role.kind for name in run):
            yield run
            place = run[-1].lines[-1]
        place += 1


def _run(lines: Sequence[Printed], place: int) -> list[Told]:
    """The names from a line on; none where as many stand further down: the first one is that of a title above those."""
    if not _may_name(lines[place]):
        return []
    parts = [part for line in range(place, min(len(lines), place + _MOST_LINES)) for part in _parts(lines, line)]
    found: list[Told] = []
    whole = start = 0
    while (told := _name(parts, start)) is not None and all(told[0].role is not other.role for other in found):
        found.append(told[0])
        start = told[1]
        whole = len(found) if parts[start - 1].last else whole
    del found[whole:]
    if len(found) < _LEAST:
        return []
    below = found[0].lines[-1] + 1
    return [] if below < len(lines) and len(_run(lines, below)) >= len(found) else found


def _may_name(line: Printed) -> bool:
    return line.text[:1].isupper() and len(line.text) <= _LONGEST_LINE and not line.marked


def _parts(lines: Sequence[Printed], place: int) -> list[_Part]:
    line = lines[place]
    texts = _INSIDE.split(line.text) if len(line.text) <= _LONGEST_LINE and not line.marked else [""]
    last = len(texts) - 1
    return [_Part(place, text, not n, n == last, line.blank and not n) for n, text in enumerate(texts)]


def _name(parts: Sequence[_Part], start: int) -> tuple[Told, int] | None:
    """The name of a column that begins at a part, as few as tell it and those that go on with it, and where it ends."""
    said = ""
    told: tuple[Told, int] | None = None
    for end in range(start, min(len(parts), start + _MOST_PARTS)):
        part = parts[end]
        beside = not part.first and (told is None or _role(part.text) is None)
        below = part.first and not part.blank and (told is None or not part.text[:1].isupper())
        if end > start and not (beside or below):
            break
        said = f"{said} {part.text}".strip()
        role = _role(said)
        if told and role is not told[0].role:
            break
        if role:
            told = Told(tuple(range(parts[start].line, part.line + 1)), role, said), end + 1
    return told


@lru_cache(maxsize=8192)
def _role(said: str) -> Role | None:
    """What a text names, where it begins with the name of a column and hardly says more."""
    if not said[:1].isupper() or len(said.split()) > _MOST_WORDS or said.endswith((".", ",", ";")):
        return None
    return column_role(said) if opens_with_role(said) and theme_state("", said) is None else None

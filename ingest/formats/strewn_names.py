"""Headers printed name after name, each told as the name of a column, as in any table: « Qui ? », « Échéance »."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ingest.formats.strewn_pieces import is_reference, theme_state
from ingest.words.bare_names import is_bare_name, mostly_bare
from ingest.words.headers import Role, column_role, opens_with_role, says_theme, told_apart
from ingest.words.phrases import phrases
from ontology import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.formats.strewn_header import Printed

_LEAST = 3  # names in a row, before they are thought to be a header
_MOST_PARTS, _MOST_WORDS = 5, 16  # of one name
_MOST_MORE = 6  # words of one that says more
_LONGEST_LINE, _MOST_LINES = 160, 24  # letters, of a line; lines of a header
_WORD, _OPENING = re.compile(r"[^\W\d_]+"), 48  # letters of a line
_RANK = re.compile(r"\d{1,2}\s?[.)]")  # of an item
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
        if run:
            yield run
            place = run[-1].lines[-1]
        place += 1


def _run(lines: Sequence[Printed], place: int) -> list[Told]:
    """The names from a line on; none where as many stand further down: the first one is that of a title above those."""
    if not _may_name(lines[place]):
        return []
    first = _name(_parts(lines, place, _MOST_PARTS), 0)
    if first is None or not is_bare_name(first[0].text):
        return []  # a title, or a cell
    parts = _parts(lines, place, _MOST_LINES)
    found: list[Told] = []
    whole = start = 0
    while (told := _name(parts, start)) is not None and (name := _other(told[0], found)) is not None:
        found.append(name)
        start = told[1]
        whole = len(found) if parts[start - 1].last and is_bare_name(name.text) else whole
    del found[whole:]
    titled = [n for n, name in enumerate(found) if name.role is Role.THEME and says_theme(name.text)]
    if len(found) < _LEAST or titled > [0] or not mostly_bare([name.text for name in found]):
        return []  # titles stand above the column of themes, or some are cells
    below = found[0].lines[-1] + 1
    return [] if below < len(lines) and len(_run(lines, below)) >= len(found) else found


def _other(name: Told, found: Sequence[Told]) -> Told | None:
    """A name as it is told beside others; None where one of them says the same."""
    names, roles = [*(one.text for one in found), name.text], [*(one.role for one in found), name.role]
    role = told_apart(names, list(roles))[-1]
    return name._replace(role=role) if role and role not in roles[:-1] else None


def told_name(lines: Sequence[Printed], place: int) -> Told | None:
    """The name of a column that stands alone at a line, with white or bullets around it, and says nothing more."""
    if not _may_name(lines[place]):
        return None
    end = place + 1
    while end < len(lines) and end - place <= _MOST_PARTS and not (lines[end].blank or lines[end].marked):
        end += 1
    if not (lines[place].blank or end - place == 1):
        return None
    said = " ".join(line.text for line in lines[place:end])
    role = _role(said)
    return Told(tuple(range(place, end)), role, said) if role and is_bare_name(said) else None


def _may_name(line: Printed) -> bool:
    """Whether the name of a column that hardly says more may begin at a line: by one of its first two words."""
    if not line.text[:1].isupper() or len(line.text) > _LONGEST_LINE or line.marked:
        return False
    return any(map(_opens_name, _WORD.findall(line.text, 0, _OPENING)[:2]))


@lru_cache(maxsize=8192)
def _opens_name(word: str) -> bool:
    key = search_key(word)
    return key.startswith("qu") or any(key in phrases(section).begun for section in ("roles", "columns", "whole"))


def _parts(lines: Sequence[Printed], place: int, most: int) -> list[_Part]:
    """The parts of some lines from one on."""
    found: list[_Part] = []
    for number, line in enumerate(lines[place : place + most], place):
        apart = line.marked or len(line.text) > _LONGEST_LINE or _RANK.match(line.text)
        texts = [""] if apart else _INSIDE.split(line.text)
        last = len(texts) - 1
        found += [_Part(number, text, not n, n == last, line.blank and not n) for n, text in enumerate(texts)]
    return found


def _name(parts: Sequence[_Part], start: int) -> tuple[Told, int] | None:
    """The name of a column that begins at a part, as few as tell it and those that go on with it, and where it ends."""
    said = ""
    told: tuple[Told, int] | None = None
    for end in range(start, min(len(parts), start + _MOST_PARTS)):
        part = parts[end]
        beside = not part.first and (told is None or _role(part.text) is None)
        below = part.first and not part.blank and (told is None or not part.text[:1].isupper())
        if not part.text or (end > start and not (beside or below)):
            break
        said = f"{said} {part.text}".strip()
        role = column_role(said) if told else _role(said)
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
    if not is_bare_name(said) and (len(said.split()) > _MOST_MORE or ": " in said):
        return None  # a sentence, a field of a form
    role = column_role(said) if opens_with_role(said) else None
    return role if role and theme_state("", said) is None and not is_reference(said) else None

"""Headers printed name after name, each told as the name of a column, as in any table: « Qui ? », « Échéance »."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ingest.formats.strewn_data import is_form
from ingest.formats.strewn_labels import theme_state
from ingest.formats.strewn_pieces import is_reference
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
    """The name of a column: the lines that it stands on, what the column holds; ``sure``: it hardly says more."""

    lines: tuple[int, ...]
    role: Role
    text: str
    sure: bool = True


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
    while (told := _name(parts, start)) is not None and (names := apart([*found, told[0]])) is not None:
        found, start = names, told[1]
        alone = _stands_alone(lines, told[0]) and is_form(name.role for name in found)
        sure = is_bare_name(told[0].text) or alone
        whole = len(found) if parts[start - 1].last and sure else whole
    closed = _closes(lines, found) and parts[start - 1].last
    if not closed:
        del found[whole:]
    titled = [n for n, name in enumerate(found) if name.role is Role.THEME and says_theme(name.text)]
    if (
        len(found) < _LEAST - (titled == [0])
        or titled > [0]
        or not (closed or mostly_bare([name.text for name in found]))
    ):
        return []  # titles stand above the column of themes, or some are cells
    below = found[0].lines[-1] + 1
    return [] if below < len(lines) and len(_run(lines, below)) >= len(found) else found


def _closes(lines: Sequence[Printed], found: Sequence[Told]) -> bool:
    """Whether the label of a theme stands right under names that begin with that of a column of themes."""
    below = found[-1].lines[-1] + 1 if found and found[0].role is Role.THEME else len(lines)
    return below < len(lines) and theme_state("", lines[below].text) is not None


def _stands_alone(lines: Sequence[Printed], name: Told) -> bool:
    """Whether white stands above a name, and white or a bullet below it."""
    below = name.lines[-1] + 1
    return lines[name.lines[0]].blank and (below >= len(lines) or lines[below].blank or lines[below].marked)


def apart(names: Sequence[Told]) -> list[Told] | None:
    """Some names as they are told beside each other; None where two of them say the same."""
    roles = told_apart([name.text for name in names], [name.role for name in names])
    told = [name._replace(role=role) for name, role in zip(names, roles, strict=True) if role]
    return told if len({name.role for name in told}) == len(names) else None


def told_name(lines: Sequence[Printed], place: int) -> Told | None:
    """The name of a column that stands below white, or alone between bullets, above white or cells.

    One that says more is not sure, and only where white, or bullets, stand around it.
    """
    if not _may_name(lines[place]):
        return None
    end = place + 1
    while end < len(lines) and end - place <= _MOST_PARTS and not (lines[end].blank or lines[end].marked):
        end += 1
    if not (lines[place].blank or end - place == 1):
        return None
    for last in range(end, place, -1):
        if last < end and not lines[last].text[:1].isupper():
            continue
        said = " ".join(line.text for line in lines[place:last])
        bare, role = is_bare_name(said), _role(said)
        if role and (bare or (last == end and lines[place].blank)):
            return Told(tuple(range(place, last)), role, said, sure=bare)
    return None


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
        beside = not part.first and (told is None or not _opens(parts, end, told[0].role))
        going_on = part.first and not part.blank and not part.text[:1].isupper()
        below = part.first and not part.blank and (told is None or going_on)
        if not part.text or (end > start and not (beside or below)):
            break
        said = f"{said} {part.text}".strip()
        role = column_role(said) if told else _role(said)
        if told and role is not told[0].role and not (going_on and role):
            break
        if role:
            told = Told(tuple(range(parts[start].line, part.line + 1)), role, said), end + 1
    return told


def _opens(parts: Sequence[_Part], start: int, before: Role) -> bool:
    """Whether another name than the one before begins at a part, where it may go on in the lines below."""
    said = ""
    for part in parts[start : start + _MOST_PARTS]:
        if said and (not part.first or part.blank or part.text[:1].isupper()):
            break
        said = f"{said} {part.text}".strip()
        if _role(said) not in {None, before}:
            return True
    return False


@lru_cache(maxsize=8192)
def _role(said: str) -> Role | None:
    """What a text names, where it begins with the name of a column and hardly says more."""
    if not said[:1].isupper() or len(said.split()) > _MOST_WORDS or said.endswith((".", ",", ";")):
        return None
    if said.count("«") > said.count("»"):
        return None  # a cell that goes on
    if not is_bare_name(said) and (len(said.split()) > _MOST_MORE or ": " in said):
        return None  # a sentence, a field of a form
    role = column_role(said) if opens_with_role(said) else None
    return role if role and theme_state("", said) is None and not is_reference(said) else None

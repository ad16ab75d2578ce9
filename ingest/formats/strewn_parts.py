"""The parts of a printed line: what stands in one cell, as bullets, capitals and words that open a cell tell."""

from __future__ import annotations

import re
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS
from ingest.formats.strewn_data import words_of
from ingest.formats.strewn_labels import label_end, theme_state
from ingest.formats.strewn_words import is_bare, unfinished
from ingest.words.headers import Role
from ontology import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.formats.strewn_header import Printed

_BULLET = re.compile(rf"(?:[{BULLETS}·]|(?<!\S)[-–—*](?=\s))\s*")
_DASHES = frozenset("-–—*")
_LEAST_DASHES = 3
_INSIDE = re.compile(r"(?<=[^\s(«:])\s+(?=[A-ZÀÂÇÉÈÊÎÔÛ][\w’']|RETEX)")
_OPENING = {Role.TIMEFRAME: "timed", Role.INDICATOR: "counted"}  # words that a cell of the column opens with


def dash_of(lines: Sequence[Printed]) -> str:
    """The dash that opens items, so that the same one inside a line opens another cell; empty where none does."""
    marks = Counter(line.text[:1] for line in lines if line.marked and not is_bare(line.text))
    mark, count = max(marks.items(), key=itemgetter(1, 0), default=("", 0))
    return mark if mark in _DASHES and count >= _LEAST_DASHES and count * 2 > marks.total() else ""


def parts(text: str, dash: str, roles: Sequence[Role], *, strict: bool) -> Iterator[tuple[str, bool]]:
    """The parts of a line, each with whether a bullet opens it."""
    cuts = [match for match in _BULLET.finditer(text) if not match.start() or _opens_inside(match, dash)]
    start, marked = 0, False
    for match in [*cuts, None]:
        said = text[start : match.start() if match else len(text)].strip()
        if said:
            inside = [said] if marked or not strict else list(_inside(said, roles))
            yield inside[0], marked
            yield from ((part, False) for part in inside[1:])
        if match:
            start, marked = match.end(), True


def _opens_inside(match: re.Match[str], dash: str) -> bool:
    """Whether a mark inside a line opens a cell: a bullet, or the dash of items before a capital."""
    if match[0][0] == dash:
        return match.string[match.end() : match.end() + 1].isupper()
    return match[0][0] not in "-–—*·"


def _inside(text: str, roles: Sequence[Role]) -> Iterator[str]:
    """The parts of some words that may stand in several cells."""
    end = label_end(text) if Role.THEME in roles else 0
    if end:
        yield text[:end]
    names = [name for role, name in _OPENING.items() if role in roles]
    for part in _INSIDE.split(text[end:].strip()):
        said = part.split()
        start = 0
        for place in range(1, len(said)):
            if any(_opens(said, place, name) for name in names):
                yield " ".join(said[start:place])
                start = place
        yield " ".join(said[start:])


def _opens(said: Sequence[str], place: int, name: str) -> bool:
    """Whether a word that opens cells of a column stands at a place, after one that calls for none."""
    known = words_of(name)
    word, before = (search_key(one) for one in (said[place], said[place - 1]))
    dated = name == "timed" and before[:1].isdigit()  # "15 mars"
    return word in known and before not in known and not dated and not unfinished(said[place - 1])


def begun(bodies: Sequence[Sequence[Printed]]) -> list[str]:
    """The lines of some tables that surely begin an item: by a bullet, or right below the label of a theme."""
    found: list[str] = []
    for body in bodies:
        label = ""
        for line in body:
            if label and theme_state(label, line.text) is not None:
                label += f" {line.text}"
                continue
            if line.marked and not is_bare(line.text):
                found.append(_BULLET.sub("", line.text, count=1))
            elif label and theme_state("", label):
                found.append(line.text)
            elif end := label_end(line.text):
                found.append(line.text[end:].strip())
            label = line.text if theme_state("", line.text) is not None else ""
    return [line for line in found if theme_state("", line) is None]

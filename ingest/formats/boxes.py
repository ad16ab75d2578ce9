"""Tables drawn with signs: "+-----+-----+" between rows, bars between cells that go on for several lines."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.formats.writer import Paragraph, Table, Writer, plain
from ingest.prose.marks import MARKED, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.formats.writer import Converted

_DRAWN = str.maketrans(
    {**dict.fromkeys("─━═┄┈", "-"), **dict.fromkeys("│┃║", "|"), **dict.fromkeys("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋", "+")}
)
_RULE = re.compile(r"^\s*\+(?:[-=]{3,}\+)+\s*$")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_LEAST_RULES = 3  # above the header, below it, below the last row
_LONGEST = 1_000_000  # characters of a text


def unbox(text: str) -> Converted | None:
    """The text with its drawn tables as rows of cells; None where none is drawn."""
    if len(text) > _LONGEST or ("+--" not in (drawn := text.translate(_DRAWN)) and "+==" not in drawn):
        return None
    writer, lines, printed, found = Writer(), drawn.split("\n"), text.split("\n"), False
    place = 0
    while place < len(lines):
        end = _end(lines, place)
        if end > place:
            writer.write([Table(list(_rows(lines[place:end])), headed=True)])
            place, found = end, True
            continue
        if words := plain(printed[place]).strip():
            indent = len(lines[place]) - len(lines[place].lstrip())
            writer.line(" " * indent + words, 0, apart=place > 0 and not lines[place - 1].strip())
        place += 1
    return writer.text() if found else None


def _end(lines: Sequence[str], place: int) -> int:
    """Where the table ends that begins at a line; there where none does."""
    end = place
    while end < len(lines) and (_RULE.match(lines[end]) or (end > place and _ROW.match(lines[end]))):
        end += 1
    rules = sum(_RULE.match(line) is not None for line in lines[place:end])
    return end if rules >= _LEAST_RULES else place


def _rows(lines: Sequence[str]) -> Iterator[list[list[Paragraph]]]:
    """The rows between the rules, each a list of cells."""
    rules = [place for place, line in enumerate(lines) if _RULE.match(line)]
    for one, other in pairwise(rules):
        inside = lines[one + 1 : other]
        if not inside:
            continue
        bars = [place for place, sign in enumerate(inside[0]) if sign == "|"]
        yield [list(_cell([line[left + 1 : right] for line in inside])) for left, right in pairwise(bars)]


def _cell(lines: Sequence[str]) -> Iterator[Paragraph]:
    """The paragraphs of a cell: a bullet or a white line begins another one."""
    said: list[str] = []
    for line in [*lines, ""]:
        if said and (not line.strip() or MARKED.match(line)):
            whole = " ".join(said)
            yield Paragraph(plain(clean(whole[mark_of(whole) :])), marked=MARKED.match(whole) is not None)
            said = []
        if line.strip():
            said.append(line.strip())

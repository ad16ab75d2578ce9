"""Text that keeps the layout of its pages, as `pdftotext -layout` prints it: tables by the places of their words."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from statistics import median
from typing import TYPE_CHECKING

from ingest.formats.broken_words import known_words, names_of
from ingest.formats.column_header import Scale, name_columns
from ingest.formats.columns import find
from ingest.formats.furniture import leave_out
from ingest.formats.lines import Line, Room, Word
from ingest.formats.pdf_flow import is_title
from ingest.formats.slots import blocks_of, lists_of, slots_of
from ingest.formats.writer import SYMBOLS, Converted, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.formats.columns import Columns

_WORD = re.compile(r"\S+")
_PARTED = re.compile(r"\S {2,}\S|^ {12,}\S", re.MULTILINE)
# The number of a page, alone between two white lines: it stands in no column.
_COUNTS = re.compile(
    r"(?:(?<=\n\n)|(?<=\f))[ \t]*(?:(?:page )?\d{1,3} ?/ ?\d{1,3}(?=[ \t]*(?:\n\s*\n|\s*\f|\s*\Z))"
    r"|(?:[-–] ?\d{1,3} ?[-–]|page \d{1,3}(?: ?(?:/|sur) ?\d{1,3})?)(?=[ \t]*(?:\n|\f|\Z)))",
    re.IGNORECASE,
)
_GAP = 1.5  # characters of white: more than one space parts columns
_LEAST_PARTED = 3  # lines with parted words, for a table
_EDGE_LINES = 2  # of a page: where running headers and footers stand
_APART = 1.5  # lines of white above a title
_LEAST_SLIDES, _SLIDE_LINES = 4, 20  # pages of slides; lines of one, mostly
_BOTTOM = 1_000.0
_LONGEST, _LONGEST_LINE = 3_000_000, 1_000  # characters of a printed text, of a line of it


def unfold(text: str) -> Converted | None:
    """The text with its tables as rows of cells; None where no table is printed in columns."""
    if (
        "\t" in text
        or len(text) > _LONGEST
        or sum(1 for _ in islice(_PARTED.finditer(text), _LEAST_PARTED)) < _LEAST_PARTED
    ):
        return None
    if max(map(len, text.split("\n"))) > _LONGEST_LINE:
        return None
    text, counts = _COUNTS.subn("", text)
    pages = [list(_lines(page, number)) for number, page in enumerate(text.translate(SYMBOLS).split("\f"), 1)]
    notes = leave_out(pages, lambda page, line: _edge(pages[page], line), _GAP)
    notes += [f"numéros de page laissés ({counts})"] if counts else []
    lines = [line for page in pages for line in page]
    tables = find(lines, Scale(_GAP, 1.0, _stops, touching=True))
    if not tables:
        return None
    writer = Writer()
    room = Room(0.0, 1.0, 1.0, strict=True, known=known_words(lines), names=names_of(lines, _GAP))
    slides = len(pages) >= _LEAST_SLIDES and median(map(len, pages)) <= _SLIDE_LINES
    place = 0
    for table in tables:
        _text(writer, lines[place : table.start])
        listed = _side_by_side(table) and (slides or _alike(table))
        writer.write(lists_of(table, room) if listed else blocks_of(slots_of(table), room))
        place = table.end
    _text(writer, lines[place:])
    return writer.text(notes)


def _lines(page: str, number: int) -> Iterator[Line]:
    for height, text in enumerate(page.split("\n")):
        words = [Word(match[0], match.start(), match.end(), match.start() + 1.0) for match in _WORD.finditer(text)]
        if words:
            yield Line(words, float(height), 1.0, page=number)


def _edge(page: list[Line], line: Line) -> float | None:
    if any(line is other for other in page[:_EDGE_LINES]):
        return 0.0
    return _BOTTOM if any(line is other for other in page[-_EDGE_LINES:]) else None


def _side_by_side(table: Columns) -> bool:
    """Whether the columns of a table on a slide are lists: bullets open all of them, and no white parts rows."""
    _, *rows = table.rows
    first = [next((cell[0] for row in rows for cell in [row[n]] if cell), None) for n in range(len(table.rights))]
    heights = sorted({line.y for row in rows for cell in row for line in cell})
    return all(line is not None and line.opened for line in first) and all(
        other - one <= _APART for one, other in pairwise(heights)
    )


def _alike(table: Columns) -> bool:
    """Whether the columns of a table are not all of another kind."""
    return not name_columns(table.rows[0])


def _stops(before: Line, line: Line) -> bool:
    return before.page == line.page and line.y - before.y > _APART and is_title(line)


def _text(writer: Writer, lines: list[Line]) -> None:
    """Lines outside tables as they are printed, with the white between them."""
    before: Line | None = None
    for line in lines:
        apart = before is None or before.page != line.page or line.y - before.y > _APART
        writer.line(_spaced(line), line.page, apart=apart)
        before = line


def _spaced(line: Line) -> str:
    parts = [line.words[0].text]
    for one, other in zip(line.words, line.words[1:], strict=False):
        parts.append(" " * int(other.x0 - one.x1) + other.text)
    return "".join(parts)

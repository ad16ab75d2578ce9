"""From the characters of a page to its lines."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from ingest.formats.lines import Line, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.formats.pdf_sheet import Glyph

_LEVEL, _RAISED = 0.22, 0.62  # of the size of letters: how far letters of one line may stand apart, and raised ones
_NEAR_ROWS = 3  # rows of other columns may stand between a raised letter and its line
_SMALL = 0.85  # of the size of the line that raised letters belong to
_GAP, _WIDE_GAP = 0.17, 0.4  # of the size of letters: what parts words, without and with spaces of their own
_TWICE = 0.12  # of the size of letters: a letter drawn again so near is the same one, made bolder


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """The lines that some characters form, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.y, one.x0)):
        if rows and glyph.y - rows[-1][0].y <= _LEVEL * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = [line for row in _settled(rows) if (line := _line(row, page)) is not None]
    return sorted(lines, key=lambda line: (line.y, line.x0))


def _settled(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Rows with the raised and lowered letters put back into the line that they belong to."""
    kept: list[list[Glyph]] = []
    sizes = [statistics.median(glyph.size for glyph in row) for row in rows]
    for number, row in enumerate(rows):
        near = [
            other
            for other in range(max(0, number - _NEAR_ROWS), min(len(rows), number + _NEAR_ROWS + 1))
            if sizes[number] < _SMALL * sizes[other]
            and abs(row[0].y - rows[other][0].y) <= _RAISED * sizes[other]
            and _beside(row, rows[other], sizes[other])
        ]
        if near:
            rows[near[-1]].extend(row)
        else:
            kept.append(row)
    return kept


def _beside(row: list[Glyph], line: list[Glyph], size: float) -> bool:
    left, right = min(one.x0 for one in line) - size, max(one.x1 for one in line) + size
    return all(left <= glyph.x0 and glyph.x1 <= right for glyph in row)


def _line(row: list[Glyph], page: int) -> Line | None:
    row = sorted(row, key=lambda glyph: glyph.x0)
    printed = [glyph for glyph in row if not glyph.text.isspace()]
    if not printed:
        return None
    # Where spaces are characters of their own, wide gaps are only those of justified or letter-spaced text.
    least = _WIDE_GAP if len(printed) < len(row) else _GAP
    words: list[Word] = []
    before: Glyph | None = None
    space = True
    for glyph in row:
        if glyph.text.isspace():
            space = True
            continue
        if before is not None and _again(before, glyph):
            continue
        gap = glyph.x0 - before.x1 if before is not None else 0.0
        white = _GAP if before is not None and before.run != glyph.run else least
        if space or gap > white * glyph.size or (before is not None and before.link != glyph.link):
            glued = not space and gap <= white * glyph.size
            words.append(Word(glyph.text, glyph.x0, glyph.x1, glyph.x1, glyph.link, glued))
        else:
            words[-1].text += glyph.text
            words[-1].x1 = max(words[-1].x1, glyph.x1)
        before, space = glyph, False
    size = statistics.median(glyph.size for glyph in printed)
    base = statistics.median(glyph.y for glyph in printed)
    letters = [glyph for glyph in printed if glyph.text.isalnum()]
    return Line(words, base, size, bool(letters) and all(glyph.bold for glyph in letters), page)


def _again(before: Glyph, glyph: Glyph) -> bool:
    """Whether a letter is drawn a second time in its place, by another run, to look bolder."""
    near = glyph.x0 - before.x0 < _TWICE * glyph.size
    return near and glyph.text == before.text and glyph.run != before.run

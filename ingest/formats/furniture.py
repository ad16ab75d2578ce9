"""Running headers and footers: lines that stand again at the edge of page after page."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.formats.column_header import pieces
from ingest.words.headers import header_roles, title_role
from ontology import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest.formats.lines import Line

_SAME_HEIGHT = 8.0
_HEADER = 4.0  # sizes of letters that the header of a table may take
_OFTEN, _MANY = 0.4, 6  # share of the pages; pages that are enough in any document
_NUMBERED_TIMES = 3
_NUMBER = re.compile(r"\d+")
_COUNTED = re.compile(r"\bpage\s*\d{1,4}(?:\s*(?:/|sur)\s*\d{1,4})?\W*$", re.IGNORECASE)
_SHORT = 8  # words of a line that counts pages
_PAGE_NUMBER = re.compile(r"^\W*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|sur|de|of)\s*\d{1,4})?\W*$", re.IGNORECASE)


def leave_out(pages: Sequence[list[Line]], edge: Callable[[int, Line], float | None], gap: float) -> list[str]:
    """Take running headers and footers out of the lines of each page; tells what they say.

    Args:
        pages: the lines of each page, which are changed.
        edge: height of a line of a page, by its number from 0; None for a line that is not near an edge.
        gap: white that parts columns, in sizes of letters.
    """
    found: dict[str, list[tuple[int, float, Line]]] = {}
    for page, lines in enumerate(pages):
        header = -math.inf  # where the header of a table begins
        for line in lines:
            header = line.y if _heads_table(line, gap) else header
            if (height := edge(page, line)) is not None and line.y - header > _HEADER * line.size:
                found.setdefault(_NUMBER.sub("#", fold(line.text)), []).append((page, height, line))
    notes = []
    for same in found.values():
        for level in _levels(same):
            if _runs(level, len(pages)) and title_role(clean(level[0][1].text)) is None:
                for page, line in level:
                    pages[page][:] = [other for other in pages[page] if other is not line]
                notes.append(f"en-tête ou pied de page laissé : « {level[0][1].text[:120]} » ({len(level)} pages)")
    return notes


def _heads_table(line: Line, gap: float) -> bool:
    parts = pieces(line, gap)
    return len(parts) > 1 and header_roles([clean(part.text) for part in parts]) is not None


def _levels(lines: list[tuple[int, float, Line]]) -> list[list[tuple[int, Line]]]:
    """Lines at the same height, together."""
    levels: list[list[tuple[int, Line]]] = []
    start = 0.0
    for page, height, line in sorted(lines, key=lambda one: one[1]):
        if levels and height - start <= _SAME_HEIGHT:
            levels[-1].append((page, line))
        else:
            levels.append([(page, line)])
            start = height
    return levels


def _runs(level: list[tuple[int, Line]], pages: int) -> bool:
    if all(_COUNTED.search(line.text) and len(line.words) <= _SHORT for _, line in level):
        return True
    seen = {page for page, _ in level}
    if len(seen) < max(2, min(_MANY, _OFTEN * pages)):
        return False
    if len({line.text for _, line in level}) == 1 or all(_PAGE_NUMBER.match(line.text) for _, line in level):
        return True
    numbers = [[int(digits[:9]) - page for digits in _NUMBER.findall(line.text)] for page, line in level]
    return len(seen) >= min(_NUMBERED_TIMES, pages) and any(
        len(set(steps)) == 1 for steps in zip(*numbers, strict=False)
    )

"""What the print of a text tells: where lines were broken, what stands at the edges of pages, what titles look like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from ingest.prose.lines import Look
from ingest.words.headers import is_section, title_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.document import Document
    from ingest.prose.lines import Line

_LEAST_BROKEN = 4  # lines that a page broke, for its width to be believed
_WIDE, _FULL = 0.8, 0.6  # share of that width: of most broken lines, of one that is prose
_LEAST_TITLES, _LONGEST_TITLE = 2, 8  # titles of one shape, words
_NUMBER = re.compile(r"\d+")
_TEXTS = (Look.TEXT, Look.ITEM)


def width_of(lines: Sequence[Line], text: str) -> int:
    """How many characters the lines have that a page broke; 0 where none tells."""
    broken = [
        len(line.span.of(text).rstrip())
        for line, below in pairwise(lines)
        if line.look in _TEXTS and below.look is Look.TEXT and below.words[:1].islower()
    ]
    widest = max(broken, default=0)
    most = sum(length >= _WIDE * widest for length in broken) * 2 >= len(broken)
    return widest if len(broken) >= _LEAST_BROKEN and most else 0


def without_running(lines: Sequence[Line], document: Document) -> list[Line]:
    """The lines, where those that stand again at the edge of another page are running headers and footers.

    A file that is converted has left them out already: only a text with form feeds has any.
    """
    found = list(lines)
    if "\f" not in document.text:
        return found
    edges = list(_edges(lines, document))
    times = Counter(_NUMBER.sub("#", lines[place].words) for place in edges)
    everywhere = Counter(_NUMBER.sub("#", line.words) for line in lines)
    seen: set[str] = set()
    for place in edges:
        words = _NUMBER.sub("#", lines[place].words)
        opens = _opens(lines[place]) and (times[words] <= 2 or everywhere[words] > times[words])
        if times[words] > 1 and (words in seen or place) and not opens:
            found[place] = replace(lines[place], look=Look.FURNITURE)
        seen.add(words)
    return found


def _edges(lines: Sequence[Line], document: Document) -> Iterable[int]:
    """The places of the first and the last line of each page."""
    pages: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        page = document.page_of(line.span.end)
        if page is not None and line.look is not Look.BLANK:
            pages.setdefault(page, []).append(place)
    return sorted({place for places in pages.values() for place in (places[0], places[-1])})


def _opens(line: Line) -> bool:
    """Whether a line says what stands under it, and may come again for that."""
    return title_role(line.words) is not None or line.marked


def with_marks(lines: Sequence[Line], width: int) -> list[Line]:
    """The lines, where bullets that were printed one below the other, before all items of a list, open those items."""
    found, bullets = list(lines), 0
    if not any(line.marked and not line.words for line in lines):
        return found
    for place, line in enumerate(lines):
        if line.marked and not line.words:
            bullets += 1
            continue
        if bullets > 1 and line.look is Look.TEXT:
            block = list(takewhile(lambda near: lines[near].look is Look.TEXT, range(place, len(lines))))
            begun = [near for near in block if near == place or not _goes_on(lines[near - 1], lines[near], width)]
            for item in next((items for items in (block, begun) if len(items) == bullets), ()):
                found[item] = replace(lines[item], look=Look.ITEM)
        bullets = bullets if line.look is Look.BLANK else 0
    return found


def _goes_on(above: Line, line: Line, width: int) -> bool:
    """Whether a line that begins in small letters goes on with a full one above it."""
    return line.words[:1].islower() and len(above.words) >= _WIDE * width


def with_titles(lines: Sequence[Line], text: str, width: int) -> list[Line]:
    """The lines, where those that look as the titles of lists do are titles too: short, behind a white one."""
    found = list(lines)
    if not width:
        return found
    shaped = [place for place in range(len(lines) - 1) if _is_shaped(lines, place, text, width)]
    known = [place for place in shaped if lines[place].look is Look.TITLE and _tells(lines[place])]
    others = [place for place in shaped if lines[place].look is Look.TEXT]
    if len(known) >= max(_LEAST_TITLES, len(others)):
        for place in others:
            found[place] = replace(lines[place], look=Look.TITLE)
    return found


def _tells(line: Line) -> bool:
    return title_role(line.words) is not None or is_section(line.words)


def _is_shaped(lines: Sequence[Line], place: int, text: str, width: int) -> bool:
    line, below = lines[place], lines[place + 1]
    apart = not place or lines[place - 1].look in {Look.BLANK, Look.FURNITURE}
    ends = not line.words or line.words[-1] in ".,;:!?" or ":" in line.words
    if not apart or ends or not line.words[:1].isupper() or len(line.words.split()) > _LONGEST_TITLE:
        return False
    prose = below.look is Look.TEXT and len(below.span.of(text)) >= _FULL * width and not below.words[:1].islower()
    return not line.span.of(text)[:1].isspace() and (below.marked or prose)

"""The lines of a text printed cell by cell, without what runs over its pages."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ingest.formats.strewn_header import Printed, name_at
from ingest.formats.strewn_labels import is_thematic, theme_state
from ingest.formats.strewn_names import told_headers
from ingest.formats.strewn_words import is_bare
from ingest.formats.writer import SYMBOLS
from ontology import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"\d+")
_OFTEN, _MOST, _MANY = 0.4, 0.7, 4  # of the pages, with running lines at the edges, with lines anywhere; at least
_EACH = 3  # pages at least of a report that has a line on each
_EDGE = 3  # lines at the edges of a page, where running headers and footers stand
_COUNTED = re.compile(r"^.{0,60}\bpage\s\d{1,3}(?:\s?(?:/|sur)\s?\d{1,3})?\s*$", re.IGNORECASE | re.MULTILINE)


def printed_lines(text: str) -> tuple[list[Printed], list[str]]:
    """The lines with words, without running headers and footers; and what those say."""
    pages: list[list[Printed]] = []
    text = text if "\f" in text else _COUNTED.sub("\\g<0>\f", text)
    for number, page in enumerate(text.translate(SYMBOLS).split("\f"), 1):
        lines: list[Printed] = []
        blank = True
        for line in page.split("\n"):
            if line.strip():
                lines.append(Printed(line.strip(), number, blank))
            blank = not line.strip()
        pages.append(lines)
    runs = _running(pages)
    notes: Counter[str] = Counter()
    kept: list[Printed] = []
    for printed_page in pages:
        blank = True
        left: list[Printed] = []
        for one in printed_page:
            if _mask(one) in runs:
                notes[_NUMBER.sub("#", one.text[:120])] += 1
                blank = True
            else:
                left.append(Printed(one.text, one.page, one.blank or blank))
                blank = False
        kept += _bulleted(left)
    return kept, [f"en-tête ou pied de page laissé : « {said} » ({count} pages)" for said, count in notes.items()]


def _bulleted(lines: Sequence[Printed]) -> list[Printed]:
    """The lines of a page, each with the bullet printed right above it, where only one stands there."""
    found: list[Printed] = []
    alone = False  # the line above holds a bullet, and the one above that none
    for line in lines:
        if alone and _takes_bullet(line):
            found[-1] = Printed(f"{found[-1].text} {line.text}", line.page, found[-1].blank)
            alone = False
        else:
            alone = is_bare(line.text) and (line.blank or not found or not is_bare(found[-1].text))
            found.append(line)
    return found


def _takes_bullet(line: Printed) -> bool:
    """Whether a line is an item that a bullet right above it may open."""
    return not line.blank and not line.marked and theme_state("", line.text) is None


def _mask(line: Printed) -> str:
    return _NUMBER.sub("#", fold(line.text))


def _running(pages: Sequence[Sequence[Printed]]) -> set[str]:
    """What running headers and footers say: lines that stand once on most pages, wherever they are printed."""
    filled = [page for page in pages if page]
    said: dict[str, list[Printed]] = {}
    for line in (line for page in filled for line in page):
        said.setdefault(_mask(line), []).append(line)
    pages_of = Counter(mask for page in filled for mask in {_mask(line) for line in page if not line.marked})
    edges = Counter(mask for page in filled for mask in {_mask(line) for line in [*page[:_EDGE], *page[-_EDGE:]]})
    numbered = {_mask(line) for page in filled for line in [*page[:_EDGE], *page[-_EDGE:]] if _numbers(line)}
    found = numbered | {
        mask
        for mask, count in pages_of.items()
        if (len(filled) >= _EACH or not all(line.text[:1].islower() for line in said[mask]))
        and count >= max(2, _OFTEN * len(filled))
        and (
            edges[mask] * 2 >= count
            or count >= max(_MANY, _MOST * len(filled))
            or (count == len(filled) >= _EACH and " " in mask)
            or "page #" in mask
        )
        and len(said[mask]) <= count + 1
        and not is_thematic(mask)
        and ("#" not in mask or _numbered(said[mask]))
    }
    return found - {mask for page in filled for mask in _of_names(page, found)}


def _numbers(line: Printed) -> bool:
    """Whether a line tells the number of its page."""
    return bool(_COUNTED.match(line.text)) and str(line.page) in _NUMBER.findall(line.text)[-2:]


def _of_names(page: Sequence[Printed], masks: set[str]) -> Iterator[str]:
    """The lines that hold names of columns, or parts of a name that a narrow column broke: near some lines."""
    places = [place for place, line in enumerate(page) if _mask(line) in masks]
    for place in {max(0, place - back) for place in places for back in range(3)}:
        name = name_at(page, place)
        yield from (_mask(page[line]) for line in (name.lines if name else ()))
    if places:
        yield from (_mask(page[line]) for names in told_headers(page) for name in names for line in name.lines)


def _numbered(lines: Sequence[Printed]) -> bool:
    """Whether each number of some lines is the same on all pages, or goes up with them."""
    columns = zip(*(map(int, _NUMBER.findall(line.text)) for line in lines), strict=False)
    return all(
        len(set(column)) == 1 or len({number - line.page for number, line in zip(column, lines, strict=True)}) == 1
        for column in columns
    )

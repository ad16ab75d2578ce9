"""Tables without lines: columns by the places of their words, under a header whose words name them."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from ingest.formats.bands import Band, band_of
from ingest.formats.column_header import HEADER_LINES, Header, Scale, header_at, is_parted, pieces
from ingest.formats.column_rows import TALL, Rows
from ingest.formats.lines import Line, Word
from ingest.formats.touching import Fit, fit_of
from ingest.words.bare_names import mostly_bare
from ingest.words.headers import Role, column_role, is_section, names_theme, starts_report
from ontology import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.formats.column_header import Piece

_LEAST_ROLES = 3  # columns that a header names, where nothing else tells that it is one
_FARTHEST, _FAR = 7.0, 3.0  # lines of white that a table can hold inside a page; above a footer, at least
_LONGEST_TITLE = 3  # lines of that of a slide
_BODY_LINES = 4_000
_BETWEEN = 2.0  # letters of white between two printed columns


@dataclass(slots=True)
class Columns:
    """A table found.

    Attributes:
        start: first line of it, and the line after its last one, in the lines that were given.
        rows: for each row, the header first, the lines of each of its cells.
        rights: how far letters may stand in each column; ``reach``: how far they do.
    """

    start: int
    end: int
    rows: list[list[list[Line]]]
    rights: list[float]
    reach: list[float]


def find(lines: Sequence[Line], scale: Scale) -> list[Columns]:
    """The tables among some lines, from top to bottom."""
    found: list[Columns] = []
    text = _Lines(lines, scale)
    place = 0
    while place < len(lines):
        header = text.header(place)
        table = _read(text, place, header) if header else None
        if table is None:
            place += 1
        else:
            found.append(table)
            place = table.end
    return found


@dataclass(slots=True)
class _Lines:
    """The lines of a text, and what is known of them so far.

    Attributes:
        parted: by what headers say: tables of one form are printed in one way.
    """

    lines: Sequence[Line]
    scale: Scale
    parted: dict[str, bool] = field(default_factory=dict)
    _headers: dict[int, Header | None] = field(default_factory=dict)
    _are_parted: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        self._are_parted = [is_parted(line, self.scale.gap) for line in self.lines]

    def header(self, place: int) -> Header | None:
        """The header that begins at a line; each is looked for once."""
        if place not in self._headers:
            near = any(self._are_parted[place : place + HEADER_LINES])
            self._headers[place] = header_at(self.lines, place, self.scale) if near else None
        return self._headers[place]


def _read(text: _Lines, start: int, header: Header) -> Columns | None:
    """The table under a header: parted by white or, where that goes further, by where its columns begin."""
    lines, scale = text.lines, text.scale
    body = _Body(text, start, header)
    table = body.read()
    if not (scale.touching and body.refused):
        return table
    other = _Body(text, start, header, fit_of(lines, start + header.lines, header, scale)).read()
    return other if other and (table is None or other.end > table.end) else table


# -- what stands under them ------------------------------------------------------------------------------------------
class _Body:
    """The lines under one header, taken one by one as long as they keep to its columns."""

    def __init__(self, text: _Lines, start: int, header: Header, fit: Fit | None = None) -> None:
        self.fits = [fit]  # one a header, as bands
        self.text, self.lines, self.start, self.header, self.scale = text, text.lines, start, header, text.scale
        self.named = [fold(name) for name in header.names]
        self.bands = [Band(header.spans)]  # one a header: columns may stand elsewhere on another page
        self.taken: list[tuple[Line, int]] = []  # with the band that it was taken in
        self.themes: set[int] = set()  # lines across the columns, that name the theme of the rows below
        self.page = self.lines[start].page
        self.refused = False  # whether it ends at a line that crosses its columns

    def read(self) -> Columns | None:
        place = self._take()
        if not self.taken:
            return None
        cuts = self._cuts()
        rows = [self.header.cells]
        for themed, group in groupby(self.taken, key=lambda one: id(one[0]) in self.themes):
            taken = list(group)
            if themed:
                rows += [[[line], *([] for _ in self.named[1:])] for line, _ in taken]
                continue
            cells = [self._cells(line, band) for line, band in taken]
            rows += Rows(cells, self.header.names, self.scale, cuts).parted(self.text.parted)
        columns = [[line for row in rows for line in row[n]] for n in range(len(self.named))]
        reach = [max((line.x1 for line in lines), default=0.0) for lines in columns]
        return Columns(self.start, place, rows, self._rights(columns, reach), reach)

    def _cuts(self) -> list[tuple[int, float]]:
        """The drawn lines between two lines of the table: one where those of a header that comes back stand."""
        cuts, found = sorted(self.scale.cuts), []
        for (one, _), (other, _) in pairwise(self.taken):
            place = bisect.bisect(cuts, (one.page, one.y))
            if one.page == other.page and place < len(cuts) and cuts[place] < (other.page, other.y):
                found.append(cuts[place])
        return found

    def _rights(self, columns: list[list[Line]], reach: list[float]) -> list[float]:
        """How far letters may stand in each column: where places are counted in letters, up to the next column."""
        if not self.scale.touching:
            return reach
        lefts = [min((line.x0 for line in lines), default=0.0) for lines in columns[1:]]
        return [*(max(far, left - _BETWEEN) for far, left in zip(reach, lefts, strict=False)), *reach[-1:]]

    def _take(self) -> int:
        place = self.start + self.header.lines
        while place < min(len(self.lines), self.start + _BODY_LINES):
            line, before = self.lines[place], self.lines[place - 1]
            if (header := self._again(place) or self.text.header(place)) is not None:
                names = [fold(name) for name in header.names]
                if names == self.named:
                    self.page = line.page
                    self.bands.append(Band(header.spans))
                    self.fits.append(self.fits[-1] and fit_of(self.lines, place + header.lines, header, self.scale))
                    place += header.lines
                    continue
                sure = len(names) >= _LEAST_ROLES and mostly_bare(header.names)  # else words of cells
                sure = sure or (self._bulleted() and not line.opened and self.scale.steps(before, line) > TALL)
                if sure or line.bold or set(names) & set(self.named):
                    break
            parts = pieces(line, self.scale.gap)
            steps = self.scale.steps(before, line)
            if len(parts) == 1 and steps <= _FARTHEST and self._parts_rows(place):
                self.themes.add(id(line))
                self.taken.append((line, len(self.bands) - 1))
                place += 1
                continue
            alone = len(parts) == 1
            if steps > _FARTHEST or (alone and (self._titled(place) or self._leaves(place, steps))):
                break
            if self._turns(place):
                break
            if line.page != self.page:
                self.page = line.page
                self.bands.append(self._on_next_page(place))
                self.fits.append(self.fits[-1])
            if not self._takes(place, parts):
                self.refused = True
                break
            self.taken.append((line, len(self.bands) - 1))
            place += 1
        return place

    def _bulleted(self) -> bool:
        """Whether a bullet opens the first line under the header."""
        return bool(self.taken) and self.taken[0][0].opened

    def _turns(self, place: int) -> bool:
        """Whether a page begins with the title of another slide: no bullet opens it as cells, and white follows it."""
        before, line = self.lines[place - 1 : place + 1]
        if line.page == before.page or not self._bulleted() or not (line.text[:1].isupper() or line.text[:1].isdigit()):
            return False
        end = place + 1
        while end < len(self.lines) and self.lines[end].page == line.page:
            if self.scale.steps(self.lines[end - 1], self.lines[end]) > TALL:
                break
            end += 1
        title = self.lines[place:end]
        whole = len(title) == 1 or all(not is_parted(one, self.scale.gap) for one in title)
        return whole and len(title) <= _LONGEST_TITLE and not any(one.opened for one in title)

    def _parts_rows(self, place: int) -> bool:
        """Whether a line across the columns names the theme of the rows below it, as no column does."""
        line, below = self.lines[place], self.lines[place + 1 : place + 2]
        wide = len(self.header.spans) > 1 and line.x1 > self.header.spans[1][0]
        if not wide or line.opened or not below or not names_theme(line.text):
            return False
        if line.page not in (below[0].page, self.page) or self.text.header(place + 1) is not None:
            return False
        goes_on = len(pieces(below[0], self.scale.gap)) > 1 and self.scale.steps(line, below[0]) <= _FAR
        return goes_on and not any(column_role(name) is Role.THEME for name in self.header.names)

    def _on_next_page(self, place: int) -> Band:
        """Where the columns stand on a page that begins without a header."""
        line = self.lines[place]
        loosened = self.bands[-1].loosened(self.scale.gap * line.size)
        if not self.scale.touching:
            return loosened
        end = place + 1
        while end < len(self.lines) and self.lines[end].page == line.page and self.text.header(end) is None:
            before, after = self.lines[end - 1 : end + 1]
            if self.scale.steps(before, after) > _FARTHEST or self.scale.stops(before, after):
                break
            end += 1
        above = [line for line, _ in self.taken if line.page == self.taken[-1][0].page]
        return band_of(self.lines[place:end], len(self.named), above, self.bands[-1]) or loosened

    def _again(self, place: int) -> Header | None:
        """The same header printed again, whatever stands below it."""
        own = self.lines[self.start : self.start + self.header.lines]
        here = self.lines[place : place + self.header.lines]
        same = [line.text for line in own] == [line.text for line in here]
        parted = any(is_parted(line, self.scale.gap) for line in here[:HEADER_LINES])
        return header_at(here, 0, self.scale) if same and parted else None

    def _takes(self, place: int, parts: list[Piece]) -> bool:
        if (fit := self.fits[-1]) is None:
            return self.bands[-1].take(self.lines[place], parts)
        if (moved := fit.moved(self.lines, place)) is not fit:
            self.bands.append(self.bands[-1])
            self.fits.append(moved)
        return moved.takes(self.lines, place)

    def _titled(self, place: int) -> bool:
        """Whether a line is a title: by its look or words, or as the last one before another header."""
        before, line = self.lines[place - 1 : place + 1]
        if self.scale.stops(before, line) or (starts_report(line.text) and line.page != before.page):
            return True
        named = (is_section(line.text) or names_theme(line.text)) and line.text[:1].isupper()
        apart = (self.scale.steps(before, line) > TALL or named) and not line.opened
        return apart and self._heads(place + 1)

    def _heads(self, place: int) -> bool:
        """Whether a header begins at a line, or below the name of a theme or a part that stands there."""
        if self.text.header(place) is not None:
            return True
        title = self.lines[place : place + 1]
        named = bool(title) and not title[0].opened and (names_theme(title[0].text) or is_section(title[0].text))
        return named and self.text.header(place + 1) is not None

    def _leaves(self, place: int, steps: float) -> bool:
        """Whether a line stands below the table: left of its cells, under their bullets or as the last footer."""
        line = self.lines[place]
        if steps > _FAR and place + 1 == len(self.lines):
            return True
        if steps <= TALL or not self.scale.touching:
            return False
        above = min((one.x0 for one in self.lines[self.start : place] if one.page == line.page), default=0.0)
        beside = line.x0 == above and self._bulleted() and not line.opened and line.text[:1].isupper()
        return line.x0 < above or beside

    def _cells(self, line: Line, band: int) -> list[Line | None]:
        """The words of a line by column, as far from the left side of each as they stand."""
        fit, first = self.fits[band], self.fits[0]
        columns: list[list[Word]] = (fit and fit.cells(line)) or [[] for _ in self.named]
        edges = [] if fit else self.bands[band].edges()
        for word in () if fit else line.words:
            middle = (word.x0 + word.x1) / 2
            columns[sum(middle > edge for edge in edges)].append(word)
        if fit and first and fit is not first:
            by = [one - other for one, other in zip(first.lefts, fit.lefts, strict=True)]
            columns = [[word.shifted(off) for word in words] for off, words in zip(by, columns, strict=True)]
        return [Line(words, line.y, line.size, line.bold, line.page) if words else None for words in columns]

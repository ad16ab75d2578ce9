"""Tables without lines: columns by the places of their words, under a header whose words name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS, clean
from ingest.formats.lines import Line, Word
from ingest.headers import column_role, header_roles
from ontology import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BULLET = re.compile(rf"^(?:[{BULLETS}·]|[-–—*])$")
_LEAST_ROLES = 3  # columns that a header names, where nothing else tells that it is one
_HEADER_LINES, _BODY_LINES = 5, 4_000
_FARTHEST = 7.0  # lines of white that a table can hold inside a page
_NEAR = 1.7  # lines: of those that follow each other closely
_TALL = 1.45  # of the usual leading: white between two rows
_SAME_SIZE = 0.06  # of the size of letters
_WIDEST_HEADER, _SHORT = 14, 4  # words of one cell of a header, at most; of one that is surely a name


@dataclass(slots=True)
class Piece:
    """Words of a line that stand close together."""

    words: list[Word]

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.words[-1].x1

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Columns:
    """A table found.

    Attributes:
        start: first line of it, and the line after its last one, in the lines that were given.
        rows: for each row, the header first, the lines of each of its cells.
        rights: how far letters stand in each column.
    """

    start: int
    end: int
    rows: list[list[list[Line]]]
    rights: list[float]


@dataclass(slots=True)
class Scale:
    """What a distance means.

    Attributes:
        gap: white that parts columns, in sizes of letters.
        leading: usual distance of two lines, in sizes of letters.
        stops: whether a line, given with the one before it, is a title that ends a table.
        cuts: drawn lines between rows, as page and height.
    """

    gap: float
    leading: float
    stops: Callable[[Line, Line], bool]
    cuts: Sequence[tuple[int, float]] = ()

    def steps(self, one: Line, other: Line) -> float:
        """How many lines further down another line stands; a page further is one."""
        return (other.y - one.y) / (self.leading * max(one.size, other.size)) if one.page == other.page else 1.0


@dataclass(slots=True)
class _Header:
    lines: int
    names: list[str]
    cells: list[list[Line]]
    spans: list[tuple[float, float]]


def pieces(line: Line, gap: float) -> list[Piece]:
    """The parts of a line; a bullet belongs to the words after it."""
    found = [Piece([line.words[0]])]
    for before, word in pairwise(line.words):
        alone = len(found[-1].words) == 1 and _BULLET.match(before.text)
        if word.x0 - before.x1 > gap * line.size and not alone:
            found.append(Piece([word]))
        else:
            found[-1].words.append(word)
    return found


def find(lines: Sequence[Line], scale: Scale) -> list[Columns]:
    """The tables among some lines, from top to bottom."""
    found: list[Columns] = []
    place = 0
    while place < len(lines):
        header = _header(lines, place, scale)
        table = _Body(lines, place, header, scale).read() if header else None
        if table is None:
            place += 1
        else:
            found.append(table)
            place = table.end
    return found


# -- headers ---------------------------------------------------------------------------------------------------------
def _header(lines: Sequence[Line], start: int, scale: Scale) -> _Header | None:
    """The header that begins at a line: as many lines as it takes to name most columns."""
    found, known = _named(lines, start, scale)
    if found is None:
        return None
    # Lines above it, such as the title of the table, add no column.
    less = any(_named(lines, start + skipped, scale)[1] >= known for skipped in range(1, found.lines))
    return None if less else found


def _named(lines: Sequence[Line], start: int, scale: Scale) -> tuple[_Header | None, int]:
    best: _Header | None = None
    most = 0
    clusters: list[list[tuple[Piece, Line]]] = []
    for number, line in enumerate(lines[start : start + _HEADER_LINES]):
        before = lines[start + number - 1] if number else line
        if number and (scale.steps(before, line) > _NEAR or not _alike(before, line)):
            break
        parts = [name for part in pieces(line, scale.gap) for name in _names(part)]
        if line.opened or any(_opened(part) for part in parts) or (best and not _completes(parts, best)):
            break
        clusters = _clustered(clusters, [(part, line) for part in parts])
        names = [clean(" ".join(part.text for part, _ in cluster)) for cluster in clusters]
        if len(clusters) < 2 or any(len(name.split()) > _WIDEST_HEADER for name in names):
            continue
        known = sum(role is not None for role in header_roles(names) or ())
        sure = known >= _LEAST_ROLES or (known == len(names) and all(len(name.split()) <= _SHORT for name in names))
        if known >= most and (sure or best):
            most = known
            best = _Header(
                number + 1,
                names,
                [[Line(part.words, line.y, line.size, line.bold, line.page) for part, line in one] for one in clusters],
                [(min(part.x0 for part, _ in one), max(part.x1 for part, _ in one)) for one in clusters],
            )
    return best, most


def _names(part: Piece) -> list[Piece]:
    """The names that stand in one piece of a header, where the columns nearly touch."""
    for cut in range(1, len(part.words)):
        one, other = Piece(part.words[:cut]), Piece(part.words[cut:])
        roles = column_role(one.text), column_role(other.text)
        if other.text[:1].isupper() and None not in roles and roles[0] is not roles[1]:
            return [one, *_names(other)]
    return [part]


def _alike(one: Line, other: Line) -> bool:
    return one.page == other.page and one.bold == other.bold and abs(one.size - other.size) <= _SAME_SIZE * one.size


def _clustered(
    clusters: list[list[tuple[Piece, Line]]], parts: list[tuple[Piece, Line]]
) -> list[list[tuple[Piece, Line]]]:
    """Pieces one under the other, together, from left to right."""
    made = [list(cluster) for cluster in clusters]
    for part, line in parts:
        over = [one for one in made if any(p.x0 < part.x1 and part.x0 < p.x1 for p, _ in one)]
        if len(over) > 1:
            return []
        if over:
            over[0].append((part, line))
        else:
            made.append([(part, line)])
    return sorted(made, key=lambda cluster: min(part.x0 for part, _ in cluster))


def _completes(parts: list[Piece], header: _Header) -> bool:
    """Whether a line may go on with a header that is already whole: it says the rest of names."""
    under = all(any(x0 < part.x1 and part.x0 < x1 for x0, x1 in header.spans) for part in parts)
    return under and all(part.text[:1].islower() or part.text[:1] in "(&/" for part in parts)


def _opened(part: Piece) -> bool:
    return len(part.words) > 1 and bool(_BULLET.match(part.words[0].text))


# -- what stands under them ------------------------------------------------------------------------------------------
class _Body:
    """The lines under one header, taken one by one as long as they keep to its columns."""

    def __init__(self, lines: Sequence[Line], start: int, header: _Header, scale: Scale) -> None:
        self.lines, self.start, self.header, self.scale = lines, start, header, scale
        self.named = [fold(name) for name in header.names]
        self.bands = [_Band(header.spans)]  # one a header: columns may stand elsewhere on another page
        self.taken: list[tuple[Line, int]] = []  # with the band that it was taken in
        self.cuts: list[tuple[int, float]] = []
        self.page = lines[start].page

    def read(self) -> Columns | None:
        place = self._take()
        if len(self.taken) < 1:
            return None
        first, last = ((line.page, line.y) for line in (self.taken[0][0], self.taken[-1][0]))
        self.cuts = [cut for cut in self.scale.cuts if first < cut < last]
        cells = [self._cells(line, band) for line, band in self.taken]
        rows = [self.header.cells, *self._rows(cells)]
        rights = [max((line.x1 for row in rows for line in row[n]), default=0.0) for n in range(len(self.named))]
        return Columns(self.start, place, rows, rights)

    def _take(self) -> int:
        place = self.start + self.header.lines
        while place < min(len(self.lines), self.start + _BODY_LINES):
            line, before = self.lines[place], self.lines[place - 1]
            if (header := _header(self.lines, place, self.scale)) is not None:
                names = [fold(name) for name in header.names]
                if names == self.named:
                    self.page = line.page
                    self.bands.append(_Band(header.spans))
                    place += header.lines
                    continue
                if len(names) >= _LEAST_ROLES or line.bold or set(names) & set(self.named):
                    break
            parts = pieces(line, self.scale.gap)
            if self.scale.steps(before, line) > _FARTHEST or (len(parts) == 1 and self.scale.stops(before, line)):
                break
            if line.page != self.page:
                self.page = line.page
                self.bands.append(self.bands[-1].loosened(self.scale.gap * line.size))
            if not self.bands[-1].take(line, parts):
                break
            self.taken.append((line, len(self.bands) - 1))
            place += 1
        return place

    def _cells(self, line: Line, band: int) -> list[Line | None]:
        """The words of a line by column."""
        edges = self.bands[band].edges()
        columns: list[list[Word]] = [[] for _ in self.named]
        for word in line.words:
            middle = (word.x0 + word.x1) / 2
            columns[sum(middle > edge for edge in edges)].append(word)
        return [Line(words, line.y, line.size, line.bold, line.page) if words else None for words in columns]

    def _rows(self, cells: list[list[Line | None]]) -> list[list[list[Line]]]:
        rows: list[list[list[Line]]] = []
        for place, here in enumerate(cells):
            above = cells[place - 1] if place else None
            if above is None or self._begins(above, here):
                rows.append([[] for _ in self.named])
            for column, line in enumerate(here):
                if line is not None:
                    rows[-1][column].append(line)
        return rows

    def _begins(self, above: list[Line | None], here: list[Line | None]) -> bool:
        """Whether a row begins at a line."""
        one = next(line for line in above if line is not None)
        other = next(line for line in here if line is not None)
        if any((one.page, one.y) < cut < (other.page, other.y) for cut in self.cuts):
            return True
        if one.page == other.page and len(self.cuts) > 1:
            return False
        if any(line is not None and _continues(above[column], line) for column, line in enumerate(here)):
            return False
        key = here[0]
        if key is None:
            return False
        tall = one.page == other.page and self.scale.steps(one, other) > _TALL
        alone = above[0] is None
        together = any(line is not None and above[column] is None for column, line in enumerate(here))
        full = sum(line is not None for line in here) >= min(_LEAST_ROLES, len(here))
        return key.opened or tall or alone or together or full


def _continues(above: Line | None, line: Line) -> bool:
    """Whether a line surely goes on with the text above it in its column."""
    return above is not None and not line.opened and not line.text[:1].isupper() and not line.text[:1].isdigit()


class _Band:
    """Where the columns may be parted: between names of the header, where no word has stood so far."""

    def __init__(self, spans: list[tuple[float, float]]) -> None:
        self.free = [[(one[1], other[0])] for one, other in pairwise(spans)]

    def loosened(self, by: float) -> _Band:
        """The same columns on another page, where they may stand a little elsewhere."""
        other = _Band([])
        other.free = [[(start - 2 * by, end + 2 * by) for start, end in strips] for strips in self.free]
        return other

    def edges(self) -> list[float]:
        """Where to part the columns: near the end of the widest white strip, as columns begin at their left."""
        widest = (max(strips, key=lambda strip: strip[1] - strip[0]) for strips in self.free)
        return [start + 0.75 * (end - start) for start, end in widest]

    def take(self, line: Line, parts: list[Piece]) -> bool:
        """Take a line in, unless it crosses the columns."""
        spans = [(part.x0, part.x1) for part in parts]
        narrowed = [_without(strips, spans) for strips in self.free]
        if not all(narrowed) and len(parts) > 1:
            # Columns that nearly touch: words of both run together in one piece.
            apart = [(word.x0, word.x1) for word in line.words]
            narrowed = [one or _without(strips, apart) for one, strips in zip(narrowed, self.free, strict=True)]
        if not all(narrowed):
            return False
        self.free = narrowed
        return True


def _without(strips: list[tuple[float, float]], spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    left = strips
    for start, end in spans:
        left = [
            piece
            for low, high in left
            for piece in ((low, min(high, start)), (max(low, end), high))
            if piece[1] > piece[0]
        ]
    return left

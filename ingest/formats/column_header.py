"""Headers of tables without lines: words that stand side by side and name columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS, clean
from ingest.formats.lines import Line, Word
from ingest.formats.strewn_header import says_name, whole_name
from ingest.formats.strewn_words import unfinished
from ingest.words.headers import column_role, header_roles, is_neutral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_BULLET = re.compile(rf"^(?:[{BULLETS}·]|[-–—*])$")
_LEAST_ROLES = 3  # columns that a header names, where nothing else tells that it is one
HEADER_LINES = 9
_NEAR = 1.7  # lines: of those that follow each other closely
_SAME_SIZE = 0.06  # of the size of letters
_PIECE = 4  # letters of the end of a broken word
_NEAR_CUT = 2  # letters: how far from the first word of a name the words below it may begin
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
class Scale:
    """What a distance means.

    Attributes:
        gap: white that parts columns, in sizes of letters.
        leading: usual distance of two lines, in sizes of letters.
        stops: whether a line, given with the one before it, is a title that ends a table.
        cuts: drawn lines between rows, as page and height.
        touching: places are counted in characters, so that one space may part two cells.
    """

    gap: float
    leading: float
    stops: Callable[[Line, Line], bool]
    cuts: Sequence[tuple[int, float]] = ()
    touching: bool = False

    def steps(self, one: Line, other: Line) -> float:
        """How many lines further down another line stands; a page further is one."""
        return (other.y - one.y) / (self.leading * max(one.size, other.size)) if one.page == other.page else 1.0


@dataclass(slots=True)
class Header:
    """A header found: how many lines it takes, and the name, lines and extent of each column."""

    lines: int
    names: list[str]
    cells: list[list[Line]]
    spans: list[tuple[float, float]]


def is_bullet(word: str) -> bool:
    """Whether a word is the bullet of an item."""
    return bool(_BULLET.match(word))


def pieces(line: Line, gap: float) -> list[Piece]:
    """The parts of a line; a bullet belongs to the words after it."""
    found = [Piece([line.words[0]])]
    for before, word in pairwise(line.words):
        alone = len(found[-1].words) == 1 and is_bullet(before.text)
        if word.x0 - before.x1 > gap * line.size and not alone:
            found.append(Piece([word]))
        else:
            found[-1].words.append(word)
    return found


def is_parted(line: Line, gap: float) -> bool:
    """Whether a line has several `pieces`."""
    words = line.words[1:] if is_bullet(line.words[0].text) else line.words
    return any(word.x0 - before.x1 > gap * line.size for before, word in pairwise(words))


def header_at(lines: Sequence[Line], start: int, scale: Scale) -> Header | None:
    """The header that begins at a line: as many lines as it takes to name most columns, one of which `is_parted`."""
    found, known = _parted(lines, start, scale)
    if found is None:
        return None
    if any(
        name[:1].islower() and (len(name.split()) > _SHORT or unfinished(name.rstrip(" :"))) for name in found.names
    ):
        return None  # words of cells
    # Lines above it, such as the title of the table, add no column.
    less = not _broken(found) and any(
        _parted(lines, start + skipped, scale)[1] >= known for skipped in range(1, found.lines)
    )
    return None if less else found


def name_columns(cells: Iterable[Sequence[Line]]) -> bool:
    """Whether the lines of some cells are the names of columns."""
    return header_roles([clean(" ".join(line.text for line in cell)) for cell in cells]) is not None


def _broken(header: Header) -> bool:
    """Whether a name that begins on the first line goes on below it: "Indicateurs et facteurs" / "de réussite"."""
    first = min(cell[0].y for cell in header.cells)
    return any(len(cell) > 1 and cell[0].y == first and cell[1].text[:1].islower() for cell in header.cells)


def _parted(lines: Sequence[Line], start: int, scale: Scale) -> tuple[Header | None, int]:
    """A header, with names parted that one space parts where more of its columns then have a name."""
    found, known = _named(lines, start, scale)
    if found is None or not scale.touching:
        return found, known
    cuts: list[float] = []
    close = {
        word.x0
        for cell in found.cells
        for line in cell
        for before, word in pairwise(line.words)
        if word.text[:1].isupper() and word.x0 - before.x1 <= scale.gap * line.size
    }
    for place in sorted(close):
        other, more = _named(lines, start, scale, [*cuts, place])
        if other is not None and more > known:
            found, known = other, more
            cuts.append(place)
    return found, known


def _named(lines: Sequence[Line], start: int, scale: Scale, cuts: Sequence[float] = ()) -> tuple[Header | None, int]:
    best: Header | None = None
    most = 0
    clusters: list[list[tuple[Piece, Line]]] = []
    for number, line in enumerate(lines[start : start + HEADER_LINES]):
        before = lines[start + number - 1] if number else line
        if number and (scale.steps(before, line) > _NEAR or not _alike(before, line)):
            break
        printed = [part for whole in pieces(line, scale.gap) for part in _apart(whole, cuts)]
        if line.opened or any(len(part.words) > _WIDEST_HEADER or _opened(part) for part in printed):
            break
        parts = [name for part in printed for name in _names(part)]
        if best and not (_completes(parts, best) or _adds(parts, best)):
            break
        clusters = _clustered(clusters, [(part, line) for part in parts])
        names = [clean(whole_name([part.text for part, _ in cluster])) for cluster in clusters]
        if len(clusters) < 2 or any(len(name.split()) > _WIDEST_HEADER for name in names):
            continue
        short = all(len(name.split()) <= _SHORT for name in names)
        below = lines[start + number + 1 : start + number + 2]
        listed = bool(below) and [_opened(part) for part in pieces(below[0], scale.gap)] == [True] * len(names)
        roles = header_roles(names) or ([column_role(name) for name in names] if listed and scale.touching else [])
        known = sum(role is not None for role in roles)
        sure = known >= _LEAST_ROLES or (known == len(names) and (short or listed))
        if known >= most and (sure or best):
            most = known
            best = Header(
                number + 1,
                names,
                [[Line(part.words, line.y, line.size, line.bold, line.page) for part, line in one] for one in clusters],
                [(min(part.x0 for part, _ in one), max(part.x1 for part, _ in one)) for one in clusters],
            )
    return best, most


def _apart(piece: Piece, cuts: Sequence[float]) -> list[Piece]:
    """A piece of a header parted before the words that begin near some places."""
    parts = [Piece(piece.words[:1])]
    for word in piece.words[1:]:
        if any(abs(word.x0 - cut) <= _NEAR_CUT for cut in cuts):
            parts.append(Piece([word]))
        else:
            parts[-1].words.append(word)
    return parts


def _names(part: Piece) -> list[Piece]:
    """The names that stand in one piece of a header, where the columns nearly touch."""
    for cut in range(1, len(part.words)):
        if not part.words[cut].text[:1].isupper():
            continue
        one, other = Piece(part.words[:cut]), Piece(part.words[cut:])
        role = column_role(one.text)
        if role is not None and column_role(other.text) not in (None, role):
            return [one, *_names(other)]
    return [part]


def _alike(one: Line, other: Line) -> bool:
    return one.page == other.page and one.bold == other.bold and abs(one.size - other.size) <= _SAME_SIZE * one.size


def _clustered(
    clusters: list[list[tuple[Piece, Line]]], parts: list[tuple[Piece, Line]]
) -> list[list[tuple[Piece, Line]]]:
    """Pieces one under the other, together, from left to right."""
    made = [list(cluster) for cluster in clusters]
    waiting = parts[::-1]
    while waiting:
        part, line = waiting.pop()
        over = [one for one in made if any(p.x0 < part.x1 and part.x0 < p.x1 for p, _ in one)]
        if len(over) > 1:
            halves = _apart(part, [min(p.x0 for p, _ in over[1])])
            if len(halves) == 1:
                return []
            waiting += [(half, line) for half in reversed(halves)]
        elif over:
            over[0].append((part, line))
        else:
            made.append([(part, line)])
    return sorted(made, key=lambda cluster: min(part.x0 for part, _ in cluster))


def _completes(parts: list[Piece], header: Header) -> bool:
    """Whether a line may go on with a header that is already whole: it says the rest of names."""
    under = all(any(x0 < part.x1 and part.x0 < x1 for x0, x1 in header.spans) for part in parts)
    goes_on = all(part.text[:1].islower() or part.text[:1] in "(&/" or _called(part, header) for part in parts)
    return under and goes_on and sum(_says(part, header) for part in parts) * 2 >= len(parts)


def _says(part: Piece, header: Header) -> bool:
    """Whether words are those of a name, or what a narrow column broke off from one."""
    return len(part.text) <= _PIECE or says_name(part.text) or _called(part, header)


def _called(part: Piece, header: Header) -> bool:
    """Whether the name above calls for more: "(parmi les" / "5)"."""
    spans = zip(header.names, header.spans, strict=True)
    return any(unfinished(name) for name, (x0, x1) in spans if x0 < part.x1 and part.x0 < x1)


def _adds(parts: list[Piece], header: Header) -> bool:
    """Whether a line names more columns of the header, whose names stand in the middle of their height."""
    beside = all(part.x1 <= x0 or x1 <= part.x0 for part in parts for x0, x1 in header.spans)
    return beside and all(column_role(part.text) is not None or is_neutral(part.text) for part in parts)


def _opened(part: Piece) -> bool:
    """Whether a bullet stands before words of it: its first ones, or others with a capital."""
    marks = [place for place, word in enumerate(part.words[:-1]) if is_bullet(word.text)]
    return any(not place or part.words[place + 1].text[:1].isupper() for place in marks)

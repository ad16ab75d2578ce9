"""Text of a PDF outside its tables: titles, paragraphs and items in reading order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.formats.column_header import pieces
from ingest.formats.lines import Line, paragraphs
from ingest.prose.lines import THEMED
from ingest.words.headers import is_section, starts_report, title_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.formats.lines import Room
    from ingest.formats.writer import Block

_LARGE = 1.12  # of the usual size of letters: from there on a title
_LONGEST_TITLE = 25  # words
_SENTENCE = 6  # words of a title that a full stop ends, at most
_GUTTER, _COLUMN_LINES, _COLUMN_WORDS = 1.2, 5, 3.5  # of a page with columns of text
_TITLE_WHITE = 1.5  # lines


@dataclass(slots=True)
class Look:
    """How a whole document is set.

    Attributes:
        room: that of text outside tables.
        size: of most letters.
        sizes: of titles, the largest first.
    """

    room: Room
    size: float = 10.0
    sizes: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[Line], inside: Sequence[Line], room: Room) -> Look:
        """Of a document's lines outside and inside tables."""
        letters: Counter[float] = Counter()
        for line in [*lines, *inside]:
            letters[_rounded(line.size)] += len(line.text)
        usual = letters.most_common(1)[0][0] if letters else 10.0
        titles = Counter(_rounded(line.size) for line in lines if _is_large(line, usual))
        look = cls(room, usual, sorted(titles, reverse=True))
        if len(titles) == 1 and titles[look.sizes[0]] > 1:
            look.sizes.insert(0, look.sizes[0] + 1)  # titles of parts, and none of the whole
        return look

    def level(self, line: Line) -> int:
        """Level of the title that a line is, from 1; 0 for text."""
        if not _is_large(line, self.size):
            return 0
        return min(6, 1 + sum(size > _rounded(line.size) for size in self.sizes))

    def parts(self, before: Line, line: Line) -> bool:
        """Whether a line is a title that ends the table above it."""
        if self.level(line):
            return True
        apart = before.page == line.page and line.y - before.y > _TITLE_WHITE * self.room.leading * line.size
        return (apart or line.bold) and is_title(line)


def is_title(line: Line) -> bool:
    """Whether a line is a title of a part by its words."""
    words = clean(line.text)
    if line.opened or len(words.split()) > _LONGEST_TITLE or words.endswith((".", ",", ";")):
        return False
    named = is_section(words) or starts_report(words) or title_role(words) is not None
    return named or bool(THEMED.match(words))


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _is_large(line: Line, usual: float) -> bool:
    if line.text.endswith(".") and len(line.words) > _SENTENCE:
        return False
    return line.size >= _LARGE * usual and len(line.words) <= _LONGEST_TITLE and any(map(str.isalpha, line.text))


# -- text ------------------------------------------------------------------------------------------------------------
def text_blocks(lines: Sequence[Line], look: Look) -> list[Block]:
    """Titles, paragraphs and items of lines that stand between two tables."""
    blocks: list[Block] = []
    for right, region in _regions(lines, look):
        for level, group in groupby(region, key=look.level):
            inside = list(group)
            for paragraph in paragraphs(inside, replace(look.room, right=right)):
                paragraph.level = 0 if paragraph.marked else level
                blocks.append(paragraph)
    return blocks


def _regions(lines: Sequence[Line], look: Look) -> list[tuple[float, list[Line]]]:
    """Lines in reading order, columns of text one after the other, with how far the lines of each go."""
    regions: list[tuple[float, list[Line]]] = []
    place = 0
    while place < len(lines):
        end, gutter = _columns(lines, place)
        if gutter is None:
            if not regions or regions[-1][0] != look.room.right:
                regions.append((look.room.right, []))
            regions[-1][1].append(lines[place])
            place += 1
            continue
        for side in (0, 1):
            column = [half for line in lines[place:end] if (half := _side(line, gutter, side)) is not None]
            regions.append((max(line.x1 for line in column), column))
        place = end
    return regions


def _columns(lines: Sequence[Line], start: int) -> tuple[int, float | None]:
    """Where the two columns of text that begin at a line end, and what parts them; None where there are none."""
    size, page = lines[start].size, lines[start].page
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    third = (right - left) / 3
    free = [(left + third, right - third)]
    end, best = start, None
    while end < len(lines) and lines[end].page == page:
        for part in pieces(lines[end], _GUTTER):
            free = [
                piece
                for low, high in free
                for piece in ((low, min(high, part.x0)), (max(low, part.x1), high))
                if piece[1] - piece[0] > _GUTTER * size
            ]
        if not free:
            break
        low, high = max(free, key=lambda one: one[1] - one[0])
        end, best = end + 1, (low + high) / 2
    if best is None:
        return start, None
    sides = [[half for line in lines[start:end] if (half := _side(line, best, side))] for side in (0, 1)]
    for side in sides:
        if len(side) < _COLUMN_LINES or sum(len(line.words) for line in side) < _COLUMN_WORDS * len(side):
            return start, None
    return end, best


def _side(line: Line, gutter: float, side: int) -> Line | None:
    words = [word for word in line.words if (word.x0 > gutter) == bool(side)]
    return Line(words, line.y, line.size, line.bold, line.page) if words else None

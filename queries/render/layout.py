"""Text in columns: widths that fit, words wrapped, numbers to the right; a line break in a cell stays one."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "  "
BULLET = "· "
_NARROWEST = 14  # below, French words are cut in a column: one line a value reads better
_HANGING = 16


def widths(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """The width of each column so that a line fits in ``width``; None where the columns are too many for it.

    The longest columns give way first, down to their longest word as far as that is possible.
    """
    if not rows:
        return []
    columns = list(zip(*rows, strict=True))
    room = width - len(GAP) * (len(columns) - 1)
    natural = [max(len(line) for text in column for line in text.split("\n")) for column in columns]
    if sum(natural) <= room:
        return natural
    words = [max(map(_longest_word, column), default=0) for column in columns]
    for least in (words, [min(word, _NARROWEST) for word in words]):
        if sum(least) <= room:
            return _shared(natural, least, room)
    return None


def _longest_word(text: str) -> int:
    """The width of the longest word of a cell, with the bullet before it."""
    lines = ((line.removeprefix(BULLET), len(BULLET) * line.startswith(BULLET)) for line in text.split("\n"))
    return max((len(word) + mark for line, mark in lines for word in line.split()), default=0)


def _shared(natural: list[int], least: list[int], room: int) -> list[int]:
    given = list(least)
    while (left := room - sum(given)) > 0:
        wanting = [index for index, width in enumerate(given) if width < natural[index]]
        if not wanting:
            break
        # A column that wants little is served first: what it leaves goes to the long texts.
        for index in sorted(wanting, key=lambda index: natural[index] - given[index]):
            share = max(1, left // len(wanting))
            given[index] += min(share, natural[index] - given[index], room - sum(given))
    return given


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of that width; one empty line for no text."""
    paragraphs = (_paragraph(part, width) for part in text.split("\n"))
    return [line for lines in paragraphs for line in lines] or [""]


def _paragraph(text: str, width: int) -> list[str]:
    hanging = len(BULLET) if text.startswith(BULLET) and width > _HANGING else 0
    return textwrap.wrap(text, width, subsequent_indent=" " * hanging, break_on_hyphens=False)


def lines(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[list[str]]:
    """A row as lines of padded cells."""
    wrapped = [wrap(text, max(1, width)) for text, width in zip(cells, widths, strict=True)]
    made = []
    for number in range(max(map(len, wrapped))):
        parts = [part[number] if number < len(part) else "" for part in wrapped]
        made.append(
            [
                part.rjust(width) if to_right else part.ljust(width)
                for part, width, to_right in zip(parts, widths, right, strict=True)
            ]
        )
    return made


def hanging(text: str, width: int, first: str, more: str) -> list[str]:
    """A paragraph whose first line begins with ``first`` and the others with ``more``."""
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=more, break_on_hyphens=False)

"""How wide printed lines are: where a line was broken tells how wide its column was."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Room:
    """What the lines of one item say of their column's width, in ems: at least ``least``, less than ``below``."""

    least: float
    below: float

    def misfit(self, width: float, tolerance: float) -> int:
        """-1 where a line is wider than the column, 1 where it was broken too early for it, 0 where it fits.

        >>> Room(5, 7).misfit(6, 0.0), Room(5, 7).misfit(4, 0.0), Room(5, 7).misfit(9, 0.0)
        (0, -1, 1)
        """
        if self.least > width * (1 + tolerance):
            return -1
        return 1 if self.below < width * (1 - tolerance) else 0


@cache
def _advances() -> tuple[dict[str, int], int]:
    said: dict[str, Any] = tomllib.loads(files("ingest.tables").joinpath("widths.toml").read_text(encoding="utf-8"))
    return {letter: width for letters, width in said["groups"] for letter in letters}, said["default"]


def em(text: str) -> float:
    """Width of a line, in ems.

    >>> round(em("mm"), 2), em("") < em("i") < em("W")
    (1.67, True)
    """
    advances, default = _advances()
    return sum(advances.get(letter, default) for letter in text) / 1000


def room(lines: Sequence[str]) -> Room:
    """What the lines of an item, as printed, say of its column."""
    texts = [" ".join(line.split()) for line in lines]
    texts = [text for text in texts if text]
    least, below = max(map(em, texts), default=0.0), float("inf")
    for line, after in pairwise(texts):
        word = after.split(" ", 1)[0]
        below = min(below, em(f"{line} {word}"))
    return Room(least, below)


def width_of(rooms: Sequence[Room]) -> float | None:
    """The width that most of these items agree on; the middle of the best interval, None where nothing tells."""
    edges = sorted({room.least for room in rooms} | {room.below for room in rooms if room.below != float("inf")})
    if not edges or not any(room.below != float("inf") for room in rooms):
        return None
    best: tuple[int, float, float] | None = None
    for one, other in pairwise(edges):
        middle = (one + other) / 2
        fits = sum(room.least <= middle <= room.below for room in rooms)
        if best is None or fits > best[0]:
            best = (fits, one, other)
    return (best[1] + best[2]) / 2 if best else None

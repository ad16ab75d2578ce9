"""What is drawn on one page of a PDF: characters and lines with their places."""

from __future__ import annotations

from dataclasses import dataclass, field

_WIDE = 0.05  # of the width of a page: of a box that may be that of a row, or of one of its cells


@dataclass(slots=True)
class Glyph:
    """A character: from ``x0`` to ``x1`` on the baseline ``y``, in points from the page's upper left corner.

    Attributes:
        size: of its font, in points.
        link: the address that it leads to.
        run: the same for letters that are drawn together.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    link: str = ""
    run: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at ``at`` across, from ``start`` to ``end`` along."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in points from the page's upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Sheet:
    """What is drawn on one page; ``broken`` counts the characters that the file gives no letter for."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    pictures: int = 0
    broken: int = 0

    def levels(self) -> list[float]:
        """The heights at which something is parted: by a line across, or by an edge of a wide coloured box."""
        wide = [box for box in self.fills if box.x1 - box.x0 > _WIDE * self.width]
        return [*(rule.at for rule in self.across), *(edge for box in wide for edge in (box.y0, box.y1))]

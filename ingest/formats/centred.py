"""Rows whose cells stand in the middle of their height: the number of a row tells its middle, not its first line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.template import reason_aside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.formats.lines import Line

_LEAST_ROWS = 2
_BROKEN = 1.5  # lines off the middle that are as bad as a row that begins with the rest of a sentence


def centred_rows(cells: Sequence[Sequence[Line | None]]) -> list[int] | None:
    """The lines at which rows begin; None where no column numbers the rows by their middles.

    Each row reaches as far above its number as below it: of all ways to part the lines, the one least off the
    middles is taken, where a row that begins in lower case counts against it.
    """
    middles = [place for place, here in enumerate(cells) if here[0] is not None]
    numbers = [here[0].text.strip(" .)") for here in cells if here[0] is not None]
    if len(middles) < _LEAST_ROWS or middles[0] == 0 or numbers != [str(n + 1) for n in range(len(numbers))]:
        return None
    broken = [
        _BROKEN * sum(_goes_on(cells[place - 1], here, column) for column in range(len(here)))
        for place, here in enumerate(cells)
    ]
    ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}  # end of the rows so far → what is off, their starts
    for middle, following in zip(middles, [*middles[1:], None], strict=True):
        ends = range(middle + 1, following + 1) if following is not None else [len(cells)]
        ways = {
            end: min(
                (off + abs((start + end - 1) / 2 - middle) + (broken[end] if end < len(cells) else 0.0), [*starts, end])
                for start, (off, starts) in ways.items()
            )
            for end in ends
        }
    return ways[len(cells)][1][:-1]


def _goes_on(above: Sequence[Line | None], here: Sequence[Line | None], column: int) -> bool:
    line, before = here[column], above[column]
    if line is None or before is None or line.opened or reason_aside(line.text):
        return False
    return line.text[:1].islower()

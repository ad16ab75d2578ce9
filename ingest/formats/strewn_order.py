"""In which order the cells of a text were printed, and what its blank lines tell: whether it can be read as it is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.formats.strewn_labels import theme_state
from ingest.formats.strewn_words import is_bare
from ingest.words.headers import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.formats.strewn_header import Heading, Printed

_STRICT = 0.08  # of the lines of tables, after blank lines: less than that parts no cells
_WITHIN = 0.3  # blank lines inside a row: fewer part rows alone
_FEW = 0.15  # the same, of the lines that may begin an item
_LEAST_BLOCKS, _MOST_APART, _MOST_WHOLE = 0.85, 0.985, 0.7  # blocks between white, of the cells, the bullets; rows
_SPACED = 0.7  # the same, where a blank line follows every line
_OPENED = re.compile(r"[o§>+]\s+\S")  # bullets that other lines may begin with too
_MOST_LISTED = 0.6  # of the names that white parts from what stands above: more have a bullet right under them
_LEAST_ROLES = 3  # columns of a header that is surely one


def is_strewn(lines: Sequence[Printed], found: Sequence[Heading]) -> bool:
    """Whether tables are there that cannot be read as they stand: cell after cell, a bullet before each."""
    sure = [heading for heading in found if len(heading.roles) >= _LEAST_ROLES]
    if not sure:
        return False
    listed = [heading for heading in sure if _listed(lines, heading)]
    steps = [_theme_steps(lines, heading, found) for heading in listed]
    if any(_themed(lines, heading) for heading in sure) or any(1 in some[:-1] for some in steps):
        return True  # a column was printed before the next one
    ordered = sum(bool(some) and 1 not in some for some in steps)
    blank = sum(line.blank for line in lines)
    if ordered * 2 > len(sure) and blank >= _STRICT * len(lines):
        return _interleaved(lines, listed, found)
    return blank < _SPACED * len(lines) or len(listed) * 2 < len(sure) or not ordered


def _themed(lines: Sequence[Printed], heading: Heading) -> bool:
    """Whether themes stand among the names of a header."""
    among = (lines[n] for n in range(heading.lines[0], heading.lines[-1]) if n not in heading.lines)
    labelled = any(line.marked and theme_state("", line.text) is not None for line in among)
    return labelled and Role.THEME in heading.roles and heading.whole


def are_titles(lines: Sequence[Printed], heading: Heading) -> bool:
    """Whether each name stands alone above bullets of its own: they are the titles of lists."""
    apart = len(heading.lines) > 1 and all(other - one > 1 for one, other in pairwise(heading.lines))
    under = [lines[n + 1] for n in heading.lines if n + 1 < len(lines)]
    marked = len(under) == len(heading.lines) and all(line.marked for line in under)
    opened = sum(line.marked or _OPENED.match(line.text) is not None for line in under)
    white = all(lines[n].blank for n in heading.lines)
    marked = marked or (white and opened >= _MOST_LISTED * len(heading.lines))
    if any(is_bare(line.text) for line in lines[heading.lines[0] : heading.lines[-1]]):
        return False  # bullets of a column, apart from its words
    return apart and marked and not {Role.THEME, Role.REFERENCE} & set(heading.roles)


def _theme_steps(lines: Sequence[Printed], heading: Heading, found: Sequence[Heading]) -> list[int]:
    """How many bullets further each theme comes back under a header; nothing where none comes first.

    Where the cells come row after row, other bullets stand between.
    """
    if heading.roles[0] is not Role.THEME:
        return []
    marked = _marked(lines, heading, found)
    themes = [n for n, line in enumerate(marked) if theme_state("", line.text) is not None]
    return [other - one for one, other in pairwise([*themes, len(marked)])] if themes[:1] == [0] else []


def _marked(lines: Sequence[Printed], heading: Heading, found: Sequence[Heading]) -> list[Printed]:
    """The bullets under a header, down to the next one."""
    ends = [other.lines[0] for other in found if other.lines[0] > heading.lines[-1]]
    return [line for line in lines[heading.lines[-1] + 1 : min(ends, default=len(lines))] if line.marked]


def _interleaved(lines: Sequence[Printed], listed: Sequence[Heading], found: Sequence[Heading]) -> bool:
    """Whether white parts rows in other blocks of bullets than their cells, so that these were printed block by block.

    Where it stands before nearly every bullet, or before few, it tells nothing.
    """
    cells = blocks = bullets = whole = rows = 0
    for heading in listed:
        counts: list[int] = []
        for line in _marked(lines, heading, found):
            counts += [0] * (theme_state("", line.text) is not None or not counts)
            counts[-1] += line.blank
            bullets += 1
        cells += len(heading.roles) * len(counts)
        blocks += sum(counts)
        whole += counts.count(len(heading.roles))
        rows += len(counts)
    return _LEAST_BLOCKS * cells < blocks < _MOST_APART * bullets and whole < _MOST_WHOLE * rows


def _listed(lines: Sequence[Printed], heading: Heading) -> bool:
    """Whether each cell under a header begins with a bullet, so that the text can be read as it is."""
    return lines[min(len(lines) - 1, heading.lines[-1] + 1)].marked


def parts_cells(parts: Sequence[tuple[int, int, Heading, list[Printed]]]) -> bool:
    """Whether white parts cells: not where nearly all of it stands before the themes that open rows."""
    rows = whites = labelled = 0
    for _, _, _, body in parts:
        opens = [theme_state("", line.text) is not None and not line.marked for line in body]
        rows += sum(opens)
        whites += sum(line.blank and not theme for line, theme in zip(body, opens, strict=True))
        labelled += any(opens)
    return whites > _WITHIN * rows or labelled * 2 < len(parts)


def is_strict(lines: Sequence[Printed]) -> bool:
    """Whether blank lines part no cells: few stand before lines that may begin an item, or before lines at all."""
    begins = sum(line.marked or line.text[:1].isupper() for line in lines)
    return sum(line.blank for line in lines) < max(_STRICT * len(lines), _FEW * begins)

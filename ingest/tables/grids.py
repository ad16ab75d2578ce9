"""Tables whose columns are still in the text: cells parted by tabs or by vertical bars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.tables.delimited import RULE, delimited_rows
from ontology import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.document import Document

_OPEN_QUOTE = re.compile(r'(?:\A|\t)"(?:[^"]|"")*\Z')
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_MOST_QUOTED, _LONGEST_QUOTED = 20, 5_000  # lines, characters
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells that stand together; ``rules`` are the lines that only draw the table."""

    rows: tuple[tuple[Span, ...], ...]
    span: Span
    rules: tuple[Span, ...] = ()

    def may_head(self, row: int) -> bool:
        """Whether a row can be a header: in a table with rules, only one that a rule underlines."""
        if not self.rules:
            return True
        below = self.rows[row + 1][0].start if row + 1 < len(self.rows) else self.span.end
        return any(self.rows[row][-1].end <= rule.start <= below for rule in self.rules)


def grids(document: Document) -> Iterator[Grid]:
    """The tables of a document, in order; a line that is no table row ends a table."""
    rows: list[tuple[Span, ...]] = []
    rules: list[Span] = []
    delimited = delimited_rows(document)
    for line in _whole(document):
        text = line.of(document.text)
        if (fields := delimited.get(line.start)) is not None:
            if rows and rows[-1][0].start not in delimited:
                yield _grid(rows, rules)
                rows, rules = [], []
            rows.append(fields)
            continue
        if RULE.match(text) and "|" in text and rows:
            rules.append(line)
        elif (cells := _cells(text, line.start)) and (rows or not _indented(text)):
            rows.append(cells)
        elif rows:
            yield _grid(rows, rules)
            rows, rules = [], []
    if rows:
        yield _grid(rows, rules)


def _whole(document: Document) -> Iterator[Span]:
    """The lines of a text; those that a quoted cell of a spreadsheet goes through are one."""
    lines = list(document.lines())
    place = 0
    while place < len(lines):
        end = _quoted(document.text, lines, place)
        yield Span(lines[place].start, lines[end].end)
        place = end + 1


def _quoted(text: str, lines: list[Span], place: int) -> int:
    """The last line of a row whose cells, between quotes, hold several."""
    start = lines[place].start
    if not _OPEN_QUOTE.search(text[start : lines[place].end]):
        return place
    for end in range(place + 1, min(len(lines), place + _MOST_QUOTED)):
        passage = text[start : lines[end].end]
        if len(passage) > _LONGEST_QUOTED:
            break
        if not _OPEN_QUOTE.search(passage):
            return end if "\t" in passage else place
    return place


def outside_of(found: list[Grid], document: Document) -> Iterator[Span]:
    """The lines that stand outside the tables of a document."""
    place = 0
    for line in document.lines():
        while place < len(found) and found[place].span.end < line.start:
            place += 1
        if place == len(found) or line.end < found[place].span.start:
            yield line


def _indented(text: str) -> bool:
    """Whether tabs only push a line to the right."""
    return text.startswith("\t") and "\t" not in text.strip()


def _grid(rows: list[tuple[Span, ...]], rules: list[Span]) -> Grid:
    return Grid(tuple(rows), Span(rows[0][0].start, max(rows[-1][-1].end, rules[-1].end if rules else 0)), tuple(rules))


def _cells(text: str, start: int) -> tuple[Span, ...]:
    if "\t" in text.strip(" ") and text.strip():
        cuts = [match.start() for match in re.finditer("\t", text)]
        edges = [(0, *(cut + 1 for cut in cuts)), (*cuts, len(text))]
        if '"' in text:
            edges = [*zip(*(_unquoted(text, one, other) for one, other in zip(*edges, strict=True)), strict=True)]
    elif text.lstrip().startswith("|"):
        bars = [match.start() for match in _BAR.finditer(text)]
        if len(bars) < 2:
            return ()
        last = len(text) if text[bars[-1] + 1 :].strip() else None
        ends = [*bars[1:], *([last] if last else [])]
        edges = [tuple(bar + 1 for bar in bars[: len(ends)]), tuple(ends)]
    else:
        return ()
    return tuple(Span(start + one, start + other) for one, other in zip(*edges, strict=True))


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """A cell without the quotes that a spreadsheet puts around it."""
    match = _QUOTED.fullmatch(text, start, end)
    return match.span(1) if match else (start, end)

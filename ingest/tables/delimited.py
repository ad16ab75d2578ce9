"""Tables typed as text: cells parted by semicolons, commas or bars, under a line that names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.prose.field_labels import label_alone
from ingest.words.headers import header_roles
from ingest.words.phrases import phrases
from ontology import Span

if TYPE_CHECKING:
    from ingest.document import Document

_LEAST_CELLS = 3
_BAR = "|"
_FIELDS = {
    mark: re.compile(rf'\s*"((?:[^"]|"")*)"\s*(?:{re.escape(mark)}|$)|([^{mark}]*)(?:{re.escape(mark)}|$)')
    for mark in (";", ",", _BAR)
}
RULE = re.compile(r"^\s*+(?:\|\s*+)?:?-+:?\s*+(?:\|\s*+:?-+:?\s*+)*(?:\|\s*+)?$")


def delimited_rows(document: Document) -> dict[int, tuple[Span, ...]]:
    """The cells of each line of such tables, by where the line begins."""
    found: dict[int, tuple[Span, ...]] = {}
    width, mark = 0, ""
    lines = list(document.lines())
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        text = line.of(document.text)
        if width and mark == _BAR and _BAR in text and RULE.match(text):
            continue
        if width and 1 < len(cells := _cells(text, line.start, mark)) <= width:
            found[line.start] = cells
            continue
        width = 0
        for mark in _FIELDS:
            if below is None or mark not in text or "\t" in text or text.lstrip().startswith(_BAR):
                continue
            cells = _cells(text, line.start, mark)
            if mark == _BAR and cells and _rules(below.of(document.text), len(cells)):
                width, found[line.start] = len(cells), cells
                break
            under = _cells(below.of(document.text), below.start, mark)
            names, said = ([cell.of(document.text).strip() for cell in line] for line in (cells, under))
            told = len(under) == len(cells) >= _LEAST_CELLS and _may_name(names, mark)
            if told and (header_roles(names) or any(map(_tells_kind, names, said))):
                width, found[line.start] = len(cells), cells
                break
    return found


def _rules(text: str, columns: int) -> bool:
    """Whether a line underlines a header of so many columns."""
    return _BAR in text and RULE.match(text) is not None and len(text.strip().strip(_BAR).split(_BAR)) == columns


def _tells_kind(name: str, said: str) -> bool:
    """Whether a column tells what its line holds: "Type" above "Irritant"."""
    return phrases("typing").opening(name) is not None and label_alone(said) is not None


def _may_name(names: list[str], mark: str) -> bool:
    """Whether cells may name columns; commas part them where no sentence could be meant."""
    if not all(map(str.strip, names)) or any(":" in name for name in names):
        return False
    return mark != "," or len(names) > _LEAST_CELLS


def _cells(text: str, start: int, mark: str) -> tuple[Span, ...]:
    """The cells of a line, without the quotes around them; none for one that the mark does not part."""
    cells, place = [], 0
    while place < len(text):
        match = _FIELDS[mark].match(text, place)
        if match is None or match.end() == place:
            break
        one, other = match.span(1 if match[1] is not None else 2)
        cells.append(Span(start + one, start + other))
        place = match.end()
    if text.endswith(mark):
        cells.append(Span(start + len(text), start + len(text)))
    return tuple(cells) if len(cells) > 1 else ()

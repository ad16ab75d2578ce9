"""Tables of who took part: categories below each other, their numbers in columns that the header names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.sessions.counting import number_in
from ingest.sessions.ticks import boxes
from ingest.words.phrases import phrases
from ontology import Participation, Reason, Span, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.draft import Draft, Place

_SOME = re.compile(r"\d")
_LONGEST = 14  # words of a category


def read_headcounts(draft: Draft, rows: Sequence[tuple[Span, ...]], place: Place) -> bool:
    """Read a table whose first row names columns of numbers of participants; tells whether it is one."""
    if len(rows) < 2:
        return False
    columns = [phrases("headcounts").first(draft.text(cell)) for cell in rows[0]]
    names = [found[0] if found and found[1] == 0 else "" for found in columns]
    told = [[draft.text(cell) for cell in cells] for cells in rows[1:]]
    if "participants" not in names[1:] or not (
        names[0] == "category" or (not draft.text(rows[0][0]) and _ticked(draft, rows[1]) is not None)
    ):
        return False
    if not all(_counts(cells, names) for cells in told):
        return False
    made = []
    for cells, said in zip(rows[1:], told, strict=True):
        if not said[0] or fold(said[0]).startswith("total"):
            continue
        numbers = dict(zip(reversed(names), reversed(said), strict=False))  # the first column of a name counts
        held = numbers.get("establishments", "")
        words = " ; ".join(filter(None, (numbers["participants"], f"{held} (établissements)" if held else "")))
        span = Span(cells[0].start, cells[-1].end)
        ticked = _ticked(draft, cells)
        made.append(Participation(said[0], ticked, number_in(numbers["participants"]), number_in(held), words, span))
    draft.attend(place.session, made)
    for cells in rows:
        for cell in cells:
            draft.aside(cell, Reason.SESSION) if draft.text(cell) else draft.claim(cell)
    return True


def _ticked(draft: Draft, cells: Sequence[Span]) -> bool | None:
    """Whether the box of a row is ticked; None where it has none."""
    found = boxes(draft.document.text, cells)
    return found[0].ticked if found else None


def _counts(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row is a category with numbers, or with none yet."""
    if len(cells) != len(names) or not cells[0] or len(cells[0].split()) > _LONGEST:
        return False
    counted = [cell for cell, name in zip(cells, names, strict=True) if name in {"participants", "establishments"}]
    return all(not cell or _SOME.match(cell) or not any(map(str.isalnum, cell)) for cell in counted)

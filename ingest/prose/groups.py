"""What lines tell together: titles that are numbered all along, lines that no page broke, lists without bullets."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from ingest.prose.field_labels import label_alone
from ingest.tables.run_on import can_end, opens_action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontology import Span

    Raw = tuple[Span, str, str]  # a line: its place, as printed, its words

_LETTERED = re.compile(r"[a-h]\s?[.)]\s")
_NUMBER = re.compile(r"^\s*(\d{1,2})\s?([.)/°-])\s+(?=\S)")
_LEAST_APART = 2  # lines
_LEAST_NUMBERED, _PART_WORDS = 3, 9
_BRIEF_LINE = 60  # characters


def short_lines(raw: Sequence[Raw]) -> set[int]:
    """Places of lines that no page broke: short ones, that begin with a capital each, as on slides."""
    found: set[int] = set()
    for blank, group in groupby(range(len(raw)), key=lambda place: not raw[place][1].strip()):
        places = list(group)
        lines = [raw[place][2] for place in places]
        brief = all(len(words) <= _BRIEF_LINE and words[-1:] not in {".", ",", ";"} for words in lines)
        if not blank and len(lines) >= _LEAST_NUMBERED and brief and not any(words[:1].islower() for words in lines):
            found.update(places)
    return found


def lines_apart(raw: Sequence[Raw]) -> set[int]:
    """Places of lines that are items each, though no bullet opens them: no line of them goes on with the one above."""
    found: set[int] = set()
    for blank, group in groupby(range(len(raw)), key=lambda place: not raw[place][1].strip()):
        places = [] if blank else list(group)
        if len(places) < _LEAST_APART or not raw[places[1]][2][:1].isupper():
            continue
        if label_alone(raw[places[0]][2]):
            places = places[1:]
        lines = [raw[place][2] for place in places]
        if len(lines) < _LEAST_APART or not all(words[:1].isupper() and can_end(words.split()[-1]) for words in lines):
            continue
        if len(lines) > _LEAST_APART or opens_action(lines[1].split()[0], lines[0].split()[-1]):
            found.update(places)
    return found


def numbered_parts(raw: Sequence[Raw]) -> set[int]:
    """Places of the titles of a report's numbered parts: few words between white lines, numbered 1, 2, 3 all along."""
    found: dict[str, list[int]] = {}  # by the mark after the number
    broken = set()
    for place, (_, text, words) in enumerate(raw):
        match = _NUMBER.match(text)
        if not match:
            continue
        above = raw[place - 1][1].strip() if place else ""
        below = raw[place + 1][1].strip() if place + 1 < len(raw) else ""
        goes_on = below[:1].islower() and not _LETTERED.match(below)
        apart = not above and not (goes_on or _NUMBER.match(below))
        title = apart and len(words.split()) <= _PART_WORDS and words[-1:] not in {".", ",", ";"}
        known = found.setdefault(match[2], [])
        if title and int(match[1]) == len(known) + 1:
            known.append(place)
        elif title:
            broken.add(match[2])
    sure = (places for mark, places in found.items() if mark not in broken and len(places) >= _LEAST_NUMBERED)
    return {place for places in sure if _holds_more(raw, places) for place in places}


def _holds_more(raw: Sequence[Raw], places: list[int]) -> bool:
    """Whether something stands under each numbered line but the last, as under titles and not between items."""
    return all(any(text.strip() for _, text, _ in raw[one + 1 : other]) for one, other in pairwise(places))

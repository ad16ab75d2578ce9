"""The items of a cell: each list item, bullet or line is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.cleaning import BULLETS, clean, trim
from ingest.tables.parting import parted
from ingest.tables.run_on import sentences
from ingest.words.classes import words
from ontology import Kind, Span

# What opens an item: a list item, a bullet wherever it stands, a dash or a number that begins a line.
_CUT = re.compile(
    rf"(?P<item><li\b[^<>]*>)|(?P<bullet>[{BULLETS}])"
    rf"|(?P<dash>(?:^|(?<=\n)|(?<=<br>)|(?<=<br/>)|(?<=<br />))[ \t]*[-–—*+o§][ \t]+(?=\S))"
    rf"|(?P<part></?(?:p|ul|ol|div)\b[^<>]*>|<br\s*/?>|</li>|\n)",
    re.IGNORECASE,
)
# Words in small letters with which no item begins after one that has a capital.
_GOING_ON = (words("adding") - words("quantities")) | {"de", "du", "par"}
_BRIEF = 20  # words of a sentence that is an item beside others
_COUNT = re.compile(r"(\d{1,2})\s?[.)°]\s+(?=\S)")
_COUNT_WITHIN = re.compile(r"(?<![^\s>])(\d{1,2})\s?[.)°]\s+(?=\S)")
_FIRST_DASH = re.compile(r"^\s*([-–—*])\s+")
_JOINED = re.compile(r"(?:\s|</?[a-z][^<>]*>)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said in a cell.

    Attributes:
        span: without bullet, tags and spaces around; empty for a bullet with nothing after it.
        marked: a bullet or a list item opened it.
        lead_in: it only announces the items below it.
    """

    span: Span
    marked: bool
    lead_in: bool = False


def items(text: str, cell: Span) -> list[Item]:
    """The items of a cell, in order; an empty bullet gives an item with an empty span."""
    pieces = _pieces(text, cell)
    if len(pieces) > 1:
        pieces = _joined(text, pieces)
    found: list[Item] = []
    for place, (span, marked) in enumerate(pieces):
        inner = trim(text, span)
        if inner.start >= inner.end and not marked:
            continue
        later = any(mark for _, mark in pieces[place + 1 :])
        says = clean(inner.of(text))
        lead = not marked and later and says.endswith(":")
        found.append(Item(inner, marked, lead))
    return (
        _counted(text, found) if len(found) > 1 else [one for item in found for one in _on_one_line(text, cell, item)]
    )


def _joined(text: str, pieces: list[tuple[Span, bool]]) -> list[tuple[Span, bool]]:
    """The pieces, where a line that was broken by hand goes on: "Identifiants perdus<br>en cours d’année"."""
    found = pieces[:1]
    for span, marked in pieces[1:]:
        last = found[-1][0]
        first = "" if marked else span.of(text).split(maxsplit=1)[0]
        before = clean(last.of(text)) if first in _GOING_ON else ""
        if before[:1].isupper() and before[-1:].isalnum():
            found[-1] = (Span(last.start, span.end), found[-1][1])
        else:
            found.append((span, marked))
    return found


def without_rank(text: str, item: Item, rank: int) -> Item:
    """The only item of a cell without the number of its line before it."""
    mark = _COUNT.match(item.span.of(text))
    numbered = mark is not None and int(mark[1]) == rank
    return Item(Span(item.span.start + mark.end(), item.span.end), item.marked) if mark and numbered else item


def _counted(text: str, found: list[Item]) -> list[Item]:
    """Items without their numbers, where they are numbered from 1 on."""
    marks = [_COUNT.match(item.span.of(text)) for item in found]
    numbers = [int(mark[1]) for mark in marks if mark]
    if numbers != [*range(1, len(found) + 1)]:
        return found
    return [
        Item(Span(item.span.start + mark.end(), item.span.end), True)
        for item, mark in zip(found, marks, strict=True)
        if mark
    ]


def _on_one_line(text: str, cell: Span, item: Item) -> list[Item]:
    """The items of a cell that lost its line breaks: "1) … 2) …", "- … - …"."""
    passage = text[cell.start : item.span.end]
    cuts: list[tuple[int, int]] = []  # where an item's mark stands, and its words begin
    for mark in _COUNT_WITHIN.finditer(passage):
        if int(mark[1]) == len(cuts) + 1 and (cuts or not clean(passage[: mark.start()])):
            cuts.append((mark.start(), mark.end()))
    dash = _FIRST_DASH.match(passage)
    if len(cuts) < 2 and dash:
        again = re.compile(rf"(?<=\s){re.escape(dash[1])}\s+(?=[«\"]?\s?[^\W\d_])")
        cuts = [(dash.start(1), dash.end())]
        cuts += [(mark.start(), mark.end()) for mark in again.finditer(passage, dash.end())]
    if len(cuts) < 2:
        alone = _COUNT.match(item.span.of(text))  # "1. Une instance", and no second one
        begin = alone.end() if alone and alone[1] == "1" else 0
        return [Item(Span(item.span.start + begin, item.span.end), item.marked, item.lead_in)]
    ends = [start for start, _ in cuts[1:]] + [len(passage)]
    spans = [Span(cell.start + begin, cell.start + end) for (_, begin), end in zip(cuts, ends, strict=True)]
    return [Item(trim(text, span), True) for span in spans]


def _pieces(text: str, cell: Span) -> list[tuple[Span, bool]]:
    passage = cell.of(text)
    cuts: list[tuple[int, int, bool]] = []  # start, end, opens an item
    for match in _CUT.finditer(passage):
        opens = match.lastgroup != "part"
        if (
            opens
            and cuts
            and cuts[-1][2]
            and _JOINED.fullmatch(passage, cuts[-1][1], match.start())
            and _same(cuts[-1], match, passage)
        ):
            cuts[-1] = (cuts[-1][0], match.end(), True)  # "<li>▶" opens one item, not two
        else:
            cuts.append((match.start(), match.end(), opens))
    pieces: list[tuple[Span, bool]] = []
    start, marked = 0, False
    for begin, end, opens in cuts:
        if opens or passage[start:begin].strip():
            pieces.append((Span(cell.start + start, cell.start + begin), marked))
        start, marked = end, opens or (marked and not passage[start:begin].strip())
    pieces.append((Span(cell.start + start, cell.end), marked))
    return [piece for piece in pieces if piece[1] or piece[0].of(text).strip()]


def _same(before: tuple[int, int, bool], match: re.Match[str], passage: str) -> bool:
    # A second bullet right after a first one is an empty item followed by another; after "<li>" it is its mark.
    return passage[before[0]] == "<" and match.lastgroup in {"bullet", "dash"}


def listed(text: str, item: Item, kind: Kind, *, alone: bool) -> list[Span]:
    """The items of a cell that stands on one line without bullets: its sentences, or what semicolons part."""
    said = kind not in {Kind.ACTOR, Kind.TIMEFRAME, Kind.EXPERIENCE}
    if not said or not alone or item.marked:
        return [item.span]
    told = sentences(text, item.span)
    brief = len(told) > 1 and all(len(one.of(text).split()) <= _BRIEF for one in told)
    return told if brief else parted(text, item.span, commas=False)


def bulleted(text: str, cell: Span) -> bool:
    """Whether bullets open items of a cell."""
    return any(item.marked for item in items(text, cell))


def in_parts(text: str, cell: Span) -> bool:
    """Whether a cell holds several items, or a bullet."""
    found = items(text, cell)
    return len(found) > 1 or any(item.marked for item in found)

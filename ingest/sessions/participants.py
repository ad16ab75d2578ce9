"""Who took part: ticked boxes, counts beside them, and plain lists of categories or roles."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.actors.roles import nameless, roles
from ingest.cleaning import clean, trim
from ingest.sessions.counting import BRACKETS, COUNTED, NUMBER, TAG, Count, aligned, has_count, inline, number_in
from ingest.sessions.ticks import boxes, is_format, kept, masked
from ingest.tables.cells import items
from ingest.words.template import reason_aside
from ontology import Participation, Reason, Span, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACES = re.compile(r"établissement|etablissement|école|ecole|structure", re.IGNORECASE)
_MORE_BELOW = re.compile(r"\s*(?:[(+a-zà-ÿ])")
_MOST_LINES = 5  # of a remark in brackets
NOTHING = {Reason.TEMPLATE, Reason.PLACEHOLDER, Reason.EMPTY}
_LONGEST_ENTRY, _LONGEST_SENTENCE = 24, 8  # words


# -- counts --------------------------------------------------------------------------------------------------------
def counts(text: str, span: Span) -> tuple[Count, Span, int]:
    """What a passage counts, the passage before it, and where the last count ends."""
    passage = TAG.sub(lambda tag: " " * len(tag[0]), span.of(text))
    found = list(COUNTED.finditer(passage))
    label = Span(span.start, span.start + (found[0].start() if found else len(passage)))
    participants: list[str] = []
    places: list[str] = []
    end = trim(text, label).end
    for match, after in zip(found, [*found[1:], None], strict=False):
        value = _value(passage[match.end() : after.start() if after else len(passage)])
        inner = trim(text, Span(span.start + match.end(), span.start + match.end() + len(value)))
        words = _closed(clean(inner.of(text)).strip(" ,;|"))
        if words and not _says_nothing(words):
            (places if _PLACES.match(match["what"] or "") else participants).append(words)
            end = max(end, inner.end)
    # Numbers told again belong to other categories, printed elsewhere: they are kept as words only.
    several = len(participants) > 1 or len(places) > 1
    count = _count(" + ".join(participants), " + ".join(places))
    return replace(count, participants=None, establishments=None) if several else count, label, end


def _count(participants: str, places: str) -> Count:
    told, held = number_in(participants), number_in(places)
    bare = held is None or re.fullmatch(NUMBER, places) is not None
    remark = "" if not places or bare else f"{places} (établissements)"
    return Count(told, held, nameless(" ; ".join(filter(None, (participants, remark)))))


def _says_nothing(words: str) -> bool:
    return reason_aside(words) in NOTHING or fold(words).startswith("a completer") or not re.search(r"\w", words)


def _closed(words: str) -> str:
    """A count without the bracket that its label opened: "(nombre : 7)"."""
    return words.rstrip(" )") if words.count(")") > words.count("(") else words


def _value(raw: str) -> str:
    """A count as far as it goes: to the end of its line, further while a bracket is open or its sentence goes on."""
    lines = raw.split("\n")
    taken = 0
    for line in lines[:_MOST_LINES]:
        so_far = "\n".join(lines[:taken])
        still_open = so_far.count("(") > so_far.count(")")
        if taken and so_far.strip() and not still_open and not _MORE_BELOW.match(line):
            break
        if taken and not line.strip() and so_far.strip() and not still_open:
            break
        taken += 1
    return "\n".join(lines[:taken])


# -- participations ------------------------------------------------------------------------------------------------
def from_boxes(text: str, spans: Sequence[Span]) -> list[Participation]:
    """One participation for each box that is not about the format."""
    made = []
    for box in boxes(text, spans):
        count, label, end = counts(text, box.label)
        category = _category(kept(text, label, spans))
        if count == Count():
            category, count = aligned(label.of(text)) or inline(category, strict=True)
        if category and not is_format(category):
            start = min(box.start, label.start)
            span = trim(text, Span(start, max(end, start)))
            span = Span(min(span.start, box.start), max(span.end, box.start + 1))
            made.append(Participation(category, box.ticked, count.participants, count.establishments, count.text, span))
    return made


def from_counts(text: str, spans: Sequence[Span]) -> list[Participation]:
    """One participation for each category that counts follow, where no box was printed."""
    start, passage = masked(text, spans)
    found = list(COUNTED.finditer(passage))
    edges: list[tuple[int, int]] = []  # of each category with its counts
    begun = 0
    for match, after in zip(found, [*found[1:], None], strict=False):
        end = match.end() + len(_value(passage[match.end() : after.start() if after else len(passage)]))
        if edges and not re.search(r"\w", passage[edges[-1][1] : match.start()]):
            edges[-1] = (edges[-1][0], end)
        else:
            edges.append((begun, end))
        begun = end
    made = []
    for first, last in edges:
        count, label, end = counts(text, Span(start + first, start + last))
        category = _category(kept(text, label, spans)) or "participants"
        span = trim(text, Span(label.start, end))
        made.append(Participation(category, None, count.participants, count.establishments, count.text, span))
    return made


def from_list(text: str, spans: Sequence[Span]) -> list[Participation]:
    """One participation for each entry of a list without boxes: a category with its count, or a role."""
    if has_count(masked(text, spans)[1]):
        return from_counts(text, spans)
    found = [item.span for span in spans for item in items(text, span) if item.span.start < item.span.end]
    entries = _split(text, found[0]) if len(found) == 1 else found
    if len(found) > 1 and any(";" in entry.of(text) for entry in found):
        entries = [part for entry in found for part in _split(text, entry)]
    return [one for entry in entries for one in _entry(text, entry)]


def _entry(text: str, entry: Span) -> list[Participation]:
    words = clean(entry.of(text)).strip(" ;.…")
    if not words or _says_nothing(words) or not _is_entry(words):
        return []
    parted = aligned(entry.of(text))
    told = roles(parted[0] if parted else words)
    if told == (parted[0] if parted else words,):
        category, count = parted or inline(words)
        return [Participation(category, None, count.participants, count.establishments, count.text, entry)]
    return [Participation(role, None, None, None, "", _within(text, entry, role)) for role in told]


def _within(text: str, entry: Span, words: str) -> Span:
    """Where an entry says these words, without the name beside them."""
    place = text.find(words, entry.start, entry.end)
    if place >= 0:
        return Span(place, place + len(words))
    place = text.find(words.split(maxsplit=1)[0], entry.start, entry.end)  # they are broken up
    return Span(place, entry.end) if place >= 0 else entry


def _is_entry(words: str) -> bool:
    length = len(words.split())
    return length <= _LONGEST_ENTRY and not (words.endswith((".", ":")) and length > _LONGEST_SENTENCE)


def _split(text: str, span: Span) -> list[Span]:
    """The entries of one line: parted by semicolons, else by commas that no number follows, brackets kept whole."""
    raw = BRACKETS.sub(lambda bracket: " " * len(bracket[0]), span.of(text))
    named = roles(clean(span.of(text))) != (clean(span.of(text)).strip(" ,;:.…/•*_–—-"),)
    mark = r";" if ";" in raw else (r"$^" if named else rf",(?!\s*(?:{NUMBER})\s*(?:$|,))(?!\d)|\bet\s+(?=\d)")
    cuts = [match.span() for match in re.finditer(mark, raw)]
    edges = zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(raw)], strict=True)
    parts = (trim(text, Span(span.start + start, span.start + end)) for start, end in edges)
    return [part for part in parts if part.start < part.end]


def _category(words: str) -> str:
    return " ; ".join(roles(words.strip(" ,;:.…–—-(")))

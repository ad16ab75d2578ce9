"""Boxes to tick, as forms and printers write them: which are ticked, and what goes with each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.sessions.counting import COUNTED, TAG
from ontology import Span, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SURE = r"[☐☑☒🗹🗷🗵⬜]|<input\b[^<>]*>|\[ ?[xX]? ?\]"
_BOX = re.compile(_SURE, re.IGNORECASE)
_TICKED = re.compile(r"[☑☒🗹🗷🗵■▣⬛✔✓√✅●◉⚫]|<input\b[^<>]*\bchecked\b[^<>]*>|\[ ?[xX] ?\]", re.IGNORECASE)
# Signs that are bullets too are boxes where one left empty and one filled in are told: round ones in one line, for
# there are lists with ● above ○.
_SQUARE = re.compile(rf"{_SURE}|[□▢◻❏❐❑❒✗✘❌■▣⬛✔✓√✅]", re.IGNORECASE)
_ROUND = re.compile(rf"{_SURE}|[○◯⚪●◉⚫]", re.IGNORECASE)
_SIGN = re.compile(r"([□▢◻❏❐❑❒☐⬜✗✘❌])(?=\s?\w)|([■▣⬛✔✓√✅☑☒])(?=\s?\w)|([○◯⚪])(?=\s?\w)|([●◉⚫])(?=\s?\w)")
_FORMAT = re.compile(
    r"(?:en |a |au )*(?:presentiel|presence|distanciel|distance|visio\w*|les (?:2|deux)|mixte|hybride|comodal)"
    r"(?: (?:et|ou) .*)?"
)


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick: its state, and the passage that goes with it."""

    ticked: bool
    start: int
    label: Span


def has_boxes(text: str) -> bool:
    """Whether boxes to tick stand in a text."""
    return bool(_signs(text).search(text))


def _signs(text: str) -> re.Pattern[str]:
    """What the boxes of a passage look like."""
    if text.isascii():
        return _BOX
    told = {match.lastindex for match in _SIGN.finditer(text)}
    if told >= {1, 2}:
        return _SQUARE
    lines = text.split("\n") if told >= {3, 4} else ()
    return _ROUND if any({match.lastindex for match in _SIGN.finditer(line)} >= {3, 4} for line in lines) else _BOX


def boxes(text: str, spans: Sequence[Span]) -> list[Box]:
    """The boxes of some passages, each with what stands between it and the next; before it, where labels come first."""
    start, passage = masked(text, spans)
    found = list(_signs(passage).finditer(passage))
    if not found:
        return []
    ends = [*(box.start() for box in found[1:]), len(passage)]
    starts = [0, *(box.end() for box in found[:-1])]
    first = bool(re.search(r"\w", passage[: found[0].start()]))
    last = bool(re.search(r"\w", passage[found[-1].end() :]))
    made = []
    for box, end, before in zip(found, ends, starts, strict=True):
        label = (
            Span(start + before, start + box.start()) if first and not last else Span(start + box.end(), start + end)
        )
        made.append(Box(bool(_TICKED.fullmatch(box[0])), start + box.start(), label))
    if first and last and len(found) == 1 and COUNTED.match(passage[found[0].end() :].lstrip()):
        made = [
            Box(made[0].ticked, start, Span(start, start + len(passage)))
        ]  # "Chercheurs ☒ Nombre de participants : 3"
    return made


def is_format(label: str) -> bool:
    """Whether the label of a box says how a session met.

    >>> is_format("Les 2"), is_format("Opérateurs")
    (True, False)
    """
    return bool(_FORMAT.fullmatch(fold(label)))


def meeting_format(text: str, spans: Sequence[Span], *, told: bool = False) -> str:
    """The ticked formats, as printed; ``told``: only those that their words tell."""
    labels = (kept(text, box.label, spans) for box in boxes(text, spans) if box.ticked)
    return ", ".join(label for label in labels if label and (not told or is_format(label)))


def kept(text: str, span: Span, spans: Iterable[Span]) -> str:
    """The words of those passages that stand inside a span."""
    inside = (Span(max(span.start, one.start), min(span.end, one.end)) for one in spans)
    said = " ".join(one.of(text) for one in inside if one.start < one.end)
    return clean(_signs(said).sub(" ", said).replace("|", " "))


def masked(text: str, spans: Sequence[Span]) -> tuple[int, str]:
    """The passages in place, all between them blanked, and where the first begins."""
    start, end = spans[0].start, max(span.end for span in spans)
    made = list(re.sub(r"[^\n]", " ", text[start:end]))
    for span in spans:
        made[span.start - start : span.end - start] = TAG.sub(lambda tag: " " * len(tag[0]), span.of(text))
    return start, "".join(made)

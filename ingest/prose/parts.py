"""Titles that name first the part in which they stand, and then what it holds: "Table ronde 2 – les freins"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.prose.marks import MARKED
from ingest.words.headers import loose_role, title_role
from ingest.words.ranks import rank_of
from ontology import Span
from ontology.vocabulary import find_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.words.headers import Role

    Raw = tuple[Span, str, str]  # a line: its place, as printed, its words

_NUMBERED_PART = re.compile(
    r"(?:(?:premi[eè]re?|1[eè]?re?|deuxi[eè]me|seconde?|troisi[eè]me|quatri[eè]me|\d\s?(?:[eè]me|nde?|e))\s+"
    r"(?:partie|atelier|table ronde|table|groupe|temps|s[ée]quence|s[ée]ance|th[èe]me)\W*$"
    r"|table ronde\s+(?:n\s?°\s?)?\d\W*$)"
    r"|(?:th[èe]me|th[ée]matique|partie|atelier|table|groupe|bloc|volet|temps)\s+(?:n\s?°\s?)?(?:\d{1,2}|[A-H]|[IVX]+)\W*$",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s[–—-]\s|\s?:\s")
_DAY = re.compile(r"\b[0-3]?\d(?:er)?$")
_MONTH = re.compile(
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)\b"
)
_ASKED = re.compile(r"Q(?:uestion)?\s?(?:n\s?°\s?)?\d{1,2}\s*[.:)–-]", re.IGNORECASE)
_SHORT_END, _LONGEST = 4, 16  # words of the end of a broken title, of a whole one
_SHORT_LAST = 8  # words of a title behind its theme


def said_behind(words: str) -> str:
    """What a title says behind the theme, or the part, that it names first: "Thème A – Un égal accès : les freins"."""
    cuts = [match.end() for match in _PARTED.finditer(words)]
    first, last = (words[: cuts[-1]], words[cuts[-1] :]) if cuts else ("", "")
    if not 0 < len(last.split()) <= _SHORT_LAST:
        return ""
    return last if find_theme(first) or _NUMBERED_PART.match(first) or rank_of(first) else ""


def part_of(words: str) -> str:
    """The part that a title names before what it holds: "Table ronde 2 – les freins"."""
    said = said_behind(words)
    return words[: -len(said)].strip(" –—-:") if said and title_role(said) and not find_theme(words) else ""


def role_behind(words: str) -> Role | None:
    """The role that a title tells behind its part."""
    said = said_behind(words)
    return title_role(said) or loose_role(said) if said else None


def whole_titles(raw: Sequence[Raw], text: str) -> list[Raw]:
    """The lines of a text, where a title above a list is whole again that the end of a line broke."""
    found: list[Raw] = []
    for place, (span, line, words) in enumerate(raw):
        short = words[:1].islower() and words.count(" ") < _SHORT_END
        above = found[-1] if short and found and raw[place - 1][1].strip() else None
        if above and _goes_on(above, (span, line, words), raw[place - 2 : place - 1], raw[place + 1 : place + 2]):
            whole = Span(above[0].start, span.end)
            found[-1] = (whole, whole.of(text), clean(whole.of(text)))
        else:
            found.append((span, line, words))
    return found


def _goes_on(above: Raw, line: Raw, before: Sequence[Raw], below: Sequence[Raw]) -> bool:
    """Whether a line right above a bullet ends the title that the line above it begins, alone behind a white one."""
    words, first = line[2], above[2]
    if _DAY.search(first) and _MONTH.match(words) and len(first.split()) <= _LONGEST:
        return True  # the end of a line parted a date
    listed = any(MARKED.match(text) for _, text, _ in below) or (_ASKED.match(first) and words.endswith("?"))
    apart = not any(text.strip() for _, text, _ in before) and bool(listed)
    short = words[:1].islower() and not line[1][:1].isspace() and len(words.split()) <= _SHORT_END
    if not (apart and short) or first.endswith((".", ":", "?", ";")):
        return False
    whole = f"{first} {words}"
    if len(whole.split()) > _LONGEST or not first[:1].isupper() or role_behind(first) or title_role(first):
        return False
    return (role_behind(whole) or title_role(whole)) is not None

"""The number or the letter that opens a title, and which of two titles comes after the other by it."""

from __future__ import annotations

import re

Rank = tuple[str, tuple[int, ...]]  # how titles are numbered, and the numbers of one, from the outermost
RANK = re.compile(
    r"^\W*(?:(?P<nested>\d{1,2}(?:\.\d{1,2})+)\.?[)/–-]?|(?P<number>\d{1,2})\s?[.)/–-]|(?P<roman>[IVX]{1,4})\s?[.)/–-]"
    r"|(?P<letter>[A-H])\s?[.)/–-])\s+(?=\S)"
)
_ORDINAL = r"(?:premi[èe]re|deuxi[èe]me|troisi[èe]me|quatri[èe]me|\d{1,2}\s?(?:[èe]?re|[èe]me|n?de?|e))\s+question"
# Before a numbered question: "Question 2 :", "1re question –", "Synthèse de la première question :".
ASKED_RANK = re.compile(
    rf"^[\s#*_]*(?:Q(?:uestion)?\s?(?:n\s?°\s?)?\d{{1,2}}|{_ORDINAL}"
    rf"|(?:\d{{1,2}}\s?[.)]\s*)?[*_]*synth[èe]se\s+(?:de\s+(?:la\s+)?)?"
    rf"(?:{_ORDINAL}|(?:question\s+)?(?:n\s?°\s?)?\d{{1,2}})"
    r"(?:\s+(?:trait|pos|reten)\w+)?)[*_]*\s*[.:)–—-]\s*(?=\S)",
    re.IGNORECASE,
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def rank_of(words: str) -> Rank | None:
    """The number that opens a title: "2.", "2.1", "II –", "B)".

    >>> rank_of("2.1 Les freins"), rank_of("IV. Suites"), rank_of("2 freins")
    (('number', (2, 1)), ('roman', (4,)), None)
    """
    match = RANK.match(words)
    if match is None:
        return None
    if found := match["nested"] or match["number"]:
        return "number", tuple(map(int, found.split(".")))
    if match["roman"] in _ROMAN:
        return "roman", (_ROMAN.index(match["roman"]) + 1,)
    return ("letter", (ord(match["letter"]),)) if match["letter"] else None


def ends_part(part: Rank | None, title: Rank | None) -> bool:
    """Whether the number of a title comes next after that of a part, or of one around it: 3 after 2, or after 2.1."""
    if part is None or title is None or part[0] != title[0] or len(title[1]) > len(part[1]):
        return False
    *outer, last = title[1]
    return part[1][: len(outer)] == tuple(outer) and last == part[1][len(outer)] + 1

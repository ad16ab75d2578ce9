"""What two readings of one report have in common."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ontology import Reading


def said(reading: Reading) -> Counter[tuple[str, str]]:
    """The items of a reading, by kind and words; bullets and spaces count for nothing."""
    return Counter((m.kind.value, words(m.text)) for m in reading.mentions)


def words(text: str) -> str:
    """The words of a text, in small letters, without signs."""
    return re.sub(r"[\W_]+", " ", text).strip().lower()


def agreement(expected: Reading, found: Reading) -> float:
    """F1 of the items found, each counted as often as it stands."""
    one, other = said(expected), said(found)
    common = sum((one & other).values())
    return 2 * common / max(1, sum(one.values()) + sum(other.values()))

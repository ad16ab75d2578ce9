"""Whether a line of a cell without bullets begins another item, by its words: where widths tell nothing."""

from __future__ import annotations

import re

from ingest.actors import spot
from ingest.formats.strewn_words import ended, unfinished
from ingest.wording import is_seen

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_ACRONYM = 7  # letters


def begins_anew(text: str, before: str, common: frozenset[str]) -> bool:
    """Whether a line that begins with a capital begins an item, right below a full line.

    It does where its first word is no name, and the line above calls for nothing and ends no sentence.

    Args:
        text: the line.
        before: the one above.
        common: words that the document has in small letters.

    >>> begins_anew("Conseil pédagogique", "Équipes de direction", frozenset({"conseil"}))
    True
    >>> begins_anew("Conseil pédagogique", "Avis du", frozenset({"conseil"}))
    False
    """
    first = _WORD.search(text)
    if not text[:1].isupper() or first is None or unfinished(before) or (ended(before) and not before.endswith("?")):
        return False
    return _is_common(first[0], common) and not _names(before)


def _is_common(word: str, common: frozenset[str]) -> bool:
    """Whether a word is no name: neither an acronym, nor what stands nowhere in small letters."""
    if len(word) > 1 and word.isupper():
        return len(word) > _LONGEST_ACRONYM
    return word.lower() in common or is_seen(word) or unfinished(word)


def _names(line: str) -> bool:
    """Whether a line ends with a name that may go on: "… de l’Éducation" / "Nationale"."""
    last = line.split()[-1]
    if not last[:1].isupper() or last.isupper():
        return False
    return last != line or not spot(line, cell=True).actors

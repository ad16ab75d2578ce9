"""Whether a line of a cell without bullets begins another item, by its words: where the width of lines tells nothing."""

from __future__ import annotations

import re

from ingest.formats.strewn_words import ended, unfinished
from ingest.wording import is_seen
from ontology import fold

_WORD = re.compile(r"[^\W\d_]+")
_ELIDED = ("’", "'")


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
    if not text[:1].isupper() or first is None or ended(before) or unfinished(before):
        return False
    word = first[0]
    if len(word) == 1 and not text[1:2].startswith((*_ELIDED, " ")):
        return False
    return (not word.isupper() or len(word) == 1) and _is_common(word, common) and not _names(before)


def _is_common(word: str, common: frozenset[str]) -> bool:
    return word.lower() in common or is_seen(word) or unfinished(fold(word))


def _names(line: str) -> bool:
    """Whether a line ends with a name of several words that may go on: "… de l’Éducation" / "Nationale"."""
    last = line.split()[-1]
    return last[:1].isupper() and not last.isupper()

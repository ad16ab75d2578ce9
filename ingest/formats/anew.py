"""Whether a line of a cell without bullets begins another item, by its words: where widths tell nothing."""

from __future__ import annotations

import re

from ingest.actors.scan import spot
from ingest.formats.strewn_words import ended, unfinished

_WORD = re.compile(r"[^\W\d_]+")
_DASHES = ("–", "—")
_LONGEST_ACRONYM = 7  # letters


def begins_anew(text: str, before: str, names: frozenset[str], *, dotted: bool = False) -> bool:
    """Whether a line that begins with a capital begins an item, right below a full line.

    It does where its first word is no name, and the line above calls for nothing.

    Args:
        text: the line.
        before: the one above.
        names: words of the document that have a capital wherever they stand.
        dotted: items end with a full stop; else a full stop parts sentences of one item.

    >>> begins_anew("Conseil pédagogique", "Équipes de direction", frozenset())
    True
    >>> begins_anew("Conseil pédagogique", "Avis du", frozenset())
    False
    """
    first = _WORD.search(text)
    if not text[:1].isupper() or first is None or unfinished(before) or before.endswith(_DASHES):
        return False
    if ended(before) and not dotted and not before.endswith("?"):
        return False
    return not _is_name(first[0], names) and not _names(before)


def _is_name(word: str, names: frozenset[str]) -> bool:
    """Whether a word is an acronym, or has a capital wherever it stands."""
    return 1 < len(word) <= _LONGEST_ACRONYM if word.isupper() else word.lower() in names


def _names(line: str) -> bool:
    """Whether a line ends with a name that may go on: "… de l’Éducation" / "Nationale"."""
    last = line.split()[-1]
    if not last[:1].isupper() or last.isupper() or ended(last):
        return False
    return last != line or not spot(line, cell=True).actors

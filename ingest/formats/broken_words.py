"""Words that a narrow column broke without a hyphen, told from two words that only met at the end of a full line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.formats.strewn_words import bare_word
from ingest.words.wording import is_seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.formats.lines import Line

SHORT_WORDS = frozenset(
    """
    à aide au aux avec bien ce ces chez dans de des deux dont du en est et etc être la le les leur lien lors mais ne non
    nos on ou où par pas peu plus pour que qui sa sans se ses son sont sur tous tout très un une vers via vie vos y
    """.split()
)
_LONGEST_END = 4  # letters of what is left of a broken word


def is_broken(one: str, other: str, known: frozenset[str], *, breaks: bool) -> bool:
    """Whether two pieces on two lines are one word, where the first one fills its line to the last letter.

    Args:
        one: bare, as `known` has them.
        other: what the next line begins with.
        known: words that stand whole in the document.
        breaks: words are broken elsewhere in the document.

    >>> is_broken("recon", "ditionnement", frozenset(), breaks=True)
    True
    >>> is_broken("bilan", "fin", frozenset(), breaks=True)
    False
    """
    if one + other in known:
        return True
    if not other.isalpha():
        return False
    first, second = _is_word(one, known), _is_word(other, known)
    if first and second:
        return False
    if is_seen(one + other):
        return True
    if first or second:
        if other in SHORT_WORDS:
            return not first and one.endswith(("ti", "si")) and other == "on"
        return first and not second and breaks and len(other) <= _LONGEST_END
    return breaks or len(other) <= _LONGEST_END


def _is_word(word: str, known: frozenset[str]) -> bool:
    return word in known or word in SHORT_WORDS or is_seen(word)


def known_words(lines: Iterable[Line]) -> frozenset[str]:
    """Words that stand whole in some lines: neither the first nor the last one of a line."""
    return frozenset(bare_word(word.text) for line in lines for word in line.words[1:-1])


def names_of(lines: Iterable[Line], gap: float) -> frozenset[str]:
    """Words that have a capital inside a line, after a word in small letters, and stand nowhere without one.

    Args:
        lines: of the document.
        gap: white that may part columns, in sizes of letters.
    """
    small: set[str] = set()
    capital: set[str] = set()
    for line in lines:
        small.update(word for said in line.words if (word := bare_word(said.text)) in said.text)
        near = ((one, other) for one, other in pairwise(line.words) if other.x0 - one.x1 < gap * line.size)
        inside = (other for one, other in near if one.text.isalpha() and one.text.islower())
        capital.update(bare_word(word.text) for word in inside if word.text[:1].isupper())
    return frozenset(capital - small)

"""Words that a narrow column broke without a hyphen, told from two words that only met at the end of a full line."""

from __future__ import annotations

from ingest.wording import is_seen

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

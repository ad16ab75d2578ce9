"""How alike two wordings are where words that say the same count as one, or nearly.

The words are those of search (`graph/search/lexicon.txt`), their weights those that are shipped: what two wordings have
in common depends on them alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from graph.matching.profile import content, root, weight
from graph.search.terms import Sense, terms
from ontology.stems import stem

if TYPE_CHECKING:
    from graph.search.terms import Others

# For another word that says the same, nearly the same, for one of the same family; the word itself is 1.
_SAME, _NEARLY, _FAMILY = 0.85, 0.7, 0.6


class _OtherWords(NamedTuple):
    """What says the same as a word, or nearly so.

    Attributes:
        phrases: each with what it counts, the surest first.
        parts: all stems of phrases: without one of them no phrase is there.
    """

    same: frozenset[str]
    nearly: frozenset[str]
    phrases: tuple[tuple[frozenset[str], float], ...]
    parts: frozenset[str]


class _Wanted(NamedTuple):
    """One word that is looked for, with what it weighs."""

    weight: float
    stem: str
    root: str
    others: _OtherWords


def likeness(one: str, other: str, *, widely: bool = False) -> float:
    """How much each wording finds of itself in the other, from 0 to 1; which comes first changes nothing.

    Args:
        one: a wording.
        other: another one.
        widely: whether words count that may be meant: they help to put many in order, and tell little of two.

    >>> likeness("acheter du matériel", "achat d’équipement") > likeness("acheter du matériel", "acheter des livres")
    True
    """
    return (_share(one, other, widely) + _share(other, one, widely)) / 2


@lru_cache(maxsize=4096)
def in_other_words(text: str) -> str:
    """The stems of a wording with those of words that say the same, nearly so, or may be meant."""
    return " ".join(one for term in terms(text) for other in ((term.stem,), *dict(term.others)) for one in other)


def _share(one: str, other: str, widely: bool) -> float:
    whole, asked = _asked(one, widely)
    stems, roots = _held(other)
    return sum([want.weight * _found(want, stems, roots) for want in asked]) / whole if whole else 0.0


def _found(want: _Wanted, stems: frozenset[str], roots: frozenset[str]) -> float:
    if want.stem in stems:
        return 1.0
    same, nearly, phrases, parts = want.others
    if not same.isdisjoint(stems):
        return _SAME
    best = 0.0 if nearly.isdisjoint(stems) else _NEARLY
    if not parts.isdisjoint(stems):
        best = max(best, next((counts for phrase, counts in phrases if phrase <= stems), 0.0))
    return best or (_FAMILY if want.root in roots else 0.0)


@lru_cache(maxsize=16384)
def _asked(text: str, widely: bool) -> tuple[float, tuple[_Wanted, ...]]:
    furthest = Sense.WIDE if widely else Sense.NEAR
    asked = tuple(
        _Wanted(weight(term.word), term.stem, root(term.word), _other_words(term.others, furthest))
        for term in terms(text)
    )
    return sum(want.weight for want in asked), asked


@lru_cache(maxsize=16384)
def _other_words(others: Others, furthest: Sense) -> _OtherWords:
    same, nearly, phrases = set[str](), set[str](), list[tuple[frozenset[str], float]]()
    for stems, sense in others:
        if sense > furthest:
            break
        if len(stems) > 1:
            phrases.append((frozenset(stems), _SAME if sense is Sense.SAME else _NEARLY))
        else:
            (same if sense is Sense.SAME else nearly).update(stems)
    parts = frozenset[str]().union(*(phrase for phrase, _ in phrases))
    return _OtherWords(frozenset(same), frozenset(nearly), tuple(phrases), parts)


@lru_cache(maxsize=16384)
def _held(text: str) -> tuple[frozenset[str], frozenset[str]]:
    words = content(text)
    return frozenset(map(stem, words)), frozenset(map(root, words))

"""How alike two wordings are where words that say the same count as one, or nearly.

The words are those of search (`graph/search/lexicon.txt`), their weights those that are shipped: what two wordings have
in common depends on them alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from graph.matching.profile import content, root, weight
from graph.search.terms import terms
from ontology.stems import stem

if TYPE_CHECKING:
    from graph.search.terms import Term

# For another word that says the same, nearly the same, for one of the same family; the word itself is 1.
_SAME, _NEARLY, _FAMILY = 0.85, 0.7, 0.6


class _Wanted(NamedTuple):
    """One word that is looked for: what it weighs, and the stems and phrases that say the same or nearly so."""

    weight: float
    stem: str
    root: str
    same: frozenset[str]
    nearly: frozenset[str]
    phrases: tuple[tuple[frozenset[str], float], ...]


def likeness(one: str, other: str) -> float:
    """How much each wording finds of itself in the other, from 0 to 1; which comes first changes nothing.

    >>> likeness("acheter du matériel", "achat d’équipement") > likeness("acheter du matériel", "acheter des livres")
    True
    """
    return (_share(one, other) + _share(other, one)) / 2


@lru_cache(maxsize=4096)
def in_other_words(text: str) -> str:
    """The stems of a wording with those of words that say the same or nearly so."""
    return " ".join(one for term in terms(text) for other in ((term.stem,), *dict(term.others)) for one in other)


def _share(one: str, other: str) -> float:
    whole, asked = _asked(one)
    stems, roots = _held(other)
    return sum(want.weight * _found(want, stems, roots) for want in asked) / whole if whole else 0.0


def _found(want: _Wanted, stems: frozenset[str], roots: frozenset[str]) -> float:
    if want.stem in stems:
        return 1.0
    if not want.same.isdisjoint(stems):
        return _SAME
    best = max((near for phrase, near in want.phrases if phrase <= stems), default=0.0)
    if best < _NEARLY and not want.nearly.isdisjoint(stems):
        return _NEARLY
    return best or (_FAMILY if want.root in roots else 0.0)


@lru_cache(maxsize=16384)
def _asked(text: str) -> tuple[float, tuple[_Wanted, ...]]:
    asked = tuple(map(_wanted, terms(text)))
    return sum(want.weight for want in asked), asked


def _wanted(term: Term) -> _Wanted:
    single = [(one, same) for (one, *more), same in term.others if not more]
    return _Wanted(
        weight(term.word),
        term.stem,
        root(term.word),
        frozenset(one for one, same in single if same),
        frozenset(one for one, same in single if not same),
        tuple((frozenset(phrase), _SAME if same else _NEARLY) for phrase, same in term.others if len(phrase) > 1),
    )


@lru_cache(maxsize=16384)
def _held(text: str) -> tuple[frozenset[str], frozenset[str]]:
    words = content(text)
    return frozenset(map(stem, words)), frozenset(map(root, words))

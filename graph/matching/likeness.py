"""How alike two wordings are where words that say the same count as one: orders candidates where no model is at hand.

The words are those of search (`graph/search/lexicon.txt`). A graph does not depend on it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from graph.matching.profile import content, root, weight
from graph.search.terms import Term, terms
from ontology.stems import stem

if TYPE_CHECKING:
    from collections.abc import Collection

_SAME, _FAMILY = 0.85, 0.6  # for another word that says the same, for one of the same family; the word itself is 1


def likeness(one: str, other: str) -> float:
    """How much each wording finds of itself in the other, from 0 to 1; which comes first changes nothing.

    >>> likeness("acheter du matériel", "achat d’équipement") > likeness("acheter du matériel", "acheter des livres")
    True
    """
    return (_share(one, other) + _share(other, one)) / 2


def in_other_words(text: str) -> str:
    """The stems of a wording with those of words that say the same."""
    return " ".join(one for term in _asked(text) for one in term.stems)


def _share(one: str, other: str) -> float:
    asked, (stems, roots) = _asked(one), _held(other)
    whole = sum(term.weight for term in asked)
    return sum(term.weight * _found(term, stems, roots) for term in asked) / whole if whole else 0.0


def _found(term: Term, stems: Collection[str], roots: Collection[str]) -> float:
    if term.stem in stems:
        return 1.0
    if any(all(one in stems for one in other) for other in term.others):
        return _SAME
    return _FAMILY if root(term.word) in roots else 0.0


@lru_cache(maxsize=4096)
def _asked(text: str) -> tuple[Term, ...]:
    # By the weights that are shipped, so that what two wordings have in common depends on them alone.
    return tuple(term._replace(weight=weight(term.word)) for term in terms(text))


@lru_cache(maxsize=4096)
def _held(text: str) -> tuple[frozenset[str], frozenset[str]]:
    words = content(text)
    return frozenset(map(stem, words)), frozenset(map(root, words))

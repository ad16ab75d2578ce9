"""Words brought to what they share: French stems and character n-grams, over folded text."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.folding import fold, singular

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST, LONGEST = 3, 5  # characters of an n-gram


def content_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order, without function words and one-letter words.

    >>> content_words("L’accès à Internet n’est pas égal pour tous")
    ('acces', 'internet', 'egal')
    """
    return content_of(fold(text))


def content_of(folded: str) -> tuple[str, ...]:
    """The same of a text that is folded."""
    without = function_words()
    return tuple(word for word in folded.split() if len(word) > 1 and word not in without)


def stems(text: str) -> tuple[str, ...]:
    """The stems of the content words of a text, in order.

    >>> stems("Équiper les élèves"), stems("l’équipement de l’ÉLÈVE")
    (('equip', 'elev'), ('equip', 'elev'))
    """
    return tuple(map(stem, content_words(text)))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one folded word.

    >>> stem("travaux") == stem("travail")
    True
    """
    return _stemmer()(singular(word))


def ngrams(text: str) -> tuple[str, ...]:
    """Three to five characters at a time inside each content word, its edges marked by a space; repeats are kept.

    >>> ngrams("un ENT")
    (' en', 'ent', 'nt ', ' ent', 'ent ', ' ent ')
    """
    return tuple(gram for word in content_words(text) for gram in word_ngrams(word))


@cache
def function_words() -> frozenset[str]:
    """French words that hold a sentence together, folded."""
    lines = Path(__file__).with_name("function_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=65536)
def word_ngrams(word: str) -> tuple[str, ...]:
    """The n-grams of one folded word, whatever the word."""
    padded = f" {word} "
    sizes = range(SHORTEST, LONGEST + 1)
    return tuple(padded[at : at + size] for size in sizes for at in range(len(padded) - size + 1))


@cache
def _stemmer() -> Callable[[str], str]:
    from Stemmer import Stemmer

    stem_of: Callable[[str], str] = Stemmer("french").stemWord
    return stem_of

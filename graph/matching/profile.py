"""A wording made ready to be compared: its words, their weights, their parts, whom and what it is about.

A word weighs as much as it is rare in the workshops' language, by a table that is shipped (`weights.json`) and does not
follow what is loaded: so what two wordings have in common depends on them alone, whatever else the graph holds.
"""

from __future__ import annotations

import json
import math
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.abbreviations import in_full
from graph.matching.cues import Cues, cues, frames
from ontology import fold
from ontology.stems import content_words, stem, word_ngrams

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROOT = 4  # letters: « former », « formation » and « formateur » have one root
_FRAME = 0.4  # of its weight, for a word that says how and not what
_MOST_WORDS = 160  # of a text; what follows adds time and no light


class Profile(NamedTuple):
    """One wording.

    Attributes:
        words: its content words, folded, in order, parted by spaces.
        stems: weight of each stem.
        roots: weight of each root (first letters).
        grams: unit vector of the parts of its words.
        weight: sum over stems.
        head: root of the first word.
    """

    words: str
    stems: dict[str, float]
    roots: dict[str, float]
    grams: dict[str, float]
    weight: float
    head: str
    cues: Cues


@lru_cache(maxsize=4096)
def profile(text: str) -> Profile:
    """The profile of a wording."""
    words = content(text)
    stems = {stem(word): weight(word) for word in words}
    grams: dict[str, float] = {}
    for word in words:
        told = weight(word)
        for gram in word_ngrams(word):
            grams[gram] = grams.get(gram, 0.0) + told
    roots = roots_of(words)
    total, head = math.fsum(stems.values()), root(words[0]) if words else ""
    return Profile(" ".join(words), stems, roots, _unit(grams), total, head, cues(fold(in_full(text))))


@lru_cache(maxsize=4096)
def content(text: str) -> tuple[str, ...]:
    """The words of a wording that are compared."""
    return content_words(in_full(text))[:_MOST_WORDS]


def roots_of(words: Iterable[str]) -> dict[str, float]:
    """The weight of each root of some words."""
    return {root(word): _tells("roots", root(word)) for word in words}


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """What a word shares with the words made from it; those that say how and not what are kept apart.

    >>> root("formation") == root("former"), root("compte") == root("competences")
    (True, False)
    """
    return f"~{word[:_ROOT]}" if stem(word) in _frames() else word[:_ROOT]


@lru_cache(maxsize=65536)
def weight(word: str) -> float:
    """How much a word tells: about 1 for the commonest, 6 for what is rare or unknown."""
    told = _tells("stems", stem(word))
    return told * _FRAME if stem(word) in _frames() else told


@cache
def _tells(table: str, part: str) -> float:
    said = _weights()
    told = math.log((said["wordings"] + 1) / (said[table].get(part, 1) + 1)) + 0.5
    return told * _FRAME if part.startswith("~") else told


@cache
def _frames() -> frozenset[str]:
    return frozenset(stem(word) for word in frames())


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.hypot(*vector.values()) or 1.0
    return {gram: value / length for gram, value in vector.items()}


@cache
def _weights() -> Any:
    return json.loads(files("graph.matching").joinpath("weights.json").read_text(encoding="utf-8"))

"""One ranking for every free text: words, parts of words and, where the model is there, meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph.search.index import KINDS, NAMES, PLACES
from graph.search.meaning import made_by, meanings
from graph.search.terms import match, parts, shared, terms, weighed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.search.index import Found, Index
    from graph.search.terms import Match, Term
    from graph.semantic import Encoder

CLEAR = 0.88  # nearness of words from which a thing may be taken for the one that is meant
_EACH_WAY = 200  # wordings looked at closely: nearest by words, by parts of words, by meaning
# Weights beside that of meaning, chosen by tools/measure_search.py on the queries that are not held out.
_WORDS, _PARTS = 0.5, 0.25
_UNSAID = 0.8  # what no document says comes after what is said
_NAME = 0.5  # a name that is not meant as a whole comes after what is said
_LATER = 0.9  # what people look for less often than an irritant or a lever
_LESS_OFTEN = {"experience", "question", "timeframe", "objective"}
_LEAST = 0.1
_LEAST_OF_BEST = 0.3


class Hit(NamedTuple):
    """One thing that may be meant, with the reason.

    Attributes:
        score: from 0 to 1; with the model and without are two scales.
        words: nearness of words, 1 for the same.
        meaning: nearness of meaning, None without the model.
        wording: the wording that came nearest.
        matched: words that were looked for, each with the word that was found for it.
        said: how many sessions say it.
    """

    iri: str
    kind: str
    label: str
    score: float
    words: float
    meaning: float | None
    wording: str
    matched: tuple[tuple[str, str], ...]
    said: int
    wordings: tuple[str, ...]


def rank(
    index: Index,
    text: str,
    *,
    kinds: Sequence[str] = KINDS,
    limit: int = 10,
    model: Encoder | None = None,
) -> list[Hit]:
    """The things that a text may mean, nearest first; each once, by its nearest wording.

    Args:
        index: where to look.
        text: as the user writes it.
        kinds: of things to look for.
        limit: how many at most.
        model: None to look at words alone.
    """
    asked = terms(text)
    meant = _meant(index, text, kinds, model) if model else {}
    nearest = sorted(meant, key=lambda one: (-meant[one], one))[:_EACH_WAY]
    found = index.found(nearest, kinds)
    if asked:
        roots = list(dict.fromkeys(one for term in asked for one in term.stems))
        found |= index.candidates(roots, [term.word for term in asked], kinds, _EACH_WAY)
        asked = weighed(asked, *index.rarity(roots))
    best = _best(found, asked, meant or None)
    return _hits(index, best, limit)


class _Near(NamedTuple):
    score: float
    words: float
    meaning: float | None
    found: Found
    matched: tuple[tuple[str, str], ...]


def _best(found: dict[int, Found], asked: tuple[Term, ...], meant: dict[int, float] | None) -> dict[int, _Near]:
    """The nearest wording of each thing."""
    best: dict[int, _Near] = {}
    grams = parts(term.word for term in asked)
    for number, one in sorted(found.items(), key=lambda item: item[1].text):
        near: Match = match(asked, one.words, one.stems)
        score = _WORDS * near.nearness + _PARTS * shared(grams, parts(one.words))
        meaning = None if meant is None else meant.get(number, 0.0)
        score = score / (_WORDS + _PARTS) if meaning is None else (score + max(meaning, 0.0)) / (1 + _WORDS + _PARTS)
        before = best.get(one.thing)
        if before is None or score > before.score:
            best[one.thing] = _Near(score, near.nearness, meaning, one, near.words)
    return best


def _hits(index: Index, best: dict[int, _Near], limit: int) -> list[Hit]:
    rated = []
    for thing, (iri, kind, label, said) in index.things(list(best)).items():
        near = best[thing]
        score = round(near.score * _rating(kind, near, said), 3)
        hit = Hit(iri, kind, label, score, near.words, near.meaning, near.found.text, near.matched, said, ())
        rated.append((thing, hit))
    rated.sort(key=lambda pair: (-pair[1].score, -pair[1].said, pair[1].iri))
    least = max(_LEAST, _LEAST_OF_BEST * rated[0][1].score) if rated else 0
    first = [(thing, hit) for thing, hit in rated[:limit] if hit.score >= least]
    wordings = index.wordings([thing for thing, _ in first])
    return [hit._replace(wordings=tuple(wordings.get(thing, [hit.label]))) for thing, hit in first]


def _rating(kind: str, near: _Near, said: int) -> float:
    rating = _LATER if kind in _LESS_OFTEN else 1.0
    if not said and kind not in PLACES:
        rating *= _UNSAID
    if kind in NAMES and near.words < CLEAR:
        rating *= _NAME
    return rating


def _meant(index: Index, text: str, kinds: Sequence[str], model: Encoder) -> dict[int, float]:
    """The nearness of meaning of each wording that has a vector."""
    import numpy as np

    held = index.vectors(made_by(model), kinds)
    if not held:
        return {}
    vectors = np.frombuffer(b"".join(value for _, value in held), np.float16).reshape(len(held), -1)
    scores = vectors.astype(np.float32) @ meanings(model, [text])[0]
    return {number: float(score) for (number, _), score in zip(held, scores, strict=True)}

"""What a passage is likely to be, by its words alone: a lack, a lever, an actor, a date, a measure.

A multinomial logistic model over plain word features; its weights are in `wording.json`, fitted by
`tools/fit_wording.py` on passages whose column is known.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ingest.actors.scan import spot
from ingest.words.headers import Role
from ingest.words.phrases import phrases
from ontology import fold, singular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ARTICLES = frozenset("le la les l un une des du de d ce cette ces".split())
_INFINITIVE = re.compile(r"[a-z]{2,}(?:er|ir|oir|dre|tre|vre|ire|pre|clure)$")
_ACTION_NOUN = re.compile(r"[a-z]{2,}(?:tion|sion|ment|age|ance|ence|ite|ure|isme|ade)$")
_TIME = re.compile(
    r"\b(?:20\d\d|rentree|annee|trimestre|terme|mois|semaine|lundi|mardi|mercredi|jeudi|vendredi|samedi|soir|matin"
    r"|des que|pendant|vacance|conge|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    r"|decembre|n 1)s?\b"
)
_MEASURES = frozenset(
    "nombre part taux pourcentage proportion frequence evolution baisse hausse duree delai quantite volume score indice"
    " moyenne satisfaction retour enquete bilan reponse".split()
)
_WORDS = 14  # of a passage that count
_SHORT = 2  # letters of a word that says nothing
_BEGINNING = 5  # letters that words of one family share: forme, formation, formateur
_SHORTEST_VERB = 4  # letters that an infinitive has more of
_LENGTHS = (1, 2, 4, 8, 16)
_LEAST_PASSAGES, _SURE = 2, 3.0  # of a column or a list; nats between the likeliest role and the next one
# What a passage may be told to be by its words alone.
GUESSED = frozenset(
    (Role.IRRITANT, Role.STRENGTH, Role.NEED, Role.LEVER, Role.ACTION, Role.ACTOR, Role.TIMEFRAME, Role.INDICATOR)
)
_ALIKE = {Role.LEVER, Role.ACTION}
_NAMED = 2.25  # nats, for every other role, where a passage opens with the name of one: « Besoin de … »


def features(text: str) -> Iterator[str]:
    """The features of a passage; each counts once."""
    folded = fold(text)
    words = [singular(word) for word in folded.split()]
    if not words:
        yield "empty"
        return
    yield f"length {sum(len(words) > limit for limit in _LENGTHS)}"
    yield from _opening(words)
    signs = {
        "time": _TIME.search(folded),
        "question": "?" in text,
        "number": all(word.isdigit() for word in words),
        "lower case": text[:1].islower(),
        "measure": next((word for word in words if word not in _ARTICLES), "") in _MEASURES,
    }
    yield from (name for name, said in signs.items() if said)
    yield f"actors {_actors(text, len(words))}"
    for word in dict.fromkeys(words[:_WORDS]):
        if len(word) > _SHORT or not word.isalpha():
            yield f"word {word}"
        if len(word) > _BEGINNING:
            yield f"begins {word[:_BEGINNING]}"


def _opening(words: list[str]) -> Iterator[str]:
    head = next((word for word in words if word not in _ARTICLES), words[0])
    yield f"first {words[0]}"
    yield f"head {head}"
    if len(words) > 1:
        yield f"pair {words[0]} {words[1]}"
    if _INFINITIVE.fullmatch(words[0]):
        yield "infinitive"
    if _ACTION_NOUN.fullmatch(head):
        yield "action noun" if head == words[0] else "the action noun"
    if words[0] in _ARTICLES:
        yield "article"


def _actors(text: str, words: int) -> str:
    found = len(spot(text, cell=False).actors)
    return "none" if not found else "many" if found * 3 >= words else "some"


@cache
def _weights() -> tuple[list[Role], dict[str, list[float]]]:
    said = json.loads(files("ingest.words").joinpath("wording.json").read_text(encoding="utf-8"))
    return [Role(name) for name in said["roles"]], said["weights"]


def is_seen(word: str) -> bool:
    """Whether a word was seen in several of the passages that the weights come from."""
    return f"word {singular(fold(word))}" in _weights()[1]


def opens(word: str) -> bool:
    """Whether a folded word was seen to begin several of those passages."""
    return f"first {singular(word)}" in _weights()[1]


def is_opening(word: str, after: str) -> bool:
    """Whether two folded words were seen to begin several of them together."""
    return f"pair {singular(word)} {singular(after)}" in _weights()[1]


def is_infinitive(word: str) -> bool:
    """Whether a folded word has the form of an infinitive."""
    return len(word) > _SHORTEST_VERB and _INFINITIVE.fullmatch(word) is not None


def costs(text: str, roles: Iterable[Role]) -> dict[Role, float]:
    """How unlikely each of some roles is for a passage: minus the logarithm of its share among them."""
    known, weights = _weights()
    scores = [0.0] * len(known)
    for feature in dict.fromkeys(features(text)):
        for place, weight in enumerate(weights.get(feature, ())):
            scores[place] += weight
    asked = set(roles)
    wanted = [place for place, role in enumerate(known) if role in asked]
    if not wanted:
        return {}
    most = max(scores[place] for place in wanted)
    total = math.log(sum(math.exp(scores[place] - most) for place in wanted)) + most
    found = {known[place]: total - scores[place] for place in wanted}
    named = phrases("roles").opening(text)
    if named is None or named[0] not in found:
        return found
    return {role: cost + _NAMED * (role != named[0]) for role, cost in found.items()}


def likely(texts: Iterable[str], roles: Iterable[Role], *, sure: float = _SURE) -> Role | None:
    """The role that passages under one name all have by their words; None where none is sure.

    Args:
        texts: the passages.
        roles: those they may have.
        sure: nats by which the likeliest role must lead the next one.
    """
    passages, wanted = [text for text in texts if text], set(roles) & set(_weights()[0])
    if len(passages) < _LEAST_PASSAGES or not wanted:
        return None
    totals = dict.fromkeys(wanted, 0.0)
    votes: Counter[Role] = Counter()
    for text in passages:
        told = costs(text, wanted)
        votes[min(told, key=lambda role: (told[role], role))] += 1
        for role, cost in told.items():
            totals[role] += cost
    first, *others = sorted(wanted, key=lambda role: (totals[role], role))
    agreed, best = votes[first], totals[first]
    if others and {first, others[0]} == _ALIKE:
        agreed, first, others = agreed + votes[others[0]], Role.LEVER, others[1:]
    # What is done is a lever, unless another column holds it; alike by their words, both count for it.
    leads = not others or totals[others[0]] - best >= sure
    return first if leads and agreed * 3 >= 2 * len(passages) else None

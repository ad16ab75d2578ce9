"""Actors that the vocabulary lacks, each beside those that it knows and that may be meant: a person decides."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from graph.matching import Candidate, Statement
from graph.triples import iri
from ontology import LV, PREFIXES, Kind, concept_iri, search_key
from ontology.stems import stems
from ontology.vocabulary import actors, content_words
from queries.reviewing.queue import Pair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.reconcile import Reconciler
    from graph.store import Store
    from ontology.vocabulary import Actor

_UNKNOWN = f"""PREFIX lv: <{LV}> PREFIX rdfs: <{PREFIXES["rdfs"]}>
SELECT ?actor ?label WHERE {{ ?actor lv:unrecognised true ; rdfs:label ?label }}"""
_SAID = f"""PREFIX lv: <{LV}> PREFIX oa: <{PREFIXES["oa"]}>
SELECT (COUNT(DISTINCT ?row) AS ?rows) WHERE {{ ?mention oa:hasBody @actor ; lv:inRow ?row }}"""
_ACRONYM = re.compile(r"[A-ZÀ-Ü][A-ZÀ-Ü0-9-]{1,7}")
_EACH, _MOST = 3, 8  # actors proposed for one wording; where several are equally likely
_LEAST = 0.4  # of likeness: below, an actor is not worth a look
_INITIALS, _SLIP = 0.6, 0.75  # likeness of an acronym by its letters, by a slip of one letter
_WORDS_APART = 0.1  # taken from the likeness of letters where words are not the same
_LONG_ENOUGH = 4  # letters of an acronym in which a slip can be told


class Guess(NamedTuple):
    """An actor that a wording may mean.

    Attributes:
        likeness: from 0 to 1.
        why: in French.
    """

    actor: Actor
    likeness: float
    why: str


class _Name(NamedTuple):
    actor: Actor
    name: str
    words: tuple[str, ...]
    key: str
    stems: frozenset[str]


@lru_cache(maxsize=4096)
def guesses(wording: str) -> tuple[Guess, ...]:
    """The few actors of the vocabulary that a wording most likely means, the likeliest first."""
    found: dict[str, Guess] = {}
    for guess in _likely(wording):
        known = found.get(guess.actor.id)
        if known is None or guess.likeness > known.likeness:
            found[guess.actor.id] = guess
    ranked = sorted(found.values(), key=lambda guess: (-guess.likeness, guess.actor.id))
    return tuple(guess for guess in ranked[:_MOST] if guess.likeness >= ranked[:_EACH][-1].likeness)


def alias_pairs(store: Store, reconciler: Reconciler) -> list[Pair]:
    """The unknown actors of a graph beside the known ones, where nobody has judged the two, the most said first."""
    judged, made = reconciler.judged(), []
    for unknown, label in sorted((str(actor), str(label)) for actor, label in store.select(_UNKNOWN).rows):
        alone = concept_iri(Kind.ACTOR, label)
        if reconciler.canonical(alone) != alone:
            continue
        near = [one for one in guesses(label) if frozenset((alone, reconciler.canonical(one.actor.id))) not in judged]
        rows = _rows(store, unknown) if near else 0
        made += [(rows, _pair(unknown, label, guess, near)) for guess in near]
    made.sort(key=lambda item: (-item[0], item[1].one.iri, -item[1].candidate.same, item[1].other.iri))
    return [pair for _, pair in made]


def _pair(unknown: str, label: str, guess: Guess, near: list[Guess]) -> Pair:
    actor = guess.actor
    names = tuple(dict.fromkeys((actor.label, *filter(None, (actor.acronym,)), *actor.alts)))
    candidate = Candidate(unknown, actor.id, guess.likeness, guess.likeness, "", (guess.why,), ())
    others = tuple(one.actor.label for one in near if one is not guess)[:_EACH]
    return Pair(candidate, Statement(unknown, (label,)), Statement(actor.id, names), label, actor.label, others,
                actor.definition)  # fmt: skip


def _rows(store: Store, actor: str) -> int:
    return int(store.select(_SAID.replace("@actor", iri(actor))).rows[0][0] or 0)


def _likely(wording: str) -> Iterator[Guess]:
    if _ACRONYM.fullmatch(wording.strip()):
        yield from _by_letters(search_key(wording).replace(" ", ""))
    else:
        yield from _by_words(wording)


def _by_letters(short: str) -> Iterator[Guess]:
    from rapidfuzz.distance import OSA

    for actor, name, words, _, _ in _names():
        if len(words) > 1 and "".join(word[0] for word in words) == short:
            yield Guess(actor, _INITIALS + (name == actor.label) / 20, f"premières lettres de « {name} »")
        elif len(words) == 1 and len(short) >= _LONG_ENOUGH <= len(words[0]) and OSA.distance(short, words[0]) == 1:
            yield Guess(actor, _SLIP, f"à une lettre de « {name} »")


def _by_words(wording: str) -> Iterator[Guess]:
    from rapidfuzz import fuzz

    key, mine = search_key(wording), frozenset(stems(wording))
    letters = "".join(word[0] for word in content_words(wording).split())
    for actor, name, words, known, roots in _names():
        if len(letters) >= _LONG_ENOUGH - 1 and words == (letters,):
            yield Guess(actor, _INITIALS, f"ses premières lettres font « {name} »")
        if common := mine & roots:
            likeness = max(_weight(common) / _weight(mine | roots), fuzz.ratio(key, known) / 100 - _WORDS_APART)
            if likeness >= _LEAST:
                yield Guess(actor, round(likeness, 3), f"mots de « {name} »")


def _weight(roots: frozenset[str]) -> float:
    rarity = _rarity()
    return math.fsum(rarity.get(root, rarity[""]) for root in roots)


@cache
def _names() -> tuple[_Name, ...]:
    return tuple(
        _Name(actor, name, tuple(words.split()), search_key(name), frozenset(stems(name)))
        for actor in actors()
        for name in dict.fromkeys((actor.label, *actor.alts, *actor.hidden))
        if (words := content_words(name))
    )


@cache
def _rarity() -> dict[str, float]:
    """How much each stem of the vocabulary tells: one that many actors share tells little; "" stands for all others."""
    held: dict[str, set[str]] = {}
    for name in _names():
        for root in name.stems:
            held.setdefault(root, set()).add(name.actor.id)
    told = {root: math.log((len(actors()) + 1) / len(ids)) for root, ids in held.items()}
    return {**told, "": max(told.values())}

"""The labels of the vocabulary's actors, made ready for a scan, and which of their words a typo may stand for."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ingest.actors import context
from ingest.actors.words import label_words, tokens
from ontology.folding import search_key
from ontology.vocabulary import actors, not_actors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ingest.actors.words import Token
    from ontology.vocabulary import Actor

_FUZZY_LETTERS = 7
_SHORT_ACRONYM = 3
_PARTICIPLE = re.compile(r"és?$", re.IGNORECASE)
_ARTICLE = re.compile(r"(les|le|la) |l’")


class Label(NamedTuple):
    """One wording of an actor, or of something that is none."""

    words: tuple[str, ...]
    actor: str  # IRI; empty for a phrase that names no actor
    sure: bool  # counts outside a list of actors too
    exact: str = ""  # how it must be written, where capitals tell it from a common word
    capital: bool = False  # likewise, for its first letter
    article: str = ""  # "les", "la": not sure, but counts outside a list behind such an article
    someone: bool = False  # the role of a person, who counts behind any article
    role: bool = False  # the acronym of a role: in a list of actors, nothing else is meant


class Match(NamedTuple):
    """A label where a text names it."""

    label: Label
    place: int  # of its first word
    start: int  # in the text
    end: int


@cache
def index() -> Mapping[str, Mapping[str, tuple[Label, ...]]]:
    """Labels by their first word, then by their second ("" without one), the longest first."""
    labels: dict[tuple[str, ...], Label] = {}
    for label in _labels():  # where wordings have one key, the last decides: hidden labels are not sure
        labels[label.words] = label
    by_first: dict[str, dict[str, list[Label]]] = {}
    for label in sorted(labels.values(), key=lambda label: -len(label.words)):
        first, second = (*label.words, "")[:2]
        by_first.setdefault(first, {}).setdefault(second, []).append(label)
    return {first: {second: tuple(found) for second, found in begun.items()} for first, begun in by_first.items()}


def _labels() -> Iterator[Label]:
    for actor in actors():
        yield from _of_actor(actor)
    for term in not_actors():
        yield from (_label(text, "", capital=True) for text in (term.label, *term.alts))


def _of_actor(actor: Actor) -> Iterator[Label]:
    behind = {text: match[0].strip() for text in actor.alts if (match := _ARTICLE.match(text))}
    sure = {text: _label(text, actor.id, capital=text != actor.label) for text in (actor.label, *actor.alts)}
    if actor.kind == "Role":
        sure = {text: label._replace(role=bool(label.exact)) for text, label in sure.items()}
    yield from (label for text, label in sure.items() if text not in behind)
    articles = {sure[text].words: article for text, article in behind.items()}
    written = {label.words: text for text, label in sure.items() if text not in behind}
    for text in (*actor.hidden, *behind):
        label = _label(text, actor.id, sure=False, capital=True)
        same = written.get(label.words, text)
        if same == text or search_key(same) == search_key(text):  # else it is short for a sure wording
            article = articles.get(label.words, "")
            yield label._replace(article=article, someone=bool(article) and actor.kind == "Role")


def _label(text: str, actor: str, *, sure: bool = True, capital: bool = False) -> Label:
    words = label_words(text)
    if len(words) > 1:
        return Label(words, actor, sure)
    exact = text if text.isupper() and len(text) <= _SHORT_ACRONYM else ""
    return Label(words, actor, sure, exact, capital and text[0].isupper() and not (actor and text.isupper()))


def _wordings() -> Iterator[str]:
    """All that the vocabulary writes, of actors and of what is none."""
    return (text for term in (*actors(), *not_actors()) for text in (term.label, *term.alts, *term.hidden))


@cache
def _participles() -> frozenset[str]:
    """Words that a wording of their own writes with the ending of a participle, or in capitals: "délégué", "Inspé"."""
    return frozenset(label_words(text)[-1] for text in _wordings() if _PARTICIPLE.search(text) or text.isupper())


def is_participle(token: Token) -> bool:
    """Whether a word ends as a participle and no wording has it so: "élevé" is no "élève", "jugé" no "juge"."""
    return _PARTICIPLE.search(token.raw) is not None and token.word not in _participles()


@cache
def _joined() -> frozenset[tuple[tuple[str, ...], int, str]]:
    """The words of labels, with the place of one and the "aux" or "des" that a wording of the label has before it."""
    told = (list(tokens(text)) for text in _wordings() if " aux " in text or " des " in text)
    return frozenset(
        (tuple(token.word for token in words), place, article)
        for words in told for place, token in enumerate(words) for article in ("aux", "des") if article in token.led
    )  # fmt: skip


def is_one_name(label: Label, there: Sequence[Token]) -> bool:
    """Whether the words are joined as in the label.

    "Les enseignants aux ressources" are no "enseignant ressource", "le réseau des écoles" is no "réseau d’écoles".
    """
    strict = ("aux", "des") if label.words[0] in context.WIRES else ("aux",)
    return all(
        article not in token.led or (label.words, place, article) in _joined()
        for place, token in enumerate(there) for article in strict if place
    )  # fmt: skip


@cache
def known_acronyms() -> frozenset[str]:
    """Every wording in capitals: what is not among them may be an acronym that the vocabulary lacks."""
    return frozenset(map(str.upper, _wordings()))


def is_label(text: str) -> bool:
    """Whether the whole text is the wording of an actor."""
    words = label_words(text)
    first, second = (*words, "", "")[:2]
    return any(label.actor and label.words == words for label in index().get(first, {}).get(second, ()))


# -- typos ---------------------------------------------------------------------------------------------------------
@cache
def long_words() -> frozenset[str]:
    """The words of the labels that are long enough to be told from a typo."""
    found = (label for seconds in index().values() for labels in seconds.values() for label in labels)
    return frozenset(word for label in found for word in label.words if len(word) >= _FUZZY_LETTERS)


@cache
def _by_letter() -> Mapping[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for word in sorted(long_words()):
        words.setdefault(word[0], []).append(word)
    return {letter: tuple(begun) for letter, begun in words.items()}


@lru_cache(maxsize=16384)
def near(word: str) -> tuple[str, ...]:
    """The long words of the labels that are a slip away: a letter too many, missing, wrong, or two swapped."""
    if len(word) < _FUZZY_LETTERS:
        return ()
    if word[0] in "dl" and word[1:] in long_words():
        return (word[1:],)  # "chef détablissement"
    others = _by_letter().get(word[0], ())
    found = process.extract(word, others, scorer=OSA.distance, score_cutoff=1, limit=None)
    return tuple(sorted(other for other, _, _ in found if _is_slip(word, other)))


def _is_slip(word: str, other: str) -> bool:
    """Whether two words differ inside, or by a silent e: another ending makes another word (chercher, enseignent)."""
    if word == other or {word[-3:], other[-3:]} == {"ant", "ent"}:
        return False
    return word[-2:] == other[-2:] or (abs(len(word) - len(other)) == 1 and word.rstrip("e") == other.rstrip("e"))

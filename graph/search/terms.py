"""What is looked for, word by word, and how near a wording comes to it."""

from __future__ import annotations

import math
from enum import IntEnum
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graph.abbreviations import in_full
from ontology.folding import fold
from ontology.stems import content_of, content_words, stem, word_ngrams

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_TERMS = 24  # what comes after in a long text is not looked at
# Nearness of a misspelt word, of words with the same parts, of one family.
_TYPO, _ALIKE, _ROOTS = 0.9, 0.8, (0.6, 0.9)
_SAME, _NEARLY = 0.85, 0.6  # of other words that say the same, that say nearly the same or may be meant
_LEAST_ALIKE = 0.5
_BARE = 0.88  # of a wording that holds all the words, and many others
_LONGEST = 2000  # characters
_ROOT, _LONG, _SURE, _VERY_LONG = 4, 5, 7, 9  # letters


class Sense(IntEnum):
    """How surely other words say the same, the surest first; `lexicon.txt` has a sign for each."""

    SAME = 0
    NEAR = 1
    WIDE = 2


_SIGNS = {"=": Sense.SAME, "~": Sense.NEAR, "≈": Sense.WIDE}
_START = 2  # letters that a word shares with its stem
_BETWEEN, _END = " 0 ", " 00 "  # members and lines, once they are folded: words that no line has


Others = tuple[tuple[tuple[str, ...], Sense], ...]


class Term(NamedTuple):
    """One word that is looked for.

    Attributes:
        word: as typed, folded.
        others: what says it in other words, each as stems that must all be there, the surest first.
        weight: how much it tells: a rare word more than a common one.
        known: whether some wording has it; a word that none has may be misspelt.
    """

    word: str
    stem: str
    others: Others
    weight: float = 1.0
    known: bool = False

    @property
    def stems(self) -> tuple[str, ...]:
        """All stems by which it may be found: its own, and those of what says the same."""
        return (self.stem, *(one for other, sense in self.others if sense is Sense.SAME for one in other))


class Match(NamedTuple):
    """How near a wording comes to what is looked for.

    Attributes:
        nearness: 1 for the same words, 0 for none of them.
        words: each word that is looked for and was found, with the word of the wording (or words, for an acronym).
    """

    nearness: float
    words: tuple[tuple[str, str], ...]


def terms(text: str) -> tuple[Term, ...]:
    """The words that are looked for, each family once."""
    said = content_words(in_full(text[:_LONGEST]))
    words = [word for word in said if word not in _lexicon().dropped][:MOST_TERMS]
    roots = [stem(word) for word in words]
    found: dict[str, Term] = {}
    for at, (word, root) in enumerate(zip(words, roots, strict=True)):
        others = _others(roots, at)
        if root not in found:
            found[root] = Term(word, root, others)
    return tuple(found.values())


def weighed(asked: tuple[Term, ...], count: int, rarity: dict[str, int]) -> tuple[Term, ...]:
    """The same with their weights, by how many of how many wordings hold each stem.

    A word that no wording has tells no more than a rare one.
    """
    told = []
    for term in asked:
        held = rarity.get(term.stem, 0)
        least = held or max((rarity.get(one, 0) for one in term.stems), default=0)
        weight = math.log((count + 1) / (max(least, 2) + 1)) + 0.5
        told.append(term._replace(weight=weight, known=bool(held)))
    return tuple(told)


def match(asked: tuple[Term, ...], words: tuple[str, ...], roots: tuple[str, ...]) -> Match:
    """How near a wording of these words and stems comes."""
    reached, found = 0.0, []
    used: set[int] = set()
    for term in asked:
        nearness, places = _best(term, words, roots)
        if places:
            reached += term.weight * nearness
            used.update(places)
            found.append((term.word, " ".join(words[at] for at in places)))
    if not found:
        return Match(0.0, ())
    share = len(used) / len(words)
    return Match(reached / sum(term.weight for term in asked) * (_BARE + (1 - _BARE) * share), tuple(found))


def _best(term: Term, words: tuple[str, ...], roots: tuple[str, ...]) -> tuple[float, tuple[int, ...]]:
    if term.stem in roots:
        return 1.0, (roots.index(term.stem),)
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    for other, sense in term.others:
        if all(one in roots for one in other):
            best = (_SAME if sense is Sense.SAME else _NEARLY, tuple(dict.fromkeys(roots.index(one) for one in other)))
            break
    for at, word in enumerate(words):
        nearness = alike(term.word, word, misspelt=not term.known)
        if nearness > best[0]:
            best = (nearness, (at,))
    return best


def parts(words: Iterable[str]) -> frozenset[str]:
    """All parts of three to five letters of these folded words."""
    return frozenset[str]().union(*map(_parts, words))


@lru_cache(maxsize=65536)
def _parts(word: str) -> frozenset[str]:
    return frozenset(word_ngrams(word))


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """How many parts two texts share, from 0 to 1.

    >>> shared(parts(["debit"]), parts(["debit"])), shared(parts(["debit"]), parts([]))
    (1.0, 0.0)
    """
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


@lru_cache(maxsize=65536)
def alike(one: str, other: str, *, misspelt: bool = True) -> float:
    """How near two folded words of other stems are: of one family, misspelt, or of many common parts.

    >>> alike("blanhces", "blanches"), alike("former", "formation"), alike("ecole", "temps")
    (0.9, 0.8, 0.0)
    """
    if one.isdigit() or other.isdigit():
        return 0.0
    roots = sorted((stem(one), stem(other)), key=len)
    if len(roots[0]) >= _ROOT and roots[1].startswith(roots[0]):
        return _ROOTS[0] + (_ROOTS[1] - _ROOTS[0]) * len(roots[0]) / len(roots[1])
    shortest = min(len(one), len(other))
    if shortest < _LONG:
        return 0.0
    if misspelt and (one[0] == other[0] or shortest >= _SURE):
        from rapidfuzz.distance import OSA

        allowed = 1 + (shortest >= _VERY_LONG and one[0] == other[0])
        if OSA.distance(one, other, score_cutoff=allowed) <= allowed:
            return _TYPO
    common = shared(_parts(one), _parts(other))
    return _ALIKE * common if common >= _LEAST_ALIKE else 0.0


class _Lexicon(NamedTuple):
    """What `lexicon.txt` says, in folded words; they become stems where they are asked for, which takes most time.

    Attributes:
        dropped: words that are not looked for.
        lines: the members of each line.
        members: by the first letters and the number of their words, each with its line.
        longest: words of a member.
    """

    dropped: frozenset[str]
    lines: list[tuple[Sense, list[tuple[str, ...]]]]
    members: dict[tuple[str, int], list[tuple[tuple[str, ...], int]]]
    longest: int


@cache
def _lexicon() -> _Lexicon:
    text = Path(__file__).with_name("lexicon.txt").read_text(encoding="utf-8")
    said = [line for line in text.splitlines() if line and line[0] not in "#-"]
    senses = [next(sense for sign, sense in _SIGNS.items() if sign in line) for line in said]
    whole = _END.join(said)
    for sign in _SIGNS:
        whole = whole.replace(sign, _BETWEEN)
    folded = fold(whole)  # at once, which takes a third of the time of one by one
    some = ([words for one in line.split(_BETWEEN) if (words := content_of(one))] for line in folded.split(_END))
    lines = list(zip(senses, some, strict=True))
    members: dict[tuple[str, int], list[tuple[tuple[str, ...], int]]] = {}
    for number, (_, held) in enumerate(lines):
        for words in held:
            members.setdefault((words[0][:_START], len(words)), []).append((words, number))
    dropped = frozenset(word for line in text.splitlines() if line[:1] == "-" for word in line.split())
    return _Lexicon(dropped, lines, members, max((length for _, length in members), default=0))


@lru_cache(maxsize=65536)
def _says(phrase: tuple[str, ...]) -> dict[tuple[str, ...], Sense]:
    """What says the same as some stems that follow each other."""
    lexicon = _lexicon()
    found: dict[tuple[str, ...], Sense] = {}
    for words, number in lexicon.members.get((phrase[0][:_START], len(phrase)), ()):
        if _stems(words) == phrase:
            sense, members = lexicon.lines[number]
            found |= {other: min(sense, found.get(other, sense)) for other in map(_stems, members) if other != phrase}
    return found


@lru_cache(maxsize=65536)
def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(stem, words))


def _others(roots: list[str], at: int) -> Others:
    """What says the same as the phrases that this word is part of, then what says it less surely."""
    found = [
        said
        for length in range(2, _lexicon().longest + 1)
        for start in range(max(0, at - length + 1), at + 1)
        if (said := _says(tuple(roots[start : start + length])))
    ]
    return _surest_first(_says((roots[at],)), *found) if found else _of_word(roots[at])


@lru_cache(maxsize=16384)
def _of_word(root: str) -> Others:
    return _surest_first(_says((root,)))


def _surest_first(*said: dict[tuple[str, ...], Sense]) -> Others:
    found: dict[tuple[str, ...], Sense] = {}
    for some in said:
        for other, sense in some.items():
            found[other] = min(sense, found.get(other, sense))
    return tuple(sorted(found.items(), key=itemgetter(1)))

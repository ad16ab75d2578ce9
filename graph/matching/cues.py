"""Whom and what a statement is about, by its words: target groups, topics, and who acts (`cues.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_BEFORE = 40  # characters in which the word that makes a group act is looked for


class Cues(NamedTuple):
    """What was recognised in one wording, by the names of `cues.toml`.

    Attributes:
        groups: the people it is about, or is done to.
        doers: the people by whom it is done (« par les élèves »).
    """

    groups: frozenset[str]
    doers: frozenset[str]
    topics: frozenset[str]


def cues(folded: str) -> Cues:
    """What the words of a folded text tell.

    >>> sorted(cues("former les parents par les eleves").doers)
    ['élèves']
    """
    found: dict[str, set[str]] = {"groups": set(), "doers": set()}
    for name, pattern in _groups().items():
        for match in pattern.finditer(folded):
            found["doers" if _acts(folded[max(0, match.start() - _BEFORE) : match.start()]) else "groups"].add(name)
    topics = frozenset[str]().union(*map(_topics, folded.split()), _topics_of_phrases(folded))
    return Cues(frozenset(found["groups"]), frozenset(found["doers"]), topics)


def frames() -> frozenset[str]:
    """Words that say how a thing is said, not what."""
    return frozenset(_data()["frames"]["words"])


@lru_cache(maxsize=65536)
def _topics(word: str) -> frozenset[str]:
    """The topics that one word tells."""
    whole, starts = _topic_words()
    found = set(whole.get(word, ()))
    for end in range(1, len(word) + 1):
        found.update(starts.get(word[:end], ()))
    return frozenset(found)


def _topics_of_phrases(folded: str) -> frozenset[str]:
    any_of_them, patterns = _topic_phrases()
    if not any_of_them.search(folded):
        return frozenset()
    return frozenset(name for name, pattern in patterns.items() if pattern.search(folded))


@cache
def _topic_words() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The topics of whole words, and of what words start with."""
    whole: dict[str, set[str]] = {}
    starts: dict[str, set[str]] = {}
    for name, words in _data()["topics"].items():
        for word in words:
            if " " not in word:
                (starts if word.endswith("*") else whole).setdefault(word.rstrip("*"), set()).add(name)
    return whole, starts


@cache
def _topic_phrases() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """All phrases of several words, and those of each topic."""
    phrases = {name: [some for some in words if " " in some] for name, words in _data()["topics"].items()}
    phrases = {name: some for name, some in phrases.items() if some}
    return _pattern([one for some in phrases.values() for one in some]), {n: _pattern(p) for n, p in phrases.items()}


def _acts(before: str) -> bool:
    words, articles = _doers()
    for word in reversed(before.split()):
        if word not in articles:
            return word in words
    return False


@cache
def _doers() -> tuple[frozenset[str], frozenset[str]]:
    said = _data()["doers"]
    return frozenset(said["words"]), frozenset(said["articles"])


@cache
def _groups() -> dict[str, re.Pattern[str]]:
    return {name: _pattern(words) for name, words in _data()["groups"].items()}


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(word.replace('*', r'[a-z0-9]*') for word in words)})\b")


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("graph.matching").joinpath("cues.toml").read_text(encoding="utf-8"))

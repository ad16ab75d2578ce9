"""Whom and what a statement is about, by its words: target groups, topics, and who acts (`cues.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
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
    for name, pattern in _patterns("groups").items():
        for match in pattern.finditer(folded):
            found["doers" if _acts(folded[max(0, match.start() - _BEFORE) : match.start()]) else "groups"].add(name)
    topics = frozenset(name for name, pattern in _patterns("topics").items() if pattern.search(folded))
    return Cues(frozenset(found["groups"]), frozenset(found["doers"]), topics)


def frames() -> frozenset[str]:
    """Words that say how a thing is said, not what."""
    return frozenset(_data()["frames"]["words"])


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
def _patterns(section: str) -> dict[str, re.Pattern[str]]:
    return {name: _pattern(words) for name, words in _data()[section].items()}


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(word.replace('*', r'[a-z0-9]*') for word in words)})\b")


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("graph.matching").joinpath("cues.toml").read_text(encoding="utf-8"))

"""The words of `actors.toml`: those around a name that tell whether it is one, and those that stand for another."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypedDict, cast

from ontology.folding import search_key

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Data(TypedDict):
    folded: dict[str, list[str]]
    written: dict[str, list[str]]
    spelled: dict[str, list[str]]
    feminine: dict[str, str]


@cache
def _data() -> _Data:
    return cast("_Data", tomllib.loads(files("ingest.actors").joinpath("actors.toml").read_text(encoding="utf-8")))


def _folded(name: str) -> frozenset[str]:
    return frozenset(map(search_key, _data()["folded"][name]))


def _written(name: str) -> frozenset[str]:
    return frozenset(_data()["written"][name])


def spelled() -> Mapping[str, str]:
    """Words that stand for another one, each with that one; folded and in the singular."""
    found = {feminine: word for word, feminine in _data()["feminine"].items()}
    return found | {other: word for word, others in _data()["spelled"].items() for other in others}


INFINITIVE = re.compile(r"\w{3,}[ei]r")
OPENERS = _folded("openers")
MANNERS = _folded("manners")
SORTS = _folded("sorts")
YOUNG = _folded("young")
WIRES = _folded("wires")
FORMER = _folded("former")
LOOSE = _folded("loose")
INSIDE = _folded("inside")
QUANTIFIERS = _folded("quantifiers")
DOERS = _folded("doers")
ADDRESSED = _folded("addressed")
ADVERBS = _folded("adverbs")
BACKERS = _folded("backers")
VERBS = _written("verbs")
BEGINNERS = _written("beginners")
ARTICLES = _written("articles")
CLASSES = _folded("classes")
EXAMPLED = _folded("exampled")
HEADS = _folded("heads")
SCHOOLS = _folded("schools")
ACRONYMS = _written("acronyms")
CLIPPED = _written("clipped")
STRICT = _folded("strict")
OWNERS = _written("owners")
POSSESSIVES = _written("possessives")
PLURALS = _written("plurals")
ACTING = DOERS | ADDRESSED

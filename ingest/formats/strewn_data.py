"""Weights and words by which tables are put together again (`strewn.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ontology import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable


@cache
def data() -> dict[str, Any]:
    """All of it."""
    return tomllib.loads(files("ingest.formats").joinpath("strewn.toml").read_text(encoding="utf-8"))


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of words, folded and in the singular."""
    return frozenset(word for said in data()["words"][name] for word in search_key(said).split())


@cache
def forms_of(name: str) -> frozenset[str]:
    """A list of words as they are written."""
    return frozenset(data()["words"][name])


@cache
def orders() -> list[list[str]]:
    """The columns of the tables of the reports, in order."""
    return [list(form) for form in data()["forms"]["columns"]]


def is_form(roles: Iterable[str]) -> bool:
    """Whether some columns are those of a table of the reports, in any order."""
    return set(roles) in _forms()


def is_part(roles: Iterable[str]) -> bool:
    """Whether a table of the reports has some columns and others."""
    return any(set(roles) < form for form in _forms())


def is_brief(roles: Iterable[str]) -> bool:
    """Whether some columns are those of a brief table, though others have more."""
    return set(roles) in map(set, data()["forms"]["brief"])


@cache
def _forms() -> list[set[str]]:
    return [set(form) for form in orders()]

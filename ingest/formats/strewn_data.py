"""Weights and words by which tables are put together again (`strewn.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ontology import search_key


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

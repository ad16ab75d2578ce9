"""The classes of words of `classes.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads(files("ingest.words").joinpath("classes.toml").read_text(encoding="utf-8"))


def words(name: str) -> frozenset[str]:
    """One class of words, folded."""
    return frozenset(_data()[name])

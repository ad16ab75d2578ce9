"""How kinds, relations and levels of proof look and are called: the data of ``assets/style.toml``, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from ontology import Kind, Proof, Relation

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="-1 -1 16 16">'
    '<path d="{path}" fill="{colour}" fill-rule="evenodd" stroke="#1a1a1a" stroke-width=".8"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Style:
    """The tables of the style file, by value of the enums they belong to, in the order of the file."""

    kinds: dict[str, dict[str, Any]]
    relations: dict[str, dict[str, Any]]
    proofs: dict[str, dict[str, Any]]


def asset(name: str) -> str:
    """The text of a file of ``assets``, with line ends as one line feed (hashes are taken of it)."""
    return files("viz").joinpath("assets", *name.split("/")).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def style() -> Style:
    """All that the style file says.

    Raises:
        KeyError: a kind, a relation or a level of proof has no style.
    """
    tables = tomllib.loads(asset("style.toml"))
    shown = [proof for proof in Proof if proof is not Proof.THEME]
    for name, members in (("kinds", Kind), ("relations", Relation), ("proofs", shown)):
        if missing := {str(member) for member in members} - set(tables[name]):
            raise KeyError(f"style.toml: {name}: {sorted(missing)}")
    return Style(tables["kinds"], tables["relations"], tables["proofs"])


def icon_uri(kind: str) -> str:
    """The shape of a kind as the address of an image that holds itself."""
    look = style().kinds[kind]
    return "data:image/svg+xml," + quote(_ICON.format(path=look["path"], colour=look["colour"]))

"""Text of the form itself: instructions, letterheads, fields left empty; recognised by the words of `template.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from ontology import Reason, fold

_EMPTY = re.compile(r"^[\W_]*$")
_DOTS = re.compile(r"^[\s.…_–-]*$")
_ADDRESS = re.compile(
    r"^\W*+(?:(?:https?://|www\.)\S++|(?:[^\W\d]|[.-])*+\d[\w.-]*\.\w+\?\S[^\s=]*=\S*+)\W*$", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?\d{1,3}(?:\s*(?:/|sur)\s*\d{1,3})?\W*$", re.IGNORECASE)
_ANSWERED = re.compile(r"^[^:.;]{2,60}\s:\s*([^:]+)$")
_CONTINUED_WORDS = 40
_REFERRING_WORDS = 7


@cache
def _data() -> dict[str, tuple[str, ...]]:
    raw = tomllib.loads(files("ingest.words").joinpath("template.toml").read_text(encoding="utf-8"))
    return {name: tuple(filter(None, map(fold, phrases))) for name, phrases in raw.items()}


@lru_cache(maxsize=8192)
def reason_aside(text: str) -> Reason | None:
    """Why a passage says nothing of its own; None where it does.

    >>> reason_aside("■ Rappel des critères :")
    <Reason.TEMPLATE: 'texte de la trame'>
    """
    if _DOTS.match(text) or _EMPTY.match(text):
        return Reason.EMPTY
    if is_address(text):
        return Reason.LINK
    folded = fold(text)
    data = _data()
    field = _ANSWERED.match(text)
    if folded in data["placeholders"] or (field and fold(field[1]) in data["placeholders"]):
        return Reason.PLACEHOLDER
    if folded in data["furniture"]:
        return Reason.DECORATION
    if (
        any(f"{folded} ".startswith(f"{begin} ") for begin in data["refers"])
        and len(folded.split()) <= _REFERRING_WORDS
    ):
        return Reason.REFERENCE
    if folded.startswith(data["begins"]):
        return Reason.TEMPLATE
    if any(begin in folded for begin in data["continues"]) and len(folded.split()) < _CONTINUED_WORDS:
        return Reason.TEMPLATE
    return None


def is_address(text: str) -> bool:
    """Whether a line is a web address, or what is left of one broken over two lines."""
    return bool(_ADDRESS.match(text))


def is_page_number(text: str) -> bool:
    """Whether a line only numbers a page."""
    return bool(_PAGE_NUMBER.match(text))

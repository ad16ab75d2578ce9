"""Names of columns that say nothing more, told from words of cells that only begin as a name does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.words.phrases import header_key, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTICIPLE = re.compile(r"(?:ee?|is|its?|us?|ant|if|ive|al|el|elle)$")  # folded and in the singular
_BRACKETS = re.compile(r"\s?\([^()]*(?:\)|$)")  # "Indicateur(s)", "Actions (comment)"
_ARTICLE = re.compile(r"^(?:les?|la|l|des?) (?!plus|moin)")
_TO_DO = 2  # words that say what is to be done with what a header names: "à creuser"
_LONGEST_QUESTION = 4  # words of a header that a single word of it tells


def is_bare_name(header: str) -> bool:
    """Whether a header is the name of a column and hardly more.

    >>> is_bare_name("Besoins exprimés"), is_bare_name("Comment mesurer le succès ?"), is_bare_name("Besoin de temps")
    (True, True, False)
    """
    key = _ARTICLE.sub("", header_key(_BRACKETS.sub("", header)))
    told = [found[1] for section in ("roles", "columns", "whole") if (found := phrases(section).opening(key))]
    if not told:
        return False
    more = key[max(map(len, told)) :].split()
    completed = (len(more) == 1 and PARTICIPLE.search(more[0])) or (len(more) == _TO_DO and more[0] == "a")
    asked = header.endswith(("?", "…")) and len(key.split()) <= _LONGEST_QUESTION
    return asked or any(" " in name for name in told) or not more or bool(completed)


def mostly_bare(headers: Sequence[str]) -> bool:
    """Whether half of some headers at least are names of columns and hardly more: else they are words of cells."""
    return sum(map(is_bare_name, headers)) * 2 >= len(headers)

"""Values of a graph as words that the page can hold."""

from __future__ import annotations

import re

from ontology import ID

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def one_line(value: object) -> str:
    """One line of text that UTF-8 can hold."""
    if value is None:
        return ""
    return " ".join(_CONTROL.sub("", str(value)).split()).encode("utf-8", "replace").decode("utf-8")


def short(key: str) -> str:
    """An identifier without the part that all of ours share."""
    return str(key).removeprefix(ID)

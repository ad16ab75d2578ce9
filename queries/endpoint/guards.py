"""What the service and the commands refuse of a query's text."""

from __future__ import annotations

import re

from graph.syntax import prologue, syntax_error, uses

__all__ = ["is_update", "syntax_error", "uses"]

_UPDATE = re.compile(r"(?:insert|delete|with|load|clear|drop|create|add|move|copy)(?![\w:])", re.IGNORECASE)


def is_update(text: str) -> bool:
    r"""Whether a text that is no query begins as an update does.

    >>> is_update("PREFIX ex: <urn:ex:> # hello\n INSERT DATA { ex:a ex:b ex:c }")
    True
    """
    return _UPDATE.match(prologue(text)[1]) is not None

"""How rows refer to the experiences told above them: by their numbers."""

from __future__ import annotations

import re

from ontology import fold

_NUMBER = r"(\d{1,2}(?:\s*(?:bis|ter))?|(?-i:[A-H]))"
_NUMBERED = re.compile(rf"^(?:retex|exp[ée]rience|fiche|t[ée]moignage)?\s*(?:n\s*°?\s*)?{_NUMBER}$", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[,;/&+]|\bet\b|\bou\b|\bpuis\b)\s*", re.IGNORECASE)
_OWN = re.compile(rf"\W*(?:retex|exp[ée]rience|t[ée]moignage)\s*(?:n\s*°\s*)?{_NUMBER}\b(?!['’])", re.IGNORECASE)


def experience_numbers(words: str) -> list[str]:
    """The numbers of the experiences that a cell refers to: "1, 2", "RETEX 3 bis"; none for a cell that names one."""
    parts = [part for part in _LISTED.split(words.strip(" .;,")) if part]
    matches = [_NUMBERED.match(part.strip()) for part in parts]
    return [_number(match[1]) for match in matches if match] if parts and all(matches) else []


def _number(text: str) -> str:
    return fold(text).replace(" ", "")


def own_number(title: str) -> str:
    """The number of the experience that a title names; empty for one without."""
    match = _OWN.match(title)
    return _number(match[1]) if match else ""

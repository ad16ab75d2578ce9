"""Abbreviations of the field, spelt out for the language model (`abbreviations.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


def spelt_out(text: str) -> str:
    """The text with plain words in place of its abbreviations.

    >>> spelt_out("former l’ien à l’ENT")
    'former l’inspecteur de l’éducation nationale à l’espace numérique de travail'
    >>> spelt_out("AVEC LES ÉLÈVES"), spelt_out("oser l’AVEC")
    ('AVEC LES ÉLÈVES', 'oser l’appareils personnels des élèves')
    """
    always, capitals = _known()
    if not text.isupper():
        text = _pattern("capitals").sub(lambda found: capitals[found[0]], text)
    return _pattern("always").sub(lambda found: always[found[0].lower()], text)


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    said = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return said["always"], said["capitals"]


@cache
def _pattern(section: str) -> re.Pattern[str]:
    always, capitals = _known()
    words = {"always": always, "capitals": capitals}[section]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE if section == "always" else 0)

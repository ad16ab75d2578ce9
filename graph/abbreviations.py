"""Shorthand, familiar words and the field's abbreviations in plain words (`shorthand.txt`, `abbreviations.toml`)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ontology import fold

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(rf"{_LETTERS.pattern}\.?")


def in_full(text: str) -> str:
    """The text with plain words in place of shorthand and of familiar words.

    >>> in_full("Form. des profs ds les étabs")
    'formation des professeurs dans les établissements'
    """
    known = _shorthand()
    if known.keys().isdisjoint(_LETTERS.findall(text.lower())):
        return text
    return _WORD.sub(lambda found: known.get(found[0].rstrip(".").lower(), found[0]), text)


def spelt_out(text: str) -> str:
    """The text with plain words in place of its abbreviations too, as the language model reads it.

    >>> spelt_out("former l’ien à l’ENT")
    'former l’inspecteur de l’éducation nationale à l’espace numérique de travail'
    >>> spelt_out("AVEC LES ÉLÈVES"), spelt_out("oser l’AVEC")
    ('AVEC LES ÉLÈVES', 'oser l’appareils personnels des élèves')
    """
    always, capitals = _known()
    if not text.isupper():
        text = _pattern("capitals").sub(lambda found: capitals[found[0]], text)
    return in_full(_pattern("always").sub(lambda found: always[found[0].lower()], text))


@cache
def _shorthand() -> dict[str, str]:
    """Plain words by shorthand, with its accents and without."""
    lines = Path(__file__).with_name("shorthand.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" = ") for line in lines if line and not line.startswith("#")]
    return {short: plain for said, plain in pairs for short in (fold(said), said)}


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    import tomllib  # a search by words alone does without

    said = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return said["always"], said["capitals"]


@cache
def _pattern(section: str) -> re.Pattern[str]:
    always, capitals = _known()
    words = {"always": always, "capitals": capitals}[section]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE if section == "always" else 0)

"""What a title tells besides the phrase that it opens with: wholly a name, a question of few words, an announcement."""

from __future__ import annotations

import re

from ingest.words.classes import words
from ingest.words.phrases import header_key, phrases
from ontology import fold

_THEME_NUMBER = re.compile(
    r"^\W*(?:(?i:th[ée]matique|th[èe]me|axe th[ée]matique)\s*)?(?:(?i:n\s?°|#)\s?)?"
    r"(\d|[A-H]|[IVX]{1,4})(?:\s*$|\s?[.)/:–—-])"
)
_BRACKETS = re.compile(r"\(([^()]{3,30})\)\s*:?\s*$")
_LONGEST_ASKING = 9  # words of such a title that is a question
_SHORT_ASKING = 6  # words of a title that only an interrogative word tells
_LAST_WORDS = 3  # of a line that announces what follows
_POINTING = words("pointing")
_COUNTING = words("counting")
_VAGUE = words("vague") | {"comment"}


def asking(title: str) -> str | None:
    """What a short title tells by its first word: "Qui s’en occupe", "Comment saurons-nous que … ?", "Une idée ?"."""
    words = len(title.split())
    asking = phrases("asking").opening(title)
    asks, met = title.rstrip().endswith("?"), phrases("session_asked").opening(title)
    if asking and met and len(met[1]) > len(asking[1]):
        return None  # "Qui anime" asks of the meeting
    if asking and words <= _LONGEST_ASKING and (not asks or " " in asking[1]) and (asks or words <= _SHORT_ASKING):
        return asking[0]
    named = phrases("columns").opening(bare(header_key(title))) if asks and words <= _SHORT_ASKING else None
    if named and named[0] == "experience":
        return None
    return named[0] if named and not phrases("asking").opening(named[1]) and named[1] not in _VAGUE else None


def bare(key: str) -> str:
    """The words of a title without those that only count or point: "Trois risques", "Nos idées"."""
    words = key.split()
    while len(words) > 1 and words[0] in _POINTING:
        words = words[1:]
    return " ".join(words)


def alone(title: str) -> tuple[str, int] | None:
    """What a title says that is wholly the name of a column: "Constats", "Qui ?"."""
    key = header_key(title)
    whole = phrases("whole").opening(key)
    if whole is not None and whole[1] == key:
        return whole[0], 0
    found = phrases("columns").opening(key)
    if found is not None and found[0] == "experience" and title.rstrip().endswith("?"):
        return None  # "Quels sont vos projets ?" asks, and tells of none
    if found is None or found[1] != key:
        key = bare(key)
        found = phrases("columns").opening(key)
    alone = found is not None and found[1] == key and phrases("session").opening(key) is None
    return (found[0], 0) if found and alone else None


def announced(title: str) -> str:
    """What a long title announces at its end: "… sur les étapes suivantes", "Pour y répondre, le groupe propose :"."""
    words = title.rstrip(" :").split()
    if words and (fold(words[-1]).startswith(("suivant", "ci")) or title.rstrip().endswith(":")):
        return " ".join(words[-_LAST_WORDS:])
    return ""


def announces(title: str) -> tuple[str, int] | None:
    """What the verb says that ends a line before a colon."""
    if not title.rstrip().endswith(":"):
        return None
    opened = phrases("announcing").opening(title)
    return (opened[0], 0) if opened else phrases("announcing").first(announced(title)) or _counted(title)


def _counted(title: str) -> tuple[str, int] | None:
    """What a sentence before a colon announces some of: "Le groupe retient deux leviers pour le département :"."""
    key = header_key(title)
    for phrase, start, place in phrases("roles").within(key):
        if place > 0 and key[:start].split()[-1] in _COUNTING:
            return phrases("roles").names[phrase], 0
    return None


def in_brackets(title: str) -> str | None:
    """What a title calls by its name in the brackets that end it: "Idées les plus soutenues (leviers)"."""
    inside = _BRACKETS.search(title)
    found = phrases("roles").opening(inside[1]) if inside else None
    return found[0] if found and inside and found[1] == header_key(inside[1]) else None


def theme_number(words: str) -> str:
    """The number by which a title or a cell calls a theme, "" where it has none.

    >>> theme_number("Thématique N°2 : Travailler ensemble"), theme_number("B"), theme_number("Thème III")
    ('2', 'B', 'III')
    """
    match = _THEME_NUMBER.match(words)
    return match[1] if match else ""

"""The words of printed lines: what a line calls for, how wide it is, how lines are joined."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS
from ingest.formats.strewn_data import forms_of, words_of
from ingest.tables.widths import em
from ingest.words.wording import is_infinitive, is_seen
from ontology import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_BARE = re.compile(rf"^(?:\s|[{BULLETS}·])*$")
_CLOSES = (".", "!", "?", "…")
_VOWELS = frozenset("aeiou")
_PLURALS = ("s", "x", "z")
_VERBAL = ("ant", "ent")
_SHORTEST_NOUN = 4  # letters of a word that tells its number
_SHORT = 2  # letters of the end of a word
_SOFT = "\u00ad"  # a hyphen that is only there where a line ends
_HYPHENS = ("-", "‑", _SOFT)


def is_bare(text: str) -> bool:
    """Whether a line holds bullets only."""
    return bool(_BARE.match(text))


def joined(lines: Sequence[str], known: frozenset[str] = frozenset(), wide: float = math.inf) -> str:
    """Printed lines as one; a hyphen at the end of a line stays, but a known word that was broken is made whole.

    So is one that was wider than its column.

    Args:
        lines: as printed.
        known: words that stand whole somewhere.
        wide: the width of the column, in ems.

    >>> joined(["Saint-", "Nazaire et", "le rés", "eau des sec-", "tions"], frozenset({"réseau", "sections"}))
    'Saint-Nazaire et le réseau des sections'
    """
    said = above = ""
    for line in lines:
        part = line.strip()
        hyphen = said.endswith(_HYPHENS) and said[-2:-1].isalnum() and part[:1].isalnum()
        if hyphen and (said.endswith(_SOFT) or _syllable(said, part, known)):
            said = said[:-1]
        broken = _broken(said, part, known) or _cut(above, part, known, wide)
        said += part if hyphen or not said or broken else f" {part}"
        above = part
    return said


def _syllable(before: str, after: str, known: frozenset[str]) -> bool:
    """Whether the hyphen that ends a line only parts a word that stands whole elsewhere."""
    word = bare_word(before.rsplit(maxsplit=1)[-1])
    other = bare_word(after.split(maxsplit=1)[0])
    return word[:-1] + other in known and word + other not in known


def _broken(before: str, after: str, known: frozenset[str]) -> bool:
    """Whether the last word of a line goes on in the next line, without a hyphen."""
    if not known or not before[-1:].isalpha() or not after[:1].islower():
        return False
    one, other = (bare_word(before.rsplit(maxsplit=1)[-1]), bare_word(after.split(maxsplit=1)[0]))
    return one + other in known and not (one in known and other in known and len(other) > 2)


def _cut(above: str, part: str, known: frozenset[str], wide: float) -> bool:
    """Whether the only word of a line fills its column and goes on in the next line."""
    if not above[-1:].isalpha() or " " in above or not part[:1].islower() or width(above + part[0]) <= wide:
        return False
    one, other = bare_word(above), bare_word(part.split(maxsplit=1)[0])
    return not _is_word(other, known) and (not _is_word(one, known) or len(other) <= _SHORT)


def _is_word(letters: str, known: frozenset[str]) -> bool:
    """Whether some letters are a word that is known, or that passages were seen to hold."""
    return letters in known or letters in words_of("unfinished") or is_seen(letters)


def bare_word(word: str) -> str:
    """A word without the signs around it and without what is elided before it."""
    return re.split(r"[’']", word.strip(".,;:()«»!?").lower())[-1]


@lru_cache(maxsize=4096)
def unfinished(line: str) -> bool:
    """Whether a line calls for more words.

    >>> unfinished("Accès à la"), unfinished("Accès, "), unfinished("Accès au réseau")
    (True, True, False)
    """
    words = fold(line).split()
    opened = line.count("(") > line.count(")") or line.count("«") > line.count("»")
    return bool(words) and (
        words[-1] in words_of("unfinished") or opened or line.rstrip().endswith((",", ":", "’", "-", "/"))
    )


@lru_cache(maxsize=16384)
def clashes(line: str, text: str) -> bool:
    """Whether a text can hardly go on with a line, by the sound or the number that the last word of the line calls for.

    >>> clashes("La mise en page des", "anciens documents"), clashes("La mise en page des", "bureautique au")
    (False, True)
    >>> clashes("Un accompagnement au", "usage"), clashes("Un accompagnement au", "temps")
    (True, False)
    """
    last, first = line.split()[-1:], text.split()[:1]
    if not last or not first or not first[0][:1].islower():
        return False
    said, word = last[0].lower(), fold(bare_word(first[0]))  # "dès" is not "des"
    if said in forms_of("elided") and fold(first[0])[:1] in _VOWELS and word not in forms_of("unelided"):
        return True
    if len(word) < _SHORTEST_NOUN or not word.isalpha() or word in forms_of("invariable"):
        return False
    if word.endswith(_PLURALS):
        return said in forms_of("one")
    return said in forms_of("several") and not (is_infinitive(word) or word.endswith(_VERBAL))


def ended(line: str) -> bool:
    """Whether a line ends a sentence."""
    return line.rstrip().endswith(_CLOSES)


@lru_cache(maxsize=4096)
def width(line: str) -> float:
    """Width of a line, in ems."""
    return em(line)

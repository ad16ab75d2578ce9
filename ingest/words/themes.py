"""Themes in words of a report's own: « apprendre et enseigner grâce au numérique »."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ingest.words.headers import title_role
from ingest.words.phrases import words_of
from ontology import fold
from ontology.vocabulary import find_theme, themes

if TYPE_CHECKING:
    from ontology.vocabulary import Theme

_ANNOUNCED = re.compile(
    r"^\W*(?:th[ée]matique|th[èe]me|axe th[ée]matique|atelier|volet|partie)\s+(?:n\s?°\s?)?"
    r"(?:\d{1,2}|[A-H]|[IVX]{1,4})\b"
    r"|^\W*(?:th[ée]matique|th[èe]me)\s*[:–—-]",
    re.IGNORECASE,
)
_LONGEST = 14  # words
_SURE = 2  # words of one theme, where nothing announces it


@lru_cache(maxsize=2048)
def theme_of(words: str, *, announced: bool = False) -> Theme | None:
    """The theme that a title or a field names, by its name or by words that only one theme has.

    Args:
        words: the title, or what was written in the field.
        announced: they stand where a theme is asked for.

    >>> theme_of("Thème B : apprendre et enseigner grâce au numérique").label
    'Enseigner et apprendre avec le numérique'
    """
    if theme := find_theme(words):
        return theme
    said = fold(words).split()
    sure = announced or _ANNOUNCED.match(words) is not None
    if len(said) > _LONGEST or words.rstrip().endswith("?"):
        return None
    hits = Counter(key for key, _ in {(match.lastgroup or "", match[0]) for match in _stems().finditer(" ".join(said))})
    (best, most), (_, next_) = (*hits.most_common(2), ("", 0), ("", 0))[:2]
    if most == next_ or (not sure and (most < _SURE or next_ or title_role(words) is not None)):
        return None
    return next(theme for theme in themes() if theme.id.endswith("/" + best.replace("_", "-")))


@cache
def _stems() -> re.Pattern[str]:
    """The beginnings of words, each theme's in a group that has its name."""
    named = words_of("themes").items()
    return re.compile(
        "|".join(rf"(?P<{key.replace('-', '_')}>\b(?:{'|'.join(map(fold, said))}))" for key, said in named)
    )

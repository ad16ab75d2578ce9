"""The labels of themes, as narrow columns break them."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import accumulate

from ontology import fold
from ontology.vocabulary import find_theme, themes

_LONGEST_LABEL = 120  # characters


@cache
def _labels() -> dict[str, frozenset[int]]:
    """The letters of every label of a theme, with and without the article that opens it, and where its words end."""
    said = {fold(name) for theme in themes() for name in (theme.label, *theme.alts)}
    said |= {name.split(" ", 1)[1] for name in said if name.split(" ", 1)[0] in {"un", "l", "le", "la"}}
    return dict(sorted(map(_lettered, said)))


def _lettered(words: str) -> tuple[str, frozenset[int]]:
    """Some words without spaces, and where each of them ends."""
    said = words.split()
    return "".join(said), frozenset(accumulate(map(len, said)))


@lru_cache(maxsize=16384)
def theme_state(before: str, text: str) -> bool | None:
    """Whether the words of a label, told so far and further, make it whole; None where they are no label's.

    More spaces count for nothing: narrow columns break words.

    >>> theme_state("", "Égal accès au"), theme_state("Égal accès au", "numériq"), theme_state("", "Égal réseau")
    (False, False, None)
    """
    if len(before) + len(text) > _LONGEST_LABEL:
        return None
    words = fold(f"{before} {text}")
    letters, ends = _lettered(words)
    if not letters:
        return None
    fits = [
        label
        for label, parts in _labels().items()
        if label.startswith(letters) and all(end in ends for end in parts if end < len(letters))
    ]
    if fits:
        return letters in fits
    theme = find_theme(words)
    known = theme is not None and is_thematic(text) and len(words.split()) <= len(fold(theme.label).split()) + 2
    return True if known and (not before or theme_state("", before) is False) else None


@lru_cache(maxsize=4096)
def is_thematic(text: str) -> bool:
    """Whether a text stands, letter by letter, in the label of a theme."""
    letters = fold(text).replace(" ", "")
    return bool(letters) and any(letters in label for label in _labels())


@lru_cache(maxsize=4096)
def label_end(text: str) -> int:
    """Where the whole label of a theme ends that opens a line and more words follow on it; 0 where none does.

    >>> label_end("Égal accès au numérique un équipement par élève")
    23
    """
    words = text.split()
    if (
        not words
        or theme_state("", text) is not None
        or not any(label.startswith(fold(words[0]).replace(" ", "")) for label in _labels())
    ):
        return 0
    for count in range(len(words) - 1, 0, -1):
        said = " ".join(words[:count])
        if len(said) <= _LONGEST_LABEL and fold(said).replace(" ", "") in _labels():
            return len(said)
    return 0

"""The items of a list on one line: parted by semicolons, or by commas where each is a few words."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.words.classes import words
from ontology import Span, fold

_MARKUP = re.compile(r"[<>{}]|&#?\w+;")
_SLASH = re.compile(r"(?<=\s)[/|](?=\s)")
_ARTICLES = words("articles")
# What only adds to the words before a comma.
_ADDS = words("adding")
_INFINITIVE = re.compile(r"[a-z]{2,}(?:er|ir|oir|dre|tre|vre)")
_LONGEST_PART = 9  # words of a part that begins with an article or an infinitive
_LEAST_PARTS, _PART_WORDS = 3, 5  # of a list that commas part


def parted(text: str, span: Span, *, commas: bool = True, pairs: bool = True) -> list[Span]:
    """The items of a list on one line, parted by semicolons; by ``commas`` where each part is a few words.

    Args:
        text: what the span is of.
        span: the line.
        commas: they may part items.
        pairs: one comma may part two.
    """
    passage = span.of(text)
    marks = [match.start() for match in re.finditer(";", passage) if not _inside(passage, match.start())]
    if not marks:
        slashes = [match.start() for match in _SLASH.finditer(passage) if not _inside(passage, match.start())]
        marks = slashes if (commas and pairs) or _apart(passage, slashes) else []
    if _MARKUP.search(passage) or not (marks or commas):
        return [span]
    if not marks:
        return _by_commas(passage, span, pairs=pairs)
    edges = [-1, *marks, len(passage)]
    return [Span(span.start + one + 1, span.start + other) for one, other in pairwise(edges)]


def _apart(passage: str, marks: list[int]) -> bool:
    """Whether marks part items that each begin with a capital and have several words."""
    parts = [passage[one + 1 : other].split() for one, other in pairwise([-1, *marks, len(passage)])]
    return all(len(part) > 1 and part[0][0].isupper() for part in parts)


def _by_commas(passage: str, span: Span, *, pairs: bool) -> list[Span]:
    """The items that commas part, the last two by "et"; one where they are long, or only complete the first."""
    commas = [one.span() for one in re.finditer(r",(?:\s+et\b)?", passage) if not _inside(passage, one.start())]
    last = [match.span() for match in re.finditer(r"\bet\b", passage) if commas and match.start() > commas[-1][1]]
    for cuts in ([*commas, *last] if len(last) == 1 else [], commas):
        edges = zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(passage)], strict=True)
        pieces = [Span(span.start + one, span.start + other) for one, other in edges]
        words = [passage[piece.start - span.start : piece.end - span.start].split() for piece in pieces]
        short = all(part and len(part) <= _PART_WORDS for part in words)
        short = short or all(part and len(part) <= _LONGEST_PART and _names(part[0]) for part in words)
        if not (short and _enough(words, pairs=pairs)):
            continue
        if _completes(words[0][0]) or not any(_completes(part[0]) for part in words[1:]):
            return pieces
    return [span]


def _enough(parts: list[list[str]], *, pairs: bool) -> bool:
    """Whether there are enough parts to be a list: two of them are alike, and the second adds nothing to the first."""
    if len(parts) != _LEAST_PARTS - 1 or not pairs:
        return len(parts) >= _LEAST_PARTS
    (one, *_), (other, *_) = (fold(" ".join(part)).split() or [""] for part in parts)
    alike = (one in _ARTICLES) == (other in _ARTICLES) or (one in _ARTICLES and _names(other)) or other in {"un", "une"}
    return alike and other not in _ADDS and min(map(len, parts)) > 1


def _names(word: str) -> bool:
    """Whether a word opens a part that stands by itself: an article or an infinitive."""
    first = (fold(word).split() or [""])[0]
    return first in _ARTICLES or bool(_INFINITIVE.fullmatch(first))


def _completes(word: str) -> bool:
    """Whether a word only completes a noun before it: "des élèves, des parents"."""
    return fold(word).split()[:1] in (["de"], ["des"], ["du"], ["d"], ["au"], ["aux"])


def _inside(passage: str, place: int) -> bool:
    return passage.count("(", 0, place) > passage.count(")", 0, place)

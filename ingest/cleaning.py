"""From a passage as printed to the words it says; and from a passage to its own edges."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from ontology import Span, without_tags

BULLETS = "▶►▸▪■□●•◦○◆◇‣⁃➢➔➤✓✔❖⮚"
_BULLET = re.compile(rf"[{BULLETS}]")
_LINE_HYPHEN = re.compile(r"(?<=\w)([-‑])[ \t]*\n\s*(?=\w)")
_SOFT_HYPHEN = re.compile(r"\xad(?:[ \t]*\n\s*(?=\w))?")
_OPENING = re.compile(
    rf"(?:\s|[{BULLETS}]|<(?!/?(?:sup|sub)\b)[^<>]*>|[*_]{{1,3}}(?=\S)|(?:[-–—→·](?=\s|→))|#{{1,6}}(?=\s)|\d{{1,2}}\s?\)(?=\s|\.)|\.{{2,}})+"
)
_CLOSING = re.compile(
    rf"(?:(?<=\?)\s*:|\s|[{BULLETS}]|<(?!/?(?:sup|sub)\b)[^<>]*>|(?<=\S)[*_]{{1,3}}(?![^\W\d_])|\.{{4,}})+"
)
_STARS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.{1,2000}?)(?<=\S)\1(?!\w)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")  # controls, bidi marks
_MARK = re.compile(r"(?<=\S)\s*\n\s*[-–*]\s+(?:→\s+)?|(^|\s)[-–]\s*→\s+|(^|\s)→\s+(?=[A-ZÀ-Ý])")


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    r"""The words of a passage: spaces joined, bullets and markup removed, typos kept.

    >>> clean("▶ L'ENT du 1<sup>er</sup>\n degré : <b>co-</b>\nworking par sec\xad\ntion ")
    "L'ENT du 1er degré : co-working par section"
    """
    text = without_tags(text)
    if "&" in text:
        text = html.unescape(text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _STARS.sub(r"\2", text).replace("**", "")
    if not text.isprintable():  # line ends, soft hyphens, controls
        text = _LINE_HYPHEN.sub(r"\1", _SOFT_HYPHEN.sub("", _UNSEEN.sub("", text)))
    return " ".join(_MARK.sub(" ", _BULLET.sub(" ", text)).split())


def trim(text: str, span: Span) -> Span:
    """The span without the spaces, bullets and tags at its two ends; empty where nothing else is left.

    >>> trim("<li>▶ Zones blanches</li>", Span(0, 25))
    Span(start=6, end=20)
    """
    passage = span.of(text)
    if passage[:1].isalpha() and passage[-1:].isalnum():
        return span
    opening = _OPENING.match(passage)
    start = opening.end() if opening else 0
    end = len(passage)
    first = start if "<" in passage else max(start, _last_word(passage))  # only a tag has letters
    for run in _CLOSING.finditer(passage, first):  # a search for the end would try each sign of every run
        if run.end() == len(passage):
            end = run.start()
    return Span(span.start + start, span.start + max(start, end))


def _last_word(text: str) -> int:
    """The end of the last letter or digit."""
    end = len(text)
    while end and not text[end - 1].isalnum():
        end -= 1
    return end

"""What an item says at its end of who and when, without a label: "Recenser les besoins (ERUN, avant Noël)"."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.actors.scan import spot
from ingest.cleaning import clean
from ingest.prose.entries import fits
from ingest.words.headers import Role
from ontology import Kind

_BRACKETS = re.compile(r"[(\[]([^()\[\]]{3,90})[)\]][\s.;*_]{0,9}$")
_MARKS = re.compile(r"\s*[,;/|]\s+|\s+[–—-]\s+|\s*:\s+")
_DASHES = re.compile(r"(?<=\s)[–—|/-](?=\s)")
_COMMAS = re.compile(r"\s*[,;]\s+|\s+[–—-]\s+")
_LONGEST = 90  # letters of a tail
_BRIEF = 6  # words of a date
_LEAST = 2  # who and when: one alone may be part of what is said


def tail_of(text: str) -> tuple[int, list[tuple[Role, int, int]]] | None:
    """Where the words end that a tail follows, and its parts, each with its role, where it begins and ends.

    None where the end of the text does not tell both who and when.
    """
    text = text.rstrip()
    if match := _BRACKETS.search(text):
        start, end = match.span(1)
        marks = [mark.span() for mark in _MARKS.finditer(text, start, end)]
        edges = [(start, start), *marks, (end, end)]
        return _told(match.start(), [(one, other) for (_, one), (other, _) in pairwise(edges)], text)
    marks = [mark.span() for mark in _DASHES.finditer(text)]
    if len(marks) < _LEAST:
        return _behind_colon(text)
    ends = [*(one for one, _ in marks[1:]), len(text)]
    parts = [(other, end) for (_, other), end in zip(marks, ends, strict=True)]
    return _told(marks[-_LEAST][0], parts[-_LEAST:], text)


def _behind_colon(text: str) -> tuple[int, list[tuple[Role, int, int]]] | None:
    """A tail behind a colon: "Recenser les besoins : ERUN, avant Noël"."""
    start, end = text.rfind(":"), len(text)
    if start < 0 or end - start > _LONGEST:
        return None
    commas = [mark.span() for mark in _COMMAS.finditer(text, start + 1, end)]
    edges = [(start, start + 1), *commas, (end, end)]
    return _told(start, [(one, other) for (_, one), (other, _) in pairwise(edges)], text) if commas else None


def _told(end: int, parts: list[tuple[int, int]], text: str) -> tuple[int, list[tuple[Role, int, int]]] | None:
    found: list[tuple[Role, int, int]] = []
    for one, other in parts:
        role = _role(clean(text[one:other]).strip(" .;"))
        if role is None:
            return None
        if found and found[-1][0] is role is Role.ACTOR:
            found[-1] = (role, found[-1][1], other)  # "l’IEN, les maires" is one cell
        else:
            found.append((role, one, other))
    return (end, found) if {role for role, *_ in found} == {Role.ACTOR, Role.TIMEFRAME} else None


def _role(words: str) -> Role | None:
    who = spot(words, cell=True)
    if who.actors and not (who.left or who.unknown):
        return Role.ACTOR
    brief = 0 < len(words.split()) <= _BRIEF
    return Role.TIMEFRAME if brief and not who.actors and fits(words, Kind.TIMEFRAME) else None

"""Bullets and numbers that open lines, and what a number opens: an item, or a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS
from ingest.prose.field_labels import label_alone
from ingest.tables.run_on import can_end
from ingest.words import classes
from ingest.words.headers import is_section, title_role
from ingest.words.phrases import header_key, phrases, told_by_stem
from ingest.words.titles import bare
from ontology import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ontology import Span

    Raw = tuple[Span, str, str]  # a line: its place, as printed, its words

MARKED = re.compile(
    rf"^\s*(?:[{BULLETS}]|[-–—*+](?=\s|$|→)|[-–](?=[A-ZÀ-Ý«])|\*(?=[^\W\d_][^*]*$)|[→>.](?=\s)|\?(?=\s+[A-ZÀ-Ý])"
    r"|o(?=\s)|\d{1,2}\s?\)(?=\s|\.|$)|[a-z]\)(?=\s)|[ivx]{1,4}\)(?=\s))"
)
COUNTED = re.compile(  # an item, or a title
    r"^\s*(?:\d{1,2}\s?[.°/](?=\s)|\d{1,2}\s?[-–](?=\s+[^\W\d])|[A-Z]\d{1,2}\s?[.)](?=\s)|[a-hivx][./](?=\s)|[ivx]{1,4}[./](?=\s))"
)
_BRACKET = re.compile(r"^\s*\d{1,2}\s?\)")
_CLOSING = re.compile(r"^\s*\w{1,2}\s?\)")
_LEAST_ASKED = 3  # words
_FULL = 50  # characters of a line that a page may break
_CALLED = [[article] for article in classes.words("articles")]


def mark_of(text: str) -> int:
    """How many characters of a line its bullet or its number takes."""
    match = MARKED.match(text) or COUNTED.match(text)
    return match.end() if match else 0


def goes_on(raw: Sequence[Raw], place: int) -> bool:
    """Whether a numbered line stands right before or after another one, as items do and titles do not."""
    words = raw[place][2]
    return not words.endswith(":") and not is_section(words) and any(map(COUNTED.match, _beside(raw, place)))


def _beside(raw: Sequence[Raw], place: int) -> list[str]:
    """The lines above and below one, as printed; at an end there is but one."""
    return [raw[near][1] for near in (place - 1, place + 1) if 0 <= near < len(raw)]


def names_list(raw: Sequence[Raw], place: int) -> bool:
    """Whether a numbered line is wholly the name of a list, and no numbered line stands beside it: "1) Vos freins"."""
    if not is_numbered(raw[place][1]):
        return False
    around = _beside(raw, place)
    if any(map(is_numbered, around)):
        return False
    return bool(around and around[-1].strip()) and names_alone(raw[place][2])


def asks_apart(raw: Sequence[Raw], place: int) -> bool:
    """Whether a numbered line behind a white one is a question, above another white one or the title of its answers."""
    words = raw[place][2]
    if not words.endswith("?") or len(words.split()) <= _LEAST_ASKED or not is_numbered(raw[place][1]):
        return False
    above, below = raw[place - 1][1] if place else "", raw[place + 1] if place + 1 < len(raw) else None
    titled = below is not None and not mark_of(below[1]) and title_role(below[2]) is not None
    return not above.strip() and (below is None or not below[1].strip() or titled)


def stands_below(words: str, item: str, times: int) -> bool:
    """Whether a line right below an item is the title of the next list: wholly its name, or one that comes again."""
    if not words[:1].isupper():
        return False
    called = fold(words).split()[:1] in _CALLED or all(map(can_end, item.rsplit(maxsplit=1)[-1:]))
    return times > 1 or (called and names_alone(words))


def names_alone(words: str) -> bool:
    """Whether words are wholly the name of a list, whoever it is of: "Vos freins"."""
    return (label_alone(words) or label_alone(bare(header_key(words)))) is not None


def is_numbered(text: str) -> bool:
    """Whether a number opens a line, as printed."""
    return bool(COUNTED.match(text) or _BRACKET.match(text))


def is_broken(raw: Sequence[Raw], place: int) -> bool:
    """Whether a line that tells something only by a verb goes on in the next one, as text does and no title."""
    words, below = raw[place][2], raw[place + 1][1] if place + 1 < len(raw) else ""
    full = len(words) >= _FULL and words[-1:].isalnum()
    return (
        full
        and below.lstrip()[:1].islower()
        and not mark_of(below)
        and told_by_stem(words) is not None
        and phrases("roles").first(words) is None
    )


def closes_bracket(text: str, before: str) -> bool:
    """Whether a number only closes what the line above left open: "(parmi les" / "5)"."""
    return bool(_CLOSING.match(text)) and before.count("(") > before.count(")")

"""What a list of actors says beside those that the vocabulary knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.actors.context import ACRONYMS, INFINITIVE
from ingest.actors.labels import known_acronyms
from ingest.actors.words import CAPITAL, MARK
from ontology.vocabulary import FUNCTION_WORDS, find_territory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.actors.labels import Match
    from ingest.actors.words import Token

_LONGEST_ACRONYM = 7
_LONGEST_NAME = 6  # words of an actor that the vocabulary lacks
_ACRONYM = re.compile(rf"\b[{CAPITAL}][{CAPITAL}0-9]+\b")


def unknown_acronyms(text: str, matches: Sequence[Match]) -> Iterator[str]:
    """Acronyms that no label holds, unless the text is in capitals throughout."""
    written = list(_ACRONYM.finditer(text))
    if any(is_shouted(word[0]) for word in written):
        return
    for word in written:
        known = word[0] in known_acronyms() or find_territory(word[0])
        if not known and not any(match.start <= word.start() < match.end for match in matches):
            yield word[0]


def is_shouted(word: str) -> bool:
    """Whether a word in capitals shows that the text is in capitals, and its words no acronyms."""
    return len(word) > _LONGEST_ACRONYM or (word not in ACRONYMS and word.lower() in FUNCTION_WORDS)


def is_left(token: Token, matches: Sequence[Match]) -> bool:
    """Whether a word stands outside all matches."""
    return token.word != MARK and not any(match.start <= token.start < match.end for match in matches)


def left_alone(text: str, words: Sequence[Token], dropped: frozenset[int], matches: Sequence[Match]) -> Iterator[str]:
    """What stands alone between two marks of a list and names nobody known."""
    part: list[int] = []
    depth = 0
    for place in range(len(words) + 1):
        token = words[place] if place < len(words) else None
        if token is not None and not (token.raw in {",", ";", "/", "•", "+", "&"} and depth == 0):
            depth += (token.raw == "(") - (token.raw == ")")
            part.append(place)
            continue
        if _may_name(part, words, dropped, matches):
            yield text[words[part[0]].start : words[part[-1]].end].strip()
        part = []


def _may_name(part: Sequence[int], words: Sequence[Token], dropped: frozenset[int], matches: Sequence[Match]) -> bool:
    if not 0 < len(part) <= _LONGEST_NAME or any(place in dropped or words[place].word == MARK for place in part):
        return False
    said = [words[place] for place in part]
    if any(not is_left(token, matches) for token in said) or INFINITIVE.fullmatch(said[0].word):
        return False
    if not any(token.raw[0].isalpha() for token in said) or all(token.raw[0].isupper() for token in said):
        return False  # a number, or the name of a place
    return find_territory(" ".join(token.raw for token in said)) is None

"""Sentences that tell a lack, a success, a wish or a proposal without saying so: by their negation, mood and words.

What they are is likely and not sure: the words stand in `told.toml`, under `implied`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from ingest.words.headers import Role, title_role
from ingest.words.phrases import phrases
from ingest.words.wording import costs

_LEAST_WORDS, _LONGEST = 4, 45
_NEGATED = re.compile(
    r"(?<!\w)(?:n'|ne\s+)(?!est\s+pas\s+(?:seulement|que\b)|s'agit)(?:\w+['\s]\s*){1,3}?(?:pas|plus|jamais|guere|aucune?|personne|rien)(?!\w)"
    r"|(?<!\w)(?:personne|rien|aucune?(?:\s+\w+){1,2})\s+(?:ne\s|n')"
)
_NOT_NEEDED = re.compile(r"(?<!\w)(?:ne\s+|n')(?:faut|faudra|doi\w+|dev\w+|pourr\w+)\b")
_INFINITIVE = re.compile(r"\W*(?:ne\s+(?:pas|plus)\s+)?(?:s'|se\s+|y\s+|mieux\s+)?([a-z]{3,})(?=\s|')")
_VERB = re.compile(r"[a-z]+(?:er|ir)")
_FUTURE = re.compile(r"(?<!\w)(?!sera\b|seront\b)[a-z]{2,}(?:er|ir|dr)(?:a|ont|ons)(?!\w)")
_NO_FUTURE = re.compile(r"(?<!\w)(?:faudra|pourr\w+|devr\w+|aura|auront|sera|seront)(?!\w)")
_ORDER = (Role.LEVER, Role.NEED, Role.ACTION)
_WHAT = re.compile(r"\b[Cc]e\s+(?:qui|que|qu['’]|dont)")
_SEVERAL = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|plusieurs|quelques)\s+(?:choses|points|idées|pistes|mesures|propositions|demandes"
    r"|remarques|souhaits|axes|regrets|attentes)$",
    re.IGNORECASE,
)
_ORDER_WORDS = re.compile(
    r"\W*(?:tout d'abord|d'abord|ensuite|puis|enfin|egalement|premierement|deuxiemement|troisiemement|de plus"
    r"|par ailleurs)\s*,?\s+"
)
_LONGEST_LEAD = 10  # words
_LED = {Role.IRRITANT, Role.STRENGTH, Role.NEED, Role.LEVER}
_MARKS = " *_-–—•>"
_SURE = 1.0  # nats by which the wording must tell one of two that a sentence's words tell


@lru_cache(maxsize=1024)
def flat_of(text: str) -> str:
    """A text without accents and capitals, each sign in its place; the end of a line is a space."""
    return "".join(unicodedata.normalize("NFD", sign)[0] for sign in text).lower().replace("’", "'").replace("\n", " ")


def may_say(flat: str) -> bool:
    """Whether a sentence, made flat, may tell anything of a workshop's findings."""
    return _LEAST_WORDS <= len(flat.split()) <= _LONGEST and not _cues()["neither"].search(flat)


def lead_of(passage: str) -> Role | None:
    """What a short sentence says of those behind it: "Voici ce qui nous préoccupe.", "Nous proposons trois choses."."""
    words = passage.strip(_MARKS).rstrip(" .:!")
    clause = _WHAT.search(words)
    if len(words.split()) > _LONGEST_LEAD or not (clause or _SEVERAL.search(words)):
        return None
    announced = None if clause else phrases("announcing").first(words)
    role = title_role(words[clause.start() :]) if clause else Role(announced[0]) if announced else None
    return role if role in _LED else None


def implied(flat: str, passage: str) -> Role | None:
    """What a sentence is likely to be; None where nothing in it tells.

    Args:
        flat: the sentence without accents and capitals.
        passage: as printed.
    """
    if not may_say(flat):
        return None
    if opens_verb(flat) and passage.strip(_MARKS)[:1].isupper():
        return Role.LEVER
    for role in _ORDER:
        if _cues()[role].search(flat) and not _NOT_NEEDED.search(flat):
            return role
    if _tells_future(flat, passage) and not _NO_FUTURE.search(flat) and not _NEGATED.search(flat):
        return Role.ACTION
    lacks = bool(_NEGATED.search(flat) or _cues()[Role.IRRITANT].search(flat))
    works = bool(_cues()[Role.STRENGTH].search(flat))
    if lacks and works:
        return _likelier(passage)
    return Role.IRRITANT if lacks else Role.STRENGTH if works else None


def _tells_future(flat: str, passage: str) -> bool:
    """Whether a verb of a sentence stands in the future; "suggérons" does not, by its accent."""
    return any("é" not in passage[match.start() : match.end()][-5:] for match in _FUTURE.finditer(flat))


def opens_verb(flat: str) -> bool:
    """Whether a sentence begins with an infinitive, as proposals do: "Prêter des clés"."""
    order = _ORDER_WORDS.match(flat)
    match = _INFINITIVE.match(flat, order.end() if order else 0)
    if match is None or match[1] in _opening("nouns"):
        return False
    return bool(_VERB.fullmatch(match[1])) or match[1] in _opening("verbs")


def _likelier(passage: str) -> Role | None:
    told = costs(passage, (Role.IRRITANT, Role.STRENGTH))
    bad, good = told[Role.IRRITANT], told[Role.STRENGTH]
    return None if abs(bad - good) < _SURE else Role.IRRITANT if bad < good else Role.STRENGTH


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("ingest.prose").joinpath("told.toml").read_text(encoding="utf-8"))


@cache
def _opening(name: str) -> frozenset[str]:
    """The verbs, or the nouns, of the data file."""
    return frozenset(map(flat_of, _data()["infinitives"][name]))


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    named = {**_data()["implied"], "neither": _data()["neither"]["words"]}
    return {name: _pattern(sorted(map(flat_of, phrases))) for name, phrases in named.items()}


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    parts = (r"\s+".join(map(re.escape, phrase.split())).replace(r"\*", r"\w*") for phrase in phrases)
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?:(?<=')|(?!\w))")

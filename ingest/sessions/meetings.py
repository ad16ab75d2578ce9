"""Where and how people met, in a line that tells when: "Arras, le 6 octobre 2020 – salle du conseil (en présence)"."""

from __future__ import annotations

import re

from ingest.sessions.session import dates, place_in
from ingest.sessions.ticks import is_format
from ingest.words.headers import starts_report
from ingest.words.phrases import phrases
from ontology import fold
from ontology.vocabulary import find_territory

_PARTS = re.compile(r"\s*[,;()|]\s*|\s+[-–—]\s+")
_FORMAT = re.compile(
    r"\b(?:en (?:présence|présentiel|distanciel|visio(?:conférence)?|ligne)|[àa] distance|par visio(?:conférence)?)\b",
    re.IGNORECASE,
)
_NAME = r"[A-ZÀ-Ý][\w’'-]+"
_TOWN = re.compile(rf"{_NAME}(?: (?:{_NAME}|(?:sur|sous|en|de|la|le|les|l’\w+|d’\w+)(?:-{_NAME})?)){{0,4}}")
_AT_TOWN = re.compile(r"\d\s+à\s+(" + _TOWN.pattern + r")\s*[.)]?\s*$")
_YEAR = "2000"  # any: only whether a day is told counts


def met(words: str) -> tuple[str, str]:
    """The place and the format that a line with a date tells, empty where it tells none."""
    parts = [part for part in _PARTS.split(words) if part]
    told = next(iter(_FORMAT.findall(words)), "") or next((part for part in parts if is_format(part)), "")
    places = []
    for number, part in enumerate(parts):
        bare = place_in(part)
        opening = phrases("places").opening(part)
        dated = number + 1 < len(parts) and bool(dates(parts[number + 1], _YEAR))
        town = number == 0 and dated and _TOWN.fullmatch(part) and find_territory(part) is None
        beside = number > 0 and dates(parts[number - 1], _YEAR) and _TOWN.fullmatch(part)
        hosted = beside and number + 1 < len(parts) and phrases("places").opening(parts[number + 1])
        if bare and not is_format(part) and (opening or hosted or (town and not starts_report(part))):
            places.append(bare)
    if not places and (at := _AT_TOWN.search(words)):
        places.append(at[1])
    return ", ".join(places), told


def without_format(place: str) -> str:
    """A place without the words that only tell the format."""
    return ", ".join(part for part in place.split(", ") if not is_format(part) and fold(part))

"""Which territory some words name, beside the other things that they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ontology import fold
from ontology.vocabulary import find_territory, is_within

if TYPE_CHECKING:
    from ontology.vocabulary import Territory

ACADEMY, _COUNTY = "académie", "département"
_PARTS = re.compile(r"\s[-–—|/]\s|[,;:()]|\bDSDEN\b")
_SERVICES = re.compile(
    r"direction des services(?: d[ée]partementaux)?(?: de l['’][ée]ducation nationale)?"
    r"|direction acad[ée]mique|inspection acad[ée]mique",
    re.IGNORECASE,
)
_NAMED_PLACE = re.compile(
    r"\b(?:DSDEN|[Aa]cad[ée]mie|[Dd][ée]partement|[Ii]nspection acad[ée]mique)\s+"
    r"(?:du|de\s+la|de\s+l['’]|des|de|d['’])\s*"
    r"[A-ZÀ-Ý][\w'’-]*(?:[ -](?:et|de|la|l['’]|d['’])?[\w'’-]*[A-ZÀ-Ý][\w'’-]+){0,4}"
)
_MET_IN = re.compile(
    r"\b(?i:ateliers?|rencontres?|r[ée]unions?|journ[ée]es?|s[ée]ances?|synth[èe]se|restitution|remont[ée]es?|contribution"
    r"|[ée]quipes?|coordination|assises)\s+(?:d[ée]partementale?s?\s+)?"
    r"(?:(?:du|de\s+la|des|de\s+l['’]|d['’])\s*(?!vall|rive|bord|fleuve|rivi)[a-zà-ÿ][\w-]+\s+){0,2}"
    r"(?:du|de\s+la|des|de\s+l['’])\s*([A-ZÀ-Ý].*)$"
)


def is_county(territory: Territory) -> bool:
    """Whether a name is a département's, and no town's."""
    town = fold(territory.label) in fold(territory.part_of)
    return territory.level == _COUNTY and not (territory.ambiguous or town)


def named_place(words: str) -> str:
    """The name of a place behind the word that announces one, in a longer line: "la DSDEN du Gers"; else ""."""
    found = _NAMED_PLACE.search(words)
    return found[0] if found else ""


def territory_in(words: str) -> Territory | None:
    """The territory that some words name; the département, where they name it beside its académie."""
    words = _SERVICES.sub("DSDEN", words)
    found = find_territory(words)
    if found is None:  # a name that is also a common word is one where it stands alone: "Lons-le-Saunier (Jura)"
        alone = [part for part in _PARTS.split(words) if not any(map(str.isdigit, part))]
        met_in = [match[1] for match in map(_MET_IN.search, alone) if match]
        return next(filter(None, map(find_territory, (*alone, *met_in))), None)
    if found.level != ACADEMY:
        return found
    parts = (find_territory(part) for part in _PARTS.split(words))
    inside = (part for part in parts if part and part.level == _COUNTY and is_within(part.id, found.id))
    return next(inside, found)

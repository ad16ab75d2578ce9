"""Labels in a line of text, and what they tell of the words after them: "Freins : coût ; délais", "Axe 2 : former"."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.words.headers import OF_AXIS, Role, is_section, title_role
from ingest.words.phrases import header_key, phrases

_SHORT_LABEL = 6  # words before the colon of a list on one line
_AXIS = re.compile(
    r"^((?:axe|levier|action|objectif|mesure|proposition|pr[ée]conisation|recommandation|piste|chantier|d[ée]cision|engagement|r[ée]solution|suite|id[ée]e|priorit[ée]|orientation)"
    r"(?: prioritaire| strat[ée]gique)?)\s*(?:n\s?°\s?)?(?:\d{1,2}|[A-H]|[IVX]{1,4})\s*[:.–—-]\s+\S",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^([^:;?.]{3,40}\?)\s+(?=\S)")  # "Qui doit agir ? la DANE."
_LABEL = re.compile(r"^([^:;]{3,60}?)\s*:(?!(?<=\d:)\d)\s*")  # the colon of an hour ends no label
_COUNTS = re.compile(r"\d{1,4}\s+[^\W\d_]")  # "412 réponses : …" names nothing
_SAID_OF = re.compile(
    r"(?:[—–;,(|.?]|(?<=\s)-)\s*[*_]{0,3}(?:([^\W\d_][^:;,—–()|.?]{2,25}?)\s*:|([^\W\d_][^:;,—–()|.?]{2,45}?)\s*\?)[*_]{0,3}\s*(?=\S)"
)


def label_in(words: str) -> tuple[str, int] | None:
    """The words before the colon of a line, and where those after it begin: "Public : cycle 3".

    >>> label_in("Public : cycle 3"), label_in("De 8:30 à 9 heures")
    (('Public', 9), None)
    """
    match = _LABEL.match(words)
    return (match[1], match.end()) if match else None


def label_of(words: str) -> tuple[str, Role] | None:
    """The label of a list that goes on in its line, and its role: "Freins : coût ; délais"."""
    opening, asked = label_in(words), _ASKED.match(words)
    filled = opening is not None and opening[1] < len(words)
    label = opening[0] if opening and filled else asked[1] if asked else ""
    if label.endswith("?"):
        asking = phrases("asking").opening(label)
        return (label, Role(asking[0])) if asking else None
    if (
        not label
        or len(label.split()) > _SHORT_LABEL
        or _COUNTS.match(label)
        or is_section(label)
        or phrases("session").opening(label)
    ):
        return None
    role, found = title_role(label), phrases("roles").first(label)
    if role is None and not words.endswith("?"):
        role = title_role(f"{label} :")  # "Ils regrettent : …"
    if role is None or role in {Role.EXPERIENCE, Role.QUESTION} or (found and found[1] > 1):
        return None
    return label, role


@lru_cache(maxsize=4096)
def label_alone(words: str) -> Role | None:
    """The role that some words name and say nothing else: "Freins :"."""
    key = header_key(words)
    for section in ("roles", "columns", "whole"):
        found = phrases(section).opening(words)
        if found and found[1] == key and (role := Role(found[0])).kind:
            return role
    return None


def said_of(words: str) -> list[tuple[Role, str, int, int]]:
    """What an item says of itself, in its own line: "Prêter des clés – Qui : région ; Quand : mai".

    Each is a role of `OF_AXIS`, its label, and where that begins, with the mark before it, and ends.
    """
    return [one for one in _labels_in(words) if one[0] in OF_AXIS]


def _labels_in(words: str) -> list[tuple[Role, str, int, int]]:
    found = ((_label_role(match[1], match[2]), match) for match in _SAID_OF.finditer(words))
    return [(role, match[1] or match[2], match.start(), match.end()) for role, match in found if role]


def _label_role(named: str | None, asked: str | None) -> Role | None:
    """The role that a label names, or that a question asks for: "Qui", "Comment saura-t-on que c’est fait"."""
    asking = phrases("asking").opening(asked) if asked else None
    return label_alone(named) if named else Role(asking[0]) if asking else None


def record_of(words: str) -> list[tuple[Role, str, int, int]]:
    """A line that is a whole record, field after field: "Qui : l’ERUN ; Quoi : former ; Quand : mai"; else nothing.

    Each is a role, its label, and where that begins and ends, as in `said_of`.
    """
    opening = label_in(words)
    role = label_alone(opening[0]) if opening else None
    if opening is None or role is None:
        return []
    found = [(role, opening[0], 0, opening[1]), *_labels_in(words)]
    return found if len(found) > 1 and len({one[0] for one in found}) == len(found) else []


def axis_of(words: str) -> Role | None:
    """The role of a numbered axis: "Axe 2 : Former les équipes"."""
    match = _AXIS.match(words)
    return (title_role(match[1]) or Role.LEVER) if match else None

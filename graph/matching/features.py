"""What two statements have in common, as numbers; the same whichever comes first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ontology import Kind, Table

if TYPE_CHECKING:
    from graph.matching.profile import Profile
    from graph.matching.statement import Statement

WORDING = (
    "likeness", "token_set", "token_sort", "characters", "stems", "stems_held", "roots", "roots_held", "roots_both",
    "rarest", "groups_apart", "groups_shared", "group_one", "doer_apart", "topics_apart", "topics_shared",
    "same_head", "lengths", "weight",
)  # fmt: skip
PLACE = ("axis_and_lever", "retold", "same_theme", "same_row")
MEANING = "meaning"  # centred cosine of two wordings, where the model is at hand
NAMES = (*WORDING, *PLACE, MEANING)
ORDER = ("likeness", "groups_apart", "groups_shared", "topics_apart", "topics_shared", MEANING)  # of candidates
_HEAVY = 30.0  # weight of a long sentence


def wording_features(one: Profile, other: Profile, alike: float) -> tuple[float, ...]:
    """What the words of two wordings say, in the order of `WORDING`; ``alike`` is their likeness."""
    from rapidfuzz import fuzz

    here, there = one.cues, other.cues
    both = one.roots.keys() & other.roots.keys()
    lighter, heavier = sorted((one.weight, other.weight))
    first, last = sorted((one.words, other.words))  # a tie in rapidfuzz may depend on the order
    return (
        alike,
        fuzz.token_set_ratio(first, last) / 100,
        fuzz.token_sort_ratio(first, last) / 100,
        cosine(one.grams, other.grams),
        *overlap(one.stems, other.stems),
        *overlap(one.roots, other.roots),
        float(len(both)),
        max((one.roots[root] for root in both), default=0.0),
        *_groups(one, other),
        float(bool(here.groups) != bool(there.groups)),
        float(doers_apart(one, other)),
        *_topics(one, other),
        float(bool(one.head) and one.head == other.head),
        lighter / heavier if heavier else 0.0,
        min(lighter / _HEAVY, 1.0),
    )


def order_features(one: Profile, other: Profile, alike: float) -> tuple[float, ...]:
    """What orders two wordings among others, in the order of `ORDER`, but for the meaning; ``alike`` is likeness."""
    return (alike, *_groups(one, other), *_topics(one, other))


def _groups(one: Profile, other: Profile) -> tuple[float, float]:
    return float(groups_apart(one, other)), float(bool(one.cues.groups & other.cues.groups))


def _topics(one: Profile, other: Profile) -> tuple[float, float]:
    here, there = one.cues.topics, other.cues.topics
    both = here & there
    return float(bool(here and there) and not both), len(both) / len(here | there) if both else 0.0


def place_features(one: Statement, other: Statement) -> tuple[float, ...]:
    """What the places of two statements say, in the order of `PLACE`.

    A plan repeats the levers of the synthesis of its theme, a synthesis the irritants of its diagnostic; the bullets of
    one row are meant to differ.
    """
    here, there = _tables(one), _tables(other)
    shared = here.keys() & there.keys()
    themes = {place.theme for place in one.places} & {place.theme for place in other.places} - {""}
    rows = {place.row for place in one.places} & {place.row for place in other.places}
    return (
        float(one.kind == Kind.LEVER and any(_axis(here[part], there[part]) for part in shared)),
        float(any(here[part].isdisjoint(there[part]) for part in shared)),
        float(bool(themes)),
        float(bool(rows)),
    )


def _axis(here: set[str], there: set[str]) -> bool:
    # A lever that the plan repeats to the letter is one statement of both tables: it has found its axis.
    plan, synthesis = {Table.PLAN.value}, {Table.SYNTHESIS.value}
    both = plan | synthesis
    return {frozenset(here & both), frozenset(there & both)} == {frozenset(plan), frozenset(synthesis)}


def _tables(statement: Statement) -> dict[tuple[str, str], set[str]]:
    """The tables that hold a statement, by document and theme."""
    found: dict[tuple[str, str], set[str]] = {}
    for place in statement.places:
        if place.theme:
            found.setdefault((place.document, place.theme), set()).add(place.table)
    return found


def groups_apart(one: Profile, other: Profile) -> bool:
    """Whether both name people, and none in common: a veto, for the same words said of others are another thing."""
    here, there = one.cues.groups, other.cues.groups
    return bool(here and there) and not here & there


def doers_apart(one: Profile, other: Profile) -> bool:
    """Whether those who act in one are acted upon in the other."""
    here, there = one.cues, other.cues
    return bool(here.doers & there.groups - there.doers or there.doers & here.groups - here.doers)


def overlap(one: dict[str, float], other: dict[str, float]) -> tuple[float, float]:
    """Shared weight over that of both, and over that of the lighter one."""
    shared = math.fsum([min(weight, other[key]) for key, weight in one.items() if key in other])
    mine, yours = math.fsum(one.values()), math.fsum(other.values())
    both, lighter = mine + yours - shared, min(mine, yours)
    return (shared / both, shared / lighter) if shared else (0.0, 0.0)


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """Cosine of two unit vectors."""
    if len(other) < len(one):
        one, other = other, one
    return math.fsum([value * other[key] for key, value in one.items() if key in other])

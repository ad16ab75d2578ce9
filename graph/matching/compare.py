"""Two statements held against each other: how likely they are close or equal, what agrees and what conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.matching.features import PLACE, doers_apart, groups_apart, overlap, place_features, wording_features
from graph.matching.likeness import likeness
from graph.matching.model import confidence, extremes, probability
from graph.matching.profile import profile
from graph.matching.statement import LINKED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.matching.profile import Profile
    from graph.matching.statement import Statement

    Meaning = Callable[[str, str], float]

COMMON = 0.1  # of the weight of two wordings: with less in common, a graph never says that they are close
_AXIS = 0.5  # how much sooner an axis of a plan and a lever of its synthesis are shown


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two statements of one kind that may be equal or close.

    Attributes:
        one: identifier; it sorts before ``other``.
        link: how likely it is that they are close or equal, 0 to 1.
        same: how likely it is that they are equal, 0 to 1.
        confidence: ``forte`` or ``moyenne`` where the graph says that they are close, else empty.
        agree: what they have in common, in French.
        conflict: what sets them apart, in French.
        axis: one is an axis of a plan, the other a lever of the synthesis of its theme.
    """

    one: str
    other: str
    link: float
    same: float
    confidence: str
    agree: tuple[str, ...]
    conflict: tuple[str, ...]
    axis: bool = False

    @property
    def use(self) -> float:
        """How soon it is worth a person's time: the greater, the sooner."""
        return self.same + 0.3 * self.link + _AXIS * self.axis


def compare(one: Statement, other: Statement, meaning: Meaning | None = None) -> Candidate:
    """Two statements held against each other; which comes first changes nothing.

    Args:
        one: a statement.
        other: another one, of the same kind.
        meaning: centred cosine of two texts; None where no model is at hand.
    """
    if one.iri > other.iri:
        one, other = other, one
    first, last = nearest_wordings(one, other)
    here, there = profile(first), profile(last)
    places = place_features(one, other)
    words = features = (*wording_features(here, there, likeness(first, last)), *places)
    if meaning is not None:
        features = (*words, max(meaning(text, text_too) for text in one.texts for text_too in other.texts))
    link, same = probability("link", features), probability("same", features)
    # A graph must not depend on what is installed where it is made: its class comes from the words alone.
    return Candidate(
        one.iri,
        other.iri,
        round(link, 4),
        round(min(link, same), 4),
        confidence(probability("link", words)) if one.kind in LINKED and linkable(here, there) else "",
        tuple(_agreements(here, there, places)),
        tuple(_conflicts(here, there, places)),
        axis=bool(places[PLACE.index("axis_and_lever")]),
    )


def closeness(one: Statement, other: Statement) -> tuple[str, bool]:
    """The class that a graph gives to two statements, and whether they have it wherever they are said."""
    first, last = nearest_wordings(one, other)
    here, there = profile(first), profile(last)
    if one.kind not in LINKED or not linkable(here, there):
        return "", True
    words = wording_features(here, there, likeness(first, last))
    least, most = (confidence(probability("link", (*words, *places))) for places in extremes("link", PLACE))
    if least == most:
        return least, True
    return confidence(probability("link", (*words, *place_features(one, other)))), False


def linkable(one: Profile, other: Profile) -> bool:
    """Whether a graph may say that two wordings are close: they share enough words, and are not about others."""
    shared, _ = overlap(one.roots, other.roots)
    return shared >= COMMON and not groups_apart(one, other) and not doers_apart(one, other)


def nearest_wordings(one: Statement, other: Statement) -> tuple[str, str]:
    """The wordings of two statements that have most in common."""
    if len(one.texts) == len(other.texts) == 1:
        return one.texts[0], other.texts[0]

    def common(pair: tuple[str, str]) -> tuple[float, float, list[str]]:
        here, there = map(profile, pair)
        return -overlap(here.roots, there.roots)[0], -overlap(here.stems, there.stems)[0], sorted(pair)

    return min(((first, last) for first in one.texts for last in other.texts), key=common)


def _agreements(one: Profile, other: Profile, places: tuple[float, ...]) -> Iterator[str]:
    yield from sorted(one.cues.groups & other.cues.groups)
    yield from sorted(one.cues.topics & other.cues.topics)
    axis, retold, theme, _ = places
    if axis:
        yield "axe du plan et levier de la synthèse"
    elif retold:
        yield "même document"
    if theme:
        yield "même thématique"


def _conflicts(one: Profile, other: Profile, places: tuple[float, ...]) -> Iterator[str]:
    here, there = one.cues, other.cues
    if groups_apart(one, other):
        yield f"{' et '.join(sorted(here.groups))} ou {' et '.join(sorted(there.groups))}"
    if doers_apart(one, other):
        yield "qui agit, qui en bénéficie"
    if here.topics and there.topics and not here.topics & there.topics:
        yield f"{' et '.join(sorted(here.topics))} ou {' et '.join(sorted(there.topics))}"
    if places[PLACE.index("same_row")]:
        yield "dits dans la même ligne"

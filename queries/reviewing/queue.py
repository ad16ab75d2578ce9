"""The pairs that are worth a person's look, the most useful first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.matching import Candidate, Matcher, Statement, statements
from graph.matching.compare import nearest_wordings
from ontology import Kind, concept_iri
from queries.reviewing.words import OF_ACTORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graph.reconcile import Reconciler
    from graph.semantic import Encoder
    from graph.store import Store

_LIKELY = 0.3  # P(link) below which what a pair would join does not count yet
_NEAREST = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Two concepts to judge, by the wordings that are most alike; the one that decisions name first comes first.

    Attributes:
        one: the first concept, with all its wordings.
        other: the second one.
        first: wording of the first concept that is shown.
        last: wording of the second one.
        near: the concepts that are next nearest, each with its wording.
        about: what the second concept is, where a vocabulary tells; it is then an actor that the first one may be.
    """

    candidate: Candidate
    one: Statement
    other: Statement
    first: str
    last: str
    near: tuple[str, ...] = ()
    about: str = ""
    kind: Kind = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.one.kind))

    @property
    def ends(self) -> tuple[str, str]:
        """The identifiers of both wordings, before any merge."""
        one, other = (concept_iri(self.kind, text) for text in (self.first, self.last))
        return one, self.other.iri if self.kind is Kind.ACTOR else other

    def verdict(self, key: str) -> str:
        """What a decision says where a person answers ``same``, ``close`` or ``different``; empty where it cannot."""
        return OF_ACTORS.get(key, "") if self.kind is Kind.ACTOR else key


def proposals(
    store: Store, encoder: Encoder | None = None, progress: Callable[[int], object] = lambda _: None
) -> tuple[dict[str, Statement], list[Candidate]]:
    """What the graph says that can be compared, and the pairs that may be equal or close.

    Args:
        store: the graph.
        encoder: of `graph.semantic.encoder`; None for words alone.
        progress: is told how many more texts the encoder is done with.
    """
    said = statements(store)
    return {statement.iri: statement for statement in said}, Matcher(said, encoder, progress).candidates()


def queue(
    said: Mapping[str, Statement],
    candidates: Iterable[Candidate],
    reconciler: Reconciler,
    *,
    kind: Kind | None = None,
    later: frozenset[frozenset[str]] = frozenset(),
    aliases: Iterable[Pair] = (),
) -> list[Pair]:
    """The pairs that no decision speaks of, in the order in which to judge them.

    Args:
        said: statements by identifier.
        candidates: pairs of them.
        reconciler: all that was decided, of which the graph may not know the last.
        kind: only the pairs of that kind.
        later: pairs of wordings that were put off: they come last.
        aliases: unknown actors beside known ones; they come after the axes, before all else.
    """
    judged, seen, near = reconciler.judged(), set[frozenset[str]](), _near(candidates)
    made = []
    for candidate in sorted(candidates, key=lambda one: _order(one, said)):
        now = frozenset(map(reconciler.canonical, (candidate.one, candidate.other)))
        if len(now) > 1 and now not in judged and now not in seen and kind in {None, said[candidate.one].kind}:
            seen.add(now)
            made.append(_pair(candidate, said, near))
    axes = sum(pair.candidate.axis and pair.candidate.link >= _LIKELY for pair in made)
    made[axes:axes] = aliases if kind in {None, Kind.ACTOR} else ()
    return sorted(made, key=lambda pair: frozenset(pair.ends) in later)


def _order(candidate: Candidate, said: Mapping[str, Statement]) -> tuple[bool, bool, float, str, str]:
    # An axis of a plan beside a lever of its synthesis joins what the whole question needs: before all else.
    likely = candidate.link >= _LIKELY
    groups = all(len(said[concept].texts) > 1 for concept in (candidate.one, candidate.other))
    return not (likely and candidate.axis), not (likely and groups), -candidate.use, candidate.one, candidate.other


def _pair(candidate: Candidate, said: Mapping[str, Statement], near: Mapping[str, list[Candidate]]) -> Pair:
    ends = (said[candidate.one], said[candidate.other])
    one, other = sorted(ends, key=lambda statement: (-len(statement.places), statement.iri))
    first, last = nearest_wordings(one, other)
    beside = [found for end in (one, other) for found in near[end.iri] if found is not candidate]
    beside.sort(key=lambda found: (-found.use, found.one, found.other))
    names = dict.fromkeys(
        end for found in beside for end in (found.one, found.other) if end not in {one.iri, other.iri}
    )
    return Pair(candidate, one, other, first, last, tuple(said[name].texts[0] for name in [*names][:_NEAREST]))


def _near(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        for end in (candidate.one, candidate.other):
            found.setdefault(end, []).append(candidate)
    return found

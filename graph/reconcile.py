"""Which wordings are one concept: those that fold to the same words, and those that a recorded decision joins.

What always holds, whatever is loaded and in whatever order:

* The identifier ``id:<kind>/<key>`` means one thing for ever: *the concept that says the wording of that key*. Alone,
  the wording is that concept. Merged, the identifier leads to the concept by ``dcterms:isReplacedBy``. Parted again,
  it leads there no more. It never comes to name a concept that does not say its wording.
* A group is named by the oldest of its wordings: the one that the decisions name first. So a merge keeps the older
  identifier, and a later decision never renames a group, but by parting it. An actor of the vocabulary is older than
  any wording.
* When a group parts, its identifier stays with its naming wording. What leaves gets the identifier of its own oldest
  wording, which named nothing but a redirection while they were one.
* The last line about a pair wins. Two wordings last judged *different*, *close* or *is not* are never one concept,
  through others neither. A *same* that would bring them together is not followed, and is reported with what it
  contradicts; the user's own are followed before those that come with leviers, and older ones before later ones.
* Names and groups depend on the decisions and their order alone, never on the documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph.chains import chain
from graph.decisions import CLOSE, UNDECIDED, Decision, latest, read_decisions, write_decisions
from ontology import made_from_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Contradiction", "Decision", "Reconciler", "read_decisions", "write_decisions"]


class Contradiction(NamedTuple):
    """A decision that is not followed.

    Attributes:
        decision: would join what another keeps apart.
        against: keeps it apart.
        through: the decisions by which the two meet, none where both are about one pair of groups as they stand.
    """

    decision: Decision
    against: Decision
    through: tuple[Decision, ...]


class Reconciler:
    """The decisions taken together: who stands for whom, what is close, what contradicts itself."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.decisions = tuple(decision for decision in latest(decisions) if decision.verdict != UNDECIDED)
        ends = dict.fromkeys(end for decision in self.decisions for end in (decision.one, decision.other))
        self._rank = {end: (made_from_content(end), rank) for rank, end in enumerate(ends)}
        self._members = {end: [end] for end in self._rank}  # of each group, by its name
        self._name = {end: end for end in self._rank}
        self._steps: dict[str, list[tuple[str, Decision]]] = {}
        self._apart: dict[str, dict[str, Decision]] = {}
        self.contradictions: list[Contradiction] = []
        for decision in self.decisions:
            if not decision.joins:
                self._part(decision)
        for decision in sorted(self.decisions, key=lambda one: one.shipped):
            if decision.joins:
                self._join(decision)
        self._unfollowed = {one.decision for one in self.contradictions}

    def canonical(self, concept: str) -> str:
        """The concept that stands for this one; itself where nothing was decided."""
        return self._name.get(concept, concept)

    def replaced(self) -> Iterator[tuple[str, str]]:
        """Each concept that another stands for, with that one."""
        for concept, now in self._name.items():
            if now != concept:
                yield concept, now

    def members(self, concept: str) -> tuple[str, ...]:
        """All concepts that this one stands for, itself first."""
        name = self.canonical(concept)
        return tuple(self._members.get(name, (name,)))

    def follows(self, decision: Decision) -> bool:
        """Whether a decision that joins was followed."""
        return decision.joins and decision not in self._unfollowed

    def why(self, one: str, other: str) -> tuple[Decision, ...]:
        """The decisions that make two concepts one, from the one to the other; none where they are not."""
        return chain(self._steps, one, other) or ()

    def close(self) -> Iterator[tuple[str, str, tuple[Decision, ...]]]:
        """The pairs of distinct concepts that were found close, each once, with the decisions that say so."""
        found: dict[tuple[str, str], list[Decision]] = {}
        for decision in self.decisions:
            one, other = self.canonical(decision.one), self.canonical(decision.other)
            if decision.verdict == CLOSE and one != other:
                found.setdefault((other, one) if (other, one) in found else (one, other), []).append(decision)
        for (one, other), said in found.items():
            yield one, other, tuple(said)

    def judged(self) -> set[frozenset[str]]:
        """The pairs of distinct concepts, as they stand, that a decision speaks of: nothing is left to propose."""
        pairs = (frozenset(map(self.canonical, decision.pair)) for decision in self.decisions)
        return {pair for pair in pairs if len(pair) > 1}

    def _part(self, decision: Decision) -> None:
        self._apart.setdefault(decision.one, {})[decision.other] = decision
        self._apart.setdefault(decision.other, {})[decision.one] = decision

    def _join(self, decision: Decision) -> None:
        if conflict := self._conflict(decision):
            self.contradictions.append(conflict)
            return
        one, other = self.canonical(decision.one), self.canonical(decision.other)
        self._steps.setdefault(decision.one, []).append((decision.other, decision))
        self._steps.setdefault(decision.other, []).append((decision.one, decision))
        if one == other:
            return
        older, younger = sorted((one, other), key=self._rank.__getitem__)
        for member in self._members[younger]:
            self._name[member] = older
        self._members[older] += self._members.pop(younger)
        for stranger, no in self._apart.pop(younger, {}).items():
            del self._apart[stranger][younger]
            self._apart[stranger].setdefault(older, no)
            self._apart.setdefault(older, {}).setdefault(stranger, no)

    def _conflict(self, decision: Decision) -> Contradiction | None:
        one, other = self.canonical(decision.one), self.canonical(decision.other)
        no = self._apart.get(one, {}).get(other)
        if no is not None:
            near, far = (no.one, no.other) if self.canonical(no.one) == one else (no.other, no.one)
            return Contradiction(decision, no, (*self.why(decision.one, near), *self.why(decision.other, far)))
        if one == other or made_from_content(one) or made_from_content(other):
            return None
        # Two actors of the vocabulary are two.
        said = (*self.why(decision.one, one), *self.why(decision.other, other))
        return Contradiction(decision, said[-1], said[:-1]) if said else None

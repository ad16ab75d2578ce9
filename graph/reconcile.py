"""Which wordings are one concept: those that fold to the same words, and those that a recorded decision joins.

Decisions are JSON lines, the last one about a pair wins. A group of equals is named by the wording that the decisions
name first, so the older identifier stays whatever is added later and in whatever order documents come. *different*
blocks every merge of the two groups; a *same* that would cross it is reported, and not followed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ontology import ID, BadDecision, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEY = re.compile(r"[0-9a-f]{12}")
_VERDICTS = ("same", "close", "different")


@dataclass(frozen=True, slots=True)
class Decision:
    """What someone decided of two wordings, each named by its content key."""

    kind: Kind
    a: str
    b: str
    verdict: str
    who: str = ""
    when: str = ""
    note: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """Both concepts, whatever their order."""
        return frozenset((self.one, self.other))

    @property
    def one(self) -> str:
        """The first concept, before any merge."""
        return f"{ID}{self.kind.value}/{self.a}"

    @property
    def other(self) -> str:
        """The second concept, before any merge."""
        return f"{ID}{self.kind.value}/{self.b}"


def read_decisions(text: str, name: str) -> tuple[Decision, ...]:
    """The decisions of a JSON Lines file.

    Raises:
        BadDecision: a line that is no decision, with its number and what it should be.
    """
    return tuple(
        _decision(line, f"{name}, ligne {number}") for number, line in enumerate(text.splitlines(), 1) if line.strip()
    )


def _decision(line: str, place: str) -> Decision:
    try:
        said = json.loads(line)
    except ValueError:
        raise BadDecision(
            f'{place} : ce n’est pas une ligne JSON (attendu : {{"kind": …, "a": …, "b": …, "verdict": …}})'
        ) from None
    if not isinstance(said, dict):
        raise BadDecision(f"{place} : attendu un objet JSON avec kind, a, b et verdict")
    try:
        kind = Kind(str(said.get("kind")))
    except ValueError:
        raise BadDecision(
            f"{place} : kind « {said.get('kind')} » inconnu ; écrivez l’un de {', '.join(Kind)}"
        ) from None
    a, b, verdict = (str(said.get(field, "")) for field in ("a", "b", "verdict"))
    if not (_KEY.fullmatch(a) and _KEY.fullmatch(b)) or a == b:
        raise BadDecision(f"{place} : a et b doivent être deux clés différentes de 12 chiffres hexadécimaux")
    if verdict not in _VERDICTS:
        raise BadDecision(f"{place} : verdict « {verdict} » inconnu ; écrivez {', '.join(_VERDICTS)}")
    who, when, note = (str(said.get(field, "")) for field in ("who", "when", "note"))
    return Decision(kind, a, b, verdict, who, when, note)


def write_decisions(decisions: Iterable[Decision]) -> str:
    """The same, as JSON Lines."""
    fields = ("kind", "a", "b", "verdict", "who", "when", "note")
    return "".join(json.dumps({f: getattr(d, f) for f in fields}, ensure_ascii=False) + "\n" for d in decisions)


class Reconciler:
    """The decisions taken together: who stands for whom, what is close, what contradicts itself."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        latest: dict[frozenset[str], Decision] = {}
        for decision in decisions:
            latest[decision.pair] = decision  # keeps the place of the first, the verdict of the last
        self.decisions = tuple(latest.values())
        self._rank: dict[str, int] = {}
        for decision in self.decisions:
            for concept in (decision.one, decision.other):
                self._rank.setdefault(concept, len(self._rank))
        self._parent = {concept: concept for concept in self._rank}
        self._apart = [decision for decision in self.decisions if decision.verdict == "different"]
        self.contradictions: list[Decision] = []
        for decision in self.decisions:
            if decision.verdict == "same":
                self._join(decision)

    def canonical(self, concept: str) -> str:
        """The concept that stands for this one; itself where nothing was decided."""
        while concept in self._parent and self._parent[concept] != concept:
            concept = self._parent[concept]
        return concept

    def replaced(self) -> Iterator[tuple[str, str]]:
        """Each concept that another stands for, with that one."""
        for concept in self._rank:
            if (now := self.canonical(concept)) != concept:
                yield concept, now

    def close(self) -> Iterator[tuple[str, str, Decision]]:
        """The pairs of distinct concepts that were found close, each once, with the decision."""
        seen = set()
        for decision in self.decisions:
            one, other = self.canonical(decision.one), self.canonical(decision.other)
            if decision.verdict == "close" and one != other and frozenset((one, other)) not in seen:
                seen.add(frozenset((one, other)))
                yield one, other, decision

    def judged(self) -> set[frozenset[str]]:
        """The pairs of distinct concepts, as they stand, that a decision speaks of: nothing is left to propose."""
        pairs = (frozenset(map(self.canonical, decision.pair)) for decision in self.decisions)
        return {pair for pair in pairs if len(pair) > 1}

    def _join(self, decision: Decision) -> None:
        one, other = self.canonical(decision.one), self.canonical(decision.other)
        if one == other:
            return
        apart = ({self.canonical(no.one), self.canonical(no.other)} for no in self._apart)
        if {one, other} in apart:
            self.contradictions.append(decision)
            return
        older, younger = sorted((one, other), key=self._rank.__getitem__)
        self._parent[younger] = older

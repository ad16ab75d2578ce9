"""Whose decisions an answer passes through: the fewest that lead from what was asked to what is answered.

Rows hold wordings. Without a decision one goes from a row to any wording in it, and from a wording to every row that
says it. A decision *same* or *is* leads from one wording of a concept to another; a close match, decided or computed,
from one concept to another, once in an answer.
"""

from __future__ import annotations

import heapq
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from graph.batches import batches
from graph.triples import iri
from ontology import ID, Kind, Proof, concept_iri, fold, kind_in
from queries.posing import helped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph.store import Cell, Store

_ROW = f"{ID}row/"
_KINDS = {kind.value for kind in Kind}
JOINING = {"same", "is"}
_CLOSE = "close"
_ONE, _FAR = 1, 1_000  # costs: a close match is worse than any number of decisions
_AT_ONCE = 400

Node = tuple[str, str]  # a row and nothing, or a concept and one of its wordings, by the identifier it has alone


class Decided(NamedTuple):
    """A decision, as an answer names it."""

    verdict: str
    who: str
    when: str
    note: str = ""


class _Known(NamedTuple):
    said: Decided
    concepts: frozenset[str]
    judged: tuple[tuple[str, str], ...]  # both wordings by identifier, each with its words where the graph keeps them


class Decisions:
    """The decisions on all that some answers rest on.

    Args:
        store: the graph.
        answers: raw rows of a canned query.
        asked: things given as parameters, each with the words written for it, the surest first; none: any wording.
    """

    def __init__(self, store: Store, answers: Iterable[Mapping[str, Cell]], asked: Mapping[str, Sequence[str]]) -> None:
        self.asked = {thing: texts for thing, texts in asked.items() if _kind(thing)}
        things = {one for answer in answers for one in str(answer["evidence"] or "").split()}
        self.known = list(_known(store, sorted(one for one in {*things, *self.asked} if _kind(one))))
        self.said = dict(_said(store, self.known))

    def __bool__(self) -> bool:
        return bool(self.known)

    def of(self, answer: Mapping[str, Cell], rows: Mapping[str, Iterable[str]]) -> list[Decided]:
        """The decisions that one answer passes through; ``rows`` gives the concepts of each row."""
        things = str(answer["evidence"] or "").split()
        concepts = {one for one in (*things, *self.asked) if _kind(one)}
        here = {one: concepts.intersection(rows.get(one, ())) for one in things if one.startswith(_ROW)}
        ways = _Ways(self, here, concepts, close=answer["proof"] == Proof.CLOSE)
        return sorted({one.said for one in ways.best(str(answer["id"]))})

    def start(self, concept: str, nodes: Iterable[Node]) -> list[Node]:
        """Where the way begins: the wording that was asked, or all those of the concept where it is none of them."""
        kind = Kind(_kind(concept))
        asked = [concept] if kind is Kind.ACTOR else [concept_iri(kind, text) for text in self.asked[concept]]
        known = {told for one in self.known if concept in one.concepts for told, _ in one.judged}
        return [(concept, told) for told in asked if told in known][:1] or sorted(nodes)


class _Ways:
    """The steps within the rows and concepts of one answer."""

    def __init__(self, decisions: Decisions, rows: Mapping[str, set[str]], concepts: set[str], *, close: bool) -> None:
        self._decisions = decisions
        self._steps: dict[Node, list[tuple[Node, int, _Known | None]]] = {}
        self._nodes: dict[str, set[Node]] = {concept: set() for concept in concepts}
        for row, inside in rows.items():
            for concept in inside:
                for told in decisions.said.get((concept, row), ("",)):
                    self._both((row, ""), (concept, told), 0)
        for known in decisions.known:
            if known.said.verdict in JOINING:
                one, other = (told for told, _ in known.judged)
                for concept in known.concepts & concepts:
                    self._both((concept, one), (concept, other), _ONE, known)
        for concept in decisions.asked:
            for node in decisions.start(concept, self._nodes[concept]) or [(concept, "")]:
                self._nodes[concept].add(node)
        if close:
            self._near(concepts)

    def best(self, thing: str) -> list[_Known]:
        """The decisions on the easiest way from what was asked to this thing; those around it where nothing was."""
        asked = self._decisions.asked
        starts = {node for one in asked for node in self._decisions.start(one, self._nodes[one]) or self._nodes[one]}
        ends = self._nodes.get(thing, set())
        if _kind(thing) == Kind.ACTOR:  # it is answered by its name, whatever a cell calls it
            ends = ends & {(thing, thing)} or ends
        if not starts or not ends or thing in asked:
            return self._around(thing)
        return self._way(starts, ends) or []

    def _around(self, thing: str) -> list[_Known]:
        """What makes one thing of the wordings that an answer gives of it; of a pair, what makes it close."""
        if thing not in self._nodes:
            together = (one for one in self._decisions.known if one.said.verdict == _CLOSE)
            return [one for one in together if one.concepts <= self._nodes.keys()]
        told = sorted(
            node for node in self._nodes[thing] if any(there[0].startswith(_ROW) for there in self._next(node))
        )
        return [one for node in told[1:] for one in self._way({told[0]}, {node}, within=thing) or []]

    def _way(self, starts: set[Node], ends: set[Node], within: str = "") -> list[_Known] | None:
        best: dict[Node, int] = dict.fromkeys(starts, 0)
        came: dict[Node, tuple[Node, _Known | None]] = {}
        waiting = [(0, node) for node in sorted(starts)]
        while waiting:
            cost, here = heapq.heappop(waiting)
            if here in ends:
                return list(_back(here, came))
            for there, more, known in self._steps.get(here, ()):
                if (not within or there[0] == within) and cost + more < best.get(there, cost + more + 1):
                    best[there], came[there] = cost + more, (here, known)
                    heapq.heappush(waiting, (cost + more, there))
        return None

    def _next(self, node: Node) -> Iterator[Node]:
        return (there for there, _, _ in self._steps.get(node, ()))

    def _near(self, concepts: set[str]) -> None:
        decided = [one for one in self._decisions.known if one.said.verdict == _CLOSE and one.concepts <= concepts]
        for known in decided:
            for one, other in permutations(sorted(known.concepts), 2):
                for (here, _), (there, _) in permutations(known.judged, 2):
                    self._steps.setdefault((one, here), []).append(((other, there), _FAR, known))
        judged = {known.concepts for known in decided}
        for one, other in permutations(sorted(concepts), 2):
            if _kind(one) == _kind(other) and frozenset((one, other)) not in judged:
                for start in self._nodes[one]:
                    self._steps.setdefault(start, []).extend((end, _FAR, None) for end in self._nodes[other])

    def _both(self, one: Node, other: Node, cost: int, known: _Known | None = None) -> None:
        for here, there in ((one, other), (other, one)):
            self._steps.setdefault(here, []).append((there, cost, known))
            if here[0] in self._nodes:
                self._nodes[here[0]].add(here)


def _back(here: Node, came: Mapping[Node, tuple[Node, _Known | None]]) -> Iterator[_Known]:
    while here in came:
        here, known = came[here]
        if known is not None:
            yield known


def _known(store: Store, concepts: Sequence[str]) -> Iterator[_Known]:
    found: dict[str, tuple[Decided, set[str], dict[str, str]]] = {}
    for some in batches(concepts, _AT_ONCE):
        for row in helped(store, "_decisions", {"concept": map(iri, some)}).dicts():
            said = Decided(*(str(row[name] or "") for name in ("verdict", "who", "when", "note")))
            _, about, judged = found.setdefault(str(row["decision"]), (said, set(), {}))
            about.add(str(row["concept"]))
            judged[str(row["judged"])] = str(row["wording"] or "")
    for _, (said, about, judged) in sorted(found.items()):
        yield _Known(said, frozenset(about), tuple(sorted(judged.items())))


def _said(store: Store, known: Iterable[_Known]) -> Iterator[tuple[tuple[str, str], set[str]]]:
    """The wordings, by identifier, of each concept that was decided on, in each of its rows."""
    judged = {concept for one in known for concept in one.concepts}
    aliases = {told: f" {fold(words)} " for one in known for told, words in one.judged if words}
    found: dict[tuple[str, str], set[str]] = {}
    for some in batches(sorted(judged), _AT_ONCE):
        for concept, row, text in helped(store, "_wordings", {"concept": map(iri, some)}).rows:
            kind, words = Kind(_kind(str(concept))), str(text)
            if kind is Kind.ACTOR:  # a cell may name several
                within = f" {fold(words)} "
                told = next((alias for alias, said in aliases.items() if said in within), str(concept))
            else:
                told = concept_iri(kind, words)
            found.setdefault((str(concept), str(row)), set()).add(told)
    yield from found.items()


def _kind(thing: str) -> str:
    kind = kind_in(thing)
    return kind if kind in _KINDS else ""

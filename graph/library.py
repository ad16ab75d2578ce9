"""Loading readings into a store: each document's graph is replaced whole, what is derived follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from graph.batches import batches
from graph.concepts import concept_lines
from graph.decided import decision_lines
from graph.decisions import read_decisions, write_decisions
from graph.matching.links import match
from graph.rdf import document_iri, document_lines, graph_iri, known_concepts
from graph.reconcile import Reconciler
from graph.said import FILE, Said
from graph.search.filling import refresh
from graph.store import graph_lines
from graph.triples import Lines, iri, literal
from graph.vocabularies import vocabulary_digest, vocabulary_lines
from ontology import CONCEPTS_GRAPH, DECISIONS_GRAPH, LV, PREFIXES, VOCABULARY_GRAPH, made_from_content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.archive import Archive
    from graph.decisions import Decision
    from graph.reconcile import Contradiction
    from graph.store import Store
    from ontology import Reading

_MOST_LINES = 100_000  # triples waiting to be written
_MOST_CONCEPTS = 15_000  # derived at a time
_QUOTED = f"PREFIX lv: <{LV}> SELECT DISTINCT ?concept WHERE {{ GRAPH <@graph> {{ ?concept lv:quote ?text }} }}"
_HOLDERS = f"""PREFIX lv: <{LV}> PREFIX rdfs: <{PREFIXES["rdfs"]}>
SELECT DISTINCT ?graph WHERE {{
  VALUES ?concept {{ @concepts }} GRAPH ?graph {{ ?concept lv:quote|rdfs:label ?text }} }}"""


@dataclass(slots=True)
class Outcome:
    """What a load did; documents by name."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    concepts: int = 0  # touched
    unplaced: int = 0  # passages of tables that found no place, in all the documents of the store
    works: dict[str, str] = field(default_factory=dict)  # a document that repeats part of another, with that one


class _Batch:
    """Document graphs on their way to the store: some at a time, so that memory stays small."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.graphs: dict[str, list[str]] = {}
        self._lines = 0

    def add(self, graph: str, lines: list[str]) -> None:
        """One graph; the last one given of a name counts."""
        self.graphs[graph] = lines
        self._lines += len(lines)
        if self._lines > _MOST_LINES:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        if self.graphs:
            self.store.replace_graphs(self.graphs)
        self.graphs, self._lines = {}, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.flush()


class Library:
    """The documents of one store, with the decisions that reconcile them."""

    def __init__(self, store: Store, archive: Archive, version: str) -> None:
        self.store = store
        self.archive = archive
        self.version = version
        self.said = Said(archive.folder / FILE)
        self._decisions = read_decisions(archive.decisions(), "décisions de la base", [])
        self.reconciler = Reconciler(self._decisions)

    def held(self) -> dict[str, str]:
        """The hash of each file that this version of leviers has read, by document key."""
        return {key: sha256 for key, (sha256, version) in self._known().items() if version == self.version}

    def load(self, readings: Iterable[Reading], decisions: Iterable[Decision] | None = None) -> Outcome:
        """Put readings in the store; with ``decisions``, these replace the ones it was built with."""
        outcome = Outcome()
        self._recover()
        renewed = self._vocabulary()
        touched: set[str] = set()
        redo = self._decide(tuple(decisions)) if decisions is not None else set()
        known = self._known()
        sources, works = self._sources(), self.archive.cards.works()
        with _Batch(self.store) as batch:
            for reading in readings:
                if known.get(reading.key) == (reading.sha256, self.version):
                    outcome.unchanged.append(reading.name)
                    continue
                (outcome.changed if reading.key in known else outcome.added).append(reading.name)
                self.archive.put(reading, self.version)
                touched |= self._replace(reading, batch, self.version)
                redo.discard(reading.key)
            if self._sources() != sources:
                redo |= {key for key, card in self.archive.cards.all().items() if card.source}
            for key in sorted(redo):
                if again := self.archive.get(key):
                    touched |= self._replace(again, batch, known[key][1] if key in known else self.version)
        self.archive.cards.settle()
        self._join(works, touched)
        self._derive(touched)
        refresh(self.store, touched, everything=renewed)
        outcome.contradictions = self.reconciler.contradictions
        outcome.concepts = len(touched)
        cards = self.archive.cards.all()
        outcome.unplaced = sum(card.unplaced for card in cards.values())
        outcome.works = {cards[key].name: cards[work].name for key, work in self.archive.cards.works().items()}
        self.archive.save()
        self.said.save()
        return outcome

    def _recover(self) -> None:
        """Make what the documents say anew where it is lost."""
        if self.said.lost():
            for reading in self.archive.readings():
                self.said.put(reading, self.reconciler.canonical, counted=self._source(reading) is None)

    def _vocabulary(self) -> bool:
        held = self.store.select(f"SELECT ?digest WHERE {{ <{VOCABULARY_GRAPH}> <{LV}sha256> ?digest }}")
        digest = vocabulary_digest()
        if [row[0] for row in held.rows] == [digest]:
            return False
        mark = f"<{VOCABULARY_GRAPH}> <{LV}sha256> {literal(digest)} ."
        self.store.replace_graphs({VOCABULARY_GRAPH: [*vocabulary_lines(), mark]})
        return True

    def _known(self) -> dict[str, tuple[str, str]]:
        return {key: (card.sha256, card.version) for key, card in self.archive.cards.all().items()}

    def _sources(self) -> dict[str, str]:
        """Each loaded document that another one summarises, by file name, with its key."""
        cards = self.archive.cards.all()
        summarised = {card.source for card in cards.values() if card.source}
        return {card.name: key for key, card in cards.items() if card.name in summarised}

    def _source(self, reading: Reading) -> str | None:
        """The loaded document that a reading summarises."""
        return self._sources().get(reading.source) if reading.source else None

    def _join(self, before: dict[str, str], touched: set[str]) -> None:
        """Note which documents are parts of others; their concepts are touched where that changed."""
        now = self.archive.cards.works()
        moved = {key for key in {*before, *now} if before.get(key) != now.get(key)}
        lines = Lines()
        for key, work in now.items():
            lines.add(document_iri(key), PREFIXES["dcterms"] + "isFormatOf", iri(document_iri(work)))
        self.store.change_graph(CONCEPTS_GRAPH, [document_iri(key) for key in {*before, *now}], lines.sorted())
        for key in moved:
            touched |= {str(row[0]) for row in self.store.select(_QUOTED.replace("@graph", graph_iri(key))).rows}

    def _decide(self, decisions: tuple[Decision, ...]) -> set[str]:
        """Take new decisions; gives the keys of the documents that they change."""
        text = write_decisions(decisions, origin=True)
        if text == self.archive.decisions():
            return set()
        before, self._decisions = self.reconciler, decisions
        self.reconciler = Reconciler(decisions)
        self.archive.put_decisions(text)
        moved = {
            c
            for r in (before, self.reconciler)
            for c, _ in r.replaced()
            if before.canonical(c) != self.reconciler.canonical(c)
        }
        moved |= {r.canonical(c) for r in (before, self.reconciler) for c in moved}
        moved = {c for c in moved if made_from_content(c)}  # a document keeps the wording that an actor took over
        if not moved:
            return set()
        query = _HOLDERS.replace("@concepts", " ".join(map(iri, sorted(moved))))
        start = len(graph_iri(""))
        return {str(row[0])[start:] for row in self.store.select(query).rows}

    def _replace(self, reading: Reading, batch: _Batch, version: str) -> set[str]:
        """Write one document's graph, read with that version; gives the concepts it named before or names now."""
        graph = graph_iri(reading.key)
        before = {str(row[0]) for row in self.store.select(_QUOTED.replace("@graph", graph)).rows}
        source = self._source(reading)
        self.said.put(reading, self.reconciler.canonical, counted=source is None)
        lines = document_lines(reading, self.reconciler.canonical, source, counted=source is None, version=version)
        batch.add(graph, lines)
        return before | known_concepts(lines)

    def _derive(self, touched: set[str]) -> None:
        works = self.archive.cards.works()
        for some in batches(sorted(touched), _MOST_CONCEPTS):
            self.store.change_graph(CONCEPTS_GRAPH, some, concept_lines(self.said, some, works))
        lines = decision_lines(self.store, self.reconciler)
        if graph_lines(self.store, DECISIONS_GRAPH) != lines:
            self.store.replace_graphs({DECISIONS_GRAPH: lines})
        match(self.store, self.said, self.archive.folder, self.version, touched, self.reconciler.judged())

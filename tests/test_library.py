"""Loading: idempotent, one graph a document, the same graph in any order, decisions replayed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.archive import Archive, from_json, to_json
from graph.decisions import Decision
from graph.library import Library
from graph.network import network
from graph.oxigraph import OxigraphStore
from ingest import read_document, read_report
from ingest.document import Document
from ontology import Kind, Reading, concept_iri, content_key

if TYPE_CHECKING:
    from graph import Store


def load(store: Store, folder: Path, readings: list[Reading], decisions: tuple[Decision, ...] = ()) -> Library:
    library = Library(store, Archive(folder), "essai")
    library.load(readings, decisions)
    return library


def quads(store: Store) -> bytes:
    return store.dump("application/n-quads")


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    folder = Path(__file__).parent / "reports"
    return [read_report(path) for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".md"}]


def test_loading_twice_changes_nothing(tmp_path: Path, readings: list[Reading]) -> None:
    store = OxigraphStore()
    library = load(store, tmp_path, readings)
    before = quads(store)
    outcome = library.load(readings, ())
    assert (len(outcome.unchanged), outcome.added, outcome.changed) == (len(readings), [], [])
    assert quads(store) == before


def test_any_order_gives_the_same_graph(tmp_path: Path, readings: list[Reading]) -> None:
    first = OxigraphStore()
    load(first, tmp_path / "0", readings)
    for turn in range(3):
        shuffled = readings[:]
        random.Random(turn).shuffle(shuffled)
        store = OxigraphStore()
        library = Library(store, Archive(tmp_path / str(turn + 1)), "essai")
        for reading in shuffled:  # one at a time, as a user would
            library.load([reading], ())
        assert quads(store) == quads(first)


def report(name: str, *rows: tuple[str, str]) -> Reading:
    text = "\n".join(
        ["Irritants\tBesoin\tLeviers", *(f"▶ {irritant}\t▶ un besoin\t▶ {lever}" for irritant, lever in rows)]
    )
    return read_document(Document(name, text, name + text, "text/plain"))


def test_a_changed_document_replaces_its_own_graph_only(tmp_path: Path) -> None:
    store = OxigraphStore()
    library = load(
        store, tmp_path, [report("a.txt", ("Bruit", "Du calme")), report("b.txt", ("Froid", "Un chauffage"))]
    )
    library.load([report("a.txt", ("Poussière", "Un balai"))], ())
    labels = {facts["label"] for _, facts in network(store).nodes(data=True)}
    assert labels == {"Poussière", "Un balai", "Froid", "Un chauffage", "un besoin"}
    other = OxigraphStore()
    load(
        other,
        tmp_path / "neuf",
        [report("a.txt", ("Poussière", "Un balai")), report("b.txt", ("Froid", "Un chauffage"))],
    )
    assert quads(store) == quads(other)


def same(kind: Kind, one: str, other: str, verdict: str = "same") -> Decision:
    return Decision(kind, content_key(kind, one), content_key(kind, other), verdict, "essai")


def test_a_decision_joins_and_its_withdrawal_parts(tmp_path: Path) -> None:
    readings = [report("a.txt", ("Bruit", "Du calme")), report("b.txt", ("Vacarme", "Des tapis"))]
    store = OxigraphStore()
    library = load(store, tmp_path, readings)
    apart = quads(store)
    library.load([], (same(Kind.IRRITANT, "Bruit", "Vacarme"),))
    graph = network(store)
    kept, gone = concept_iri(Kind.IRRITANT, "Bruit"), concept_iri(Kind.IRRITANT, "Vacarme")
    assert kept in graph
    assert gone not in graph
    assert set(graph.nodes[kept]["wordings"]) | {graph.nodes[kept]["label"]} == {"Bruit", "Vacarme"}
    assert len([1 for _, other, key in graph.edges(keys=True) if other == kept and key == "answers"]) == 2
    replaced = store.select(f"SELECT ?o WHERE {{ <{gone}> <http://purl.org/dc/terms/isReplacedBy> ?o }}").rows
    assert replaced == [(kept,)]
    library.load([], ())
    assert quads(store) == apart


def test_a_summary_of_a_loaded_source_adds_no_evidence(tmp_path: Path) -> None:
    summary = read_document(
        Document(
            "resume.md",
            "---\ntitre: R\nsource: a.txt\n---\n\n| Irritants | Leviers |\n|---|---|\n| Bruit fort | Du calme |\n",
            "s",
            "text/markdown",
        )
    )
    store = OxigraphStore()
    library = load(store, tmp_path, [summary])
    assert network(store).number_of_edges() == 1
    library.load([report("a.txt", ("Bruit", "Du silence"))], ())
    labels = {facts["label"] for _, facts in network(store).nodes(data=True)}
    assert labels == {"Bruit", "un besoin", "Du silence"}


def test_readings_survive_the_archive(readings: list[Reading]) -> None:
    for reading in readings:
        assert from_json(to_json(reading)) == reading

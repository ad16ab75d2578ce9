"""What `leviers publish` does to a Neo4j: the same graph again and again, and nothing of others touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
import sample_graph as sample
from bolt import Server

from graph.cypher.ahead import ahead
from graph.cypher.script import script
from graph.cypher.writer import publish
from graph.oxigraph import OxigraphStore
from ontology import Kind
from queries.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph import Store


@pytest.fixture
def bolt(bolt_server: str) -> Iterator[Server]:
    server = Server(bolt_server)
    yield server.empty()
    server.close()


@pytest.fixture
def neo4j_(live_neo4j: str) -> Iterator[Server]:
    if os.environ.get("LEVIERS_TEST_NEO4J"):
        pytest.skip("ces tests vident la base : ils n’iront pas sur celle d’un utilisateur")
    server = Server(live_neo4j)
    yield server.empty()
    server.close()


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.fill(OxigraphStore())


def smaller() -> Store:
    documents = sample.DOCUMENTS[1:]
    found = OxigraphStore()
    found.replace_graphs(sample.graphs(documents, sample.CLOSE[1:]))
    return found


def lives_through(server: Server, store: Store) -> None:
    first = publish(store, server.address)
    assert first.created == first.nodes > 100
    whole = server.all()
    again = publish(store, server.address)
    assert (again.created, again.changed, again.removed, server.all()) == (0, 0, 0, whole)
    assert (again.nodes, again.relationships) == (first.nodes, first.relationships)

    less = publish(smaller(), server.address)
    assert less.removed > 20
    assert less.nodes == first.nodes - less.removed
    assert publish(store, server.address).nodes == first.nodes
    assert server.all() == whole, "what vanished and came back is as it was"


def leaves_others_alone(server: Server, store: Store) -> None:
    server.run("CREATE (:Personne {id: 'moi'}), (:Irritant {id: 'à moi', label: 'le mien'})")
    publish(store, server.address)
    server.run("MATCH (p:Personne {id: 'moi'}), (i:Irritant {iri: $iri}) CREATE (p)-[:SUIT {depuis: 2020}]->(i)",
               iri=sample.irritant("Zones blanches"))  # fmt: skip
    server.run("MATCH (a:Lever {iri: $iri}), (b:Irritant {id: 'à moi'}) CREATE (a)-[:ANSWERS {avis: 'oui'}]->(b)",
               iri=sample.lever("Ouvrir un point d’accès"))  # fmt: skip
    nobody = OxigraphStore()
    nobody.replace_graphs(sample.graphs((), ()))
    gone = publish(nobody, server.address)
    assert gone.kept == 2
    assert server.run("MATCH (:Personne)-[r:SUIT]->(i:Irritant) RETURN r.depuis, i.label, i.vanished, i.text") == [
        [2020, "Zones blanches", True, None]
    ]
    assert server.run("MATCH (a)-[r:ANSWERS]->(i:Irritant {id: 'à moi'}) RETURN r.avis, i.label, a.vanished") == [
        ["oui", "le mien", True]
    ]
    assert publish(store, server.address).kept == 0
    assert server.run("MATCH (:Personne)-[:SUIT]->(i) RETURN i.vanished, i.iri") == [
        [None, sample.irritant("Zones blanches")]
    ]


def a_decision_replaces_a_concept(server: Server, store: Store) -> None:
    """An identifier goes from one label to another, even where others hold on to the node."""
    publish(store, server.address)
    old = sample.irritant("Manque de temps")
    server.run("MATCH (i:Irritant {iri: $iri}) CREATE (:Personne)-[:SUIT]->(i)", iri=old)
    rows = tuple(
        row._replace(items=tuple(one for one in row.items if one != (Kind.IRRITANT, "Manque de temps")))
        for row in sample.DOCUMENTS[0].rows
    )
    graphs = sample.graphs((sample.DOCUMENTS[0]._replace(rows=rows), *sample.DOCUMENTS[1:]))
    moved = f"<{old}> <{sample.DC}isReplacedBy> <{sample.irritant('Zones blanches')}> ."
    after = OxigraphStore()
    after.replace_graphs(graphs | {sample.DECISIONS_GRAPH: [*graphs[sample.DECISIONS_GRAPH], moved]})
    assert publish(after, server.address).kept == 1
    assert server.run("MATCH (c:Concept {iri: $iri})-[:IS_REPLACED_BY]->(i:Irritant) RETURN i.label", iri=old) == [
        ["Zones blanches"]
    ]
    assert server.run("MATCH (:Personne)-[:SUIT]->(i) RETURN i.label, i.vanished") == [["Manque de temps", True]]
    publish(store, server.address)
    assert server.run("MATCH (:Personne)-[:SUIT]->(i) RETURN i.iri, i.vanished") == [[old, None]]


def has_natural_names(server: Server, store: Store) -> None:
    publish(store, server.address)
    assert server.run("MATCH (l:Lever)-[a:ANSWERS]->(i:Irritant {label: 'Manque de temps'}) "
                      "RETURN l.label, a.proof, a.evidence, a.count, i.support") == [
        ["Libérer du temps", "row", ["row/atelier.t2r2"], 1, 1]
    ]  # fmt: skip
    mention = "MATCH (m:Mention {kind: 'actor'})-[:HAS_BODY]->(a:Actor:Role), (m)-[:IN_ROW]->(r:Row)"
    assert server.run(f"{mention} RETURN m.quote, a.label, a.labelEn, r.section, r.number ORDER BY r.id LIMIT 1") == [
        ["erun", "Enseignant référent aux usages du numérique", "Digital lead teacher (primary schools)",
         "Plan d’action", 1]
    ]  # fmt: skip
    assert server.run("MATCH (t:Territory {id: 'territory/maine-et-loire'})-[:IS_PART_OF*2]->(f) RETURN f.iri") == [
        [sample.FRANCE]
    ]
    assert server.run("MATCH (:Concept {iri: $iri})-[:IS_REPLACED_BY]->(l:Lever) RETURN l.label",
                      iri=sample.OLD_LEVER) == [["Ouvrir un point d’accès"]]  # fmt: skip
    assert server.run("MATCH (a)-[c:CLOSE_TO]->(b) RETURN count(c)") == [[len(sample.CLOSE)]]


def is_written_by_the_script(server: Server, store: Store) -> None:
    publish(smaller(), server.address)
    text = "".join(script(store))
    assert text == "".join(script(store))
    server.run_script(text)
    again = publish(store, server.address)
    assert (again.created, again.changed, again.removed) == (0, 0, 0)
    by_script = server.all()
    server.empty()
    publish(store, server.address)
    assert server.all() == by_script


CONTRACT = (lives_through, leaves_others_alone, a_decision_replaces_a_concept, has_natural_names)


@pytest.mark.parametrize("contract", CONTRACT)
def test_bolt(bolt: Server, store: Store, contract: Callable[[Server, Store], None]) -> None:
    contract(bolt, store)


@pytest.mark.live
@pytest.mark.parametrize("contract", [*CONTRACT, is_written_by_the_script])
def test_neo4j(neo4j_: Server, store: Store, contract: Callable[[Server, Store], None]) -> None:
    contract(neo4j_, store)


def test_the_next_batches_are_read_while_one_is_written_and_no_more_than_can_wait() -> None:
    second, made = threading.Event(), []

    def batches() -> Iterator[int]:
        for number in range(9):
            made.append(number)
            if number == 1:
                second.set()
            yield number
        raise OSError("la base est partie")

    coming = ahead(batches(), 2)
    for number in range(9):
        assert next(coming) == number
        assert second.wait(30), "nothing is read while this one is used"
        assert len(made) <= number + 3
    with pytest.raises(OSError, match="partie"):
        next(coming)


@pytest.mark.live
def test_killed_half_way_a_second_run_completes_it(neo4j_: Server, example: Path) -> None:
    assert main(["ingest", str(example)]) == 0
    command = [sys.executable, "-m", "queries", "publish", neo4j_.address]
    killed = 0
    for rank in range(1, 4):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and neo4j_.run("MATCH (n:Leviers) RETURN count(n)")[0][0] < rank * 1500:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    assert killed, "the first runs were too short to be cut"
    assert main(["publish", neo4j_.address]) == 0
    completed = neo4j_.all()
    neo4j_.empty()
    assert main(["publish", neo4j_.address]) == 0
    assert neo4j_.all() == completed

"""What `leviers publish` does to a Neo4j: the same graph again and again, and nothing of others touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
import sample_graph as sample

from graph.cypher import connection
from graph.cypher.connection import parse, refuse_old
from graph.cypher.script import script
from graph.cypher.writer import publish
from graph.oxigraph import OxigraphStore
from ontology import Kind, StoreError
from queries.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph import Store

_ALL = """MATCH (n) OPTIONAL MATCH (n)-[r]->(m)
RETURN labels(n) AS labels, properties(n) AS properties, type(r) AS type, properties(r) AS told, m.id AS other"""


class Server:
    """A server and what stands in it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._driver = connection.connect(parse(address))

    def run(self, query: str, **values: object) -> list[list[Any]]:
        """The values of each row."""
        return [list(row.values()) for row in self._driver.execute_query(query, values).records]

    def run_script(self, text: str) -> None:
        """Each statement by itself, as cypher-shell does."""
        with self._driver.session() as session:
            for statement in text.split(";\n"):
                if statement.strip():
                    session.run(statement).consume()

    def all(self) -> list[str]:
        """Every node with each relationship that leaves it, in words."""
        return sorted(str([sorted(row[0]), sorted(row[1].items()), row[2], sorted((row[3] or {}).items()), row[4]])
                      for row in self.run(_ALL))  # fmt: skip

    def empty(self) -> Server:
        """The same, with nothing in it."""
        self.run("MATCH (n) DETACH DELETE n")
        return self

    def close(self) -> None:
        """Let go of the connection."""
        self._driver.close()


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


def test_no_server(capfd: pytest.CaptureFixture[str], filled: Path) -> None:
    assert main(["publish", "neo4j://moi:tres-secret@127.0.0.1:9", "--store", str(filled)]) == 1
    said = capfd.readouterr().err
    assert said.startswith("Erreur : aucun serveur Neo4j ne répond à neo4j://127.0.0.1:9 : vérifiez l’adresse")
    assert said.count("\n") == 1
    assert "secret" not in said


def test_a_wrong_password(capfd: pytest.CaptureFixture[str], filled: Path, bolt_server: str) -> None:
    place = bolt_server.rpartition("@")[2]
    assert main(["publish", f"bolt://root:tres-secret@{place}", "--store", str(filled)]) == 1
    said = capfd.readouterr().err
    assert "refuse ce nom d’utilisateur ou ce mot de passe" in said
    assert "LEVIERS_STORE_PASSWORD" in said
    assert "tres-secret" not in said


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    from graph import writing

    with writing(str(tmp_path / "b")) as (store, _):
        sample.fill(store)
    return tmp_path / "b"


def test_from_the_command_line(
    capfd: pytest.CaptureFixture[str], filled: Path, bolt: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, _, password = bolt.address.partition("://")[2].partition("@")[0].partition(":")
    monkeypatch.setenv("LEVIERS_STORE_USER", user)
    monkeypatch.setenv("LEVIERS_STORE_PASSWORD", password)
    address = f"bolt://{bolt.address.rpartition('@')[2]}"
    assert main(["publish", address, "--store", str(filled)]) == 0
    assert capfd.readouterr().err.startswith("Cette fois : ")
    assert main(["publish", address, "--store", str(filled)]) == 0
    assert capfd.readouterr() == (f"{address} : 143 nœuds, 317 relations\n", "Rien n’avait changé\n")
    for command in (
        ["show", "zones blanches", "--all"],
        ["query", "acteurs-pour-irritant", "--irritant", "zones blanches"],
    ):
        assert main([*command, "--store", str(filled)]) == 0
        here = capfd.readouterr()
        assert main([*command, "--store", address]) == 0
        assert capfd.readouterr() == here
    assert main(["query", "leviers-pour-irritant", "--irritant", "zones blanches", "--show", "--store", address]) == 0
    assert capfd.readouterr().out.startswith(f':param irritant => "{sample.irritant("Zones blanches")}";\n')


@pytest.mark.parametrize(
    "command", [["sparql", "ASK {}"], ["viz", "-o", "x.html"], ["check"], ["ingest", "."], ["serve"],
                ["export", "--format", "ttl"], ["publish", "bolt://127.0.0.1:9"]]
)  # fmt: skip
def test_what_needs_rdf_says_what_to_do(command: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--store", "neo4j://moi:tres-secret@127.0.0.1:9"]) == 1
    said = capfd.readouterr().err
    assert "Neo4j ne garde qu’une copie du graphe" in said
    assert "secret" not in said


@pytest.mark.parametrize("address", ["https://exemple.invalid/sparql?x", "dossier", "ftp://exemple.invalid", "neo4j:"])
def test_what_is_no_server(address: str, filled: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", address, "--store", str(filled)]) == 1
    assert capfd.readouterr().err.startswith("Erreur : ")


@pytest.mark.parametrize("address", ["neo4j://", "bolt://h:port", "neo4j://h/a/b", "bolt://h?x=1", "bolt://[::1"])
def test_a_broken_address(address: str) -> None:
    with pytest.raises(StoreError, match="adresse de serveur mal écrite"):
        parse(address)


def test_an_address_is_shown_without_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVIERS_STORE_PASSWORD", "autre-secret")
    for address in ("neo4j+s://moi:tres-secret@hote/base", "neo4j+s://moi@hote/base"):
        where = parse(address)
        assert where.password.endswith("secret")
        assert where.database == "base"
        assert "secret" not in f"{where!r} {where.shown}"


@pytest.mark.parametrize(
    ("version", "good"), [("4.4.9", False), ("5.22.0", False), ("5.26.18", True), ("2026.08.1", True)]
)
def test_versions(version: str, good: bool) -> None:
    if good:
        refuse_old(parse("bolt://hote"), [version])
        return
    with pytest.raises(StoreError, match=rf"Neo4j {version} : il faut la version 5\.23"):
        refuse_old(parse("bolt://hote"), [version])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("Neo.ClientError.Security.Forbidden", "ne laisse pas écrire"),
        ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", "ne laisse pas écrire"),
        ("Neo.ClientError.Database.DatabaseNotFound", "n’a pas de base"),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", "qui ne viennent pas de leviers"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "relancez la même commande"),
        ("Neo.ClientError.Security.Unauthorized", "mot de passe"),
        ("Neo.ClientError.Statement.Autre", "a refusé"),
    ],
)
def test_what_a_server_refuses(code: str, said: str) -> None:
    from neo4j.exceptions import Neo4jError

    with pytest.raises(StoreError, match=said), connection.told(parse("bolt://hote"), begun=True):
        raise Neo4jError._hydrate_neo4j(code=code, message="une ligne\net une autre")


def test_a_connection_broken_half_way() -> None:
    from neo4j.exceptions import ServiceUnavailable

    with pytest.raises(StoreError, match="relancez la même commande"), connection.told(parse("bolt://h"), begun=True):
        raise ServiceUnavailable
    with pytest.raises(StoreError, match="aucun serveur"), connection.told(parse("bolt://h")):
        raise ServiceUnavailable

"""`leviers publish` and a published store from the command line: what it says, in one line, and what it never shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sample_graph as sample
from bolt import Server

from graph.cypher import connection
from graph.cypher.connection import parse, refuse_old
from ontology import StoreError
from queries.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BY_WORDS = "Les mots seuls comptent : le sens des mots se cherche dans le dossier d’une base, pas sur un serveur\n"


@pytest.fixture
def bolt(bolt_server: str) -> Iterator[Server]:
    server = Server(bolt_server)
    yield server.empty()
    server.close()


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
    assert main(["search", "zones blanches", "--no-semantic", "--store", str(filled)]) == 0
    by_words = capfd.readouterr()
    assert main(["search", "zones blanches", "--store", address]) == 0
    assert capfd.readouterr() == (by_words.out, f"{by_words.err}{_BY_WORDS}")
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

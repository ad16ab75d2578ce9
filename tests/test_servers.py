"""The servers that other tests lean on: they start, ask for their password, and are gone when they stop."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tools.servers import CATALOGUE
from tools.servers.java import Missing, find_java, jars

ROOT = Path(__file__).parents[1]
_EMPTY = "ASK { FILTER(1 = 2) }"


def cypher(url: str, query: str, password: str | None = None) -> list[object]:
    """The first value of each row."""
    import neo4j

    parts = urllib.parse.urlsplit(url)
    key = (parts.username or "", password or parts.password or "")
    with neo4j.GraphDatabase.driver(f"bolt://{parts.hostname}:{parts.port}", auth=key) as driver:
        return [record[0] for record in driver.execute_query(query).records]


def asked(url: str, path: str, password: str | None = None) -> bytes:
    """The reply to an ASK."""
    parts = urllib.parse.urlsplit(url)
    address = f"http://{parts.hostname}:{parts.port}{parts.path}{path}?query={urllib.parse.quote(_EMPTY)}"
    keys = urllib.request.HTTPPasswordMgrWithPriorAuth()
    if parts.username:
        keys.add_password(None, address, parts.username, password or parts.password or "", is_authenticated=True)
    open_ = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPBasicAuthHandler(keys))
    with open_.open(address, timeout=30) as reply:
        return bytes(reply.read())


def refuses_a_wrong_password(url: str) -> None:
    from neo4j.exceptions import AuthError

    with pytest.raises(AuthError):
        cypher(url, "RETURN 1", password="autre-chose")


def test_a_bolt_server_from_a_wheel(bolt_server: str) -> None:
    assert cypher(bolt_server, "UNWIND [1, 2] AS x RETURN x * 2") == [2, 4]
    refuses_a_wrong_password(bolt_server)


def test_a_sparql_server_from_a_wheel(sparql_server: str) -> None:
    assert b"false" in asked(sparql_server, "/query")


@pytest.mark.live
def test_a_real_neo4j(live_neo4j: str) -> None:
    assert cypher(live_neo4j, "UNWIND [1, 2] AS x RETURN x * 2") == [2, 4]
    refuses_a_wrong_password(live_neo4j)


@pytest.mark.live
def test_a_real_fuseki(live_sparql: str) -> None:
    if os.environ.get("LEVIERS_TEST_SPARQL"):
        pytest.skip("le chemin de ce serveur n’est pas connu")
    assert b"false" in asked(live_sparql, "/sparql")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        asked(live_sparql, "/sparql", password="autre-chose")


def test_a_server_ends_with_its_command() -> None:
    """The address is in the command's environment, and nothing listens there afterwards."""
    show = "import os; print(os.environ['LEVIERS_TEST_SPARQL'])"
    command = [sys.executable, "-m", "tools.servers", "oxigraph", "--", sys.executable, "-c", show]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, timeout=120)
    with pytest.raises(OSError, match="refused"):
        asked(done.stdout.strip(), "/query")


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(Missing, match="Java 99 ou plus récent"):
        find_java(99, 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LEVIERS_SERVERS", str(tmp_path))
    with pytest.raises(Missing, match="Maven absent"):
        jars("rien", ["org.exemple:rien:1"])


def test_a_fetch_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A Maven that has no network."""
    broken = tmp_path / "mvn"
    broken.write_text("#!/bin/sh\necho '[ERROR] unknown host'; exit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("LEVIERS_SERVERS", str(tmp_path / "cache"))
    with pytest.raises(Missing, match="unknown host"):
        jars("rien", ["org.exemple:rien:1"])
    assert not list((tmp_path / "cache").iterdir())


def test_every_entry_of_the_catalogue_says_what_it_needs() -> None:
    for name, entry in CATALOGUE.items():
        assert entry["kind"] in {"bolt", "sparql"}, name
        assert ("artifacts" in entry) != ("package" in entry), name

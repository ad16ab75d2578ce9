"""What the tests share: the real reports where they are at hand, and stores of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import servers
from hypothesis import HealthCheck, settings

from queries.loading import ingest

ROOT = Path(__file__).resolve().parent.parent
settings.register_profile(
    "leviers", deadline=None, derandomize=True, max_examples=int(os.environ.get("LEVIERS_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
settings.load_profile("leviers")

bolt_server, sparql_server = servers.bolt_server, servers.sparql_server
neo4j_lts, neo4j, given_neo4j, live_neo4j = servers.neo4j_lts, servers.neo4j, servers.given_neo4j, servers.live_neo4j
fuseki_5, fuseki, given_sparql, live_sparql = (
    servers.fuseki_5,
    servers.fuseki,
    servers.given_sparql,
    servers.live_sparql,
)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a store of its own: none may touch the user's. The language model is for those who ask for it."""
    folder = tmp_path / "base"
    monkeypatch.setenv("LEVIERS_STORE", str(folder))
    monkeypatch.setenv("LEVIERS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("LEVIERS_SEMANTIC", "non")
    monkeypatch.delenv("LEVIERS_DEBUG", raising=False)
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the real reports; the test is skipped where there is none."""
    folder = Path(os.environ.get("LEVIERS_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not list(folder.glob("*.txt")):
        pytest.skip("comptes rendus réels absents : donnez leur dossier dans LEVIERS_CORPUS")
    return folder


@pytest.fixture(scope="session")
def reports() -> Path:
    """Invented reports, one for each layout, with what must be read in them."""
    return ROOT / "tests" / "reports"


@pytest.fixture(scope="session")
def example() -> Path:
    """The packaged example."""
    return ROOT / "ingest" / "examples" / "egn"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, example: Path) -> str:
    """The folder of a store with the packaged example, for those who only read it."""
    folder = tmp_path_factory.mktemp("exemple") / "base"
    ingest(str(folder), [example])
    return str(folder)

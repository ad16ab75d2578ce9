"""A graph on a SPARQL server: the same answers as at home, and publishing that ends right whatever happens."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sample_graph
import servers
from endpoint_site import point, running

from graph import open_store, snapshot
from graph.oxigraph import OxigraphStore
from graph.remote import RemoteStore, publish
from graph.triples import Lines, literal, number
from ontology import GRAPH, Proof
from ontology.errors import StoreEmpty, StoreError
from queries.ask import ask
from queries.catalogue import get, names
from queries.cli import main
from queries.endpoint.limits import Limits
from queries.loading import ingest

if TYPE_CHECKING:
    from graph import Store

ROOT = Path(__file__).parents[1]
OTHERS = "https://exemple.invalid/graphe/autrui"
THING, SAYS = "https://exemple.invalid/a", "https://exemple.invalid/dit"
LIVE = [pytest.param(name, marks=pytest.mark.live) for name in servers.SPARQL]


@pytest.fixture(params=["sparql_server", *LIVE])
def url(request: pytest.FixtureRequest) -> str:
    """A server that holds nothing of ours."""
    address = str(request.getfixturevalue(request.param))
    held = RemoteStore(address)
    for graph in held.graphs():
        held.replace_graph(graph, [])
    held.replace_graph(f"{GRAPH}_published", [])
    held.close()
    return address


@pytest.fixture(scope="module")
def loaded(example: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The packaged example in a folder."""
    folder = str(tmp_path_factory.mktemp("remote") / "base")
    ingest(folder, [example])
    return folder


def made(*texts: str, graphs: int = 1) -> OxigraphStore:
    """A store of small graphs, each with these texts."""
    store = OxigraphStore()
    for place in range(graphs):
        lines = Lines()
        lines.add(THING, SAYS, *(literal(f"{text} {place}", "fr") for text in texts), number(place))
        store.replace_graph(f"{GRAPH}document-{place:03}", lines.sorted())
    return store


def quads(store: Store) -> bytes:
    return store.dump("application/n-quads")


def same_answers(store: Store, remote: Store) -> int:
    """Ask every canned query of both; how many rows came."""
    rows = 0
    for name in names():
        query = get(name)
        needed = {each.name: each.example for each in query.parameters if each.required}
        weakest = Proof.THEME if Proof.THEME in query.proofs else Proof.CLOSE
        for given in (needed, {each.name: each.example for each in query.parameters}):
            expected = ask(store, name, given, weakest=weakest).rows
            assert ask(remote, name, given, weakest=weakest).rows == expected, name
            rows += len(expected)
    return rows


def test_every_query_answers_the_same(url: str, loaded: str) -> None:
    store = open_store(loaded)
    publish(store, url)
    remote = open_store(url)
    assert same_answers(store, remote) > 500
    for form in ("application/n-quads", "text/turtle"):
        assert remote.dump(form) == store.dump(form)


@pytest.mark.live
def test_the_real_reports_answer_the_same(url: str, corpus: Path, own_store: Path) -> None:
    ingest(str(own_store), [corpus])
    store = open_store(str(own_store))
    publish(store, url)
    assert same_answers(store, open_store(url)) > 500


def test_the_commands_read_a_server(
    url: str, loaded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(open_store(loaded), url)
    commands = (
        ["show", "zones blanches"],
        ["export", "--format", "jsonl", "-o", str(tmp_path / "enonces.jsonl")],
        ["sparql", "--format", "csv", "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a lv:Lever }"],
        ["query", "documents", "--format", "json"],
    )
    said = []
    for place in (loaded, url):
        monkeypatch.setenv("LEVIERS_STORE", place)
        assert [main(command) for command in commands] == [0] * len(commands)
        said.append(capsys.readouterr().out + (tmp_path / "enonces.jsonl").read_text("utf-8"))
    assert said[0] == said[1]
    assert main(["viz", "-o", str(tmp_path / "page.html")]) == 0
    assert main(["check", "--no-shapes"]) == 0
    assert main(["ingest", str(ROOT / "tests" / "reports")]) == 1
    assert "leviers publish" in capsys.readouterr().err


def test_our_own_service_is_a_store(loaded: str, tmp_path: Path) -> None:
    """Read only: publishing there is refused in one line."""
    point(tmp_path / "CURRENT", snapshot(loaded))
    store = open_store(loaded)
    with running(tmp_path / "CURRENT", Limits(timeout=60, queue=60)) as site:
        for address in (site.url, f"{site.url}/sparql"):
            remote = RemoteStore(address)
            assert ask(remote, "irritants-sans-levier", {}).rows == ask(store, "irritants-sans-levier", {}).rows
            assert remote.graphs() == store.graphs()
        with pytest.raises(StoreError, match="écri"):
            publish(made("rien"), site.url)


def test_only_what_changed_is_sent(url: str) -> None:
    store = made("un", "deux", graphs=4)
    first = publish(store, url)
    assert (len(first.written), first.removed, first.triples, first.atomic) == (4, [], 12, True)
    again = publish(store, url)
    assert (again.written, len(again.unchanged)) == ([], 4)
    store.replace_graph(f"{GRAPH}document-001", [])
    store.replace_graph(f"{GRAPH}document-002", [f"<{THING}> <{SAYS}> {literal('autre')} ."])
    last = publish(store, url)
    assert last.changes == "1 graphe envoyé, 1 graphe retiré"
    assert (again.changes, again.holds) == ("", "4 graphes, 12 triplets")
    assert (last.written, last.removed) == ([f"{GRAPH}document-002"], [f"{GRAPH}document-001"])
    assert quads(RemoteStore(url)) == quads(store)


def test_a_graph_that_someone_removed_comes_back(url: str) -> None:
    store = made("un", graphs=3)
    publish(store, url)
    RemoteStore(url).replace_graph(f"{GRAPH}document-001", [])
    assert publish(store, url).written == [f"{GRAPH}document-001"]
    assert quads(RemoteStore(url)) == quads(store)


def test_nothing_to_publish_removes_nothing(url: str) -> None:
    publish(made("un"), url)
    with pytest.raises(StoreEmpty):
        publish(OxigraphStore(), url)
    assert RemoteStore(url).graphs() == [f"{GRAPH}document-000"]


def test_what_others_keep_there_stays_and_is_not_read(url: str) -> None:
    store = made("un", graphs=2)
    writer = RemoteStore(url).writer
    writer.replace(OTHERS, [f"<{THING}> <{SAYS}> {literal('d’autrui')} ."])
    try:
        publish(store, url)
        remote = RemoteStore(url)
        assert remote.graphs() == store.graphs()
        assert quads(remote) == quads(store)
        texts = f"SELECT DISTINCT ?o WHERE {{ <{THING}> <{SAYS}> ?o }} ORDER BY STR(?o)"
        assert remote.select(texts).rows == store.select(texts).rows
        every = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
        assert remote.select(every).rows == store.select(every).rows
        assert remote.select(f"SELECT ?o FROM <{OTHERS}> WHERE {{ ?s ?p ?o }}").rows == [("d’autrui",)]
        with pytest.raises(StoreError, match="n’est pas un graphe de leviers"):
            remote.replace_graph(OTHERS, [])
    finally:
        writer.replace(OTHERS, [])


def test_a_reader_sees_a_graph_before_or_after(url: str) -> None:
    remote, reader = RemoteStore(url), RemoteStore(url)
    name = f"{GRAPH}document-000"
    sizes = [[f"<{THING}> <{SAYS}> {number(one)} ." for one in range(size)] for size in (2000, 3000)]
    remote.replace_graph(name, sizes[0])
    seen: set[object] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.add(reader.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}").rows[0][0])

    thread = threading.Thread(target=read)
    thread.start()
    for turn in range(1, 12):
        remote.replace_graph(name, sizes[turn % 2])
    stop.set()
    thread.join()
    assert seen <= {2000, 3000}


KILLED = """
import os, signal, sys
from graph.remote import RemoteStore, publish
from test_remote import made
left, text = int(sys.argv[2]), sys.argv[3]
write = RemoteStore.replace_graph
def replace_graph(self, graph, lines):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    write(self, graph, lines)
RemoteStore.replace_graph = replace_graph
publish(made(text, graphs=60), sys.argv[1])
"""


@pytest.mark.parametrize("writes", [0, 1, 7, 51, 58])
def test_a_run_that_is_killed_is_completed_by_the_next(url: str, writes: int) -> None:
    """Also where the next one goes back to what was there before."""
    before, after = made("avant", graphs=60), made("après", graphs=60)
    publish(before, url)
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    command = [sys.executable, "-c", KILLED, url, str(writes), "après"]
    died = subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, check=False, capture_output=True)
    assert died.returncode == -9, died.stderr
    for store in (before, after):
        publish(store, url)
        assert quads(RemoteStore(url)) == quads(store)
    assert publish(after, url).written == []


def test_many_graphs_are_read_by_the_servers_own_union(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.remote.store._MANY", 3)
    store = sample_graph.fill(OxigraphStore())
    publish(store, url)
    levers = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a <https://w3id.org/leviers/ontology#Lever> }"
    assert RemoteStore(url).select(levers).rows == store.select(levers).rows

"""What a query may not do: reach the network, last, take all the memory, outlive its client."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from endpoint_site import BOTH, ENDLESS, LEVERS, LONG, QUERY, SHORT, Site, from_checkout, running, started, wait_until

from graph.oxigraph import OxigraphStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from endpoint_site import Response

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux seulement : les limites du système")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with started(tmp_path_factory.mktemp("service")) as site:
        yield site


@pytest.fixture
def outside() -> Iterator[socket.socket]:
    """A server that nobody must call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { service silent<%s>{ ?s ?p ?o } }",
        "PREFIX x: <%s> SELECT * { SERVICE x:{ ?s ?p ?o } }",
        "PREFIX : <%s> SELECT * { SERVICE:{ ?s ?p ?o } }",
        "PREFIX x: <%s> SELECT * { SERVICEx:{ ?s ?p ?o } }",
        "SELECT * { ?a ?b 1SERVICE<%s>{ ?s ?p ?o } }",
        "SELECT * { ?a ?b trueSERVICE<%s>{ ?s ?p ?o } }",
        "SELECT * { ?a ?b 'c'SERVICE<%s>{ ?s ?p ?o } }",
        "PREFIX x: <%s> SELECT * { ?a ?b ?c FILTER(?c<1)SERVICE x:#>\n{ ?s ?p ?o } }",
        "SELECT * { BIND(<%s> AS ?e) SERVICE ?e { ?s ?p ?o } }",
        "ASK { { SELECT * { OPTIONAL { SERVICE <%s> { ?s ?p ?o } } } } } # ?service 'service' <service>",
    ],
)
def test_service_is_refused_however_it_is_written(site: Site, outside: socket.socket, query: str) -> None:
    reply = site.ask(query % f"http://127.0.0.1:{outside.getsockname()[1]}/")
    assert (reply.status, reply.code) == (403, "service")
    with pytest.raises(BlockingIOError):
        outside.accept()


def test_the_word_service_is_no_crime(site: Site) -> None:
    query = """PREFIX service: <urn:service:> # SERVICE <http://example.org/> {}
    SELECT ?service WHERE { OPTIONAL { ?service service:SERVICE "SERVICE <x>", <urn:service> } }"""
    assert site.ask(query).rows == [{}]


@on_linux
def test_a_locked_down_worker_reaches_nothing_even_if_a_query_slips_through(site: Site, outside: socket.socket) -> None:
    code = """
import sys, pyoxigraph as ox
from queries.endpoint.lockdown import lock_down
store = ox.Store.read_only(sys.argv[1])
lock_down(1 << 30, 50)
print(len(list(store.query("SELECT * { ?s <urn:step> ?o }", use_default_graph_as_union=True))))
try:
    list(store.query("SELECT * { SERVICE <%s> { ?s ?p ?o } }" % sys.argv[2]))
except (OSError, RuntimeError) as error:
    print(error)
"""
    address = f"http://127.0.0.1:{outside.getsockname()[1]}/"
    command = [sys.executable, "-c", code, site.pointer.read_text(encoding="utf-8"), address]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=from_checkout())
    counted, error = done.stdout.splitlines()
    assert counted == str(LONG)
    assert "Permission denied" in error
    with pytest.raises(BlockingIOError):
        outside.accept()


@on_linux
def test_a_locked_down_worker_reads_a_store_of_many_files(tmp_path: Path) -> None:
    store = OxigraphStore(tmp_path, write=True)
    for number in range(40):  # one bulk load each: files that are opened when they are first read
        store.replace_graphs({f"urn:graph:{number}": [f'<urn:a> <urn:b> "{number}" .']})
    store.flush()
    store.close()
    files = len(list(tmp_path.glob("*.sst")))
    assert files > 16
    code = """
import sys, pyoxigraph as ox
from queries.endpoint.lockdown import lock_down
store = ox.Store.read_only(sys.argv[1])
lock_down(1 << 30, int(sys.argv[2]))
print(len(list(store)))
"""
    command = [sys.executable, "-c", code, str(tmp_path), str(files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=from_checkout())
    assert (done.stdout.strip(), done.stderr) == ("40", "")


def workers() -> dict[int, float]:
    """Processor seconds used so far by each child of this process."""
    listings = Path("/proc/self/task").glob("*/children")
    pids = [int(pid) for listing in listings for pid in listing.read_text(encoding="ascii").split()]
    used = {}
    for pid in pids:
        with contextlib.suppress(FileNotFoundError):
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            used[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


PATHOLOGICAL = [
    ENDLESS,
    "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c LIMIT 1",
    "SELECT * WHERE { ?a (<urn:step>|^<urn:step>)* ?b }",
]


@on_linux
def test_endless_queries_end_and_leave_nothing_running(site: Site) -> None:
    replies = []
    threads = [threading.Thread(target=lambda q=query: replies.append(site.ask(q))) for query in PATHOLOGICAL]
    for thread in threads:
        thread.start()
    wait_until(lambda: site.idle() == 1)
    assert took(lambda: site.ask(LEVERS)) < 1
    for thread in threads:
        thread.join()
    assert [(reply.status, reply.code) for reply in replies] == [(504, "timeout")] * 3
    assert "1,5 s" in replies[0].text
    assert took(lambda: site.ask(LEVERS)) < 1
    wait_until(lambda: site.idle() == 4)
    before = workers()
    time.sleep(0.3)
    after = workers()
    assert len(after) == 4
    assert sum(after.values()) - sum(before.get(pid, 0) for pid in after) <= 0.05


def took(work: Callable[[], Response]) -> float:
    began = time.monotonic()
    assert work().status == 200
    return time.monotonic() - began


def test_no_free_worker_is_503_with_a_time_to_come_back(site: Site) -> None:
    threads = [threading.Thread(target=site.ask, args=(ENDLESS,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    wait_until(lambda: site.idle() == 0)
    reply = site.ask(LEVERS)
    assert (reply.status, reply.code, reply.headers["retry-after"]) == (503, "busy", "5")
    for thread in threads:
        thread.join()
    wait_until(lambda: site.idle() == 4)


def test_a_result_too_large_is_413(site: Site) -> None:
    reply = site.ask("SELECT * WHERE { ?a <urn:step> ?b . ?c <urn:step> ?d }")
    assert (reply.status, reply.code) == (413, "result-too-large")


@on_linux
def test_out_of_memory_is_507(site: Site) -> None:
    greedy = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?a ?b { ?a <urn:step> ?c . ?b <urn:step> ?d } }"
    with running(site.pointer, SHORT._replace(memory=48 << 20, timeout=20, queue=5), workers=1) as poor:
        reply = poor.ask(greedy)
        assert (reply.status, reply.code) == (507, "memory")
        assert poor.levers() == BOTH


def test_a_query_that_fells_the_engine_hurts_nobody_else(site: Site) -> None:
    reply = site.post("ASK { FILTER(" + "(" * 9000 + "1" + ")" * 9000 + ") }", QUERY)
    assert (reply.status, reply.code) == (500, "crash")
    assert site.ask(LEVERS).status == 200


def test_a_query_stops_when_its_client_leaves(site: Site) -> None:
    with running(site.pointer, SHORT._replace(timeout=60), workers=1) as patient:
        with socket.create_connection(("127.0.0.1", patient.port)) as raw:
            raw.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            wait_until(lambda: patient.idle() == 0)
        wait_until(lambda: patient.idle() == 1)

"""What the tests of the service share: a small store, the service over it, and a bare HTTP client.

Run as a script (``endpoint_site.py POINTER PORT``) it is the real ``serve``, for the tests that send it signals.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from ontology import ID
from queries.endpoint import make_app, serve
from queries.endpoint.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Words = Mapping[str, Any]

PREFIXES = """PREFIX lv: <https://w3id.org/leviers/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
LEVERS = PREFIXES + "SELECT DISTINCT ?levier WHERE { ?levier a lv:Lever } ORDER BY ?levier"
BOTH = [f"{ID}lever/bbbbbbbbbbbb", f"{ID}lever/cccccccccccc"]
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = "application/x-www-form-urlencoded"
JSON = "application/sparql-results+json"
QUERY = "application/sparql-query"
ROOT = Path(__file__).parents[1]
LONG = 1500  # links of a chain: to go through all their triples is out of reach
SHORT = Limits(timeout=1.5, queue=1.0, memory=2 << 30, result=200_000, request=20_000)


class Response(NamedTuple):
    """Status, headers (lower case) and text of one reply."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def code(self) -> str | None:
        """The machine code of an error."""
        return self.headers.get("x-leviers-error")

    @property
    def rows(self) -> list[dict[str, str]]:
        """The values of a SELECT answered in JSON."""
        return [{name: term["value"] for name, term in row.items()} for row in self.json["results"]["bindings"]]

    @property
    def json(self) -> Any:
        """What the text says in JSON."""
        return json.loads(self.text)


class Site:
    """The running service, as a client sees it."""

    def __init__(self, port: int, pointer: Path) -> None:
        self.port = port
        self.pointer = pointer
        self.url = f"http://127.0.0.1:{port}"

    def send(
        self, method: str = "GET", path: str = "/sparql", body: bytes | None = None, headers: Words | None = None
    ) -> Response:
        """One request as it is."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)) as connection:
            connection.request(method, path, body, headers or {})
            reply = connection.getresponse()
            return Response(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read().decode())

    def get(self, path: str = "/sparql", accept: str = "*/*") -> Response:
        """A page, as the client likes it best."""
        return self.send(path=path, headers={"accept": accept})

    def ask(self, query: str, accept: str = JSON, parameters: Words | None = None) -> Response:
        """A query by GET."""
        return self.get("/sparql?" + urlencode({"query": query, **(parameters or {})}, doseq=True), accept)

    def post(self, body: str, content_type: str, query_string: str = "") -> Response:
        """A query by POST."""
        headers = {"content-type": content_type, "accept": JSON}
        return self.send("POST", "/sparql" + query_string, body.encode(), headers)

    def levers(self) -> list[str]:
        """The levers there are."""
        return [row["levier"] for row in self.ask(LEVERS).rows]

    def idle(self) -> int:
        """How many workers wait for a query."""
        idle: int = self.send(path="/health").json["idle"]
        return idle


def make_generation(folder: Path, *more: ox.Quad) -> Path:
    """A closed Oxigraph folder: the two documents of ``endpoint.trig``, a long chain, and more."""
    store = ox.Store(str(folder))
    store.load(path=str(Path(__file__).with_name("endpoint.trig")), format=ox.RdfFormat.TRIG)
    step, chain = ox.NamedNode("urn:step"), ox.NamedNode("urn:chain")
    nodes = [ox.NamedNode(f"urn:node:{number}") for number in range(LONG + 1)]
    store.extend(ox.Quad(one, step, other, chain) for one, other in itertools.pairwise(nodes))
    store.extend(more)
    store.flush()
    return folder


def point(pointer: Path, generation: Path) -> None:
    """Make a generation the current one."""
    draft = pointer.with_suffix(".new")
    draft.write_text(str(generation), encoding="utf-8")
    draft.replace(pointer)


def follow(pointer: Path) -> Path:
    """The current generation."""
    return Path(pointer.read_text(encoding="utf-8"))


@contextlib.contextmanager
def running(pointer: Path, limits: Limits = SHORT, workers: int = 4, page: Any = lambda: "") -> Iterator[Site]:
    """The application in a thread, behind uvicorn on a free port."""
    uvicorn = pytest.importorskip("uvicorn", reason="uvicorn manque : installez « leviers[serve] »")
    app = make_app(lambda: follow(pointer), page, limits=limits, workers=workers)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on", loop="asyncio", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            site = Site(listener.getsockname()[1], pointer)
            assert site.send(path="/health").status == 200
            yield site
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def started(folder: Path) -> Iterator[Site]:
    """The application over a new store."""
    point(folder / "CURRENT", make_generation(folder / "1"))
    with running(folder / "CURRENT") as site:
        yield site


def wait_until(condition: Callable[[], bool], seconds: float = 5) -> None:
    """Come back once the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.05)


def from_checkout() -> dict[str, str]:
    """The environment of a process that imports this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    pointer_, port_ = Path(sys.argv[1]), int(sys.argv[2])
    serve(lambda: follow(pointer_), lambda: "", port=port_, timeout=20, announce=say)

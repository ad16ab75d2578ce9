"""A SPARQL server that does as it is told: over a store of its own, with whatever fault a test gives it."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

JSON = "application/sparql-results+json"


@dataclass
class Told:
    """One reply: ``length`` lies about the body's size; ``pause`` is in seconds, between each of its bytes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    pause: float = 0.0
    hang_up: bool = False


@dataclass
class Request:
    """What a client sent."""

    method: str
    path: str
    parameters: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


class Fake:
    """The server: ``fault`` may answer in place of it, ``most`` is how many rows it gives at a time.

    It takes queries at /sparql and updates at /update, and speaks no Graph Store Protocol.
    """

    def __init__(self) -> None:
        self.store = ox.Store()
        self.fault: Callable[[Request], Told | None] = lambda _: None
        self.most = 0
        self.longest = 1 << 30
        self.nap = 0.0  # seconds before it reads what it is sent
        self.seen: list[Request] = []
        self.url = ""

    def reply(self, request: Request) -> Told:
        """What to say."""
        self.seen.append(request)
        told = self.fault(request)
        if told is not None:
            return told
        if request.path == "/update" and request.method == "POST":
            return self._update(request.body)
        if request.path != "/sparql" or request.method == "HEAD" or "query" not in request.parameters:
            return Told(404)
        return self._query(request.parameters)

    def _update(self, body: bytes) -> Told:
        if len(body) > self.longest:
            return Told(413, b"too long")
        self.store.update(body.decode())
        return Told(204)

    def _query(self, asked: dict[str, list[str]]) -> Told:
        text = asked["query"][0]
        if self.most and "GRAPH ?g { }" in text:
            return Told(400, b"Virtuoso 37000 Error SP030: syntax error")
        graphs = [ox.NamedNode(one) for one in asked.get("default-graph-uri", [])]
        named = [ox.NamedNode(one) for one in asked.get("named-graph-uri", [])]
        try:
            found = self.store.query(text, default_graph=graphs or None, named_graphs=named or None)
        except SyntaxError as error:
            return Told(400, str(error).encode(), {"Content-Type": "text/plain"})
        most = {"X-SPARQL-MaxRows": str(self.most)} if self.most else {}
        if isinstance(found, ox.QueryTriples):
            some = list(found)[: self.most or None]
            return Told(
                200, ox.serialize(some, format=ox.RdfFormat.TURTLE) or b"", most | {"Content-Type": "text/turtle"}
            )
        body = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        if self.most and isinstance(found, ox.QuerySolutions):
            body = self._cut(body)
        return Told(200, body, most | {"Content-Type": JSON})

    def _cut(self, body: bytes) -> bytes:
        import json

        said = json.loads(body)
        said["results"]["bindings"] = said["results"]["bindings"][: self.most]
        return json.dumps(said).encode()


@contextlib.contextmanager
def fake() -> Iterator[Fake]:
    """The server while the block runs."""
    told = Fake()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            time.sleep(told.nap)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            parameters = parse_qs(parts.query, keep_blank_values=True)
            if "x-www-form-urlencoded" in self.headers.get("Content-Type", ""):
                parameters |= parse_qs(body.decode(), keep_blank_values=True)
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = told.reply(Request(self.command, parts.path, parameters, headers, body))
            if reply.hang_up:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
            self.end_headers()
            if reply.length is not None:
                self.close_connection = True
            with contextlib.suppress(OSError):
                self._write(reply)

        def _write(self, reply: Told) -> None:
            if not reply.pause:
                self.wfile.write(reply.body)
                return
            for byte in reply.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(reply.pause)

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _any  # noqa: N815 - as http.server calls them

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        told.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()

"""The read-only SPARQL 1.1 service over HTTP.

A server that evaluates nothing (``app``, ``protocol``, ``negotiation``) hands each query to a process that can be
killed (``pool``, ``process``; the other end of the pipe: ``worker``, ``answering``). Nothing is imported before it is
asked for: a worker passes through here and needs none of the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from queries.endpoint.app import Service
    from queries.endpoint.limits import Limits

__all__ = ["make_app", "serve"]


def serve(
    snapshot: Callable[[], Path],
    page: Callable[[], str],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    timeout: float = 10.0,
    workers: int | None = None,
    announce: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C.

    ``snapshot`` names the Oxigraph folder of the current generation; it is asked at each query, so a new load is seen
    by the next one. ``page`` makes the HTML page of ``/``, once for each generation. ``timeout`` is in seconds a query;
    port 0 is any free one; ``announce`` is told the addresses, line by line, when queries can come.

    Raises:
        MissingPart: uvicorn is not installed.
        LeviersError: the port, or the store, cannot be used.
    """
    from queries.endpoint import server
    from queries.endpoint.limits import Limits

    service = server.build(snapshot, page, Limits(timeout=timeout), workers)
    server.run(service, host, port, announce)


def make_app(
    snapshot: Callable[[], Path],
    page: Callable[[], str],
    *,
    limits: Limits | None = None,
    workers: int | None = None,
) -> Service:
    """The same service as an ASGI application, for another server; its lifespan starts and stops the workers."""
    from queries.endpoint import server
    from queries.endpoint.limits import Limits

    return server.build(snapshot, page, limits or Limits(), workers)

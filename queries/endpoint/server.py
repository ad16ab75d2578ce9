"""The service on a port, until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import os
import socket
from typing import TYPE_CHECKING, Any

from ontology.errors import LeviersError, MissingPart, system_reason
from queries.endpoint.app import Service
from queries.endpoint.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from queries.endpoint.limits import Limits

_FEWEST_WORKERS = 4
_LAST_PORT = 65535
_LONGEST_HEAD = 1 << 20  # bytes: a long query by GET
_LAST_ANSWERS = 1  # seconds left to running queries after Ctrl-C


def build(snapshot: Callable[[], Path], page: Callable[[], str], limits: Limits, workers: int | None) -> Service:
    """The application, not started."""
    size = workers or max(_FEWEST_WORKERS, 2 * (os.cpu_count() or 1))
    return Service(Pool(snapshot, limits, size), page, limits)


def run(service: Service, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until Ctrl-C, then stop every worker.

    Raises:
        MissingPart: uvicorn is not installed.
        LeviersError: the port or the store cannot be used.
    """
    uvicorn = _uvicorn()
    with _listen(host, port) as listener, contextlib.suppress(KeyboardInterrupt):
        config = uvicorn.Config(
            service,
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            ws="none",
            h11_max_incomplete_event_size=_LONGEST_HEAD,
            timeout_graceful_shutdown=_LAST_ANSWERS,
        )
        with asyncio.Runner(loop_factory=_fastest_loop()) as runner:
            runner.run(_serve(service, uvicorn.Server(config), listener, announce))


async def _serve(service: Service, server: Any, listener: socket.socket, announce: Callable[[str], None]) -> None:
    await service.start()
    try:
        address = _address(listener)
        announce(f"Page du graphe : {address}")
        announce(f"Service SPARQL : {address}sparql")
        if not _is_local(listener):
            announce("Attention : toute machine du réseau peut interroger ce service.")
        announce("Ctrl-C pour arrêter.")
        await server.serve(sockets=[listener])
    finally:
        await service.stop()


def _uvicorn() -> ModuleType:
    try:
        import uvicorn
    except ImportError:
        raise MissingPart("le service HTTP n’est pas installé : installez « leviers[serve] »") from None
    return uvicorn


def _fastest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _LAST_PORT:
        raise LeviersError(f"le port {port} n’existe pas : choisissez-le entre 1024 et {_LAST_PORT}")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except socket.gaierror:
        raise LeviersError(f"l’adresse « {host} » est inconnue : écrivez par exemple --host 127.0.0.1") from None
    except OSError as error:
        raise LeviersError(_why(error, host, port)) from None


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"le port {port} est déjà pris : choisissez-en un autre, par exemple --port {port + 1}"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"l’adresse « {host} » n’est pas celle de cette machine : écrivez par exemple --host 127.0.0.1"
    if isinstance(error, PermissionError):
        return f"le port {port} n’est pas permis : choisissez-en un au-dessus de 1024, par exemple --port 8000"
    return f"le port {port} de « {host} » ne peut pas être ouvert : {system_reason(error)}"


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if listener.family == socket.AF_INET6 else f"http://{host}:{port}/"


def _is_local(listener: socket.socket) -> bool:
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback

"""Starts a server's process, waits until it answers, stops it; shows its log where it fails."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PATIENCE = 120.0  # seconds, on a slow machine that starts several
_GRACE = 40.0
_TAIL = 30


@dataclass(frozen=True, slots=True)
class Launch:
    """How one server is started.

    Attributes:
        sign: what its log says once it answers; empty for a server that says nothing sure.
        ping: then, an HTTP address that gives any reply at all.
        log: the file that it writes to, in its folder.
        prepare: commands to run before.
        ready: a last step, once it answers.
    """

    command: list[str]
    address: str
    user: str
    sign: str = ""
    ping: str = ""
    log: str = "output.log"
    environment: dict[str, str] = field(default_factory=dict)
    prepare: tuple[list[str], ...] = ()
    ready: Callable[[], None] = lambda: None


def free_port() -> int:
    """A port that nothing listens to."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextlib.contextmanager
def started(launch: Launch, folder: Path, title: str) -> Iterator[int]:
    """The process id of a server that runs in that folder and answers, until the block ends.

    Raises:
        RuntimeError: it does not start; the text ends with its log.
    """
    environment = os.environ | launch.environment
    for step in launch.prepare:
        subprocess.run(step, cwd=folder, env=environment, check=True, capture_output=True, timeout=_PATIENCE)
    with (folder / "output.log").open("wb") as output:
        process = subprocess.Popen(
            [*_tied(), *launch.command], cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        _wait(process, launch, folder, title)
        launch.ready()
        yield process.pid
    finally:
        _stop(process)


def _tied() -> list[str]:
    # A server must not outlive a test run that is killed; where the system has no such command, stopping is enough.
    command = shutil.which("setpriv")
    return [command, "--pdeathsig", "TERM"] if command else []


def _wait(process: subprocess.Popen[bytes], launch: Launch, folder: Path, title: str) -> None:
    log = folder / launch.log
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if launch.sign in _read(log) if launch.sign else _replies(launch.ping):
            return
        time.sleep(0.1)
    said = _read(log) or _read(folder / "output.log")
    raise RuntimeError(f"{title} ne démarre pas :\n" + "\n".join(said.splitlines()[-_TAIL:]))


def _replies(address: str) -> bool:
    try:
        no_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        no_proxy.open(address, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _read(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

"""A worker process, as the server sees it."""

from __future__ import annotations

import asyncio
import os
import signal
import site
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ontology.errors import StoreError, system_reason
from queries.endpoint import errors
from queries.endpoint.frames import pack, read_answer

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from queries.endpoint.frames import Answer, Question
    from queries.endpoint.limits import Limits

_ROOT = Path(__file__).parents[2]
_BUFFER = 1 << 20
_OPENING = 30.0  # seconds


class Generation(NamedTuple):
    """One immutable state of the store; the inode tells a folder from another made later under its name."""

    path: Path
    inode: int

    @classmethod
    def at(cls, path: Path) -> Generation:
        """The generation kept in a folder.

        Raises:
            StoreError: there is no such folder.
        """
        try:
            return cls(path, path.stat().st_ino)
        except OSError as error:
            raise StoreError(f"la base « {path} » ne peut pas être lue : {system_reason(error)}") from error


class Worker:
    """At most one process at a time; it answers one question at a time, from one generation."""

    def __init__(self, limits: Limits) -> None:
        self.generation: Generation | None = None
        self.failure: str | None = None
        self._limits = limits
        self._process: Process | None = None

    async def open(self, generation: Generation) -> None:
        """Start a process on a generation, in place of the one there was.

        Raises:
            StoreError: it does not start, or cannot open the store.
        """
        await self.close()
        opening = {"store": str(generation.path), **self._limits._asdict()}
        try:
            async with asyncio.timeout(_OPENING):
                self._process = await _start()
                opened = await self._exchange(pack(opening))
        except (asyncio.IncompleteReadError, OSError):
            await self.close()
            raise StoreError("un processus de réponse n’a pas démarré : vérifiez l’installation de leviers") from None
        if opened.code:
            await self.close()
            raise StoreError(f"la base « {generation.path} » ne peut pas être ouverte : {opened.body.decode()}")
        self.generation = generation

    async def ask(self, question: Question) -> Answer:
        """The worker's answer.

        Raises:
            TimeoutError: it takes too long; the process is still at it.
            Refusal: it died of the question.
        """
        try:
            async with asyncio.timeout(self._limits.timeout):
                return await self._exchange(pack(question._asdict()))
        except (asyncio.IncompleteReadError, ConnectionError):
            assert self._process is not None
            died_of = await self._process.wait()
            raise (errors.out_of_memory() if died_of in _MEMORY else errors.crashed()) from None

    def kill(self) -> None:
        """Stop the process at once, whatever it is doing."""
        self.generation = None
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def close(self) -> None:
        """Stop the process and see it gone."""
        self.kill()
        if self._process is not None:
            await self._process.wait()

    async def _exchange(self, frame: bytes) -> Answer:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(frame)
        await self._process.stdin.drain()
        return await read_answer(self._process.stdout)


# An allocation that fails aborts the process; the system's own killer uses the other one.
_MEMORY = {-signal.SIGABRT, -getattr(signal, "SIGKILL", 9)}


async def _start() -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "queries.endpoint.worker"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_BUFFER,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    # From a checkout nothing of ours is installed: the folder of our packages is then named to the child.
    installed = {Path(folder) for folder in [*site.getsitepackages(), site.getusersitepackages()]}
    if _ROOT in installed:
        return dict(os.environ)
    others = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(_ROOT), others]))}

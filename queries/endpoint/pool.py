"""Killable workers: each query has one to itself, and is stopped with it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ontology.errors import LeviersError
from queries.endpoint import errors
from queries.endpoint.errors import Refusal
from queries.endpoint.process import Generation, Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from queries.endpoint.frames import Answer, Question
    from queries.endpoint.limits import Limits


class Pool:
    """A number of workers that answer from the current generation.

    A worker is idle, busy, or being restarted. Idle workers wait in a stack, so the one with the warmest caches is
    taken first; one that serves an older generation is restarted instead of taken.
    """

    def __init__(self, snapshot: Callable[[], Path], limits: Limits, size: int) -> None:
        self._snapshot = snapshot
        self._limits = limits
        self._workers = [Worker(limits) for _ in range(size)]
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._restarts: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def start(self) -> None:
        """Open the store once, then on the other workers without waiting for them.

        Raises:
            LeviersError: the store cannot be opened.
        """
        first, *others = self._workers
        await first.open(self.generation())
        self._idle.put_nowait(first)
        for worker in others:
            self._restart(worker)

    async def stop(self) -> None:
        """Leave no process behind."""
        self._stopping = True
        while self._restarts:
            for worker in self._workers:
                worker.kill()
            await asyncio.wait(self._restarts, timeout=0.1)
        await asyncio.gather(*(worker.close() for worker in self._workers))

    def generation(self) -> Generation:
        """The generation that a query asked now is answered from.

        Raises:
            LeviersError: there is none.
        """
        return Generation.at(self._snapshot())

    def occupation(self) -> dict[str, int]:
        """How many workers there are, and how many wait for a query."""
        return {"workers": len(self._workers), "idle": self._idle.qsize()}

    async def ask(self, question: Question) -> Answer:
        """The answer to one question. Cancelled, it stops the query.

        Raises:
            Refusal: no worker is free in time, or the question costs too much.
        """
        worker = await self._take()
        answered = False
        try:
            answer = await worker.ask(question)
            answered = True
        except TimeoutError:
            raise errors.too_long(self._limits.timeout) from None
        finally:
            if answered:
                self._idle.put_nowait(worker)
            else:
                worker.kill()
                self._restart(worker)
        return answer

    async def _take(self) -> Worker:
        try:
            async with asyncio.timeout(self._limits.queue):
                while True:
                    worker = await self._idle.get()
                    if self._is_current(worker):
                        return worker
                    self._restart(worker)
        except TimeoutError:
            raise errors.busy(self._limits.queue) from None

    def _is_current(self, worker: Worker) -> bool:
        failure, worker.failure = worker.failure, None
        try:
            if failure:
                raise LeviersError(failure)
            return worker.generation == self.generation()
        except Exception as error:
            self._idle.put_nowait(worker)
            if isinstance(error, LeviersError):
                raise Refusal(503, "store", str(error), (b"retry-after", b"5")) from error
            raise

    def _restart(self, worker: Worker) -> None:
        if self._stopping:
            return
        restart = asyncio.get_running_loop().create_task(self._reopen(worker))
        self._restarts.add(restart)
        restart.add_done_callback(self._restarts.discard)

    async def _reopen(self, worker: Worker) -> None:
        try:
            await worker.open(self.generation())
        except (LeviersError, OSError) as error:
            worker.failure = str(error)  # told to the query that gets this worker
        self._idle.put_nowait(worker)

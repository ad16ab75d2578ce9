"""Making the next things while those before are in use: in another thread, or in a process of its own."""

from __future__ import annotations

import contextlib
import gc
import signal
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from ontology.errors import LeviersError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from multiprocessing.connection import Connection

T = TypeVar("T")
_END = object()


def ahead(items: Iterator[T], most: int = 2) -> Generator[T, None, None]:
    """The same items; another thread makes them, while those before are in use.

    Args:
        items: what is made one by one.
        most: how many at most wait to be used.

    >>> list(ahead(iter([1, 2, 3])))
    [1, 2, 3]
    """
    with ThreadPoolExecutor(1) as reader:
        coming = deque(reader.submit(next, items, _END) for _ in range(most))
        try:
            while (item := coming.popleft().result()) is not _END:
                coming.append(reader.submit(next, items, _END))
                yield item  # type: ignore[misc]
        finally:
            reader.shutdown(cancel_futures=True)


@contextlib.contextmanager
def beside(make: Callable[..., Iterator[T]], *arguments: object) -> Iterator[Iterator[T]]:
    """What ``make`` gives, made by another process, which ends with the block or with this process.

    Args:
        make: a function of a module, that the other process can import; so are its arguments and what it gives.
        arguments: what it is called with.

    Raises:
        LeviersError: what ``make`` raised.
        StoreError: the other process was stopped.
    """
    from multiprocessing import get_context

    # A process that holds an open store, or has threads, must not be forked.
    spawning = get_context("spawn")
    ours, theirs = spawning.Pipe(duplex=False)
    process = spawning.Process(target=_make, args=(theirs, make, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        yield _received(ours)
    finally:
        ours.close()
        process.terminate()
        process.join()


def _received(pipe: Connection) -> Iterator[T]:
    while True:
        try:
            item = pipe.recv()
        except EOFError as error:
            raise StoreError("la lecture de la base a été interrompue : relancez la même commande") from error
        if item is None:
            return
        if isinstance(item, LeviersError):
            raise item
        yield item


def _make(pipe: Connection, make: Callable[..., Iterator[T]], arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process stops this one
    gc.disable()  # it would go through all that waits, again and again, and find nothing
    with contextlib.suppress(BrokenPipeError, ConnectionError):
        try:
            for item in make(*arguments):
                pipe.send(item)
        except LeviersError as error:
            pipe.send(error)
        else:
            pipe.send(None)

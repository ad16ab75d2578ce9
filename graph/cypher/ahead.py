"""Reading the next batches while the server works on the ones before."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
_END = object()


def ahead(items: Iterator[T], most: int = 2) -> Iterator[T]:
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

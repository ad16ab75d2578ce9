"""What one query may cost."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Seconds and bytes; a query that wants more is stopped and its process replaced."""

    timeout: float = 10.0
    """Seconds from the moment a worker takes the query to the last byte of its answer."""
    queue: float = 5.0
    """Seconds a query waits for a free worker."""
    memory: int = 1 << 30
    """Bytes a worker may take on top of its opened store, where the system can hold it to that."""
    result: int = 64 << 20
    """Bytes of an answer."""
    request: int = 1 << 20
    """Bytes of a request's body."""

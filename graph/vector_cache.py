"""Vectors kept between runs, by what they are the vectors of; a cache that fails is done without, never an error."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graph.batches import batches
from graph.layers import marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_T = TypeVar("_T")
_FOLDER = "LEVIERS_CACHE"
_FILE = "vectors.sqlite"
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH}
_PATIENCE = 5.0  # seconds to wait for another process that writes
_AT_ONCE = 500
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"


def cache_folder() -> Path:
    """Where leviers keeps what it can make again: LEVIERS_CACHE, else the user's folder for caches."""
    if given := os.environ.get(_FOLDER):
        return Path(given).expanduser()
    from platformdirs import user_cache_path

    return Path(user_cache_path("leviers", appauthor=False))


def content_hash(*parts: str) -> bytes:
    """Sixteen bytes that name these texts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest()[:16]


class VectorCache:
    """Vectors as bytes by key, in one SQLite file; several processes may read and write it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The vectors that are known."""
        wanted = list(dict.fromkeys(keys))

        def read(base: sqlite3.Connection) -> dict[bytes, bytes]:
            found: dict[bytes, bytes] = {}
            for some in batches(wanted, _AT_ONCE):
                found.update(base.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks(some)})", some))
            return found

        return self._guarded(read) or {}

    def put(self, vectors: Mapping[bytes, bytes]) -> None:
        """Remember these vectors, as far as that is possible."""

        def write(base: sqlite3.Connection) -> None:
            with base:
                base.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", vectors.items())

        self._guarded(write)

    def _guarded(self, work: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Some work on the file, made anew where it is damaged; None where the work cannot be done."""
        for _ in range(2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with contextlib.closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as base:
                    base.execute(_TABLE)
                    return work(base)
            except OSError:
                return None
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", None) not in _DAMAGED:
                    return None
                with contextlib.suppress(OSError):
                    self._path.unlink()
        return None

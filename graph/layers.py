"""Two SQLite files read as one: a large base that generations share, and what changed since it was made.

A generation starts as a copy of the one before. A base is never written twice, so that its copy is a hard link; only
the changes are copied, until there are so many that they are brought into a new base.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from graph.generations import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

_SMALL = 4 << 20  # bytes of changes that cost nothing to copy
_SHARE = 8  # changes that are more than one part in so many of their base make a new one


class Layers:
    """Both files, open.

    Args:
        path: of the changes; None for a moment's own, in memory.
        tables: statements that make what is missing, to write in the changes; None to read.
        version: of what the files may hold, more than 0.

    Attributes:
        held: the connection, ``main`` being the changes.
        schemas: those that hold something: ``main``, ``base`` or both.

    Raises:
        sqlite3.DatabaseError: one of them is no database, or of another version.
    """

    def __init__(self, path: Path | None, tables: str | None, version: int) -> None:
        files = layers(path) if path else {}
        self.schemas = tuple(files) if tables is None else ("main", *(name for name in files if name != "main"))
        if path is None or "main" not in self.schemas:
            address = ":memory:"
        else:
            address = _immutable(path) if tables is None else path.resolve().as_uri()
        self.held = sqlite3.connect(address, uri=True, isolation_level=None)
        try:
            if "base" in files:
                self.held.execute("ATTACH ? AS base", (_immutable(files["base"]),))
            self._check(version, new=tables is not None)
            if tables is not None:
                self.held.execute("PRAGMA cache_size = -32000")
                # What is written is a copy that nobody reads yet: it is thrown away when anything fails.
                self.held.executescript(f"PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; {tables}")
                self.held.execute(f"PRAGMA user_version = {version}")
        except BaseException:
            self.held.close()
            raise

    def _check(self, version: int, *, new: bool) -> None:
        for schema in self.schemas:
            found = self.held.execute(f"PRAGMA {schema}.user_version").fetchone()[0]
            if found != version and not (new and schema == "main" and found == 0):
                raise sqlite3.DatabaseError("layers of another version")

    def rows(self, query: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query in each of them; ``@`` in it stands before the name of a table."""
        for schema in self.schemas:
            yield from self.held.execute(query.replace("@", f"{schema}."), values)

    def most(self, column: str, table: str) -> int:
        """The greatest number in a column, 0 where there is none."""
        return max((row[0] or 0 for row in self.rows(f"SELECT MAX({column}) FROM @{table}")), default=0)

    def close(self) -> None:
        """Bring what was written since a ``BEGIN`` to the file, and let go of it."""
        with closing(self.held) as held:
            held.commit()


class Pending:
    """Layers that open when they are first asked for; nothing is written before `save`.

    Args:
        path: of the changes.
        tables: as `Layers` takes them, to write.
        version: of what the files may hold.
        merge: as `fold` takes it.
    """

    def __init__(self, path: Path, tables: str, version: int, merge: Callable[[sqlite3.Connection], None]) -> None:
        self.path = path
        self._tables, self._version, self._merge = tables, version, merge
        self._both: Layers | None = None

    def open(self) -> Layers:
        """Both files, in a transaction."""
        if self._both is None:
            self._both = Layers(self.path, self._tables, self._version)
            self._both.held.execute("BEGIN")
        return self._both

    def save(self) -> None:
        """Bring all changes to the files, and let go of them."""
        if self._both is not None:
            self._both.close()
            self._both = None
            fold(self.path, self._merge)


def layers(path: Path) -> dict[str, Path]:
    """The files that there are: ``main`` for the changes, ``base`` for what they changed."""
    both = {"main": path, "base": path.with_name(f"{path.stem}{BASE}{path.suffix}")}
    return {name: file for name, file in both.items() if file.exists()}


def fold(path: Path, merge: Callable[[sqlite3.Connection], None]) -> None:
    """Make a new base where there are many changes; the old one is left to the generations that have it.

    Args:
        path: of the changes, which nobody has open.
        merge: brings the changes, attached as ``changes``, into the base that it is given.
    """
    base = layers(path).get("base")
    if path.stat().st_size <= max(_SMALL, base.stat().st_size // _SHARE if base else 0):
        return
    new = path.with_name(f"{path.stem}{BASE}{path.suffix}")
    if base is None:
        path.replace(new)
        return
    import shutil

    draft = new.with_name(new.name + ".new")
    shutil.copyfile(base, draft)
    with closing(sqlite3.connect(draft.resolve().as_uri(), uri=True)) as whole, whole:
        whole.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        whole.execute("ATTACH ? AS changes", (_immutable(path),))
        merge(whole)
    draft.replace(new)
    path.unlink()


def _immutable(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def marks(items: Collection[object]) -> str:
    """A place in a query for each of some values."""
    return ",".join("?" * len(items))

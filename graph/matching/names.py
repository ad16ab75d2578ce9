"""The identifiers of rows: most are sorted in one array, which is read where it is looked at; the others came later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Names:
    """A name for each row, and the row of each name.

    Args:
        start: of all names.
        held: the rest of those of the first rows, in UTF-8, sorted.
    """

    def __init__(self, start: str, held: NDArray[Any] | None = None) -> None:
        self.start = start
        self.held: NDArray[Any] = np.empty(0, "S1") if held is None else held
        self.gone: set[int] = set()
        self.came: list[str] = []
        self._rows: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.held) + len(self.came)

    def __getitem__(self, row: int) -> str:
        first = row - len(self.held)
        return self.came[first] if first >= 0 else self.start + self.held[row].decode()

    def add(self, name: str) -> int:
        """A new row for a name."""
        self._rows[name] = row = len(self)
        self.came.append(name)
        return row

    def drop(self, row: int) -> None:
        """Take its name from a row; the name may get another row."""
        self.gone.add(row)
        if self._rows.get(self[row]) == row:
            del self._rows[self[row]]

    def row(self, name: str) -> int | None:
        """The row that a name has now."""
        if name in self._rows:
            return self._rows[name]
        key = name.removeprefix(self.start).encode()
        row = int(np.searchsorted(self.held, key))
        if row < len(self.held) and self.held[row] == key and row not in self.gone:
            return row
        return None

    def among(self, beginning: str) -> NDArray[np.bool_]:
        """Whether each row's name begins so after the start of all; a row that is dropped keeps its name here."""
        came = [name.startswith(self.start + beginning) for name in self.came]
        return np.append(np.char.startswith(self.held, beginning.encode()), np.asarray(came, bool))

    def rest(self, row: int) -> bytes:
        """What a name adds to the start of all."""
        first = row - len(self.held)
        return self.came[first].removeprefix(self.start).encode() if first >= 0 else bytes(self.held[row])

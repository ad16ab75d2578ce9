"""The pairs that a reviewer put off: at the next sitting they come last."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "put-off.txt"


class PutOff:
    """A file of pairs beside the store, only ever added to; a line that is none is left alone."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME

    def read(self) -> frozenset[frozenset[str]]:
        """The pairs of wordings, by identifier."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return frozenset()
        return frozenset(frozenset(line.split()) for line in lines)

    def add(self, one: str, other: str) -> None:
        """Put a pair off."""
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{one} {other}\n")

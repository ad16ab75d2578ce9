"""The user's own decisions, one file beside the generations of a store: only ever added to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from graph.decisions import latest, read_decisions, write_decisions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import BinaryIO

    from graph.decisions import Decision

_NAME = "décisions de la base"


class Journal:
    """A file of decisions; what was added is on the disk when `add` returns, whatever happens next."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, problems: list[str] | None = None) -> tuple[Decision, ...]:
        """All decisions, in the order in which they were taken; ``problems`` as `read_decisions` fills it."""
        try:
            text = self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ()
        return read_decisions(text, _NAME, problems)

    def add(self, decisions: Iterable[Decision]) -> None:
        """Add decisions after the others."""
        text = write_decisions(decisions, origin=True)
        if not text:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab+") as file:
            if file.seek(0, os.SEEK_END) and _last_byte(file) != b"\n":
                text = "\n" + text  # a line cut short by a failure must not swallow this one
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())

    def add_news(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """Add the decisions that say something else of their pair than the last word here; gives those."""
        known = {decision.pair: decision for decision in self.read([])}
        news = tuple(decision for decision in latest(decisions) if known.get(decision.pair) != decision)
        self.add(news)
        return news


def _last_byte(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)

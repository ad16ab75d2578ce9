"""What the commands share: where the store is, how to write on this terminal."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from graph.store import Store

_WIDEST = 140
_NARROWEST = 40


@dataclass(slots=True)
class Context:
    """One run of the command.

    Attributes:
        address: of the store, as given by --store or LEVIERS_STORE; None for the user's own.
        language: of labels, ``fr`` or ``en``.
        color: whether standard output is a terminal that shows colours.
    """

    address: str | None = None
    language: str = "fr"
    color: bool = False
    _store: Store | None = field(default=None, repr=False)

    def store(self, *, cypher: bool = False) -> Store:
        """The store, opened for reading once.

        Args:
            cypher: whether the command can read a copy in Neo4j too.

        Raises:
            StoreError: there is none, or nothing was loaded.
        """
        if self._store is None:
            from graph.backends import folder_of, is_cypher, open_store

            if is_cypher(self.address) and not cypher:
                folder_of(self.address)  # says what to do instead

            self._store = open_store(self.address)
            if self._store.language == "cypher" and (running := click.get_current_context(silent=True)):
                running.find_root().call_on_close(self._store.close)
        return self._store

    @property
    def width(self) -> int:
        """Columns to write in: what COLUMNS says, else those of the terminal, 80 for a pipe."""
        import shutil

        known = sys.stdout.isatty() or os.environ.get("COLUMNS")
        columns = shutil.get_terminal_size((80, 24)).columns if known else 80
        return max(_NARROWEST, min(columns, _WIDEST))


def say(text: str = "") -> None:
    """A line for the user who waits, apart from the answer: on standard error."""
    click.echo(text, err=True)

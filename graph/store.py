"""The seam between what is asked and where the graph is kept: a Protocol that each store fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from graph.triples import iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: identifiers and texts as strings, numbers and booleans as themselves.

    >>> list(Rows(("a", "b"), [(1, None)]).dicts())
    [{'a': 1, 'b': None}]
    """

    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]

    def dicts(self) -> Iterator[dict[str, Cell]]:
        """Each row by column name."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def __len__(self) -> int:
        return len(self.rows)


def graph_lines(store: Store, graph: str) -> list[str]:
    """The triples of one graph of a store that speaks SPARQL, as N-Triples lines, sorted."""
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {iri(graph)} {{ ?s ?p ?o }} }}"
    return sorted({line for line in store.answer(query, "application/n-triples").decode().split("\n") if line})


class Store(Protocol):
    """A graph of named graphs, read as their union.

    Triples travel as N-Triples lines without a final newline: every store and every tool reads them.

    Attributes:
        language: that `select` speaks: ``sparql``, or ``cypher`` for a copy that has no RDF.
    """

    address: str
    language: str

    def select(self, query: str) -> Rows:
        """The rows of a SELECT over the union of all graphs.

        Raises:
            BadQuery: the text is no SPARQL, or no SELECT.
        """

    def answer(self, query: str, media_type: str) -> bytes:
        """The answer to any query form, serialised; an empty media type: TSV for rows, JSON for ASK, else Turtle.

        Raises:
            BadQuery: the text is no SPARQL, or the form has no such media type.
        """

    def dump(self, media_type: str) -> bytes:
        """All graphs (N-Quads, TriG, JSON-LD) or their union (Turtle, N-Triples)."""

    def graphs(self) -> list[str]:
        """Names of the graphs that hold something, sorted."""

    def replace_graph(self, graph: str, lines: Sequence[str]) -> None:
        """Put these triples in place of all that the graph held; an empty sequence removes it."""

    def replace_graphs(self, graphs: Mapping[str, Sequence[str]]) -> None:
        """The same for many graphs, as fast as the store can; a reader of the same store may see some before others."""

    def change_graph(self, graph: str, without: Iterable[str], lines: Sequence[str]) -> None:
        """Remove every triple of these subjects from the graph, then add these."""

    def edit_graph(self, graph: str, gone: Iterable[str], come: Iterable[str]) -> None:
        """Remove these triples from the graph, then add those, however many; a reader of the store may see some."""

    def close(self) -> None:
        """Let go of files and connections."""

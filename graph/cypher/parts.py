"""The property graph of a store in parts, each what one transaction writes: its rows as the statements take them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.batches import batches
from graph.cypher.projection import LABELS
from graph.cypher.reading import Source
from graph.oxigraph import OxigraphStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.cypher.items import Item
    from graph.cypher.projection import Label
    from graph.store import Store

AT_ONCE = 2_500  # nodes of one part
LATE_AT_ONCE = 500  # those whose links lead to any node: a statement has twenty where near wordings abound
Row = dict[str, Any]


class Part(NamedTuple):
    """Some nodes of one label in the first pass, or in the late one what leads from them to any other node.

    Attributes:
        label: of all these nodes.
        late: whether it belongs to the pass that comes when all nodes are there.
        nodes: a row each, by all the labels that such a node has.
        links: a row each, by the relationship's type, its end's label, and whether it has properties.
    """

    label: str
    late: bool
    nodes: dict[tuple[str, ...], list[Row]]
    links: dict[tuple[str, str, bool], list[Row]]

    @property
    def size(self) -> int:
        """How many nodes it is about."""
        return sum(map(len, self.nodes.values()))


def parts(store: Store, at_once: int = AT_ONCE, late_at_once: int = LATE_AT_ONCE) -> Iterator[int | Part]:
    """How many nodes and sets of late links there are, then all that is to be written, in the order to write it."""
    source = Source(store)
    yield sum(len(source.things(label.name)) * (2 if label.late else 1) for label in LABELS)
    for label in LABELS:
        for some in batches(source.things(label.name), at_once):
            yield _part(label, source.nodes(label, some), late=False)
    for label in LABELS:
        if label.late:
            for some in batches(source.things(label.name), late_at_once):
                yield _part(label, source.late_links(label, some), late=True)


def parts_of(folder: Path) -> Iterator[int | Part]:
    """The same of the store that lies in a folder."""
    yield from parts(OxigraphStore(folder))


def _part(label: Label, items: list[Item], *, late: bool) -> Part:
    nodes: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    links: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
    for item in items:
        row: Row = {"id": item.id, "iri": item.iri, "digest": item.digest, "properties": item.properties}
        nodes[item.labels].append({"id": item.id, "digest": item.digest} if late else row)
        for link in item.links:
            row = {"id": item.id, "to": link.to}
            if link.properties:
                row["properties"] = link.properties
            links[link.type, link.label, bool(link.properties)].append(row)
    return Part(label.name, late, dict(sorted(nodes.items())), dict(sorted(links.items())))

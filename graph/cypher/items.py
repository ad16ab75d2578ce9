"""What is read of a store for the property graph: nodes, and relationships from them."""

from __future__ import annotations

from typing import Any, NamedTuple


class Link(NamedTuple):
    """A relationship from a node."""

    type: str
    label: str
    to: str
    properties: dict[str, Any]


class Item(NamedTuple):
    """A node, or the relationships that lead from it to nodes of any kind.

    Attributes:
        labels: all of them, its own first.
        digest: of all that follows; empty where there is nothing.
    """

    id: str
    iri: str
    labels: tuple[str, ...]
    properties: dict[str, Any]
    links: list[Link]
    digest: str

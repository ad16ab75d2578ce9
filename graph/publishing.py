"""Putting the graph of a store on a server, by the scheme of its address: Neo4j, or one that speaks SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph.backends import is_cypher, is_sparql
from ontology.errors import NotAStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.cypher.writer import Published as _Done
    from graph.store import Store


class Published(NamedTuple):
    """What a server holds now, in words for the user.

    Attributes:
        address: of the server, without any secret.
        holds: how much is there.
        changes: what this run changed; empty where nothing had to.
    """

    address: str
    holds: str
    changes: str


def publish(store: Store, address: str, progress: Callable[[int, int], None] | None = None) -> Published:
    """Make the server at an address hold the graph of a store; what others keep there stays.

    Args:
        store: what to publish.
        address: ``neo4j://…`` or ``bolt://…``, with ``+s`` for an encrypted line; ``https://…``.
        progress: told how much is done, of how much in all.

    Raises:
        NotAStore: no server has such an address.
        StoreError: the server cannot be reached or does not let us write; what was begun is completed by a new run.
    """
    if is_cypher(address):
        from graph.cypher.writer import publish as write

        done = write(store, address, progress)
        return Published(done.address, _holds(done.nodes, done.relationships), _changes(done))
    if is_sparql(address):
        from graph.remote.publishing import publish as send

        sent = send(store, address, progress)
        return Published(sent.address, sent.holds, sent.changes)
    scheme, mark, _ = address.partition("://")
    shown = f"{scheme}://…" if mark else address
    raise NotAStore(
        f"« {shown} » n’est pas l’adresse d’un serveur : attendu neo4j://hôte:7687, bolt://hôte:7687 ou https://hôte/…/sparql"
    )


def _holds(nodes: int, relationships: int) -> str:
    return f"{counted(nodes, 'nœud')}, {counted(relationships, 'relation')}"


def _changes(done: _Done) -> str:
    parts = [
        f"{counted(done.created, 'nœud')} {'nouveau' if done.created < 2 else 'nouveaux'}" if done.created else "",
        f"{counted(done.changed, 'changement')}" if done.changed else "",
        f"{counted(done.removed, 'nœud')} {'retiré' if done.removed < 2 else 'retirés'}" if done.removed else "",
        f"{counted(done.kept, 'nœud')} disparu{'s' if done.kept > 1 else ''}, gardé{'s' if done.kept > 1 else ''} "
        "pour vos relations" if done.kept else "",
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)


def counted(count: int, word: str) -> str:
    """A number and what it counts, as French writes them.

    >>> counted(1, "nœud"), counted(6387, "nœud").replace(chr(0x202F), " ")
    ('1 nœud', '6 387 nœuds')
    """
    return f"{count:,}".replace(",", "\u202f") + f" {word}{'s' if count > 1 else ''}"

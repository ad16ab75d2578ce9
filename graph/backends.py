"""From an address to a store; what is heavy is imported only for the address that needs it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from graph import generations
from ontology.errors import NotAStore, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.archive import Archive
    from graph.journal import Journal
    from graph.store import Store

_READINGS = "readings"
_JOURNAL = "decisions.jsonl"
_CYPHER = {"neo4j", "bolt", "neo4j+s", "bolt+s", "neo4j+ssc", "bolt+ssc"}


def is_cypher(address: str | None) -> bool:
    """Whether an address is that of a server that speaks Cypher."""
    return (address or "").partition("://")[0].lower() in _CYPHER and "://" in (address or "")


def folder_of(address: str | None) -> Path:
    """The folder of an embedded store; the user's own one for no address.

    Raises:
        NotAStore: the address is that of a server, or of nothing known.
    """
    if not address:
        return generations.default_folder()
    scheme, mark, _ = address.partition("://")
    if is_sparql(address):
        raise NotAStore(
            "un serveur SPARQL garde une copie du graphe, à lire (« leviers query », « leviers show »…) ; donnez ici à "
            "--store le dossier de la base, puis « leviers publish » tient la copie à jour"
        )
    if is_cypher(address):
        raise NotAStore(
            "Neo4j ne garde qu’une copie du graphe, à lire avec « leviers query » ou « leviers show » : donnez ici à "
            "--store le dossier de la base, puis « leviers publish » tient la copie à jour"
        )
    if mark:
        raise NotAStore(f"adresse de base inconnue « {scheme}://… » : donnez un dossier à --store")
    return Path(address).expanduser()


def is_sparql(address: str | None) -> bool:
    """Whether an address is that of a SPARQL server."""
    return str(address or "").partition("://")[0].lower() in {"http", "https"} and "://" in str(address)


def open_store(address: str | None = None) -> Store:
    """A store to read: the current generation of a folder, or an empty one for ``memory:``.

    Raises:
        NotAStore: no store lives at that address.
        StoreEmpty: nothing was loaded there yet.
    """
    if address == "memory:":
        from graph.memory import MemoryStore

        return MemoryStore()
    if is_sparql(address):
        from graph.remote import RemoteStore

        return RemoteStore(str(address))
    if address and is_cypher(address):
        from graph.cypher.store import CypherStore

        return CypherStore(address)
    from graph.oxigraph import OxigraphStore

    folder = folder_of(address)
    try:
        return OxigraphStore(generations.database(generations.current(folder)))
    except StoreError:
        # The generation may have been cleared away between the two steps: the new name is there by now.
        return OxigraphStore(generations.database(generations.current(folder)))


def archive_of(address: str | None) -> Archive:
    """The readings that the current generation was built from."""
    from graph.archive import Archive

    return Archive(generations.current(folder_of(address)) / _READINGS, write=False)


def journal_of(address: str | None) -> Journal:
    """The user's own decisions, which outlive generations.

    Raises:
        NotAStore: the address is that of a server, or of a store that is kept nowhere.
    """
    from graph.journal import Journal

    if address == "memory:":
        raise NotAStore("« memory: » ne garde rien, ni graphe ni décisions : donnez un dossier à --store")
    return Journal(folder_of(address) / _JOURNAL)


def snapshot(address: str | None) -> Path:
    """The Oxigraph folder of the current generation, for readers of their own process."""
    return generations.database(generations.current(folder_of(address)))


@contextlib.contextmanager
def writing(address: str | None = None) -> Iterator[tuple[Store, Archive]]:
    """A store to write to, with its archive: readers see all of the block's work when it ends, or nothing of it.

    Raises:
        StoreBusy: another process writes to it.
        StoreError: the folder cannot be written.
    """
    from graph.archive import Archive

    if address == "memory:":
        import tempfile

        from graph.memory import MemoryStore

        with tempfile.TemporaryDirectory(prefix="leviers-") as folder:
            yield MemoryStore(), Archive(Path(folder))
        return
    from graph.oxigraph import OxigraphStore

    with generations.writing(folder_of(address)) as generation:
        store = OxigraphStore(generations.database(generation), write=True)
        try:
            yield store, Archive(generation / _READINGS)
            store.flush()
        finally:
            store.close()

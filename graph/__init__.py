"""Where what was read is kept: triples, stores, reconciliation, and the graph as networkx sees it."""

from graph.backends import archive_of, folder_of, open_store, snapshot, writing
from graph.store import Cell, Rows, Store

__all__ = ["Cell", "Rows", "Store", "archive_of", "folder_of", "open_store", "snapshot", "writing"]

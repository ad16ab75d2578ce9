"""A SPARQL store of somebody's server: read over the SPARQL 1.1 Protocol, written over the Graph Store Protocol."""

from graph.remote.publishing import Published, publish
from graph.remote.store import RemoteStore

__all__ = ["Published", "RemoteStore", "publish"]

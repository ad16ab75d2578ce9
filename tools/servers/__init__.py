"""Real servers for tests and benches, on this machine only, without Docker: Neo4j, Fuseki, ArcadeDB, Oxigraph.

Each listens on loopback, on free ports, with a password, in a folder of its own that goes when it stops. Neo4j and
Fuseki come from their Maven artifacts (kept in the user's cache, or in LEVIERS_SERVERS) and need Java and Maven;
ArcadeDB (Bolt, openCypher) and Oxigraph (SPARQL, no password) come with pip alone. They stand beside leviers: none of
it is imported or shipped.

From Python: ``with running("neo4j-lts") as server: …``. From a terminal: ``python -m tools.servers --help``.
"""

from tools.servers.catalogue import CATALOGUE, Server, running
from tools.servers.java import Missing

__all__ = ["CATALOGUE", "Missing", "Server", "running"]

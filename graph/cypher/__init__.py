"""The graph in Neo4j: what it looks like there, writing it, asking it."""

"""The Cypher that writes the property graph; labels and types stand in its text, so they come from the white list."""

from __future__ import annotations

from graph.cypher.projection import ACTOR_CLASSES, KEY, LABELS, MARK, projection, types

OURS = MARK.lower()  # true on every relationship that we wrote
DIGESTS = ("digest", "linksDigest")  # of a node with what it leads to, of its links of the second pass


def schema() -> list[str]:
    """The constraints, each with the index that comes with it; creating them again changes nothing."""
    unique = [(label.name, "id") for label in LABELS] + [(MARK, "iri"), (KEY, "key")]
    return [
        f"CREATE CONSTRAINT {OURS}_{label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{name} IS UNIQUE"
        for label, name in unique
    ]


def create(labels: tuple[str, ...]) -> str:
    """New nodes from ``$rows``."""
    return (
        f"UNWIND $rows AS row MERGE (n:{':'.join(_known(labels))} {{id: row.id}}) "
        "SET n.iri = row.iri, n.digest = row.digest, n += row.properties"
    )


def change(label: str, labels: tuple[str, ...] = ()) -> str:
    """Known nodes from ``$rows``; with labels, these in place of all others of an actor."""
    relabel = f" REMOVE n:{':'.join(ACTOR_CLASSES)} SET n:{':'.join(_known(labels))}" if labels else ""
    return (
        f"UNWIND $rows AS row MATCH (n:{_known((label,))[0]} {{id: row.id}}) "
        f"SET n.iri = row.iri, n.digest = row.digest, n.vanished = null, n += row.properties{relabel}"
    )


def revive(label: str) -> str:
    """Nodes from ``$rows`` that had vanished, or were thought to."""
    return f"UNWIND $rows AS row MATCH (n:{_known((label,))[0]} {{id: row.id}}) SET n.vanished = null"


def mark(label: str) -> str:
    """Note what the links of the second pass were made from."""
    return f"UNWIND $rows AS row MATCH (n:{_known((label,))[0]} {{id: row.id}}) SET n.linksDigest = row.digest"


def link(label: str, type_: str, to: str, *, told: bool) -> str:
    """Relationships from ``$rows``; ``told`` where they have properties of their own."""
    one, other = _known((label, to))
    return (
        f"UNWIND $rows AS row MATCH (a:{one} {{id: row.id}}) MATCH (b:{other} {{id: row.to}}) "
        f"MERGE (a)-[r:{_type(type_)} {{{OURS}: true}}]->(b)" + (" SET r += row.properties" if told else "")
    )


def unlink(label: str, *, late: bool) -> str:
    """Our relationships of one pass from ``$ids``."""
    of_late = next(one.late for one in LABELS if one.name == label)
    between = of_late if late else types() - of_late
    return (
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r:{'|'.join(sorted(map(_type, between)))}]->() "
        f"WHERE r.{OURS} DELETE r"
    )


def held(label: str) -> str:
    """What the server has of ``$ids``."""
    return (
        f"UNWIND $ids AS id MATCH (n:{MARK}:{label} {{id: id}}) "
        "RETURN collect({id: n.id, digest: n.digest, linksDigest: n.linksDigest, labels: labels(n)}) AS found"
    )


def all_held(label: str) -> str:
    """Every node of ours of that label."""
    return f"MATCH (n:{MARK}:{label}) RETURN n.id AS id"


def count_held() -> str:
    """How many nodes of ours there are."""
    return f"MATCH (n:{MARK}) RETURN count(n) AS count"


def forget(label: str) -> tuple[str, str, str]:
    """Remove ``$ids``: our relationships, then the nodes; those that others' relationships hold are kept, marked."""
    match = f"UNWIND $ids AS id MATCH (n:{MARK}:{label} {{id: id}})"
    return (
        f"{match}-[r]-() WHERE r.{OURS} DELETE r",
        f"{match} WHERE NOT EXISTS {{ (n)--() }} DELETE n",
        f"{match} WHERE n.vanished IS NULL SET {bare()}",
    )


def bare() -> str:
    """What becomes of a node `n` that only others hold on to: it keeps its id and name, and `vanished` is true."""
    gone = ", ".join(f"{name}: null" for name in ("iri", "linksDigest", *sorted(properties() - {"label", "key"})))
    return f"n.vanished = true, n.digest = '', n += {{{gone}}}"


def properties() -> frozenset[str]:
    """Every property that our nodes may have, but for what names them."""
    known = projection()
    return frozenset(
        (*known.texts.values(), *known.lists.values(), *known.selectors.values(), "key", "judges", "wordings")
    )


def _known(labels: tuple[str, ...]) -> tuple[str, ...]:
    for label in labels:
        if label not in _LABELS:
            raise ValueError(f"no label of the ontology: {label!r}")
    return labels


def _type(type_: str) -> str:
    if type_ not in types():
        raise ValueError(f"no type of the ontology: {type_!r}")
    return type_


_LABELS = {MARK, *ACTOR_CLASSES, *(label.name for label in LABELS)}

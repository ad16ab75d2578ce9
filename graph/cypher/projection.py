"""What the property graph is made of: labels, properties and types, from the ontology and ``projection.toml``.

Nothing else is ever written to a server: what stands here is the white list.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ontology import ID, LV, Kind, Relation, expand

MARK = "Leviers"  # the label of every node that we wrote; relationships carry the property of that name in lower case
KEY = "SearchKey"  # nodes that make a wording findable; the only ones that are no thing of the RDF graph
REPLACED = "Concept"  # an identifier that another one replaces since a decision
ACTOR_CLASSES = {"Role": (), "Organisation": (), "LocalAuthority": ("Organisation",), "Body": (), "Audience": ()}


class Label(NamedTuple):
    """One kind of node.

    Attributes:
        classes: RDF classes whose members are such nodes.
        selectors: whether its words have a place in a document.
        late: types that lead to nodes of the same label, or of labels written later; they come in a second pass.
    """

    name: str
    classes: tuple[str, ...] = ()
    selectors: bool = False
    late: frozenset[str] = frozenset()


class Projection(NamedTuple):
    """The properties of RDF by full name, with ``@language`` where only that one counts."""

    texts: dict[str, str]
    lists: dict[str, str]
    relationships: dict[str, str]
    selectors: dict[str, str]
    links: dict[str, str]


def _class(name: str, *late: str, selectors: bool = False) -> Label:
    return Label(name, (LV + name,), selectors, frozenset(late))


_BETWEEN = tuple(relation.neo4j for relation in Relation)
_ACTORS = tuple(LV + name for name in ("Actor", *ACTOR_CLASSES))
# In the order of writing.
LABELS: tuple[Label, ...] = (
    Label(KEY),
    _class("Theme"),
    _class("Territory", "IS_PART_OF"),
    _class("Horizon"),
    Label("Actor", _ACTORS, late=frozenset((*_BETWEEN, "BROADER", "UNIT_OF", "IS_PART_OF"))),
    *(_class(kind.label, *_BETWEEN) for kind in Kind if kind is not Kind.ACTOR),
    Label(REPLACED, late=frozenset(("IS_REPLACED_BY",))),
    _class("Decision", "CONTRADICTS"),
    _class("Document", "IS_FORMAT_OF", "SOURCE"),
    _class("Participation", selectors=True),
    _class("Session"),
    _class("Row", "REFERS_TO"),
    _class("Mention", selectors=True),
)
CONCEPTS = tuple(kind.label for kind in Kind)
_SEGMENTS = {label.name.lower(): label.name for label in LABELS if label.name not in {KEY, REPLACED}}


@cache
def projection() -> Projection:
    """The file beside this one, with full names."""
    said = tomllib.loads(files(__package__).joinpath("projection.toml").read_text(encoding="utf-8"))
    return Projection(**{table: {_full(name): to for name, to in names.items()} for table, names in said.items()})


def _full(name: str) -> str:
    name, at, language = name.partition("@")
    return expand(name) + at + language


def types() -> frozenset[str]:
    """Every type of relationship."""
    return frozenset(projection().relationships.values()) | {relation.neo4j for relation in Relation}


def node_id(iri: str) -> str:
    """The short identifier of a node, unique in the graph.

    >>> node_id("https://w3id.org/leviers/id/actor/erun")
    'actor/erun'
    """
    return iri.removeprefix(ID)


def label_of(iri: str) -> str:
    """The label of the node that an identifier names; empty for what is no node.

    >>> label_of("https://w3id.org/leviers/id/lever/1a2b3c4d5e6f"), label_of("urn:x")
    ('Lever', '')
    """
    return _SEGMENTS.get(node_id(iri).split("/", 1)[0], "")

"""A script that lets neosemantics (n10s) import our Turtle, and makes of what it gives the graph that `publish` writes.

n10s keeps every resource under the label ``Resource`` with its ``uri``; the mapping names labels, properties and types
as ``projection.toml`` does, and the last statements fold the nodes that only RDF needs (links, selectors).
"""

from __future__ import annotations

from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from graph.cypher import statements
from graph.cypher.projection import ACTOR_CLASSES, LABELS, projection
from ontology import ID, LV, PREFIXES, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLASSES = ("Link",)  # of RDF only: folded away
_LINK = ("from", "relation", "to", "proof", "evidence", "confidence", "decidedBy")
_TARGET = ("hasTarget", "hasSelector")


def mapping() -> str:
    """The script, for cypher-shell: prefixes, mapping, import (its address is to be filled in), folding."""
    text = files(__package__).joinpath("n10s.cypher").read_text(encoding="utf-8")
    used = sorted({_namespace(name) for name in _names()})
    prefixes = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    return Template(text).substitute(
        prefixes=_lines(f"CALL n10s.nsprefixes.add('{prefixes[each]}', '{each}');" for each in used),
        mappings=_lines(f"CALL n10s.mapping.add('{name}', '{to}');" for name, to in sorted(_names().items())),
        several=", ".join(sorted({f"'{name.partition('@')[0]}'" for name in _several()})),
        schema=_lines(f"{one};" for one in statements.schema()),
        things=ID,
        length=len(ID),
        classes=", ".join(f"'{label.name}'" for label in LABELS if label.classes),
        actors="|".join(ACTOR_CLASSES),
        types=_lines(f"  WHEN '{relation.iri}' THEN '{relation.neo4j}'" for relation in Relation),
        ontology=LV,
    )


def _names() -> dict[str, str]:
    """Every class and property that the import meets, with its name in Neo4j."""
    known = projection()
    tables = (known.texts, known.lists, known.relationships, known.selectors, known.links)
    found = {
        name.partition("@")[0]: to for table in tables for name, to in table.items() if not name.endswith(("@en", "@"))
    }
    found |= {relation.iri: relation.neo4j for relation in Relation}
    found |= {LV + name: name for name in (*_LINK, *_CLASSES)}
    found |= {PREFIXES["oa"] + name: name for name in _TARGET}
    found |= {one: label.name for label in LABELS for one in label.classes if label.name != "Actor"}
    found |= {LV + name: name for name in ("Actor", *ACTOR_CLASSES)}
    return found | {LV + "searchKey": "searchKeys"}


def _several() -> list[str]:
    return [*projection().lists, LV + "searchKey", LV + "quote"]


def _namespace(name: str) -> str:
    return max((each for each in PREFIXES.values() if name.startswith(each)), key=len)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)

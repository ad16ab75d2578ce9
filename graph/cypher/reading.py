"""The nodes and relationships of the property graph, read from an RDF store some at a time."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from graph.cypher.projection import ACTOR_CLASSES, CONCEPTS, KEY, LABELS, MARK, REPLACED, label_of, node_id, projection
from ontology import ID, LV, PREFIXES, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.cypher.projection import Label
    from graph.store import Cell, Store

_Node = tuple[str, tuple[str, ...], dict[str, Any], "list[Link]"]  # its IRI, labels besides its own, properties, links
_NO_TARGET = {KEY, "Mention", "Participation"}  # not looked up: each is there whenever something leads to it
AT_ONCE = 2_500  # nodes read, and written in one transaction
LATE_AT_ONCE = 1_000  # nodes whose links are: a statement has twenty where near wordings abound
_TYPE = PREFIXES["rdf"] + "type"
_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("lv", "oa", "dcterms", "rdf", "rdfs"))
_MEMBERS = "SELECT DISTINCT ?s WHERE {{ VALUES ?class {{ {} }} ?s a ?class }}"
_KEYS = _PREFIXES + "SELECT DISTINCT ?key WHERE { ?s lv:searchKey ?key }"
_REPLACED = _PREFIXES + "SELECT DISTINCT ?s WHERE { ?s dcterms:isReplacedBy ?now MINUS { ?s a ?class } }"
_FACTS = "SELECT DISTINCT ?s ?p ?o (LANG(?o) AS ?language) WHERE {{ VALUES ?s {{ {} }} ?s ?p ?o }}"
_SOME = "SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?s {{ {} }} VALUES ?p {{ {} }} ?s ?p ?o }}"
_SELECTORS = _PREFIXES + (
    "SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {} }} ?s oa:hasTarget ?target . ?target oa:hasSelector ?selector . "
    "?selector ?p ?o FILTER(?p IN (oa:exact, oa:start, oa:end)) }}"
)
_JUDGED = _PREFIXES + (
    "SELECT DISTINCT ?s ?judged ?wording WHERE {{ VALUES ?s {{ {} }} ?s lv:judges ?judged . "
    "OPTIONAL {{ ?judged rdfs:label ?wording }} }}"
)
# By one end alone: told of the relation too, Oxigraph may try every link of the graph for each concept.
_FROM = _PREFIXES + (
    "SELECT ?s ?link ?p ?o WHERE {{ VALUES ?s {{ {} }} ?link lv:from ?s . ?link ?p ?o "
    "FILTER(?p NOT IN (lv:from, rdf:type)) }}"
)
_RELATION, _TO, _PROOF, _EVIDENCE = (LV + name for name in ("relation", "to", "proof", "evidence"))
_DIGESTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


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


class Source:
    """The nodes of a store, by label, and what is told of them.

    Attributes:
        things: all nodes of each label by IRI (search keys by key), sorted.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.things = {label.name: _members(store, label) for label in LABELS}
        self._present = {one for name in self.things if name not in _NO_TARGET for one in self.things[name]}

    def nodes(self, label: Label, things: Sequence[str]) -> list[Item]:
        """These nodes, with the relationships that lead to nodes written before them."""
        return [self._item(label, *said) for said in _nodes(self._store, label, things)]

    def late_links(self, label: Label, things: Sequence[str]) -> list[Item]:
        """The relationships of these nodes that may lead to nodes of the same label, or of any other concept's."""
        found = _late_links(self._store, label, things)
        return [self._item(label, one, (), {}, links, nothing="") for one, links in found.items()]

    def _item(
        self, label: Label, iri: str, more: tuple[str, ...], properties: dict[str, Any], links: list[Link],
        nothing: str | None = None,
    ) -> Item:  # fmt: skip
        # What leads nowhere is left out of the digest, or it would not be written when its end comes.
        links = [link for link in links if link.label in _NO_TARGET or ID + link.to in self._present]
        links.sort(key=lambda link: link[:3])
        labels = (label.name, *more)
        digest = nothing
        if links or digest is None:
            text = _DIGESTED([labels, properties, links])
            digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
        return Item(node_id(iri), iri, (*labels, MARK), properties, links, digest)


def _members(store: Store, label: Label) -> list[str]:
    if label.name == KEY:
        query = _KEYS
    elif label.name == REPLACED:
        query = _REPLACED
    else:
        query = _MEMBERS.format(" ".join(f"<{name}>" for name in label.classes))
    found = {str(row[0]) for row in store.select(query).rows}
    return sorted(found if label.name == KEY else (one for one in found if one.startswith(ID)))


def _nodes(store: Store, label: Label, things: Sequence[str]) -> Iterator[_Node]:
    if label.name == KEY:
        yield from ((key_iri(key), (), {"key": key}, []) for key in things)
        return
    values = " ".join(f"<{one}>" for one in things)
    facts: dict[str, list[tuple[str, Cell, Cell]]] = {one: [] for one in things}
    for one, name, value, language in store.select(_FACTS.format(values)).rows:
        facts[str(one)].append((str(name), value, language))
    places = _places(store, values) if label.selectors else _judged(store, values) if label.name == "Decision" else {}
    for one, said in facts.items():
        yield _node(label, one, said, places.get(one, {}))


def _late_links(store: Store, label: Label, things: Sequence[str]) -> dict[str, list[Link]]:
    values = " ".join(f"<{one}>" for one in things)
    found: dict[str, list[Link]] = {one: [] for one in things}
    if label.name in CONCEPTS:
        for one, said in _said(store, values):
            found[one].append(said)
    names = [name for name, type_ in projection().relationships.items() if type_ in label.late]
    if names:
        query = _SOME.format(values, " ".join(f"<{name}>" for name in names))
        for thing, name, value in store.select(query).rows:
            if link := _link(str(name), value):
                found[str(thing)].append(link)
    return found


def key_iri(key: str) -> str:
    """The identifier of a search key's node."""
    return f"{ID}key/{quote(key)}"


def _node(label: Label, thing: str, facts: list[tuple[str, Cell, Cell]], place: dict[str, Any]) -> _Node:
    known = projection()
    properties: dict[str, Any] = dict(place)
    links: list[Link] = []
    classes: set[str] = set()
    lists: dict[str, set[str]] = defaultdict(set)
    for name, value, language in facts:
        if name == _TYPE:
            classes.add(str(value).removeprefix(LV))
            continue
        spoken = f"{name}@{language}"
        if to := known.texts.get(spoken) or known.texts.get(name):
            said = str(value).removeprefix(LV).lower() if to == "kind" else value
            properties[to] = min(properties.get(to, said), said, key=str)
        elif to := known.lists.get(spoken) or known.lists.get(name):
            lists[to].add(str(value))
        elif (link := _link(name, value)) and link.type not in label.late:
            links.append(link)
    properties |= {name: sorted(values) for name, values in lists.items()}
    more = {parent for one in classes & set(ACTOR_CLASSES) for parent in (one, *ACTOR_CLASSES[one])}
    return thing, tuple(sorted(more)), properties, links


def _link(name: str, value: Cell) -> Link | None:
    type_ = projection().relationships.get(name)
    if type_ is None:
        return None
    if type_ == "HAS_KEY":
        return Link(type_, KEY, node_id(key_iri(str(value))), {})
    to = "Participation" if type_ == "HAS_PARTICIPATION" else label_of(str(value))
    return Link(type_, to, node_id(str(value)), {}) if to else None


def _places(store: Store, values: str) -> dict[str, dict[str, Any]]:
    names = projection().selectors
    found: dict[str, dict[str, Any]] = {}
    for one, name, value in store.select(_SELECTORS.format(values)).rows:
        said = found.setdefault(str(one), {})
        said[names[str(name)]] = min(said.get(names[str(name)], value), value, key=str)
    return found


def _judged(store: Store, values: str) -> dict[str, dict[str, Any]]:
    """The wordings that decisions judge: identifiers as they were then, and as many texts, empty where it has none."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one, judged, wording in sorted(store.select(_JUDGED.format(values)).rows, key=str):
        found[str(one)].setdefault(str(judged), str(wording or ""))
    return {one: {"judges": list(said), "wordings": list(said.values())} for one, said in found.items()}


def _said(store: Store, values: str) -> Iterator[tuple[str, Link]]:
    """Links of concepts, after the one that each leads from: one relationship a pair, with all the rows that say it."""
    types = {relation.iri: relation.neo4j for relation in Relation}
    pairs: dict[tuple[str, str, str], list[tuple[str, dict[str, set[Cell]]]]] = defaultdict(list)
    for (one, link), said in sorted(_facts_of_links(store, values).items()):
        for relation in said.get(_RELATION, ()):
            for to in said.get(_TO, ()):
                pairs[one, types.get(str(relation), ""), str(to)].append((link, said))
    for (one, type_, to), links in pairs.items():
        told = _close(links) if type_ == Relation.CLOSE_TO.neo4j else _evident(links)
        if type_ and told and (label := label_of(to)):
            yield one, Link(type_, label, node_id(to), told)


def _facts_of_links(store: Store, values: str) -> dict[tuple[str, str], dict[str, set[Cell]]]:
    found: dict[tuple[str, str], dict[str, set[Cell]]] = {}
    for one, link, name, value in store.select(_FROM.format(values)).rows:
        found.setdefault((str(one), str(link)), {}).setdefault(str(name), set()).add(value)
    return found


def _evident(links: list[tuple[str, dict[str, set[Cell]]]]) -> dict[str, Any]:
    """What a relationship says that rows say; nothing where none does."""
    evidence = sorted({node_id(str(row)) for _, said in links for row in said.get(_EVIDENCE, ())})
    proofs = [str(proof).removeprefix(LV) for _, said in links if _EVIDENCE in said for proof in said.get(_PROOF, ())]
    return {"proof": min(proofs), "evidence": evidence, "count": len(evidence)} if evidence and proofs else {}


def _close(links: list[tuple[str, dict[str, set[Cell]]]]) -> dict[str, Any]:
    told: dict[str, Any] = {"iri": links[0][0], "proof": "close"}
    for name, known in projection().links.items():
        values = [value for _, said in links for value in said.get(name, ())]
        if values:
            value = min(values, key=str)
            told[known] = node_id(str(value)) if known == "decision" else value
    return told

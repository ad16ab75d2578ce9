"""The nodes and relationships of the property graph, read from an RDF store some at a time.

What is asked of a store stands in tables of whole numbers, for its subjects and for the properties that count: it gives
the numbers back in place of names, which it would have to look up one by one.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from graph.cypher.items import Item, Link
from graph.cypher.names import Names
from graph.cypher.projection import ACTOR_CLASSES, CONCEPTS, KEY, LABELS, MARK, label_of, node_id, projection
from graph.cypher.terms import ask, language, value
from ontology import ID, LV, PREFIXES, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.cypher.projection import Label
    from graph.store import Store

_Node = tuple[tuple[str, ...], dict[str, Any], "list[Link]"]  # labels besides its own, properties, links
_NO_TARGET = {KEY, "Mention", "Participation"}  # not looked up: each is there whenever something leads to it
_TYPE = PREFIXES["rdf"] + "type"
_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("lv", "oa", "dcterms", "rdfs"))
_MEMBERS = "SELECT ?s WHERE {{ VALUES ?class {{ {} }} ?s a ?class }}"
_KEYS = _PREFIXES + "SELECT ?key WHERE { ?s lv:searchKey ?key }"
_REPLACED = _PREFIXES + "SELECT ?s WHERE { ?s dcterms:isReplacedBy ?now FILTER NOT EXISTS { ?s a ?class } }"
# The properties are joined from outside: else Oxigraph may go through all that has one of them, for each subject.
_FACTS = _PREFIXES + (
    "SELECT {0} ?n ?o WHERE {{{{ {{{{ SELECT {0} ?p ?o WHERE {{{{ {{subjects}} {1} ?p ?o }}}} }}}} {{names}} }}}}"
)
_OF_THINGS = _FACTS.format("?i", "?s")
_OF_SELECTORS = _FACTS.format("?i", "?s oa:hasTarget ?target . ?target oa:hasSelector ?selector . ?selector")
_OF_LINKS = _FACTS.format("?i ?link", "?link lv:from ?s . ?link")
_JUDGED = _PREFIXES + (
    "SELECT DISTINCT ?i ?judged ?wording WHERE {{ {subjects} ?s lv:judges ?judged . "
    "OPTIONAL {{ ?judged rdfs:label ?wording }} }}"
)
_RELATION, _TO, _PROOF, _EVIDENCE = (LV + name for name in ("relation", "to", "proof", "evidence"))
_DIGESTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class Source:
    """The nodes of a store, by label, and what is told of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[str, Names] = {}

    def things(self, label: str) -> Names:
        """The identifiers of a label's nodes (of search keys, the keys); kept where a relationship may lead nowhere."""
        if label in self._held:
            return self._held[label]
        found = Names(_members(self._store, next(one for one in LABELS if one.name == label)))
        return found if label in _NO_TARGET else self._held.setdefault(label, found)

    def nodes(self, label: Label, things: Sequence[str]) -> list[Item]:
        """These nodes, with the relationships that lead to nodes written before them."""
        if label.name == KEY:
            return [self._item(label, key_id(key), (), {"key": key}, []) for key in things]
        return [self._item(label, one, *said) for one, said in zip(things, self._told(label, things), strict=True)]

    def late_links(self, label: Label, things: Sequence[str]) -> list[Item]:
        """The relationships of these nodes that may lead to nodes of the same label, or of any other concept's."""
        found = _late_links(self._store, label, _subjects(things))
        return [self._item(label, one, (), {}, found[rank], nothing="") for rank, one in enumerate(things)]

    def _told(self, label: Label, things: Sequence[str]) -> Iterator[_Node]:
        subjects = _subjects(things)
        facts: list[dict[str, None]] = [{} for _ in things]  # each once: several graphs may say it
        names = _numbered(
            "?p ?n", _told_names() if label.name == "Actor" else _told_names()[:-1]
        )  # the last: its class
        for line in ask(self._store, _OF_THINGS.format(subjects=subjects, names=names)):
            rank, _, fact = line.partition("\t")
            facts[int(rank)][fact] = None
        places: dict[int, dict[str, Any]] = {}
        if label.selectors:
            places = _places(self._store, subjects)
        elif label.name == "Decision":
            places = _judged(self._store, subjects)
        for number, said in enumerate(facts):
            yield _node(label, said, places.get(number, {}))

    def _item(
        self, label: Label, identifier: str, more: tuple[str, ...], properties: dict[str, Any], links: list[Link],
        nothing: str | None = None,
    ) -> Item:  # fmt: skip
        # What leads nowhere is left out of the digest, or it would not be written when its end comes.
        links = [link for link in links if link.label in _NO_TARGET or link.to in self.things(link.label)]
        links.sort(key=lambda link: link[:3])
        labels = (label.name, *more)
        digest = nothing
        if links or digest is None:
            text = _DIGESTED([labels, properties, links])
            digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
        return Item(identifier, ID + identifier, (*labels, MARK), properties, links, digest)


def gone(store: Store, label: Label, held: Iterable[str]) -> Iterator[str]:
    """Those of these identifiers, of nodes of that label, that the store has no more."""
    things = Names(_members(store, label))
    for one in held:
        thing = unquote(one.partition("/")[2]) if label.name == KEY else one
        if thing not in things:
            yield one


def key_id(key: str) -> str:
    """The identifier of a search key's node."""
    usual = key.isascii() and key.replace(" ", "").isalnum()  # and then spared the slow way
    return f"key/{key.replace(' ', '%20') if usual else quote(key)}"


def _members(store: Store, label: Label) -> Iterator[str]:
    if label.name == KEY:
        return (str(value(key)) for key in ask(store, _KEYS))
    classes = " ".join(f"<{name}>" for name in label.classes)
    found = ask(store, _MEMBERS.format(classes) if classes else _REPLACED)
    return (node_id(one[1:-1]) for one in found if one.startswith(f"<{ID}"))


def _subjects(things: Iterable[str]) -> str:
    return _numbered("?s ?i", [ID + one for one in things])


def _numbered(variables: str, names: Iterable[str]) -> str:
    """A table of SPARQL: each name and its number."""
    return f"VALUES ({variables}) {{ " + " ".join(f"(<{name}> {rank})" for rank, name in enumerate(names)) + " }"


@cache
def _told_names() -> tuple[str, ...]:
    known = projection()
    names = {name.partition("@")[0] for table in (known.texts, known.lists, known.relationships) for name in table}
    return (*sorted(names), _TYPE)


@lru_cache(maxsize=10_000)
def _meaning(fact: str) -> tuple[str, str, Any]:
    """What a property and its value become: the table of the projection that says so, the name there, the value."""
    known, (number, _, term) = projection(), fact.partition("\t")
    said, name = value(term), _told_names()[int(number)]
    if name == _TYPE:
        return "classes", "", str(said).removeprefix(LV)
    if to := known.relationships.get(name):
        return "relationships", to, _link(to, str(said))
    for table in ("texts", "lists"):
        names = getattr(known, table)
        if to := names.get(f"{name}@{language(term)}") or names.get(name):
            return table, to, str(said).removeprefix(LV).lower() if to == "kind" else said
    return "", "", said


def _node(label: Label, facts: Iterable[str], place: dict[str, Any]) -> _Node:
    properties: dict[str, Any] = dict(place)
    links: list[Link] = []
    classes: set[str] = set()
    lists: dict[str, set[str]] = defaultdict(set)
    for table, to, said in map(_meaning, facts):
        if table == "texts":
            properties[to] = min(properties[to], said, key=str) if to in properties else said
        elif table == "relationships":
            if said and to not in label.late:
                links.append(said)
        elif table == "lists":
            lists[to].add(str(said))
        elif table == "classes":
            classes.add(said)
    properties |= {name: sorted(values) for name, values in lists.items()}
    more = {parent for one in classes & set(ACTOR_CLASSES) for parent in (one, *ACTOR_CLASSES[one])}
    return tuple(sorted(more)), properties, links


def _link(type_: str, end: str) -> Link | None:
    if type_ == "HAS_KEY":
        return Link(type_, KEY, key_id(end), {})
    to = "Participation" if type_ == "HAS_PARTICIPATION" else label_of(end)
    return Link(type_, to, node_id(end), {}) if to else None


def _places(store: Store, subjects: str) -> dict[int, dict[str, Any]]:
    names = projection().selectors
    known = list(names.values())
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for line in ask(store, _OF_SELECTORS.format(subjects=subjects, names=_numbered("?p ?n", names))):
        rank, name, term = line.split("\t")
        said, place, to = value(term), found[int(rank)], known[int(name)]
        place[to] = min(place[to], said, key=str) if to in place else said
    return found


def _judged(store: Store, subjects: str) -> dict[int, dict[str, Any]]:
    """The wordings that decisions judge: identifiers as they were then, and as many texts, empty where it has none."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for line in sorted(ask(store, _JUDGED.format(subjects=subjects))):
        rank, judged, wording = line.split("\t")
        found[int(rank)].setdefault(str(value(judged)), str(value(wording)) if wording else "")
    return {rank: {"judges": list(said), "wordings": list(said.values())} for rank, said in found.items()}


def _late_links(store: Store, label: Label, subjects: str) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = defaultdict(list)
    if label.name in CONCEPTS:
        for rank, said in _said(store, subjects):
            found[rank].append(said)
    types = {name: type_ for name, type_ in projection().relationships.items() if type_ in label.late}
    if types:
        known = list(types.values())
        for line in dict.fromkeys(ask(store, _OF_THINGS.format(subjects=subjects, names=_numbered("?p ?n", types)))):
            thing, name, term = line.split("\t")
            if link := _link(known[int(name)], str(value(term))):
                found[int(thing)].append(link)
    return found


_Told = dict[str, set[str]]  # of a link: the terms of each property


def _said(store: Store, subjects: str) -> Iterator[tuple[int, Link]]:
    """Links of concepts, after the one that each leads from: one relationship a pair, with all the rows that say it."""
    types = {f"<{relation.iri}>": relation.neo4j for relation in Relation}
    pairs: dict[tuple[str, str, str], list[tuple[str, _Told]]] = defaultdict(list)
    for key, said in sorted(_facts_of_links(store, subjects).items()):
        one, _, link = key.partition("\t")
        for relation in said.get(_RELATION, ()):
            for to in said.get(_TO, ()):
                pairs[one, types.get(relation, ""), to].append((link, said))
    for (one, type_, to), links in pairs.items():
        told = _close(links) if type_ == Relation.CLOSE_TO.neo4j else _evident(links)
        end = str(value(to))
        if type_ and told and (label := label_of(end)):
            yield int(one), Link(type_, label, node_id(end), told)


def _facts_of_links(store: Store, subjects: str) -> dict[str, _Told]:
    """What is told of each link, after the number of the concept that it leads from."""
    names = (_RELATION, _TO, _PROOF, _EVIDENCE, *projection().links)
    ranks = {str(rank): name for rank, name in enumerate(names)}
    found: dict[str, _Told] = {}
    for line in ask(store, _OF_LINKS.format(subjects=subjects, names=_numbered("?p ?n", names))):
        key, rank, term = line.rsplit("\t", 2)
        said = found.get(key)
        if said is None:
            said = found[key] = {}
        name = ranks[rank]
        if name in said:
            said[name].add(term)
        else:
            said[name] = {term}
    return found


def _evident(links: list[tuple[str, _Told]]) -> dict[str, Any]:
    """What a relationship says that rows say; nothing where none does."""
    evidence = sorted({node_id(str(value(row))) for _, said in links for row in said.get(_EVIDENCE, ())})
    proofs = [value(proof) for _, said in links if _EVIDENCE in said for proof in said.get(_PROOF, ())]
    if not evidence or not proofs:
        return {}
    return {"proof": min(map(str, proofs)).removeprefix(LV), "evidence": evidence, "count": len(evidence)}


def _close(links: list[tuple[str, _Told]]) -> dict[str, Any]:
    told: dict[str, Any] = {"iri": value(links[0][0]), "proof": "close"}
    for name, known in projection().links.items():
        values = [value(term) for _, said in links if name in said for term in said[name]]
        if values:
            first = min(values, key=str)
            told[known] = node_id(str(first)) if known == "decision" else first
    return told

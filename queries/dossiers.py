"""The dossier of one thing: what it is, who said it and where, what it is linked to and how surely."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ontology import LV, Kind, Relation, fold, kind_in
from queries.deciding import Decided
from queries.kinds import KINDS
from queries.posing import posed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.store import Rows, Store

# How a link reads from each of its ends: (from the subject, from the object).
PHRASES: dict[str, tuple[str, str]] = {
    Relation.ANSWERS.iri: ("Irritants auxquels il répond", "Leviers qui y répondent"),
    Relation.RAISES.iri: ("Besoins qu’il fait naître", "Irritants dont il naît"),
    Relation.MEETS.iri: ("Besoins qu’il satisfait", "Leviers qui y répondent"),
    Relation.REVEALS.iri: ("Ce qu’elle révèle", "Expériences qui le révèlent"),
    Relation.IMPLEMENTS.iri: ("Leviers qu’elle met en œuvre", "Actions à mener"),
    Relation.MOBILISES.iri: ("Acteurs à mobiliser", "Leviers qui le mobilisent"),
    Relation.MEASURED_BY.iri: ("Indicateurs", "Leviers qu’il mesure"),
    Relation.SCHEDULED_FOR.iri: ("Échéances", "Leviers prévus alors"),
    Relation.INVOLVES.iri: ("Acteurs de l’expérience", "Expériences où il intervient"),
    Relation.NAMES.iri: ("Acteurs nommés", "Énoncés qui le nomment"),
    Relation.CLOSE_TO.iri: ("Énoncés proches", "Énoncés proches"),
}
# What is close and of another kind: what hinders some has served others.
FACING: dict[str, str] = {
    Kind.STRENGTH: "En tension avec ces points forts",
    Kind.IRRITANT: "En tension avec ces irritants",
}
# What is said under a theme or in a territory: only what a reader looks for first.
SAID: dict[str, str] = {
    Kind.IRRITANT: "Irritants les plus dits",
    Kind.LEVER: "Leviers les plus dits",
    Kind.STRENGTH: "Points forts les plus dits",
}
_PLACES = ("theme", "territory")


@dataclass(slots=True)
class Quote:
    """A passage and its place."""

    text: str
    document: str
    section: str
    row: str
    date: str = ""


@dataclass(slots=True)
class Dossier:
    """All that the graph says of one thing.

    Attributes:
        links: phrase → (label, identifier, proof) of each thing linked, surest first.
        said: of a theme or a territory, phrase → (label, identifier, sessions, rows) of what is said there, the
            most said first.
        decided: the decisions that make one thing of its wordings.
        near: of each close statement, by identifier, the class of confidence, or the decisions that say so.
    """

    id: str
    kind: str
    facts: dict[str, list[str]] = field(default_factory=dict)
    quotes: list[Quote] = field(default_factory=list)
    links: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    said: dict[str, list[tuple[str, str, int, int]]] = field(default_factory=dict)
    decided: list[Decided] = field(default_factory=list)
    near: dict[str, tuple[str, list[Decided]]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Its preferred name."""
        return next(iter(self.facts.get("label", [])), self.id)

    @property
    def is_place(self) -> bool:
        """Whether it is a theme or a territory: where things are said, and never said itself."""
        return self.kind in {KINDS[place] for place in _PLACES}


def dossier(store: Store, thing: str) -> Dossier:
    """The dossier of the thing of that IRI; empty where the graph says nothing of it."""
    kind = kind_in(thing)
    found = Dossier(thing, KINDS.get(kind, "Élément"))
    if kind in _PLACES:
        return _place(store, found)
    for name in ("facts", "context"):
        for fact, value in sorted(_rows(store, name, thing), key=str):
            found.facts.setdefault(str(fact), []).append(str(value))
    for quote, document, section, _, number, date in sorted(
        _rows(store, "quotes", thing), key=lambda row: (*map(str, row[1:]), str(row[0]))
    ):
        found.quotes.append(Quote(str(quote), str(document), str(section), f"ligne {number}", str(date or "")))
    _link(store, found)
    _decided(store, found)
    return found


def _place(store: Store, found: Dossier) -> Dossier:
    for name in ("facts", "place"):
        for fact, value in sorted(_rows(store, name, found.id), key=str):
            found.facts.setdefault(str(fact), []).append(str(value))
    ranked = sorted(
        _rows(store, "said", found.id),
        key=lambda row: (-int(str(row[3])), -int(str(row[4])), fold(str(row[2])), str(row[1])),
    )
    for kind, phrase in SAID.items():
        group = [
            (str(label or one), str(one), int(str(sessions)), int(str(rows)))
            for what, one, label, sessions, rows in ranked
            if what == kind
        ]
        if group:
            found.said[phrase] = group
    return found


def _link(store: Store, found: Dossier) -> None:
    best: dict[tuple[str, str], tuple[str, str]] = {}
    for way, relation, other, label, proof, _ in _rows(store, "links", found.id):
        phrases = PHRASES.get(str(relation))
        if phrases is None or str(other) == found.id:
            continue
        phrase = phrases[0] if way == "out" else phrases[1]
        if relation == Relation.CLOSE_TO.iri and (kind := kind_in(str(other))) != kind_in(found.id):
            phrase = FACING.get(kind, phrase)
        key = (phrase, str(other))
        said = (str(proof).removeprefix(LV), str(label or other))
        best[key] = min(best.get(key, said), said, key=lambda one: ("row", "same", "close", "theme").index(one[0]))
    for (phrase, other), (proof, label) in sorted(
        best.items(), key=lambda item: (item[0][0], item[1][1].lower(), item[0][1])
    ):
        found.links.setdefault(phrase, []).append((label, other, proof))


def _decided(store: Store, found: Dossier) -> None:
    for row in sorted(_rows(store, "decisions", found.id), key=str):
        found.decided.append(Decided(*(str(cell or "") for cell in row[:4])))
    for other, confidence, decision, who, when in sorted(_rows(store, "near", found.id), key=str):
        _, decisions = found.near.setdefault(str(other), (str(confidence or ""), []))
        if decision:
            decisions.append(Decided("close", str(who or ""), str(when or "")))


def _rows(store: Store, name: str, thing: str) -> list[tuple[object, ...]]:
    from graph.triples import iri

    return list(pose_for(store, name, {"thing": [iri(thing)]}).rows)


def pose_for(store: Store, name: str, terms: Mapping[str, Iterable[str]]) -> Rows:
    """The rows of a query of dossiers."""
    return posed(store, query(name), lambda: query(name, "cypher"), terms)


@cache
def query(name: str, ending: str = "rq") -> str:
    """The text of a query of dossiers."""
    return (Path(__file__).with_name("dossier") / f"{name}.{ending}").read_text(encoding="utf-8")

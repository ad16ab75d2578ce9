"""What deserves a second look in a graph: broken forms, lost quotations, unknown actors, misplaced statements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.batches import batches
from graph.triples import iri
from ontology import ID, LV, PREFIXES, Kind, Reason, compact, fold
from queries.posing import helped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.archive import Archive
    from graph.store import Store
    from ontology import Mention, Participation, Reading

_INFINITIVE = re.compile(r"^(?:ne pas |se |s )?[a-z]{2,}(?:er|ir|oir|dre|tre|vre|ire|pre|clure)(?: |$)")
_LACK = re.compile(
    r"^(?:manque|absence|difficulte|insuffisance|pas de|pas assez|probleme|frein|peur|crainte|impossibilite)s?\b"
)
_NOT_VERBS = {
    "premier",
    "dernier",
    "particulier",
    "autre",
    "notre",
    "votre",
    "entre",
    "cahier",
    "papier",
    "ordre",
    "cadre",
    "offre",
    "titre",
    "membre",
    "nombre",
    "centre",
    "contre",
    "maitre",
    "atelier",
    "metier",
    "loisir",
    "plaisir",
    "avenir",
    "faire le lien",
}
_UNKNOWN = f"""PREFIX lv: <{LV}> PREFIX skos: <{PREFIXES["skos"]}>
SELECT ?actor ?label ?support WHERE {{ ?actor lv:unrecognised true ; skos:prefLabel ?label ; lv:support ?support }}"""
_AT_ONCE = 400  # things of one question
_UNPLACED = {Reason.LAYOUT, Reason.UNKNOWN_TABLE}
TITLES = {
    "forme": "Données mal formées (SHACL)",
    "manque": "Renseignements qui manquent (SHACL)",
    "citation": "Citations orphelines",
    "acteur": "Acteurs et sigles inconnus",
    "douteux": "Colonnes déduites, presque aussi probables autrement",
    "colonne": "Énoncés peut-être dans la mauvaise colonne",
    "lecture": "Passages de tableaux non rangés",
    "séance": "Cases non cochées malgré un effectif",
    "décision": "Décisions qui se contredisent",
    "clé": "Décisions dont une clé ne nomme rien",
}


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One thing to look at; ``topic`` is a key of `TITLES`."""

    topic: str
    document: str
    line: int
    text: str
    advice: str
    blocking: bool = False


def inspect(store: Store, archive: Archive | None, *, shapes: bool = True) -> list[Remark]:
    """All remarks on a graph and, where they are at hand, the readings it was built from, sorted."""
    remarks = [*_unknown_actors(store), *(_decisions(store, archive) if archive else ())]
    for reading in archive.readings() if archive else ():
        remarks += _unknown_words(reading)
        remarks += _quotations(reading)
        remarks += _columns(reading)
        remarks += _unplaced(reading)
        remarks += _unticked(reading)
    if shapes:
        remarks += _shapes(store)
    return sorted(set(remarks))


def _unknown_actors(store: Store) -> Iterator[Remark]:
    for actor, label, support in store.select(_UNKNOWN).rows:
        times = f"{support} séance{'s' if isinstance(support, int) and support > 1 else ''}"
        advice = f"absent du vocabulaire des acteurs ({times}, {compact(str(actor))}){_perhaps(str(label))}"
        yield Remark("acteur", "", 0, str(label), advice)


def _unknown_words(reading: Reading) -> Iterator[Remark]:
    """What may name an actor, beside those that the graph holds: once for each wording and each report."""
    said: dict[tuple[str, bool], list[Mention]] = {}
    for mention in reading.mentions:
        for words in mention.unknown_words:
            said.setdefault((words, mention.kind is Kind.ACTOR), []).append(mention)
    for (words, listed), mentions in said.items():
        where = "à côté d’acteurs reconnus" if listed else "sigle dans un énoncé"
        times = f"{where}, {len(mentions)} fois" if len(mentions) > 1 else where
        advice = f"absent du vocabulaire ({times}){_perhaps(words)}"
        yield Remark("acteur", reading.name, _line(reading, mentions[0]), words, advice)


def _perhaps(wording: str) -> str:
    """The actors that a wording may mean: a person decides, with `leviers review --kind acteur`."""
    from queries.reviewing.aliases import guesses

    found = [guess.actor.label for guess in guesses(wording)]
    return f" ; peut-être : {', '.join(found)}" if found else ""


def _decisions(store: Store, archive: Archive) -> Iterator[Remark]:
    from graph.decisions import read_decisions
    from graph.reconcile import Reconciler
    from graph.statements import wordings
    from queries.reviewing.words import opposed, signed, strangers, told

    reconciler = Reconciler(read_decisions(archive.decisions(), "décisions de la base", []))
    own = [decision for decision in reconciler.decisions if not decision.shipped]
    texts = wordings(store) if own or reconciler.contradictions else {}
    for decision, against, through in reconciler.contradictions:
        by = signed(decision).removeprefix(decision.place).strip()
        advice = f"non suivie {by} : {opposed(against, through, texts)}" if by else opposed(against, through, texts)
        yield Remark("décision", decision.file, decision.line, told(decision, texts), advice, blocking=True)
    for decision, why in strangers(own, texts):
        yield Remark("clé", decision.file, decision.line, told(decision, texts), why)


def _quotations(reading: Reading) -> Iterator[Remark]:
    from ingest.cleaning import clean

    for mention in reading.mentions:
        if clean(mention.span.of(reading.text)) != mention.text:
            yield Remark(
                "citation",
                reading.name,
                _line(reading, mention),
                mention.text,
                "introuvable à sa place dans le texte",
                blocking=True,
            )


def _columns(reading: Reading) -> Iterator[Remark]:
    for mention in reading.mentions:
        if mention.doubtful:
            advice = f"colonne « {mention.column} » déduite de l’ordre et des mots : à vérifier"
            yield Remark("douteux", reading.name, _line(reading, mention), mention.text, advice)
        folded = fold(mention.text)
        first = folded.split(" ", 1)[0]
        acts = bool(_INFINITIVE.match(folded)) and first not in _NOT_VERBS
        if mention.kind in {Kind.IRRITANT, Kind.STRENGTH} and acts:
            advice = f"rangé dans « {mention.column} », dit plutôt quoi faire (levier ?)"
        elif mention.kind in {Kind.LEVER, Kind.STRENGTH, Kind.ACTION} and _LACK.match(folded):
            advice = f"rangé dans « {mention.column} », dit plutôt un manque (irritant ?)"
        else:
            continue
        yield Remark("colonne", reading.name, _line(reading, mention), mention.text, advice)


def _unplaced(reading: Reading) -> Iterator[Remark]:
    for aside in reading.asides:
        if aside.reason in _UNPLACED and aside.text:
            yield Remark("lecture", reading.name, aside.line, aside.text, aside.reason.value)


def _unticked(reading: Reading) -> Iterator[Remark]:
    for session in reading.sessions:
        for told in session.participations:
            if told.ticked is False and told.counted:
                line = reading.text.count("\n", 0, told.span.start) + 1
                advice = f"case non cochée, mais un effectif est écrit : {_printed(told)} (gardé tel quel)"
                yield Remark("séance", reading.name, line, told.category, advice)


def _printed(told: Participation) -> str:
    places = "" if told.establishments is None else f"établissements : {told.establishments}"
    return ", ".join(filter(None, (told.text, places)))


def _shapes(store: Store) -> Iterator[Remark]:
    from ontology.shapes import validate

    findings = validate(store.dump("application/n-triples"), vocabulary=False)
    labels = _labels(store, {finding.focus for finding in findings if finding.focus.startswith(ID)})
    for finding in findings:
        blocking = finding.severity == "violation"
        said = labels.get(finding.focus, compact(finding.focus))
        yield Remark("forme" if blocking else "manque", "", 0, said, finding.message, blocking=blocking)


def _labels(store: Store, things: Iterable[str]) -> dict[str, str]:
    """What things are called in French, by identifier."""
    found: dict[str, str] = {}
    for some in batches(sorted(things), _AT_ONCE):
        for thing, label, _ in helped(store, "_by-id", {"id": map(iri, some)}).rows:
            if label is not None:
                found[str(thing)] = min(str(label), found.get(str(thing), str(label)))
    return found


def _line(reading: Reading, mention: Mention) -> int:
    return reading.text.count("\n", 0, mention.span.start) + 1


def by_topic(remarks: Iterable[Remark]) -> dict[str, list[Remark]]:
    """Remarks grouped, in the order of `TITLES`; a topic without remarks is left out."""
    groups: dict[str, list[Remark]] = {topic: [] for topic in TITLES}
    for remark in remarks:
        groups[remark.topic].append(remark)
    return {topic: group for topic, group in groups.items() if group}

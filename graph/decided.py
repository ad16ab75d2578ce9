"""What the decisions say of a store, as triples: see "The derived graphs" in docs/model.md."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from graph.batches import batches
from graph.decisions import IS
from graph.link import CLOSE, close_lines
from graph.triples import Lines, iri, literal
from ontology import ID, LV, PREFIXES, search_key

if TYPE_CHECKING:
    from graph.decisions import Decision
    from graph.reconcile import Reconciler
    from graph.store import Store

_AT_ONCE = 400
_DECIDED = next(iter(CLOSE))  # how sure a person is taken to be
_PRESENT = f"PREFIX lv: <{LV}> SELECT ?concept WHERE {{ VALUES ?concept {{ @concepts }} ?concept lv:support ?n }}"
_LABELS = f"""PREFIX rdfs: <{PREFIXES["rdfs"]}>
SELECT DISTINCT ?actor ?text WHERE {{ VALUES ?actor {{ @actors }} ?actor rdfs:label ?text }}"""


def decision_lines(store: Store, reconciler: Reconciler) -> list[str]:
    """The triples of the decisions that speak of something in the store."""
    present = _present(store, {reconciler.canonical(end) for one in reconciler.decisions for end in one.pair})
    lines = Lines()
    for concept, now in reconciler.replaced():
        if now in present:
            lines.add(concept, PREFIXES["dcterms"] + "isReplacedBy", iri(now))
    for decision in reconciler.decisions:
        about = sorted({reconciler.canonical(decision.one), reconciler.canonical(decision.other)} & present)
        if about:
            _decision(lines, decision, about)
    for contradiction in reconciler.contradictions:
        ends = {reconciler.canonical(end) for one in contradiction[:2] for end in one.pair}
        if ends <= present:
            against = iri(decision_iri(contradiction.against))
            lines.add(decision_iri(contradiction.decision), LV + "contradicts", against)
    _close(lines, reconciler, present)
    _aliases(lines, store, reconciler)
    return lines.sorted()


def _present(store: Store, concepts: set[str]) -> set[str]:
    """Those of these concepts that the store's documents speak of: a country has many more than were decided on."""
    present = set()
    for some in batches(sorted(concepts), _AT_ONCE):
        query = _PRESENT.replace("@concepts", " ".join(map(iri, some)))
        present |= {str(row[0]) for row in store.select(query).rows}
    return present


def decision_iri(decision: Decision) -> str:
    """The identifier of what is decided of one pair: a later verdict about the same pair has the same one."""
    digest = hashlib.sha256("\t".join((decision.kind.value, *sorted((decision.a, decision.b)))).encode()).hexdigest()
    return f"{ID}decision/{digest[:16]}"


def _decision(lines: Lines, decision: Decision, about: list[str]) -> None:
    me, add = decision_iri(decision), lines.add
    add(me, "a", iri(LV + "Decision"))
    add(me, LV + "verdict", literal(decision.verdict))
    add(me, LV + "judges", iri(decision.one), iri(decision.other))
    add(me, LV + "about", *map(iri, about))
    for name, text in (("decidedBy", decision.who), ("decidedOn", decision.when)):
        if text:
            add(me, LV + name, literal(text))
    if decision.note:
        add(me, LV + "note", literal(decision.note, "fr"))


def _close(lines: Lines, reconciler: Reconciler, present: set[str]) -> None:
    for one, other, decisions in reconciler.close():
        if one not in present or other not in present:
            continue
        said = [(LV + "decision", iri(decision_iri(decision))) for decision in decisions]
        said += [(LV + "decidedBy", literal(decision.who)) for decision in decisions if decision.who]
        lines.take(close_lines(one, other, _DECIDED, *said))


def _aliases(lines: Lines, store: Store, reconciler: Reconciler) -> None:
    """A wording that is decided to be an actor's finds that actor."""
    actors = [one.one for one in reconciler.decisions if one.verdict == IS and reconciler.follows(one)]
    aliases = sorted({alias for actor in actors for alias in reconciler.members(actor)[1:]})
    for some in batches(aliases, _AT_ONCE):
        for alias, text in store.select(_LABELS.replace("@actors", " ".join(map(iri, some)))).rows:
            actor = reconciler.canonical(str(alias))
            lines.add(actor, PREFIXES["skos"] + "hiddenLabel", literal(str(text), "fr"))
            if key := search_key(str(text)):
                lines.add(actor, LV + "searchKey", literal(key))

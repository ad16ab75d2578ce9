"""What is derived from all documents together: labels, search keys and support of each concept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from graph.batches import batches
from graph.triples import Lines, iri, literal, number
from ontology import ID, LV, PREFIXES, Kind, horizon_of, made_from_content, search_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Store

_SKOS = PREFIXES["skos"]
_AT_ONCE = 400
_LONGEST_LABEL = 160
_TIMEFRAME = f"{ID}{Kind.TIMEFRAME.value}/"
_SAID = f"""
PREFIX lv: <{LV}>
PREFIX oa: <{PREFIXES["oa"]}>
PREFIX dcterms: <{PREFIXES["dcterms"]}>
PREFIX rdfs: <{PREFIXES["rdfs"]}>
SELECT ?concept ?text ?title ?label ?session ?territory ?document ?work WHERE {{
  VALUES ?concept {{ @concepts }}
  ?mention oa:hasBody ?concept ; lv:text ?text ; lv:inRow ?row .
  ?row lv:inSession ?session ; dcterms:isPartOf ?document .
  OPTIONAL {{ ?mention dcterms:title ?title }}
  OPTIONAL {{ ?concept rdfs:label ?label }}
  OPTIONAL {{ ?row lv:inTerritory ?territory }}
  OPTIONAL {{ ?document dcterms:isFormatOf ?work }}
}}"""


_YEARS = f"""
PREFIX lv: <{LV}>
PREFIX oa: <{PREFIXES["oa"]}>
PREFIX dcterms: <{PREFIXES["dcterms"]}>
SELECT ?concept (MIN(SUBSTR(STR(?date), 1, 4)) AS ?first) (MAX(SUBSTR(STR(?date), 1, 4)) AS ?last) WHERE {{
  VALUES ?concept {{ @concepts }}
  ?mention oa:hasBody ?concept ; lv:inRow ?row . ?row lv:inSession ?session . ?session dcterms:date ?date
}} GROUP BY ?concept HAVING(COUNT(?date) > 0)"""


class Said(NamedTuple):
    """One mention of a concept: how it was worded, in which session, territory and document, part of which work."""

    wording: str
    session: str
    territory: str
    document: str
    work: str


def concept_lines(store: Store, concepts: Iterable[str]) -> list[str]:
    """The derived triples of these concepts, from all that the store's documents say of them."""
    lines = Lines()
    for some in batches(sorted(concepts), _AT_ONCE):
        said: dict[str, list[Said]] = {}
        named = " ".join(f"<{concept}>" for concept in some)
        for concept, first, last in store.select(_YEARS.replace("@concepts", named)).rows:
            lines.add(str(concept), LV + "firstYear", number(int(str(first))))
            lines.add(str(concept), LV + "lastYear", number(int(str(last))))
        found = store.select(_SAID.replace("@concepts", named)).rows
        for concept, text, title, label, session, territory, document, work in found:
            fact = Said(str(label or title or text), str(session), str(territory or ""), str(document), str(work or ""))
            said.setdefault(str(concept), []).append(fact)
        for concept, facts in said.items():
            _derive(lines, concept, facts)
    return lines.sorted()


def _derive(lines: Lines, concept: str, facts: list[Said]) -> None:
    # A document that is part of another repeats it: it counts only for what the other does not say.
    documents = {fact.document for fact in facts}
    own = [fact for fact in facts if fact.work not in documents]
    lines.add(concept, LV + "support", number(len({fact.session for fact in own})))
    lines.add(concept, LV + "territories", number(len({fact.territory for fact in own if fact.territory})))
    if not made_from_content(concept):
        return  # the vocabulary names it
    wordings = Counter(fact.wording for fact in facts)
    if concept.startswith(_TIMEFRAME):
        lines.add(concept, LV + "horizon", *sorted({iri(one) for text in wordings if (one := horizon_of(text))}))
    label = best_label(wordings)
    lines.add(concept, _SKOS + "prefLabel", literal(label, "fr"))
    others = sorted({_tidy(wording) for wording in wordings} - {label})
    lines.add(concept, _SKOS + "altLabel", *(literal(other, "fr") for other in others))
    lines.add(concept, LV + "searchKey", *(literal(key) for key in sorted({search_key(w) for w in wordings}) if key))


def best_label(wordings: Counter[str]) -> str:
    """The shortest clear wording: in sentence case before capitals, then short, then frequent.

    >>> best_label(Counter({"LA FORMATION": 2, "La formation des enseignants.": 1, "La formation": 1}))
    'La formation'
    """
    best = min(wordings, key=lambda text: (text.isupper(), len(_tidy(text)), -wordings[text], text))
    label = _tidy(best)
    return label if len(label) <= _LONGEST_LABEL else label[:_LONGEST_LABEL].rsplit(" ", 1)[0] + "…"


def _tidy(text: str) -> str:
    return text.rstrip(" .,;:") or text

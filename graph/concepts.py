"""What is derived from all documents together: labels, search keys and support of each concept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.triples import TRUE, Lines, iri, literal, number
from ontology import ID, LV, PREFIXES, Kind, horizon_of, made_from_content, search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.said import Fact, Said

_SKOS = PREFIXES["skos"]
_LONGEST_LABEL = 160
_TIMEFRAME = f"{ID}{Kind.TIMEFRAME.value}/"


def concept_lines(said: Said, concepts: Iterable[str], works: Mapping[str, str]) -> list[str]:
    """The derived triples of these concepts, from all that the store's documents say of them.

    Args:
        said: what they say.
        concepts: identifiers.
        works: each document that is part of another one, with that one, by key.
    """
    lines = Lines()
    for concept, facts in said.of(concepts):
        _derive(lines, concept, facts, works)
    return lines.sorted()


def _derive(lines: Lines, concept: str, facts: list[Fact], works: Mapping[str, str]) -> None:
    # A document that is part of another repeats it: it counts only for what the other does not say.
    documents = {fact.document for fact in facts}
    own = [fact for fact in facts if works.get(fact.document) not in documents]
    sessions, places = {fact.session for fact in own}, {fact.territory for fact in own if fact.territory}
    lines.add(concept, LV + "support", number(len(sessions)))
    lines.add(concept, LV + "territories", number(len(places)))
    if len(sessions) > 1 or len(places) > 1:
        lines.add(concept, LV + "shared", TRUE)
    if dated := [(fact.first, fact.last) for fact in facts if fact.first and fact.last]:
        lines.add(concept, LV + "firstYear", number(int(min(first for first, _ in dated))))
        lines.add(concept, LV + "lastYear", number(int(max(last for _, last in dated))))
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

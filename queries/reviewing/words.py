"""Decisions told to people: who said what of which wordings, and what contradicts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.decisions import IS, IS_NOT
from ontology import compact, kind_in, made_from_content
from queries.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.decisions import Decision
    from graph.reconcile import Contradiction

SIGNS = {"same": "=", "close": "≈", "different": "≠", "is": "est", "is not": "n’est pas", "undecided": "?"}
OF_ACTORS = {"same": IS, "different": IS_NOT, "close": ""}  # what these say of an actor of the vocabulary
_LONGEST = 70
_SHOWN = 3


def told(decision: Decision, texts: Mapping[str, str]) -> str:
    """What a decision says, in the words of the store where it has them; ``texts`` as `graph.statements.wordings`."""
    one, other = (_words(end, texts) for end in (decision.one, decision.other))
    return f"{one} {SIGNS[decision.verdict]} {other}"


def signed(decision: Decision) -> str:
    """Where it stands, who took it and when."""
    by = ", ".join(filter(None, (decision.who, decision.when)))
    return f"{decision.place} ({by})" if by else decision.place


def contradicted(contradiction: Contradiction, texts: Mapping[str, str]) -> str:
    """A decision that is not followed, and why, on one line."""
    decision, against, through = contradiction
    return f"{signed(decision)} : {told(decision, texts)}, non suivie : {opposed(against, through, texts)}"


def opposed(against: Decision, through: Iterable[Decision], texts: Mapping[str, str]) -> str:
    """What a decision runs into, with the decisions that lead there."""
    steps = [signed(one) for one in through]
    more = f" et {len(steps) - _SHOWN} autres" if len(steps) > _SHOWN else ""
    by = f", où mènent {' ; '.join(steps[:_SHOWN])}{more}" if steps else ""
    return f"{signed(against)} dit {told(against, texts)}{by}"


def strangers(decisions: Iterable[Decision], texts: Mapping[str, str]) -> Iterator[tuple[Decision, str]]:
    """The decisions whose keys name nothing in the store, with one line for each such key."""
    kinds = {name.rsplit("/", 1)[1]: _kind(name) for name in texts}
    seen = set()
    for decision in decisions:
        for end, key in ((decision.one, decision.a), (decision.other, decision.b)):
            if end in texts or end in seen or not made_from_content(end):
                continue
            seen.add(end)
            what = f"nomme, dans la base, un énoncé « {kinds[key]} »" if key in kinds else "ne nomme rien dans la base"
            yield decision, f"la clé {key} ({_kind(end)}) {what} : décision gardée, sans effet"


def _words(end: str, texts: Mapping[str, str]) -> str:
    text = " ".join(texts.get(end, "").split())
    if not text:
        return compact(end)
    return f"« {text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(' ', 1)[0] + '…'} »"


def _kind(iri: str) -> str:
    kind = kind_in(iri)
    return KINDS.get(kind, kind).lower()

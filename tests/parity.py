"""The same questions to several stores that hold one graph: every difference, told.

A store to compare is made by the caller from the named graphs; `differences` then asks both all that can be asked.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import sample_graph as sample
from hypothesis import strategies as st

from graph.triples import iri
from ontology import LV, Kind, UnknownName
from queries import catalogue
from queries.ask import ask
from queries.dossiers import dossier
from queries.posing import helped, pose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph import Rows, Store

_CONTEXT = ("theme", "territoire")
_NOWHERE = "<https://exemple.invalid/rien>"


def differences(one: Store, other: Store, *, things: int = 3, contexts: int = 2) -> Iterator[str]:
    """What two stores answer differently.

    Args:
        one: the reference.
        other: the store compared.
        things: how many things each parameter is tried with.
        contexts: how many themes and territories.
    """
    values = {name: _values(one, name) for name in ("_irritants", "_levers", "_actors", "_themes", "_territories")}
    for name, found in values.items():
        if found != _values(other, name):
            yield f"{name}: {found} / {_values(other, name)}"
    for name in catalogue.names():
        query = catalogue.get(name)
        for terms in _bindings(query, values, things, contexts):
            for weakest in query.proofs if not set(_CONTEXT) & set(terms) else query.proofs[-1:]:
                said, told = (comparable(pose(store, query, terms, weakest)) for store in (one, other))
                if said != told:
                    yield f"{name} {terms} {weakest}: only the first {_only(said, told)}, the other {_only(told, said)}"


def answered_differently(one: Store, other: Store, things: int = 3) -> Iterator[str]:
    """What `ask` and `dossier` make of it: words understood, order, quotations."""
    for name in catalogue.names():
        query = catalogue.get(name)
        for given in _words(one, query, things):
            said, told = (_asked(store, name, given) for store in (one, other))
            if said != told:
                yield f"{name} {given}: {said} / {told}"
    for helper in ("_irritants", "_levers", "_actors", "_themes", "_territories"):
        for thing in islice(_values(one, helper), things):
            if dossier(one, thing) != dossier(other, thing):
                yield f"dossier {thing}: {dossier(one, thing)} / {dossier(other, thing)}"


def comparable(rows: Rows) -> list[dict[str, Any]]:
    """Rows with the lists in their cells sorted: no engine promises an order there."""
    return sorted(({name: _parts(name, value) for name, value in row.items()} for row in rows.dicts()), key=str)


def _parts(name: str, value: object) -> object:
    if not isinstance(value, str) or name == "id":
        return [] if value is None else value
    parts = value.split() if name == "evidence" else value.split("\n")
    return sorted({part for part in parts if part and part != f"{LV}nothing"})


def _values(store: Store, helper: str) -> list[str]:
    return sorted(str(row[0]) for row in helped(store, helper, {}).rows)


def _bindings(
    query: catalogue.CannedQuery, values: dict[str, list[str]], things: int, contexts: int
) -> Iterator[dict[str, str]]:
    own = [each for each in query.parameters if each.name not in _CONTEXT]
    mains: list[dict[str, str]] = [{}] if not any(each.required for each in own) else []
    for each in own:
        mains += [{each.name: iri(one)} for one in _spread(values[each.values], things)]
    for main in mains:
        yield main
        for each in query.parameters:
            if each.name in _CONTEXT:
                yield from ({**main, each.name: iri(one)} for one in _spread(values[each.values], contexts))
    yield {each.name: _NOWHERE for each in query.parameters}


def _spread(items: list[str], count: int) -> Iterable[str]:
    return items[:: max(1, len(items) // max(1, count))][:count]


def _words(store: Store, query: catalogue.CannedQuery, things: int) -> Iterator[dict[str, str]]:
    own = [each for each in query.parameters if each.name not in _CONTEXT]
    if not any(each.required for each in own):
        yield {}
    for each in own:
        named = [str(label) for _, label in helped(store, each.values, {}).rows if label]
        yield from ({each.name: label.upper()} for label in _spread(sorted(named), things))
        yield {each.name: "rien qui ressemble à cela"}


def _asked(store: Store, name: str, given: dict[str, str]) -> object:
    try:
        return [ask(store, name, given, language=language) for language in ("fr", "en")]
    except UnknownName as error:
        return str(error)


def _only(some: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in some if row not in others][:2]


_POOL = {kind: [f"{kind.value} {word}" for word in ("un", "deux", "trois")] for kind in Kind if kind is not Kind.ACTOR}
_POOL[Kind.TIMEFRAME] = ["Court terme", "Long terme", "À la rentrée"]
_POOL[Kind.STRENGTH] += ["irritant un"]  # the words of an irritant: a tension
_POOL[Kind.ACTOR] = ["erun", "commune", "dane"]
_ITEM = st.sampled_from([(kind, text) for kind, texts in _POOL.items() for text in texts])
_PAIRS = st.sampled_from(
    [(one, other) for kind, texts in _POOL.items() if kind is not Kind.ACTOR
     for one in texts for other in texts if one < other for one, other in
     [(sample.body(kind, one), sample.body(kind, other))]]
    + [(sample.irritant("irritant un"), sample.strength("strength un"))]
)  # fmt: skip


@st.composite
def random_graphs(draw: st.DrawFn) -> dict[str, list[str]]:
    """The named graphs of a few documents that say anything of anything."""
    documents = tuple(
        sample.Told(key, day, draw(st.sampled_from([sample.MAINE, sample.VENDEE, sample.FRANCE])), _rows(draw))
        for key, day in (("un", "2015-10-01"), ("deux", "2020-10-05"), ("trois", "2020-11-03"))
    )
    said = {sample.body(kind, text) for told in documents for row in told.rows for kind, text in row.items}
    pairs = draw(st.lists(_PAIRS, max_size=6, unique=True))
    close = tuple(
        (one, other, draw(st.sampled_from(["forte", "moyenne"]))) for one, other in pairs if {one, other} <= said
    )
    return sample.graphs(documents, close)


def _rows(draw: st.DrawFn) -> tuple[sample.Said, ...]:
    rows = draw(st.lists(st.lists(_ITEM, min_size=1, max_size=7, unique=True), min_size=1, max_size=5))
    return tuple(
        sample.Said(
            f"t1r{number}", "Section", "plan", draw(st.sampled_from([sample.EGAL, sample.ENSEMBLE])), tuple(row)
        )
        for number, row in enumerate(rows, 1)
    )


def checked(reference: Store, other: Store, **sizes: int) -> None:
    """Fail with the first differences, if there are any."""
    found = [*islice(differences(reference, other, **sizes), 3)]
    found += islice(answered_differently(reference, other, sizes.get("things", 3)), 3)
    assert not found, "\n".join(found)
    assert reference.graphs()


__all__ = ["answered_differently", "checked", "comparable", "differences", "random_graphs"]

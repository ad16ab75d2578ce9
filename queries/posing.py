"""Posing a query of ours to a store in the language that it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.store import Rows
from graph.triples import plain
from ontology import Proof
from queries import catalogue
from queries.binding import bind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graph.store import Store
    from queries.catalogue import CannedQuery


def pose(store: Store, query: CannedQuery, terms: Mapping[str, str], weakest: Proof = Proof.THEME) -> Rows:
    """The raw rows of a canned query.

    Args:
        store: where to look.
        query: what to ask.
        terms: parameter name → term as SPARQL writes it.
        weakest: the weakest level of proof to look for.
    """
    if store.language == "cypher":
        return _cypher(store, query.cypher(weakest), native(query, terms))
    return store.select(query.text({name: [term] for name, term in terms.items()}, weakest))


def native(query: CannedQuery, terms: Mapping[str, str]) -> dict[str, str | None]:
    """All the parameters of a query as Cypher takes them: None for what is not given."""
    return {each.name: plain(terms[each.name]) if each.name in terms else None for each in query.parameters}


def helped(store: Store, name: str, terms: Mapping[str, Iterable[str]]) -> Rows:
    """The rows of a helper query, as ``_evidence``; a parameter takes any number of terms."""
    return posed(store, catalogue.helper(name), lambda: catalogue.twin(name), terms)


def posed(store: Store, sparql: str, cypher: Callable[[], str], terms: Mapping[str, Iterable[str]]) -> Rows:
    """The rows of a query whose two texts are at hand; none where a parameter has no term."""
    given = {name: list(some) for name, some in terms.items()}
    if not all(given.values()):
        return Rows((), [])
    if store.language == "cypher":
        return _cypher(store, cypher(), {name: [plain(term) for term in some] for name, some in given.items()})
    return store.select(bind(sparql, given))


def _cypher(store: Store, text: str, parameters: Mapping[str, object]) -> Rows:
    from graph.cypher.store import CypherStore

    if not isinstance(store, CypherStore):
        raise TypeError(f"{store.address} speaks no Cypher")
    return store.select(text, parameters)

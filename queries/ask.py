"""Asking a canned query: parameters understood, query run, each answer with its proof and its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from graph.batches import batches
from graph.triples import iri
from ontology import ID, Proof, compact, fold
from queries.catalogue import CannedQuery, Column, get
from queries.deciding import JOINING, Decided, Decisions
from queries.posing import helped, pose
from queries.resolve import refuse_empty, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.store import Cell, Store
    from queries.resolve import Resolved

_ROW = f"{ID}row/"
_ONE_OF_SEVERAL = "\n"  # between the values of a cell that holds several, as the queries write them
_NOTHING = "#nothing"
_DECIDED = " decided"  # no column of a query
_NOWHERE = ("\U0010ffff", 0)  # after every document
_AT_ONCE = 500  # rows a query of evidence asks for
_AS_WRITTEN = {"action", "timeframe", "indicator"}  # kinds that a plan gives in an order of its own


class Evidence(NamedTuple):
    """The exact words, and where they stand; ``row`` is the row's id, unique in the corpus."""

    quote: str
    document: str
    section: str
    row: str


class AnswerRow(NamedTuple):
    """One answer.

    Attributes:
        id: IRI of the main thing answered.
        confidence: class of the weakest close match on the way (``forte``, ``moyenne``), empty where there is none.
        values: by column name; several values of one cell are joined by " ; ".
        decided: the decisions that it passes through.
    """

    values: dict[str, Cell]
    id: str
    proof: Proof
    confidence: str
    evidence: tuple[Evidence, ...]
    decided: tuple[Decided, ...] = ()


class Answer(NamedTuple):
    """What a canned query answers.

    Attributes:
        parameters: what was understood of each parameter: its label.
        understood: parameters that were guessed from other words than their labels.
        total: how many answers there are without the limit.
    """

    query: CannedQuery
    parameters: dict[str, str]
    rows: list[AnswerRow]
    weakest: Proof
    understood: dict[str, str]
    total: int = 0

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of each row."""
        return self.query.columns


def ask(
    store: Store,
    name: str,
    parameters: Mapping[str, str],
    *,
    weakest: Proof = Proof.CLOSE,
    limit: int | None = None,
    language: str = "fr",
) -> Answer:
    """Ask a canned query.

    Args:
        store: where to look.
        name: of the query.
        parameters: by name, as the user writes them.
        weakest: the weakest level of proof accepted.
        limit: how many answers at most, surest first.
        language: of the labels, where the vocabulary has them.

    Raises:
        UnknownName: no such query, parameter or thing.
        StoreEmpty: nothing was loaded.
    """
    query = get(name)
    meant = understand(store, query, parameters)
    found = pose(store, query, {name: iri(one.iri) for name, one in meant.items()}, weakest)
    accepted = _decided(store, list(found.dicts()), _asked(meant, parameters))
    accepted = [row for row in accepted if Proof(str(row["proof"])).rank <= weakest.rank]
    first, quotes = _first(store, query.columns, accepted, limit)
    labels = {} if language == "fr" else _labels(store, query.columns, first, language)
    return Answer(
        query,
        {name: one.label for name, one in meant.items()},
        [_row(query.columns, row, quotes, labels) for row in first],
        weakest,
        {name: one.label for name, one in meant.items() if one.how == "near"},
        len(accepted),
    )


def _asked(meant: Mapping[str, Resolved], parameters: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Each thing asked for with the words that asked for it: an identifier means the concept, in any wording."""
    return {
        one.iri: () if one.how == "identifier" else (parameters.get(name, one.label), one.label)
        for name, one in meant.items()
    }


def _decided(store: Store, answers: list[dict[str, Cell]], asked: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The answers, each with the decisions that it passes through: by these, a same row is a same statement only."""
    decisions = Decisions(store, answers, asked)
    if not decisions:
        return answers
    rows = {row: {quote.concept for quote in said} for row, said in _quotes(store, answers).items()}
    made: list[dict[str, Any]] = []
    for answer in answers:
        passed = decisions.of(answer, rows)
        joined = answer["proof"] == Proof.ROW and any(one.verdict in JOINING for one in passed)
        made.append({**answer, "proof": Proof.SAME.value if joined else answer["proof"], _DECIDED: tuple(passed)})
    return made


def _first(
    store: Store, columns: Sequence[Column], accepted: list[dict[str, Cell]], limit: int | None
) -> tuple[list[dict[str, Cell]], dict[str, list[_Quote]]]:
    """The first answers, in order, and what is said in their rows."""
    lead = next((column for column in columns if column.kind != "horizon"), None)
    if lead is None or lead.kind not in _AS_WRITTEN:
        found = sorted(accepted, key=lambda row: _rank(columns, row))[:limit]
        return found, _quotes(store, found)
    quotes = _quotes(store, accepted)
    places = _places(accepted, quotes)

    def rank(row: Mapping[str, Cell]) -> tuple[object, ...]:
        place = tuple(places.get(str(row[name]), _NOWHERE) for name in (f"{lead.name}Id", "id"))
        return str(row.get("order") or ""), Proof(str(row["proof"])).rank, place, _rank(columns, row)

    return sorted(accepted, key=rank)[:limit], quotes


def _places(answers: Sequence[Mapping[str, Cell]], quotes: Mapping[str, list[_Quote]]) -> dict[str, tuple[str, int]]:
    """Where each concept comes first in the rows that the answers rest on: document and position."""
    rows = {one for answer in answers for one in str(answer["evidence"] or "").split()}
    places: dict[str, tuple[str, int]] = {}
    for quote in (quote for row in rows for quote in quotes.get(row, ())):
        place = (quote.document, quote.position)
        places[quote.concept] = min(place, places.get(quote.concept, place))
    return places


def understand(store: Store, query: CannedQuery, parameters: Mapping[str, str]) -> dict[str, Resolved]:
    """What each parameter given means.

    Raises:
        UnknownName: the query has no such parameter, or nothing is meant, or several things are.
        StoreEmpty: nothing was loaded.
    """
    refuse_empty(store)
    given = {each.name: each.default for each in query.parameters if each.default} | dict(parameters)
    return {name: resolve(store, query.parameter(name).kind, text) for name, text in given.items()}


def _rank(columns: Sequence[Column], row: Mapping[str, Cell]) -> tuple[object, ...]:
    support = row.get("support")
    words = tuple(fold(str(_text(column, row) or "")) for column in columns if column.kind != "number")
    return (
        str(row.get("order") or ""),
        Proof(str(row["proof"])).rank,
        -support if isinstance(support, int | float) else 0,
        words,
        str(row["id"]),
        *(str(row[column.name]) for column in columns),
    )


def _row(
    columns: Sequence[Column], row: Mapping[str, Any], quotes: Mapping[str, list[_Quote]], labels: Mapping[str, str]
) -> AnswerRow:
    said = _order_of_labels(columns, row, quotes)
    values = {column.name: labels.get(str(row.get(f"{column.name}Id")), _text(column, row, said)) for column in columns}
    evidence = _evidence(str(row["evidence"] or "").split(), quotes)
    thing = str(row["id"])
    return AnswerRow(
        values,
        "" if thing.endswith(_NOTHING) else thing,
        Proof(str(row["proof"])),
        str(row.get("confidence") or ""),
        evidence,
        row.get(_DECIDED) or (),
    )


def _order_of_labels(
    columns: Sequence[Column], row: Mapping[str, Cell], quotes: Mapping[str, list[_Quote]]
) -> dict[str, tuple[str, int]]:
    """Where each label of the answer comes first in its own rows, for the cells that hold several."""
    if not any(column.many and column.kind in _AS_WRITTEN for column in columns):
        return {}
    things = set(str(row["evidence"] or "").split())
    said: dict[str, tuple[str, int]] = {}
    for quote in (quote for one in things for quote in quotes.get(one, ()) if quote.concept in things):
        place = (quote.document, quote.position)
        said[quote.label] = min(place, said.get(quote.label, place))
    return said


def _text(column: Column, row: Mapping[str, Cell], said: Mapping[str, tuple[str, int]] | None = None) -> Cell:
    value = row[column.name]
    if column.many:
        places = said if said and column.kind in _AS_WRITTEN else {}
        several = {one for one in str(value or "").split(_ONE_OF_SEVERAL) if one}
        return " ; ".join(sorted(several, key=lambda one: (places.get(one, _NOWHERE), fold(one), one))) or None
    thing = row.get(f"{column.name}Id")
    if value is None and isinstance(thing, str) and not thing.endswith(_NOTHING):
        return compact(thing)
    return None if value == "" else value


class _Quote(NamedTuple):
    document: str
    position: int
    concept: str
    label: str
    evidence: Evidence


def _quotes(store: Store, answers: Sequence[Mapping[str, Cell]]) -> dict[str, list[_Quote]]:
    """All that is said in the rows that the answers rest on, by row."""
    rows = sorted({one for answer in answers for one in str(answer["evidence"] or "").split() if one.startswith(_ROW)})
    said: dict[str, list[_Quote]] = {}
    for some in batches(rows, _AT_ONCE):
        for row in helped(store, "_evidence", {"row": map(iri, some)}).dicts():
            where = str(row["row"])
            evidence = Evidence(str(row["quote"]), str(row["document"]), str(row["section"]), where.removeprefix(_ROW))
            named = str(row["concept"]), str(row["label"] or "")
            quote = _Quote(evidence.document, int(row["position"] or 0), *named, evidence)
            said.setdefault(where, []).append(quote)
    return said


def _evidence(things: Sequence[str], quotes: Mapping[str, list[_Quote]]) -> tuple[Evidence, ...]:
    """The words of these concepts in these rows, in reading order, each once."""
    concepts = set(things)
    found = [quote for one in sorted(concepts) for quote in quotes.get(one, ()) if quote.concept in concepts]
    found.sort(key=lambda quote: (quote.document, quote.position, quote.evidence))
    return tuple(dict.fromkeys(quote.evidence for quote in found))


def _labels(
    store: Store, columns: Sequence[Column], answers: Sequence[Mapping[str, Cell]], language: str
) -> dict[str, str]:
    """Labels in another language than French, by IRI, where the vocabulary has them."""
    named = [f"{column.name}Id" for column in columns]
    ids = sorted({str(answer[name]) for answer in answers for name in named if answer.get(name)})
    if not ids or language != "en":
        return {}
    return {str(one): str(label) for one, label in helped(store, "_labels", {"id": map(iri, ids)}).rows}

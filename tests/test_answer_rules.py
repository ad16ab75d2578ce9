"""What holds of every answer: its evidence, its best proof, its limit, its dates, and a store without report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sample_graph as sample
from answering import POINT, ZONES, answers

from graph.memory import MemoryStore
from graph.oxigraph import OxigraphStore
from ontology import GRAPH, ID, LV, Proof, StoreEmpty
from queries import catalogue
from queries.ask import ask

if TYPE_CHECKING:
    from graph.store import Store


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.fill(OxigraphStore())


def test_evidence_is_the_words_of_the_way_and_nothing_else(store: Store) -> None:
    commune, _, dane = ask(store, "acteurs-pour-irritant", {"irritant": ZONES}).rows
    assert [(one.quote, one.document, one.section, one.row) for one in commune.evidence] == [
        ("Zones blanches", "atelier.md", "Synthèse", "atelier.t2r1"),
        ("Ouvrir un point d’accès", "atelier.md", "Synthèse", "atelier.t2r1"),
        ("Ouvrir un point d’accès", "atelier.md", "Plan d’action", "atelier.t3r1"),
        ("Équiper la mairie", "atelier.md", "Plan d’action", "atelier.t3r1"),
        ("Afficher les horaires", "atelier.md", "Plan d’action", "atelier.t3r1"),
        ("commune", "atelier.md", "Plan d’action", "atelier.t3r1"),
    ]
    assert [one.quote for one in dane.evidence][:2] == ["Réseau trop lent", "Installer la fibre"]
    assert {one.row for one in dane.evidence} == {"region.t1r1", "region.t2r1"}


@pytest.mark.parametrize("name", sorted({*catalogue.names()} - {"documents", "seances"}))
def test_no_answer_without_evidence(store: Store, name: str) -> None:
    given = {"irritant": ZONES, "levier": POINT, "acteur": "ERUN"}
    needed = {each.name: given[each.name] for each in catalogue.get(name).parameters if each.required}
    answer = ask(store, name, needed, weakest=Proof.CLOSE if "-sans-" in name else Proof.THEME)
    assert answer.rows
    for row in answer.rows:
        assert row.evidence
        assert row.proof in answer.query.proofs
        assert row.id.startswith(ID)


def test_an_answer_is_given_once_with_its_best_proof(store: Store) -> None:
    rows = answers(store, "leviers-pour-irritant", "theme", irritant=ZONES)
    assert len({row[0] for row in rows}) == len(rows)
    assert rows[0][-1] == "row"


def test_a_limit_keeps_the_surest_and_says_how_many_there_are(store: Store) -> None:
    every = ask(store, "acteurs-pour-irritant", {"irritant": ZONES})
    first = ask(store, "acteurs-pour-irritant", {"irritant": ZONES}, limit=2)
    assert first.rows == every.rows[:2]
    assert first.total == every.total == len(every.rows) == 3


def plan(*dates: str) -> Store:
    """A plan of one row, whose lever has these dates in this order; the sample is beside it."""
    told = sample.Told("zones", "2020-11-02", sample.MAINE, (
        sample.Said("t1r1", "Plan d’action", "plan", sample.EGAL, (
            (sample.LEV, "Prêter"), *((sample.WHEN, one) for one in dates), (sample.WHO, "erun"))),
    ))  # fmt: skip
    lever = sample.lever("Prêter")
    called = {lever: "Prêter"} | {sample.body(sample.WHEN, one): one for one in dates}
    lines = [f'<{one}> <{sample.SKOS}prefLabel> "{label}"@fr .' for one, label in called.items()]
    store = sample.fill(OxigraphStore())
    store.replace_graph(f"{GRAPH}zones", sample._document(told))
    store.replace_graph(f"{GRAPH}_more", [*lines, f'<{lever}> <{LV}searchKey> "preter" .'])
    return store


def test_dates_come_as_the_plan_gives_them() -> None:
    dates = ("Dès le mois de mai", "À la rentrée", "Chaque année")
    store = plan(*dates)
    assert [row[0] for row in answers(store, "echeances-pour-levier", levier="prêter")] == list(dates)
    assert [row[1] for row in answers(store, "calendrier")][2:] == ["Année 2021", *dates]
    (row,) = (row for row in answers(store, "feuille-de-route", acteur="ERUN") if row[0] == "Prêter")
    assert row[2] == " ; ".join(dates)


def test_a_store_without_document_says_what_to_do() -> None:
    for store in (MemoryStore(), OxigraphStore()):
        store.replace_graph(f"{GRAPH}_vocabulary", ["<urn:a> <urn:b> <urn:c> ."])
        for name, given in (("calendrier", {}), ("leviers-pour-irritant", {"irritant": ZONES})):
            with pytest.raises(StoreEmpty, match="leviers ingest"):
                ask(store, name, given)

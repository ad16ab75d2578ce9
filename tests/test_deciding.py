"""Proof runs through: an answer that passes a decision is the same statement or a close one, and says whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.archive import Archive
from graph.decisions import Decision
from graph.library import Library
from graph.memory import MemoryStore
from graph.oxigraph import OxigraphStore
from ingest import read_document
from ingest.document import Document
from ontology import Kind, Proof, Reading, concept_iri, content_key
from queries.ask import AnswerRow, ask
from queries.dossiers import dossier
from queries.render import render

if TYPE_CHECKING:
    from pathlib import Path

    from graph import Store

ANNE, BOB = ("anne", "2026-11-25"), ("bob", "")


def report(name: str, *tables: str) -> Reading:
    text = "\n\n".join(tables)
    return read_document(Document(name, text, name + text, "text/plain"))


def synthesis(irritant: str, lever: str) -> str:
    return f"Synthèse\n\nIrritants\tBesoins\tLeviers\n• {irritant}\t• Une salle sereine\t• {lever}"


def plan(lever: str, actor: str) -> str:
    return f"Plan d’action\n\nQuoi\tComment\tQui\tQuand\n• {lever}\t• Commander du matériel\t• {actor}\tCourt terme"


READINGS = [
    report("a.txt", synthesis("Bruit", "Poser des tapis"), plan("Poser des tapis", "DANE")),
    report("b.txt", synthesis("Vacarme", "Isoler les murs"), plan("Renforcer la cloison", "ERUN")),
    report("c.txt", synthesis("Tapage", "Fermer la porte"), plan("Mettre un verrou", "XQZT")),
]


def pair(kind: Kind, one: str, other: str, verdict: str, by: tuple[str, str] = ANNE) -> Decision:
    return Decision(kind, content_key(kind, one), content_key(kind, other), verdict, *by)


SAME_IRRITANT = pair(Kind.IRRITANT, "Bruit", "Vacarme", "same")
CLOSE_IRRITANT = pair(Kind.IRRITANT, "Vacarme", "Tapage", "close", BOB)
SAME_LEVER = pair(Kind.LEVER, "Isoler les murs", "Renforcer la cloison", "same", BOB)
CLOSE_LEVER = pair(Kind.LEVER, "Fermer la porte", "Mettre un verrou", "close")
ALIAS = Decision(Kind.ACTOR, content_key(Kind.ACTOR, "XQZT"), "dane", "is", *ANNE)


@pytest.fixture(params=[OxigraphStore, MemoryStore])
def empty(request: pytest.FixtureRequest) -> Store:
    made: Store = request.param()
    return made


def fill(store: Store, folder: Path, *decisions: Decision) -> Store:
    Library(store, Archive(folder), "essai").load(READINGS, decisions)
    return store


def answers(store: Store, name: str, weakest: Proof = Proof.CLOSE, **parameters: str) -> dict[str, AnswerRow]:
    """The answers by the value of their first column."""
    found = ask(store, name, parameters, weakest=weakest)
    return {str(next(iter(row.values.values()))): row for row in found.rows}


def by(row: AnswerRow) -> list[tuple[str, str, str]]:
    return [one[:3] for one in row.decided]


def test_identical_wordings_need_no_decision(empty: Store, tmp_path: Path) -> None:
    store = fill(empty, tmp_path, SAME_IRRITANT, SAME_LEVER)
    (row,) = [
        row
        for row in answers(store, "acteurs-pour-irritant", irritant="Bruit").values()
        if "Poser" in str(row.values["lever"])
    ]
    assert (row.proof, by(row)) == (Proof.SAME, [])


def test_a_merged_lever_says_whose_decision(empty: Store, tmp_path: Path) -> None:
    store = fill(empty, tmp_path, SAME_LEVER)
    (row,) = answers(store, "acteurs-pour-irritant", irritant="Vacarme").values()
    assert (row.proof, by(row)) == (Proof.SAME, [("same", *BOB)])


def test_another_wording_than_the_one_asked_is_no_same_row(empty: Store, tmp_path: Path) -> None:
    store = fill(empty, tmp_path, SAME_IRRITANT)
    levers = answers(store, "leviers-pour-irritant", irritant="Bruit")
    assert {name: (row.proof, by(row)) for name, row in levers.items()} == {
        "Poser des tapis": (Proof.ROW, []),
        "Isoler les murs": (Proof.SAME, [("same", *ANNE)]),
    }
    assert set(answers(store, "leviers-pour-irritant", Proof.ROW, irritant="Bruit")) == {"Poser des tapis"}


def test_every_decision_on_the_way_is_named(empty: Store, tmp_path: Path) -> None:
    store = fill(empty, tmp_path, SAME_IRRITANT, SAME_LEVER, CLOSE_IRRITANT, CLOSE_LEVER, ALIAS)
    rows = answers(store, "acteurs-pour-irritant", irritant="Bruit")
    erun = rows["Enseignant référent aux usages du numérique"]
    assert (erun.proof, by(erun)) == (Proof.SAME, [("same", *ANNE), ("same", *BOB)])
    rows = ask(store, "acteurs-pour-irritant", {"irritant": "Tapage"}).rows
    assert {str(row.values["lever"]): by(row) for row in rows if row.id.endswith("/dane")} == {
        "Mettre un verrou": [("close", *ANNE), ("is", *ANNE)],
        "Poser des tapis": [("close", *BOB), ("same", *ANNE)],
    }


def test_a_close_match_says_who_or_which_class(empty: Store, tmp_path: Path) -> None:
    store = fill(empty, tmp_path, CLOSE_IRRITANT)
    row = answers(store, "leviers-pour-irritant", irritant="Tapage")["Isoler les murs"]
    assert (row.proof, by(row)) == (Proof.CLOSE, [("close", *BOB)])
    (near,) = ask(store, "rapprochements", {}).rows
    assert by(near) == [("close", *BOB)]


def test_who_decided_is_written_in_every_form(tmp_path: Path) -> None:
    store = fill(OxigraphStore(), tmp_path, SAME_LEVER)
    answer = ask(store, "acteurs-pour-irritant", {"irritant": "Vacarme"})
    table = " ".join(render(answer, "table").split())
    assert "(décidé)" in table
    assert "décidé par bob" in table
    assert "même énoncé, décidé par bob" in render(answer, "md")
    assert ",bob," in render(answer, "csv")
    assert '"who": "bob"' in render(answer, "json")
    assert "decided by bob" in render(answer, "table", language="en")


def test_a_dossier_says_who_made_it_one(tmp_path: Path) -> None:
    store = fill(OxigraphStore(), tmp_path, SAME_IRRITANT, CLOSE_IRRITANT)
    found = dossier(store, concept_iri(Kind.IRRITANT, "Bruit"))
    assert [tuple(one[:3]) for one in found.decided] == [("same", *ANNE)]
    (near,) = found.links["Énoncés proches"]
    assert near[0] == "Tapage"
    assert [one.who for one in found.near[near[1]][1]] == ["bob"]

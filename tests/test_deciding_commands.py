"""Decisions through the commands: given, remembered, replayed, and what is wrong with them told line by line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typed import run

from graph.backends import journal_of, open_store
from graph.decisions import Decision
from graph.journal import Journal
from ontology import LV, Kind, content_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REPORT = """\
Synthèse

Irritants\tLeviers\tActeurs à mobiliser
• Bruit\t• Poser des tapis\t• XQZT

Irritants\tLeviers
• Vacarme\t• Mettre des tapis
• Tapage\t• Fermer la porte
"""
BRUIT, VACARME, TAPAGE = (content_key(Kind.IRRITANT, text) for text in ("Bruit", "Vacarme", "Tapage"))


@pytest.fixture
def base(own_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "atelier.txt").write_text(REPORT, encoding="utf-8")
    assert run(capsys, "ingest", tmp_path / "atelier.txt")[0] == 0
    return own_store


def line(a: str, b: str, verdict: str, **more: str) -> str:
    return json.dumps({"kind": "irritant", "a": a, "b": b, "verdict": verdict, "who": "anne"} | more)


def written(folder: Path, name: str, lines: Iterable[str]) -> Path:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / name


def irritants(base: Path) -> int:
    return len(open_store(str(base)).select(f"SELECT ?one WHERE {{ ?one a <{LV}Irritant> ; <{LV}support> ?n }}"))


def test_a_file_with_everything_wrong_gets_a_line_each_and_the_rest_counts(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "d.jsonl", [
        line(BRUIT, VACARME, "same"),
        "{cassé",
        line(BRUIT, "f" * 12, "close"),
        line(BRUIT, content_key(Kind.LEVER, "Fermer la porte"), "same"),
        line(f"id:lever/{BRUIT}", VACARME, "same"),
        line(BRUIT, BRUIT, "same"),
        line(TAPAGE, VACARME, "same", who="bob", when="2026-11-25"),
        line(TAPAGE, BRUIT, "different"),
    ])  # fmt: skip
    code, out, err = run(capsys, "ingest", "--decisions", file)
    said = err.splitlines()
    assert code == 1
    assert [one for one in said if one.startswith("Non lue")] == [
        f"Non lue : d.jsonl, ligne {number} : {why}" for number, why in (
            (2, 'ce n’est pas une ligne JSON ; attendu : {"kind": …, "a": …, "b": …, "verdict": …}'),
            (5, f"a « id:lever/{BRUIT} » est d’une autre nature que irritant : on ne rapproche que deux irritant"),
            (6, f"a et b sont la même clé {BRUIT} : une décision porte sur deux clés différentes"),
        )
    ]  # fmt: skip
    assert [one.split(" : ")[1] for one in said if one.startswith("Clé inconnue")] == [
        "d.jsonl, ligne 3",
        "d.jsonl, ligne 4",
    ]
    assert "un énoncé « levier »" in err
    (told,) = [one for one in said if one.startswith("Décision contredite")]
    assert "d.jsonl, ligne 7 (bob, 2026-11-25) : « Tapage » = « Vacarme »" in told
    assert "d.jsonl, ligne 8 (anne) dit « Tapage » ≠ « Bruit », où mènent d.jsonl, ligne 1 (anne)" in told
    assert "3 lignes de décisions non lues, le reste est chargé" in said[-1]
    assert "Décisions : 5 nouvelles" in out
    assert irritants(base) == 2

    code, out, _ = run(capsys, "check", "--no-shapes", "--format", "json")
    remarks = {(one["topic"], one["document"], one["line"]): one for one in json.loads(out)["remarks"]}
    assert code == 1
    assert remarks["décision", "d.jsonl", 7]["blocking"]
    assert not remarks["clé", "d.jsonl", 3]["blocking"]


def test_decisions_are_remembered_and_given_again_change_nothing(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = written(tmp_path, "1.jsonl", [line(BRUIT, VACARME, "different"), line(BRUIT, VACARME, "same")])
    other = written(tmp_path, "2.jsonl", [line(VACARME, TAPAGE, "same")])
    assert "2 nouvelles" in run(capsys, "ingest", "--decisions", one, "--decisions", other)[1]
    assert irritants(base) == 1
    before = open_store(str(base)).dump("application/n-quads")
    assert "0 nouvelle, 3 déjà connues" in run(capsys, "ingest", "--decisions", one, "--decisions", other)[1]
    assert run(capsys, "ingest", tmp_path / "atelier.txt", "--no-decisions")[0] == 0
    assert open_store(str(base)).dump("application/n-quads") == before
    (tmp_path / "atelier.txt").write_text(REPORT + "\nfin\n", encoding="utf-8")
    assert "remplacé" in run(capsys, "ingest", tmp_path / "atelier.txt")[1]
    assert irritants(base) == 1
    assert len(journal_of(str(base)).read()) == 2


def test_the_users_own_win_over_the_shipped_ones(
    example: Path, own_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = json.loads((example / "decisions.jsonl").read_text(encoding="utf-8").splitlines()[0])
    gone = f"SELECT ?o WHERE {{ <https://w3id.org/leviers/id/{shipped['kind']}/{shipped['b']}> <{LV}support> ?o }}"
    assert run(capsys, "ingest", example)[0] == 0
    assert not len(open_store(str(own_store)).select(gone))
    file = written(tmp_path, "d.jsonl", [json.dumps(shipped | {"verdict": "different", "who": "anne"})])
    assert run(capsys, "ingest", "--decisions", file)[0] == 0
    assert len(open_store(str(own_store)).select(gone)) == 1
    assert run(capsys, "ingest", example, "--no-decisions")[0] == 0
    decided = open_store(str(own_store)).select(f"SELECT ?who WHERE {{ ?d <{LV}decidedBy> ?who ; a <{LV}Decision> }}")
    assert decided.rows == [("anne",)]


def test_an_actors_alias_is_told_and_found(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = content_key(Kind.ACTOR, "XQZT")
    says = {"kind": "actor", "a": key, "b": "id:actor/erun", "verdict": "is", "who": "anne", "when": "2026-11-25"}
    assert run(capsys, "ingest", "--decisions", written(tmp_path, "d.jsonl", [json.dumps(says)]))[0] == 0
    _, out, _ = run(capsys, "show", "XQZT")
    assert out.startswith("Acteur : Enseignant référent aux usages du numérique")
    assert "décidé par anne le 2026-11-25" in out
    assert run(capsys, "check")[0] == 0
    assert base.exists()


def test_a_graph_with_decisions_has_the_right_shapes(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line(BRUIT, VACARME, "same", when="hier", note="dit deux fois"), line(VACARME, TAPAGE, "close")]
    assert run(capsys, "ingest", "--decisions", written(tmp_path, "d.jsonl", lines))[0] == 0
    code, out, _ = run(capsys, "check", "--format", "json")
    assert code == 0
    assert not [one for one in json.loads(out)["remarks"] if one["topic"] == "forme"]
    assert base.exists()


def test_a_line_cut_short_swallows_no_other(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "decisions.jsonl")
    one, other = (Decision(Kind.LEVER, "0" * 12, name * 12, "same") for name in "12")
    journal.add([one])
    with journal.path.open("a", encoding="utf-8") as file:
        file.write('{"kind": "lever", "a": "0')
    journal.add([other])
    problems: list[str] = []
    assert journal.read(problems) == (one, other)
    assert len(problems) == 1
    assert "ligne 2" in problems[0]

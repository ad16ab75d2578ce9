"""Unknown actors in a review: who is proposed, what a verdict does, in the terminal and in a sheet."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from graph.backends import journal_of, open_store
from graph.decisions import Decision
from graph.reconcile import Reconciler
from ontology import ID, Kind, concept_iri
from queries.cli import main
from queries.loading import decide, ingest
from queries.reviewing import terminal
from queries.reviewing.aliases import alias_pairs, guesses
from queries.reviewing.screen import ACTOR_HELP, Screen
from queries.reviewing.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from queries.reviewing.queue import Pair

REPORT = """Axes d’amélioration (Quoi)\tComment\tActeurs mobilisés (qui)\tTemporalité (Quand)\tIndicateurs
▶ Former les équipes\t▶ Organiser des ateliers\t▶ ERUM ▶ CE\t▶ juin\t▶ nombre d’ateliers
▶ Prêter du matériel\t▶ Acheter des tablettes\t▶ ERUM\t▶ juin\t▶ nombre de prêts
"""


@pytest.fixture
def base(own_store: Path, tmp_path: Path) -> Path:
    report = tmp_path / "atelier.txt"
    report.write_text(REPORT, encoding="utf-8")
    ingest(str(own_store), [report])
    return own_store


def pairs_of(base: Path, *decisions: Decision) -> list[Pair]:
    return alias_pairs(open_store(str(base)), Reconciler(decisions))


@pytest.mark.parametrize(
    ("wording", "actor"),
    [
        ("ERUM", "erun"), ("DSEDN", "dsden"), ("CE", "conseil-ecole"), ("Conseil régionale", "conseil-regional"),
        ("les associations de parent d’élèves", "association-parents"), ("inspection du 1er degré", "ien"),
    ],
)  # fmt: skip
def test_slips_initials_and_words_lead_to_an_actor(wording: str, actor: str) -> None:
    assert f"{ID}actor/{actor}" in [guess.actor.id for guess in guesses(wording)]


@pytest.mark.parametrize("wording", ["ZQX", "", "…", "xylophone quantique", "\ud800"])
def test_what_is_like_nobody_is_beside_nobody(wording: str) -> None:
    assert guesses(wording) == ()


def test_the_most_said_comes_first_and_what_is_judged_no_more(base: Path) -> None:
    pairs = pairs_of(base)
    assert [pair.first for pair in pairs[:2]] == ["ERUM", "CE"]
    assert pairs[0].ends == (concept_iri(Kind.ACTOR, "ERUM"), f"{ID}actor/erun")
    assert pairs[0].about
    key = pairs[0].ends[0].rsplit("/", 1)[1]
    assert "ERUM" not in {pair.first for pair in pairs_of(base, Decision(Kind.ACTOR, key, "erun", "is not"))}
    assert "ERUM" not in {pair.first for pair in pairs_of(base, Decision(Kind.ACTOR, key, "ien", "is"))}


def test_in_the_terminal_one_key_says_who_it_is(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept: list[Decision] = []
    session = Session(pairs_of(base), (), kept.append, who="anne", when="2026-11-26")
    pressed = iter(["p", "i", "a", "i", "d", "i", "q"])
    monkeypatch.setattr("click.getchar", lambda: next(pressed))
    terminal.review(session, Screen(open_store(str(base)), 80, color=False), {}, clear=False)
    shown = capsys.readouterr().out
    assert [(one.b, one.verdict) for one in kept[:3]] == [("erun", "is"), ("erun", "undecided"), ("erun", "is")]
    assert [one.verdict for one in kept[3:]] == ["is not", "is"]
    assert session.pair is None  # once CE is someone, nobody else is proposed for it
    assert "Touche inconnue : i, d, s, r, a ou q." in shown
    assert "✓ « ERUM » est « Enseignant référent aux usages" in shown
    assert ACTOR_HELP in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_a_decided_alias_is_that_actor_until_it_is_taken_back(base: Path) -> None:
    alias = concept_iri(Kind.ACTOR, "ERUM").rsplit("/", 1)[1]
    asked = f"SELECT ?mention WHERE {{ ?mention <http://www.w3.org/ns/oa#hasBody> <{ID}actor/erun> }}"
    for verdict, rows in (("is", 2), ("undecided", 0), ("is", 2), ("is not", 0)):
        decide(str(base), [Decision(Kind.ACTOR, alias, "erun", verdict)])
        assert len(open_store(str(base)).select(asked)) == rows
        assert ("ERUM" in {pair.first for pair in pairs_of(base, *journal_of(str(base)).read())}) is (
            verdict == "undecided"
        )


def test_a_sheet_of_actors_goes_out_and_comes_back(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "acteurs.csv"
    assert main(["review", "--kind", "acteur", "--batch", str(sheet)]) == 0
    rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert {row[8] for row in rows[1:]} == {"acteur"}
    for row, verdict in zip(rows[1:], ("identique", "proche", "n’est pas", "différent"), strict=False):
        row[0] = verdict
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    capsys.readouterr()
    assert main(["review", "--batch", str(sheet)]) == 1
    told = capsys.readouterr().err
    assert "acteurs.csv, ligne 3 : verdict « proche » : un acteur est celui-là ou un autre" in told
    assert [one.verdict for one in journal_of(str(base)).read()] == ["is", "is not", "is not"]

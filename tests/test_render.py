from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
import sample_graph as sample

from graph.oxigraph import OxigraphStore
from ontology import Proof
from queries import catalogue
from queries.ask import Answer, AnswerRow, Evidence, ask
from queries.render import FORMATS, render
from queries.render.layout import lines, widths

if TYPE_CHECKING:
    from graph.store import Cell, Store

ZONES = {"irritant": "zones blanches"}
ANSI = re.compile(r"\033\[[0-9;]*m")


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.fill(OxigraphStore())


@pytest.fixture(scope="module")
def actors(store: Store) -> Answer:
    return ask(store, "acteurs-pour-irritant", ZONES)


def invented(evidence: Evidence, **values: Cell) -> Answer:
    """One answer of our own to a question of one column or more."""
    query = catalogue.get("leviers-pour-irritant")
    cells = {column.name: values.get(column.name) for column in query.columns}
    row = AnswerRow(cells, f"{sample.OLD_LEVER}", Proof.ROW, "", (evidence,))
    return Answer(query, {"irritant": "x"}, [row], Proof.CLOSE, {})


def said(quote: str, section: str = "Plan", row: str = "doc.t1r1") -> Evidence:
    return Evidence(quote, "doc.md", section, row)


# -- JSON and CSV --------------------------------------------------------------------------------------------------
def test_the_json_form_is_fixed(actors: Answer) -> None:
    found = json.loads(render(actors, "json"))
    assert list(found) == ["query", "parameters", "columns", "rows"]
    assert found["query"] == "acteurs-pour-irritant"
    assert found["parameters"] == {"irritant": "Zones blanches"}
    assert found["columns"] == ["actor", "lever", "action"]
    for row in found["rows"]:
        assert list(row) == ["actor", "lever", "action", "id", "proof", "confidence", "decided_by", "evidence"]
        assert row["proof"] in {"row", "same", "close", "theme"}
        for evidence in row["evidence"]:
            assert list(evidence) == ["quote", "document", "section", "row"]
            assert all(isinstance(value, str) for value in evidence.values())
    assert found["rows"][0]["actor"] == "Commune"
    assert found["rows"][0]["id"] == sample.actor("commune")


def test_no_answer_is_an_empty_list_for_programs(store: Store) -> None:
    answer = ask(store, "acteurs-pour-irritant", ZONES, weakest=Proof.ROW)
    assert json.loads(render(answer, "json"))["rows"] == []
    assert render(answer, "csv") == "actor,lever,action,id,proof,confidence,decided_by,evidence\n"


def test_numbers_stay_numbers_and_blanks_are_null(store: Store) -> None:
    rows = json.loads(render(ask(store, "leviers-pour-irritant", ZONES), "json"))["rows"]
    assert [row["support"] for row in rows] == [2, 1]
    assert rows[1]["need"] is None


def test_csv_reads_back(actors: Answer) -> None:
    head, *rows = csv.reader(io.StringIO(render(actors, "csv")))
    assert head == ["actor", "lever", "action", "id", "proof", "confidence", "decided_by", "evidence"]
    assert len(rows) == len(actors.rows)
    assert rows[0][1:4] == [
        "Ouvrir un point d’accès",
        "Équiper la mairie ; Afficher les horaires",
        sample.actor("commune"),
    ]
    assert rows[0][7].startswith("« Zones blanches » (atelier.md, Synthèse, atelier.t2r1) | « Ouvrir")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r\n@"])
def test_csv_runs_nothing_in_a_spreadsheet(start: str) -> None:
    text = render(invented(said("x"), lever=f"{start}cmd|' /C calc'!A0"), "csv")
    _, row = csv.reader(io.StringIO(text, newline=""))
    assert row[0].startswith(f"'{start.strip()}")


# -- tables --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", [30, 40, 60, 80, 140])
@pytest.mark.parametrize("name", catalogue.names())
def test_a_table_fits(store: Store, name: str, width: int) -> None:
    given = {"irritant": "zones blanches", "levier": "ouvrir un point d’accès", "acteur": "ERUN"}
    needed = {each.name: given[each.name] for each in catalogue.get(name).parameters if each.required}
    table = render(ask(store, name, needed, weakest=Proof.THEME), "table", width=width)
    assert max(map(len, table.splitlines())) <= width
    assert table.endswith("\n")
    assert not table.endswith("\n\n")
    assert "\033" not in table


def test_a_table_shows_the_proof_the_words_and_their_place(actors: Answer) -> None:
    table = render(actors, "table")
    for words in ("même énoncé", "énoncé proche", "(forte)", "« Réseau trop lent »", "[1]", "3 réponses"):
        assert words.replace(" ", "\N{NO-BREAK SPACE}") in table.replace(" ", "\N{NO-BREAK SPACE}")
    sources = table.partition("Sources\n")[2].splitlines()
    assert sources[0] == "[1] atelier.md, Synthèse, t2r1"
    assert len(sources) == 4
    assert "« Zones blanches »" not in table, "the question says it already"


def test_a_table_does_not_repeat_a_long_text() -> None:
    answer = invented(said("x"), lever="Ouvrir un point d’accès dans chaque commune")
    answer = answer._replace(rows=answer.rows * 2)
    table = render(answer, "table", width=120)
    assert table.count("Ouvrir un point") == 1
    assert "idem" in table


def test_colour_changes_nothing_else(actors: Answer) -> None:
    coloured = render(actors, "table", color=True)
    assert ANSI.search(coloured)
    assert ANSI.sub("", coloured) == render(actors, "table")


def test_a_long_word_and_a_long_quotation_are_cut() -> None:
    table = render(invented(said("mot " * 200), lever="a" * 300), "table")
    assert max(map(len, table.splitlines())) <= 80
    assert "[…]" in table


def test_markup_of_the_source_is_not_shown_in_tables() -> None:
    evidence = said("le 1<sup>er</sup>\n degré")
    assert "le 1er degré" in render(invented(evidence), "table").replace("\N{NO-BREAK SPACE}", " ")
    assert json.loads(render(invented(evidence), "json"))["rows"][0]["evidence"][0]["quote"] == evidence.quote


def test_many_rows_are_counted_not_listed() -> None:
    answer = invented(said("x"))
    row = answer.rows[0]._replace(evidence=tuple(said(f"mot {n}", row=f"doc.t1r{n}") for n in range(9)))
    assert "9 lignes le disent" in render(answer._replace(rows=[row]), "table")


def test_no_answer_says_what_to_try(store: Store) -> None:
    strict = ask(store, "acteurs-pour-irritant", {**ZONES, "theme": "travailler ensemble"}, weakest=Proof.ROW)
    for form in ("table", "md"):
        text = " ".join(render(strict, form).split())
        for advice in ("Aucune réponse.", "--preuve same", "--preuve close", "--preuve theme", "sans --theme"):
            assert advice in text
        assert "No answer. Try --preuve same" in " ".join(render(strict, form, language="en").split())
    widest = ask(store, "irritants-sans-levier", {}, weakest=Proof.THEME)
    assert render(widest, "table").endswith("Aucune réponse.\n")


def test_what_is_missing_has_no_proof_and_a_weaker_one_finds_no_more(store: Store) -> None:
    nothing = ask(store, "irritants-sans-levier", {"territoire": "Maine-et-Loire"})
    missing = ask(store, "irritants-sans-levier", {})
    for form in ("table", "md"):
        assert "--preuve" not in render(nothing, form)
        assert "sans --territoire" in " ".join(render(nothing, form).split())
        assert "Preuve" not in render(missing, form)
        assert "même ligne" not in render(missing, form)
    assert json.loads(render(missing, "json"))["rows"][0]["proof"] == "row"
    assert render(missing, "csv").startswith("irritant,id,proof,confidence,decided_by,evidence\n")


def test_a_column_that_says_nothing_is_not_shown(store: Store) -> None:
    full = ask(store, "calendrier", {})
    bare = full._replace(rows=[row for row in full.rows if row.values["horizon"] is None])
    assert bare.rows
    for form in ("table", "md"):
        assert "Horizon" in render(full, form)
        assert "Horizon" not in render(bare, form)
        assert "Temporalité" in render(bare, form)
    assert json.loads(render(bare, "json"))["columns"][0] == "horizon"
    assert render(bare, "csv").startswith("horizon,timeframe,")


def test_a_limit_is_told(store: Store) -> None:
    for limit, french, english in (
        (2, "2 premières réponses sur 3", "first 2 answers of 3"),
        (1, "première réponse sur 3", "first answer of 3"),
        (3, "3 réponses", "3 answers"),
    ):
        answer = ask(store, "acteurs-pour-irritant", ZONES, limit=limit)
        for form in ("table", "md"):
            assert french in render(answer, form).splitlines()
            assert english in render(answer, form, language="en").splitlines()
        assert list(json.loads(render(answer, "json"))) == ["query", "parameters", "columns", "rows"]


def test_narrow_columns_give_way_to_one_line_a_value(actors: Answer) -> None:
    table = render(actors, "table", width=40)
    assert "Acteur : Commune" in table
    assert "Levier : Ouvrir un point d’accès" in table
    assert widths([["responsabilisation"] * 4], 40) is None


def test_columns_share_the_room() -> None:
    assert widths([["a", "bb"], ["aaa", "b"]], 80) == [3, 2]
    found = widths([["mot " * 30, "12", "phrase " * 9]], 60)
    assert found is not None
    assert sum(found) + 4 <= 60
    assert found[1] == 2
    assert widths([["mot"] * 20], 60) is None
    assert widths([], 60) == []
    assert lines(["a b", "1"], [1, 3], [False, True]) == [["a", "  1"], ["b", "   "]]


# -- Markdown ------------------------------------------------------------------------------------------------------
def test_markdown_is_a_table_with_notes(actors: Answer) -> None:
    text = render(actors, "md")
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert table[0] == "| Acteur | Levier | Action | Preuve | Sources |"
    assert len(table) == 2 + len(actors.rows)
    assert {line.count("|") for line in table} == {6}
    used = set(re.findall(r"\[\^\d+\](?!:)", text))
    assert used == set(re.findall(r"^(\[\^\d+\]):", text, re.MULTILINE))


def test_markdown_shows_markup_as_text() -> None:
    text = render(invented(said("a|b [x](http://y) <b>"), lever="*gras* | `x`"), "md")
    assert r"\*gras\* \| \`x\`" in text
    assert "](http" not in text.replace(r"\]", "")


def test_english_labels(store: Store) -> None:
    answer = ask(store, "acteurs-pour-irritant", ZONES, language="en")
    table = render(answer, "table", language="en")
    assert "Actor" in table
    assert "same" in table
    assert "(strong)" in table
    assert "close" in table
    assert "forte" not in table
    close = render(ask(store, "rapprochements", {}), "table", language="en")
    assert "strong" in close
    assert "forte" not in close


def test_forms_are_known_and_repeatable(actors: Answer) -> None:
    for form in FORMATS:
        assert render(actors, form) == render(actors, form)
    with pytest.raises(ValueError, match="xls"):
        render(actors, "xls")

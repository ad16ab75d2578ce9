from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import sample_graph as sample
from click.testing import CliRunner

from graph.oxigraph import OxigraphStore
from ontology import LeviersError, UnknownName
from queries import catalogue
from queries.commands import query as module
from queries.context import Context
from queries.french import speak_french

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from graph.store import Store


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.fill(OxigraphStore())


class Sample(Context):
    """A context whose store is the sample."""

    def store(self, *, cypher: bool = False) -> Store:  # noqa: ARG002
        """The sample."""
        return sample.fill(OxigraphStore())


def run(*words: str) -> Result:
    speak_french()
    return CliRunner().invoke(module.command, words, obj=Sample(), prog_name="leviers query")


def test_alone_it_lists_the_questions() -> None:
    result = run()
    assert result.exit_code == 0
    for name in catalogue.names():
        assert re.search(rf"^  {name} .*{re.escape(catalogue.get(name).summary['fr'])}$", result.stdout, re.MULTILINE)
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert result.stdout.index("acteurs-pour-irritant") < result.stdout.index("documents")


@pytest.mark.parametrize("name", catalogue.names())
def test_every_question_has_help_with_an_example(name: str) -> None:
    result = run(name, "--help")
    query = catalogue.get(name)
    assert result.exit_code == 0
    assert query.example in result.stdout
    for each in query.parameters:
        assert f"--{each.name}" in result.stdout
    assert query.description["fr"][:20] in result.stdout


def test_an_answer_in_each_form() -> None:
    for form, start in (("table", "Quels acteurs"), ("csv", "actor,"), ("json", "{"), ("md", "## Quels acteurs")):
        result = run("acteurs-pour-irritant", "--irritant", "zones blanches", "--format", form)
        assert result.exit_code == 0
        assert result.stdout.startswith(start)


def test_what_was_guessed_is_said_beside_the_answer() -> None:
    result = run("leviers-pour-irritant", "--irritant", "zones blanhces", "--format", "json")
    assert json.loads(result.stdout)["parameters"] == {"irritant": "Zones blanches"}
    assert "Compris : irritant « Zones blanches »" in result.stderr
    assert run("leviers-pour-irritant", "--irritant", "zone blanche").stderr == ""


def test_options_reach_the_question() -> None:
    rows = json.loads(
        run("acteurs-pour-irritant", "--irritant", "zones blanches", "--limit", "1", "--format", "json").stdout
    )["rows"]
    assert len(rows) == 1
    assert not json.loads(
        run("acteurs-pour-irritant", "--irritant", "zones blanches", "--preuve", "row", "--format", "json").stdout
    )["rows"]
    assert run("calendrier", "--territoire", "Vendée", "--format", "csv").stdout.count("\n") == 3


def test_the_list_is_in_english_where_asked() -> None:
    english = Sample(language="en")
    for words in ([], ["--help"]):
        text = CliRunner().invoke(module.command, words, obj=english, prog_name="leviers query").stdout
        assert "What is missing" in text
        assert "Ce qui manque" not in text
        assert all(catalogue.get(name).summary["en"] in text for name in catalogue.names())


def test_a_limit_is_told_beside_the_file(tmp_path: Path) -> None:
    words = ("acteurs-pour-irritant", "--irritant", "zones blanches", "--limit", "2")
    assert "2 premières réponses sur 3\n" in run(*words).stdout
    assert "2 premières réponses sur 3" in run(*words, "-o", str(tmp_path / "r.json")).stderr


def test_a_pipe_is_as_wide_as_columns_says(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("acteurs-pour-irritant", "--irritant", "zones blanches")
    monkeypatch.delenv("COLUMNS", raising=False)
    usual = run(*words).stdout
    monkeypatch.setenv("COLUMNS", "120")
    assert 80 < max(map(len, run(*words).stdout.splitlines())) <= 120
    assert max(map(len, usual.splitlines())) <= 80
    monkeypatch.setenv("COLUMNS", "large")
    assert run(*words).stdout == usual


def test_show_gives_a_query_that_runs_as_it_is(store: Store) -> None:
    result = run("acteurs-pour-irritant", "--irritant", "zones blanches", "--preuve", "same", "--show")
    assert f"VALUES ?irritant {{ <{sample.irritant('Zones blanches')}> }}" in result.stdout
    assert len(store.select(result.stdout)) == 2
    assert "UNDEF" in run("acteurs-pour-irritant", "--show").stdout


def test_a_file_is_written_in_the_form_of_its_name(tmp_path: Path) -> None:
    for ending, start in ((".csv", b"lever,"), (".json", b"{\n"), (".md", b"## "), (".txt", b"Quels leviers")):
        path = tmp_path / "nouveau" / f"réponse{ending}"
        result = run("leviers-pour-irritant", "--irritant", "zones blanches", "-o", str(path))
        assert result.exit_code == 0
        assert result.stdout == ""
        assert "2 réponses" in result.stderr
        assert path.read_bytes().startswith(start)
        assert b"\r" not in path.read_bytes()
    result = run(
        "leviers-pour-irritant", "--irritant", "zones blanches", "-o", str(tmp_path / "nouveau" / "réponse.md" / "x")
    )
    assert isinstance(result.exception, LeviersError)


def test_an_unknown_question_or_value_is_for_the_caller_to_tell() -> None:
    assert isinstance(run("acteur-pour-irritant").exception, UnknownName)
    assert isinstance(run("leviers-pour-irritant", "--irritant", '" } #').exception, UnknownName)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("acteurs-pour-irritant",), "il manque --irritant"),
        (("acteurs-pour-irritant", "--levier", "x"), "option inconnue : --levier"),
        (("acteurs-pour-irritant", "zones"), "zones"),
        (("acteurs-pour-irritant", "--irritant", "x", "--limit", "0"), "--limit"),
        (("acteurs-pour-irritant", "--irritant", "x", "--preuve", "sûre"), "sûre"),
        (("acteurs-pour-irritant", "--irritant"), "--irritant"),
    ],
)
def test_wrong_usage_is_one_line_with_what_to_write(words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert told in line
    assert "leviers query acteurs-pour-irritant --irritant" in line or "--irritant, --theme, --territoire" in line


def test_the_store_may_stand_after_the_question(tmp_path: Path) -> None:
    context = Sample()
    words = ["leviers-pour-irritant", "--irritant", "zones blanches", "--store", str(tmp_path)]
    assert CliRunner().invoke(module.command, words, obj=context).exit_code == 0
    assert context.address == str(tmp_path)

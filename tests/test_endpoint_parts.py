"""The parts of the SPARQL service that need no server: mistakes found, keywords told from names, answers made."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from endpoint_site import BOTH, LEVERS
from hypothesis import given
from hypothesis import strategies as st

from queries.endpoint import frames, guards
from queries.endpoint.answering import answer
from queries.endpoint.diagnosis import find_mistake
from queries.endpoint.frames import Answer, Question
from queries.endpoint.negotiation import choose, error_type

OFFERED = ["application/json", "text/csv", "text/html"]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=str(Path(__file__).with_name("endpoint.trig")), format=ox.RdfFormat.TRIG)
    return store


@pytest.mark.parametrize(
    ("query", "line", "column", "message"),
    [
        ("SELEC * {}", 1, 1, "« SELEC » n’est pas attendu"),
        ("SELECT * WHERE { ?s ?p }", 1, 24, "« } » n’est pas attendu"),
        ("SELECT ?s WHERE ?s ?p ?o", 1, 17, "« ?s » n’est pas attendu"),
        ("SELECT ?a, ?b { ?a ?b ?c }", 1, 10, "« , » n’est pas attendu"),
        ("SELECT * { ?s ?p ?o } }", 1, 23, "« } » n’est pas attendu"),
        ("SELECT *\n{ ?s ?p ?o .\n  FILTER(foo(?o)) }", 3, 10, "« foo » n’est pas attendu"),
        ("# commentaire {\nSELECT * {\n\t?s ?p 'é' oops }", 3, 12, "« oops » n’est pas attendu"),
        ("SELECT * { ?s skos:prefLabel ?l }", 1, 15, "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"),
        ("SELECT * { ?s my:own ?l }", 1, 15, "PREFIX my: <…>"),
        ("PREFIX my: <urn:> SELECT * { my:a my:b my:c my:d }", 1, 45, "« my:d » n’est pas attendu"),
        ("SELECT * { <a> ?p ?o }", 1, 12, "adresse complète"),
        ("SELECT * { ?s ?p 'abc }", 1, 18, "guillemet « ' » jamais refermé"),
        ("SELECT * { ?s ?p ?o", 1, 20, "s’arrête trop tôt"),
        ("SELECT * { ?s ?p ?o } ORDER BY\n\n", 1, 31, "s’arrête trop tôt"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", 1, 34, "nommez les colonnes"),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", 1, 30, "deux fois"),
        ("SELECT ?x {} GROUP BY ?y", 1, 25, "ni groupée ni liée"),
        ("SELECT * { ?s ?p <" + "x" * 60 + "> }", 1, 18, "« <" + "x" * 39 + "… »"),
    ],
)
def test_a_mistake_is_found_where_it_is(query: str, line: int, column: int, message: str) -> None:
    error = guards.syntax_error(query)
    assert error is not None
    mistake = find_mistake(query, error)
    assert (mistake.line, mistake.column) == (line, column)
    assert message in mistake.message


WORDS = [
    "SELECT",
    "*",
    "{",
    "}",
    "?s",
    "<urn:a>",
    "a:b",
    "'text'",
    '"""',
    "#c\n",
    "\n",
    ".",
    ";",
    "FILTER",
    "(",
    ")",
    "1",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_a_mistake_is_always_in_the_query(words: list[str]) -> None:
    query = " ".join(words)
    error = guards.syntax_error(query)
    if error is not None:
        mistake = find_mistake(query, error)
        lines = (query + " ").split("\n")
        assert 1 <= mistake.line <= len(lines)
        assert 1 <= mistake.column <= len(lines[mistake.line - 1]) + 1
        assert "\n" not in mistake.message


BEFORE = ["?a ?b ", "1", "true", "'x'", "@fr", "^^", "<urn:z>", ":x", "_:b", "?c", " ", "\n", ".", "'", "#", "{", "}"]
AFTER = ["<urn:y>", ":", ":x", "x", " ", "\n", "#>", "#", "?c", " silent"]


@given(st.lists(st.sampled_from(BEFORE), max_size=5), st.lists(st.sampled_from(AFTER), max_size=3))
def test_whatever_would_reach_out_is_recognised(before: list[str], after: list[str]) -> None:
    query = (
        f"PREFIX : <urn:y> SELECT * {{ ?a ?b ?c FILTER(?c<9){''.join(before)}SerVice{''.join(after)}\n{{ ?s ?p ?o }} }}"
    )
    store = ox.Store()
    store.add(ox.Quad(ox.BlankNode(), ox.NamedNode("urn:p"), ox.Literal(1)))
    try:
        list(store.query(query))  # type: ignore[arg-type]
    except SyntaxError:
        return
    except (OSError, RuntimeError, ValueError):
        assert guards.uses("service", query)


@pytest.mark.parametrize(
    ("text", "update"),
    [
        ("INSERT DATA { <urn:a> <urn:b> 1 }", True),
        ("base <urn:> prefix : <x>\nDELETE WHERE { ?a ?b ?c }", True),
        ("# LOAD\nCLEAR ALL", True),
        ("SELECT * { oops", False),
        ("PREFIX insert: <urn:> insert:data", False),
        ("INSERTED", False),
    ],
)
def test_an_update_is_told_from_a_bad_query(text: str, update: bool) -> None:
    assert guards.is_update(text) is update


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", "application/json"),
        ("*", "application/json"),
        ("text/*", "text/csv"),
        ("text/html", "text/html"),
        ("text/csv;q=0.5, text/html;q=0.7", "text/html"),
        ("TEXT/CSV ; Q=1", "text/csv"),
        ("application/json;q=0, */*", "text/csv"),
        ("text/*;q=0, text/html;q=0.1", "text/html"),
        ("text/csv;q=0.000", None),
        ("text/csv;q=nan", None),
        ("image/png", None),
        (",;,", None),
    ],
)
def test_negotiation(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


@given(st.text(alphabet="*/+;,=q.01 abjson", max_size=40))
def test_no_accept_header_is_too_odd(accept: str) -> None:
    assert choose(accept, OFFERED) in {*OFFERED, None}
    assert error_type(accept) in {"text/plain", "application/json", "text/html"}


def test_a_frame_comes_out_as_it_went_in() -> None:
    question = Question("SELECT ('é\ud800' AS ?x) {}", "text/csv", ("urn:a",), (), "urn:base")
    stream = io.BytesIO(frames.pack(question._asdict()) + frames.pack_answer(Answer("é".encode(), code="x")))
    back = Question(**frames.read(stream))
    assert back == question._replace(default_graphs=["urn:a"], named_graphs=[])  # type: ignore[arg-type]
    assert frames.read(stream) == {"media_type": "text/plain", "status": 200, "code": "x"}
    with pytest.raises(EOFError):
        frames.read(stream)


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        (Question("SELECT oops"), 400, "parse"),
        (Question("CLEAR ALL"), 403, "read-only"),
        (Question("SELECT * { SERVICE <urn:x> {} }"), 403, "service"),
        (Question("ASK {}", "image/png"), 406, "not-acceptable"),
        (Question("ASK {}", default_graphs=("no iri",)), 400, "bad-request"),
        (Question("SELECT * { ?s ?p ?o . ?a ?b ?c }"), 413, "result-too-large"),
    ],
)
def test_answers_that_refuse(store: ox.Store, question: Question, status: int, code: str) -> None:
    found = answer(store, question, 5000)
    assert (found.status, found.code) == (status, code)
    assert found.body


def test_relative_addresses_are_those_of_the_base(store: ox.Store) -> None:
    found = answer(store, Question("SELECT (<x> AS ?x) {}", "text/csv", base="http://example.org/"), 5000)
    assert found.body == b"x\r\nhttp://example.org/x\r\n"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (LEVERS, f'<td><a href="{BOTH[0]}">id:lever/bbbbbbbbbbbb</a></td>'),
        ("SELECT ('<b>' AS ?x) {}", "<td>&lt;b&gt;</td>"),
        ("SELECT ('hi'@en AS ?x) {}", '<td lang="en">hi</td>'),
        ("SELECT (<javascript:1> AS ?x) {}", "<td>javascript:1</td>"),
        ("SELECT (1 AS ?x) ?y {}", "<tr><td>1</td><td></td></tr>"),
        ("SELECT * { ?s ?p 'nothing' }", "Réponses affichées : aucune."),
        ("SELECT (1 AS ?x) { ?s ?p ?o . ?a ?b ?c }", "Réponses affichées : les 1000 premières."),
        ("ASK { ?s ?p 'nothing' }", "<strong>Non</strong>"),
        ("CONSTRUCT { ?s <urn:p> '<b>' } WHERE { VALUES ?s { <urn:s> } }", '&lt;urn:p&gt; "&lt;b&gt;" .'),
    ],
)
def test_answers_to_people(store: ox.Store, query: str, shown: str) -> None:
    found = answer(store, Question(query, "text/html"), 1 << 20)
    assert found.media_type == "text/html"
    assert shown in found.body.decode()

"""The SPARQL service over HTTP: new loads, the page, the descriptions, the form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from endpoint_site import BOTH, LEVERS, LONG, SHORT, Site, make_generation, point, running, started, wait_until

from ontology import GRAPH, ID, LV, StoreEmpty
from queries.endpoint.description import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENT = SHORT._replace(queue=10)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with started(tmp_path_factory.mktemp("service")) as site:
        yield site


def test_a_new_generation_is_answered_from_at_once(tmp_path: Path) -> None:
    pointer, pages = tmp_path / "CURRENT", list[str]()
    a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    new = ox.Quad(*map(ox.NamedNode, (f"{ID}lever/new", a, f"{LV}Lever", f"{GRAPH}new")))
    first, second = make_generation(tmp_path / "1"), make_generation(tmp_path / "2", new)
    point(pointer, first)

    def page() -> str:
        pages.append(pointer.read_text(encoding="utf-8"))
        return pages[-1]

    with running(pointer, PATIENT, page=page) as site:
        assert site.levers() == BOTH
        assert site.send(path="/").text == site.send(path="/").text == str(first)
        before = site.get("/.well-known/void", "application/n-triples").text
        point(pointer, second)
        assert site.levers() == [*BOTH, f"{ID}lever/new"]
        assert site.send(path="/").text == str(second)
        assert site.get("/.well-known/void", "application/n-triples").text != before
        wait_until(lambda: site.idle() == 4)
    assert pages == [str(first), str(second)]


def test_a_lost_store_is_503_and_a_found_one_200(tmp_path: Path) -> None:
    pointer = tmp_path / "CURRENT"
    generation = make_generation(tmp_path / "1")
    point(pointer, generation)
    with running(pointer, PATIENT, workers=1) as site:
        point(pointer, tmp_path / "nowhere")
        for path in ("/health", "/", f"/sparql?query={quote(LEVERS)}"):
            reply = site.send(path=path)
            assert (reply.status, reply.code) == (503, "store"), path
        (tmp_path / "nowhere").mkdir()
        wait_until(lambda: "ne peut pas être ouverte" in site.ask(LEVERS).text)
        pointer.unlink()
        assert [site.ask(LEVERS).code for _ in range(2)] == ["internal"] * 2
        point(pointer, generation)
        wait_until(lambda: site.ask(LEVERS).status == 200)


def test_the_page_is_html_that_loads_nothing_from_afar(site: Site) -> None:
    with running(site.pointer, page=lambda: "<!doctype html><title>été</title>", workers=1) as other:
        reply = other.send(path="/")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.text == "<!doctype html><title>été</title>"
    assert "default-src 'self'" in reply.headers["content-security-policy"]


def test_a_page_that_cannot_be_made_stops_nothing_and_is_tried_again(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    troubles = iter([StoreEmpty("la base est vide"), ZeroDivisionError()])

    def page() -> str:
        for trouble in troubles:
            raise trouble
        return "ok"

    with running(site.pointer, page=page, workers=1) as other:
        replies = [other.send(path="/") for _ in range(3)]
    assert [(reply.status, reply.code) for reply in replies] == [(503, "store"), (500, "internal"), (200, None)]
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
)
def test_the_service_describes_itself(site: Site, accept: str) -> None:
    reply = site.get(accept=accept)
    assert reply.headers["content-type"].split(";")[0] == accept
    quads = ox.parse(reply.text, format=FORMATS[accept])
    triples = {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in quads}
    sd, me = "http://www.w3.org/ns/sparql-service-description#", f"{site.url}/sparql"
    assert (me, f"{sd}endpoint", me) in triples
    assert (me, f"{sd}feature", f"{sd}UnionDefaultGraph") in triples
    assert (me, f"{sd}supportedLanguage", f"{sd}SPARQL11Query") in triples


def test_the_data_are_described_with_their_figures(site: Site) -> None:
    reply = site.send(path="/.well-known/void")
    assert reply.headers["content-type"] == "text/turtle; charset=utf-8"
    store = ox.Store()
    store.load(reply.text.encode(), format=ox.RdfFormat.TURTLE)
    void = "PREFIX void: <http://rdfs.org/ns/void#> "

    def figure(pattern: str) -> list[str]:
        rows = store.query(f"{void} SELECT ?x {{ {pattern} }}")
        assert isinstance(rows, ox.QuerySolutions)
        return [row["x"].value for row in rows]

    [everything] = site.ask("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }").rows
    graph = f"<{site.url}/.well-known/void#graphe>"
    assert figure(f"{graph} void:triples ?x") == [everything["n"]]
    assert figure(f"{graph} void:sparqlEndpoint ?x") == [f"{site.url}/sparql"]
    assert figure(f"{graph} void:exampleResource ?x") == [BOTH[0]]
    assert figure(f"{graph} void:classPartition [ void:class <{LV}Lever> ; void:entities ?x ]") == ["2"]
    assert figure(f"{graph} void:propertyPartition [ void:property <urn:step> ; void:triples ?x ]") == [str(LONG)]


def test_descriptions_name_the_address_the_client_used(site: Site) -> None:
    assert "<http://leviers.example/sparql>" in site.send(headers={"host": "leviers.example"}).text
    assert "<http://localhost/sparql>" in site.send(headers={"host": "<evil>"}).text


def test_a_person_gets_a_form(site: Site) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    reply = site.get(accept=browser)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="fr">' in reply.text
    assert "<title>" in reply.text
    for name in re.findall(r'<label for="(\w+)"', reply.text):
        assert f'id="{name}"' in reply.text
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", reply.text)
    assert "<script" not in reply.text
    assert "default-src 'none'; style-src 'sha256-" in reply.headers["content-security-policy"]


def test_the_forms_example_runs_and_its_answer_is_a_table(site: Site) -> None:
    form = site.get(accept="text/html").text
    example = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", form, re.DOTALL)
    assert example is not None
    reply = site.ask(example[1].replace("&lt;", "<").replace("&gt;", ">"), "*/*", {"format": "html"})
    assert reply.status == 200
    assert "<caption>" in reply.text
    assert '<th scope="col">libelle</th>' in reply.text
    assert "<td>Débit trop faible</td>" in reply.text


def test_the_form_shows_what_is_wrong_and_keeps_the_query(site: Site) -> None:
    reply = site.ask("SELECT <script>alert(1)</script>", "text/html")
    assert (reply.status, reply.code) == (400, "parse")
    assert '<p role="alert">ligne 1, colonne ' in reply.text
    assert "&lt;script&gt;" in reply.text
    assert "<script" not in reply.text


def test_health(site: Site) -> None:
    wait_until(lambda: site.idle() == 4)
    assert site.send(path="/health").json == {"status": "ok", "workers": 4, "idle": 4}

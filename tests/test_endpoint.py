"""The SPARQL service over HTTP: the three ways to ask, refusals, HEAD, OPTIONS and CORS."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from endpoint_site import BOTH, FORM, LEVERS, PREFIXES, QUERY, SHORT, Site, started

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with started(tmp_path_factory.mktemp("service")) as site:
        yield site


def levers(rows: list[dict[str, str]]) -> list[str]:
    return [row["levier"] for row in rows]


def test_get(site: Site) -> None:
    assert site.levers() == BOTH


def test_post_form(site: Site) -> None:
    assert levers(site.post(urlencode({"query": LEVERS}), FORM).rows) == BOTH
    assert levers(site.post(urlencode({"query": LEVERS}), f"{FORM}; charset=UTF-8").rows) == BOTH


def test_post_direct(site: Site) -> None:
    assert levers(site.post(LEVERS, QUERY).rows) == BOTH
    assert levers(site.post(LEVERS, f'{QUERY}; charset="utf-8"').rows) == BOTH


@pytest.mark.parametrize("text", ["Câbler les salles", 'Écrire : " } # \\ et <b>', "« l’œuvre » 🎓 日本\n\t+&%=;"])
def test_any_text_comes_back_as_it_went(site: Site, text: str) -> None:
    literal = str(ox.Literal(text, language="fr"))
    query = PREFIXES + f"SELECT ({literal} AS ?t) (COUNT(?x) AS ?n) WHERE {{ OPTIONAL {{ ?x lv:quote {literal} }} }}"
    expected = [{"t": text, "n": "0" if "日" in text else "1"}]
    assert site.ask(query).rows == expected
    assert site.post(urlencode({"query": query}), FORM).rows == expected
    assert site.post(query, QUERY).rows == expected


def test_utf8_without_percents_is_understood_or_refused(site: Site) -> None:
    target = "/sparql?query=" + quote("SELECT ('X' AS ?t) {}", safe="").replace("X", "é")
    with socket.create_connection(("127.0.0.1", site.port), timeout=5) as raw:
        raw.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nConnection: close\r\n\r\n".encode())
        reply = b"".join(iter(lambda: raw.recv(4096), b"")).decode()
    assert reply.startswith("HTTP/1.1 400 ") or reply.endswith("\r\n\r\nt\r\né\r\n")


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "status", "code"),
    [
        ("GET", "/sparql?query=", {}, None, 400, "bad-request"),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, None, 400, "bad-request"),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=relative", {}, None, 400, "bad-request"),
        ("GET", "/sparql?query=%ff%fe", {}, None, 400, "bad-request"),
        ("GET", "/sparql?" + "&".join(["a=1"] * 1001), {}, None, 400, "bad-request"),
        ("GET", "/sparql?query=SELECT", {}, None, 400, "parse"),
        ("GET", "/sparql?update=CLEAR%20ALL", {}, None, 403, "read-only"),
        ("GET", "/sparql?query=CLEAR%20ALL", {}, None, 403, "read-only"),
        ("GET", "/sparql?query=ASK%7B%7D", {"accept": "image/png"}, None, 406, "not-acceptable"),
        ("GET", "/sparql?query=CONSTRUCT%20WHERE%7B%7D", {"accept": "text/csv"}, None, 406, "not-acceptable"),
        ("GET", "/sparql", {"accept": "image/png"}, None, 406, "not-acceptable"),
        ("GET", "/.well-known/void", {"accept": "image/png"}, None, 406, "not-acceptable"),
        ("GET", "/autre", {}, None, 404, "not-found"),
        ("GET", "/sparql/", {}, None, 404, "not-found"),
        ("PUT", "/sparql", {}, b"x", 405, "method"),
        ("DELETE", "/sparql", {}, None, 405, "method"),
        ("POST", "/", {"content-type": FORM}, b"x", 405, "method"),
        ("POST", "/sparql", {"content-type": FORM}, b"", 400, "bad-request"),
        ("POST", "/sparql", {"content-type": QUERY}, b"", 400, "bad-request"),
        ("POST", "/sparql", {"content-type": QUERY}, b"ASK { '\xe9' }", 400, "bad-request"),
        ("POST", "/sparql", {"content-type": FORM}, b"query=%e9", 400, "bad-request"),
        ("POST", "/sparql?query=ASK%7B%7D", {"content-type": QUERY}, b"ASK {}", 400, "bad-request"),
        ("POST", "/sparql", {"content-type": FORM}, b"update=CLEAR%20ALL", 403, "read-only"),
        ("POST", "/sparql", {"content-type": "application/sparql-update"}, b"CLEAR ALL", 403, "read-only"),
        (
            "POST",
            "/sparql",
            {"content-type": QUERY},
            b"PREFIX a: <urn:>\nINSERT DATA { a:b a:c 1 }",
            403,
            "read-only",
        ),
        ("POST", "/sparql", {"content-type": QUERY}, b"ASK {}" + b" " * SHORT.request, 413, "request-too-large"),
        ("POST", "/sparql", {"content-type": "application/json"}, b"{}", 415, "content-type"),
        ("POST", "/sparql", {}, b"ASK {}", 415, "content-type"),
        ("POST", "/sparql", {"content-type": f"{QUERY}; charset=latin-1"}, b"ASK {}", 415, "content-type"),
        ("POST", "/sparql", {"content-type": QUERY, "content-encoding": "gzip"}, b"ASK {}", 415, "content-type"),
    ],
)
def test_refusals(
    site: Site, method: str, target: str, headers: dict[str, str], body: bytes | None, status: int, code: str
) -> None:
    reply = site.send(method, target, body, headers)
    assert (reply.status, reply.code) == (status, code)
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert len(reply.text.splitlines()) == 1


def test_a_long_body_of_unknown_length_is_cut_off(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=5) as raw:
        raw.sendall(
            f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        raw.sendall(b"8000\r\n" + b" " * 0x8000 + b"\r\n")
        assert b" 413 " in raw.recv(4096).split(b"\r\n")[0]


def test_errors_in_json_for_those_who_read_json(site: Site) -> None:
    for accept in ("application/json", "application/sparql-results+json, */*;q=0.1"):
        reply = site.ask("SELECT ?é WHERE { ?é }", accept)
        assert reply.headers["content-type"] == "application/json"
        assert reply.json["error"] == reply.code == "parse"
        assert reply.json["message"].startswith("ligne 1, colonne 22 : ")


def test_not_found_lists_the_addresses(site: Site) -> None:
    assert all(route in site.send(path="/x").text for route in ("/sparql", "/.well-known/void", "/health"))


def test_method_not_allowed_says_which_are(site: Site) -> None:
    assert site.send("PUT").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert site.send("PUT", "/health").headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path", ["/", "/sparql", "/.well-known/void", "/health", f"/sparql?query={quote(LEVERS)}", "/x"]
)
def test_head_is_get_without_its_body(site: Site, path: str) -> None:
    get, head = site.send(path=path), site.send("HEAD", path)
    assert head.text == ""
    assert head.status == get.status
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


def test_options_answers_a_browsers_preflight(site: Site) -> None:
    reply = site.send("OPTIONS", headers={"origin": "https://yasgui.example", "access-control-request-method": "POST"})
    assert (reply.status, reply.text) == (204, "")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "content-type" in reply.headers["access-control-allow-headers"]
    assert reply.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert "content-length" not in reply.headers


def test_every_reply_may_be_read_elsewhere_and_varies(site: Site) -> None:
    for reply in (site.ask(LEVERS), site.send(), site.send(path="/x"), site.ask("x")):
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["vary"] == "accept"
        assert "x-leviers-error" in reply.headers["access-control-expose-headers"]

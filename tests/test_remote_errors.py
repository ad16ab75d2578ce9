"""What a SPARQL server may do wrong, and what the user reads of it: one line, without any secret."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import ssl
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
from fake_sparql import JSON, Fake, Request, Told, fake

from graph import open_store
from graph.remote import RemoteStore
from graph.remote.address import Address
from graph.remote.connection import Connection
from ontology import BadQuery
from ontology.errors import NotAStore, StoreBusy, StoreError
from queries.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "s3same-ouvre-toi"
EMPTY = b'{"head":{"vars":["g"]},"results":{"bindings":[]}}'
IS_JSON = {"Content-Type": JSON}
ASK = "SELECT ?s WHERE { ?s a <urn:exemple:a> }"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    for name in ("http_proxy", "HTTP_PROXY", "LEVIERS_STORE_USER", "LEVIERS_STORE_PASSWORD", "LEVIERS_STORE_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEVIERS_TIMEOUT", "20")
    with fake() as told:
        yield told


def always(*told: Told) -> object:
    """Each reply in turn, the last one for ever."""
    left = list(told)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def keyed(server: Fake, path: str = "/sparql") -> str:
    return server.url.replace("http://", f"http://moi:{SECRET}@") + path


REFUSALS = {
    "no key": (Told(401), "refuse ce nom ou ce mot de passe"),
    "digest": (Told(401, headers={"WWW-Authenticate": 'Digest realm="x"'}), "« Digest »"),
    "forbidden": (Told(403, b"nope"), "ne donne pas le droit d’y lire à ce compte (nope)"),
    "nothing there": (Told(404), "rien ne répond à des requêtes SPARQL"),
    "no such method": (Told(405), "rien ne répond à des requêtes SPARQL"),
    "no such format": (Told(406), "JSON"),
    "busy": (Told(429, headers={"Retry-After": "0"}), "recommencez plus tard"),
    "maintenance": (Told(503, headers={"Retry-After": "0"}), "recommencez plus tard"),
    "gateway": (Told(504), "trop longue"),
    "broken": (Told(500, b"<html><title>Panne &amp; co</title><p>java.lang"), "en défaut (code 500 : Panne & co)"),
    "a page": (Told(200, b"<!doctype html>", {"Content-Type": "text/html"}), "ce n’est pas un service SPARQL"),
    "no type": (Told(200, b"bonjour"), "ce n’est pas un service SPARQL"),
    "other JSON": (Told(200, b'{"error": "x"}', IS_JSON), "tronquée ou illisible"),
    "half JSON": (Told(200, EMPTY[:30], IS_JSON), "tronquée ou illisible"),
    "half a body": (Told(200, EMPTY, IS_JSON, length=500), "s’est interrompue"),
    "bad gzip": (Told(200, b"xx", IS_JSON | {"Content-Encoding": "gzip"}), "s’est interrompue"),
    "silence": (Told(hang_up=True), "s’est interrompue"),
    "round and round": (Told(302, headers={"Location": "/sparql"}), "sans fin"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_each_fault_is_one_line(server: Fake, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    reply, words = REFUSALS[name]
    server.fault = lambda _: reply
    assert main(["query", "irritants-sans-levier", "--store", keyed(server)]) == 1
    said = capsys.readouterr()
    assert words in said.err
    assert said.err.count("\n") == 1
    assert SECRET not in said.err + said.out


def test_a_password_is_asked_for(server: Fake) -> None:
    server.fault = lambda _: Told(401)
    with pytest.raises(StoreError, match=r"veut un mot de passe.*LEVIERS_STORE_USER"):
        RemoteStore(f"{server.url}/sparql")


@pytest.mark.parametrize("pause", [0.2, 0.0])
def test_a_slow_server_is_left(server: Fake, monkeypatch: pytest.MonkeyPatch, pause: float) -> None:
    """One that sends a byte now and then, and one that sends none."""
    monkeypatch.setenv("LEVIERS_TIMEOUT", "0.5")
    done = threading.Event()

    def slow(_: Request) -> Told:
        if not pause:
            done.wait(5)
        return Told(200, EMPTY, IS_JSON, pause=pause)

    server.fault = slow
    with pytest.raises(StoreError, match=r"pas répondu en 0.5 s.*LEVIERS_TIMEOUT"):
        RemoteStore(f"{server.url}/sparql")
    done.set()


def test_a_server_that_takes_its_time_to_file_is_waited_for(server: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVIERS_TIMEOUT", "0.2")
    server.nap = 1.0
    much = b"# " + b"x" * (16 << 20) + b"\nINSERT DATA { }"
    connection = Connection(Address.parse(f"{server.url}/sparql"))
    assert connection.send("POST", f"{server.url}/update", {}, much).ok
    with pytest.raises(StoreError, match="LEVIERS_TIMEOUT"):
        connection.send("POST", f"{server.url}/update", {}, b"INSERT DATA { }")


def test_what_passes_is_waited_for(server: Fake) -> None:
    server.fault = always(Told(503, headers={"Retry-After": "0"}), Told(hang_up=True), Told(200, EMPTY, IS_JSON))  # type: ignore[assignment]
    assert RemoteStore(f"{server.url}/sparql").graphs() == []


def test_a_busy_server_is_told_apart(server: Fake) -> None:
    server.fault = lambda _: Told(429, headers={"Retry-After": "0"})
    with pytest.raises(StoreBusy):
        RemoteStore(f"{server.url}/sparql")


def test_compressed_answers_are_read(server: Fake) -> None:
    server.fault = lambda _: Told(200, gzip.compress(EMPTY), IS_JSON | {"Content-Encoding": "gzip"})
    assert RemoteStore(f"{server.url}/sparql").graphs() == []


def test_a_query_that_the_server_refuses_is_the_users(server: Fake) -> None:
    store = RemoteStore(f"{server.url}/sparql")
    server.fault = lambda _: Told(400, b"Line 1: no such function")
    with pytest.raises(BadQuery, match="no such function"):
        store.select(ASK)


def test_long_queries_go_by_post_and_short_ones_by_get(server: Fake) -> None:
    store = RemoteStore(f"{server.url}/sparql")
    store.select(ASK)
    assert server.seen[-1].method == "GET"
    store.select(ASK.replace("urn:exemple:a", "urn:exemple:" + "a" * 3000))
    assert server.seen[-1].method == "POST"


def test_a_redirection_is_followed_and_the_key_stays_here(server: Fake) -> None:
    with fake() as other:
        server.fault = lambda _: Told(307, headers={"Location": f"{other.url}/sparql?query=ASK%20%7B%7D"})
        other.fault = lambda _: Told(200, EMPTY, IS_JSON)
        assert RemoteStore(keyed(server)).graphs() == []
        assert server.seen[0].headers["authorization"].startswith("Basic ")
        assert all("authorization" not in request.headers for request in other.seen)


def test_keys_come_from_the_address_or_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Address.parse("https://a%40b:c%3Ad@x.fr/ds").key == Address.parse("https://a%40b:c%3Ad@y.fr/ds").key
    assert "c:d" not in repr(Address.parse("https://a:c%3Ad@x.fr/ds"))
    monkeypatch.setenv("LEVIERS_STORE_TOKEN", "jeton")
    assert Address.parse("https://x.fr/ds").key == "Bearer jeton"
    assert Address.parse("https://moi:secret@x.fr/ds").key.startswith("Basic ")
    monkeypatch.delenv("LEVIERS_STORE_TOKEN")
    monkeypatch.setenv("LEVIERS_STORE_USER", "moi")
    monkeypatch.setenv("LEVIERS_STORE_PASSWORD", "secret")
    assert Address.parse("https://x.fr/ds").key == Address.parse("https://moi:secret@x.fr/ds").key


@pytest.mark.parametrize(
    "address", ["http://", "https://x.fr:port/ds", "https://[::1/ds", "https://x.fr/ds#bas", "https:///sparql"]
)
def test_a_badly_written_address_is_said(address: str) -> None:
    with pytest.raises(NotAStore, match="mal écrite"):
        open_store(address)


@pytest.mark.parametrize("seconds", ["vite", "-1", "0", "nan"])
def test_a_wrong_patience_is_said(server: Fake, monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    monkeypatch.setenv("LEVIERS_TIMEOUT", seconds)
    with pytest.raises(StoreError, match=re.escape(f"LEVIERS_TIMEOUT vaut « {seconds} »")):
        RemoteStore(f"{server.url}/sparql")


def test_no_server_and_no_such_name() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        free = held.getsockname()[1]
    with pytest.raises(StoreError, match="aucun serveur n’écoute"):
        RemoteStore(f"http://127.0.0.1:{free}/sparql")
    with pytest.raises(StoreError, match="aucun serveur ne s’appelle"):
        RemoteStore("http://nulle-part.invalid/sparql")


def test_a_proxy_is_gone_through(server: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server stands for the proxy: it is asked for the whole address."""
    monkeypatch.setenv("http_proxy", server.url.replace("http://", "http://moi:secret@"))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.fault = lambda _: Told(200, EMPTY, IS_JSON)
    assert RemoteStore("http://ailleurs.invalid/sparql").graphs() == []
    assert server.seen[0].headers["host"] == "ailleurs.invalid"
    assert server.seen[0].headers["proxy-authorization"].startswith("Basic ")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with pytest.raises(StoreError, match="mandataire"):
        RemoteStore("http://ailleurs.invalid/sparql")


def test_a_server_without_encryption_is_no_https_server(server: Fake) -> None:
    with pytest.raises(StoreError, match="ne parle pas https"):
        RemoteStore(server.url.replace("http://", "https://") + "/sparql")


def test_an_unknown_certificate_is_refused(tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl absent de cette machine")
    key, certificate = tmp_path / "cle.pem", tmp_path / "certificat.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            with listener.accept()[0] as line, pytest.raises(OSError, match=r"."):
                context.wrap_socket(line, server_side=True)

        thread = threading.Thread(target=greet)
        thread.start()
        with pytest.raises(StoreError, match=r"certificat du serveur.*SSL_CERT_FILE"):
            RemoteStore(f"https://localhost:{listener.getsockname()[1]}/sparql")
        thread.join()

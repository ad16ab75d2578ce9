"""``serve``: the real command's door, its signals, and what stops it at once."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from endpoint_site import ENDLESS, Site, follow, from_checkout, make_generation, point, wait_until

from ontology import LeviersError, MissingPart, StoreEmpty
from queries.endpoint import serve

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows : pas de SIGINT à envoyer à un processus")


@pytest.fixture
def pointer(tmp_path: Path) -> Path:
    point(tmp_path / "CURRENT", make_generation(tmp_path / "1"))
    return tmp_path / "CURRENT"


def start(pointer: Path, **options: str | int | Path) -> None:
    pytest.importorskip("uvicorn", reason="uvicorn manque : installez « leviers[serve] »")
    serve(lambda: follow(pointer), lambda: "", announce=pytest.fail, **options)  # type: ignore[arg-type]


@on_posix
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_signal_ends_it_cleanly_even_in_the_middle_of_a_query(pointer: Path, sent: signal.Signals, code: int) -> None:
    pytest.importorskip("uvicorn", reason="uvicorn manque : installez « leviers[serve] »")
    command = [sys.executable, str(Path(__file__).with_name("endpoint_site.py")), str(pointer), "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, encoding="utf-8", env=from_checkout()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        lines = [process.stdout.readline() for _ in range(3)]
        address = re.search(r"http://127\.0\.0\.1:(\d+)/$", lines[0])
        assert address is not None
        assert lines[1].endswith("/sparql\n")
        assert "Ctrl-C" in lines[2]
        site = Site(int(address[1]), pointer)
        size = site.send(path="/health").json["workers"]
        wait_until(lambda: site.idle() == size)
        children = children_of(process.pid)
        asking = threading.Thread(target=ask_in_vain, args=(site,))
        asking.start()
        wait_until(lambda: site.idle() < size)
        process.send_signal(sent)
        assert process.wait(timeout=8) == code
        asking.join()
        assert process.stderr.read() == ""
    assert len(children) == (size if sys.platform == "linux" else 0)
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))


def ask_in_vain(site: Site) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        site.ask(ENDLESS)


def children_of(pid: int) -> list[str]:
    listings = Path(f"/proc/{pid}/task").glob("*/children")
    return [child for listing in listings for child in listing.read_text(encoding="ascii").split()]


def test_a_port_already_taken(pointer: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(LeviersError, match=f"le port {port} est déjà pris : .*--port {port + 1}"):
            start(pointer, port=port)


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("pas une adresse", 8000, "« pas une adresse » est inconnue"),
        ("192.0.2.1", 0, "« 192.0.2.1 » n’est pas celle de cette machine"),
        ("127.0.0.1", 70000, "le port 70000 n’existe pas"),
    ],
)
def test_an_address_that_cannot_be(pointer: Path, host: str, port: int, message: str) -> None:
    with pytest.raises(LeviersError, match=message) as raised:
        start(pointer, host=host, port=port)
    assert len(str(raised.value).splitlines()) == 1


def test_an_empty_or_broken_store_is_told_before_anything_is_announced(tmp_path: Path, pointer: Path) -> None:
    def empty() -> Path:
        raise StoreEmpty("la base est vide")

    with pytest.raises(StoreEmpty, match="la base est vide"):
        serve(empty, lambda: "", port=0, announce=pytest.fail)
    point(pointer, tmp_path / "nowhere")
    with pytest.raises(LeviersError, match="nowhere » ne peut pas être lue"):
        start(pointer, port=0)
    (tmp_path / "nowhere").mkdir()
    with pytest.raises(LeviersError, match="nowhere » ne peut pas être ouverte"):
        start(pointer, port=0)


def test_without_uvicorn_it_says_what_to_install(pointer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(MissingPart, match=r"installez « leviers\[serve\] »"):
        serve(lambda: follow(pointer), lambda: "", port=0, announce=pytest.fail)

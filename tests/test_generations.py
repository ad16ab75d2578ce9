"""A store's folder: readers see whole loads, and whatever stops a writer leaves it as it was."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph import generations, open_store, writing
from ontology import NotAStore, StoreBusy, StoreEmpty, StoreError

GRAPH = "https://exemple.invalid/graphe"


def put(folder: Path, value: int) -> None:
    with writing(str(folder)) as (store, _):
        store.replace_graph(
            GRAPH, [f'<https://exemple.invalid/{n}> <https://exemple.invalid/p> "{value}" .' for n in range(50)]
        )


def interrupt(folder: Path) -> None:
    with writing(str(folder)) as (store, _):
        store.replace_graph(GRAPH, [])
        raise KeyboardInterrupt


def held(folder: Path) -> set[object]:
    store = open_store(str(folder))
    found = {row[0] for row in store.select("SELECT ?o WHERE { ?s <https://exemple.invalid/p> ?o }").rows}
    store.close()
    return found


def test_each_load_is_a_generation_and_old_ones_go(tmp_path: Path) -> None:
    for value in range(4):
        put(tmp_path / "base", value)
        assert held(tmp_path / "base") == {str(value)}
    assert len(list((tmp_path / "base" / "generations").iterdir())) <= 3


def test_an_error_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    put(folder, 1)
    with pytest.raises(KeyboardInterrupt):
        interrupt(folder)
    assert held(folder) == {"1"}
    assert [path.name for path in (folder / "generations").iterdir()] == ["000001"]


def test_an_open_reader_keeps_its_view(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    put(folder, 1)
    reader = open_store(str(folder))
    for value in range(2, 6):
        put(folder, value)
    assert {row[0] for row in reader.select("SELECT ?o WHERE { ?s ?p ?o }").rows} == {"1"}


def test_readers_never_see_half_of_a_load(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    put(folder, 0)
    seen: list[set[object]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.append(held(folder))

    reader = threading.Thread(target=read)
    reader.start()
    for value in range(1, 9):
        put(folder, value)
    stop.set()
    reader.join()
    assert seen
    assert all(len(values) == 1 for values in seen)


def test_two_writers_at_once_get_a_clear_line(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    with writing(str(folder)) as (store, _):
        store.replace_graph(GRAPH, [])
        code = f"from graph import writing\nwith writing({str(folder)!r}): pass"
        other = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=Path(__file__).parent.parent,
            check=False,
        )
    assert "une autre commande écrit" in other.stderr


def test_a_writer_in_the_same_process_waits_for_no_one(tmp_path: Path) -> None:
    with writing(str(tmp_path / "base")), pytest.raises(StoreBusy), writing(str(tmp_path / "base")):
        pass


def test_what_is_no_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "une.jpg").write_bytes(b"x")
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    for name, says in (("photos", "n’est pas une base leviers"), ("fichier", "est un fichier")):
        with pytest.raises(NotAStore, match=says):
            open_store(str(tmp_path / name))
        with pytest.raises(NotAStore), writing(str(tmp_path / name)):
            pass
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["une.jpg"]
    with pytest.raises(StoreEmpty):
        open_store(str(tmp_path / "neuf"))
    with pytest.raises(NotAStore):
        open_store("ftp://exemple.invalid/base")


def test_a_store_of_another_version_is_said(tmp_path: Path) -> None:
    put(tmp_path / "base", 1)
    (tmp_path / "base" / "leviers-store.json").write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(NotAStore, match="autre version"):
        open_store(str(tmp_path / "base"))


@pytest.mark.skipif(sys.platform == "win32", reason="limites de fichiers : POSIX seulement")
def test_a_full_disk_is_said_and_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    put(folder, 1)
    code = (
        "import resource, signal, sys\n"
        "from graph import writing\n"
        "from ontology import StoreError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "try:\n"
        f"    with writing({str(folder)!r}) as (store, _):\n"
        f"        store.replace_graph({GRAPH!r}, [f'<x:{{n}}> <x:p> \"{{n}}\" .' for n in range(20_000)])\n"
        "except StoreError as error:\n"
        "    sys.exit(str(error))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parent.parent,
        check=False,
    )
    assert run.returncode == 1
    assert len(run.stderr.strip().splitlines()) == 1, run.stderr
    assert "plein" in run.stderr or "écriture impossible" in run.stderr
    assert held(folder) == {"1"}


@pytest.mark.skipif(
    sys.platform == "win32" or getattr(os, "geteuid", lambda: 1)() == 0, reason="droits : sans effet pour root"
)
def test_a_folder_without_rights_is_said(tmp_path: Path) -> None:
    (tmp_path / "ferme").mkdir(mode=0o500)
    with pytest.raises(StoreError, match="accessible en écriture"), writing(str(tmp_path / "ferme" / "base")):
        pass


def test_the_default_folder_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEVIERS_STORE")
    assert generations.default_folder().parts[-2:] == ("leviers", "base")

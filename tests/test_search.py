"""Free text: what it finds, in every store, whatever is typed and whatever is broken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sample_graph as sample
from hypothesis import given
from hypothesis import strategies as st

from graph.memory import MemoryStore
from graph.oxigraph import OxigraphStore
from graph.search import FILE, Index, Wording, WritableIndex, rank
from graph.search import writing as writing_module
from graph.search.filling import in_memory, refresh, wordings
from graph.search.terms import Sense, alike, terms
from ontology.stems import content_words, stems
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
        index._both.rows(
            "SELECT iri, t.kind, label, said, text, shown, words, stems"
            f" FROM @thing AS t JOIN @wording AS w ON w.thing = t.id WHERE t.id{index._standing}"
        )
    )


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
    with WritableIndex() as made:
        iri = "https://w3id.org/leviers/id/actor/"
        made.put([Wording(f"{iri}a", "Réseau des mairies", "prefLabel", "fr", None)])
        made.put([Wording(f"{iri}b", "Réseau des écoles", "prefLabel", "fr", 2)])
        assert labels(rank(made, "réseau")) == ["Réseau des écoles", "Réseau des mairies"]


def test_a_misspelling_is_looked_for_and_never_shown() -> None:
    with WritableIndex() as made:
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


def test_shorthand_is_found_in_plain_words_and_the_other_way_round() -> None:
    with WritableIndex() as made:
        made.put([Wording("https://w3id.org/leviers/id/lever/1", "Form. des profs", "prefLabel", "fr", 1)])
        made.put([Wording("https://w3id.org/leviers/id/lever/2", "Recenser les ordinateurs", "prefLabel", "fr", 1)])
        assert [labels(rank(made, text))[0] for text in ("formation des professeurs", "form. profs")] == [
            "Form. des profs", "Form. des profs"
        ]  # fmt: skip
        assert labels(rank(made, "nb d’ordis")) == ["Recenser les ordinateurs"]


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


def test_each_line_of_the_lexicon_holds_several_phrases_that_are_found_by_their_first_letters() -> None:
    text = (Path(__file__).parent.parent / "graph" / "search" / "lexicon.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and line[0] not in "#-"]
    assert len(lines) > 600
    for line in lines:
        (sign,) = {sign for sign in "=~≈" if sign in line}
        phrases = {stems(phrase) for phrase in line.split(sign)} - {()}
        assert len(phrases) > 1, line
        first = {phrase[0] for phrase in phrases}
        assert {word[:2] for word in content_words(line)} >= {word[:2] for word in first}, line


def test_what_may_be_meant_is_looked_for_and_comes_after_what_says_the_same() -> None:
    (term,) = terms("chronophage")
    senses = [sense for _, sense in term.others]
    assert senses == sorted(senses)
    assert Sense.WIDE in senses


def test_no_words_say_the_same_as_a_word() -> None:
    assert all(other for term in terms("à la maison avec des devoirs") for other in term.others)


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


def test_without_full_text_the_search_is_slow_and_the_same(
    store: Store, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writing_module._sql
    monkeypatch.setattr(
        writing_module,
        "_sql",
        lambda name: real(name).replace("fts5", "fts9") if name == "fulltext.sql" else real(name),
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

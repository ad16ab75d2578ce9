"""The same documents and decisions give the same graph, in whatever order and however often they come."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.archive import Archive
from graph.decisions import Decision
from graph.library import Library
from graph.oxigraph import OxigraphStore
from ingest import read_document
from ingest.document import Document
from ontology import DECISIONS_GRAPH, ID, LV, PREFIXES, Kind, Reading, concept_iri, content_key

IRRITANTS = ("Bruit", "Vacarme", "Froid", "Poussière")
LEVERS = ("Du calme", "Des tapis", "Un chauffage", "Un balai")
ACTORS = ("XQZT", "ZZQX", "ERUN")
KINDS = ((Kind.IRRITANT, IRRITANTS), (Kind.LEVER, LEVERS), (Kind.ACTOR, ACTORS[:2]))
ROWS = st.tuples(*map(st.sampled_from, (IRRITANTS, LEVERS, ACTORS)))
DOCUMENTS = st.lists(st.lists(ROWS, min_size=1, max_size=3), min_size=1, max_size=4)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    kind, texts = draw(st.sampled_from(KINDS))
    a, b = draw(st.permutations(texts))[:2]
    if kind is Kind.ACTOR and draw(st.booleans()):
        return Decision(kind, content_key(kind, a), draw(st.sampled_from(("erun", "ien"))),
                        draw(st.sampled_from(("is", "is not"))))  # fmt: skip
    verdict = draw(st.sampled_from(("same", "same", "close", "different")))
    return Decision(kind, content_key(kind, a), content_key(kind, b), verdict, draw(st.sampled_from(("", "anne"))))


def report(name: str, rows: list[tuple[str, str, str]]) -> Reading:
    lines = ["Irritants\tLeviers\tActeurs à mobiliser", *(f"• {i}\t• {lever}\t• {actor}" for i, lever, actor in rows)]
    text = "\n".join(lines)
    return read_document(Document(name, text, name + text, "text/plain"))


@settings(max_examples=15)
@given(DOCUMENTS, st.lists(decisions(), max_size=8), st.randoms(use_true_random=False), st.data())
def test_any_order_gives_the_same_graph(documents: list[list[tuple[str, str, str]]], decided: list[Decision],
                                        random: st.Random, data: st.DataObject) -> None:  # fmt: skip
    readings = [report(f"{n}.txt", rows) for n, rows in enumerate(documents)]
    with tempfile.TemporaryDirectory() as folder:
        once = OxigraphStore()
        Library(once, Archive(Path(folder) / "0"), "essai").load(readings, decided)
        bit, archive = OxigraphStore(), Archive(Path(folder) / "1")
        shuffled = readings[:]
        random.shuffle(shuffled)
        for reading in shuffled:  # some decisions, and another state of a file, before the last ones
            known = data.draw(st.integers(0, len(decided)))
            Library(bit, archive, "essai").load([reading], decided[:known])
        Library(bit, archive, "essai").load((), decided)
        assert bit.dump("application/n-quads") == once.dump("application/n-quads")


def loaded(folder: Path, decided: list[Decision]) -> OxigraphStore:
    rows = [report("a.txt", [("Bruit", "Du calme", "XQZT")]), report("b.txt", [("Vacarme", "Des tapis", "ERUN")])]
    store = OxigraphStore()
    Library(store, Archive(folder), "essai").load(rows, decided)
    return store


def test_a_wording_decided_to_be_an_actors_is_that_actor(tmp_path: Path) -> None:
    key = content_key(Kind.ACTOR, "XQZT")
    unknown = f"ASK {{ GRAPH ?g {{ <{ID}actor/{key}> a <{LV}Actor> }} }}"
    store = loaded(tmp_path, [Decision(Kind.ACTOR, key, "erun", "is", "anne", "2026-11-25")])
    assert b"false" in store.answer(unknown, "")
    support = store.select(f"SELECT ?n WHERE {{ <{ID}actor/erun> <{LV}support> ?n }}").rows
    assert support == [(2,)]
    found = store.select(f'SELECT ?a WHERE {{ ?a <{LV}searchKey> "xqzt" }}').rows
    assert found == [(f"{ID}actor/erun",)]
    Library(store, Archive(tmp_path), "essai").load((), ())
    assert b"true" in store.answer(unknown, "")


def test_what_was_decided_stands_in_the_graph(tmp_path: Path) -> None:
    bruit, tapis = (
        [content_key(kind, text) for text in texts[:2]] for kind, texts in KINDS[:2]
    )  # fmt: skip
    same = Decision(Kind.IRRITANT, *bruit, "same", "anne", "hier", "bruit")
    near = Decision(Kind.LEVER, *tapis, "close", "bob")
    stranger = Decision(Kind.LEVER, content_key(Kind.LEVER, "ailleurs"), content_key(Kind.LEVER, "aussi"), "same")
    store = loaded(tmp_path, [same, near, stranger])
    told = store.select(f"""PREFIX lv: <{LV}> SELECT ?verdict ?who ?thing WHERE {{
        GRAPH <{DECISIONS_GRAPH}> {{ ?d lv:verdict ?verdict ; lv:decidedBy ?who ; lv:about ?thing }} }}""")
    levers = [concept_iri(Kind.LEVER, text) for text in LEVERS[:2]]
    assert sorted(map(str, told.rows)) == sorted(
        map(str, [("same", "anne", concept_iri(Kind.IRRITANT, "Bruit")), *(("close", "bob", one) for one in levers)])
    )
    link = store.select(f"""PREFIX lv: <{LV}> PREFIX skos: <{PREFIXES["skos"]}>
        SELECT ?who WHERE {{ ?link lv:decision/lv:decidedBy ?who ; lv:relation skos:closeMatch }}""")
    assert link.rows == [("bob",)]

"""What is kept beside the graph in two layers says what one file would, however its bases were made."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_search import contents

from graph import layers, open_store
from graph.archive import Archive
from graph.backends import archive_of, snapshot, writing
from graph.library import Library
from graph.matching import kept
from graph.oxigraph import OxigraphStore
from graph.said import Said
from graph.search import beside, rank
from graph.search.filling import in_memory, index_of
from ingest import read_report
from ontology import LV

if TYPE_CHECKING:
    from ontology import Reading

REPORTS = Path(__file__).parent / "reports"


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read_report(path) for path in sorted(REPORTS.iterdir()) if path.suffix in {".txt", ".md"}]


@pytest.fixture(params=["first", "each"])
def bases(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A base is made by the first load, or by each one."""
    for module in (layers, kept):
        monkeypatch.setattr(module, "_SMALL", 0)
        monkeypatch.setattr(module, "_SHARE", 0.001 if request.param == "first" else 1e9)
    return str(request.param)


def load(folder: Path, readings: list[Reading]) -> None:
    with writing(str(folder)) as (store, archive):
        Library(store, archive, "essai").load(readings, ())


def test_loads_one_by_one_or_all_at_once(tmp_path: Path, readings: list[Reading], bases: str) -> None:
    some = readings[:]
    random.Random(bases).shuffle(some)
    for reading in [*some, some[0]]:
        load(tmp_path / "pas", [reading])
    load(tmp_path / "tout", readings)
    step, whole = open_store(str(tmp_path / "pas")), open_store(str(tmp_path / "tout"))
    assert step.dump("application/n-quads") == whole.dump("application/n-quads")
    with index_of(step) as one, in_memory(step) as other:
        assert one.schemas == (("base",) if bases == "each" else ("main", "base"))
        assert contents(one) == contents(other)
        for text in ("connexion des familles", "former les enseignants", "materiel", "ENT"):
            roots = text.split()
            assert one.rarity(roots) == other.rarity(roots)
            assert {hit[:5] for hit in rank(one, text)} == {hit[:5] for hit in rank(other, text)}
    first, last = archive_of(str(tmp_path / "pas")), archive_of(str(tmp_path / "tout"))
    assert list(first.readings()) == list(last.readings()) == sorted(readings, key=lambda reading: reading.key)


def test_a_document_that_changes_leaves_nothing_behind(tmp_path: Path, readings: list[Reading], bases: str) -> None:
    del bases
    load(tmp_path / "base", readings)
    less = replace(readings[0], mentions=readings[0].mentions[:2], sha256="autre")
    load(tmp_path / "base", [less])
    load(tmp_path / "neuve", [less, *readings[1:]])
    held, made = open_store(str(tmp_path / "base")), open_store(str(tmp_path / "neuve"))
    assert held.dump("application/n-quads") == made.dump("application/n-quads")
    with index_of(held) as one, index_of(made) as other:
        assert contents(one) == contents(other)
    kinds = [Said(snapshot(str(tmp_path / name)).parent / "readings" / "said.sqlite") for name in ("base", "neuve")]
    assert kinds[0].concepts() == kinds[1].concepts()


def test_bases_are_shared_by_generations(tmp_path: Path, readings: list[Reading], bases: str) -> None:
    load(tmp_path / "base", readings[1:])
    first = snapshot(str(tmp_path / "base")).parent
    held = {path: path.read_bytes() for path in first.rglob("*") if ".base." in path.name or path.suffix == ".npy"}
    names = {"search.base.sqlite", "said.base.sqlite", "readings.base.sqlite", "lever.near.npy"}
    assert names <= {path.name for path in held}
    load(tmp_path / "base", readings[:1])
    second = snapshot(str(tmp_path / "base")).parent
    assert {path: path.read_bytes() for path in held} == held  # a reader of the first one may be at work
    shared = [path for path in held if path.samefile(second / path.relative_to(first))]
    assert (len(shared) == len(held)) is (bases == "first")


@pytest.mark.parametrize("lost", ["said", "search", "matching"])
def test_what_is_lost_is_made_anew(tmp_path: Path, readings: list[Reading], bases: str, lost: str) -> None:
    del bases
    load(tmp_path / "base", readings[1:])
    for path in snapshot(str(tmp_path / "base")).parent.rglob("*"):
        if path.is_file() and (path.name.startswith(lost) or path.parent.name == lost):
            path.write_bytes(path.read_bytes()[:90])
    load(tmp_path / "base", readings[:1])
    load(tmp_path / "neuve", readings)
    held, made = open_store(str(tmp_path / "base")), open_store(str(tmp_path / "neuve"))
    assert held.dump("application/n-quads") == made.dump("application/n-quads")
    with index_of(held) as one, index_of(made) as other:
        assert contents(one) == contents(other)


def test_a_store_in_memory_keeps_its_layers_too(tmp_path: Path, readings: list[Reading], bases: str) -> None:
    del bases
    store, again = OxigraphStore(), OxigraphStore()
    library = Library(store, Archive(tmp_path / "un"), "essai")
    for reading in readings:
        library.load([reading], ())
    Library(again, Archive(tmp_path / "deux"), "essai").load(readings, ())
    assert store.dump("application/n-quads") == again.dump("application/n-quads")
    assert beside(store) is None


def test_readers_see_whole_loads_and_nothing_between(tmp_path: Path, readings: list[Reading], bases: str) -> None:
    del bases
    folder, seen, stop = tmp_path / "base", set(), threading.Event()

    def look() -> tuple[int, ...]:
        """What a reader finds: documents, mentions, concepts with support, close matches, and things to search."""
        store = open_store(str(folder))
        ends = (
            "?one a lv:Document", "?one a lv:Mention", "?one lv:support ?two", "?one lv:matchedWith ?two",
        )  # fmt: skip
        counts = [len(store.select(f"PREFIX lv: <{LV}> SELECT ?one WHERE {{ {end} }}")) for end in ends]
        with index_of(store) as index:
            return *counts, len(contents(index))

    def read() -> None:
        while not stop.is_set():
            seen.add(look())

    load(folder, readings[:1])
    whole = {look()}
    reader = threading.Thread(target=read)
    reader.start()
    for reading in readings[1:]:
        load(folder, [reading])
        whole.add(look())
    stop.set()
    reader.join()
    assert len(whole) == len(readings)
    assert len(seen) > 1
    assert seen <= whole

"""How what is published is read: all of it, each thing once, by this process or by one beside it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import sample_graph as sample
from hypothesis import given
from hypothesis import strategies as some

from graph import snapshot, writing
from graph.cypher.ahead import beside
from graph.cypher.names import Names
from graph.cypher.parts import Part, parts, parts_of
from graph.cypher.terms import ask, language, value
from graph.oxigraph import OxigraphStore
from graph.triples import TRUE, iri, literal, number
from ontology import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TEXTS = some.text(some.characters(exclude_categories=["Cs"]))
_NAMES = some.text(some.characters(min_codepoint=1, exclude_categories=["Cs"]), min_size=1)


def test_another_process_reads_the_same_parts(tmp_path: Path) -> None:
    with writing(str(tmp_path / "b")) as (store, _):
        sample.fill(store)
    here = list(parts(sample.fill(OxigraphStore())))
    with beside(parts_of, snapshot(str(tmp_path / "b"))) as found:
        assert list(found) == here
    assert here[0] == sum(part.size for part in here[1:] if isinstance(part, Part)) > 150
    assert not multiprocessing.active_children()


def test_in_how_many_parts_it_is_read_changes_nothing() -> None:
    store = sample.fill(OxigraphStore())

    def rows(at_once: int) -> list[str]:
        found = [part for part in parts(store, at_once, at_once) if isinstance(part, Part)]
        nodes = [
            (part.label, part.late, labels, row)
            for part in found
            for labels in part.nodes
            for row in part.nodes[labels]
        ]
        links = [(part.label, part.late, to, row) for part in found for to in part.links for row in part.links[to]]
        return sorted(map(str, [*nodes, *links]))

    assert rows(7) == rows(10_000)


def test_what_two_graphs_say_is_written_once() -> None:
    once, twice = sample.fill(OxigraphStore()), sample.fill(OxigraphStore())
    copies = {f"{graph}-copie": lines for graph, lines in sample.graphs().items()}
    twice.replace_graphs(copies)
    assert list(parts(twice)) == list(parts(once))


def _refuses(folder: str) -> Iterator[int]:
    yield 1
    raise StoreError(f"la base « {folder} » est abîmée")


def _is_stopped() -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)


def _never_ends() -> Iterator[int]:
    while True:
        yield 1


def test_what_the_other_process_cannot_read_is_said_here() -> None:
    with beside(_refuses, "b") as found, pytest.raises(StoreError, match="« b » est abîmée"):
        list(found)
    with beside(_is_stopped) as found, pytest.raises(StoreError, match="relancez la même commande"):
        list(found)


def test_the_other_process_ends_when_it_is_no_more_listened_to() -> None:
    with beside(_never_ends) as found:
        assert next(found) == 1
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()


_LISTENS = """
import itertools, time
from graph.cypher.ahead import beside

if __name__ == "__main__":
    with beside(itertools.count) as found:
        print(next(found), flush=True)
        time.sleep(600)
"""


def test_the_other_process_ends_with_one_that_is_killed() -> None:
    listening = subprocess.Popen([sys.executable, "-c", _LISTENS], stdout=subprocess.PIPE, text=True)
    assert listening.stdout
    assert listening.stdout.readline() == "0\n"
    listening.kill()
    listening.communicate(timeout=120)  # ends once no process has that output any more


@given(_TEXTS, some.sampled_from(["", "fr", "en"]), some.integers(-5, 5))
def test_terms_say_what_was_stored(text: str, spoken: str, count: int) -> None:
    store = OxigraphStore()
    said = {iri("urn:p/text"): literal(text, spoken), iri("urn:p/count"): number(count), iri("urn:p/yes"): TRUE}
    store.replace_graph("urn:g", [f"<urn:s> {name} {term} ." for name, term in said.items()])
    terms = dict(line.split("\t") for line in ask(store, "SELECT ?p ?o { ?s ?p ?o }"))
    assert {name: value(term) for name, term in terms.items()} == {
        "<urn:p/text>": text, "<urn:p/count>": count, "<urn:p/yes>": True
    }  # fmt: skip
    assert {name: language(term) for name, term in terms.items()} == {
        "<urn:p/text>": spoken, "<urn:p/count>": "", "<urn:p/yes>": ""
    }  # fmt: skip


@given(some.lists(_NAMES, max_size=300), _NAMES)
def test_names_are_a_sorted_set(names: list[str], other: str) -> None:
    found = Names(names)
    assert list(found) == sorted(set(names))
    assert len(found) == len(set(names))
    assert all(name in found for name in names)
    assert (other in found) == (other in names)

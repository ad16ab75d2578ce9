"""The judged pairs, queries and reworded statements: their form, their sides, and that they name real statements."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from graph.reconcile import Decision, Reconciler
from ingest import read_document
from ingest.document import load
from ontology.folding import content_key
from ontology.kinds import Kind
from queries.loading import shipped_decisions
from tools.copied_passages import corpus_folder
from tools.judged_pairs import invented
from tools.label_sides import FOLDER, PAIRS, Label, groups, read, side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EXAMPLE = FOLDER.parent.parent / "ingest" / "examples" / "egn"
FIELDS = {
    "pairs.jsonl": {"kind", "a", "b", "verdict", "where"},
    "summaries.jsonl": {"kind", "a", "b", "verdict"},
    "queries.jsonl": {"query", "answers"},
    "reworded.jsonl": {"kind", "text", "same", "close"},
}
FRESH, ASKED = "fresh.jsonl", "fresh_queries.jsonl"  # another reader's, all for testing
each = pytest.mark.parametrize("name", FIELDS)

Statement = tuple[str, str]  # kind, content key


@cache
def statements(folder: Path) -> frozenset[Statement]:
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".md"} and path.stem != "LISEZMOI"]
    readings = (read_document(load(path, path.name)) for path in paths)
    return frozenset((m.kind.value, content_key(m.kind, m.text)) for reading in readings for m in reading.mentions)


def reports() -> frozenset[Statement]:
    if not list(corpus_folder().glob("*.txt")):
        pytest.skip("rapports absents (dossier du corpus ou LEVIERS_CORPUS)")
    return statements(corpus_folder())


def pairs() -> list[Label]:
    return [label for name in PAIRS for label in read(FOLDER / name)]


def named(label: Label) -> Iterable[Statement]:
    if "answers" in label:
        return ((answer["kind"], answer["key"]) for answer in label["answers"])
    keys = (label["a"], label["b"]) if "a" in label else (label["same"], *label.get("close", ()))
    return ((label["kind"], key) for key in keys)


@each
def test_lines_have_their_fields_and_their_side(name: str) -> None:
    names = groups(pairs())
    for label in read(FOLDER / name):
        assert set(label) - {"held_out", "style", "for"} == FIELDS[name]
        assert label.get("held_out", False) is side(label, names)


@each
def test_about_a_third_is_held_out(name: str) -> None:
    labels = read(FOLDER / name)
    assert len(labels) >= 60
    assert 0.25 < sum(label.get("held_out", False) for label in labels) / len(labels) < 0.42


def test_sides_do_not_depend_on_order() -> None:
    labels = pairs()
    forward, back = groups(labels), groups(reversed(labels))
    assert [side(label, forward) for label in labels] == [side(label, back) for label in labels]


def test_each_pair_is_judged_once_and_groups_hold_together() -> None:
    decided = [Decision(Kind(label["kind"]), label["a"], label["b"], label["verdict"]) for label in pairs()]
    assert len({decision.pair for decision in decided}) == len(decided)
    reconciler = Reconciler(decided)
    assert reconciler.contradictions == []
    apart = [decision for decision in decided if decision.verdict != "same"]
    assert [one for one in apart if reconciler.canonical(one.one) == reconciler.canonical(one.other)] == []


def test_labels_of_the_example_name_its_statements() -> None:
    example = statements(EXAMPLE)
    found = [label for label in read(FOLDER / "pairs.jsonl") if label["where"] == "example"]
    assert len(found) > 600
    assert {statement for label in found for statement in named(label)} <= example


def test_fresh_rewordings_are_of_three_styles_and_of_statements_that_teach_nothing() -> None:
    labels, names = read(FOLDER / FRESH), groups(pairs())
    assert {tuple(label) for label in labels} == {("kind", "text", "same", "style")}
    assert Counter(label["style"] for label in labels) == {"close": 10, "half": 14, "far": 14}
    taught = [label for label in read(FOLDER / "reworded.jsonl") if not label.get("held_out")]
    equals = [{names.get(label["same"], label["same"]) for label in some} for some in (labels, taught)]
    assert equals[0].isdisjoint(equals[1])


def test_fresh_queries_are_new() -> None:
    labels = read(FOLDER / ASKED)
    assert {tuple(label) for label in labels} == {("query", "answers")}
    assert len(labels) == 30
    assert {label["query"] for label in labels}.isdisjoint(label["query"] for label in read(FOLDER / "queries.jsonl"))


@pytest.mark.parametrize("name", [*FIELDS, FRESH, ASKED])
def test_labels_name_statements_of_the_reports(name: str) -> None:
    known = reports()
    if name == "summaries.jsonl":
        known |= statements(EXAMPLE)
    labels = [label for label in read(FOLDER / name) if label.get("where") not in {"example", "invented"}]
    assert {statement for label in labels for statement in named(label)} <= known


def test_pairs_of_invented_reports_name_their_statements() -> None:
    known = reports() | {(one.kind, one.iri[-12:]) for one in invented().values()}
    labels = [label for label in pairs() if label.get("where") == "invented"]
    lost = [label for label in labels if not known.issuperset(named(label))]
    assert len(lost) <= 0.02 * len(labels)  # a report may be read better one day


def test_shipped_decisions_name_real_statements() -> None:
    known = reports() | statements(EXAMPLE)
    decided = shipped_decisions()
    assert {(one.kind.value, key) for one in decided for key in (one.a, one.b)} <= known


def test_shipped_decisions_agree_with_each_other_and_with_the_labels() -> None:
    decided = Reconciler(shipped_decisions())
    assert decided.contradictions == []
    labels = {Decision(Kind(of["kind"]), of["a"], of["b"], "").pair: of for of in pairs()}
    assert [one for one in decided.decisions if one.pair in labels and labels[one.pair]["verdict"] != one.verdict] == []
    equals = {pair for pair, of in labels.items() if of["verdict"] == "same" and of.get("where") == "reports"}
    assert equals <= {one.pair for one in decided.decisions if one.verdict == "same"}

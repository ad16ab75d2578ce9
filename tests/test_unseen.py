"""Invented reports of other académies, in the layouts that such reports take: read as their gold says."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest import read_report
from ontology import Reason, compact, fold
from tests.test_reading import assert_faithful

if TYPE_CHECKING:
    from ontology import Reading

FOLDER = Path(__file__).parent / "unseen"
GROUPS = ("tuning", "frozen", "files")
REPORTS = sorted(path for group in GROUPS for path in (FOLDER / group).iterdir() if path.suffix != ".tsv")
_OVERALL, _WORST, _PAIRS = 0.96, 0.92, 0.93

Item = tuple[str, str]  # kind, words


@dataclass(frozen=True)
class Told:
    """One item: what it says, the row it shares with others, and what its block says of it."""

    item: Item
    row: str
    facts: tuple[str, str, str]  # theme, territory, first day


def words_of(text: str) -> str:
    """Letters and digits only: neither bullets nor a hyphen at the end of a line make a difference."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def gold(path: Path) -> list[Told]:
    lines = path.with_name(path.name + ".gold.tsv").read_text(encoding="utf-8").splitlines()[1:]
    fields = (line.split("\t") for line in lines)
    return [
        Told((kind, words_of(text)), row, (theme, territory, day)) for kind, text, row, theme, territory, day in fields
    ]


def read(reading: Reading) -> list[Told]:
    days = {session.id: (session.dates or ("",))[0] for session in reading.sessions}
    found = []
    for mention in reading.mentions:
        row = reading.row(mention.row)
        facts = (last(row.theme), last(row.territory), days[row.session])
        found.append(Told((mention.kind.value, words_of(mention.text)), row.id, facts))
    return found


def last(iri: str | None) -> str:
    return compact(iri).rsplit("/", 1)[-1] if iri else ""


def pairs(told: list[Told]) -> Counter[tuple[Item, ...]]:
    rows: dict[str, list[Item]] = defaultdict(list)
    for one in told:
        rows[one.row].append(one.item)
    return Counter(tuple(sorted(pair)) for row in rows.values() for pair in combinations(row, 2))


def f1(meant: Counter[object], found: Counter[object]) -> float:
    return 2 * (meant & found).total() / max(1, meant.total() + found.total())


@pytest.fixture(scope="module")
def readings() -> dict[Path, Reading]:
    return {path: read_report(path) for path in REPORTS}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_report_is_read_and_nothing_is_dropped(path: Path, readings: dict[Path, Reading]) -> None:
    reading = readings[path]
    meant, found = gold(path), read(reading)
    assert f1(Counter(one.item for one in meant), Counter(one.item for one in found)) >= _WORST
    if path.suffix != ".html":  # the text of a page is not the file's own: tests/test_formats.py checks that
        assert_faithful(reading)
    assert all(aside.line > 0 for aside in reading.asides if aside.reason is Reason.UNKNOWN_TABLE)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_reaches_the_bars(group: str, readings: dict[Path, Reading]) -> None:
    told = {path: (gold(path), read(reading)) for path, reading in readings.items() if path.parent.name == group}

    def overall(count: object) -> float:
        meant = Counter((path, one) for path, (said, _) in told.items() for one in count(said).elements())  # type: ignore[operator]
        found = Counter((path, one) for path, (_, said) in told.items() for one in count(said).elements())  # type: ignore[operator]
        return f1(meant, found)

    assert overall(lambda said: Counter(one.item for one in said)) >= _OVERALL
    assert overall(lambda said: Counter((one.item, one.facts) for one in said)) >= _OVERALL
    assert overall(pairs) >= _PAIRS

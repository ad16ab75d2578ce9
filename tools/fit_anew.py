"""Fits the weights of ingest/formats/anew.json: which lines begin an item in a cell without bullets.

Usage: python tools/fit_anew.py [--seed N]

The cells: those of the real reports, which count several times, and of half of the invented reports of tests/unseen
that were looked at. Their items are broken at many widths; where a line is full, what follows it begins an item or does
not. The other half of the invented reports is not learnt from, and tells how often the weights are wrong. Needs numpy.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import random
import textwrap
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest import read_report
from ingest.formats import anew
from ingest.formats.anew import USUAL, Style, evidence
from ingest.formats.strewn_words import bare_word
from ingest.words.headers import Role
from ontology import Table
from tools.unseen_reports import LEARNT, UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
_WIDTHS = (12, 16, 20, 24, 30, 38, 50)  # letters
_TURNS, _RIDGE, _STEPS = 6, 1.0, 40
_REAL = 6
_TABLES = {Table.DIAGNOSTIC, Table.SYNTHESIS, Table.PLAN, Table.FINDINGS}
_Columns = dict[tuple[str, ...], list[list[str]]]  # table and kind → cells → items
_Break = tuple[str, str, frozenset[str], Style, str, bool]  # as `evidence` takes them; whether an item begins


def real() -> Iterator[_Columns]:
    """The columns of the real reports."""
    folder = Path(os.environ.get("LEVIERS_CORPUS") or ROOT.parent / "shared" / "corpus")
    for path in sorted(folder.glob("*.txt")):
        reading = read_report(path)
        cells: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for m in reading.mentions:
            if (row := reading.row(m.row)).table in _TABLES:
                cells[row.table.value, row.section, m.kind.value, m.row].append(m.text)
        yield _columns(cells)


def invented(*, aside: bool) -> Iterator[_Columns]:
    """The columns of the invented reports that are learnt from, or not."""
    for path in sorted(path for name in LEARNT for path in (UNSEEN / name).glob("*.gold.tsv")):
        if hashlib.sha256(path.name.encode()).digest()[0] % 2 == aside:
            cells: dict[tuple[str, ...], list[str]] = defaultdict(list)
            with path.open(encoding="utf-8") as lines:
                for said in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                    cells[said["kind"], said["row"]].append(said["text"])
            rows = Counter(row for _, row in cells)
            yield _columns({place: items for place, items in cells.items() if rows[place[1]] > 1})


def _columns(cells: dict[tuple[str, ...], list[str]]) -> _Columns:
    columns: _Columns = defaultdict(list)
    for (*column, _), items in cells.items():
        columns[tuple(column)].append(items)
    return columns


def breaks(columns: _Columns, draw: random.Random) -> Iterator[_Break]:
    """The full lines of cells, with the lines below them: both texts, names, style, and whether an item begins."""
    names = _names(item for cells in columns.values() for cell in cells for item in cell)
    held = [(kind, cells) for (*_, kind), cells in columns.items()]
    for kind, cells in held * _TURNS + [(kind, _stopped(cells)) for kind, cells in held]:
        wide = draw.choice(_WIDTHS)
        printed = [
            [(line, not n) for item in cell for n, line in enumerate(textwrap.wrap(item, wide, break_long_words=False))]
            for cell in cells
        ]
        sure = [_sure(lines, wide) for lines in printed]
        usual = USUAL._replace(role=Role(kind))
        column = usual.seen([line for one, _ in sure for line in one], [line for _, one in sure for line in one])
        for lines in printed:
            style = column.seen(*_sure(lines, wide))
            item = ""
            for (one, first), (two, begins) in pairwise(lines):
                item = one if first else f"{item} {one}"
                if _full(one, two, wide):
                    yield two, one, names, style, item, begins


def _stopped(cells: list[list[str]]) -> list[list[str]]:
    """The same cells as some people write them: a full stop after each item."""
    return [[item if item.endswith((".", "?", "!", ":")) else f"{item}." for item in cell] for cell in cells]


def _full(one: str, two: str, wide: int) -> bool:
    return len(one) + 1 + len(two.split()[0]) > wide


def _sure(lines: list[tuple[str, bool]], wide: int) -> tuple[list[str], list[str]]:
    """The lines of a cell that surely begin an item, and those that surely end one."""
    loose = [(one, two) for (one, _), (two, _) in pairwise(lines) if not _full(one, two, wide)]
    return [lines[0][0], *(two for _, two in loose)], [*(one for one, _ in loose), lines[-1][0]]


def _names(items: Iterable[str]) -> frozenset[str]:
    small: set[str] = set()
    capital: set[str] = set()
    for words in map(str.split, items):
        small.update(bare_word(word) for word in words if bare_word(word) in word)
        near = ((one, two) for one, two in pairwise(words) if one.isalpha() and one.islower())
        capital.update(bare_word(two) for _, two in near if two[:1].isupper())
    return frozenset(capital - small)


def fit(found: list[_Break]) -> dict[str, float]:
    """Weights by Newton steps on the ridge-penalised likelihood."""
    told = [dict(evidence(*one[:5])) for one in found]
    names = sorted({name for one in told for name in one})
    x = np.array([[one.get(name, 0.0) for name in names] for one in told])
    y = np.array([one[-1] for one in found], float)
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-x @ weights))
        bend = (x * (share * (1 - share))[:, None]).T @ x + _RIDGE * np.eye(len(names))
        weights -= np.linalg.solve(bend, x.T @ (share - y) + _RIDGE * weights)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def main() -> None:
    """Fit, write, and tell how often the weights are wrong."""
    parser = argparse.ArgumentParser(description="Fits anew.json.")
    parser.add_argument("--seed", type=int, default=3)
    draw = random.Random(parser.parse_args().seed)
    learnt = [one for columns in [*[*real()] * _REAL, *invented(aside=False)] for one in breaks(columns, draw)]
    aside = [one for columns in invented(aside=True) for one in breaks(columns, draw)]
    target = Path(anew.__file__).with_name("anew.json")
    target.write_text(json.dumps(fit(learnt), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, some in (("learnt", learnt), ("aside", aside)):
        missed = sum(one[-1] and anew.anew(*one[:5]) <= 0 for one in some)
        false = sum(anew.anew(*one[:5]) > 0 and not one[-1] for one in some)
        print(f"{name}: {len(some)} full lines, {sum(one[-1] for one in some)} items, {missed} missed, {false} false")


if __name__ == "__main__":
    main()

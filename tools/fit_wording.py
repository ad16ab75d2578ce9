"""Fits the weights of ingest/words/wording.json on passages whose kind is known.

Usage: python tools/fit_wording.py [--with-held-out]

The passages: the packaged summaries, the real reports whose tables kept their columns, and the hand-annotated tables of
tests/gold (those held out are left aside, and so is every document that repeats them, unless --with-held-out is given),
the invented reports of tests/unseen that are there to tune on, and the invented rows of tests/statements.
Needs numpy. Only words seen in several passages keep a weight.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from graph.works import same_works, sketch
from ingest import read_report
from ingest.cleaning import clean
from ingest.words.wording import features
from ontology import Kind, Reading, Table
from tools.unseen_reports import LEARNT, UNSEEN

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
STATEMENTS = ROOT / "tests" / "statements"
EXAMPLE = ROOT / "ingest" / "examples" / "egn"
ROLES = [kind.value for kind in Kind if kind not in {Kind.OBJECTIVE, Kind.QUESTION}]
_TABLES = {Table.DIAGNOSTIC, Table.SYNTHESIS, Table.PLAN, Table.FINDINGS, Table.NOTES}
_REAL = 5.0  # invented passages that a real one counts as much as
_SEEN, _RIDGE, _TURNS, _RATE = 2, 0.001, 800, 0.5


def passages(*, held_out: bool) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(text, role) of every passage to learn from: those of real reports and their summaries, and the invented ones."""
    folder = Path(os.environ.get("LEVIERS_CORPUS") or ROOT.parent / "shared" / "corpus")
    readings = [read_report(path) for path in sorted(folder.glob("*.txt"))]
    golds = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in GOLD.glob("*.json")}
    annotated = {reading.key for reading in readings if reading.sha256[:16] in golds}
    repeated = {key for key, work in same_works({r.key: sketch(r) for r in readings}).items() if work in annotated}
    found: list[tuple[str, str]] = []
    for reading in readings:
        if reading.key in annotated:
            found += _annotated(reading, golds[reading.sha256[:16]], held_out=held_out)
        elif held_out or reading.key not in repeated:
            found += _read(reading)
    names = {reading.name for reading in readings if reading.key in annotated | repeated}
    for path in sorted(EXAMPLE.glob("[!L]*.md")):
        summary = read_report(path)
        if held_out or summary.source not in names:
            found += _read(summary)
    invented: list[tuple[str, str]] = []
    for path in sorted(path for name in LEARNT for path in (UNSEEN / name).glob("*.gold.tsv")):
        told = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
        invented += [(text, kind) for kind, text, *_ in told if kind in ROLES]
    for path in sorted(STATEMENTS.glob("*.tsv")):
        rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
        invented += [(text, kind) for _, kind, text in rows]
    return found, invented


def _read(reading: Reading) -> list[tuple[str, str]]:
    return [
        (m.text, m.kind.value)
        for m in reading.mentions
        if reading.row(m.row).table in _TABLES and m.kind.value in ROLES
    ]


def _annotated(reading: Reading, gold: dict, *, held_out: bool) -> list[tuple[str, str]]:  # type: ignore[type-arg]
    return [
        (clean(reading.text[start:end]), kind)
        for table in gold["tables"] if held_out or not table["held_out"]
        for row in table["rows"] for kind, start, end in row["items"] if kind in ROLES
    ]  # fmt: skip


def fit(real: list[tuple[str, str]], invented: list[tuple[str, str]]) -> dict[str, list[float]]:
    """Weights by feature, from full-batch gradient steps on the ridge-penalised likelihood."""
    found = real + invented
    trust = np.where(np.arange(len(found)) < len(real), _REAL, 1.0)[:, None]
    said = [list(dict.fromkeys(features(text))) for text, _ in found]
    times = Counter(feature for one in said for feature in one)
    names = sorted(name for name, count in times.items() if count >= _SEEN)
    places = {name: place for place, name in enumerate(names)}
    x = np.zeros((len(found), len(names)))
    for row, one in enumerate(said):
        x[row, [places[name] for name in one if name in places]] = 1
    y = np.eye(len(ROLES))[[ROLES.index(role) for _, role in found]]
    share = np.sqrt(y.sum(0).mean() / np.maximum(y.sum(0), 1))  # rare kinds count more, not all equally
    weight = (y * share).sum(1, keepdims=True) * trust / trust.mean()
    w = np.zeros((len(names), len(ROLES)))
    speed = np.zeros_like(w)
    for _ in range(_TURNS):
        scores = x @ w
        p = np.exp(scores - scores.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        speed = 0.9 * speed + x.T @ ((y - p) * weight) / len(found) - _RIDGE * w / 10
        w += _RATE * speed
    print(f"{len(found)} passages, {len(names)} mots ; retrouvés : {(p.argmax(1) == y.argmax(1)).mean():.2f}")
    return {
        name: [round(float(value), 2) for value in w[place]]
        for name, place in places.items()
        if np.abs(w[place]).max() > 0.05
    }


def main() -> None:
    """Fit and write."""
    weights = fit(*passages(held_out="--with-held-out" in sys.argv))
    lines = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(values)}" for name, values in sorted(weights.items())
    )
    text = f'{{"roles": {json.dumps(ROLES)},\n"weights": {{\n{lines}\n}}}}\n'
    (ROOT / "ingest" / "words" / "wording.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

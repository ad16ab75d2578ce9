"""The real reports, where they are at hand: places, counts and hashes, never their words.

`corpus.expected.json` was checked by eye against the sources; `LEVIERS_UPDATE=1` writes it anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from test_reading import assert_faithful

from graph.works import same_works, sketch
from ingest import read_report
from ontology import Reading, Reason, compact

EXPECTED = Path(__file__).parent / "corpus.expected.json"


@pytest.fixture(scope="module")
def readings(corpus: Path) -> list[Reading]:
    return [read_report(path) for path in sorted(corpus.glob("*.txt"))]


def summary(reading: Reading) -> dict[str, Any]:
    """A reading in counts, and in one hash of the place and kind of every mention."""
    tables = Counter((reading.row(m.row).table.value, m.kind.value) for m in reading.mentions)
    places = "\n".join(f"{m.kind.value} {m.span.start} {m.span.end} {m.row}" for m in reading.mentions)
    return {
        "sessions": [[compact(session.territory or ""), *session.dates] for session in reading.sessions],
        "rows": dict(sorted(Counter(row.table.value for row in reading.rows).items())),
        "mentions": {f"{table} {kind}": count for (table, kind), count in sorted(tables.items())},
        "asides": dict(sorted(Counter(aside.reason.value for aside in reading.asides).items())),
        "places": hashlib.sha256(places.encode()).hexdigest()[:16],
    }


def test_each_report_is_read_as_checked_by_eye(readings: list[Reading]) -> None:
    found = {reading.sha256[:16]: summary(reading) for reading in readings}
    if os.environ.get("LEVIERS_UPDATE"):
        EXPECTED.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    known = {key: expected[key] for key in found if key in expected}
    if not known:
        pytest.skip("aucun des rapports à portée n’est l’un de ceux qui ont été vérifiés")
    for key, said in known.items():
        assert found[key] == said


def test_every_bullet_is_stored_or_set_aside(readings: list[Reading]) -> None:
    for reading in readings:
        assert_faithful(reading)


def test_columns_that_were_lost_are_found_again(readings: list[Reading]) -> None:
    for reading in readings:
        lost = [aside for aside in reading.asides if aside.reason in {Reason.LAYOUT, Reason.UNKNOWN_TABLE}]
        assert len(lost) * 50 < len(reading.mentions), reading.name


def test_a_report_that_repeats_another_is_recognised(readings: list[Reading]) -> None:
    names = {reading.key: reading.name for reading in readings}
    works = same_works({reading.key: sketch(reading) for reading in readings})
    small = {key: next(r for r in readings if r.key == key) for key in works}
    assert all(
        len(small[key].text) < len(next(r for r in readings if r.key == work).text) for key, work in works.items()
    )
    assert len(works) == (1 if len(names) == 5 else len(works))

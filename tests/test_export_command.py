"""Exports as a user types them: the same bytes each time, and the fixed form of JSON Lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from typed import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_exports_are_the_same_each_time(loaded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("ttl", "nq", "jsonld", "graphml", "csv", "jsonl"):
        files = [tmp_path / f"{turn}.{form}" for turn in (1, 2)]
        for file in files:
            assert run(capsys, "export", "--format", form, "-o", str(file), "--store", loaded)[0] == 0
        assert files[0].read_bytes() == files[1].read_bytes() != b""


def test_jsonl_has_the_fixed_form(loaded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "e.jsonl"
    assert run(capsys, "export", "--format", "jsonl", "-o", str(file), "--store", loaded)[0] == 0
    fields = [
        "document",
        "section",
        "territory",
        "theme",
        "table",
        "row",
        "column",
        "kind",
        "text",
        "start",
        "end",
        "concepts",
        "labels",
    ]
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 500
    for row in rows:
        assert list(row) == fields
        assert row["concepts"]
        assert len(row["concepts"]) == len(row["labels"])
        assert row["start"] < row["end"]
    documents = [row["document"] for row in rows]
    assert documents == sorted(documents)

"""Sheets of pairs as spreadsheets save them, and files that are none."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from ontology import LeviersError
from queries.reviewing.sheet import read_sheet

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_what_spreadsheets_make_of_a_sheet_is_read(tmp_path: Path, encoding: str, separator: str) -> None:
    sheet = tmp_path / "f.csv"
    cells = [["B", "Verdict", "Kind", "A", "Texte_A"], ["id:lever/00000000000b", " différent ", "lever",
             "id:lever/00000000000a", "« l’été », dit-on ; \"oui\""], [], ["", "", "", "", ""]]  # fmt: skip
    with sheet.open("w", encoding=encoding, newline="") as file:
        file.write(f"sep={separator}\r\n" if separator == "," else "")
        csv.writer(file, delimiter=separator).writerows(cells)
    problems: list[str] = []
    (decision,) = read_sheet(sheet, "anne", "2026-11-25", problems)
    assert (decision.verdict, decision.a, decision.b) == ("different", "00000000000a", "00000000000b")
    assert problems == []


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"\x00\x01\xff\xfe" * 50, b"verdict;kind;a\nx;y;z\n"])
def test_a_file_that_is_no_sheet_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f.csv").write_bytes(content)
    with pytest.raises(LeviersError, match="il manque l") as told:
        read_sheet(tmp_path / "f.csv", "", "", [])
    assert "\n" not in str(told.value)

"""Readers under fire: changed bytes, changed markup, reports cut and shuffled, tables and texts of any shape.

``make fuzz`` runs 10,000 cases of them; each test alone runs few.
"""

from __future__ import annotations

import io
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_variants import as_docx, as_html, as_odt, as_pdf, synthetic
from test_hostile_files import SECONDS, SUFFIXES, WORD, packed
from test_reading import assert_faithful

from ingest import read_document
from ingest.cleaning import clean
from ingest.document import Document
from ingest.formats import convert
from ontology import UnreadableFile

pytestmark = pytest.mark.fuzz
REPORTS = sorted(path for path in (Path(__file__).parent / "reports").iterdir() if path.suffix in {".txt", ".md"})


@cache
def good(suffix: str) -> bytes:
    report = synthetic(2)
    if suffix == ".html":
        return as_html(report).encode()
    return {".docx": as_docx, ".odt": as_odt, ".pdf": as_pdf}[suffix](report)


@given(st.sampled_from(SUFFIXES), st.data())
def test_changed_bytes_never_crash_a_reader(suffix: str, data: st.DataObject) -> None:
    raw = bytearray(good(suffix))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(raw) - 1))
        change = data.draw(st.sampled_from(["flip", "cut", "copy", "write"]))
        length = data.draw(st.integers(1, 200))
        if change == "flip":
            raw[place] ^= 1 << data.draw(st.integers(0, 7))
        elif change == "cut" and length < len(raw) - 1:
            del raw[place : place + length]
        elif change == "copy":
            raw[place:place] = raw[place : place + length]
        else:
            raw[place : place + 8] = data.draw(st.binary(min_size=1, max_size=8))
        if not raw:
            break
    _read(bytes(raw), suffix)


@given(st.sampled_from([".docx", ".odt"]), st.data())
def test_changed_markup_never_crashes_a_reader(suffix: str, data: st.DataObject) -> None:
    part = WORD if suffix == ".docx" else "content.xml"
    with zipfile.ZipFile(io.BytesIO(good(suffix))) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    text = bytes(parts[part]).decode()
    tags = [place for place, letter in enumerate(text) if letter == "<"]
    for _ in range(data.draw(st.integers(1, 6))):
        one, other = sorted((data.draw(st.sampled_from(tags)), data.draw(st.sampled_from(tags))))
        end = text.find(">", one) + 1
        choice = data.draw(st.sampled_from(["drop", "again", "number"]))
        text = {
            "drop": text[:one] + text[end:],
            "again": text[:other] + text[one:end] + text[other:],
            "number": text[:one] + text[one:end].replace('"1"', '"99999999999"') + text[end:],
        }[choice]
    parts[part] = text
    _read(packed(parts), suffix)


def _read(raw: bytes, suffix: str) -> None:
    """Read a file, or say in one line why not."""
    start, found, line = time.monotonic(), None, ""
    try:
        found = convert(raw, suffix, "essai")
    except UnreadableFile as error:
        line = str(error)
    assert "\n" not in line
    if found is not None:
        reading = read_document(Document(f"essai{suffix}", found.text, "0", "", pages=found.pages))
        assert all(clean(mention.span.of(found.text)) == mention.text for mention in reading.mentions)
        assert all(0 <= offset <= len(found.text) and page >= 1 for offset, page in found.pages)
    assert time.monotonic() - start < SECONDS


# What stands in reports, to be put where it does not belong.
STRAY = (
    "\f", "", " ", "\t", "► ", "▶", "- ", "• a • b", "1. Retour d’expérience :", "RETEX 2 (académie)", "Irritants",
    "Besoins", "Irritants\tLeviers", "| Irritants | Leviers |", "|---|---|", "Points forts   Irritants   Leviers",
    "Freins", "Appui :", "THEMATIQUE N°3 : Gouvernance", "☒ Présentiel ☐ Distanciel", "Nombre de participants : 12",
    "12 octobre 2020", "<ul><li>", "</li></ul>", "<td rowspan=2>", "https://exemple.invalid/x", "Acteurs mobilisés",
    "Indicateurs",
)  # fmt: skip


def _changed(lines: list[str], data: st.DataObject) -> None:
    one, other = sorted(data.draw(st.tuples(st.integers(0, len(lines)), st.integers(0, len(lines)))))
    choice = data.draw(st.sampled_from(["drop", "again", "move", "stray", "join", "part", "spaces", "bullets"]))
    if choice == "drop":
        del lines[one : min(other, one + 12)]
    elif choice in {"again", "move"}:
        some = lines[one : one + 6]
        if choice == "move":
            del lines[one : one + 6]
        lines[other:other] = some
    elif choice == "stray":
        lines.insert(one, data.draw(st.sampled_from(STRAY)))
    elif choice == "join":
        glue = data.draw(st.sampled_from([" ", "\t", "   ", " | ", ""]))
        lines[one : one + 4] = [glue.join(lines[one : one + 4])]
    elif choice == "part" and one < len(lines):
        place = data.draw(st.integers(0, len(lines[one])))
        lines[one : one + 1] = [lines[one][:place], *[""] * data.draw(st.integers(0, 2)), lines[one][place:]]
    elif choice == "spaces" and one < len(lines):
        lines[one] = lines[one].replace(" ", data.draw(st.sampled_from(["  ", "   ", "\u00a0", "\t"])))
    elif choice == "bullets":
        sign = data.draw(st.sampled_from(["", "- ", "• ", "► ", "→ ", "1) "]))
        lines[one:other] = [line.replace("►", sign).replace("▶", sign).replace("• ", sign) for line in lines[one:other]]


@given(st.sampled_from(REPORTS), st.data())
def test_reports_cut_and_shuffled_lose_no_word(path: Path, data: st.DataObject) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 8))):
        _changed(lines, data)
    start = time.monotonic()
    assert_faithful(read_document(Document("essai" + path.suffix, "\n".join(lines), "0", "text/plain")))
    assert time.monotonic() - start < SECONDS

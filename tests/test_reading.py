"""Each layout is read as its expected file says; nothing of a report is dropped in silence."""

from __future__ import annotations

import itertools
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest import folders, read_document, read_report
from ingest.cleaning import BULLETS, clean, trim
from ingest.document import Document
from ontology import Kind, Reading, Reason, Span, compact

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
REPORTS = sorted(path for path in (Path(__file__).parent / "reports").iterdir() if path.suffix in {".txt", ".md"})


def lines_of(reading: Reading) -> list[str]:
    """A reading as lines that a person can check: what was stored, in its row, then what was set aside."""
    lines = []
    for session in reading.sessions:
        facts = [compact(fact) for fact in (session.theme, session.territory) if fact]
        lines.append("\t".join(["session", session.title, *facts, *session.dates, session.meeting_format]))
    for mention in reading.mentions:
        row = reading.row(mention.row)
        place = [row.id, row.table.value, row.section, compact(row.theme or ""), compact(row.territory or "")]
        named = ",".join(actor.rsplit("/", 1)[-1] for actor in mention.actors)
        lines.append(
            "\t".join(
                [mention.kind.value, mention.text, mention.title, mention.column, named, *place, *row.experiences]
            )
        )
    lines += [f"aside\t{aside.line}\t{aside.reason.value}\t{aside.text}" for aside in reading.asides if aside.text]
    return [line.rstrip("\t") for line in lines]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_a_layout_is_read_as_expected(path: Path) -> None:
    expected = path.with_name(path.name + ".expected.tsv")
    read = lines_of(read_report(path))
    if os.environ.get("LEVIERS_UPDATE"):
        expected.write_text("\n".join(read) + "\n", encoding="utf-8", newline="\n")
    assert read == expected.read_text(encoding="utf-8").splitlines()


def bullets(text: str) -> Iterator[int]:
    """Offsets of the bullets of a text, wherever they stand, and of the dashes that open a line."""
    for match in re.finditer(rf"[{BULLETS}]|(?m:^[ \t]*[-–—](?=\s))", text):
        yield match.end() - 1


def assert_faithful(reading: Reading) -> None:
    """Spans cut out their text, do not overlap, and cover every bullet and every word."""
    text = reading.text
    for mention in reading.mentions:
        assert clean(mention.span.of(text)) == mention.text
        assert mention.text == mention.text.strip() != ""
    spans = sorted([mention.span for mention in reading.mentions] + [aside.span for aside in reading.asides])
    stored = sorted(mention.span for mention in reading.mentions)
    assert all(one.end <= other.start for one, other in itertools.pairwise(stored))
    covered = bytearray(len(text))
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    lost = [
        match[0]
        for match in re.finditer(r"\w+", clean_but_placed(text))
        if not any(covered[match.start() : match.end()])
    ]
    assert not lost, lost[:20]
    for bullet in bullets(text):
        after = re.compile(rf"[\s*#\d).{BULLETS}\-–—→➔<>/a-z=\":;|]*").match(text, bullet)
        end = after.end() if after else bullet
        assert any(covered[bullet : end + 1]) or end >= len(text), text[bullet : bullet + 60]


def clean_but_placed(text: str) -> str:
    """The text with its tags, numbering and table rules blanked, offsets kept."""
    blank = re.compile(
        r"</?[a-zA-Z][^<>]*>|(?m:(?:^|(?<=[\t|>]))\s*(?:[-–→]\s*)?\d{1,2}\s?[.)°/])"
        r"|(?m:^[ \t]*(?:o|[a-h][.)]|[ivx]{1,4}\))(?=[ \t]))|(?<=\s)\d{1,2}\)(?=\s)"
        r"|\]\([^()\s]*\)|\^|(?m:^[ \t]*\|?[-:| ]+\|?[ \t]*$)"
    )
    return blank.sub(lambda match: " " * len(match[0]), text)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_a_layout_is_read_faithfully(path: Path) -> None:
    assert_faithful(read_report(path))


def test_the_example_is_read_faithfully_and_whole(example: Path) -> None:
    for path in sorted(example.glob("[!L]*.md")):
        reading = read_report(path)
        assert_faithful(reading)
        assert not [aside for aside in reading.asides if aside.reason in {Reason.UNKNOWN_TABLE, Reason.LAYOUT}], (
            path.name
        )
        assert reading.source.endswith(".txt"), path.name
        assert all(row.reference for row in reading.rows), path.name


def said(item: str) -> str:
    """An item without what surrounds its words."""
    return clean(trim(item, Span(0, len(item))).of(item))


WORDS = st.text(st.sampled_from("abcdéèàç’ -()«»12.,:?"), min_size=1, max_size=40).map(lambda text: f"X{text.strip()}")
CELLS = st.lists(WORDS, max_size=4).map(lambda items: " ".join(f"▶ {item}" for item in items))


@pytest.mark.fuzz
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_any_table_keeps_each_bullet_in_its_column(rows: list[tuple[str, str, str]]) -> None:
    header = "Irritants\tBesoins\tLeviers"
    text = "\n".join([header, *("\t".join(row) for row in rows if any(row))])
    reading = read_document(Document("essai.txt", text, "0", "text/plain"))
    assert_faithful(reading)
    for kind, column in ((Kind.IRRITANT, 0), (Kind.NEED, 1), (Kind.LEVER, 2)):
        told = [mention.text for mention in reading.mentions if mention.kind is kind]
        meant = [said(item) for row in rows if any(row) for item in row[column].split("▶") if re.search(r"\w", item)]
        asides = {aside.text for aside in reading.asides}
        assert [text for text in meant if text not in asides] == [text for text in told if text not in asides]


@pytest.mark.fuzz
@example("1)")
@given(st.text(st.sampled_from("ab▶►■\t\n |<>/-*#.?:'éE1)"), max_size=400))
def test_any_text_is_read_without_harm(text: str) -> None:
    reading = read_document(Document("essai.txt", text, "0", "text/plain"))
    for mention in reading.mentions:
        assert clean(mention.span.of(text)) == mention.text
    assert all(Span(0, len(text)).start <= aside.span.start <= aside.span.end <= len(text) for aside in reading.asides)


def test_reading_twice_gives_the_same(reports: Path) -> None:
    for path in REPORTS:
        assert read_report(path) == read_report(reports / path.name)


@pytest.mark.parametrize(
    "changed", ["ingest/prose/lists.py", "ingest/words/headers.toml", "ingest/formats/anew.json", "ontology/folding.py"]
)
def test_other_rules_read_unchanged_files_again(changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("ingest", "ontology"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(folders, "files", tmp_path.joinpath)
    before = folders.reading_version.__wrapped__()
    (tmp_path / "ingest" / "examples" / "egn" / "LISEZMOI.md").write_text("autre", encoding="utf-8")
    assert folders.reading_version.__wrapped__() == before == folders.reading_version()
    with (tmp_path / changed).open("a", encoding="utf-8") as rules:
        rules.write("\n")
    assert folders.reading_version.__wrapped__() != before


def test_a_label_in_a_cell_may_be_a_question() -> None:
    text = "| Irritants | Leviers |\n|---|---|\n| Réseau lent | Des relais |\n| Qui porte ? la DANE | Des prêts |\n"
    reading = read_document(Document("essai.md", text, "0", "text/markdown"))
    assert (Kind.ACTOR, "la DANE") in {(mention.kind, mention.text) for mention in reading.mentions}

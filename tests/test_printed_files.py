"""Files as they are printed: pages, broken cells, drawn bullets, turned pages, text in columns."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_variants import Report, as_pdf, synthetic
from test_reading import assert_faithful

from ingest import read_document
from ingest.document import Document, load
from ingest.formats import convert
from ingest.formats.layout import unfold
from ingest.formats.writer import Paragraph, Table
from ontology import Kind, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent


def reading_of(raw: bytes) -> Reading:
    found = convert(raw, ".pdf", "essai")
    return read_document(Document("essai.pdf", found.text, "0", "application/pdf", pages=found.pages))


def test_items_of_a_pdf_know_their_page() -> None:
    reading = reading_of(as_pdf(synthetic(40)))
    pages = [mention.page for mention in reading.mentions if mention.kind is Kind.NEED]
    assert pages == sorted(pages)
    assert (pages[0], pages[-1]) == (1, len(set(pages)))
    assert len(set(pages)) > 2


def test_a_cell_broken_by_a_page_break_is_one_cell() -> None:
    said = [f"Manque numéro {n} dont la phrase va jusque sur une autre ligne" for n in range(80)]
    items = [Paragraph(words, marked=True) for words in said]
    head = [[Paragraph(name)] for name in ("Thématique", "Irritants", "Leviers")]
    table = Table([head, [[Paragraph("Gouvernance")], items, [Paragraph("Former")]]])
    for repeat in (True, False):
        reading = reading_of(as_pdf(Report([table]), repeat=repeat))
        assert [m.text for m in reading.mentions if m.kind is Kind.IRRITANT] == said
        assert len(reading.rows) == 1
        assert {mention.page for mention in reading.mentions} == {1, 2}


@pytest.mark.parametrize("above", range(42, 46))
def test_a_header_alone_at_the_bottom_of_a_page_is_that_of_the_next_one(above: int) -> None:
    said = ["Gouvernance", "prises trop rares dans les salles du lycée", "former"]
    rows = [[[Paragraph(words)] for words in row] for row in (["Thématique", "Irritants", "Leviers"], said)]
    report = Report([*(Paragraph(f"Propos {n}", marked=True) for n in range(above)), Table(rows)])
    reading = reading_of(as_pdf(report, repeat=False))
    assert [m.text for m in reading.mentions if not m.text.startswith("Propos")] == said[1:]


def test_a_printed_text_without_columns_stays_as_it_is(tmp_path: Path) -> None:
    for path in (ROOT / "tests" / "reports").glob("*.txt"):
        assert (unfold(path.read_text(encoding="utf-8")) is None) == (path.stem != "colonnes-imprimees")
    path = tmp_path / "essai.txt"
    path.write_text("un\f deux\f trois", encoding="utf-8")
    document = load(path)
    assert (document.text, [document.page_of(n) for n in (0, 3, 10)]) == ("un\f deux\f trois", [1, 2, 3])


def drawn(draw: Callable[[Any], None]) -> str:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return convert(stream.getvalue(), ".pdf", "essai").text


def test_bullets_that_are_drawn_links_and_raised_letters() -> None:
    def draw(canvas: Any) -> None:
        for height, text in ((700, "Réseau lent"), (686, "Écran cassé")):
            canvas.circle(62, height + 3, 1.8, stroke=0, fill=1)
            canvas.drawString(72, height, text)
        canvas.drawString(60, 640, "Voir le site de la ville")
        canvas.linkURL("https://exemple.invalid/x", (82, 636, 112, 652))
        canvas.drawString(60, 600, "Le 1")
        canvas.drawString(90, 600, "degré")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(79, 603.5, "er")

    said = "- Réseau lent\n- Écran cassé\n\nVoir le site <https://exemple.invalid/x> de la ville\n\nLe 1er degré\n"
    assert drawn(draw) == said


@pytest.mark.parametrize(("turn", "corner"), [(0, (0, 0)), (90, (842, 0)), (180, (595, 842)), (270, (0, 595))])
def test_a_page_that_is_turned(turn: int, corner: tuple[int, int]) -> None:
    def draw(canvas: Any) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*corner)
        canvas.rotate(turn)
        canvas.setFont("Helvetica", 10)
        for height, texts in ((700, ("Irritants", "Leviers")), (680, ("Réseau lent", "Des relais"))):
            canvas.drawString(60, height, texts[0])
            canvas.drawString(260, height, texts[1])
        canvas.grid([50, 250, 450], [675, 695, 715])

    assert drawn(draw) == "Irritants\tLeviers\n|---|---|\nRéseau lent\tDes relais\n"


PRINTED = st.sampled_from(["Irritants", "Leviers", "Besoins", "• a", "réseau lent", "  ", "      ", "\n", "\f"])


@given(st.lists(PRINTED, max_size=60))
def test_any_printed_text_is_read_without_harm(parts: list[str]) -> None:
    text = " ".join(parts)
    found = unfold(text)
    if found is not None:
        assert_faithful(read_document(Document("essai.txt", found.text, "0", "text/plain")))
        said = " ".join([found.text.replace("<br>", " "), *found.notes])
        assert set(re.findall(r"\w+", text)) <= set(re.findall(r"\w+", said))


def test_tables_of_one_form_are_parted_alike() -> None:
    header = "Points forts          Irritants             Leviers\n\n"
    line = "- Atelier {0}           - Panne {0}             - Prêt {0}\n"
    white = header + line.format("a") + line.format("b") + "\n" + line.format("c") + "\n" + line.format("d") + "\n\n\n"
    text = f"Synthèse\n\n{white}Autre jour\n\n{header}{line.format('e')}{line.format('f')}\n{line.format('g')}"
    found = unfold(text)
    assert found is not None
    reading = read_document(Document("essai.txt", found.text, "0", "text/plain"))
    rows = {mention.text: mention.row for mention in reading.mentions}
    assert rows["Atelier a"] == rows["Panne b"] != rows["Prêt c"]
    assert rows["Atelier e"] == rows["Panne f"] != rows["Prêt g"]

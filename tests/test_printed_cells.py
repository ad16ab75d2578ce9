"""Cells as they are printed: items without bullets, names in colour, rows that white or colour alone parts."""

from __future__ import annotations

import io
import statistics
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from compare_items import agreement
from make_variants import Report, as_markdown, as_pdf, from_markdown, pdftotext

from ingest import read_document
from ingest.document import Document, printed
from ingest.formats import convert
from ingest.formats.strewn_header import whole_name
from ingest.formats.writer import Paragraph, Table
from ontology import Kind

if TYPE_CHECKING:
    from ontology import Reading

ROOT = Path(__file__).resolve().parent.parent


def of_pdf(raw: bytes) -> Reading:
    found = convert(raw, ".pdf", "essai")
    return read_document(Document("essai.pdf", found.text, "0", "application/pdf", pages=found.pages))


def of_text(text: str) -> Reading:
    found = printed(text)
    return read_document(
        Document("essai.txt", found.text, "0", "text/plain", pages=found.pages, notes=found.notes, doubts=found.doubts)
    )


def meant(report: Report) -> Reading:
    return read_document(Document("essai.md", as_markdown(report), "0", "text/markdown"))


def said(reading: Reading) -> list[tuple[str, str]]:
    return [(mention.kind.value, mention.text) for mention in reading.mentions]


def rows(reading: Reading) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for mention in reading.mentions:
        found.setdefault(mention.row, set()).add(mention.text)
    return list(found.values())


def bare(path: Path) -> Report:
    """A report whose cells have no bullets."""
    report = from_markdown(path.read_text(encoding="utf-8"))
    for table in (block for block in report.blocks if isinstance(block, Table)):
        for one in (one for row in table.rows for cell in row for one in cell):
            one.marked = False
    return report


# -- cells without bullets ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("tool", "floor"), [("pdf", 0.97), ("-layout", 0.93)])
def test_cells_without_bullets_are_found_again(tool: str, floor: float, tmp_path: Path) -> None:
    shares = []
    for path in sorted((ROOT / "tests" / "printed").glob("*.md")):
        report = bare(path)
        pdf = as_pdf(report)
        text = pdftotext(pdf, tmp_path, layout=True) if tool == "-layout" else ""
        if text is None:
            pytest.skip("pdftotext absent : installez poppler-utils")
        shares.append(agreement(meant(report), of_text(text) if text else of_pdf(pdf)))
    assert statistics.mean(shares) >= floor


# -- colour ------------------------------------------------------------------------------------------------------------
NAMES = ["Irritants", "Besoins", "Leviers"]
SAID = [
    ["Un réseau lent le matin", "Un débit garanti", "Poser la fibre"],
    ["Des salles trop petites", "Une salle plus grande", "Louer un local"],
    ["Des prises trop rares", "Des prises au plafond", "Tirer des câbles"],
]


def coloured(style: list[tuple[Any, ...]], *, white: bool = False) -> bytes:
    """A table whose look is given, in the words of reportlab."""
    from reportlab.lib import colors
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph as Words
    from reportlab.platypus import SimpleDocTemplate
    from reportlab.platypus import Table as Grid

    look = [("TEXTCOLOR", (0, 0), (-1, 0), colors.white)] * white
    stream = io.BytesIO()
    title = Words("Synthèse des besoins", getSampleStyleSheet()["Heading2"])
    SimpleDocTemplate(stream).build([title, Grid([NAMES, *SAID], [150] * 3, style=[*look, *style])])
    return stream.getvalue()


@pytest.mark.parametrize("look", ["crown", "bands", "stripes", "lines"])
def test_rows_and_names_in_colour_are_those_of_the_table(look: str) -> None:
    from reportlab.lib import colors

    looks: dict[str, list[tuple[Any, ...]]] = {
        "crown": [("BACKGROUND", (0, 0), (-1, 0), colors.black), ("GRID", (0, 1), (-1, -1), 0.5, colors.black)],
        "bands": [("ROWBACKGROUNDS", (0, 0), (-1, -1), [colors.lightgrey, colors.white])],
        "stripes": [("BACKGROUND", (n, row), (n, row), colors.lightgrey) for row in (0, 1) for n in range(3)],
        "lines": [
            ("BACKGROUND", (0, 0), (-1, 0), colors.black),
            ("BOX", (0, 1), (-1, -1), 0.5, colors.black),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, colors.black),
            ("LINEAFTER", (0, 1), (-1, 1), 0.5, colors.black),
            ("LINEAFTER", (0, 3), (-1, 3), 0.5, colors.black),
        ],
    }
    reading = of_pdf(coloured(looks[look], white=look in {"crown", "lines"}))
    assert said(reading) == [
        (kind, words) for row in SAID for kind, words in zip(("irritant", "need", "lever"), row, strict=True)
    ]
    assert rows(reading) == [set(row) for row in SAID]


# -- printed layouts ---------------------------------------------------------------------------------------------------
def test_rows_without_a_theme_begin_where_a_cell_begins_below_an_empty_one() -> None:
    text = """Atelier de Tulle, le 6 octobre 2020

Synthèse des besoins
Irritants                        Points forts                         Leviers
• Réseau lent le matin           • Des parents volontaires            • Poser la fibre dans les
• Prises trop rares              • Une salle neuve prêtée par la        trois bâtiments
                                   commune voisine
• Salles trop petites            • Un gardien présent                 • Louer un local
                                 • Des horaires larges
"""
    assert [len(row) for row in rows(of_text(text))] == [5, 4]


def test_items_in_small_letters_are_told_by_the_room_left() -> None:
    text = """Atelier de Tulle, le 6 octobre 2020

Irritants                               Besoins                          Leviers
réseau lent le matin                    un débit garanti                 poser la fibre
prises trop rares au fond des salles    des prises au plafond            tirer des câbles
"""
    assert [words for kind, words in said(of_text(text)) if kind == "irritant"] == [
        "réseau lent le matin",
        "prises trop rares au fond des salles",
    ]


def test_a_title_above_the_title_of_a_theme_ends_a_table() -> None:
    table = """Irritants                        Points forts                         Leviers
• Réseau lent le matin           • Des parents volontaires            • Poser la fibre
• Prises trop rares              • Une salle neuve                    • Tirer des câbles
"""
    text = f"Atelier de Tulle\n\nDiagnostic\n{table}\n\nSynthèse\n\nGouvernance et anticipation\n{table}"
    assert not any("Synthèse" in mention.text for mention in of_text(text).mentions)
    assert len(of_text(text).mentions) == 12


def test_a_column_too_narrow_for_its_name_is_named() -> None:
    assert whole_name(["Thématiqu", "e", "concernée"]) == "Thématique concernée"
    assert whole_name(["Leviers", "et actions"]) == "Leviers et actions"
    text = """Atelier de Tulle, le 6 octobre 2020

Thématiqu     Irritants                       Points forts
e
concernée
Égal accès    Réseau lent le matin            Des parents volontaires
au            Prises trop rares               Une salle neuve
numérique
"""
    assert said(of_text(text)) == [
        ("irritant", "Réseau lent le matin"),
        ("irritant", "Prises trop rares"),
        ("strength", "Des parents volontaires"),
        ("strength", "Une salle neuve"),
    ]


REST = """Besoin d’un lieu commun
Aménager une salle
Travailler ensemble autrement
Absence de temps
Besoin de calme
Organiser des réunions
"""


def test_two_names_side_by_side_are_a_header_of_cells_printed_one_by_one() -> None:
    text = """Atelier de Tulle
Diagnostic
Irritants Points forts
Câbles absents
Lenteur du réseau
Des parents volontaires
Synthèse des besoins
Thématique concernée Irritants Besoins Leviers
Gouvernance et anticipation
Manque de salles
"""
    found = set(said(of_text(text + REST)))
    assert {("irritant", "Câbles absents"), ("irritant", "Lenteur du réseau")} <= found
    assert not any("Points forts" in words for _, words in found)


def test_a_sentence_with_a_colon_is_no_field_of_a_form() -> None:
    text = """Synthèse des besoins
Thématique concernée Irritants Besoins Leviers
Gouvernance et anticipation
Le matériel reste un obstacle : prises absentes
"""
    assert ("lever", "Organiser des réunions") in said(of_text(text + REST))


def test_a_row_whose_theme_holds_a_word_of_columns_is_no_header() -> None:
    theme = "Numérique responsable et souverain"
    names = ["Thématique", "Axes", "Actions", "Acteurs", "Échéance", "Indicateurs"]
    row = [theme, "Louer un local", "Bassin par bassin", "Un lycée", "Mars 2021", "Résultats affichés"]
    table = Table([[[Paragraph(said)] for said in cells] for cells in (names, row)])
    assert len(of_pdf(as_pdf(Report([table]))).mentions) == len(row) - 1


# -- printed layouts: pages without a header ---------------------------------------------------------------------------
def printed_row(cells: list[str], starts: list[int]) -> str:
    line = ""
    for cell, start in zip(cells, starts, strict=True):
        line = line.ljust(start) + cell
    return line.rstrip()


def test_columns_of_a_page_without_a_header_are_told_by_their_words_not_their_bullets() -> None:
    first, second = [0, 20, 50, 80], [0, 24, 58, 92]
    said = ["•   Manque de prises au lycée {}", "•   Un local commun et clair {}", "•   Louer une salle ou {}"]
    names = [["Club radio", "Conte", "Troc", "Chorale"], ["Atelier de vidéo n° 2", "Jeu", "Potager", "Couture"]]
    lines = [
        printed_row([name, *(cell.format(name[0]) for cell in said)], starts)
        for some, starts in zip(names, (first, second), strict=True)
        for name in some
    ]
    head = printed_row(["Expérience", "Irritants", "Besoins", "Leviers"], first)
    reading = of_text("\n".join([head, *lines[:4], "\f" + lines[4], *lines[5:]]))
    kinds = Counter(mention.kind for mention in reading.mentions if mention.page == 2)
    assert kinds == {Kind.EXPERIENCE: 4, Kind.IRRITANT: 4, Kind.NEED: 4, Kind.LEVER: 4}


def test_a_column_that_is_empty_on_a_page_stays_empty() -> None:
    first, second = [0, 14, 44, 74], [0, 22, 54, 86]
    head = printed_row(["Expérience", "Points forts", "Irritants", "Leviers"], first)
    said = ["•   Manque de prises n° {}", "•   Un local assez grand {}"]
    body = [
        printed_row([f"Club {n}", f"•   Une radio du soir {n}", *(c.format(n) for c in said)], first) for n in "abcd"
    ]
    other = [printed_row([f"Conte {n}", "", *(cell.format(n) for cell in said)], second) for n in "efgh"]
    reading = of_text("\n".join([head, *body, "\f" + other[0], *other[1:]]))
    kinds = Counter(mention.kind for mention in reading.mentions if mention.page == 2)
    assert kinds == {Kind.EXPERIENCE: 4, Kind.IRRITANT: 4, Kind.LEVER: 4}


def test_a_row_that_holds_words_of_columns_is_no_header_inside_a_table() -> None:
    head = ["Thématique", "Irritants", "Besoins", "Leviers"]
    rows = [
        ["Gouvernance", "Un réseau lent", "Un débit garanti", "Poser la fibre"],
        ["Travailler", "Les leviers du lycée", "Retour d’expérience,", "Recueil des besoins"],
        ["Gouvernance", "Des prises rares", "Des prises au plafond", "Tirer des câbles"],
    ]
    reading = of_text("\n\n".join(printed_row(row, [0, 16, 44, 72]) for row in [head, *rows]))
    assert len(reading.rows) == len(rows)
    assert len(reading.mentions) == 3 * len(rows)

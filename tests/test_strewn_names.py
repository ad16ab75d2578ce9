"""Headers of strewn tables in other words than those of the form: where each name begins, and what is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from compare_items import agreement
from make_variants import Report, as_markdown, as_pdf, pdftotext
from test_strewn import kinds_of, reading_of

from ingest import read_document
from ingest.document import Document
from ingest.formats.strewn_header import Printed, headings
from ingest.formats.strewn_names import told_headers, told_name
from ingest.formats.strewn_words import clashes
from ingest.formats.writer import Paragraph, Table
from ingest.words.headers import Role

if TYPE_CHECKING:
    from pathlib import Path

THEMES = ("Gouvernance et anticipation", "Travailler ensemble autrement")
NAMES = ["Thématique concernée", "Ce qui a coincé", "Ce qu’il faudrait", "Nos idées", "Ce qui a marché"]
ROWS = [
    [
        ["Des câbles manquants", "Un prêt trop court"],
        ["Un stock de câbles"],
        ["Confier le stock au lycée"],
        ["Le club"],
    ],
    [
        ["Des salles fermées"],
        ["Un gardien le soir"],
        ["Ouvrir une salle", "Afficher les heures"],
        ["La fête", "Le quiz"],
    ],
    [["Un site illisible"], ["Un guide imprimé"], ["Écrire le guide avec les parents"], ["Les cafés du samedi"]],
]


def lines(text: str) -> list[Printed]:
    found, blank = [], True
    for line in text.split("\n"):
        if line:
            found.append(Printed(line, 1, blank))
        blank = not line
    return found


def roles(text: str) -> list[list[Role]]:
    return [[name.role for name in names] for names in told_headers(lines(text))]


def report(names: list[str], rows: list[list[list[str]]]) -> Report:
    head = [[Paragraph(name)] for name in names]
    cells = [[[Paragraph(said, marked=True) for said in cell] for cell in row] for row in rows]
    body = [[[Paragraph(THEMES[n % 2])], *row] for n, row in enumerate(cells)]
    return Report([Paragraph("Relevé", level=1), Table([head, *body])], header="Académie des essais", footer="Essai")


def found_again(meant: Report, text: str) -> float:
    return agreement(read_document(Document("essai.md", as_markdown(meant), "0", "text/markdown")), reading_of(text))


@pytest.mark.parametrize("raw", [False, True])
def test_headers_in_words_of_their_own_are_found(tmp_path: Path, *, raw: bool) -> None:
    meant = report(NAMES, ROWS * 3)
    text = pdftotext(as_pdf(meant), tmp_path, layout=False, raw=raw)
    if text is None:
        pytest.skip("pdftotext absent : installez poppler-utils")
    assert found_again(meant, text) >= 0.9


def test_names_on_one_line_begin_at_capitals() -> None:
    wanted = [[Role.THEME, Role.LEVER, Role.ACTION, Role.ACTOR, Role.TIMEFRAME, Role.INDICATOR]]
    assert roles("Thématique Axe Comment ? Qui ? Quand ? Critères de réussite\nGouvernance et anticipation") == wanted
    assert roles("Thématique\n\nAxe\n\nComment ?\n\nQui ?\n\nQuand ?\n\nCritères\nde réussite\n\nUn lieu") == wanted
    assert roles("Thématique Axe\nComment ? Qui ?\nQuand ? Critères\nde réussite\nUn lieu") == wanted


def test_a_second_name_of_one_kind_is_told_apart() -> None:
    (found,) = roles("Irritants\n\nBesoins\n\nPréconisations\n\nPoints d’appui\n\nUn lieu")
    assert found == [Role.IRRITANT, Role.NEED, Role.LEVER, Role.STRENGTH]


def test_titles_fields_and_cells_are_no_names_of_columns() -> None:
    assert roles("Plan d’action\n\nThématique\n\nAxe\n\nQui ?") == [[Role.THEME, Role.LEVER, Role.ACTOR]]
    assert roles("Date : lundi\nTerritoire : Savoie\nActeurs : écoles") == []
    assert (
        roles("Manque de prises\nBesoin de temps pour apprendre\nActions à conduire auprès des parents d’élèves") == []
    )
    assert roles("• Irritants\n• Besoins\n• Leviers") == []


def test_a_name_alone_is_one_only_between_white_or_above_bullets() -> None:
    for text, told in (
        ("Freins cités\n\nUn lieu", True),
        ("Freins cités\n• Un lieu", True),
        ("Frein de taille\n\nA", False),
    ):
        name = told_name(lines(text), 0)
        assert name is not None
        assert name.sure == told
    apart = "Thématique concernée\nGouvernance et\nanticipation\n\nCe qui a coincé\n\n• Un lieu\n\nNos idées\n\n• Louer"
    (found,) = headings(lines(apart), lambda _: False)
    assert found.roles == (Role.THEME, Role.IRRITANT, Role.LEVER)


def test_a_title_right_above_a_header_is_no_name_that_goes_on_over_it() -> None:
    above = "Réf.\nSuivi 1, l. 4\n\nExpériences relatées\n"
    names = "L’expérience\nrelatée\nSerre\nouverte\n\nCe qui a bien\nfonctionné\nDu soleil\n\n"
    names += "Ce qui n’a pas\nfonctionné\nTrop de vent\n\nDes besoins\nidentifiés\nUn abri\n\nDes leviers\nidentifiés\n"
    (found,) = headings(lines(above + names), lambda place: place == 2)
    assert found.roles == (Role.EXPERIENCE, Role.STRENGTH, Role.IRRITANT, Role.NEED, Role.LEVER)


def test_a_name_that_a_narrow_column_broke_on_each_page_is_no_running_line() -> None:
    header = "Thématiqu\ne concernée\n\nIrritants\n\nBesoin\n\nLeviers\n\n"
    row = "Gouvernance et\nanticipation\n\nManque de {0}\n\nBesoin de {0}\n\nPrêter des {0}\n\n"
    reading = reading_of("\f".join(header + row.format(said) for said in ("salles", "lampes", "prises")))
    assert len(reading.rows) == 3
    assert not any("Thématiqu" in note for note in reading.warnings)


def test_the_line_that_numbers_the_only_page_is_no_cell() -> None:
    header = "Thématique\nconcernée\n\nIrritants\n\nBesoin\n\nLeviers\n\n"
    row = "Gouvernance et\nanticipation\n\nManque de salles\n\nBesoin d’un lieu\n\nPrêter un local\n\n"
    for number, told in ((1, False), (7, True)):
        found = kinds_of(f"{header}{row}Essai Page {number}\n")
        assert any("Essai" in said for _, said in found) == told


@pytest.mark.parametrize(
    ("line", "text", "clash"),
    [
        ("La mise en page des", "bureautique au", True),
        ("La mise en page des", "anciens documents", False),
        ("Un temps de", "école", True),
        ("Un accompagnement au", "changement", False),
        ("Un prêt dès", "janvier", False),
        ("Aider à les", "utiliser", False),
        ("Peu de", "ENT", False),
    ],
)
def test_words_that_cannot_follow_each_other(line: str, text: str, *, clash: bool) -> None:
    assert clashes(line, text) == clash

"""One report in many files: the same titles, paragraphs, lists and tables in each format."""

from __future__ import annotations

import html
import io
import random
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest.formats.writer import Block, Paragraph, Table

if TYPE_CHECKING:
    from pathlib import Path


_BULLET = re.compile(r"^(?:[▶►•■▪]|<li[^<>]*>)\s*")
_TAGS = re.compile(r"</?(?:ul|ol|li|p|b|i|sup|strong)\b[^<>]*>")


@dataclass(slots=True)
class Report:
    """What a report says, whatever the file that says it."""

    blocks: list[Block] = field(default_factory=list)
    header: str = ""
    footer: str = ""


def from_markdown(text: str) -> Report:
    """The blocks of a simple Markdown report; a front matter is left out."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    report = Report()
    above = ""
    for line in text.splitlines():
        if line.startswith("|") and not re.match(r"^\|[\s:|-]+\|$", line):
            cells = [_cell(cell) for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
            table = report.blocks[-1] if above.startswith("|") else Table()
            assert isinstance(table, Table)
            report.blocks += [] if table.rows else [table]
            table.rows.append(cells)
        elif title := re.match(r"^(#{1,6})\s+(.*)$", line):
            report.blocks.append(Paragraph(title[2], level=len(title[1])))
        elif item := re.match(r"^\s*(?:[-*•]|(\d+)\))\s+(.*)$", line):
            report.blocks.append(Paragraph(item[2], marked=True, number=int(item[1] or 0)))
        elif line.strip() and not line.startswith("|"):
            report.blocks.append(Paragraph(line.strip()))
        above = line
    return report


def _cell(text: str) -> list[Paragraph]:
    parts = re.split(r"<br\s*/?>|</li>|</p>|(?=[▶►])", text.strip())
    said = [(bool(_BULLET.match(_opened(part))), _BULLET.sub("", _TAGS.sub("", part).strip())) for part in parts]
    return [Paragraph(words.replace("\\|", "|"), marked=marked) for marked, words in said if words]


def _opened(part: str) -> str:
    return re.sub(r"^(?:\s|<(?:ul|ol|p)\b[^<>]*>)+", "", part)


def synthetic(rows: int, *, seed: int = 0, bullets: bool = True) -> Report:
    """An invented report with tables of some rows, cells of several items and items of several lines."""
    draw = random.Random(seed)
    words = "réseau tablette élève parent collège salle outil temps équipe classe mairie accès compte service".split()
    irritants = ["Manque de", "Absence de", "Difficulté avec", "Lenteur de", "Peu de"]
    levers = ["Former à", "Organiser", "Créer", "Mutualiser", "Accompagner"]

    def item(openings: list[str]) -> Paragraph:
        said = [draw.choice(openings), *draw.choices(words, k=draw.randint(2, 12)), str(draw.randint(10, 99))]
        return Paragraph(" ".join(said), marked=bullets)

    def items(openings: list[str]) -> list[Paragraph]:
        return [item(openings) for _ in range(draw.randint(1, 4 if bullets else 1))]

    header = ["Thématique concernée", "Irritants", "Besoins", "Axes d’amélioration ou leviers"]
    table = Table([[[Paragraph(name)] for name in header]])
    for _ in range(rows):
        theme = [Paragraph("Travailler ensemble autrement", marked=bullets)]
        table.rows.append([theme, items(irritants), items(["Besoin de", "Un", "Davantage de"]), items(levers)])
    return Report(
        [
            Paragraph("Restitution de l’atelier", level=1),
            Paragraph("Synthèse des besoins", level=2),
            table,
            Paragraph("Les freins", level=2),
            *(Paragraph(f"{draw.choice(irritants)} {draw.choice(words)} {n}", marked=True) for n in range(4)),
        ]
    )


# -- text --------------------------------------------------------------------------------------------------------
def as_markdown(report: Report) -> str:
    """Markdown with pipe tables."""
    lines: list[str] = []
    for block in report.blocks:
        if isinstance(block, Table):
            for number, row in enumerate(block.rows):
                cells = ["<br>".join(("▶ " if one.marked else "") + one.text for one in cell) for cell in row]
                lines.append("| " + " | ".join(cells) + " |")
                if not number:
                    lines.append("|" + "---|" * len(row))
        elif block.level:
            lines += ["", "#" * block.level + " " + block.text]
        elif block.marked:
            lines.append((f"{block.number}) " if block.number else "- ") + block.text)
            continue
        else:
            lines += ["", block.text]
        lines.append("")
    return "\n".join(lines)


def as_html(report: Report) -> str:
    """A page with its header and footer."""
    parts = ["<!DOCTYPE html><html lang='fr'><head><meta charset='utf-8'><title>Essai</title></head><body>"]
    parts.append(f"<nav>{html.escape(report.header)}</nav>" if report.header else "")
    listed = ""
    for block in report.blocks:
        kind = ("ol" if block.number else "ul") if isinstance(block, Paragraph) and block.marked else ""
        if kind != listed:
            parts.append((f"</{listed}>" if listed else "") + (f"<{kind}>" if kind else ""))
            listed = kind
        if isinstance(block, Table):
            rows = ("".join(f"<td>{_html_cell(cell)}</td>" for cell in row) for row in block.rows)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            tag = f"h{block.level}" if block.level else "li" if block.marked else "p"
            parts.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
    parts.append((f"</{listed}>" if listed else "") + f"<footer>{html.escape(report.footer)}</footer></body></html>")
    return "\n".join(parts)


def _html_cell(cell: list[Paragraph]) -> str:
    return "".join(
        ("<ul><li>{}</li></ul>" if one.marked else "<p>{}</p>").format(html.escape(one.text)) for one in cell
    )


# -- word processors -----------------------------------------------------------------------------------------------
def as_docx(report: Report) -> bytes:
    """A Word file in the styles of the program."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.styles["Normal"].font.size = Pt(9)
    page = document.sections[0]
    page.page_width, page.page_height = page.page_height, page.page_width
    document.sections[0].header.paragraphs[0].text = report.header
    document.sections[0].footer.paragraphs[0].text = report.footer
    for block in report.blocks:
        if isinstance(block, Table):
            table = document.add_table(0, len(block.rows[0]), style="Table Grid")
            table.autofit = False
            for column, share in zip(table.columns, _shares(block), strict=True):
                column.width = int((page.page_width - page.left_margin - page.right_margin) * share)
            for row in block.rows:
                for place, cell, column in zip(table.add_row().cells, row, table.columns, strict=True):
                    place.width = column.width
                    for number, one in enumerate(cell):
                        paragraph = place.paragraphs[0] if not number else place.add_paragraph()
                        paragraph.text = one.text
                        paragraph.style = "List Bullet" if one.marked else "Normal"
        elif block.level:
            document.add_heading(block.text, block.level)
        else:
            style = ("List Number" if block.number else "List Bullet") if block.marked else None
            document.add_paragraph(block.text, style)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


_SPACES = " ".join(
    f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in "office text table style".split()
)
_ODT = (
    f"<office:document-content {_SPACES}><office:automatic-styles>"
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    "</text:list-style></office:automatic-styles><office:body><office:text>{}</office:text></office:body>"
    "</office:document-content>"
)
_ODT_STYLES = f"<style:page {_SPACES}><style:header>{{}}</style:header></style:page>"


def as_odt(report: Report) -> bytes:
    """An OpenDocument file, of the parts that count."""
    parts: list[str] = []
    for block in report.blocks:
        if isinstance(block, Table):
            rows = ("".join(f"<table:table-cell>{_odt(cell)}</table:table-cell>" for cell in row) for row in block.rows)
            body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
            parts.append(f"<table:table><table:table-column/>{body}</table:table>")
        elif block.level:
            parts.append(f'<text:h text:outline-level="{block.level}">{html.escape(block.text)}</text:h>')
        else:
            parts.append(_odt([block]))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", _ODT.format("".join(parts)))
        archive.writestr("styles.xml", _ODT_STYLES.format(html.escape(report.header)))
    return stream.getvalue()


def _odt(paragraphs: list[Paragraph]) -> str:
    parts = []
    for one in paragraphs:
        text = f"<text:p>{html.escape(one.text)}</text:p>"
        style = f' text:style-name="N" text:continue-numbering="{str(one.number > 1).lower()}"' if one.number else ""
        parts.append(f"<text:list{style}><text:list-item>{text}</text:list-item></text:list>" if one.marked else text)
    return "".join(parts) or "<text:p/>"


# -- PDF -----------------------------------------------------------------------------------------------------------
def as_pdf(report: Report, *, ruled: bool = True, repeat: bool = True, inline: bool = False) -> bytes:
    """A PDF file in landscape; ``inline``: a cell is one paragraph, its bullets in its text."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import Paragraph as Words
    from reportlab.platypus import SimpleDocTemplate, Spacer
    from reportlab.platypus import Table as Grid

    styles = getSampleStyleSheet()
    body = ParagraphStyle("texte", parent=styles["Normal"], fontSize=9, leading=11)
    item = ParagraphStyle("puce", parent=body, leftIndent=10, bulletIndent=0)

    def words(one: Paragraph, *, bold: bool = False) -> Any:
        text = html.escape(one.text).replace("→", "-&gt;")
        text = f"<b>{text}</b>" if bold else text
        mark = (f"{one.number})" if one.number else "•") if one.marked else None
        return Words(text, item if mark else body, bulletText=mark)

    def cell(paragraphs: list[Paragraph], *, bold: bool) -> Any:
        said = "<br/>".join("• " * one.marked + html.escape(one.text) for one in paragraphs)
        return Words(said, body) if inline else [words(one, bold=bold) for one in paragraphs]

    lines = [("VALIGN", (0, 0), (-1, -1), "TOP"), *[("GRID", (0, 0), (-1, -1), 0.5, colors.black)] * ruled]
    width = landscape(A4)[0] - 80
    story: list[Any] = []
    for block in report.blocks:
        if isinstance(block, Table):
            rows = [[cell(paragraphs, bold=not n) for paragraphs in row] for n, row in enumerate(block.rows)]
            columns = [width * share for share in _shares(block)]
            story += [Grid(rows, columns, repeatRows=int(repeat), splitInRow=1, style=lines), Spacer(1, 8)]
        elif block.level:
            story.append(Words(html.escape(block.text), styles[f"Heading{block.level}"]))
        else:
            story.append(words(block))
            story.append(Spacer(1, 0 if block.marked else 6))

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, landscape(A4)[1] - 25, report.header)
        canvas.drawRightString(width + 40, 20, f"{report.footer} Page {document.page}")

    stream = io.BytesIO()
    template = SimpleDocTemplate(
        stream, pagesize=landscape(A4), leftMargin=40, rightMargin=40, topMargin=40, bottomMargin=40, invariant=1
    )
    template.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return stream.getvalue()


def _shares(table: Table) -> list[float]:
    """Share of the page's width that each column takes: more for more text, and room for a long word in any."""
    longest = [max(sum(len(one.text) for one in row[n]) for row in table.rows) for n in range(len(table.rows[0]))]
    lengths = [max(14, length**0.6) for length in longest]
    return [length / sum(lengths) for length in lengths]


def pdftotext(pdf: bytes, folder: Path, *, layout: bool, raw: bool = False) -> str | None:
    """What poppler makes of a PDF, in its layout, in the order of the file, or as it reads; None without poppler."""
    if (program := shutil.which("pdftotext")) is None:
        return None
    target, order = folder / "essai.txt", [*["-layout"] * layout, *["-raw"] * raw]
    subprocess.run([program, *order, "-", str(target)], input=pdf, check=True, timeout=60)
    return target.read_text(encoding="utf-8")

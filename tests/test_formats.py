"""Every file format ends in the same items, each with its exact place; what was left out is said."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from compare_items import agreement
from make_variants import (
    Report,
    as_docx,
    as_html,
    as_markdown,
    as_odt,
    as_pdf,
    from_markdown,
    pdftotext,
    synthetic,
)
from test_reading import assert_faithful

from ingest import read_document, read_report
from ingest.document import Document
from ingest.formats import MEDIA_TYPES, convert
from ingest.formats.writer import Paragraph, Table

if TYPE_CHECKING:
    from ontology import Reading

ROOT = Path(__file__).resolve().parent.parent
REPORTS = sorted((ROOT / "ingest" / "examples" / "egn").glob("[!L]*.md"))
MARKED_UP = {"html": as_html, "docx": as_docx, "odt": as_odt}
LAID_OUT = {
    "lignes": {"ruled": True, "repeat": True},
    "lignes, un seul en-tête": {"ruled": True, "repeat": False},
    "sans lignes": {"ruled": False, "repeat": True},
    "sans lignes, un seul en-tête": {"ruled": False, "repeat": False},
}


def reports() -> list[tuple[str, Report]]:
    found = [(path.stem, from_markdown(path.read_text(encoding="utf-8"))) for path in REPORTS]
    found += [("puces", synthetic(25)), ("sans puces", synthetic(25, seed=1, bullets=False))]
    for _, report in found:
        report.header, report.footer = "Académie des essais", "Document d’essai"
    return found


@pytest.fixture(scope="module", params=reports(), ids=lambda one: one[0])
def report(request: pytest.FixtureRequest) -> Report:
    return request.param[1]


def read(raw: str | bytes, suffix: str) -> Reading:
    found = convert(raw if isinstance(raw, bytes) else raw.encode(), suffix, "essai")
    return read_document(Document(f"essai{suffix}", found.text, "0", "", pages=found.pages, notes=found.notes))


def expected(report: Report) -> Reading:
    return read_document(Document("essai.md", as_markdown(report), "0", "text/markdown"))


@pytest.mark.parametrize("form", MARKED_UP)
def test_a_format_with_tables_gives_the_same_items(report: Report, form: str) -> None:
    reading = read(MARKED_UP[form](report), f".{form}")
    assert agreement(expected(report), reading) == 1.0
    assert_faithful(reading)
    assert any("Académie des essais" in note for note in reading.warnings)


@pytest.mark.parametrize("form", LAID_OUT)
def test_a_pdf_gives_the_same_items(report: Report, form: str) -> None:
    reading = read(as_pdf(report, **LAID_OUT[form]), ".pdf")
    assert agreement(expected(report), reading) >= 0.98
    assert_faithful(reading)
    assert "Académie des essais" not in reading.text or len({mention.page for mention in reading.mentions}) == 1


@pytest.mark.parametrize("layout", [True, False], ids=["layout", "brut"])
def test_the_text_of_a_pdf_gives_items(report: Report, layout: bool, tmp_path: Path) -> None:
    text = pdftotext(as_pdf(report), tmp_path, layout=layout)
    if text is None:
        pytest.skip("pdftotext absent : installez poppler-utils")
    path = tmp_path / "essai.txt"
    path.write_text(text, encoding="utf-8", newline="\n")
    reading = read_report(path)
    assert_faithful(reading)
    if layout:
        assert agreement(expected(report), reading) >= 0.95


# -- marked-up formats -------------------------------------------------------------------------------------------
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx_of(body: str, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        space = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}", content)
    return stream.getvalue()


def words(text: str) -> str:
    return f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def merged(value: str, text: str) -> str:
    return f"<w:tcPr><w:vMerge{value}/></w:tcPr>{text}"


def test_merged_cells_stand_in_each_row_that_they_span() -> None:
    html = (
        "<table><tr><th>Thème<th>Irritants<th>Besoins</tr><tr><td rowspan=2>Gouvernance<td>a<td>b</tr>"
        "<tr><td colspan=2>c</tr></table>"
    )
    word = docx_of(
        "<w:tbl>"
        + row(words("Thème"), words("Irritants"), words("Besoins"))
        + row(merged(' w:val="restart"', words("Gouvernance")), words("a"), words("b"))
        + row(merged("", "<w:p/>"), f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{words("c")}')
        + "</w:tbl>"
    )
    for raw, suffix in ((html.encode(), ".html"), (word, ".docx")):
        lines = convert(raw, suffix, "essai").text.splitlines()
        assert lines[0] == "Thème\tIrritants\tBesoins"
        assert lines[2:] == ["Gouvernance\ta\tb", "Gouvernance\tc\t"]


def test_boxes_links_and_lists_of_a_word_file() -> None:
    box = '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent/></w:sdt>'
    link = '<w:hyperlink r:id="r1"><w:r><w:t>le site</w:t></w:r></w:hyperlink>'
    relations = (
        '<Relationships xmlns="x"><Relationship Id="r1" Type="y/hyperlink" TargetMode="External"'
        ' Target="https://exemple.invalid/a"/>'
        '<Relationship Id="r2" Type="y/header" Target="header1.xml"/></Relationships>'
    )
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    level = '<w:abstractNum w:abstractNumId="{0}"><w:lvl w:ilvl="0"><w:numFmt w:val="{1}"/></w:lvl></w:abstractNum>'
    body = (
        f"<w:p>{box.format(1)}<w:r><w:t>Présentiel</w:t></w:r>{box.format(0)}<w:r><w:t>Distanciel</w:t></w:r></w:p>"
        f"<w:p>{link}<w:del><w:r><w:delText>effacé</w:delText></w:r></w:del></w:p>"
        + item.format(1, "un") + item.format(2, "deux") + item.format(2, "trois")
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r></w:p>"
        + '<w:p><w:r><w:t>1</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>er</w:t></w:r></w:p>'
    )  # fmt: skip
    raw = docx_of(
        body,
        **{
            "_rels/document.xml.rels": relations,
            "header1.xml": f'<w:hdr xmlns:w="{W}">{words("En tête")}</w:hdr>',
            "numbering.xml": f'<w:numbering xmlns:w="{W}">{level.format(0, "bullet")}{level.format(1, "decimal")}'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
        },
    )
    found = convert(raw, ".docx", "essai")
    assert found.text.split("\n\n") == [
        "☒ Présentiel ☐ Distanciel", "le site <https://exemple.invalid/a>", "- un\n1) deux\n2) trois", "1er\n",
    ]  # fmt: skip
    assert found.notes == ("en-tête de page laissé : « En tête »",)


def test_an_inner_table_becomes_items_of_its_cell() -> None:
    html = "<table><tr><td>Irritants<td>Leviers<tr><td>x<table><tr><td>y<td>z</table><td>v</table>"
    assert convert(html.encode(), ".html", "essai").text.endswith("\nx<br>▶ y<br>▶ z\tv\n")


def test_what_looks_like_markup_is_kept_as_it_is_written() -> None:
    said = 'SELECT ?s { ?s ?p <http://exemple.invalid> } ; <b>gras</b> &amp; "x" <script>'
    report = Report(
        [Table([[[Paragraph("Irritants")], [Paragraph("Leviers")]], [[Paragraph(said)], [Paragraph("y")]]])]
    )
    for form, make in MARKED_UP.items():
        texts = [mention.text for mention in read(make(report), f".{form}").mentions]
        assert texts == [said, "y"], form


def test_a_page_of_columns_and_menus() -> None:
    html = (
        "<body><nav>Accueil</nav><header>Bandeau</header><h1>Titre</h1><p>avant<br>après</p><ol start=3><li>c<ul><li>d"
        "</ul><li>e</ol><p style='display:none'>non</p><a href='https://exemple.invalid/'>exemple.invalid</a>"
        "<input type=checkbox checked> oui<footer>Pied</footer>"
    )
    found = convert(html.encode("utf-16"), ".htm", "essai")
    assert found.text == "# Titre\n\navant\naprès\n\n3) c\n- d\n4) e\n\nexemple.invalid ☒ oui\n"
    assert [note.partition("« ")[2] for note in found.notes] == ["Accueil »", "Bandeau »", "Pied »"]


# -- what is installed -----------------------------------------------------------------------------------------------
def test_text_is_read_without_the_libraries_of_other_formats(tmp_path: Path) -> None:
    script = (
        "import sys\nfor name in ('lxml', 'pypdfium2'): sys.modules[name] = None\n"
        "from pathlib import Path\nfrom ingest import read_report\nfrom ontology import UnreadableFile\n"
        "print(len(read_report(Path(sys.argv[1])).mentions) > 0)\n"
        "for name in sys.argv[2:]:\n"
        "    try: read_report(Path(name))\n    except UnreadableFile as error: print(error)\n"
    )
    files = [tmp_path / f"essai{suffix}" for suffix in sorted(MEDIA_TYPES)]
    for path in files:
        path.write_bytes(b"x")
    text = ROOT / "tests" / "reports" / "releve.txt"
    done = subprocess.run(
        [sys.executable, "-c", script, str(text), *map(str, files)],
        capture_output=True, text=True, encoding="utf-8", check=True, cwd=ROOT, env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        "True",
        *(f"{path} : pour lire les {path.suffix}, installez leviers[documents]" for path in files),
    ]

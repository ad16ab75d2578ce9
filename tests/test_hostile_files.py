"""Damaged, protected, swollen and malicious files: one clear line each, in bounded time, and nothing else harmed."""

from __future__ import annotations

import io
import os
import time
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from make_variants import as_docx, as_html, as_odt, as_pdf, synthetic

from ingest import find_reports, read_report
from ingest.document import load
from ingest.formats import convert
from ontology import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 20.0
SUFFIXES = (".html", ".docx", ".odt", ".pdf")
WORD = "word/document.xml"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@cache
def good(suffix: str) -> bytes:
    report = synthetic(6)
    if suffix == ".html":
        return as_html(report).encode()
    return {".docx": as_docx, ".odt": as_odt, ".pdf": as_pdf}[suffix](report)


def packed(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(body: str, head: str = "") -> bytes:
    return packed({WORD: f"{head}<w:document {SPACE}><w:body>{body}</w:body></w:document>"})


def run(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def locked_archive() -> bytes:
    """An archive whose parts claim to be encrypted."""
    raw = bytearray(good(".docx"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(mark)
        while place >= 0:
            raw[place + offset] |= 1
            place = raw.find(mark, place + 1)
    return bytes(raw)


def drawn(draw: Callable[[Any], None], **options: Any) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1, **options)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def scanned() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    return drawn(lambda canvas: canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "grey")), 0, 0, 500, 700))


def locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return drawn(lambda canvas: canvas.drawString(99, 99, "Irritants"), encrypt=StandardEncryption("secret", "autre"))


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE w:document [<!ENTITY l0 "ha">{ENTITIES}]>'
OUTSIDE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
DEEP = "<w:tbl><w:tr><w:tc>"
BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "pdf coupé": (lambda: good(".pdf")[: len(good(".pdf")) // 2], ".pdf", "incomplet"),
    "pdf sans table": (lambda: b"%PDF-1.7\n%%EOF", ".pdf", "abîmé"),
    "pdf qui n’en est pas un": (lambda: b"bonjour", ".pdf", "n’est pas un fichier .pdf"),
    "pdf protégé": (locked_pdf, ".pdf", "mot de passe"),
    "pdf d’images": (scanned, ".pdf", "OCR"),
    "pdf vide": (lambda: drawn(lambda canvas: canvas.showPage()), ".pdf", "aucun texte"),
    "docx coupé": (lambda: good(".docx")[:4000], ".docx", "abîmé"),
    "docx qui n’en est pas un": (lambda: b"bonjour", ".docx", "n’est pas un fichier .docx"),
    "docx protégé": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx", "mot de passe"),
    "archive protégée": (locked_archive, ".docx", "mot de passe"),
    "odt protégé": (
        lambda: packed({"META-INF/manifest.xml": "<m:encryption-data/>", "content.xml": "x"}), ".odt", "mot de passe",
    ),
    "archive sans document": (lambda: packed({"autre": "x"}), ".docx", "abîmé"),
    "docx vide": (lambda: word("<w:p/>"), ".docx", "aucun texte"),
    "xml coupé": (lambda: packed({WORD: "<w:document"}), ".docx", "abîmé"),
    "entités": (lambda: word(run("&l9;"), LAUGHS), ".docx", "entités"),
    "entités en utf-16": (lambda: packed({WORD: (LAUGHS + f"<a {SPACE}>&l9;</a>").encode("utf-16")}), ".docx", "abîmé"),
    "entité d’ailleurs": (lambda: word(run("&x;"), OUTSIDE), ".docx", "entités"),
    "tableaux emboîtés": (lambda: word(DEEP * 3000 + "</w:tc></w:tr></w:tbl>" * 3000), ".docx", "abîmé"),
    "bombe": (lambda: packed({WORD: b" " * 60_000_000}), ".docx", "démesurée"),
    "bombe à côté": (lambda: packed({WORD: "<a/>", "x": b" " * 60_000_000}), ".docx", "démesurée"),
    "odt coupé": (lambda: good(".odt")[:900], ".odt", "abîmé"),
    "page emboîtée": (lambda: b"<div>" * 100_000 + b"x", ".html", "emboîtés"),
    "page démesurée": (lambda: b"<p>" + b"x" * 40_000_000, ".html", "trop grande"),
    "page vide": (lambda: b"<script>x</script>", ".html", "aucun texte"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gives_one_clear_line(name: str) -> None:
    make, suffix, said = BAD[name]
    raw = make()
    start = time.monotonic()
    with pytest.raises(UnreadableFile) as refused:
        convert(raw, suffix, "essai")
    assert time.monotonic() - start < SECONDS
    line = str(refused.value)
    assert line.startswith("essai : ")
    assert said in line
    assert "\n" not in line


HEAVY: dict[str, tuple[Callable[[], bytes], str]] = {
    "cellules démultipliées": (
        lambda: b"<table><tr><td rowspan=99999 colspan=99999>x" + b"<tr><td>y" * 20_000 + b"</table>", ".html",
    ),
    "liste sans fin": (lambda: b"<ol>" + b"<li>x" * 50_000, ".html"),
    "blancs": (lambda: b"<p>x" + b" " * 5_000_000 + b"y", ".html"),
    "chevrons": (lambda: b"<" * 3_000_000, ".html"),
    "retours à la ligne": (lambda: b"<p>" + b"<br> " * 300_000 + b"x", ".html"),
    "cellules répétées": (
        lambda: packed({"content.xml": _REPEATED}), ".odt",
    ),
    "tableau dans un tableau": (lambda: word((DEEP + run("x")) * 30 + "<w:p/></w:tc></w:tr></w:tbl>" * 30), ".docx"),
    "lignes croisées": (lambda: drawn(_lattice), ".pdf"),
}  # fmt: skip
_REPEATED = (
    '<d xmlns:o="o" xmlns:t="t"><o:body><o:text><t:table><t:table-row t:number-rows-repeated="1048576">'
    '<t:table-cell t:number-columns-repeated="16384"><t:p>x</t:p></t:table-cell></t:table-row></t:table></o:text>'
    "</o:body></d>"
)


def _lattice(canvas: Any) -> None:
    for n in range(900):
        canvas.line(n / 2, 0, n / 2, 800)
        canvas.line(0, n / 2, 500, n / 2)
    canvas.drawString(99, 99, "Irritants")


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_takes_a_bounded_time(name: str) -> None:
    make, suffix = HEAVY[name]
    raw = make()
    start = time.monotonic()
    assert convert(raw, suffix, "essai").text
    assert time.monotonic() - start < SECONDS


HOSTILE_LINES = {
    "un mot sans fin": "{}", "majuscules et traits": "Compte rendu\n\nLe 12 octobre 2020 à {}", "liste": "Freins : {}",
    "phrases": "Difficultés relevées. {}", "personnes": "Participants : {}",
    "cellule": "| Freins | Leviers |\n|-|-|\n| {} | a |",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_LINES)
@pytest.mark.parametrize("sign", ["aB", "Aa-", " \u00a0", "*a ", "x****1 ", "? ", "1.", "Aa. ", "12 ", "<ab>", "b; "])
def test_a_line_of_one_sign_over_and_over_takes_a_bounded_time(tmp_path: Path, name: str, sign: str) -> None:
    path = tmp_path / "essai.txt"
    path.write_text(HOSTILE_LINES[name].format(sign * (20_000 // len(sign)) + "*" * 40 + "1!") + "\n", encoding="utf-8")
    start = time.monotonic()
    assert read_report(path).text
    assert time.monotonic() - start < SECONDS


# -- files as the disk has them --------------------------------------------------------------------------------------
def refused(path: Path) -> str:
    with pytest.raises(UnreadableFile) as found:
        load(path)
    assert "\n" not in str(found.value)
    return str(found.value)


def test_a_file_of_one_huge_line(tmp_path: Path) -> None:
    path = tmp_path / "essai.txt"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    assert "100 Mo" in refused(path)
    path.write_bytes(b"a " * 1_000_000)
    assert "une seule ligne" in refused(path)
    path.write_bytes(b"Irritants\n\n- a" + b" " * 100_000 + b"b")
    assert "100000 fois" in refused(path)
    path.write_bytes(b"ab\x00\x01\x02\x03\x04\x05" * 90)
    assert "pas du texte" in refused(path)


def test_links_that_turn_in_a_circle(tmp_path: Path) -> None:
    one, other = tmp_path / "un.txt", tmp_path / "deux.txt"
    try:
        one.symlink_to(other)
        other.symlink_to(one)
        (tmp_path / "boucle").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("ce système ne fait pas de liens")
    assert "tourne en rond" in refused(one)
    (tmp_path / "bon.txt").write_text("Irritants\n\n- a\n", encoding="utf-8")
    # A link that leads nowhere is named when it is read, and does not go unsaid.
    assert [name for _, name in find_reports([tmp_path]).reports] == ["bon.txt", "deux.txt", "un.txt"]


@pytest.mark.parametrize(("start", "kind"), [(b"PK\x03\x04", "Word"), (b"%PDF-1.7", "PDF"), (b"{\\rtf1", "RTF")])
def test_a_file_of_another_format_under_the_name_of_a_text(tmp_path: Path, start: bytes, kind: str) -> None:
    path = tmp_path / "rapport.txt"
    path.write_bytes(start + b" Irritants\n\n- a\n")
    assert kind in refused(path)
    assert "extension" in refused(path)


def test_a_page_under_the_name_of_a_text_is_read_as_a_page(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_bytes(b"<!DOCTYPE html><html><body><h2>Irritants</h2><ul><li>lent</li></ul></body></html>")
    assert [mention.text for mention in read_report(path).mentions] == ["lent"]


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
def test_the_letters_of_french_tell_an_encoding_of_one_byte(tmp_path: Path, encoding: str) -> None:
    said = "Irritants\n\n- Réseau très lent à l'école, façade où la clé est prêtée\n"
    path = tmp_path / "rapport.txt"
    path.write_bytes(said.encode(encoding))
    assert load(path).text == said


def test_a_text_pasted_from_files_of_two_encodings(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_bytes("- réseau à l’étage\n".encode() + "- clés prêtées\n".encode("cp1252"))
    assert load(path).text == "- réseau à l’étage\n- clés prêtées\n"


def test_names_of_files_stand_on_one_line(tmp_path: Path) -> None:
    for name in (b"un\nnom.txt", b"caf\xe9.txt"):
        try:
            (tmp_path / os.fsdecode(name)).write_bytes(b"Irritants\n\n- a\n")
        except OSError:
            pytest.skip("ce système refuse ces noms")
    assert [name for _, name in find_reports([tmp_path]).reports] == ["café.txt", "un nom.txt"]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "essai.pdf"
    path.write_bytes(b"x")
    path.chmod(0)
    if os.access(path, os.R_OK):  # the one who runs the tests may read anything

        def forbidden(path: Path) -> bytes:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert "lecture refusée" in refused(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="ce système n’a pas de tubes nommés")
def test_a_file_that_is_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "essai.txt")
    assert "fichier ordinaire" in refused(tmp_path / "essai.txt")
    (tmp_path / "dossier.pdf").mkdir()
    assert "dossier" in refused(tmp_path / "dossier.pdf")
    assert "introuvable" in refused(tmp_path / "absent.docx")


def test_markup_and_queries_in_items_are_only_words(tmp_path: Path) -> None:
    path = tmp_path / "essai.html"
    said = ["DROP GRAPH <http://exemple.invalid/> ;", "<script>alert(1)</script>", '"; } # fin', "{{ 7*7 }} ${x}"]
    cells = "".join(f"<li>{text.replace('<', '&lt;')}" for text in said)
    path.write_text(f"<table><tr><th>Irritants<th>Leviers<tr><td><ul>{cells}</ul><td>v</table>", encoding="utf-8")
    assert [mention.text for mention in read_report(path).mentions] == [*said, "v"]


def test_cells_made_as_wide_as_each_other_are_no_flood(tmp_path: Path) -> None:
    path = tmp_path / "essai.md"
    wide, said = 4000, "\n| Débit de la ligne" + " " * 4000 + "| Poser la fibre |"
    path.write_text(f"| Irritants{' ' * wide}| Leviers |\n|{'-' * wide}|---|{said * 50}\n", encoding="utf-8")
    assert [mention.text for mention in read_report(path).mentions][-2:] == ["Débit de la ligne", "Poser la fibre"]
    path.write_text(f"| Irritants |\n|---|\n| débit {'-' * wide} fibre |\n", encoding="utf-8")
    assert "répété" in refused(path)

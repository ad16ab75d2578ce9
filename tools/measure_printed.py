"""How well tables are read again from what tools print of a PDF: items and pairs, F1, by program and tool.

Usage: python tools/measure_printed.py [REPORT.md…]      by default the packaged summaries and tests/printed

The same rows, read from Markdown, are what should be found. Programs that are not installed are left out: pdftotext
(poppler-utils), soffice (LibreOffice), chromium, and the Python packages pdfminer.six and pypdf.
"""

from __future__ import annotations

import importlib.util
import io
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from compare_items import agreement, words
from make_variants import Report, as_docx, as_html, as_markdown, as_pdf, from_markdown, pdftotext

from ingest import read_document
from ingest.document import Document, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontology import Reading

ROOT = Path(__file__).resolve().parent.parent
_STYLE = (
    "<style>@page{size:A4 landscape;margin:15mm}body{font:9pt sans-serif}table{border-collapse:collapse;width:100%}"
    "td{border:1px solid;vertical-align:top;padding:2pt}ul{margin:0;padding-left:12pt}p{margin:0}</style></head>"
)


def files(report: Report, folder: Path) -> Iterator[tuple[str, bytes]]:
    """PDF files of a report, each with the program that made it."""
    yield "reportlab", as_pdf(report)
    yield "reportlab, puces dans le texte", as_pdf(report, inline=True)
    if office := shutil.which("soffice"):
        (folder / "a.docx").write_bytes(as_docx(report))
        made = [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "a.docx")]
        subprocess.run(made, check=True, capture_output=True, timeout=120)
        yield "LibreOffice", (folder / "a.pdf").read_bytes()
    if browser := shutil.which("chromium"):
        (folder / "b.html").write_text(as_html(report).replace("</head>", _STYLE), encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        made = [browser, *flags, f"--print-to-pdf={folder / 'b.pdf'}", str(folder / "b.html")]
        subprocess.run(made, check=True, capture_output=True, timeout=120)
        yield "Chromium", (folder / "b.pdf").read_bytes()


def texts(pdf: bytes, folder: Path) -> Iterator[tuple[str, str]]:
    """What tools print of a PDF file."""
    for raw in (False, True):
        if (text := pdftotext(pdf, folder, layout=False, raw=raw)) is not None:
            yield "pdftotext" + " -raw" * raw, text
    if importlib.util.find_spec("pdfminer"):
        from pdfminer.high_level import extract_text

        yield "pdfminer", extract_text(io.BytesIO(pdf))
    if importlib.util.find_spec("pypdf"):
        from pypdf import PdfReader

        yield "pypdf", "\f".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def pairs(reading: Reading) -> Counter[tuple[tuple[str, str], ...]]:
    """Items of one row, two by two."""
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for mention in reading.mentions:
        rows[mention.row].append((mention.kind.value, words(mention.text)))
    return Counter(tuple(sorted(pair)) for row in rows.values() for pair in combinations(row, 2))


def measures(path: Path, folder: Path) -> Iterator[tuple[str, float, float]]:
    """Program and tool, items, pairs of one report."""
    report = from_markdown(path.read_text(encoding="utf-8"))
    report.header = "Académie des essais"
    meant = read_document(Document("a.md", as_markdown(report), "0", "text/markdown"))
    for program, pdf in files(report, folder):
        for tool, text in texts(pdf, folder):
            found = printed(text)
            reading = read_document(Document("a.txt", found.text, "0", "text/plain", doubts=found.doubts))
            one, other = pairs(meant), pairs(reading)
            common = 2 * (one & other).total() / max(1, one.total() + other.total())
            yield f"{tool}, PDF de {program}", agreement(meant, reading), common


def main() -> None:
    """Measure and print."""
    if missing := [name for name in sys.argv[1:] if not Path(name).is_file()]:
        sys.exit(f"{__doc__}\n{missing[0]}: no such file")
    examples = sorted((ROOT / "ingest" / "examples" / "egn").glob("[!L]*.md"))
    paths = [Path(name) for name in sys.argv[1:]] or [*examples, *sorted((ROOT / "tests" / "printed").glob("*.md"))]
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            for way, items, both in measures(path, Path(folder)):
                found[way].append((items, both))
    for way, shares in found.items():
        items, both = (statistics.mean(share) for share in zip(*shares, strict=True))
        print(f"{way:60} énoncés {items:.3f}   paires {both:.3f}   le pire {min(shares)[0]:.3f}")


if __name__ == "__main__":
    main()

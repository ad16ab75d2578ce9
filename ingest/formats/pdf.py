"""PDF files with a text layer: tables by their lines and positions, across pages; the rest in reading order."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2

from ingest.formats.broken_words import known_words, names_of
from ingest.formats.column_header import Scale
from ingest.formats.columns import find
from ingest.formats.furniture import leave_out
from ingest.formats.lines import Line, Room, breaks_words, usual_leading
from ingest.formats.pdf_flow import Look, text_blocks
from ingest.formats.pdf_grid import grids_of
from ingest.formats.pdf_page import PageReader
from ingest.formats.pdf_tables import Part, goes_on, join, part_of
from ingest.formats.pdf_text import lines_of
from ingest.formats.slots import blocks_of, slots_of
from ingest.formats.writer import Converted, Writer
from ontology import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.formats.pdf_sheet import Sheet
    from ingest.formats.writer import Block

_MOST_PAGES, _MOST_SECONDS = 1_500, 90.0
_TAIL = 4_096  # bytes in which a whole file tells its end
_PASSWORD = 4  # pdfium: the file asks for one
_MOST_BROKEN = 0.3  # share of characters without a letter above which a text layer is of no use
_EDGE = 0.14  # of the height of a page: where running headers and footers stand
_GAP = 0.75  # of the size of letters: white that parts columns
_FULL_LINES, _NEAR = 3, 0.04  # lines that tell how far text goes; of the page's width


def read(raw: bytes, name: str) -> Converted:
    """The text of a PDF, with its pages.

    Raises:
        UnreadableFile: damaged, protected, or without a text layer.
    """
    start = raw[:1024].find(b"%PDF-")
    if start < 0:
        raise UnreadableFile(f"{name} : ce n’est pas un fichier .pdf ; exportez de nouveau le compte rendu en PDF")
    if b"%%EOF" not in raw.rstrip(b"\0\r\n\t ")[-_TAIL:]:
        raise UnreadableFile(f"{name} : PDF incomplet, sa fin manque ; téléchargez-le ou exportez-le de nouveau")
    notes: list[str] = []
    sheets = list(_sheets(raw, name, notes))
    _check(sheets, name, notes)
    document = _Document([_Page.of(sheet) for sheet in sheets])
    notes += document.prepare()
    writer = Writer()
    writer.write(document.blocks())
    return writer.text([*notes, *document.repeated()])


def _sheets(raw: bytes, name: str, notes: list[str]) -> Iterator[Sheet]:
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise UnreadableFile(
                f"{name} : PDF protégé par un mot de passe ; donnez-en une copie sans protection"
            ) from None
        raise UnreadableFile(f"{name} : PDF abîmé, il ne peut pas être ouvert ; exportez-le de nouveau") from None
    limit = time.monotonic() + _MOST_SECONDS
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableFile(f"{name} : {len(document)} pages, c’est trop pour un compte rendu")
        for index in range(len(document)):
            try:
                page = document[index]
                text = page.get_textpage()
            except pypdfium2.PdfiumError:
                notes.append(f"page {index + 1} abîmée, laissée")
                continue
            yield PageReader(document.raw, page.raw, text.raw, index + 1).read()
            text.close()
            page.close()
            if time.monotonic() > limit:
                raise UnreadableFile(f"{name} : PDF trop long à lire, il est sans doute abîmé ou fait de dessins")
    finally:
        document.close()


def _check(sheets: list[Sheet], name: str, notes: list[str]) -> None:
    letters = sum(len(sheet.glyphs) for sheet in sheets)
    broken = sum(sheet.broken for sheet in sheets)
    if not letters and any(sheet.pictures for sheet in sheets):
        raise UnreadableFile(
            f"{name} : ce PDF n’est fait que d’images, sans texte ; passez-le à la reconnaissance de caractères (OCR)"
        )
    if broken > _MOST_BROKEN * (letters + broken):
        raise UnreadableFile(f"{name} : le texte de ce PDF n’a pas de lettres lisibles ; passez-le à l’OCR")
    if not letters:
        raise UnreadableFile(f"{name} : aucun texte dans ce PDF, il n’y a rien à charger")
    bare = [str(sheet.number) for sheet in sheets if sheet.pictures and not sheet.glyphs]
    if bare:
        notes.append(f"pages faites d’images sans texte, à passer à l’OCR : {', '.join(bare)}")


@dataclass(slots=True)
class _Page:
    """What one page holds: tables drawn with lines, lines of text outside them."""

    sheet: Sheet
    parts: list[Part]
    lines: list[Line]

    @classmethod
    def of(cls, sheet: Sheet) -> _Page:
        parts, glyphs = [], sheet.glyphs
        for grid in grids_of(sheet):
            part, glyphs = part_of(grid, glyphs)
            if part is not None:
                parts.append(part)
        return cls(sheet, parts, lines_of(glyphs, sheet.number))

    def elements(self) -> Iterator[Part | Line]:
        """Tables and lines from top to bottom."""
        parts = sorted(self.parts, key=lambda part: part.top)
        for line in self.lines:
            while parts and parts[0].top < line.y:
                yield parts.pop(0)
            yield line
        yield from parts


@dataclass(slots=True)
class _Document:
    pages: list[_Page]
    look: Look = field(default_factory=lambda: Look(Room(0)))
    _parts: list[Part] = field(default_factory=list)

    def prepare(self) -> list[str]:
        """Leave running headers out, and find how the document is set; tells what was left out."""
        heights = [page.sheet.height for page in self.pages]

        def edge(page: int, line: Line) -> float | None:
            return None if _EDGE < line.y / heights[page] < 1 - _EDGE else line.y

        notes = leave_out([page.lines for page in self.pages], edge, _GAP)
        slots = [slot for page in self.pages for part in page.parts for row in part.rows for slot in row]
        outside = [line for page in self.pages for line in page.lines]
        inside = [line for slot in slots for line in slot.lines]
        leading = usual_leading([*(slot.lines for slot in slots), *(page.lines for page in self.pages)])
        known = known_words([*outside, *inside])
        breaks = breaks_words([(slot.lines, slot.right) for slot in slots], known)
        room = Room(
            self._right(outside), leading, known=known, breaks=breaks, names=names_of([*outside, *inside], _GAP)
        )
        self.look = Look.of(outside, inside, room)
        return notes

    def _right(self, lines: list[Line]) -> float:
        """How far lines of text go: where several of them end, else as far from the right side as from the left."""
        width = max(page.sheet.width for page in self.pages)
        edges = [part.xs[-1] for page in self.pages for part in page.parts]
        reach = max([line.x1 for line in lines] + edges, default=width)
        full = sum(line.x1 > reach - _NEAR * width for line in lines) + bool(edges)
        return reach if full >= _FULL_LINES else max(reach, width - min((line.x0 for line in lines), default=0.0))

    def blocks(self) -> Iterator[Block]:
        """The document as it is to be written."""
        run: list[Line] = []
        table: Part | None = None
        for page in self.pages:
            for element in page.elements():
                if isinstance(element, Line):
                    if table is not None:
                        yield from self._table(table)
                        table = None
                    run.append(element)
                    continue
                if table is not None and element.page == table.page + 1 and goes_on(table, element):
                    join(table, element)
                    continue
                if table is not None:
                    yield from self._table(table)
                yield from self._text(run)
                run, table = [], element
        if table is not None:
            yield from self._table(table)
        yield from self._text(run)

    def _table(self, part: Part) -> list[Block]:
        self._parts.append(part)
        return blocks_of(part.rows, self.look.room)

    def _text(self, lines: list[Line]) -> Iterator[Block]:
        if not lines:
            return
        cuts = [(page.sheet.number, at) for page in self.pages for at in page.sheet.levels()]
        scale = Scale(_GAP, self.look.room.leading, self.look.parts, cuts)
        place = 0
        for table in find(lines, scale):
            yield from text_blocks(lines[place : table.start], self.look)
            yield from blocks_of(slots_of(table), self.look.room)
            place = table.end
        yield from text_blocks(lines[place:], self.look)

    def repeated(self) -> list[str]:
        """Headers of tables that were printed again on another page, which are left out."""
        pages = sorted({page for part in self._parts for page in part.repeated})
        return [f"en-têtes de tableau répétés, laissés : pages {', '.join(map(str, pages))}"] if pages else []

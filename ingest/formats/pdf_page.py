"""One page of a PDF, read by pdfium: its characters with their places, fonts and links."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from ingest.formats.pdf_shapes import ShapeReader
from ingest.formats.pdf_sheet import Box, Glyph, Sheet
from ingest.formats.writer import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST_GLYPHS, _MOST_LINKS = 120_000, 2_000
_BOLD = re.compile(r"bold|black|heavy|demi|gras", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingdings|symbol|webdings", re.IGNORECASE)
_FORCED_BOLD, _HEAVY, _FILLED_AND_STROKED = 1 << 18, 600, 2
_UPRIGHT = 0.2  # of the slope of text that is read from left to right
_BULLET_GAP, _BULLET_WHITE = 2.5, 0.6  # of the size of letters: between a bullet and its text, and left of it
_HYPHENS = {0x02, 0xFFFE}  # what pdfium makes of a hyphen that ends a line
_SYMBOL_FONT, _SOFT_HYPHEN = 0xF000, 0xAD


@dataclass(frozen=True, slots=True)
class _Font:
    size: float
    bold: bool
    symbols: bool
    upright: bool


class PageReader:
    """Reads one open page of pdfium into a sheet."""

    def __init__(self, document: Any, page: Any, text: Any, number: int) -> None:
        self.document, self.page, self.text = document, page, text
        turned = pdfium.FPDFPage_GetRotation(page) % 4
        wide, tall = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        self.sheet = Sheet(number, wide, tall)
        left, bottom = self._corner()
        self.turned = turned
        # Each way of turning a page, from the file's points to ours.
        self.place: Callable[[float, float], tuple[float, float]] = (
            lambda x, y: (x - left, tall - (y - bottom)),
            lambda x, y: (y - bottom, x - left),
            lambda x, y: (wide - (x - left), y - bottom),
            lambda x, y: (wide - (y - bottom), tall - (x - left)),
        )[turned]

    def _corner(self) -> tuple[float, float]:
        box = [ctypes.c_float() for _ in range(4)]
        for get in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
            if get(self.page, *map(ctypes.byref, box)):
                return min(box[0].value, box[2].value), min(box[1].value, box[3].value)
        return 0.0, 0.0

    def read(self) -> Sheet:
        """All that is drawn."""
        self._glyphs()
        ShapeReader(self.page, self.sheet, self.place).read()
        self._bullets()
        return self.sheet

    def _bullets(self) -> None:
        """Put bullets that are drawn among the characters, each before the text that it opens."""
        for dot in self.sheet.dots[:_MOST_LINKS]:
            middle = (dot.y0 + dot.y1) / 2
            level = [one for one in self.sheet.glyphs if one.y - one.size < middle < one.y and not one.text.isspace()]
            after = min((one for one in level if one.x0 >= dot.x1 - 1), key=lambda one: one.x0, default=None)
            if after is None or after.x0 - dot.x1 > _BULLET_GAP * after.size:
                continue
            if all(one.x1 < dot.x0 - _BULLET_WHITE * after.size for one in level if one.x0 < dot.x0):
                self.sheet.glyphs.append(Glyph("•", dot.x0, dot.x1, after.y, after.size, after.bold))

    def _glyphs(self) -> None:
        text, sheet = self.text, self.sheet
        fonts: dict[int, _Font] = {}
        links = list(self._links())
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        for index in range(min(pdfium.FPDFText_CountChars(text), _MOST_GLYPHS)):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if pdfium.FPDFText_IsGenerated(text, index) == 1 or code in {10, 13}:
                continue
            made = pdfium.FPDFText_GetTextObject(text, index)
            key = _address(made)
            font = fonts.get(key)
            if font is None:
                font = fonts[key] = self._font(index, made)
            if not font.upright or not math.isfinite(font.size) or font.size <= 0:
                continue
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(text, index, box)
            (x0, _), (x1, _) = self.place(box.left, box.bottom), self.place(box.right, box.top)
            x0, x1 = min(x0, x1), max(x0, x1)
            base = self.place(x.value, y.value)[1]
            if not all(map(math.isfinite, (x0, x1, base))) or not self._on_page(x0, x1, base):
                continue
            words = _letter(code, symbols=font.symbols)
            if not words:
                sheet.broken += 1
                continue
            link = next((one for zone, one in links if _inside(zone, (x0 + x1) / 2, base)), "") if links else ""
            sheet.glyphs.append(Glyph(words, x0, x1, base, font.size, font.bold, link, key))

    def _on_page(self, x0: float, x1: float, base: float) -> bool:
        return x1 > -1 and x0 < self.sheet.width + 1 and -1 < base < self.sheet.height + 20

    def _font(self, index: int, made: Any) -> _Font:
        matrix, flags, name = pdfium.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(128)
        size = pdfium.FPDFText_GetFontSize(self.text, index)
        pdfium.FPDFText_GetMatrix(self.text, index, matrix)
        pdfium.FPDFText_GetFontInfo(self.text, index, name, len(name), flags)
        called = name.value.decode("utf-8", errors="replace")
        bold = (
            bool(_BOLD.search(called))
            or bool(flags.value & _FORCED_BOLD)
            or pdfium.FPDFText_GetFontWeight(self.text, index) >= _HEAVY
            or (bool(made) and pdfium.FPDFTextObj_GetTextRenderMode(made) == _FILLED_AND_STROKED)
        )
        # Along the line of text: where the matrix takes a step to the right, once the page is turned.
        step = math.hypot(matrix.a, matrix.b) or 1.0
        start, end = self.place(0, 0), self.place(matrix.a / step, matrix.b / step)
        upright = end[0] - start[0] > 0 and abs(end[1] - start[1]) < _UPRIGHT
        return _Font(size * (math.hypot(matrix.c, matrix.d) or 1.0), bold, bool(_SYMBOLS.search(called)), upright)

    def _links(self) -> Iterator[tuple[Box, str]]:
        position, link, rect = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
        for _ in range(_MOST_LINKS):
            if not pdfium.FPDFLink_Enumerate(self.page, position, link):
                return
            action = pdfium.FPDFLink_GetAction(link)
            if not action or not pdfium.FPDFLink_GetAnnotRect(link, rect):
                continue
            address = ctypes.create_string_buffer(2048)
            length = pdfium.FPDFAction_GetURIPath(self.document, action, address, len(address))
            if 0 < length <= len(address):
                (x0, y0), (x1, y1) = self.place(rect.left, rect.top), self.place(rect.right, rect.bottom)
                zone = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                yield zone, address.value.decode("utf-8", errors="replace")


@lru_cache(maxsize=4096)
def _letter(code: int, *, symbols: bool) -> str:
    if code in _HYPHENS:
        return "-"
    if code == _SOFT_HYPHEN:
        return chr(code)
    if symbols and 0x20 < code < 0x100:
        code |= _SYMBOL_FONT
    if code in {0, 0xFFFD, 0xFFFF} or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return ""
    return plain(chr(code)) if code not in {0x26, 0x3C} else chr(code)


def _address(made: Any) -> int:
    return ctypes.cast(made, ctypes.c_void_p).value or 0


def _inside(zone: Box, x: float, y: float) -> bool:
    return zone.x0 <= x <= zone.x1 and zone.y0 <= y <= zone.y1

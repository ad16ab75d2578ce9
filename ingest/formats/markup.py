"""HTML pages: tables with merged cells, lists, titles, boxes to tick; menus and page footers left out."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from ingest.formats.flow import Cell, Flow, table_blocks
from ingest.formats.writer import Converted, Writer
from ontology import UnreadableFile

_CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page tells its encoding
_LARGEST = 30_000_000  # bytes
_LEFT_OUT = frozenset(
    "head script style noscript template nav svg math object iframe select textarea del footer".split()
)
_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre section summary table ul
    """.split()
)
_TITLES = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "dt": 6}  # what a "dd" tells stands under it
_BOLD = frozenset("b strong".split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-list\s*:\s*ignore", re.IGNORECASE
)
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_WORD_ITEM = re.compile(r"mso-list\s*:\s*l\d", re.IGNORECASE)
_MENU = {"a", "nav", "button", "form", "input"}  # what a page header holds that is no letterhead
_LETTERHEAD = 4  # words
_FURNITURE = re.compile(r"mso-element\s*:\s*(?:header|footer)", re.IGNORECASE)
_EVEN_OUT = re.compile(r"\s+")


def read(raw: bytes, name: str) -> Converted:
    """The text of a page.

    Raises:
        UnreadableFile: it is too large or cannot be parsed.
    """
    if len(raw) > _LARGEST:
        raise UnreadableFile(f"{name} : page trop grande ({len(raw) // 1_000_000} Mo) pour un compte rendu")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_text(raw, name).encode(errors="replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if any(error.level_name == "FATAL" for error in parser.error_log):
        raise UnreadableFile(f"{name} : page abîmée, ou aux éléments emboîtés sans fin ; elle ne peut pas être lue")
    page = _Page()
    if root is not None:
        page.walk(root, page.flow, bold=False)
    page.flow.end()
    writer = Writer()
    writer.write(page.flow.blocks)
    return writer.text(page.notes)


def _text(raw: bytes, name: str) -> str:
    from ingest.document import decode

    declared = _CHARSET.search(raw[:_HEAD])
    if declared and not raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and b"\x00" not in raw[:_HEAD]:
        try:
            return raw.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(raw, name)[0]


class _Page:
    """One page being walked through."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.notes: list[str] = []

    def walk(self, element: Any, flow: Flow, *, bold: bool) -> None:
        """Add an element and what it holds, its tail apart."""
        tag = _name(element)
        style = element.get("style") or ""
        if self._leaves_out(element, tag, style):
            return
        bold = bold or tag in _BOLD or bool(_HEAVY.search(style))
        if tag == "br":
            flow.soft()
        elif tag == "input":
            _box(element, flow)
        elif tag in _BLOCKS:
            self._block(element, tag, flow, bold=bold)
        else:
            since = flow.place()
            self._inside(element, flow, bold=bold)
            if tag == "a":
                flow.link(since, element.get("href") or "")

    def _block(self, element: Any, tag: str, flow: Flow, *, bold: bool) -> None:
        if tag == "li" or _WORD_ITEM.search(element.get("style") or ""):
            self._item(element, flow, 0, bold=bold)
            return
        flow.end()
        if tag == "table":
            flow.blocks.extend(self._table(element))
        elif tag == "ol":
            self._numbered(element, flow, bold=bold)
        else:
            self._inside(element, flow, bold=bold)
            flow.end(_TITLES.get(tag, 0))

    def _numbered(self, element: Any, flow: Flow, *, bold: bool) -> None:
        number = _span(element.get("start"))
        for child in element:
            if _name(child) == "li":
                number = _span(child.get("value")) if child.get("value") else number
                self._item(child, flow, number, bold=bold)
                number += 1
            else:
                self.walk(child, flow, bold=bold)

    def _item(self, element: Any, flow: Flow, number: int, *, bold: bool) -> None:
        flow.mark(number)
        self._inside(element, flow, bold=bold)
        flow.unmark()

    def _inside(self, element: Any, flow: Flow, *, bold: bool) -> None:
        if element.text:
            flow.add(element.text, bold=bold)
        for child in element:
            self.walk(child, flow, bold=bold)
            if child.tail:
                flow.add(child.tail, bold=bold)

    def _table(self, table: Any) -> list[Any]:
        captions: list[Any] = []
        rows: list[list[Cell]] = []
        for row in _rows(table):
            if _name(row) == "caption":
                caption = Flow()
                self._inside(row, caption, bold=False)
                caption.end()
                captions += caption.blocks
                continue
            rows.append([self._cell(cell) for cell in row if _name(cell) in {"td", "th"}])
        return captions + table_blocks([row for row in rows if row])

    def _cell(self, cell: Any) -> Cell:
        flow = Flow()
        self._inside(cell, flow, bold=_name(cell) == "th")
        flow.end()
        return Cell(flow.blocks, _span(cell.get("rowspan")), _span(cell.get("colspan")))

    @staticmethod
    def _is_letterhead(element: Any) -> bool:
        """Whether a page header says who wrote, and leads nowhere."""
        menu = any(_name(child) in _MENU for child in element.iter())
        return not menu and len("".join(element.itertext()).split()) >= _LETTERHEAD

    def _leaves_out(self, element: Any, tag: str, style: str) -> bool:
        if not tag or tag in _LEFT_OUT or _HIDDEN.search(style) or element.get("hidden") is not None:
            seen = tag in {"nav", "footer"}
        elif (tag == "div" and (element.get("title") in {"header", "footer"} or _FURNITURE.search(style))) or (
            tag == "header"
            and not any(_name(child) in _TITLES for child in element.iter())
            and not self._is_letterhead(element)
        ):
            seen = True
        else:
            return False
        if seen and (words := _EVEN_OUT.sub(" ", "".join(element.itertext())).strip()):
            self.notes.append(f"en-tête, pied de page ou menu laissé : « {words[:120]} »")
        return True


def _box(element: Any, flow: Flow) -> None:
    if (element.get("type") or "").lower() in {"checkbox", "radio"}:
        flow.add(" ☒ " if element.get("checked") is not None else " ☐ ")


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _rows(table: Any) -> list[Any]:
    rows: list[Any] = []
    for child in table:
        tag = _name(child)
        if tag in {"tr", "caption"}:
            rows.append(child)
        elif tag in {"thead", "tbody", "tfoot"}:
            rows += [row for row in child if _name(row) == "tr"]
    return rows


def _span(value: str | None) -> int:
    """A number of rows or columns; anything that is none counts as one."""
    digits = (value or "").strip()
    return max(1, min(int(digits), 100_000)) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 1

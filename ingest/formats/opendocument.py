"""OpenDocument texts: tables with merged cells, lists, titles, boxes to tick; headers and footers apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest.formats.flow import Cell, Flow, table_blocks
from ingest.formats.package import Package, attribute, count, local, words
from ingest.formats.writer import Converted, Paragraph, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.formats.writer import Block

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_LEFT_OUT = frozenset(
    """
    tracked-changes annotation annotation-end sequence-decls forms variable-decls user-field-decls soft-page-break
    table-column table-columns table-header-columns ruby-text desc title
    """.split()
)
_INDEXES = ("table-of-content", "illustration-index", "alphabetical-index", "table-index")
_ROW_GROUPS = frozenset("table-header-rows table-rows table-row-group".split())
_TICKED = {"checked", "true"}
_MOST_REPEATED = 100  # empty rows or cells that a file may ask for at once
_DEEPEST = 30  # styles based on each other
_NOTES_TITLE = "Notes de bas de page"


def read(raw: bytes, name: str) -> Converted:
    """The text of an OpenDocument file.

    Raises:
        UnreadableFile: damaged, protected, or no such file.
    """
    package = Package(raw, ".odt", name)
    if _MANIFEST in package.parts and b"encryption-data" in package.read(_MANIFEST):
        package.protect()
    content = package.tree(_CONTENT)
    document = _Document(_Styles(content, package.optional(_STYLES)), _boxes(content))
    body = next((part for part in content.iter() if local(part) == "text" and local(part.getparent()) == "body"), ())
    document.entitled = any(document.styles.is_title(attribute(part, "style-name")) for part in body)
    document.blocks(body, document.flow)
    document.flow.end()
    apart = [Paragraph(_NOTES_TITLE, level=2), *document.footnotes.blocks] if document.footnotes.blocks else []
    writer = Writer()
    writer.write([*document.flow.blocks, *apart])
    return writer.text([*document.notes, *document.styles.furniture])


def _boxes(content: Any) -> dict[str, bool]:
    """Boxes to tick, by the name that the text knows them by, and whether each is ticked."""
    return {
        attribute(part, "id"): attribute(part, "current-state") in _TICKED
        or (not attribute(part, "current-state") and attribute(part, "state") in _TICKED)
        for part in content.iter()
        if local(part) in {"checkbox", "radio"}
    }


class _Styles:
    """The styles of one file."""

    def __init__(self, content: Any, common: Any | None) -> None:
        self._raw: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, Any] = {}
        self.furniture: list[str] = []
        for root in (common, content):
            for part in root.iter() if root is not None else ():
                tag = local(part)
                if tag == "style":
                    self._raw[attribute(part, "family"), attribute(part, "name")] = part
                elif tag == "list-style":
                    self._lists[attribute(part, "name")] = part
                elif tag in {"header", "footer", "header-first", "footer-first"} and (said := words(part)):
                    kind = "en-tête" if tag.startswith("header") else "pied"
                    self.furniture.append(f"{kind} de page laissé : « {said[:120]} »")

    def is_title(self, name: str) -> bool:
        """Whether a style is that of the document's title."""
        return any(attribute(style, "name") == "Title" for style in self._chain("paragraph", name))

    def is_bold(self, family: str, name: str) -> bool:
        """Whether a style is in bold."""
        for style in self._chain(family, name):
            for fact in style:
                if weight := attribute(fact, "font-weight"):
                    return weight in {"bold", "600", "700", "800", "900"}
        return False

    def listed(self, name: str) -> str:
        """The list style that a paragraph style asks for."""
        return next(filter(None, (attribute(style, "list-style-name") for style in self._chain("paragraph", name))), "")

    def first_number(self, name: str, level: int) -> int:
        """The first number of a list at a level, from 1; 0 for bullets."""
        for kind in self._lists.get(name, ()):
            if attribute(kind, "level") == str(level):
                numbered = local(kind) == "list-level-style-number" and attribute(kind, "num-format")
                return count(attribute(kind, "start-value") or "1") if numbered else 0
        return 0

    def _chain(self, family: str, name: str) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            style = self._raw.get((family, name))
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name")


@dataclass(slots=True)
class _Document:
    styles: _Styles
    boxes: dict[str, bool]
    flow: Flow = field(default_factory=Flow)
    footnotes: Flow = field(default_factory=Flow)
    notes: list[str] = field(default_factory=list)
    entitled: bool = False  # a paragraph has the style of titles
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _frames: list[Any] = field(default_factory=list)

    def blocks(self, container: Any, flow: Flow) -> None:
        """Add the paragraphs, lists and tables of a body, a cell or a box."""
        for child in container:
            tag = local(child)
            if tag in {"p", "h"}:
                self._paragraph(child, flow, tag)
            elif tag == "list":
                self._list(child, flow, 1, "")
            elif tag == "table":
                flow.end()
                flow.blocks.extend(self._table(child))
            elif tag in _INDEXES:
                self.notes.append("sommaire laissé")
            elif tag not in _LEFT_OUT and tag:
                self.blocks(child, flow)

    def _paragraph(self, paragraph: Any, flow: Flow, tag: str) -> None:
        style = attribute(paragraph, "style-name")
        self._inside(paragraph, flow, bold=self.styles.is_bold("paragraph", style))
        level = 0
        if self.styles.is_title(style):
            level = 1
        elif tag == "h":
            level = count(attribute(paragraph, "outline-level"), 10) + self.entitled
        flow.end(level)
        frames, self._frames = self._frames, []
        for frame in frames:
            self.blocks(frame, flow)

    def _list(self, element: Any, flow: Flow, level: int, style: str) -> None:
        style = attribute(element, "style-name") or style or self.styles.listed(_first_style(element))
        first = self.styles.first_number(style, level)
        key = (style, level)
        goes_on = attribute(element, "continue-numbering") == "true" or attribute(element, "continue-list")
        number = self._counts.get(key, first - 1) if goes_on else first - 1
        for item in element:
            tag = local(item)
            if tag not in {"list-item", "list-header"}:
                continue
            if value := attribute(item, "start-value"):
                number = count(value) - 1
            if tag == "list-item" and next((local(part) for part in item), "") not in {"h", "list"}:
                number += 1
                flow.mark(number if first else 0)
            for child in item:
                if local(child) == "list":
                    self._list(child, flow, level + 1, style)
                else:
                    self.blocks((child,), flow)
            flow.unmark()
        self._counts[key] = number

    def _inside(self, element: Any, flow: Flow, *, bold: bool) -> None:
        if element.text:
            flow.add(element.text, bold=bold)
        for child in element:
            self._run(child, flow, bold=bold)
            if child.tail:
                flow.add(child.tail, bold=bold)

    def _run(self, child: Any, flow: Flow, *, bold: bool) -> None:
        tag = local(child)
        if tag in {"s", "tab", "line-break"}:
            flow.soft() if tag == "line-break" else flow.add(" ")
        elif tag == "span":
            self._inside(child, flow, bold=bold or self.styles.is_bold("text", attribute(child, "style-name")))
        elif tag == "a":
            since = flow.place()
            self._inside(child, flow, bold=bold)
            flow.link(since, attribute(child, "href"))
        elif tag == "note":
            body = next((part for part in child if local(part) == "note-body"), ())
            self.blocks(body, self.footnotes)
        elif tag in {"frame", "custom-shape", "rect"}:
            self._frames.append(child)
        elif (ticked := self._ticked(child, tag)) is not None:
            flow.add(" ☒ " if ticked else " ☐ ")
        elif tag not in _LEFT_OUT and tag:
            self._inside(child, flow, bold=bold)

    def _ticked(self, element: Any, tag: str) -> bool | None:
        if tag == "content-control" and attribute(element, "checkbox") == "true":
            return attribute(element, "checked") == "true"
        return self.boxes.get(attribute(element, "control")) if tag == "control" else None

    # -- tables --------------------------------------------------------------------------------------------------
    def _table(self, table: Any) -> list[Block]:
        rows: list[list[Cell]] = []
        for row in _rows(table):
            cells: list[Cell] = []
            for element in row:
                if local(element) == "table-cell":
                    wide, tall = attribute(element, "number-columns-spanned"), attribute(element, "number-rows-spanned")
                    cell = Cell(self._cell(element), count(tall or "1"), count(wide or "1"))
                    cells += [cell] * count(attribute(element, "number-columns-repeated"), _MOST_REPEATED)
            rows += [cells] * count(attribute(row, "number-rows-repeated"), _MOST_REPEATED)
        return table_blocks(rows)

    def _cell(self, element: Any) -> list[Block]:
        flow = Flow()
        self.blocks(element, flow)
        flow.end()
        return flow.blocks


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if local(child) == "table-row":
            yield child
        elif local(child) in _ROW_GROUPS:
            yield from _rows(child)


def _first_style(element: Any) -> str:
    return next((attribute(part, "style-name") for part in element.iter() if local(part) in {"p", "h"}), "")

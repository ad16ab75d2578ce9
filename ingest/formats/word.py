"""Word files: tables with merged cells, lists, titles, boxes to tick; headers and footers apart."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest.formats.flow import Cell, Flow, table_blocks
from ingest.formats.package import Package, attribute, count, local, words
from ingest.formats.word_runs import THROUGH, Runs, chosen, content
from ingest.formats.word_styles import Numbering, Style, Styles, properties
from ingest.formats.writer import Converted, Paragraph, Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ingest.formats.writer import Block

_NOTES_TITLE = "Notes de bas de page"
_CONTENTS = "Table of Contents"
_WIDEST = 200  # columns that a cell may span


def read(raw: bytes, name: str) -> Converted:
    """The text of a Word file.

    Raises:
        UnreadableFile: damaged, protected, or no such file.
    """
    package = Package(raw, ".docx", name)
    relations = _relations(package, "")
    main = next((one.target for one in relations.values() if one.kind == "officeDocument"), "word/document.xml")
    document = _Document(package, _relations(package, main))
    body = next((child for child in package.tree(main) if local(child) == "body"), ())
    document.entitled = any(document.style(paragraph).is_title for paragraph in body if local(paragraph) == "p")
    document.blocks(body, document.flow)
    document.flow.end()
    writer = Writer()
    writer.write([*document.flow.blocks, *document.footnotes()])
    return writer.text([*document.notes, *document.furniture()])


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    target: str
    outside: bool


def _relations(package: Package, part: str) -> dict[str, _Relation]:
    """What a part refers to, by the name that it gives it."""
    folder, name = posixpath.split(part)
    root = package.optional(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for relation in root if root is not None else ():
        outside = attribute(relation, "TargetMode") == "External"
        target = attribute(relation, "Target")
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[attribute(relation, "Id")] = _Relation(attribute(relation, "Type").rpartition("/")[2], target, outside)
    return found


@dataclass(slots=True)
class _Document:
    package: Package
    relations: dict[str, _Relation]
    flow: Flow = field(default_factory=Flow)
    notes: list[str] = field(default_factory=list)
    entitled: bool = False  # a paragraph has the style of titles
    runs: Runs = field(init=False)
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)

    def __post_init__(self) -> None:
        self.runs = Runs({name: one.target for name, one in self.relations.items() if one.outside})
        self.styles = Styles(self.package, self._target("styles") or "word/styles.xml")
        self.numbering = Numbering(self.package, self._target("numbering") or "word/numbering.xml")

    def _target(self, kind: str) -> str:
        return next((one.target for one in self.relations.values() if one.kind == kind), "")

    def style(self, paragraph: Any) -> Style:
        """The style of a paragraph."""
        own = next((child for child in paragraph if local(child) == "pPr"), ())
        return self.styles.get(attribute(next((child for child in own if local(child) == "pStyle"), None), "val"))

    def blocks(self, container: Iterable[Any], flow: Flow) -> None:
        """Add the paragraphs and tables of a body, a cell or a box."""
        for child in container:
            tag = local(child)
            if tag == "p":
                self._paragraph(child, flow)
            elif tag == "tbl":
                flow.end()
                flow.blocks.extend(self._table(child))
            elif tag == "sdt":
                if any(attribute(part, "val") == _CONTENTS for part in child.iter() if "docPart" in local(part)):
                    self._leave_contents()
                else:
                    self.blocks(content(child), flow)
            elif tag in THROUGH:
                self.blocks(child, flow)
            elif tag == "AlternateContent":
                self.blocks(chosen(child), flow)

    def _leave_contents(self) -> None:
        if "sommaire laissé" not in self.notes:
            self.notes.append("sommaire laissé")

    def _paragraph(self, paragraph: Any, flow: Flow) -> None:
        style = self.style(paragraph)
        if style.is_contents:
            self._leave_contents()
            return
        level, listed = properties(next((child for child in paragraph if local(child) == "pPr"), None))
        level = level or style.level
        level = 1 if style.is_title else level + (self.entitled and level > 0)
        number = None if level else self.numbering.item(listed if listed is not None else style.list)
        if number is not None:
            flow.mark(number)
        self.runs.read(paragraph, flow, bold=style.bold)
        if number is None:
            flow.end(level)
        else:
            flow.unmark()
        boxes, self.runs.boxes = self.runs.boxes, []
        for box in boxes:
            self.blocks(box, flow)

    # -- tables --------------------------------------------------------------------------------------------------
    def _table(self, table: Any) -> list[Block]:
        above: dict[int, Cell] = {}  # column → merged cell that may go on
        rows = [row for element in _through(table, "tr") if (row := self._row(element, above)) is not None]
        return table_blocks(rows)

    def _row(self, row: Any, above: dict[int, Cell]) -> list[Cell] | None:
        facts = {local(fact): attribute(fact, "val") for child in row if local(child) == "trPr" for fact in child}
        if "del" in facts:
            return None
        column = count(facts["gridBefore"], _WIDEST) if facts.get("gridBefore", "0") != "0" else 0
        cells: list[Cell] = [Cell([], columns=column)] if column else []
        for element in _through(row, "tc"):
            own = {local(fact): fact for child in element if local(child) == "tcPr" for fact in child}
            width = count(attribute(own.get("gridSpan"), "val"), _WIDEST)
            merged = own.get("vMerge")
            if merged is not None and attribute(merged, "val") != "restart" and column in above:
                above[column].rows += 1
            else:
                above.pop(column, None)
                cell = Cell(self._cell(element), columns=width)
                cells.append(cell)
                if merged is not None:
                    above[column] = cell
            column += width
        return cells

    def _cell(self, element: Any) -> list[Block]:
        flow = Flow()
        self.blocks(element, flow)
        flow.end()
        return flow.blocks

    # -- what stands apart -----------------------------------------------------------------------------------------
    def footnotes(self) -> list[Block]:
        """Footnotes and endnotes, under a title of their own."""
        flow = Flow()
        for kind in ("footnotes", "endnotes"):
            notes = self.package.optional(self._target(kind))
            for note in notes if notes is not None else ():
                if attribute(note, "type") in {"", "normal"}:
                    self.blocks(note, flow)
        return [Paragraph(_NOTES_TITLE, level=2), *flow.blocks] if flow.blocks else []

    def furniture(self) -> list[str]:
        """What the headers and footers say, which are left out."""
        found: dict[str, None] = {}
        for one in self.relations.values():
            if one.kind in {"header", "footer"} and (root := self.package.optional(one.target)) is not None:
                said = " ".join(words(part) for part in root.iter() if local(part) == "t").strip()
                kind = "en-tête" if one.kind == "header" else "pied"
                if said:
                    found[f"{kind} de page laissé : « {said[:120]} »"] = None
        return list(found)


def _through(container: Any, tag: str) -> Iterator[Any]:
    for child in container:
        name = local(child)
        if name == tag:
            yield child
        elif name == "sdt":
            yield from _through(content(child), tag)
        elif name in THROUGH:
            yield from _through(child, tag)

"""What the styles and the numbering of a Word file say of its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ingest.formats.package import attribute, count, local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.formats.package import Package

_DEEPEST = 30  # styles based on each other
_NO = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Style:
    """How the paragraphs of a style look.

    Attributes:
        level: outline level from 1; 0 for text.
        list: number of its list and level in it, from 0; an empty number for none.
    """

    name: str = ""
    level: int = 0
    list: tuple[str, int] = ("", 0)
    bold: bool = False

    @property
    def is_title(self) -> bool:
        """Whether it is that of the document's title."""
        return self.name in {"title", "titre"}

    @property
    def is_contents(self) -> bool:
        """Whether it is that of a line of a table of contents."""
        return self.name.startswith(("toc ", "tm ", "toc heading", "table of figures"))


def on(element: Any | None) -> bool:
    """Whether a switch is there and on."""
    return element is not None and attribute(element, "val").lower() not in _NO


def properties(paragraph_properties: Any | None) -> tuple[int, tuple[str, int] | None]:
    """Outline level, from 1, and list that the properties of a paragraph tell; 0 and None where they do not."""
    level, listed = 0, None
    for child in paragraph_properties if paragraph_properties is not None else ():
        if local(child) == "outlineLvl":
            value = attribute(child, "val")
            level = int(value) + 1 if value in "012345678" and value else 0
        elif local(child) == "numPr":
            facts = {local(fact): attribute(fact, "val") for fact in child}
            depth = facts.get("ilvl", "0")
            listed = (facts.get("numId", ""), int(depth) if depth.isdigit() and len(depth) == 1 else 0)
    return level, listed


class Styles:
    """The styles of one file."""

    def __init__(self, package: Package, part: str) -> None:
        self._raw: dict[str, Any] = {}
        self._known: dict[str, Style] = {}
        self.default = ""
        root = package.optional(part)
        for style in root if root is not None else ():
            if local(style) == "style":
                self._raw[attribute(style, "styleId")] = style
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true"}:
                    self.default = attribute(style, "styleId")

    def get(self, identifier: str, depth: int = 0) -> Style:
        """A style with what it takes from those it is based on; a plain one where it is unknown."""
        identifier = identifier or self.default
        if identifier in self._known:
            return self._known[identifier]
        raw = self._raw.get(identifier)
        if raw is None or depth > _DEEPEST:
            return Style()
        facts = {local(child): child for child in raw}
        based = attribute(facts.get("basedOn"), "val")
        found = replace(self.get(based, depth + 1), name="") if based else Style()
        found = replace(found, name=attribute(facts.get("name"), "val").lower())
        level, listed = properties(facts.get("pPr"))
        if level or listed:
            found = replace(found, level=level or found.level, list=listed or found.list)
        if found.name.startswith(("heading ", "titre ")) and not found.level and found.name[-1].isdigit():
            found = replace(found, level=int(found.name[-1]))
        bold = next((fact for fact in facts.get("rPr", ()) if local(fact) == "b"), None)
        if bold is not None:
            found = replace(found, bold=on(bold))
        self._known[identifier] = found
        return found


class Numbering:
    """The lists of one file, and how far each has counted."""

    def __init__(self, package: Package, part: str) -> None:
        self._formats: dict[str, dict[int, tuple[str, int]]] = {}  # list → level → its format and first number
        self._counts: dict[tuple[str, int], int] = {}
        root = package.optional(part)
        abstract: dict[str, dict[int, tuple[str, int]]] = {}
        for child in root if root is not None else ():
            if local(child) == "abstractNum":
                abstract[attribute(child, "abstractNumId")] = dict(_levels(child))
        for child in root if root is not None else ():
            if local(child) == "num":
                source = next((attribute(fact, "val") for fact in child if local(fact) == "abstractNumId"), "")
                levels = dict(abstract.get(source, {}))
                for override in child:
                    if local(override) == "lvlOverride":
                        levels.update(_levels(override))
                self._formats[attribute(child, "numId")] = levels

    def item(self, listed: tuple[str, int]) -> int | None:
        """The number of the next item of a list, 0 for a bullet; None where it is no list."""
        name, level = listed
        if name in {"", "0"} or name not in self._formats:
            return None
        kind, first = self._formats[name].get(level, ("bullet", 1))
        if kind == "none":
            return None
        if kind == "bullet":
            return 0
        number = self._counts.get((name, level), first - 1) + 1
        self._counts[name, level] = number
        for deeper in range(level + 1, 10):
            self._counts.pop((name, deeper), None)
        return number


def _levels(element: Any) -> Iterator[tuple[int, tuple[str, int]]]:
    for level in element:
        if local(level) == "lvl":
            facts = {local(fact): attribute(fact, "val") for fact in level}
            depth = attribute(level, "ilvl")
            if depth.isdigit():
                yield int(depth), (facts.get("numFmt", "bullet"), count(facts.get("start", "1")))

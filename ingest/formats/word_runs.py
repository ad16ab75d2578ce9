"""The runs of a Word paragraph: text, symbols, boxes to tick, fields and links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest.formats.package import attribute, local, words
from ingest.formats.word_styles import on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.formats.flow import Flow

THROUGH = frozenset("ins moveTo customXml smartTag dir bdo sdtContent fldSimple".split())
_ADDRESS = re.compile(r'HYPERLINK\s+"([^"]+)"')
_SPACES = {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_PICTURES = frozenset("drawing pict object AlternateContent".split())
_SYMBOL_FONT = 0xF000
_PRINTED = ((0x20, 0x100), (0x100, 0xD800), (0xE000, 0xFFFE))


@dataclass(slots=True)
class _Field:
    """A field of Word: its instruction, then what it shows."""

    flow: Flow
    shown: bool = False
    told: str = ""
    since: int = 0
    paragraphs: int = 0


@dataclass(slots=True)
class Runs:
    """Reads the runs of paragraphs one after the other; a field may go on from one to the next.

    Attributes:
        targets: addresses of links, by the name that the file gives them.
        boxes: text boxes met since they were last taken.
    """

    targets: dict[str, str]
    boxes: list[Any] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)

    def read(self, container: Iterable[Any], flow: Flow, *, bold: bool) -> None:
        """Add the text of a paragraph."""
        self._inside(container, flow, bold=bold)
        self._fields = [one for one in self._fields if one.shown]

    def _inside(self, container: Iterable[Any], flow: Flow, *, bold: bool) -> None:
        for child in container:
            tag = local(child)
            if tag == "r":
                self._run(child, flow, bold=bold)
            elif tag == "hyperlink":
                since = flow.place()
                self._inside(child, flow, bold=bold)
                flow.link(since, self.targets.get(attribute(child, "id"), ""))
            elif tag == "sdt":
                box = next((fact for fact in child.iter() if local(fact) == "checkbox"), None)
                if box is None:
                    self._inside(content(child), flow, bold=bold)
                else:
                    flow.add(" ☒ " if any(local(fact) == "checked" and on(fact) for fact in box) else " ☐ ")
            elif tag in THROUGH:
                self._inside(child, flow, bold=bold)
            elif tag == "AlternateContent":
                self._inside(chosen(child), flow, bold=bold)
            elif tag in {"oMath", "oMathPara"}:
                flow.add(words(child))

    def _run(self, run: Any, flow: Flow, *, bold: bool) -> None:
        own = {local(fact): fact for child in run if local(child) == "rPr" for fact in child}
        if on(own.get("vanish")):
            return
        bold = on(own["b"]) if "b" in own else bold
        for child in run:
            tag = local(child)
            if tag == "fldChar":
                self._field(child, flow)
            elif self._fields and not self._fields[-1].shown:
                self._fields[-1].told += (child.text or "") if tag == "instrText" else ""
            elif tag in _PICTURES:
                shown = chosen(child) if tag == "AlternateContent" else (child,)
                self.boxes += [box for part in shown for box in part.iter() if local(box) == "txbxContent"]
            else:
                _text(child, tag, flow, bold=bold)

    def _field(self, mark: Any, flow: Flow) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            facts = {local(fact): fact for fact in mark.iter()}
            if "checkBox" in facts:
                flow.add(" ☒ " if on(facts.get("checked", facts.get("default"))) else " ☐ ")
            self._fields.append(_Field(flow))
        elif kind == "separate" and self._fields:
            top = self._fields[-1]
            top.shown, top.since, top.paragraphs = True, flow.place(), len(flow.blocks)
        elif kind == "end" and self._fields:
            top = self._fields.pop()
            address = _ADDRESS.search(top.told)
            if address and top.flow is flow and top.paragraphs == len(flow.blocks):
                flow.link(top.since, address[1])


def _text(child: Any, tag: str, flow: Flow, *, bold: bool) -> None:
    if tag == "t":
        flow.add(child.text or "", bold=bold)
    elif tag in {"br", "cr"}:
        flow.end() if attribute(child, "type") in {"page", "column"} else flow.soft()
    elif tag == "sym":
        flow.add(_symbol(attribute(child, "char")))
    elif tag in _SPACES:
        flow.add(_SPACES[tag])


def content(element: Any) -> Iterable[Any]:
    """What a content control holds."""
    return next((child for child in element if local(child) == "sdtContent"), ())


def chosen(element: Any) -> Iterable[Any]:
    """The first way of showing something; the others say the same for older programs."""
    return next((child for child in element if local(child) == "Choice"), next(iter(element), ()))


def _symbol(code: str) -> str:
    """The character of a symbol font; one below 256 stands in the private use area as it does in the font."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if not any(low <= number < high for low, high in _PRINTED):
        return ""
    return chr(number | _SYMBOL_FONT if number < _PRINTED[0][1] else number)

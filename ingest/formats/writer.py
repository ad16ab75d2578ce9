"""Paragraphs and tables of any format, and the one text that they are written as."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS, clean
from ingest.words.bare_names import mostly_bare
from ingest.words.headers import header_roles

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARK = "▶ "
_BREAK = "<br>"
_SPACES = re.compile(r"[ \t\r\f\v\n]+")
# What would be taken for markup further on; `cleaning.clean` undoes it.
_TAG_LIKE = re.compile(r"<(?=[/!?]?[a-zA-Z])")
_ENTITY_LIKE = re.compile(r"&(?=#?\w{1,32};)")
_DROPPED = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x80, 0xA0), 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFE])
# Bullets and arrows of symbol fonts, at their places in the private use area, and what they look like.
SYMBOLS = {
    **dict.fromkeys([*range(0xE000, 0xE100), *range(0xF080, 0xF100)], "•"),  # whatever else such fonts draw there
    0xF0B7: "•", 0xF0A7: "▪", 0xF06E: "■", 0xF06F: "☐", 0xF071: "☐", 0xF0A8: "☐", 0xF072: "☐", 0xF0D8: "➢",
    0xF0FC: "✓", 0xF0FE: "☒", 0xF0FD: "☒", 0xF054: "☒", 0xF052: "☒", 0xF076: "❖", 0xF0E0: "→", 0xF0E8: "➔",
    0x7F: "•", 0xF0F0: "→", 0xF0DE: "→", 0xF02D: "-", 0xF0BE: "-", 0xF06C: "●", 0xF0A1: "○", 0xF075: "◆",
}  # fmt: skip
_CHARACTERS = str.maketrans({**_DROPPED, **SYMBOLS})
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MOST_NUMBERED = 99
_SURE_ROLES = 3  # columns that a row names when it can only be a header
_LONGEST_BOLD = 16  # words of a line in bold that is a title


@dataclass(frozen=True, slots=True)
class Converted:
    """A file as text.

    Attributes:
        text: in the forms of the text pipeline; offsets are code points from 0.
        pages: offset and number, from 1, of each passage that stands on another page than what is before it.
        notes: what was left out, for the user.
        doubts: start and end of each passage whose column is doubtful.
    """

    text: str
    pages: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Paragraph:
    """A paragraph, a title or an item of a list.

    Attributes:
        text: escaped by `plain`; line breaks inside it are line feeds.
        level: of a title, from 1; 0 for text.
        marked: a bullet or a number opens it.
        number: of a numbered item, from 1; 0 without one.
        bold: all its letters are.
        page: from 1; 0 where there are none.
        doubtful: it may belong to another column.
    """

    text: str
    level: int = 0
    marked: bool = False
    number: int = 0
    bold: bool = False
    page: int = 0
    doubtful: bool = False


@dataclass(slots=True)
class Table:
    """Rows of cells, all as wide as the table; ``headed``: the first row is its header, and no other one."""

    rows: list[list[list[Paragraph]]] = field(default_factory=list)
    headed: bool = False


Block = Paragraph | Table


def plain(text: str) -> str:
    r"""Text of a file without control characters, with spaces of one kind and nothing that looks like markup.

    >>> plain("a\t<b> &amp; \uf0b7 c < d")
    'a &lt;b> &amp;amp; • c < d'
    """
    text = _SPACES.sub(" ", text).translate(_CHARACTERS)
    if "&" in text:
        text = _ENTITY_LIKE.sub("&amp;", text)
    if "<" in text:
        text = _TAG_LIKE.sub("&lt;", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def link(text: str, address: str) -> str:
    """What to add after the text of a link: its address, where the text is not the address already.

    >>> link("le site", "https://exemple.invalid/a b"), link("exemple.invalid", "https://exemple.invalid/")
    (' <https://exemple.invalid/a%20b>', '')
    """
    address = _SPACES.sub("%20", address.strip()).replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
    if not _ADDRESS.fullmatch(address) or _bare(address) in _bare(text):
        return ""
    return f" <{address}>"


def _bare(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?|\s|/$", "", address.strip().lower())


class Writer:
    """Writes blocks one after the other and keeps the page of each passage."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pages: list[tuple[int, int]] = []
        self._doubts: list[tuple[int, int]] = []

    def write(self, blocks: Iterable[Block]) -> None:
        """Add blocks; a blank line parts them, but for the items of one list."""
        before: Block | None = None
        for block in blocks:
            together = _listed(before) and _listed(block)
            if self._parts and not together:
                self._add("\n")
            if isinstance(block, Table):
                self._table(block)
            else:
                self._paragraph(block)
            before = block

    def line(self, text: str, page: int, *, apart: bool) -> None:
        """Add a line as it is; a blank line parts it from what is before it where ``apart``."""
        if apart and self._parts:
            self._add("\n")
        self._add(text + "\n", page)

    def text(self, notes: Iterable[str] = ()) -> Converted:
        """All that was written."""
        return Converted("".join(self._parts), tuple(self._pages), tuple(notes), tuple(self._doubts))

    def _add(self, text: str, page: int = 0) -> None:
        if page and (not self._pages or self._pages[-1][1] != page):
            self._pages.append((self._length, page))
        self._parts.append(text)
        self._length += len(text)

    def _paragraph(self, paragraph: Paragraph) -> None:
        words = paragraph.text
        flat = words.replace("\n", " ")
        if paragraph.level:
            line = "#" * min(paragraph.level, 6) + " " + flat
        elif paragraph.marked:
            line = _item(words, "- ", paragraph.number)
        elif paragraph.bold and len(flat.split()) <= _LONGEST_BOLD and not flat.endswith("."):
            line = f"**{flat}**"
        else:
            line = words
        self._add(line + "\n", paragraph.page)

    def _table(self, table: Table) -> None:
        headed = {0} if table.headed else _headers(table)
        for number, row in enumerate(table.rows):
            for place, cell in enumerate(row):
                if place:
                    self._add("\t")
                for rank, paragraph in enumerate(cell):
                    words = paragraph.text.replace("\n", _BREAK)
                    words = _item(words, _MARK) if paragraph.marked else words
                    start = self._length
                    self._add(_BREAK + words if rank else words, paragraph.page)
                    if paragraph.doubtful:
                        self._doubts.append((start, self._length))
            self._add("\n")
            if number in headed:
                self._add("|" + "---|" * len(row) + "\n")


def _item(words: str, mark: str, number: int = 0) -> str:
    if words[:1] and words[0] in BULLETS:
        return words
    return (f"{number}) " if 0 < number <= _MOST_NUMBERED else mark) + words


def _headers(table: Table) -> set[int]:
    """Rows that are headers: the first one whose words name columns, and later ones that surely do.

    A rule under them keeps a row of questions from being taken for another header.
    """
    found: set[int] = set()
    first: list[str] = []
    for number, row in enumerate(table.rows):
        if any(one.marked for cell in row for one in cell):
            continue
        names = [clean(" ".join(one.text for one in cell)) for cell in row]
        roles = header_roles(names)
        if roles is None:
            continue
        shared = any(name and name == other for name, other in zip(names, first, strict=False))
        sure = sum(role is not None for role in roles) >= _SURE_ROLES and mostly_bare(names)
        if not found or sure or shared or all(one.bold for cell in row for one in cell):
            found.add(number)
            first = first or names
    return found


def _listed(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.marked

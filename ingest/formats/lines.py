"""Lines of text by their places, and the paragraphs and items that they are: of a page, or of one cell."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, product
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS
from ingest.formats.anew import USUAL, Style, begins_anew
from ingest.formats.broken_words import SHORT_WORDS, is_broken
from ingest.formats.strewn_words import bare_word
from ingest.formats.writer import Paragraph, link, plain
from ingest.tables.run_on import opens_action

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_OPENS = re.compile(rf"^(?:[{BULLETS}·]|[-–—*+](?=\s)|[o§](?=\s\S))\s*")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\s?[-/–]\s?(?:20)?\d\d)?[.,;]?$")  # goes on with "Novembre"
_NUMBER = re.compile(r"^(\d{1,2})\s?[.)]\s+(?=\S)")
_JOINED = re.compile(r"^\S+(?:\s[:;!?»%€]+)*|^«\s\S+")
_END = (".", ":", "?", "!", ";")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$", re.IGNORECASE)
_MOST_BROKEN = 6  # lines of a header
_SOFT = "\u00ad"
_HYPHENS = ("-", "‑", _SOFT)
_LONGEST_PIECE = 4  # letters of what is surely no word
_LEADING, _LOOSE = 1.25, 1.32  # of the size of letters; of the usual leading, from which lines stand apart
_HALF = 0.5
_ROUGH = 0.15  # of the width of a column, where widths are only roughly known
_ROUGH_LETTERS = 3  # that would have fitted, where widths are only roughly known
_SLACK = 0.35  # of the size of letters, in doubt whether a word would have fitted


@dataclass(slots=True)
class Word:
    """Letters without a space.

    Attributes:
        x0: where they begin; ``x1``: where they end.
        first: where the first of them ends.
        glued: they belong to the word before, and only a link begins.
    """

    text: str
    x0: float
    x1: float
    first: float
    link: str = ""
    glued: bool = False

    def shifted(self, by: float) -> Word:
        """The same, further right."""
        return replace(self, x0=self.x0 + by, x1=self.x1 + by, first=self.first + by)


@dataclass(slots=True)
class Line:
    """Words on one baseline ``y``; ``size`` is that of most letters."""

    words: list[Word]
    y: float
    size: float
    bold: bool = False
    page: int = 0

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.words[-1].x1

    @property
    def text(self) -> str:
        """Its words, parted by single spaces."""
        return "".join(word.text if word.glued else f" {word.text}" for word in self.words).strip()

    @property
    def opened(self) -> bool:
        """Whether a bullet opens it."""
        return bool(_OPENS.match(self.text))


@dataclass(slots=True)
class Room:
    """How far the lines of a cell or a column may go, and how far apart its lines stand.

    Attributes:
        right: where no letter can stand any more; ``reach``: how far letters do stand.
        leading: usual distance of two lines, in sizes of letters.
        space: width of a space, in sizes of letters.
        strict: widths are only roughly known: a new paragraph also begins with a capital.
        known: words of the document, to tell those that are broken; ``breaks``: some surely are.
        names: its words that have a capital wherever they stand.
        cell: the lines are those of one cell of a table; ``style``: how items of its column are written.
    """

    right: float
    leading: float = _LEADING
    space: float = 0.27
    strict: bool = False
    known: frozenset[str] = frozenset()
    breaks: bool = False
    names: frozenset[str] = frozenset()
    cell: bool = False
    style: Style = USUAL
    reach: float = 0.0


@dataclass(slots=True)
class _Draft:
    lines: list[Line] = field(default_factory=list)
    marked: bool = False


def usual_leading(groups: Iterable[Sequence[Line]]) -> float:
    """The usual distance of two lines, in sizes of letters."""
    steps = [
        (other.y - one.y) / one.size
        for lines in groups
        for one, other in pairwise(lines)
        if one.page == other.page and 0.9 < (other.y - one.y) / one.size < 2.2
    ]
    return statistics.median_low(sorted(steps)[: max(1, len(steps) * 3 // 4)]) if steps else _LEADING


def paragraphs(lines: Sequence[Line], room: Room) -> list[Paragraph]:
    """The paragraphs and items that some lines are, in order."""
    drafts: list[_Draft] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        opened = line.opened
        if before is None or opened or _begins(before, line, drafts[-1], room):
            drafts.append(_Draft(marked=opened))
        drafts[-1].lines.append(line)
    made = [paragraph for draft in drafts if (paragraph := _paragraph(draft, room)) is not None]
    _number(made)
    return made


def _number(made: list[Paragraph]) -> None:
    """Make items of paragraphs that are numbered one after the other."""
    found = [_NUMBER.match(paragraph.text) for paragraph in made]
    numbers = [int(match[1]) if match else 0 for match in found]
    for place, match in enumerate(found):
        number = numbers[place]
        after = place + 1 < len(made) and numbers[place + 1] == number + 1
        if match and not made[place].marked and (after or (place and numbers[place - 1] == number - 1 > 0)):
            made[place].text = made[place].text[match.end() :]
            made[place].marked, made[place].number = True, number


def _begins(before: Line, line: Line, draft: _Draft, room: Room) -> bool:
    """Whether a line begins a paragraph rather than go on with the one before."""
    text = line.text
    if line.page != before.page:
        anew = room.cell and not draft.marked and _anew(line, draft, room)
        other = before.bold != line.bold or not (room.cell or filled(before, line, room))
        return anew or ((before.text.endswith(_END) or other) and not text[:1].islower())
    apart = line.y - before.y > _LOOSE * room.leading * max(before.size, line.size)
    year = _YEAR.match(text) is not None and before.text[-1].isalpha()
    if year or (apart and not (room.strict and text[:1].islower())):
        return not year
    if draft.marked and _hangs(draft.lines[0], line):
        return False
    if room.strict and before.text.endswith(","):
        return False
    if before.bold != line.bold and not text[:1].islower():
        return True
    if _NUMBER.match(text) and _NUMBER.match(draft.lines[0].text):
        return True
    if room.strict and draft.marked and not text[:1].isupper():
        return False
    return not filled(before, line, room) if draft.marked else _anew(line, draft, room)


def _anew(line: Line, draft: _Draft, room: Room) -> bool:
    """Whether a line begins a paragraph below one without a bullet: that one had room for more, or its words tell."""
    before, item = draft.lines[-1], " ".join(one.text for one in draft.lines)
    if room.cell and room.strict:
        left = (room.right - _needed(before, line, room)) / max(1.0, room.right - before.x0)
        return begins_anew(line.text, before.text, room.names, room.style, max(0.0, left), item)
    if not filled(before, line, room):
        return True
    if room.cell:
        return begins_anew(line.text, before.text, room.names, room.style, item=item)
    return opens_action(line.words[0].text, before.words[-1].text)


def _hangs(first: Line, line: Line) -> bool:
    """Whether a line stands under the text of an item, to the right of its bullet."""
    text = first.words[1].x0 if len(first.words) > 1 else first.x1
    return line.x0 > first.x0 + _HALF * (text - first.x0) and abs(line.x0 - text) < line.size


def filled(before: Line, line: Line, room: Room) -> bool:
    """Whether the first words of a line would not have fitted at the end of the line before."""
    slack = _ROUGH * (room.right - before.x0) if room.strict else _SLACK * before.size
    return _needed(before, line, room) > room.right - slack


def _needed(before: Line, line: Line, room: Room) -> float:
    """How far a line would go with the first words of the next one."""
    match = _JOINED.match(line.text)
    length = len(match[0].split()) if match else 1
    return before.x1 + room.space * before.size + line.words[min(length, len(line.words)) - 1].x1 - line.x0


def _paragraph(draft: _Draft, room: Room) -> Paragraph | None:
    text = _joined(draft.lines, room)
    if draft.marked:
        text = _OPENS.sub("", text, count=1)
    elif not text:
        return None
    lines = draft.lines
    return Paragraph(text, marked=draft.marked, bold=all(line.bold for line in lines), page=lines[0].page)


def _joined(lines: list[Line], room: Room) -> str:
    """The text of some lines; a hyphen or an address that ends one goes on in the next."""
    tokens: list[tuple[str, Word]] = []  # what parts a word from the one before, and the word
    for number, line in enumerate(lines):
        for place, word in enumerate(line.words):
            broken = number > 0 and place == 0 and _goes_on(lines[number - 1], word, room)
            if broken and _parted(tokens[-1][1].text, word.text, room):
                tokens[-1] = (tokens[-1][0], replace(tokens[-1][1], text=tokens[-1][1].text[:-1]))
            tokens.append(("" if broken or word.glued or not tokens else " ", word))
    text = ""
    for address, run in groupby(tokens, key=lambda token: token[1].link):
        shown = "".join(glue + word.text for glue, word in run)
        text += plain(shown) + (link(shown, address) if address else "")
    return text.strip()


def _parted(word: str, after: str, room: Room) -> bool:
    """Whether the hyphen that ends a line only parts a word between two syllables."""
    whole = bare_word(word[:-1]) + bare_word(after)
    return word.endswith(_SOFT) or (word.endswith(_HYPHENS) and whole in room.known)


def _goes_on(line: Line, after: Word, room: Room) -> bool:
    """Whether the last word of a line goes on in the next line."""
    last = line.words[-1]
    if last.text.endswith(_HYPHENS) and len(last.text) > 1:
        return last.text[-2].isalnum() and after.text[0].isalnum()
    if _ADDRESS.search(last.text) and last.text[-1] in "/-_=?&.%#":
        return not after.text[:1].isupper()
    if not _fills(line, after, room):
        return False
    if last.text[-1].isdigit():
        return after.text[0].isdigit() and room.breaks
    one, other = bare_word(last.text), bare_word(after.text)
    return last.text[-1].isalpha() and after.text[0].islower() and is_broken(one, other, room.known, breaks=room.breaks)


def _fills(line: Line, after: Word, room: Room) -> bool:
    """Whether a line leaves no room for a letter, and its last word is too wide with the first one of the next.

    Where widths are only roughly known, that word is the only one of its line.
    """
    if room.strict and len(line.words) > 1 + line.opened:
        return False
    last, wide = line.words[-1], after.x1 - after.x0
    right = room.reach if room.strict else room.right
    left = right - last.x1
    full = left <= _ROUGH_LETTERS if room.strict else left < after.first - after.x0
    start = min(last.x0, after.x0) if room.strict else after.x0
    return full and last.x1 - last.x0 + wide > right - start


def breaks_words(cells: Iterable[tuple[Sequence[Line], float]], known: frozenset[str]) -> bool:
    """Whether words wider than their column are broken anywhere, in cells given with how far their letters stand."""
    ends = [
        bare_word(other.words[0].text)
        for lines, right in cells
        for one, other in pairwise(lines)
        if one.words[-1].text[-1].isalpha() and other.text[:1].islower() and _fills(one, other.words[0], Room(right))
    ]
    sure = [end for end in ends if len(end) < _LONGEST_PIECE and end.isalpha() and end not in SHORT_WORDS | known]
    return len(sure) > 1


def unbroken(texts: Sequence[str], means: Callable[[str], object]) -> str | None:
    """The lines of a narrow header, its broken words made whole so that they mean something; None where they do not."""
    for glue in product((" ", ""), repeat=len(texts) - 1) if 1 < len(texts) <= _MOST_BROKEN else ():
        said = texts[0] + "".join(by + text for by, text in zip(glue, texts[1:], strict=True))
        if means(said) is not None:
            return plain(said)
    return None

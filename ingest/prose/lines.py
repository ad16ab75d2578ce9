"""The lines of a report that stand outside its tables, and what each looks like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from ingest.cleaning import clean, trim
from ingest.prose.field_labels import label_alone, label_of, said_of
from ingest.prose.groups import lines_apart, numbered_parts, short_lines
from ingest.prose.marks import (
    COUNTED,
    MARKED,
    asks_apart,
    closes_bracket,
    goes_on,
    is_broken,
    is_numbered,
    mark_of,
    names_alone,
    names_list,
    stands_below,
)
from ingest.prose.openings import nth_question
from ingest.prose.parts import role_behind, whole_titles
from ingest.words.headers import Role, is_section, loose_role, names_block, starts_report, title_role
from ingest.words.phrases import RANKED, phrases, told_by_stem
from ingest.words.template import is_address, reason_aside
from ontology import Reason, fold, horizon_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.document import Document
    from ontology import Span

_ASKED = re.compile(r"^Q(?:uestion)?\s?(?:n\s?°\s?)?\d{1,2}\s*[.:)–-]", re.IGNORECASE)
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+\S")
_BOLD = re.compile(r"^\s*(?:\*\*|__|<b>|<strong>)(?=\S).+(?:\*\*|__|</b>|</strong>)\s*:?\s*$")
THEMED = re.compile(
    r"^(?:th(?:[ée]matique|[èe]me)\s+(?:n\s?°\s?)?(?:\d\b|[A-H]\s[–—-]\s)"
    r"|(?:partie|volet|chapitre|bloc)\s+(?:n\s?°\s?)?(?:\d{1,2}|[A-H]|[IVX]{1,4})\s*[:.–—-]\s)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:\d{1,2}\.|(?-i:[A-H]|[IVX]{1,4})\.\s|th[ée]matique\s+n|th[èe]me\s+n)", re.IGNORECASE)
_NUMBERED_BOLD = re.compile(r"^\s*\d{1,2}\s?[.)]\s*(?:\*\*|__|<b>|<strong>)")
_TOLD = re.compile(
    r"^\W*(?:retex|retour d.exp[ée]rience|t[ée]moignage|exp[ée]rience)\s*(?:n\s?°\s*)?"
    r"(?:\d{1,2}|(?-i:[A-H]))\b(?!['’])",
    re.IGNORECASE,
)
_NTH = re.compile(r"(?i)(?:premi[eè]re?|deuxi[eè]me|seconde?|troisi[eè]me) (?:retex|t[ée]moignage|exp[ée]rience)\b")
_PAGED = re.compile(
    r"(?<!\W)\W+(?:p(?:age|\.)\s*\d{1,3}|(?:p(?:age|\.)?\s*)?\d{1,3}\s*(?:/|sur)\s*\d{1,3})\W*$", re.IGNORECASE
)
RULED = re.compile(r"^\s*(?:([=~])\1+\s*[^\W_].*?\1{2,}|([-_*])\2{3,}\s*[^\W_].*?\2{4,})\s*$")  # "------ Suite ------"
_RULE = re.compile(r"^\s*([-_*=~#])\1{2,}\s*$")  # a line across the page
_LEAST_ITEMS, _LONGEST_TITLE = 8, 16  # lines, words
_FURNITURE_TIMES, _FURNITURE_WORDS = 3, 3
_CAPITALS, _MORE_WORDS = 0.7, 8
_SHORT_QUESTION = 6  # words of a title that nothing parts from the line above it
_SHORT_CAPTION, _SHORT_TITLE, _SHORT_CLAUSE = 4, 5, 8
_LEADING = [
    [word] for word in ("les", "nos", "vos", "leurs", "principaux", "principales", "quelques", "premiers", "premieres")
]


def _runs(words: str, times: Counter[str]) -> bool:
    """Whether a line comes back on page after page."""
    bare = _unpaged(words)
    if bare != words and bare and times[bare] > 1:
        return True
    again = times[words] >= _FURNITURE_TIMES and len(words.split()) >= _FURNITURE_WORDS
    return again and not (_opens_list(words) or title_role(words) or phrases("people").opening(words))


def _unpaged(words: str) -> str:
    """The words of a line without the number of its page."""
    return _PAGED.sub("", words)


class Look(Enum):
    """What a line looks like."""

    BLANK = auto()
    HEADING = auto()  # a title by its markup
    TITLE = auto()  # a title by its words
    STORY = auto()  # the title of an experience told: "RETEX 2 (Vendée)"
    ITEM = auto()
    TEXT = auto()
    FURNITURE = auto()  # a running header


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its place, its words, and what it looks like."""

    span: Span
    words: str
    look: Look
    level: int = 0  # of a heading by its markup, from 1; 0 for any other line
    counted: bool = False  # a number or a letter opens it, as it opens an item or a title
    lead: bool = False  # it only groups the items under it
    apart: bool = False  # it stands among lines that each begin with a capital and end as items do

    @property
    def titled(self) -> bool:
        """Whether it is a title, by its markup or by its words."""
        return self.look is Look.HEADING or self.look is Look.TITLE

    @property
    def opens_report(self) -> bool:
        """Whether it is a heading of the first level that names neither a part of the form nor a theme."""
        named = is_section(self.words) or THEMED.match(self.words) or title_role(self.words) is not None
        return self.level == 1 and not named

    @property
    def caption(self) -> bool:
        """Whether it is the caption of a table, that a page break may have carried into the middle of it."""
        found = phrases("sections").opening(self.words)
        if self.look is not Look.TITLE or found is None or _NUMBERED.match(self.words):
            return False
        return " " in found[1] or (self.words[:1].isupper() and len(self.words.split()) <= _SHORT_CAPTION)

    @property
    def parts(self) -> bool:
        """Whether it is a title that no broken line of a cell could be."""
        if self.look is Look.TITLE:
            caption = phrases("sections").opening(self.words)
            return (
                starts_report(self.words)
                or bool(_NUMBERED.match(self.words))
                or (caption is not None and " " in caption[1])
            )
        return self.look in {Look.HEADING, Look.STORY}

    @property
    def marked(self) -> bool:
        """Whether a bullet, a dash or a number opens it."""
        return self.look is Look.ITEM


def read_lines(document: Document, spans: Iterable[Span]) -> list[Line]:
    """The lines at these places, each with its look."""
    raw = [(span, span.of(document.text), clean(trim(document.text, span).of(document.text))) for span in spans]
    raw = whole_titles(raw, document.text)
    times = Counter(_unpaged(words) for _, _, words in raw)
    parts, short, apart = numbered_parts(raw), short_lines(raw), lines_apart(raw)
    lines: list[Line] = []
    for place, (span, text, words) in enumerate(raw):
        opens = not lines or lines[-1].look not in {Look.TEXT, Look.ITEM} or lines[-1].span.end + 1 != span.start
        alone = place in short and (label_alone(words) or told_by_stem(words))
        below = bool(lines) and lines[-1].marked and stands_below(words, lines[-1].words, times[words])
        look = _look(text, words, times, opens=opens or bool(alone) or below)
        if look is Look.TITLE and ((lines and _is_first_entry(words, lines[-1], span)) or is_broken(raw, place)):
            look = Look.TEXT
        next_ = [text for _, text, _ in raw[place + 1 : place + 3]]
        if (look is Look.TEXT and _heads(words, next_)) or (look is Look.ITEM and _stands_apart(raw, place)):
            look = Look.TITLE
        counted = bool(COUNTED.match(text))
        if counted and look in {Look.TEXT, Look.TITLE} and (look is Look.TEXT or goes_on(raw, place)):
            look = Look.ITEM
        named = place in parts or (look is Look.ITEM and (names_list(raw, place) or asks_apart(raw, place)))
        if named and look in {Look.ITEM, Look.TEXT}:
            look = Look.TITLE
        if look is Look.ITEM and lines and closes_bracket(text, lines[-1].words):
            look = Look.TEXT
        heading = _HEADING.match(text)
        lines.append(Line(span, words, look, len(heading[1]) if heading else 0, counted, apart=place in apart))
    return lines


def _stands_apart(raw: list[tuple[Span, str, str]], place: int) -> bool:
    """Whether a numbered line between two white lines is a title by its first words."""
    around = [raw[near][1].strip() for near in (place - 1, place + 1) if 0 <= near < len(raw)]
    words = raw[place][2]
    return is_numbered(raw[place][1]) and not any(around) and len(words.split()) <= _SHORT_TITLE and _opens_list(words)


def unbroken(lines: Sequence[Line]) -> int:
    """How long items are, where each is one line that nothing broke; 0 where lines go on, or there are few items."""
    items = [place for place, line in enumerate(lines) if line.marked]
    longest = max((len(lines[place].words) for place in items), default=0)
    below = (lines[place + 1] for place in items if place + 1 < len(lines))
    broken = any(line.look is Look.TEXT and line.words[:1].islower() for line in below)
    return 0 if broken or len(items) < _LEAST_ITEMS else longest


def _is_first_entry(words: str, above: Line, span: Span) -> bool:
    """Whether a line right under the title of a list is its first entry, though a word in it names a column."""
    if not above.titled or above.span.end + 1 != span.start or words.endswith((":", "?")) or words.isupper():
        return False
    told = phrases("roles").first(words) is not None or is_section(words) or starts_report(words) or THEMED.match(words)
    return not told and names_alone(above.words) and label_alone(words) is None


def _look(raw: str, words: str, times: Counter[str], *, opens: bool) -> Look:
    """What a line looks like; ``opens`` tells that no paragraph goes on in it."""
    if not raw.strip() or _RULE.match(raw):
        return Look.BLANK
    heading = (
        bool(_HEADING.match(raw))
        or (bool(_BOLD.match(raw)) and not MARKED.match(raw))
        or (bool(_NUMBERED_BOLD.match(raw)) and not said_of(words))
    )
    story = _TOLD.match(words)
    goes_on = story is not None and words[story.end() :].lstrip(" *_").startswith(":")
    if story and not is_address(words) and (goes_on or len(words.split()) <= _LONGEST_TITLE):
        return Look.STORY
    if heading:
        return Look.HEADING
    if is_address(words):
        return Look.TEXT
    asked = _ASKED.match(words)
    if RULED.match(raw) or (asked and (words.endswith("?") or title_role(words[asked.end() :].strip()))):
        return Look.TITLE
    if MARKED.match(raw):
        return Look.TITLE if _is_marked_title(raw, words) else Look.ITEM
    if not words:
        return Look.FURNITURE
    if _runs(words, times):
        return Look.FURNITURE
    asks = words.endswith("?") and words[:1].isupper() and (len(words.split()) <= _SHORT_QUESTION or times[words] > 1)
    counted = THEMED.match(words) or RANKED.match(words) or _NTH.match(words)
    if (opens or asks or words.endswith(":") or counted) and _is_title(words):
        return Look.TITLE
    return Look.TEXT


def _opens_list(words: str) -> bool:
    found = phrases("roles").first(words)
    led = bool(_NUMBERED.match(words)) or fold(words).split()[:1] in _LEADING
    told = (found is not None and found[1] <= led) or (found is None and title_role(words))
    return bool(told) or starts_report(words) or is_section(words)


def _is_marked_title(raw: str, words: str) -> bool:
    # "- Participants (nom, fonction)**": a converter took the title of a list for its first item.
    if not words or not raw.rstrip().endswith((":", "**")) or len(words.split()) > _LONGEST_TITLE:
        return False
    found = phrases("people").first(words)
    if (found is not None and found[1] == 0) or title_role(words) is Role.QUESTION:
        return True
    told = phrases("roles").first(words)
    return told is not None and told[1] == 0 and len(words.split()) <= _SHORT_TITLE and title_role(words) is not None


def _heads(words: str, below: list[str]) -> bool:
    """Whether a few words right above a bullet, or above the term that parts its list, are the title of a list."""
    if not below:
        return False
    if not below[0].strip():  # alone at the end of a list: the title of what follows
        named = is_section(words) or (MARKED.match(below[-1]) and loose_role(words))
        return bool(named) and words[:1].isupper() and len(words.split()) <= _SHORT_TITLE and words[-1:] != "."
    if horizon_of(below[0]) and len(below[0].split()) <= _SHORT_TITLE:
        below = below[1:] or below
    longest = _SHORT_CLAUSE if told_by_stem(words) else _SHORT_TITLE
    short = len(words.split()) <= longest and words[:1].isupper() and words[-1:] not in {".", ",", ";"}
    marked = bool(MARKED.match(below[0]) or COUNTED.match(below[0]))
    if marked and is_numbered(below[0]) and names_alone(below[0][mark_of(below[0]) :]):
        return False  # the name of the next list
    if short and marked and title_role(words) is None and loose_role(words) and not MARKED.match(words):
        return True
    return (
        short
        and marked
        and title_role(words) is not None
        and (_opens_list(words) or horizon_of(words) is not None or told_by_stem(words) is not None)
    )


def _is_title(words: str) -> bool:
    count = len(words.split())
    if label_of(words) or reason_aside(words) is Reason.PLACEHOLDER:
        return False
    if count > _LONGEST_TITLE or words[-1] in ".,;":
        return False
    if words[-1] == "?":
        return title_role(words) is not None or is_section(words)
    people = phrases("people").first(words)
    parts = starts_report(words) or is_section(words) or names_block(words) or nth_question(words)
    if parts or (people and people[1] == 0):
        return True
    role = title_role(words)
    if role_behind(words):
        return True
    if THEMED.match(words) or (_NUMBERED.match(words) and role is not None):
        return True
    if role is not None:
        found = phrases("roles").first(words)
        # A sentence may begin as a title does: only few words may follow the phrase, or a colon ends it.
        if found is None or words.endswith((":", "?")) or count <= found[1] + _MORE_WORDS:
            return True
    letters = [letter for letter in words if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return count > 1 and len(letters) > 5 and capitals >= _CAPITALS * len(letters)

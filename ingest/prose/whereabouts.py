"""Where the reading stands in a report: which session, theme, territory and section a line belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.draft import Draft, Place
from ingest.prose import blocks
from ingest.prose.blocks import Local, territory_alone
from ingest.prose.lines import RULED
from ingest.prose.lists import ALONE
from ingest.prose.places import ACADEMY, is_county, named_place, territory_in
from ingest.sessions.meetings import met, without_format
from ingest.sessions.session import dates, is_date, place_in
from ingest.words.headers import Role, is_section, names_block, names_theme, title_role
from ingest.words.phrases import phrases
from ingest.words.ranks import ends_part, rank_of
from ingest.words.themes import theme_of
from ingest.words.titles import theme_number
from ontology import fold
from ontology.vocabulary import find_territory, find_theme, is_within

if TYPE_CHECKING:
    from ingest.prose.lines import Line
    from ingest.sessions.forms import Form
    from ingest.words.ranks import Rank
    from ontology.vocabulary import Theme

_FRONT_LINES = 12  # lines of a title page
_LONGEST_PLACE = 14  # words of a line that tells where
_CAPTION = re.compile(r"tableau\s+(?:n\s+)?(?:\d{1,2}|[a-z]|[ivx]{1,4})\s")  # of folded words
_QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"]{5,100}?)\s*[»”\"]")
_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,4})\s?[.)/–-]\s+(?=\D)")  # of one level
_PART = re.compile(r"(?:th[ée]matique|th[èe]me)\s+(?:n\s?°\s?)?(?:\d{1,2}|[A-H])\b", re.IGNORECASE)
_WHOLE_PART = re.compile(
    r"(?:partie|volet|chapitre|bloc|point)\s+(?:n\s?°\s?)?(?:\d{1,2}|[A-H]|[IVX]{1,4})\b", re.IGNORECASE
)
_LETTER = re.compile(r"^[A-ZÀ-Ý][\w'’ -]{2,30},? le \d{1,2}(?:er)? \w+ 20\d\d\W*$")
_EDITED = re.compile(
    r"\b(?:version|mise? à jour|[ée]dit[ée]|imprim[ée]|r[ée]dig[ée]|transmise?|re[çc]ue?)\b[^,;]{0,20}\d", re.IGNORECASE
)
_MET = re.compile(
    r"\br[ée]uni|\brencontr|\bautour de la table|\batelier|\bs[ée]ance|\btable ronde|\bd[ée]bat|\b[ée]chang|\bassembl",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"laissé : « (.+) »")  # a running header or footer, as the notes of a document tell it
_PLANS = ("plan", Role.ACTION)  # of what closes a report
_PARTING = (None, Role.ACTION)  # what a heading tells that ends a theme beside it
_LETTERHEAD = 5  # words of a letterhead


class Whereabouts:
    """What titles, forms and front pages said so far; ``place`` is what a row found now belongs to."""

    def __init__(self, draft: Draft, form: Form) -> None:
        self.draft = draft
        self.form = form
        running = (match[1] for match in map(_RUNNING.search, draft.document.notes) if match)
        told = next(filter(None, map(territory_in, running)), None)
        self.place = Place(draft.session("", None, None), territory=told.id if told else None)
        self._letterhead: str | None = None  # a territory that stands alone above a title
        self._first_words = ""  # of the title page, for a block without a title
        self._named = False  # this block told its own territory
        self._front = 0  # lines of the title page so far
        self._stored = 0  # mentions when the session began
        self._heading: tuple[int, Role | None] = (0, None)  # level and role of the last one that told a role
        self._level, self._deeper = 0, False  # of the heading that named the theme; one of a deeper level followed
        self._sisters = 0  # headings of that level that named themes, one after the other
        self._numbered = False  # the title that named the theme has a number, as its sisters have
        self._parted = self._ruled = False  # the title that named the theme parts the report by number, by lines
        self._parts: dict[str, Theme] = {}  # themes by the numbers that titles give them
        self._above: tuple[str | None] | None = None  # the theme that goes on after the table under a caption
        self._written: tuple[tuple[str, ...], str, tuple[str, str]] | None = None  # the day of a letter
        self._local: Local | None = None  # the part that is about one territory
        self._rank: Rank | None = None  # number of the title that named the theme

    @property
    def at_front(self) -> bool:
        """Whether nothing was stored yet of this session."""
        return len(self.draft.mentions) == self._stored

    def report(self, line: Line) -> None:
        """The title of a report: another session begins, unless the one under way is still empty."""
        attended = line.opens_report and self.draft.attended(self.place.session)
        if attended or not self.at_front or names_block(line.words):
            self.settle()
            # A block that names no territory takes that of its letterhead, or of the first block of the file.
            around = self._local.before if self._local else None
            home = self._letterhead or around or self.draft.sessions[0].territory
            self.place = Place(self.draft.session("", None, None), territory=home)
            self._stored, self._front, self._named, self._level = len(self.draft.mentions), 0, False, 0
        self.draft.entitle(self.place.session, line.words)
        self._letterhead = None

    def settle(self) -> None:
        """The block is read: what it did not say itself comes from around it."""
        self.draft.about(self.place.session, territory=self.place.territory, title=self._first_words)
        if self._written:
            days, words, (place, how) = self._written
            self.draft.about(self.place.session, dates=days, date_text=words, place=place, meeting_format=how)
            self._written = None
        self._first_words = ""

    @property
    def days(self) -> tuple[str, ...]:
        """The days of the meeting that is told so far, once something of it was stored."""
        found = (session.dates for session in self.draft.sessions if session.id == self.place.session)
        return () if self.at_front else next(found, ())

    def heads_form(self, line: Line, following: Line | None, *, part: bool = False) -> bool:
        """Whether a line is the title of another meeting than the one told so far; or of a ``part`` on a territory."""
        if self.at_front:
            return False
        return blocks.heads_form(line, following, self.draft.year) or (part and blocks.heads_part(line, following))

    def opens_block(self, line: Line, following: Line | None) -> bool:
        """Whether a title opens a block with a meeting of its own."""
        return self.heads_form(line, following) or blocks.opens_block(line, following, self.draft.year, self.days)

    def leaves(self, words: str, level: int) -> bool:
        """Whether a title ends the block of a territory, whose meeting was told there."""
        local = self._local
        inside = local is None or not local.dated or self.at_front or territory_alone(words) is not None
        return not inside and local is not None and local.ends(words, level)

    def title(self, words: str, level: int = 0, *, dated: bool = False) -> bool:
        """What a title says of when, where and on which theme; tells whether the theme changed.

        A theme that a heading names, with headings of a deeper ``level`` under it or beside others that name themes,
        ends at the next one of its level. ``dated`` tells that it opens a block with a meeting of its own.
        """
        self._locate(words, level, dated=dated)
        self._first_words = self._first_words or words
        theme, before = self._theme_of(words), self.place.theme
        numbered = bool(_NUMBERED.match(words))
        if theme is not None:
            self._thematic(words, theme)
            if number := theme_number(words):
                self.draft.numbered.setdefault(number, theme.id)
            self._parted, self._ruled = bool(_WHOLE_PART.match(words)), bool(RULED.match(words))
            self._sisters = self._sisters + 1 if level == self._level else 1
            around = theme.id == before and self._rank is None  # a title without a number told it for all parts
            self._level, self._deeper, self._rank = level, False, None if around else rank_of(words)
        elif self._ends(words, level, numbered=numbered):
            self.place.theme, self._deeper = None, False
        elif level > self._level > 0:
            self._deeper = True
        elif level == self._level:
            self._sisters = 0
        elif self._above is not None and not _is_caption(words):
            self.place.theme, self._above = self._above[0], None
        self._numbered = numbered if theme is not None else self._numbered and self.place.theme is not None
        changed = self.place.theme != before
        if self.at_front:
            self.facts(words)
        return changed

    def _locate(self, words: str, level: int, *, dated: bool) -> None:
        """Note the territory of the part that a title opens; after it, that of what stands around it again."""
        named, local = territory_alone(words), self._local
        if named is not None:
            beside = local is not None and local.beside(words, level)
            before = local.before if local is not None and beside else self.place.territory
            self._local = Local(level, rank_of(words), before, dated)
            if not self.at_front or is_within(named.id, self.place.territory or named.id):
                self.place.territory, self._named = named.id, True
        elif local is not None and local.ends(words, level):
            self.place.territory, self._local = local.before or self.place.territory, None
        elif local is not None:
            local.deeper = local.deeper or level > local.level

    def _theme_of(self, words: str) -> Theme | None:
        """The theme that a title names, by its name or by the number that a title above gave it: "Thème B – …"."""
        theme, part = theme_of(words), _PART.match(words)
        if part is None:
            return theme
        key = fold(part[0])
        if theme is not None:
            self._parts[key] = theme
        return theme or self._parts.get(key)

    def _ends(self, words: str, level: int, *, numbered: bool) -> bool:
        """Whether a title that names no theme stands beside the one that named the theme."""
        parts = title_role(words) in _PARTING
        if self._ruled and RULED.match(words):
            return True
        closing = phrases("closing").opening(words)
        if self._parted and closing is not None and closing[0] in _PLANS:
            return True
        if parts and ends_part(self._rank, rank_of(words)):
            return True
        beside = level == self._level > 0 and (self._deeper or (self._sisters > 1 and parts))
        return beside or (numbered and self._numbered and parts)

    def inherited(self, line: Line, role: Role | None) -> Role | None:
        """The role of a title by its markup: one that tells none, under one that does, only parts the list of that."""
        level, above = self._heading
        if role is None and line.level > level > 0 and not (is_section(line.words) or names_theme(line.words)):
            return above
        if line.level:
            heads = role is not None and role.kind not in ALONE and (line.level > 1 or not self.at_front)
            self._heading = (line.level, role) if heads else (0, None)
        return role

    def facts(self, words: str) -> None:
        """The days and the place that some words name."""
        days = dates(words, self.draft.year)
        if days and (_LETTER.match(words) or _EDITED.search(words)) and not self._written:
            self._written = days, words, met(words)
        elif days and (not self._written or _MET.search(words)):
            place, how = met(words)
            self.draft.about(self.place.session, dates=days, date_text=words, place=place, meeting_format=how)
        if _length(words) > _LONGEST_PLACE:
            words = named_place(words) or words
        territory = territory_in(words)
        if territory is None or self.place.session in self.form.located or _length(words) > _LONGEST_PLACE:
            return
        if (
            is_date(words)
            and territory.level != ACADEMY
            and not (self.place.territory is None and is_county(territory))
        ):
            return  # the town of a date is where people met, not whom the report speaks of
        if not (self._named and is_within(self.place.territory, territory.id)):
            self.place.territory, self._named = territory.id, True

    def day(self, words: str) -> None:
        """A line that only tells when, and perhaps where."""
        self.facts(words)
        if self.at_front and self.place.theme is None and (theme := find_theme(words)):
            self._thematic(words, theme)
        self.draft.about(self.place.session, place=without_format(place_in(words)))

    def line(self) -> None:
        """One more line of text was seen."""
        self._front += 1

    def prose(self, words: str) -> None:
        """A line of text that is nothing else: on a title page it may tell where and when."""
        if self.at_front and self._front <= _FRONT_LINES:
            self._first_words = self._first_words or words
            self.facts(words)
            short, quoted = len(words.split()) <= _LONGEST_PLACE, _QUOTED.search(words)
            named = words if short else quoted[1] if quoted else ""
            theme = find_theme(named) if named and self.place.theme is None else None
            if theme is not None:
                self._thematic(words, theme)
        elif len(words.split()) <= _LETTERHEAD and (territory := find_territory(words)):
            self._letterhead = territory.id

    def _thematic(self, words: str, theme: Theme) -> None:
        """A theme that was named: from here on or, by the caption of a table, until the next title."""
        if not _is_caption(words):
            self._above = None
            self.draft.about(self.place.session, theme=theme.id)
        elif self._above is None:
            self._above = (self.place.theme,)
        self.place.theme = theme.id


def _is_caption(words: str) -> bool:
    """Whether a line is the caption of a table: « Tableau 2 – Gouvernance »."""
    return bool(_CAPTION.match(f"{fold(words)} "))


def _length(words: str) -> int:
    """How many words there are, elided ones not counted: « l’académie » is one."""
    return sum(len(word) > 1 for word in fold(words).split())

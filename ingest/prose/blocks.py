"""Blocks of a report: the title of a territory, or of a meeting with its day, opens one; a title beside it ends it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.sessions.session import dates, is_date, session_field
from ingest.words import classes
from ingest.words.headers import is_section, title_role
from ingest.words.phrases import header_key, phrases
from ingest.words.ranks import RANK, ends_part, rank_of
from ontology import fold, singular
from ontology.vocabulary import content_words, find_territory

if TYPE_CHECKING:
    from collections.abc import Collection

    from ingest.prose.lines import Line
    from ingest.words.ranks import Rank
    from ontology.vocabulary import Territory

_DIGIT = re.compile(r"\d")
_GATHERINGS = classes.words("gatherings")
_MEETINGS = _GATHERINGS | {"seance", "session", "jour", "matin", "midi"}
_OPENING_WORDS = 3  # "Deuxième journée", "Matinée du"
# Words beside the name of a territory in a title that says no more than that, and when people met there.
_BESIDE_PLACES = _MEETINGS | classes.words("beside_places")
_TOWN = "commune"
_LONGEST, _LONGEST_NAME = 16, 9  # words of a title, of one that is the name of a territory
_FIELDS = {"date", "territory"}  # with which the form of a meeting begins


@dataclass(slots=True)
class Local:
    """The part of a report that is about one territory.

    Attributes:
        level: of its title, by its markup; 0 where it has none.
        rank: the number of its title.
        before: the territory of what stands around it.
        dated: its meeting is told under its title.
        deeper: a title of a deeper level followed.
    """

    level: int
    rank: Rank | None
    before: str | None
    dated: bool
    deeper: bool = False

    def beside(self, words: str, level: int) -> bool:
        """Whether a title that names a territory too stands beside this one, and not under it."""
        return level == self.level and (rank_of(words) is None) == (self.rank is None)

    def ends(self, words: str, level: int) -> bool:
        """Whether a title that names no territory is beside this one, or above it."""
        outer = 0 < level < self.level or (level == self.level > 0 and self.deeper)
        return outer or ends_part(self.rank, rank_of(words))


@lru_cache(maxsize=1024)
def territory_alone(words: str) -> Territory | None:
    """The territory that a title names and says nothing else: "2. Nièvre", "Département des Landes"."""
    if words.count(" ") >= _LONGEST_NAME:
        return None
    said = set(content_words(RANK.sub("", words)).split())
    named = {word for word in said - _BESIDE_PLACES if not word[0].isdigit()}
    found = find_territory(words) if said - _GATHERINGS else None  # "Réunion" tells a meeting
    if found is None and named:
        found = find_territory(" ".join(word for word in fold(words).split() if singular(word) in named))
    if found is None or found.level == _TOWN:
        return None
    names = (set(content_words(name).split()) for name in (found.label, *found.alts))
    return found if any(named and named <= name for name in names) else None


def opens_block(line: Line, following: Line | None, year: str, days: Collection[str]) -> bool:
    """Whether a title opens a block with a meeting of its own.

    Args:
        line: the title.
        following: the line below.
        year: of days told without one.
        days: those of the meeting that is told so far.
    """
    words = line.words
    told = following is not None and (":" in following.words or _DIGIT.search(following.words))
    if following is not None and told and is_local(words):
        field = session_field(following.words)
        if dates(following.words, year) or (field is not None and field[0] in {"date", "theme"}):
            return True
    own = set(dates(words, year)) if days and any(map(str.isdigit, words)) else set()
    return bool(own) and not own <= set(days) and _tells_meeting(line)


def heads_form(line: Line, following: Line | None, year: str) -> bool:
    """Whether a line is the title above the fields of another meeting: "Fiche de remontée – Lure" / "Date : …"."""
    words = line.words
    if following is None or following.marked or words.endswith((".", ";", ",", "?")):
        return False
    own, numbers = _DIGIT.search(words), _DIGIT.search(following.words)
    if not (own or numbers or ":" in following.words) or words.count(" ") >= _LONGEST:
        return False
    if line.marked:
        return numbers is not None and bool(territory_alone(words) and dates(following.words, year))
    if own and heads_lists(line, following) and dates(words, year) and _opens_meeting(words):
        return True
    dated = numbers and is_local(words) and dates(following.words, year)
    if dated or ":" not in following.words:
        return bool(dated)
    field = session_field(following.words)
    if own and field is not None and field[1] and dates(words, year) and _opens_meeting(words):
        return True
    told = field is not None and (bool(find_territory(field[1])) if field[0] == "territory" else bool(field[1]))
    if field is None or not told or field[0] not in _FIELDS or words.endswith(":"):
        return False
    told_day = field[0] == "territory" or bool(dates(field[1], year, brief=True))
    named = any(map(str.isalpha, words)) and session_field(words) is None
    return told_day and named and title_role(words) is None


def heads_part(line: Line, following: Line | None) -> bool:
    """Whether a line that only names a territory stands above the title of a list."""
    return heads_lists(line, following) and territory_alone(line.words) is not None


def heads_lists(line: Line, following: Line | None) -> bool:
    """Whether a short line without a bullet stands above the title of a list."""
    if following is None or not following.titled or line.marked or line.words.count(" ") >= _LONGEST:
        return False
    return title_role(following.words) is not None


def is_local(words: str) -> bool:
    """Whether a title names a bassin, or is the name of a territory."""
    named = phrases("session").opening(words)
    bassin = named is not None and named[0] == "territory" and named[1] != header_key(words)
    return bassin or territory_alone(words) is not None


def _tells_meeting(line: Line) -> bool:
    """Whether a title with a day in it is that of a meeting: "Atelier du 6 octobre 2020", "Jeudi 8 octobre 2020"."""
    words = line.words
    if not line.titled or title_role(words) is not None or is_section(words):
        return False
    return _opens_meeting(words) or is_date(words)


def _opens_meeting(words: str) -> bool:
    bare = RANK.sub("", words)
    opening = {singular(word) for word in fold(bare).split()[:_OPENING_WORDS]}
    return bool(opening & _MEETINGS) or is_local(bare)

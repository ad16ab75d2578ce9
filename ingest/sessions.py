"""Who met, when and where: the form that opens a report, and the dates and places in its titles."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ingest.headers import phrases
from ingest.template import reason_aside
from ontology import Reason, Span, fold
from ontology.vocabulary import find_territory, find_theme

if TYPE_CHECKING:
    from ingest.draft import Draft, Place

_MONTHS = {
    name: number
    for number, name in enumerate(
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split(), 1
    )
}
_WEEKDAYS = frozenset("lundi mardi mercredi jeudi vendredi samedi dimanche".split())
_BETWEEN = _WEEKDAYS | {"et", "au", "a", "le", "les", "du"}  # words that part the days of one month
_DAY = re.compile(r"(\d{1,2})(?:er)?")
_YEAR = re.compile(r"\b(20\d\d)\b")
_SHORT = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](20\d\d|\d\d)\b")
_TICKED = re.compile(r"☒|☑|<input\b[^<>]*\bchecked\b[^<>]*>|\[[xX]\]", re.IGNORECASE)
_BOX = re.compile(r"[☐☒☑]|<input\b[^<>]*>|\[[ xX]\]", re.IGNORECASE)
_COUNTED = re.compile(r"nombre (?:de participant|d etablissement)")
_FIELD = re.compile(r"^\W*([^:]{3,60}?)\s*:\s*(\S.*)?$", re.DOTALL)
_WIDE = "région académique"
_LEAST_WORDS = 3  # of a field that no colon ends
_DATE_WORDS, _DATED_WORDS = 5, 10
_LAST_DAY, _LAST_MONTH, _CENTURY = 31, 12, 2000


def dates(text: str, year: str = "") -> tuple[str, ...]:
    """The days that a text names, in ISO form, sorted; a day without a year takes the first one named, else ``year``.

    >>> dates("Mardi 29 septembre 2020"), dates("lundi 3, mardi 4 et jeudi 6 mai 2021")
    (('2020-09-29',), ('2021-05-03', '2021-05-04', '2021-05-06'))
    """
    words = fold(text).split()
    years = [word for word in words if _YEAR.fullmatch(word)]
    found: set[str] = set()
    for place, word in enumerate(words):
        if word in _MONTHS:
            after = words[place + 1] if place + 1 < len(words) else ""
            of_year = after if _YEAR.fullmatch(after) else (years[0] if years else year)
            found.update(_iso(of_year, _MONTHS[word], day) for day in _days_before(words, place) if of_year)
    for day, month, short in _SHORT.findall(text):
        found.add(_iso(str(_CENTURY + int(short)) if len(short) == 2 else short, int(month), int(day)))
    return tuple(sorted(found - {""}))


def _iso(year: str, month: int, day: int) -> str:
    return f"{year}-{month:02d}-{day:02d}" if 0 < day <= _LAST_DAY and 0 < month <= _LAST_MONTH else ""


def _days_before(words: list[str], month: int) -> list[int]:
    days = []
    for word in reversed(words[:month]):
        if day := _DAY.fullmatch(word):
            days.append(int(day[1]))
        elif word not in _BETWEEN:
            break
    return days


def is_date(text: str) -> bool:
    """Whether a short text only tells when: "Septembre 2020", "Mardi 29 septembre 2020"."""
    words = fold(text).split()
    most = _DATED_WORDS if words and words[0] in _WEEKDAYS else _DATE_WORDS
    return len(words) <= most and any(word in _MONTHS for word in words) and bool(_YEAR.search(fold(text)))


def has_boxes(text: str) -> bool:
    """Whether boxes to tick stand in a text."""
    return bool(_BOX.search(text))


def usual_year(text: str) -> str:
    """The year that a report names most, for days that are told without one."""
    years = Counter(_YEAR.findall(text))
    return max(years, key=lambda year: (years[year], year)) if years else ""


def read_form(draft: Draft, cells: tuple[Span, ...], place: Place) -> bool:
    """Read one row of the form that opens a report; tells whether the row is one."""
    names = [draft.text(cell) for cell in cells]
    raw = [cell.of(draft.document.text) for cell in cells]
    boxes = any(_BOX.search(cell) for cell in raw)
    if not boxes and not any(_COUNTED.search(fold(name)) for name in names):
        found = phrases("session").first(names[0]) if names[0] else None
        if found is None or found[1] > 1:
            return False
        read_fact(draft, found[0], " ".join(filter(None, names[1:])), place)
    elif names[0] and (found := phrases("session").first(names[0])) and found[0] == "format":
        draft.about(place.session, meeting_format=_ticked(draft, cells))
    for cell, name in zip(cells, names, strict=True):
        if name:
            draft.aside(cell, reason_aside(name) or Reason.SESSION)
        else:
            draft.claim(cell)
    return True


def session_field(words: str) -> tuple[str, str] | None:
    """The field of a session that a line fills in, and with what: "Date(s) de la session : 5 octobre", colon or not."""
    field = _FIELD.match(words)
    if field:
        found = phrases("session").first(field[1])
        return (found[0], field[2] or "") if found and found[1] == 0 else None
    phrase = phrases("session").opening(words)
    if phrase is None or phrase[1].count(" ") < _LEAST_WORDS - 1:
        return None
    tokens, length = words.split(), phrase[1].count(" ") + 1
    taken = next(
        (n for n in range(1, len(tokens) + 1) if len(fold(" ".join(tokens[:n])).split()) >= length), len(tokens)
    )
    return phrase[0], " ".join(tokens[taken:])


def read_fact(draft: Draft, name: str, words: str, place: Place) -> None:
    """A field of a session: its name in `headers.toml` and what was written in it."""
    if name == "territory" and (territory := find_territory(words)):
        # The form asks for the region; a title that names a département or a bassin tells more.
        if place.territory is None or territory.level != _WIDE:
            place.territory = territory.id
    elif name == "theme" and (theme := find_theme(words)):
        draft.about(place.session, theme=theme.id)
        place.theme = theme.id
    elif name == "date":
        draft.about(place.session, dates=dates(words, draft.year), date_text=words)
    elif name == "format":
        draft.about(place.session, meeting_format=words)
    elif name == "place":
        draft.about(place.session, place=words)


def _ticked(draft: Draft, cells: tuple[Span, ...]) -> str:
    text, ticked = draft.document.text, []
    for cell in cells:
        boxes = list(_BOX.finditer(text, cell.start, cell.end))
        for box, after in zip(boxes, [*boxes[1:], None], strict=False):
            if _TICKED.fullmatch(box[0]):
                ticked.append(draft.text(Span(box.end(), after.start() if after else cell.end)))
    return ", ".join(filter(None, ticked))

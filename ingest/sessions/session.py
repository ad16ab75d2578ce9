"""Who met, when and where: the form that opens a report, and the dates and places in its titles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.actors.roles import actor_or_words, each_role, roles
from ingest.sessions.asked import answers, tells_format
from ingest.sessions.counting import has_count
from ingest.sessions.participants import NOTHING, counts, from_boxes, from_list
from ingest.sessions.ticks import boxes, has_boxes, is_format, masked, meeting_format
from ingest.tables.cells import items
from ingest.words.phrases import phrases
from ingest.words.template import reason_aside
from ingest.words.themes import theme_of
from ontology import Participation, Reason, Span, fold
from ontology.vocabulary import find_territory, is_within

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
_SHORT = re.compile(r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})[/.](20\d\d|\d\d)(?![\d/])")
_YEARLESS = re.compile(r"(?<![\d/.,])([0-3]?\d)/(0[1-9]|1[0-2]|[1-9])(?![\d/])")
_HOURS = re.compile(r"\b\d{1,2}\s?(?:h|heures?|:)\s?(?:\d{2})?(?!\w)", re.IGNORECASE)
_WHEN_WORDS = (
    _BETWEEN | frozenset(_MONTHS) | frozenset("puis matin apres midi soir journee de des h heure heures".split())
)
_COLON = re.compile(r"(?<!\d)\s?:|:(?!\d)")
_FIELD = re.compile(r"^\W*([^:]{3,60}?)\s*:\s*(\S.*)?$", re.DOTALL)
PEOPLE = frozenset(("participants", "facilitators", "others"))  # fields that name some
_OPENING = ("territory", "date")  # fields with which the form begins
_WIDE, _ACADEMY = "région académique", "académie"
_LEAST_WORDS = 3  # of a field that no colon ends
_DATE_WORDS, _DATED_WORDS = 5, 10
_LAST_DAY, _LAST_MONTH, _CENTURY = 31, 12, 2000


def dates(text: str, year: str = "", *, brief: bool = False) -> tuple[str, ...]:
    """The days that a text names, in ISO form, sorted; a day without a year takes the first one named, else ``year``.

    Of a range, the first and the last day are named. ``brief`` tells that the text is there to say when, so that
    "6/10" is a day and no fraction.

    >>> dates("Du 28/09 au 09/10", "2020", brief=True)
    ('2020-09-28', '2020-10-09')
    >>> dates("Mardi 29 septembre 2020"), dates("lundi 3, mardi 4 et jeudi 6 mai 2021")
    (('2020-09-29',), ('2021-05-03', '2021-05-04', '2021-05-06'))
    """
    words = [word for part in _COLON.split(text) for word in (*fold(part).split(), ":")]
    years = [word for word in words if _YEAR.fullmatch(word)]
    found: set[str] = set()
    for place, word in enumerate(words):
        if word in _MONTHS:
            after = words[place + 1] if place + 1 < len(words) else ""
            of_year = after if _YEAR.fullmatch(after) else (years[0] if years else year)
            found.update(_iso(of_year, _MONTHS[word], day) for day in _days_before(words, place) if of_year)
    for day, month, short in _SHORT.findall(text):
        found.add(_iso(str(_CENTURY + int(short)) if len(short) == 2 else short, int(month), int(day)))
    for day, month in _YEARLESS.findall(text) if brief else ():
        if of_year := years[0] if years else year:
            found.add(_iso(of_year, int(month), int(day)))
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
    """Whether a short text only tells when: "Septembre 2020", "Mardi 29 septembre 2020", "Niort, 6 et 8 mars 2021"."""
    words = fold(text).split() if "?" not in text else []
    most = _DATED_WORDS if words and words[0] in _WEEKDAYS else _DATE_WORDS
    several = sum(bool(_DAY.fullmatch(word)) for word in words) - 1  # days, each with the word before it
    short = len(words) - 2 * max(0, several) <= most
    return short and any(word in _MONTHS for word in words) and bool(_YEAR.search(fold(text)))


def usual_year(text: str) -> str:
    """The year that a report names most, for days that are told without one."""
    years = Counter(_YEAR.findall(text))
    return max(years, key=lambda year: (years[year], year)) if years else ""


def place_in(words: str) -> str:
    """What a text that tells when says of where: the words between its dates and hours.

    >>> place_in("Mardi 13 octobre 11h-12h30 Rectorat de Nantes")
    'Rectorat de Nantes'
    """
    bare = _SHORT.sub(" ", _YEARLESS.sub(" ", _HOURS.sub(" ", words)))
    runs: list[list[str]] = [[]]
    for word in bare.split():
        folded = fold(word)
        if word in {";", ":", "-", "–"} or not folded or _DAY.fullmatch(folded) or _YEAR.fullmatch(folded):
            runs.append([])
        elif not (runs[-1] == [] and folded in _WHEN_WORDS):
            runs[-1].append(word)
        if word.endswith(";"):
            runs.append([])
    return ", ".join(found for run in runs if (found := _without_end(run)))


def _without_end(run: list[str]) -> str:
    while run and fold(run[-1]) in _WHEN_WORDS:
        run = run[:-1]
    return " ".join(run).strip(" ,;:.–-()")


# -- tables --------------------------------------------------------------------------------------------------------
def read_form(draft: Draft, cells: tuple[Span, ...], place: Place) -> bool:
    """Read one row of the form that opens a report; tells whether the row is one."""
    names = [draft.text(cell) for cell in cells]
    raw = [cell.of(draft.document.text) for cell in cells]
    found = phrases("session").first(names[0]) if names[0] and not has_boxes(raw[0]) else None
    field = found[0] if found and found[1] <= 1 else ""
    if not field and len(cells) > 1 and not draft.mentions:
        field = _asked_in_row(draft, names, raw, place)
    filled = [cell for cell, name in zip(cells[bool(field) :], names[bool(field) :], strict=True) if name]
    if any(map(has_boxes, raw)):
        _tick(
            draft,
            [cell for cell, text in zip(cells, raw, strict=True) if has_boxes(text) or has_count(text)],
            field,
            place,
        )
    elif any(map(has_count, raw)):
        _count(draft, filled, place)
    elif not field:
        return False
    elif field in PEOPLE:
        read_people(draft, field, filled, place)
    else:
        read_fact(draft, field, " ".join(map(draft.text, filled)), place, asks_place="lieu" in fold(names[0]))
    for cell, name in zip(cells, names, strict=True):
        if name:
            draft.aside(cell, reason_aside(name) or Reason.SESSION)
        else:
            draft.claim(cell)
    return True


def _asked_in_row(draft: Draft, names: list[str], raw: list[str], place: Place) -> str:
    """The field that a first cell asks for ("Quand"), where the others answer."""
    found = phrases("session_asked").first(names[0])
    said = " ".join(names[1:])
    dated = bool(dates(said, draft.year, brief=True))
    if found is None or found[1] or not said:
        return ""
    ticked = found[0] == "format" and any(map(has_boxes, raw[1:]))
    beside = found[0] == "place" and (place.session, "date") in draft.told
    return found[0] if ticked or beside or answers(found[0], said, dated=dated) else ""


def _tick(draft: Draft, cells: list[Span], field: str, place: Place) -> None:
    """The boxes of one row: formats, or categories of participants."""
    text = draft.document.text
    said = [draft.text(box.label) for box in boxes(text, cells)]
    if field == "format" or (said and all(map(is_format, said))):
        draft.about(place.session, meeting_format=meeting_format(text, cells))
    elif field in PEOPLE or any(has_count(cell.of(text)) for cell in cells) or draft.attended(place.session):
        draft.attend(place.session, from_boxes(text, cells))


def _count(draft: Draft, cells: list[Span], place: Place) -> None:
    """A row without boxes: a category beside its count, or one more count of the category above."""
    text = draft.document.text
    first = next(n for n, cell in enumerate(cells) if has_count(cell.of(text)))
    count, label, end = counts(text, Span(cells[first].start, cells[-1].end))
    category = draft.text(cells[first - 1]) if first else draft.text(label)
    session = next(session for session in draft.sessions if session.id == place.session)
    if category:
        span = Span(cells[max(0, first - 1)].start, max(end, cells[max(0, first - 1)].end))
        made = Participation(category, None, count.participants, count.establishments, count.text, span)
        draft.attend(place.session, [made])
    elif session.participations:
        *before, last = session.participations
        whole = replace(
            last,
            participants=count.participants if last.participants is None else last.participants,
            establishments=count.establishments if last.establishments is None else last.establishments,
            text=last.text or count.text,
            span=Span(last.span.start, max(end, last.span.end)),
        )
        draft.sessions[draft.sessions.index(session)] = replace(session, participations=(*before, whole))


# -- fields --------------------------------------------------------------------------------------------------------
def session_field(words: str) -> tuple[str, str] | None:
    """The field of a session that a line fills in, and with what: "Date(s) de la session : 5 octobre", colon or not."""
    field = _FIELD.match(words)
    if field:
        found = phrases("session").first(field[1])
        if found is None or found[1] or (found[0] == "date" and dates(field[1], "2000", brief=True)):
            return None
        if fold(field[1]).startswith("le ") and found[0] == "date" and not any(map(str.isdigit, field[2] or "")):
            return None  # « Le maire : … » speaks
        return found[0], field[2] or ""
    phrase = phrases("session").opening(words)
    if phrase is None or phrase[1].count(" ") < _LEAST_WORDS - 1:
        return None
    tokens, length = words.split(), phrase[1].count(" ") + 1
    taken = next(
        (n for n in range(1, len(tokens) + 1) if len(fold(" ".join(tokens[:n])).split()) >= length), len(tokens)
    )
    return phrase[0], " ".join(tokens[taken:])


def read_fact(draft: Draft, name: str, words: str, place: Place, *, asks_place: bool = False) -> None:
    """A field of a session: its name in `headers.toml` and what was written in it.

    A field that is told again once the participants are known opens another session; so does another day, once
    something was stored.
    """
    again = (place.session, name) in draft.told and bool(words) and name in _OPENING
    if again and (draft.attended(place.session) or (name == "date" and _another(draft, words, place))):
        title = draft.told.get((place.session, "territory"), "")
        draft.about(place.session, territory=place.territory, title=title)
        place.session = draft.session(words if name == "territory" else "", None, place.territory)
    if words:
        draft.told[place.session, name] = words
    if name == "territory":
        # The form asks for the region; a title that names a département or a bassin tells more.
        territory = find_territory(words) or find_territory(f"Académie de {words}")
        told = place.territory is not None and territory is not None and is_within(place.territory, territory.id)
        if territory and not told and (place.territory is None or territory.level != _WIDE):
            place.territory = territory.id
            draft.belongs(place)
    elif name == "theme" and (theme := theme_of(words, announced=True)):
        draft.about(place.session, theme=theme.id)
        place.theme = theme.id
        draft.belongs(place)
    elif name == "date":
        year = next((session.dates[0][:4] for session in draft.sessions if session.dates), draft.year)
        draft.about(place.session, dates=dates(words, year, brief=True), date_text=words)
        if asks_place:
            draft.about(place.session, place=place_in(words))
            _narrow(place, words)
    elif name == "format" or (name == "place" and tells_format(words)):
        draft.about(place.session, meeting_format=words)
    elif name == "place":
        draft.about(place.session, place=words)


def _another(draft: Draft, words: str, place: Place) -> bool:
    """Whether a day is told that is none of the meeting whose statements were stored so far."""
    days = next((session.dates for session in draft.sessions if session.id == place.session), ())
    told = set(dates(words, draft.year, brief=True))
    stored = bool(draft.rows) and draft.rows[-1].session == place.session
    return stored and bool(days) and bool(told) and not told & set(days)


def _narrow(place: Place, words: str) -> None:
    """An académie named beside a date is the one that met; a town is only where people met."""
    told = find_territory(words)
    if told and told.level == _ACADEMY and place.territory and is_within(told.id, place.territory):
        place.territory = told.id


def read_people(draft: Draft, name: str, spans: list[Span], place: Place) -> None:
    """A field that tells who led a session, or who took part in it."""
    if not spans:
        return
    text = draft.document.text
    if name == "participants":
        ticked = has_boxes(masked(text, spans)[1])
        draft.attend(place.session, from_boxes(text, spans) if ticked else from_list(text, spans))
        draft.about(place.session, meeting_format=meeting_format(text, spans, told=True))
    elif name == "facilitators":
        entries = (item.span for span in spans for item in items(text, span))
        said = (part.strip() for entry in entries for part in draft.text(entry).split(";"))
        told = (one for part in said for role in roles(part, facilitators=True) for one in each_role(role))
        distinct = {
            fold(role): actor_or_words(role) for role in reversed(list(told)) if reason_aside(role) not in NOTHING
        }
        draft.about(place.session, facilitators=tuple(reversed(distinct.values())))

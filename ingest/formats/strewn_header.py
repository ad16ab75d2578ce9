"""Headers of tables that were printed cell by cell: lines that hold nothing but names of columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from ingest.cleaning import BULLETS
from ingest.formats.strewn_data import is_form, is_part, orders, words_of
from ingest.formats.strewn_labels import theme_state
from ingest.formats.strewn_names import told_headers, told_name
from ingest.tables.lost import named_columns
from ingest.tables.references import experience_numbers
from ingest.words.headers import Role, says_theme, told_apart
from ingest.words.phrases import phrases
from ontology import search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MARKED = re.compile(rf"^\s*(?:[{BULLETS}·]|[-–—*](?=\s))")
_NONE = re.compile(rf"{_MARKED.pattern}|[:?;]|\w{{5}}\.$|«[^»]*$")  # in no name of a column
_SHORT = 3  # letters of a word that any line may have
_LONGEST_LINE, _LONGEST_RUN = 40, 40  # words of a line of a header, lines of a header
_MOST_BROKEN = 8  # words of a line of a header whose last word is broken
_APART = 89  # lines at most between the name of the first column and those of the others


@dataclass(slots=True)
class Printed:
    """A line as printed.

    Attributes:
        blank: lines without words stand before it.
        page: from 1.
        under: the column whose name stands right above it, or above the lines before it.
    """

    text: str
    page: int
    blank: bool = False
    under: Role | None = None

    @property
    def marked(self) -> bool:
        """Whether a bullet opens it."""
        return bool(_MARKED.match(self.text))


@dataclass(slots=True)
class Heading:
    """A header found: its lines, by place, and its columns in order.

    Attributes:
        loose: a name alone, which may be a cell; ``sure``: it says nothing more.
    """

    lines: list[int]
    columns: list[tuple[Role, str]]
    loose: bool = False
    sure: bool = True

    @property
    def roles(self) -> tuple[Role, ...]:
        """What each column holds."""
        return tuple(role for role, _ in self.columns)

    @property
    def whole(self) -> bool:
        """Whether its names are those of a form of the reports, or enough for a table of its own."""
        roles = set(self.roles) - {Role.REFERENCE}
        return is_form(roles) or (len(self.roles) > 1 and not is_part(roles))

    def joined(self, other: Heading) -> Heading | None:
        """Both as one header, its columns in the order of the form; None where no form has them all."""
        printed = [*self.columns, *other.columns]
        told = [role for role in told_apart([name for _, name in printed], [role for role, _ in printed]) if role]
        forms = [form for form in orders() if set(told) <= {*form, Role.REFERENCE}]
        if not forms or len(set(told)) < len(printed):
            return None
        order = min(forms, key=partial(_turned, told))
        names = {role: name for role, (_, name) in zip(told, printed, strict=True)}
        columns = [(role, names[role]) for role in map(Role, (*order, Role.REFERENCE)) if role in names]
        return Heading([*self.lines, *other.lines], columns)


def _turned(printed: Sequence[Role], order: Sequence[str]) -> int:
    """How many columns were printed before one that comes first in the order of a form."""
    places = [order.index(role) for role in printed if role in order]
    return sum(one > other for n, one in enumerate(places) for other in places[n + 1 :])


@cache
def _vocabulary() -> frozenset[str]:
    """Words that headers are made of, folded and in the singular."""
    said = {word for section in ("roles", "columns") for name in phrases(section).names for word in name.split()}
    return frozenset(said | words_of("header"))


def whole_name(lines: Sequence[str]) -> str:
    """The name of a column that some lines are, whole where its column was too narrow for a word of it.

    >>> whole_name(["Temporalit", "é souhaitée", "pour une mise"])
    'Temporalité souhaitée pour une mise'
    """
    said = ""
    for line in lines:
        one, other = said.split(" ")[-1], line.split(" ")[0]
        broken = one[-1:].isalpha() and other[:1].islower() and _is_broken(one, other)
        said += line if broken or not said else f" {line}"
    return said


@lru_cache(maxsize=16384)
def _is_broken(one: str, other: str) -> bool:
    """Whether two pieces are one word of headers, and not two of them."""
    known = _vocabulary()
    whole, *parts = (search_key(word).split()[-1:] for word in (one + other, one, other))
    return set(whole) <= known and bool(whole) and not all(part and set(part) <= known for part in parts)


def says_name(text: str) -> bool:
    """Whether a text has a word of those that headers are made of, the short ones aside."""
    return any(len(word) > _SHORT for word in set(search_key(text).split()) & _vocabulary())


@lru_cache(maxsize=8192)
def is_name(text: str) -> bool:
    """Whether a line holds only words that headers are made of.

    >>> is_name("Irritants principaux"), is_name("Irritants des familles"), is_name("Irritants «")
    (True, False, False)
    """
    words = search_key(text).split()
    if not 0 < len(words) <= _LONGEST_LINE or _NONE.search(text) or experience_numbers(text):
        return False
    return set(words) <= _vocabulary()


def headings(lines: Sequence[Printed], stops: Callable[[int], bool]) -> list[Heading]:
    """The headers among some lines, from top to bottom.

    Args:
        lines: of a text, those with words.
        stops: whether a title stands at a line, so that no header goes on over it.
    """
    found: list[Heading] = []
    for here in _candidates(lines):
        if len(here.columns) == 1 and found and _repeats(found[-1], here, stops):
            continue  # a cell that says the name of its column
        for place in _last(found):
            both = _together(found[place], here, stops)
            if both is not None:
                found[place:] = [both]
                break
        else:
            if here.columns and not here.loose:
                found.append(here)
    return [heading for heading in found if len(heading.roles) > 1 and any(role.kind for role in heading.roles)]


def _candidates(lines: Sequence[Printed]) -> list[Heading]:
    """The runs of lines that may be a header or a part of one, in order; its columns as most names tell them."""
    runs: list[Heading] = []
    for run in _runs(lines):
        start, columns = _begun(run)
        if not columns and not all(set(search_key(name.text).split()) <= words_of("header") for name in run):
            continue  # words of a cell
        first = lines[run[0].lines[0]]
        cut = not columns and len(run) == 1 and first.text[:1].islower() and not first.blank
        if not (cut and runs):  # else the last word of a cell: "une convention" / "type"
            runs.append(Heading([n for name in run[start:] for n in name.lines], columns))
    for names in told_headers(lines):
        here = Heading([n for name in names for n in name.lines], [(name.role, name.text) for name in names])
        beside = [run for run in runs if run.lines[0] <= here.lines[-1] and here.lines[0] <= run.lines[-1]]
        if all(len(run.columns) < len(here.columns) for run in beside):
            runs = [run for run in runs if run not in beside] + [here]
    taken = {line for run in runs for line in run.lines}
    told = (told_name(lines, place) for place in range(len(lines)) if place not in taken)
    alone = [name for name in told if name and taken.isdisjoint(name.lines)]
    # That of the column of themes begins a header.
    runs += [
        Heading([*name.lines], [(name.role, name.text)], loose=not says_theme(name.text), sure=name.sure)
        for name in alone
    ]
    return sorted(runs, key=lambda run: run.lines[0])


def _repeats(before: Heading, here: Heading, stops: Callable[[int], bool]) -> bool:
    """Whether a name is that of a column of a header that more names may still be printed of, but for its first one."""
    again = here.roles[0] in before.roles[1:] and before.joined(here) is None
    return again and not before.whole and _reaches(before, here, stops)


def _reaches(before: Heading, here: Heading, stops: Callable[[int], bool]) -> bool:
    """Whether names may be of one header by their places: near each other, with no title between."""
    between = range(before.lines[-1] + 1, here.lines[0])
    return len(between) < _APART and len(before.lines) < _LONGEST_RUN and not any(map(stops, between))


def _last(found: Sequence[Heading]) -> list[int]:
    """The places of the headers that may go on: the last one, and the one before a single name."""
    last = len(found) - 1
    alone = last > 0 and len(found[last].columns) == 1
    return [place for place in (last, last - 1) if place >= 0][: 1 + alone]


def _together(before: Heading, here: Heading, stops: Callable[[int], bool]) -> Heading | None:
    """Two headers as one, where a form has the columns of both and no title stands between."""
    reference = here.roles == (Role.REFERENCE,) and Role.REFERENCE not in before.roles
    rest = len(here.roles) > 1 and Role.THEME in before.roles and Role.THEME not in here.roles
    if (before.whole and not reference and not rest) or not _reaches(before, here, stops):
        return None
    if not here.sure:
        both = before.joined(here)
        return both if both is not None and is_form(both.roles) else None
    untitled = _untitled(before)
    if before.columns and before.columns[0][0] in here.roles:
        titled = before.columns[0][0].kind is not None and untitled.roles[:1] == (Role.THEME,)
        return untitled.joined(here) if titled else None
    return before.joined(here) or untitled.joined(here)


def _untitled(heading: Heading) -> Heading:
    """A header without its first name, which may be the title above it."""
    return Heading(heading.lines[1:], heading.columns[1:]) if len(heading.columns) > 1 else heading


class _Name(NamedTuple):
    """Lines that hold names, and their text."""

    lines: tuple[int, ...]
    text: str


def _runs(lines: Sequence[Printed]) -> list[list[_Name]]:
    runs: list[list[_Name]] = []
    place = 0
    while place < len(lines):
        name = name_at(lines, place)
        if name is None:
            place += 1
            continue
        if runs and runs[-1][-1].lines[-1] + 1 == place and len(runs[-1]) < _LONGEST_RUN:
            runs[-1].append(name)
        else:
            runs.append([name])
        place += len(name.lines)
    return runs


def name_at(lines: Sequence[Printed], place: int) -> _Name | None:
    """The line there, where it holds names; or two or three, where a narrow column broke a word of them."""
    said = lines[place].text
    number = "".join(line.text for line in lines[place + 1 : place + 2])
    if number.isdigit() and experience_numbers(f"{said} {number}"):
        return None
    if is_name(said):
        return _Name((place,), said) if theme_state("", said) is None else None
    words = said.split()
    if lines[place].marked or len(words) > _MOST_BROKEN or (len(words) > 1 and not is_name(" ".join(words[:-1]))):
        return None
    for more in (1, 2):
        after = lines[place + more : place + more + 1]
        if not after or after[0].blank or not after[0].text[:1].islower():
            return None
        said += after[0].text.strip()
        if is_name(said):
            return _Name(tuple(range(place, place + more + 1)), said)
    return None


def _begun(run: Sequence[_Name]) -> tuple[int, list[tuple[Role, str]]]:
    """Where in a run the header begins: as late as it names as many columns; titles above it name none of its own."""
    best: tuple[int, list[tuple[Role, str]]] = (0, [])
    for start, name in enumerate(run):
        if best[1] and best[1][0][0] is Role.THEME and says_theme(run[best[0]].text):
            break  # the column of themes comes first
        opened = phrases("roles").opening(name.text) or phrases("columns").opening(name.text)
        broken = start + 1 < len(run) and run[start + 1].text[:1].islower()
        if name.text[:1].islower() or not (opened or broken):
            continue
        columns = named_columns([other.text for other in run[start:]])
        if len(columns) >= max(1, len(best[1])):
            best = (start, columns)
    return best

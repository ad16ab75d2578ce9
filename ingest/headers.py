"""What a header says of the things under it, by its words (`headers.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from ontology import Kind, Table, fold, search_key


class Role(StrEnum):
    """What a column or a list holds: a kind of mention, or something that describes its row."""

    THEME = "theme"
    TERRITORY = "territory"
    REFERENCE = "reference"
    EXPERIENCE = "experience"
    STRENGTH = "strength"
    IRRITANT = "irritant"
    NEED = "need"
    LEVER = "lever"
    ACTION = "action"
    ACTOR = "actor"
    TIMEFRAME = "timeframe"
    INDICATOR = "indicator"
    OBJECTIVE = "objective"
    QUESTION = "question"

    @property
    def kind(self) -> Kind | None:
        """The kind of mention, None for a column that describes the row."""
        return Kind(self.value) if self not in _DESCRIBING else None


_DESCRIBING = {Role.THEME, Role.TERRITORY, Role.REFERENCE}
_LONGEST_HEADER = 24  # words
_LONGEST_TITLE = 16  # words
_FIRST_WORDS = 2  # a title tells its role among its first words


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of a data file, ready to be looked for in folded text."""

    pattern: re.Pattern[str]
    names: dict[str, str]

    @classmethod
    def of(cls, table: dict[str, list[str]]) -> Phrases:
        """From name → phrases; the longest phrase is tried first."""
        names = {search_key(phrase): name for name, phrases in table.items() for phrase in phrases}
        longest = sorted(names, key=lambda phrase: (-len(phrase), phrase))
        return cls(re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, longest)) + r")(?!\S)"), names)

    def first(self, text: str) -> tuple[str, int] | None:
        """Name of the phrase that begins earliest, and the number of words before it."""
        key = search_key(text)
        found = self.pattern.search(key)
        return (self.names[found[0]], key.count(" ", 0, found.start())) if found else None

    def opening(self, text: str) -> tuple[str, str] | None:
        """Name and phrase, where a text begins with one."""
        found = self.pattern.match(search_key(text))
        return (self.names[found[0]], found[0]) if found else None


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("ingest").joinpath("headers.toml").read_text(encoding="utf-8"))


@cache
def phrases(section: str) -> Phrases:
    """The phrases of one section of `headers.toml`."""
    return Phrases.of(_data()[section])


@lru_cache(maxsize=4096)
def column_role(header: str) -> Role | None:
    """The role of a column, from its header.

    >>> column_role("Axes d’amélioration ou leviers répondant aux besoins")
    <Role.LEVER: 'lever'>
    """
    if not header.strip() or len(header.split()) > _LONGEST_HEADER:
        return None
    found = phrases("roles").first(header) or phrases("columns").first(header)
    return Role(found[0]) if found else None


@lru_cache(maxsize=4096)
def title_role(title: str) -> Role | None:
    """The role of a list, from the title above it; None for a title that only parts the report.

    >>> title_role("Quelles sont les difficultés rencontrées ?")
    <Role.IRRITANT: 'irritant'>
    """
    short = len(title.split()) <= _LONGEST_TITLE
    found = phrases("roles").first(title) if short else None
    if found is None or found[1] > _FIRST_WORDS:
        found = phrases("roles").first(_announced(title))
    if found is None:
        return None
    role = Role(found[0])
    return role if role.kind is not None else None


def _announced(title: str) -> str:
    """What a long title announces at its end: "… sur les étapes suivantes"."""
    words = title.rstrip(" :").split()
    return " ".join(words[-3:]) if words and fold(words[-1]).startswith(("suivant", "ci")) else ""


def is_section(title: str) -> bool:
    """Whether a title parts a report without saying what stands under it."""
    found = phrases("sections").first(title)
    return found is not None and found[1] <= _FIRST_WORDS and len(title.split()) <= _LONGEST_TITLE


def starts_report(title: str) -> bool:
    """Whether a title is one with which a report begins."""
    found = phrases("reports").first(title)
    return found is not None and found[1] <= 1 and len(title.split()) <= _LONGEST_TITLE


def table_of(roles: frozenset[Role]) -> Table:
    """What a table is for, by the roles of its columns."""
    if Role.ACTION in roles or (roles & {Role.TIMEFRAME, Role.INDICATOR} and Role.LEVER in roles):
        return Table.PLAN if roles & {Role.LEVER, Role.ACTOR, Role.TIMEFRAME, Role.INDICATOR} else Table.NOTES
    if {Role.EXPERIENCE, Role.STRENGTH} <= roles and roles & {Role.NEED, Role.LEVER}:
        return Table.FINDINGS
    if {Role.IRRITANT, Role.STRENGTH} <= roles and not roles & {Role.NEED, Role.LEVER}:
        return Table.DIAGNOSTIC
    if {Role.IRRITANT, Role.NEED} <= roles or {Role.NEED, Role.LEVER} <= roles:
        return Table.SYNTHESIS
    if Role.EXPERIENCE in roles:
        return Table.EXPERIENCE
    return Table.QUESTIONS if Role.QUESTION in roles else Table.NOTES


def header_roles(cells: list[str]) -> list[Role | None] | None:
    """The roles of a row's cells when the row is a header, else None.

    A header names at least two columns, at least one of them a kind of mention, each column with something else,
    and most of its cells are named.
    """
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < 2 or any(len(cell.split()) > _LONGEST_HEADER for cell in filled):
        return None
    roles = [column_role(cell) for cell in cells]
    known = [role for role in roles if role]
    if len(known) < 2 or len(set(known)) < len(known) or not any(role.kind for role in known):
        return None
    return roles if len(known) * 3 >= len(filled) * 2 else None

"""What a header says of the things under it, by its words (`headers.toml`)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from ingest.words.bare_names import PARTICIPLE
from ingest.words.classes import words
from ingest.words.phrases import header_key, phrases, told_by_clause, told_by_stem
from ingest.words.ranks import ASKED_RANK
from ingest.words.titles import alone, announced, announces, asking, bare, in_brackets
from ontology import Kind, Table, fold
from ontology.vocabulary import find_theme


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


# What is said of a lever or an axis: how, who, when, measured by what.
OF_AXIS = {Role.ACTION, Role.ACTOR, Role.TIMEFRAME, Role.INDICATOR}
_DESCRIBING = {Role.THEME, Role.TERRITORY, Role.REFERENCE}
_SURE_ROLES = 3  # that a header names at the beginning of its cells, where others are in words of its own
_LONGEST_HEADER = 24  # words
_LONGEST_TITLE = 16  # words
_FIRST_WORDS = 2  # a title tells its role among its first words
_LONGEST_BRIEF = 9  # words of a header that only a word of a column tells
_LONGEST_OTHER = 6  # words of a header that no word tells, beside those that do
_SHORT_HEADER = 8  # words of a header beside which another one may say the same
_NUMBER_COLUMN = re.compile(r"(?:\bn\s?°|^\s*#)\s*$", re.IGNORECASE)  # "Action n°" holds numbers, no actions
_NUMBERED_BLOCK = re.compile(
    r"^(?:r[ée]ponse|contribution|r[ée]pondant|questionnaire)\s+(?:n\s?°\s?)?\d", re.IGNORECASE
)
_THEME_SHARE = 0.6  # of the words of a text that names a theme
_THEME_WORDS = {"theme", "thematique", "n", "no"}
_RELATIVE = re.compile(r"(?:tout )?ce (?:qui|que|dont) (?!$)")
_ANNOUNCED = re.compile(r"\S\s*:\s*\S.*\?\W*$")
_VAGUE = words("vague")
_HINT = re.compile(r"\((quoi|comment|qui|quand|pourquoi)\s?\??\)\s*$", re.IGNORECASE)
_ASKING = frozenset(("qui", "quoi", "quand", "comment", "ou", "pourquoi", "par", "avec", "a", "de"))
_GATHERINGS, _COMPLETING = words("gatherings"), words("completing")
_LONGEST_COMPLEMENT = 6  # words


@lru_cache(maxsize=4096)
def column_role(header: str) -> Role | None:
    """The role of a column, from its header.

    >>> column_role("Axes d’amélioration ou leviers répondant aux besoins")
    <Role.LEVER: 'lever'>
    """
    if not header.strip() or len(header.split()) > _LONGEST_HEADER:
        return None
    hint = _HINT.search(header)
    told = (phrases("columns").opening(hint[1]) if hint else None) or _told(header)
    role = Role(told[0]) if told else None
    if role is not None and role is not Role.THEME and names_theme(header):
        return None  # the name of a theme may hold the word of another column: "Un numérique responsable"
    return None if is_neutral(header) and role is not Role.EXPERIENCE else role


@lru_cache(maxsize=4096)
def _told(header: str) -> tuple[str, int] | None:
    """The role of a column and the words before it; words that tell only columns tell it at the beginning."""
    found, brief = phrases("roles").first(header), phrases("columns").first(header)
    key = header_key(header)
    whole = phrases("whole").opening(header)
    if whole and whole[1] == key:
        brief = whole[0], 0
    met = phrases("session_asked").opening(header)
    if brief and met and " " in met[1]:
        brief = None  # "Qui a animé ?" asks of the meeting
    if brief and _RELATIVE.match(key) and not (brief[1] == 0 and key.startswith("ce ")):
        brief = None  # "qui" asks for nobody in "ce qui pèche"
    if brief and found is None and (brief[1] > 1 or len(key.split()) > _LONGEST_BRIEF):
        brief = None  # such a word in the midst of others is no name
    told = found if brief is None or (found is not None and (found[1] <= brief[1] or brief[1] > 0)) else brief
    if told is None and (said := told_by_stem(header) or told_by_clause(header)):
        return said, 0
    return told


def is_neutral(header: str) -> bool:
    """Whether a column only helps the people who keep the table: a budget, a state, remarks."""
    neutral, told = (
        phrases("neutral").opening(header),
        phrases("roles").opening(header) or phrases("columns").opening(header),
    )
    more = neutral is not None and told is not None and len(told[1]) > len(neutral[1])
    return (neutral is not None and not more) or is_number_column(header)


def is_number_column(header: str) -> bool:
    """Whether a column only numbers its rows: "N°", "Action n°", "#"."""
    return bool(_NUMBER_COLUMN.search(header))


@lru_cache(maxsize=4096)
def title_role(title: str) -> Role | None:
    """The role of a list, from the title above it; None for a title that only parts the report.

    >>> title_role("Quelles sont les difficultés rencontrées ?")
    <Role.IRRITANT: 'irritant'>
    """
    if header_key(title).startswith("nombre "):
        return None
    asked = ASKED_RANK.match(title)
    if asked and title.rstrip().endswith("?") and (role := title_role(title[asked.end() :])):
        return role
    short = len(title.split()) <= _LONGEST_TITLE
    found = phrases("roles").first(title) if short else None
    if found is None or found[1] > _FIRST_WORDS:
        found = alone(title) or announces(title) or phrases("roles").first(announced(title))
    if found is None and (said := asking(title)):
        found = said, 0
    if found is None and short and (named := phrases("columns").opening(title)) and named[1].count(" ") > 0:
        found = named[0], 0
    if found is None and short and (stem := told_by_stem(title) or in_brackets(title)):
        found = stem, 0
    if found is None or names_block(title):
        return None
    role = Role(found[0])
    if role is Role.ACTOR and found[1] > 0 and header_key(title).split()[0] in _GATHERINGS:
        return None
    if role is Role.QUESTION and _ANNOUNCED.search(title) and not asked:
        return None  # one question, and the words that announce it
    return role if role.kind is not None else None


def unnumbered(title: str) -> str:
    """A question without its number: "Question 2 : Qui s’en charge ?"."""
    return ASKED_RANK.sub("", title)


def is_numbered_question(title: str) -> bool:
    """Whether a title is a question with its number: "Question 2 : Qui s’en charge ?"."""
    return bool(ASKED_RANK.match(title)) and title.rstrip().endswith("?")


def names_block(title: str) -> bool:
    """Whether a title names one of several reports, by a word that also tells a role: "Réponse n° 3"."""
    if _NUMBERED_BLOCK.match(title):
        return True
    block, told = phrases("reports").opening(title), phrases("roles").opening(title)
    return block is not None and told is not None and len(block[1]) > len(told[1])


def loose_role(title: str) -> Role | None:
    """What a title says that is the name of a column, and what completes it: "Constats partagés", "Idées pour avancer".

    For a line that is surely a title.
    """
    if said := told_by_clause(title.rstrip(" :")):
        return Role(said)
    key = header_key(title.rstrip(" :"))
    found = phrases("columns").opening(key)
    if found is None:
        key = bare(key)
        found = phrases("columns").opening(key)
    if found is None or phrases("session").opening(key) or title.rstrip().endswith("?"):
        return None
    more = key[len(found[1]) :].split()
    if len(more) > _LONGEST_COMPLEMENT or found[1].split()[0] in _ASKING | _VAGUE:
        return None
    completed = not more or more[0] in _COMPLETING or PARTICIPLE.search(more[0])
    return Role(found[0]) if completed and Role(found[0]).kind else None


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

    A header names at least two columns, at least one of them a kind of mention, and most of its cells are named.
    Two cells may name one thing only where each name begins with it.
    """
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < 2 or any(len(cell.split()) > _LONGEST_HEADER for cell in filled):
        return None
    if any(map(_fills_field, filled)):
        return None
    roles = told_apart(cells, [column_role(cell) for cell in cells])
    # Of two names that tell one thing, only those that begin with it tell it for sure.
    roles = [
        None if role and roles.count(role) > 1 and not opens_with_role(cell) else role
        for cell, role in zip(cells, roles, strict=True)
    ]
    known = [role for role in roles if role]
    if len(set(known)) < 2 or not any(role.kind for role in known):
        return None
    asked = [cell for cell in filled if not is_neutral(cell)]
    sure = len(set(known)) >= _SURE_ROLES and all(
        opens_with_role(cell) if role else len(cell.split()) <= _LONGEST_OTHER
        for cell, role in zip(cells, roles, strict=True)
        if role is None or role.kind
    )
    return roles if len(known) * 3 >= len(asked) * 2 or (sure and len(known) * 2 >= len(asked)) else None


def _fills_field(cell: str) -> bool:
    """Whether a cell is a field of the form that opens a report, and what was written in it: "Date : 28/09/2020"."""
    label, colon, value = cell.partition(":")
    if not colon or not any(map(str.isalnum, value)):
        return False
    found = phrases("session").opening(label)
    return found is not None and found[1] == header_key(label)


def opens_with_role(header: str) -> bool:
    """Whether a header is short and begins with what it says."""
    found = _told(header)
    return found is not None and found[1] <= 1 and len(header.split()) <= _SHORT_HEADER


def in_group(group: str, name: str) -> str:
    """The name of a column with that of the group above it, where it says little alone: "Actions : Quoi ?"; else "".

    >>> in_group("Actions", "Quoi ?"), in_group("Actions", "Pilote")
    ('Actions : Quoi ?', '')
    """
    told = column_role(group)
    if told is None or told.kind is None or not name or len(name.split()) > _SHORT_HEADER or is_neutral(name):
        return ""
    vague = column_role(name) is None or header_key(name) in _VAGUE
    return f"{group} : {name}" if vague else ""


def told_apart(names: list[str], roles: list[Role | None]) -> list[Role | None]:
    """The roles of columns, where two of one role are told apart: "Points d’appui" beside "Leviers" are strengths."""
    told = list(roles)
    for place, (name, role) in enumerate(zip(names, roles, strict=True)):
        other = phrases("instead").opening(name) if told.count(role) > 1 else None
        if other and Role(other[0]) not in told:
            told[place] = Role(other[0])
    return told


def says_theme(name: str) -> bool:
    """Whether the name of a column says itself that it holds themes: "Thématique concernée", and not "Sujet"."""
    found = phrases("roles").first(name)
    return found is not None and Role(found[0]) is Role.THEME


def names_theme(words: str) -> bool:
    """Whether a text hardly says more than the name of a theme: "Thématique 2 : Travailler ensemble autrement"."""
    theme = find_theme(words) if words else None
    if theme is None:
        return False
    said = [word for word in fold(words).split() if word not in _THEME_WORDS and not word.isdigit()]
    return len(fold(theme.label).split()) >= _THEME_SHARE * len(said)

"""What a line is by its own words and by those of the line below it."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.actors.scan import spot
from ingest.prose import blocks
from ingest.prose.entries import fits, only_announces
from ingest.prose.field_labels import label_alone, label_of
from ingest.prose.implied import flat_of, opens_verb
from ingest.prose.lines import Line, Look
from ingest.prose.parts import said_behind
from ingest.prose.told import of_meeting
from ingest.sessions.session import PEOPLE, is_date, session_field
from ingest.words.headers import (
    OF_AXIS,
    Role,
    is_numbered_question,
    is_section,
    loose_role,
    names_theme,
    title_role,
    unnumbered,
)
from ingest.words.phrases import phrases, words_of
from ingest.words.ranks import ends_part, rank_of
from ingest.words.titles import announces
from ontology import fold
from ontology.vocabulary import find_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHEET = re.compile(r"(?:fiche|atelier|th[èe]me|th[ée]matique|volet|groupe)\s+(?:n\s?°\s?)?\d", re.IGNORECASE)
_DASH = re.compile(r"\s[–—-]\s")
_TAG = re.compile(
    r"\s*(?:[-–—*•]\s+)?(?:[\[(]([^\W\d_][^\])]{2,40})[\])]\s*:?|#([^\W\d_][\w-]{2,30})\s*:?"
    r"|([^\W\d_]['’ \w]{2,30}?)\s+[–—-])\s+(?=\S)"
)
_OPPOSED = re.compile(r"([+–−-])\s+(?=\S)")
_ANSWERING = {Role.IRRITANT, Role.STRENGTH, Role.NEED, Role.LEVER, Role.ACTION}
_LEAST_QUESTION, _LONGEST_QUESTION = 2, 45  # words
_SHORT_TITLE = 5  # words
_SHORT_ASKED = 5  # words of each of several questions in one title
_SHORT_LINE = 14  # words


def sign_of(text: str) -> tuple[Role, int] | None:
    """The role that a sign before a line tells, and how many characters the sign takes: "(–) trop de bruit"."""
    match = None if text.lstrip()[:1].isalnum() else _sign().match(text)
    return (_signs()[match[1]], match.end()) if match else None


def tag_of(text: str) -> tuple[Role, int] | None:
    """The role that a tag before a line tells, and how many characters it takes: "[Frein] le débit", "#besoin : …"."""
    if text.lstrip()[:1].isalnum() and not _DASH.search(text):
        return None
    match = _TAG.match(text)
    label = next(filter(None, match.groups()), "") if match else ""
    role = label_alone(label)
    return (role, match.end()) if match and role else None


def opposed(lines: Sequence[Line], text: str) -> dict[int, Role]:
    """The roles of lines, by where they begin, that "+" and "-" open in one list: what worked, and what did not."""
    found: dict[int, Role] = {}
    matches = ((line.span.start, _OPPOSED.match(text, line.span.start, line.span.end)) for line in lines)
    signs = ((start, match[1] if match else "") for start, match in matches)
    for opened, group in groupby(signs, key=lambda one: bool(one[1])):
        told = {start: Role.STRENGTH if sign == "+" else Role.IRRITANT for start, sign in group}
        if opened and len(set(told.values())) > 1:
            found |= told
    return found


@cache
def _signs() -> dict[str, Role]:
    return {sign: Role(name) for name, signs in words_of("signs").items() for sign in signs}


@cache
def _sign() -> re.Pattern[str]:
    longest = sorted(_signs(), key=lambda sign: (-len(sign), sign))
    return re.compile(rf"\s*(?:[-–—*•]\s+)?({'|'.join(map(re.escape, longest))})\s*(?=\S)")


def is_fact(words: str) -> bool:
    """Whether a title is a field of the form that opens a report, or a date."""
    if fold(words).startswith("le ") and not any(map(str.isdigit, words)):
        words = words.split(maxsplit=1)[1]  # "le" tells a date before a day only
    found, said = phrases("session").first(words), said_behind(words)
    if said and title_role(said):
        return False  # "Thème A – Pistes" holds a list
    return len(words.split()) <= _SHORT_TITLE and (is_date(words) or (found is not None and found[1] <= 1))


def parts_report(words: str, following: Line | None) -> bool:
    """Whether a title only parts the report, though its words tell a role."""
    if announces(words) or ((said := said_behind(words)) and title_role(said)):
        return False
    found, section = phrases("roles").first(words), phrases("sections").first(words)
    told, named = phrases("roles").opening(words), phrases("sections").opening(words)
    more = told is not None and named is not None and len(told[1]) > len(named[1])
    if is_section(words) and section and found and section[1] <= found[1] and not more:
        return True
    role = title_role(words)
    below = title_role(following.words) if following is not None and following.titled else None
    if following is not None and only_announces(following, role):
        return False
    under = below is not None and below is not role  # the same again only goes on with it
    return under and found is not None and found[1] > 0


def next_said(lines: list[Line], place: int) -> Line | None:
    """The next line that is not blank."""
    return next((line for line in lines[place + 1 :] if line.look is not Look.BLANK), None)


def is_short(line: Line) -> bool:
    """Whether a line may be a title that nothing else tells from text."""
    return not line.marked and len(line.words.split()) <= _SHORT_LINE and not line.words.endswith(".")


def heads_lists(line: Line, following: Line | None) -> bool:
    """Whether a line above the title of a list says what that list is about."""
    return is_short(line) and blocks.heads_lists(line, following)


def title_of(lines: Sequence[Line]) -> int | None:
    """Where the title of a whole report begins: its only heading of the first level, above text and other headings."""
    said = [line for line in lines if line.look is not Look.BLANK]
    first = [line for line in said if line.level == 1]
    if len(first) != 1 or said[0] is not first[0] or len(said) == 1 or said[1].marked:
        return None
    return said[0].span.start if any(line.level > 1 for line in said) else None


def follows(words: str, section: str) -> bool:
    """Whether a title comes next after that of the section by its number, and stands under it no longer."""
    return ends_part(rank_of(section), rank_of(words))


def heads_sheet(line: Line, following: Line | None) -> bool:
    """Whether the line below a field tells who, when or how: "Intitulé : …" / "Porteur : …"."""
    below = label_of(following.words) if following else None
    return label_of(line.words) is None and below is not None and below[1] in OF_AXIS


def says_what(line: Line, following: Line | None) -> Role | None:
    """The role of a title that says what is to be done, where the line below tells who, when or how."""
    acts = line.words[:1].isupper() and opens_verb(flat_of(line.words))
    return Role.LEVER if acts and heads_sheet(line, following) else None


def asks_lists(line: Line, following: Line | None) -> bool:
    """Whether a line is a question, and lists that answer it stand under their titles below it."""
    lists = _heads_answers(following)
    long = len(line.words.split()) > _LEAST_QUESTION
    return lists and long and line.words.endswith("?") and not line.marked and line.words[:1].isupper()


def asks(words: str, role: Role | None, following: Line | None) -> bool:
    """Whether a title is itself a question, whose answers follow."""
    said = unnumbered(words)
    if not words.endswith("?") or is_section(said) or len(words.rstrip(" ?").split()) < _LEAST_QUESTION:
        return False
    if asks_several(words):
        return False
    # Text that answers it, or the titles of lists: "Question 2 – Comment … ?" / "Freins :".
    lists = _heads_answers(following)
    answered = lists or (following is not None and not following.titled)
    if lists and role in OF_AXIS and len(said.split()) > _LEAST_QUESTION and not phrases("roles").opening(said):
        return True  # "Qui décide des achats ?" / "Freins :"
    if role is not Role.QUESTION and len(said.split()) > _SHORT_ASKED and _heads_list(following):
        return True  # a long one that no list stands under: "Comment faire connaître …  ?" / "Expériences :"
    asked = role is Role.QUESTION and is_numbered_question(words) and answered
    return role is None or asked or parts_report(said, following)


def is_question(line: Line) -> bool:
    """Whether a line of text asks one thing."""
    asks = line.words.endswith(("?", "?:", "? :")) and not asks_several(line.words)
    return asks and not line.marked and len(line.words.split()) <= _LONGEST_QUESTION


def asks_several(words: str) -> bool:
    """Whether a title asks several things of one thing, and so names what follows: "Qui ? Quand ? Comment ?"."""
    return words.count("?") > 1 and all(len(part.split()) <= _SHORT_ASKED for part in words.split("?"))


def _heads_list(line: Line | None) -> bool:
    """Whether a line names a list, and asks nothing itself."""
    return line is not None and line.titled and not line.words.endswith("?") and title_role(line.words) is not None


def _heads_answers(line: Line | None) -> bool:
    """Whether a line is the title of a list that may answer a question."""
    return line is not None and line.titled and title_role(line.words) in _ANSWERING


def role_of(line: Line, following: Line | None) -> Role | None:
    """What a title says of the lines under it, or what they answer: "Qui fait vivre le projet ?" asks for actors."""
    marked = following is not None and following.marked
    role = title_role(line.words) if not names_theme(line.words) else None
    if role is None and (said := said_behind(line.words)):
        return title_role(said) or loose_role(said)
    if names_theme(line.words):
        return None
    if role is None and following is not None and marked:
        role = _asks_for(line.words, following.words)
    return role or (loose_role(line.words) if (line.look is Look.HEADING and line.level != 1) or marked else None)


def _asks_for(words: str, answer: str) -> Role | None:
    """What a question asks for by its first word, where the first answer tells that: who, or when."""
    met = phrases("session_asked").opening(words)
    asked = phrases("asking").opening(words) if words.endswith("?") and met is None else None
    role = Role(asked[0]) if asked else None
    if role is Role.ACTOR:
        who = spot(answer, cell=True)
        return role if who.actors and not (who.left or who.unknown) else None
    return role if role is Role.TIMEFRAME and role.kind and fits(answer, role.kind) else None


def heads_fields(line: Line, following: Line, text: str, *, run: bool) -> bool:
    """Whether the line below an item tells who, when or how: as a bullet of its own, or under a number that opens it.

    Args:
        line: the item.
        following: the line below.
        text: of the document.
        run: a number opened the line above too.
    """
    label = label_of(following.words)
    apart = not run if line.counted else _is_deeper(line, following, text)
    return label is not None and label[1] in OF_AXIS and apart


def heads_titles(following: Line) -> bool:
    """Whether the line below a numbered one is the title of a list."""
    return label_of(following.words) is not None or (following.titled and title_role(following.words) is not None)


def _is_deeper(line: Line, following: Line, text: str) -> bool:
    """Whether the line below is a bullet of a greater indent."""
    one, other = (each.span.of(text).expandtabs() for each in (line, following))
    return following.marked and len(other) - len(other.lstrip()) > len(one) - len(one.lstrip())


def is_apart(line: Line) -> bool:
    """Whether a line without a bullet is of no list: "Thématique : …", "Présents : …", or a sentence on a vote."""
    field = phrases("session").opening(line.words)
    theme = field is not None and field[0] == Role.THEME and names_theme(line.words)
    people = None if line.marked else session_field(line.words)
    told = people is not None and people[0] in PEOPLE and bool(people[1])
    sheet = _SHEET.match(line.words) is not None and find_theme(line.words) is not None
    return not line.marked and (theme or told or sheet or of_meeting(line.words))


def leaves_list(line: Line, following: Line | None) -> bool:
    """Whether a line behind a white one is no entry of the list above: a bassin, a question or a number above lists."""
    plain = not line.marked and ":" not in line.words
    numbered = not line.marked and rank_of(line.words) is not None and heads_lists(line, following)
    return numbered or asks_lists(line, following) or (plain and blocks.is_local(line.words))


def fills_form(line: Line, following: Line | None) -> bool:
    """Whether two fields of the form that opens a report stand one under the other."""
    return not line.marked and following is not None and None not in map(session_field, (line.words, following.words))

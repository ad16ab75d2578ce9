"""Lines that open a row: a question, whose answers follow, or a numbered axis with what is said of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.words.headers import Role
from ingest.words.phrases import header_key, phrases
from ingest.words.ranks import ASKED_RANK, RANK
from ontology import Kind, Reason, Span, Table, fold

if TYPE_CHECKING:
    from ingest.draft import Draft, Place
    from ingest.prose.lines import Line
    from ingest.prose.lists import Lists
    from ontology import Row

# Words that only announce a question: "Reste ouvert : qui finance les clés ?".
_ANNOUNCED = re.compile(
    r"^[\s#*_–•-]*[^\W\d_][^:?!.]{2,40}?[*_]{0,2}\s?:[*_]{0,2}\s+(?=(?:[àÀ]\s|[Aa]vec\s|[Pp]our\s|[Dd]e\s)?(?:qui|que|qu['’]|quoi|quel(?:le)?s?|comment"
    r"|pourquoi|combien|o[uù]|est-ce|faut-il|faudrait-il|peut-on|pourrait-on|doit-on|devrait-on|y a-t-il)\b)",
    re.IGNORECASE,
)
_ORDINALS = ("premiere", "deuxieme", "troisieme", "quatrieme")
_NTH = re.compile(
    r"\b(?:(premiere|deuxieme|troisieme|quatrieme)|(\d)(?:e|re|ere|eme|nde)?) question\b(?: traitee| posee| retenue)?$"
)
_GROUP = re.compile(
    r"^(?:sous[- ])?(?:groupe|atelier|table|îlot)\s+(?:n\s?°\s?)?(?:\d{1,2}|[A-Z])\b[^.;]{0,60}$", re.IGNORECASE
)
_RUN_IN = re.compile(r"^([^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,3} ?)\.(?:\s+[–—-])?\s+(?=[A-ZÀ-Ý«])")
_PARTICIPLE = re.compile(r"(?:ee?|is|its?|us?)$")  # folded and in the singular: "relevées", "choisi"
_RUNNING = {Role.IRRITANT, Role.STRENGTH, Role.NEED, Role.LEVER, Role.ACTION, Role.OBJECTIVE}
# What ends "Axe 2 :", "Axe n° 2 –" and "Intitulé :": the mark of "n°" ends nothing.
_NUMBER_END = re.compile(r"(?<![nN])(?<=\w)\s*[:./)–—-]\s+|\w\s*[:.°/)–—-]\s+(?!\d)")


class Openings:
    """Opens rows of one document."""

    def __init__(self, draft: Draft, lists: Lists) -> None:
        self.draft = draft
        self.lists = lists

    def axis(self, line: Line, role: Role, place: Place) -> None:
        """A numbered axis: it opens the row of what is said of it."""
        place.section = line.words
        number = _NUMBER_END.search(line.span.of(self.draft.document.text))
        start = line.span.start + (number.end() if number else 0)
        self.draft.aside(Span(line.span.start, start), Reason.HEADING)
        self.lists.follow(Span(start, line.span.end), role, line.words, place)

    def question(self, line: Line, place: Place) -> None:
        """A question that parts the report: it opens the row of its answers, or goes back to where it was asked."""
        raw = line.span.of(self.draft.document.text)
        mark = ASKED_RANK.match(raw) or _ANNOUNCED.match(raw) or RANK.match(raw)
        span = Span(line.span.start + (mark.end() if mark else 0), line.span.end)
        if asked := self._asked_before(fold(self.draft.text(span)), place):
            self.part(line, place)
            self.lists.answers(asked, line.words, place)
            return
        self.lists.subject()
        place.section = line.words
        row = self.draft.row(place, self.draft.table(), Table.QUESTIONS, 1)
        if mark:
            self.draft.aside(Span(line.span.start, span.start), Reason.HEADING)
        self.draft.mention(row, Kind.QUESTION, span, place.section)
        self.lists.answers(row, line.words, place)

    def resumes(self, line: Line, place: Place) -> bool:
        """Take a title that goes back to a question asked above: "Travaux sur la première question"."""
        number = nth_question(line.words)
        rows = [row for row in self.draft.rows if row.session == place.session and row.table is Table.QUESTIONS]
        if not 0 < number <= len(rows):
            return False
        self.part(line, place)
        self.lists.answers(rows[number - 1], line.words, place)
        return True

    def _asked_before(self, question: str, place: Place) -> Row | None:
        """The row of the same question, folded, in the list of those that were asked."""
        rows = {row.id: row for row in self.draft.rows if row.session == place.session}
        asked = (one for one in self.draft.mentions if one.kind is Kind.QUESTION and fold(one.text) == question)
        return next((rows[one.row] for one in asked if one.row in rows), None)

    def asked(self, line: Line, place: Place) -> None:
        """A bullet of no list that asks something: a question, whatever the title above it."""
        self.lists.begin(place.section, Role.QUESTION, place)
        self.lists.add(line)
        self.lists.end()

    def details(self, line: Line, place: Place) -> None:
        """A title that asks several things of what was noted before it: the lists under it stand in one row."""
        self.lists.details()
        place.section = line.words
        self.draft.aside(line.span, Reason.HEADING)

    def part(self, line: Line, place: Place) -> None:
        """Words that only part the report: another subject begins."""
        self.lists.subject()
        place.section = line.words
        self.draft.aside(line.span, Reason.HEADING)


def nth_question(words: str) -> int:
    """Which of the questions asked above a title goes back to, from 1; 0 for none."""
    match = None if words.rstrip().endswith("?") else _NTH.search(fold(words.partition(":")[0]))
    if match is None:
        return 0
    return int(match[2]) if match[2] else next(n for n, said in enumerate(_ORDINALS, 1) if match[1].startswith(said))


def heading_in(words: str) -> tuple[str, Role] | None:
    """A heading that its text goes on after, in one line, and its role: "Difficultés relevées. Le réseau tombe."."""
    match = _RUN_IN.match(words)
    found = phrases("roles").opening(match[1]) if match else None
    role = Role(found[0]) if found else None
    if match is None or found is None or role not in _RUNNING:
        return None
    more = header_key(match[1])[len(found[1]) :].split()
    return (match[1], role) if all(_PARTICIPLE.search(word) for word in more) else None


def is_group(words: str) -> bool:
    """Whether a line only names a group of people whose lists follow: "Groupe 3", "Atelier B : les familles"."""
    return bool(_GROUP.match(words))

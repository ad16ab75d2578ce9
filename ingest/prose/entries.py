"""What the entries of a list are: where one begins, who speaks in it, which items it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from ingest.actors.scan import spot
from ingest.cleaning import clean
from ingest.prose.field_labels import label_alone, label_of
from ingest.tables.parting import parted
from ingest.tables.run_on import can_end, sentences
from ingest.words.headers import Role, title_role
from ingest.words.phrases import header_key, phrases, words_of
from ontology import Kind, Span, fold, horizon_of, search_key

if TYPE_CHECKING:
    from ingest.prose.lines import Line

# Kinds that answer each other when they stand under one question or one subject.
TOGETHER = {Kind.IRRITANT, Kind.LEVER, Kind.NEED, Kind.STRENGTH}
_ENDS = (".", "?", "!", ")", "»", ":")
_SPEAKER = re.compile(
    r"^\s*[*_]{0,3}((?:L['’]|L[ea]s?\s|Une?\s|Des\s|M\.\s|Mme\s)?[^:.;]{2,60}?)[*_]{0,3}\s*:[*_]{0,3}\s+(?=\S)"
)
_GROUP = re.compile(
    r"^\s*[*_]{0,3}(?:sous[- ])?(?:groupe|table|[îi]lot|atelier)\s+(?:n\s?°\s?)?(?:\d{1,2}|[A-Z])"
    r"[*_]{0,3}\s*:[*_]{0,3}\s+(?=\S)",
    re.IGNORECASE,
)
ARROW = re.compile(r"^\s*[-–—]?\s*→")
_FINDINGS = {"constat", "bilan", "observation", "diagnostic", "retour"}
_NARROWEST = 50  # characters of a line that a page may break
_ROOM = 0.85  # of the width of broken lines
_NAMED = {"ecole", "college", "lycee", "ville", "commune", "academie"}
_SUBTITLE, _SHORT_LEAD = 6, 4  # words
_WISHED = {Role.NEED, Role.LEVER, Role.ACTION}  # what should be, or is to be done
_BRIEF = 40  # words of a sentence that is an item beside others
_DENSITY = 8  # words of a passage for each actor it names, at most, to be a list of actors


@dataclass(slots=True)
class List:
    """The list being read: its title, what it holds, its last item."""

    title: str
    role: Role
    bulleted: bool = False  # only bullets are items
    inline: bool = False  # its items run on in the line of its title
    told: bool = False  # they are sentences
    marked: bool = False  # a bullet was seen
    bare: bool = False  # no line stood under it, and it is the first of its kind in the row
    blank: bool = False  # a blank line since the last item
    item: list[Span] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Whether no bullet was seen in it, it holds things that answer each other, and a blank line came last."""
        return not self.marked and self.role.kind in TOGETHER and self.blank


def parts(text: str, whole: Span, current: List) -> list[Span]:
    """The items of an entry: several in the line of a label, or in an answer without bullets."""
    if current.told:
        return sentences(text, whole)
    if current.inline and len(said := sentences(text, whole)) > 1:
        return said
    if current.inline:
        return parted(text, whole, commas=current.role is not Role.ACTOR)
    if current.role is Role.QUESTION and not current.marked:
        said = sentences(text, whole)
        return said if all(clean(one.of(text)).endswith("?") for one in said) else [whole]
    if current.marked or current.role.kind not in TOGETHER:
        return [whole]
    pieces = [part for sentence in sentences(text, whole) for part in parted(text, sentence, commas=False)]
    pieces = [piece for piece in pieces if clean(piece.of(text)).strip(" ;")]
    brief = all(len(piece.of(text).split()) <= _BRIEF for piece in pieces)
    return pieces if brief else [whole]


def behind_label(text: str, span: Span, role: Role) -> Span | None:
    """What stands behind a label that says again what the list holds: "Deuxième piste : …"."""
    label = label_of(clean(span.of(text)))
    return Span(span.start + span.of(text).index(":") + 1, span.end) if label and label[1] is role else None


def begins(said: str, before: str, line: Line, current: List, roomy: int = 0) -> bool:
    """Whether a line without a bullet begins another entry than the one that begins with ``said``.

    Its last words are ``before``; lines of the document have ``roomy`` characters, and nothing broke them.
    """
    if current.marked and current.role is not Role.QUESTION:
        return False  # under a bullet, a line without one goes on with it
    if before.endswith(";"):
        return True
    lower = line.words[:1].islower()
    if before.endswith(_ENDS) and not lower:
        return True
    if lower and not said[:1].islower():
        return False  # a narrow column broke it
    if line.apart and not lower:
        return True
    # A line that had room for the next word was ended on purpose.
    room = len(before) + len(line.words.split(maxsplit=1)[0]) < max(_NARROWEST, roomy)
    last = before.rsplit(maxsplit=1)[-1]
    # A name follows "école" only with a capital.
    ends = can_end(last) or (lower and fold(last).rpartition(" ")[2] in _NAMED)
    return room and before[-1:].isalnum() and ends


def leaves(text: str, line: Line, current: List, width: int) -> bool:
    """Whether a line without a bullet is no more of a list: white stands between, or room for its first word."""
    if width and current.item and not current.blank:
        last, first = current.item[-1], line.words.split(maxsplit=1)[0]
        before = text[text.rfind("\n", 0, last.start) + 1 : last.end].rstrip()
        ended = before[-1:].isalnum() or before.endswith(_ENDS)
        current.blank = ended and line.words[:1].isupper() and len(before) + len(first) < _ROOM * width
    return current.blank


def speaker(text: str) -> int:
    """How many characters of a line say who speaks: "La directrice d’école : …"."""
    if group := _GROUP.match(text):
        return group.end()
    match = _SPEAKER.match(text)
    found = spot(match[1], cell=True) if match else None
    spoken = found is not None and found.actors and not (found.left or found.unknown)
    return match.end() if match and spoken and label_alone(match[1]) is None else 0


def fits(words: str, kind: Kind) -> bool:
    """Whether an entry may stand in a list of that kind: one of actors names some, one of dates tells when."""
    if kind is Kind.ACTOR:
        return len(spot(words, cell=True).actors) * _DENSITY >= len(words.split())
    told = any(map(str.isdigit, words)) or horizon_of(words) is not None
    return kind is not Kind.TIMEFRAME or told or bool(set(search_key(words).split()) & _timing())


@cache
def _timing() -> frozenset[str]:
    return frozenset(word for phrase in words_of("timing")["words"] for word in search_key(phrase).split())


def is_subtitle(words: str) -> bool:
    """Whether a line above bullets may be their title."""
    return len(words.split()) <= _SUBTITLE and words[:1].isupper() and words[-1:] not in {".", ",", ";"}


def leads_in(current: List | None, line: Line) -> bool:
    """Whether a line right under the title of a list only announces what the list holds."""
    if current is None or current.marked or current.item:
        return False
    return only_announces(line, current.role)


def only_announces(line: Line, role: Role | None) -> bool:
    """Whether a line under a title of such a role says nothing else: "Nous résumons ici nos demandes :"."""
    if role not in _WISHED or line.level or not line.words.endswith(":"):
        return False
    longer = len(line.words.split()) > _SHORT_LEAD and phrases("roles").opening(line.words) is None
    return longer and title_role(line.words) in _WISHED


def takes_no_side(current: List) -> bool:
    """Whether a title only announces findings, good ones or bad ones: "Nos constats"."""
    return current.role in {Role.IRRITANT, Role.STRENGTH} and bool(_FINDINGS & set(header_key(current.title).split()))


def is_quarter(title: str) -> bool:
    """Whether a title is a quarter of a grid of four: "Forces", "Menaces"."""
    found = phrases("quarters").opening(title)
    return found is not None and found[1] == header_key(title)


def is_interrogative(title: str) -> bool:
    """Whether a title is an interrogative word: "qui", "quand", "comment saura-t-on ?" ask of one thing."""
    return phrases("asking").opening(title) is not None

"""What stands under no title that tells what it is: prose that says it itself, and lists whose wording tells it.

Both are kept until the report is read: prose that only implies what it holds counts where no list or table of its part
says things of that kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.prose.entries import TOGETHER, speaker
from ingest.prose.field_labels import said_of
from ingest.prose.marks import mark_of
from ingest.prose.records import store_planned
from ingest.prose.tails import tail_of
from ingest.prose.told import Told, told
from ingest.tables.run_on import sentences
from ingest.words.headers import title_role
from ingest.words.wording import GUESSED, likely
from ontology import Kind, Reason, Span, Table

if TYPE_CHECKING:
    from ingest.draft import Draft, Place
    from ingest.prose.lines import Line
    from ingest.prose.lists import Lists
    from ingest.words.headers import Role
    from ontology import Mention, Row

_LEAST_BULLETS, _SURE = 3, 5.0  # of a list that only its wording tells; nats
_END = 80  # letters at the end of a paragraph that are looked at
_SENTENCE = 7  # words of a bullet that is perhaps one
_MOST_LETTERS = 2_000  # of a paragraph that is looked at for its sentences
_LEAST_PLAIN = 2  # sentences that say what they hold, in a report that holds nothing else


@dataclass(slots=True)
class Passage:
    """A paragraph, or a bullet."""

    span: Span
    place: Place
    marked: bool
    told: list[Told] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A part of the report, from its title on, and what stands there."""

    start: int
    passages: list[Passage] = field(default_factory=list)

    def lists(self) -> list[tuple[Passage | None, list[Passage]]]:
        """The bullets that stand one after the other, and the paragraph above them."""
        found: list[tuple[Passage | None, list[Passage]]] = []
        before: Passage | None = None
        for passage in self.passages:
            if passage.marked and before is not None and before.marked:
                found[-1][1].append(passage)
            elif passage.marked:
                found.append((before, [passage]))
            before = passage
        return found


def in_sentences(words: str) -> bool:
    """Whether a line holds several sentences that no list is: a paragraph of prose."""
    return len(sentences(words, Span(0, min(len(words), _MOST_LETTERS)))) > 1


class Remarks:
    """Gathers what no title tells in one document, part by part."""

    def __init__(self, draft: Draft, lists: Lists) -> None:
        self.draft = draft
        self._lists = lists
        self._parts = [Part(0)]
        self._open = False  # the last paragraph may go on
        self._reports = False  # the document says enough plainly for what it only implies to count

    def part(self, start: int) -> None:
        """Another part of the report begins."""
        if self._parts[-1].start < start:
            self._parts.append(Part(start))
        self._open = False

    def close(self) -> None:
        """Something else stands here: the paragraph is over."""
        self._open = False

    def goes_on(self, line: Line) -> bool:
        """Whether a line goes on with a sentence of the paragraph above it."""
        passages = self._parts[-1].passages
        if not self._open or line.marked or not passages or passages[-1].span.end + 1 != line.span.start:
            return False
        span = passages[-1].span
        before = self.draft.document.text[max(span.start, span.end - _END) : span.end].rstrip()
        return line.words[:1].islower() and not before.endswith((".", "?", "!", ":"))

    def add(self, line: Line, place: Place) -> None:
        """One more line that is nothing else."""
        passages = self._parts[-1].passages
        raw = line.span.of(self.draft.document.text)
        mark = mark_of(raw) if line.marked else 0
        if said := speaker(raw[mark:]):
            self.draft.aside(Span(line.span.start + mark, line.span.start + mark + said), Reason.LEAD_IN)
            spoken = Span(line.span.start + mark + said, line.span.end)
            passages.append(Passage(spoken, replace(place), line.marked))
            self._open = True
            return
        if self._open and not line.marked and passages and passages[-1].span.end + 1 == line.span.start:
            passages[-1].span = Span(passages[-1].span.start, line.span.end)
        else:
            passages.append(Passage(line.span, replace(place), line.marked))
        self._open = True

    def store(self) -> None:
        """The report is read: what these passages say for sure becomes items."""
        text = self.draft.document.text
        ends = [part.start for part in self._parts[1:]] + [len(text)]
        passages = [passage for part in self._parts for passage in part.passages]
        for passage in passages:
            passage.told = told(text, passage.span, likely=True)
        plain = sum(one.sure for passage in passages for one in passage.told)
        self._reports = bool(self.draft.mentions) or plain >= _LEAST_PLAIN
        for part, end in zip(self._parts, ends, strict=True):
            if part.passages:
                self._part(part, [one for one in self.draft.mentions if part.start <= one.span.start < end])

    def _part(self, part: Part, inside: list[Mention]) -> None:
        self._plan(part)
        draft, prose = self.draft, self._lists.prose
        listed = (one for one in inside if not any(span.start <= one.span.start < span.end for span in prose))
        kinds = {mention.kind for mention in listed}
        noted = {mention.row for mention in inside if mention.kind in TOGETHER}
        shared = [row for row in draft.rows if row.id in noted and row.table is Table.NOTES]
        rows: dict[bool, Row] = {True: shared[0]} if len(shared) == 1 else {}
        said: dict[int, set[Kind]] = {}  # what passages say themselves, by where they begin
        for passage in part.passages:
            for one in passage.told:
                if not (
                    one.sure
                    or (self._reports and Kind.EXPERIENCE not in kinds and self._is_sentence(one.span, passage))
                ):
                    continue
                if (kind := one.role.kind) and (kind not in kinds or one.sure):
                    said.setdefault(passage.span.start, set()).add(kind)
                    row = self._row(rows, kind, passage.place)
                    draft.mention(row, kind, one.span, passage.place.section, doubtful=not one.sure)
        for above, bullets in part.lists():
            others = [bullet for bullet in bullets if bullet.span.start not in said]
            told = {kind for bullet in bullets for kind in said.get(bullet.span.start, ())}
            if told:  # a list holds things of one kind, whether each says it or not
                kind = min(told) if len(told) == 1 and len(others) * 2 <= len(bullets) else None
            else:
                kind = self._kind_of(above, bullets)
            if kind is None:
                continue
            for bullet in others:
                row = self._row(rows, kind, bullet.place)
                draft.mention(row, kind, bullet.span, bullet.place.section, doubtful=True)

    def _kind_of(self, above: Passage | None, bullets: list[Passage]) -> Kind | None:
        """What a list holds that says nothing itself: by what the line above announces, or by its wording."""
        role = self._announced(above, bullets[0])
        if role is None and len(bullets) >= _LEAST_BULLETS and self.draft.mentions:
            role = likely([self.draft.text(bullet.span) for bullet in bullets], GUESSED, sure=_SURE)
        return role.kind if role else None

    def _plan(self, part: Part) -> None:
        """Store the bullets of a part that each tell what, who and when; the others stay."""
        text = self.draft.document.text
        marked = [(one, one.span.of(text)) for one in part.passages if one.marked]
        planned = [one for one, words in marked if said_of(words) or tail_of(words)]
        if len(planned) < _LEAST_PLAIN:
            return
        for one in planned:
            start = one.span.start + mark_of(one.span.of(text))
            store_planned(self.draft, Kind.ACTION, one.place.section, Span(start, one.span.end), one.place)
        part.passages = [one for one in part.passages if one not in planned]

    def _announced(self, above: Passage | None, first: Passage) -> Role | None:
        """What the last sentence of a paragraph announces of the bullets right under it."""
        if above is None or self.draft.document.text[above.span.end : first.span.start].strip():
            return None
        start = max(above.span.start, above.span.end - _MOST_LETTERS)
        last = sentences(self.draft.document.text, Span(start, above.span.end))[-1]
        words = self.draft.text(last)
        return title_role(words) if words.endswith(":") else None

    def _is_sentence(self, span: Span, passage: Passage) -> bool:
        words = self.draft.text(span)
        return words.endswith((".", "!", "?", "…", "»")) or (passage.marked and len(words.split()) >= _SENTENCE)

    def _row(self, rows: dict[bool, Row], kind: Kind, place: Place) -> Row:
        """The row of a kind in the part: those that answer each other share one, with the lists of the part."""
        together = kind in TOGETHER
        if together not in rows:
            rows[together] = self.draft.row(place, self.draft.table(), Table.NOTES, 1)
        return rows[together]

"""Lines that say themselves what they hold: by a sign, by a label before a colon, or as a field of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.prose.chains import chains
from ingest.prose.entries import TOGETHER
from ingest.prose.field_labels import axis_of, label_alone, label_of, record_of
from ingest.prose.lines import Line, Look
from ingest.prose.lists import ANSWER
from ingest.prose.marks import mark_of, names_alone
from ingest.prose.openings import heading_in
from ingest.prose.records import store_chain, store_record
from ingest.prose.sheets import field_of, sheets
from ingest.prose.signs import heads_sheet, opposed, says_what, sign_of, tag_of
from ingest.prose.stories import is_field
from ingest.words.headers import Role
from ontology import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest.draft import Draft
    from ingest.prose.lists import Lists
    from ingest.prose.openings import Openings
    from ingest.prose.stories import Stories
    from ingest.prose.whereabouts import Whereabouts
    from ingest.sessions.forms import Form
    from ontology import Span


class Labels:
    """Takes such lines of one document.

    Args:
        stop: ends whatever is being read.
    """

    def __init__(
        self,
        draft: Draft,
        lists: Lists,
        openings: Openings,
        stories: Stories,
        form: Form,
        where: Whereabouts,
        stop: Callable[[], None],
    ) -> None:
        self.draft = draft
        self._lists = lists
        self._openings = openings
        self._stories = stories
        self._form = form
        self._where = where
        self._stop = stop
        self._fields: set[int] = set()  # where the fields of sheets begin
        self._sheets: set[int] = set()  # the first ones
        self._opposed: dict[int, Role] = {}  # what "+" and "-" tell, by where their lines begin
        self._chains: dict[int, list[tuple[Role, Span]]] = {}  # links of chains, by where their lines begin
        self._legends: set[int] = set()  # where the lines begin that explain them

    def prepare(self, lines: Sequence[Line]) -> None:
        """Look over all lines: what several of them tell only together."""
        self._fields, self._sheets = sheets(lines)
        self._opposed = opposed(lines, self.draft.document.text)
        self._chains, self._legends = chains(lines, self.draft.document.text)

    def take(self, line: Line, following: Line | None) -> bool:
        """Take a line; False where it does not say itself what it holds."""
        if line.span.start in self._sheets and not self._stories.story:
            self._stop()
            self._lists.sheet()
        return (
            self._chained(line)
            or self._signed(line)
            or (self._is_field(line) and self._field(line))
            or self._entitled(line, following)
            or self._labelled(line)
        )

    def _chained(self, line: Line) -> bool:
        """Take a chain of arrows: its links share a row; or the line that explains such chains."""
        if line.span.start in self._legends:
            self._stop()
            self.draft.aside(line.span, Reason.HEADING)
            return True
        links, current = self._chains.get(line.span.start), self._lists.list
        told = current is not None and current.role is Role.EXPERIENCE
        if links is None or self._stories.story or self._form.active or told:
            return False
        self._stop()
        self._lists.subject()
        store_chain(self.draft, links, self._where.place)
        self._lists.resume(current)
        return True

    def _signed(self, line: Line) -> bool:
        """Take a line that a sign opens, which tells what it is: "(–) trop de bruit"."""
        if self._stories.story or self._form.active:
            return False
        text = line.span.of(self.draft.document.text)
        role = self._opposed.get(line.span.start)
        found = (role, mark_of(text)) if role else sign_of(text) or tag_of(text)
        if found is None or (line.titled and names_alone(text[found[1] :])):
            return False
        self._lists.signed(line, *found, self._where.place)
        return True

    def _is_field(self, line: Line) -> bool:
        return line.span.start in self._fields

    def _field(self, line: Line) -> bool:
        """Take a field of a sheet; False where a story or a session takes it."""
        found = field_of(line.words)
        if found is None or self._stories.story or axis_of(line.words):
            return False
        label, role, start = found
        self._form.end()
        if start < len(line.words):
            self._lists.run_on(line, label, role, self._where.place, field=True)
        else:
            self._lists.begin(label, role, self._where.place)
            self.draft.aside(line.span, Reason.HEADING)
        return True

    def _entitled(self, line: Line, following: Line | None) -> bool:
        """Take the title of a sheet, where the line below tells who, when or how: "Intitulé : …" / "Porteur : …"."""
        current = self._lists.list
        apart = not (line.marked or line.titled) and (current is None or current.blank)
        role = says_what(line, following) if apart else None
        if is_field(line) and heads_sheet(line, following):
            role = Role.ACTION
        if self._stories.story or role is None:
            return False
        self._stop()
        self._openings.axis(line, role, self._where.place)
        return True

    def _labelled(self, line: Line) -> bool:
        """Take a line that is a whole list: its label, a colon, its items."""
        found, axis = label_of(line.words) or (None if line.marked else heading_in(line.words)), axis_of(line.words)
        answers = self._lists.list is not None and ANSWER.match(line.words)
        if (found or axis) is None or answers or self._stories.fills(line) or self._form.counts(line):
            return False
        if line.look is Look.STORY or self._form.asks(line):
            return False
        if fields := record_of(line.span.of(self.draft.document.text)):
            self._stop()
            self._lists.subject()
            store_record(self.draft, line.span, fields, self._where.place)
            return True
        if axis:
            self._stop()
            self._openings.axis(line, axis, self._where.place)
            return True
        return self._run_on(line, *found) if found else False

    def _run_on(self, line: Line, label: str, role: Role) -> bool:
        if self._stories.story and role.kind not in TOGETHER:
            return False
        if line.marked and not self._is_field(line) and label_alone(label) is not role:
            return False
        self._stories.end()
        self._form.end()
        self._lists.run_on(line, label, role, self._where.place)
        return True

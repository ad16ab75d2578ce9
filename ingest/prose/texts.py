"""Lines of text that no list, table or experience takes: days, themes, questions, prose, words that part a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.prose import signs
from ingest.prose.openings import is_group
from ingest.prose.remarks import in_sentences
from ingest.sessions.session import dates, is_date
from ingest.words.headers import names_theme
from ontology import Reason

if TYPE_CHECKING:
    from ingest.draft import Draft
    from ingest.prose.lines import Line
    from ingest.prose.lists import Lists
    from ingest.prose.openings import Openings
    from ingest.prose.remarks import Remarks
    from ingest.prose.whereabouts import Whereabouts
    from ingest.sessions.forms import Form


class Texts:
    """Takes such lines of one document."""

    def __init__(
        self, draft: Draft, lists: Lists, openings: Openings, remarks: Remarks, form: Form, where: Whereabouts
    ) -> None:
        self.draft = draft
        self._lists = lists
        self._openings = openings
        self._remarks = remarks
        self._form = form
        self._where = where

    def take(self, line: Line, following: Line | None) -> None:
        """Take a line of text."""
        words = line.words
        self._where.line()
        self._lists.apart()
        if self._form.ticks(line, self._where.place) or self._form.opens(line, self._where.place):
            return
        if is_date(words):
            self._where.day(words)
            self.draft.aside(line.span, Reason.SESSION)
            return
        if names_theme(words):
            if self._where.title(words):
                self._lists.subject()
                self._remarks.part(line.span.start)
            self.draft.aside(line.span, Reason.HEADING)
        elif self._remarks.goes_on(line) or in_sentences(words):
            self._where.prose(words)
            self._remarks.add(line, self._where.place)
        elif signs.is_question(line):
            self._openings.question(line, self._where.place)
        elif line.marked and words.endswith("?"):
            self._openings.asked(line, self._where.place)
        elif signs.asks_several(words):
            self._openings.details(line, self._where.place)
        elif is_group(words) or (signs.heads_lists(line, following) and not self.tells_when(line)):
            self._remarks.part(line.span.start)
            self._openings.part(line, self._where.place)
        else:
            self._where.prose(words)
            self._remarks.add(line, self._where.place)

    def tells_when(self, line: Line) -> bool:
        """Whether a line of the title page tells a day."""
        return self._where.at_front and bool(dates(line.words, self.draft.year))

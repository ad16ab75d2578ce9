"""Tables whose columns were lost when the text was taken out of a PDF: recognised, and set aside item by item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS, clean
from ingest.headers import Role, phrases
from ingest.lines import Line, Look
from ontology import Reason, Span, search_key

if TYPE_CHECKING:
    from ingest.draft import Draft

_BULLET = re.compile(f"[{BULLETS}]")
_MOST_LINES, _MOST_WORDS = 16, 12
_LEAST_ROLES = 3


def header_length(lines: list[Line], start: int) -> int:
    """How many lines from ``start`` are a header printed cell by cell: 0 where they are none.

    Such a header is a run of short lines without bullets that name at least three columns, a theme or three kinds
    among them, with a bullet right after it.
    """
    end, last = start, start
    while end < len(lines) and end - start < _MOST_LINES * 2 and lines[end].look not in {Look.ITEM, Look.STORY}:
        if lines[end].look is not Look.BLANK:
            if len(lines[end].words.split()) > _MOST_WORDS or ":" in lines[end].words or "?" in lines[end].words:
                return 0
            last = end + 1
        end += 1
    if end >= len(lines) or not lines[end].marked or lines[start].look is Look.BLANK:
        return 0
    key = search_key(" ".join(line.words for line in lines[start:last]))
    found = phrases("roles")
    roles = {Role(found.names[match[0]]) for match in found.pattern.finditer(key)}
    first = found.first(lines[start].words)
    return last - start if len(roles) >= _LEAST_ROLES and first and first[1] == 0 else 0


class Lost:
    """Sets aside what stands under such a header, one passage for each bullet."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._span: Span | None = None

    def header(self, lines: list[Line]) -> None:
        """The lines of the header."""
        self.end()
        for line in lines:
            if line.words:
                self.draft.aside(line.span, Reason.HEADER)

    def add(self, line: Line) -> None:
        """A line under the header: each bullet in it begins another passage."""
        text = self.draft.document.text
        bullets = [match.start() for match in _BULLET.finditer(text, line.span.start, line.span.end)]
        first = bullets[0] if bullets else line.span.end
        if clean(text[line.span.start : first]):
            start = self._span.start if self._span else line.span.start
            self._span = Span(start, first)
        for place, bullet in enumerate(bullets):
            self.end()
            self._span = Span(bullet, bullets[place + 1] if place + 1 < len(bullets) else line.span.end)

    def end(self) -> None:
        """The passage that was under way is whole."""
        if self._span is not None:
            words = self.draft.text(self._span)
            self.draft.aside(self._span, Reason.LAYOUT if words else Reason.EMPTY)
        self._span = None

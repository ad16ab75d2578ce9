"""Fields that a form asks for with a question ("Quand ?", "Où ?"): the answer tells whether it is about the meeting."""

from __future__ import annotations

import re

from ingest.sessions.counting import BRACKETS
from ingest.sessions.ticks import has_boxes, is_format
from ingest.words.phrases import phrases
from ontology import fold

_QUESTION = re.compile(r"^\W*([^:?]{2,40}?)\s*[:?]\s*(\S.*)?$", re.DOTALL)


def asked(words: str, *, dated: bool) -> tuple[str, str] | None:
    """The field that a line asks for, and what answers it; ``dated`` tells that the answer names a day.

    >>> asked("Où ? mairie de Cahors", dated=False)
    ('place', 'mairie de Cahors')
    """
    match = _QUESTION.match(words)
    found = phrases("session_asked").first(match[1]) if match else None
    if match is None or found is None or found[1]:
        return None
    said = BRACKETS.sub(" ", match[2] or "").strip()
    return (found[0], (match[2] if said else "") or "") if answers(found[0], said, dated=dated) else None


def answers(field: str, words: str, *, dated: bool) -> bool:
    """Whether words say when, where or how people met; who they were is said in words of any kind."""
    if field == "date":
        return dated
    if field == "place":
        return phrases("places").opening(words) is not None or tells_format(words)
    return field != "format" or has_boxes(words) or tells_format(words)


def tells_format(words: str) -> bool:
    """Whether words say how people met, remarks in brackets apart: "visioconférence (BBB)"."""
    return is_format(fold(BRACKETS.sub(" ", words)))

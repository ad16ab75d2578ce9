"""Reports in plain lists: each name stands right above its own bullets, so that no table was there to be lost."""

from __future__ import annotations

from ingest.cleaning import clean
from ingest.prose.field_labels import label_alone
from ingest.prose.marks import COUNTED, MARKED
from ingest.words.headers import Role, title_role

_LISTED = {Role.IRRITANT, Role.STRENGTH, Role.NEED, Role.LEVER}
_LEAST_NAMES, _LEAST_ROLES = 3, 2
_LONGEST = 10  # words of a name


def in_lists(text: str) -> bool:
    """Whether a text names lists, each name above its own bullets, and no other columns."""
    lines = [line for line in text.translate({0x0C: "\n"}).split("\n") if line.strip()]
    named: list[Role] = []
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        words = clean(line)
        alone = label_alone(words)
        role = alone or (title_role(words) if words.endswith(("?", ":")) and len(words.split()) <= _LONGEST else None)
        if role is None or _opens(line):
            continue
        if role not in _LISTED and alone:
            return False
        if role in _LISTED and not _opens(below):
            return False
        named.append(role)
    return len(named) >= _LEAST_NAMES and len(set(named)) >= _LEAST_ROLES


def _opens(line: str) -> bool:
    return bool(MARKED.match(line) or COUNTED.match(line))

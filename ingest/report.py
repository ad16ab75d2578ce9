"""One file, read: the way in for everything that wants to know what a report says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.document import Document, load
from ingest.draft import Draft
from ingest.prose.outline import Outline
from ontology import Reading, Reason, Span, slug

if TYPE_CHECKING:
    from pathlib import Path

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FACT = re.compile(r"^(\w+)\s*:\s*(.+?)\s*$", re.MULTILINE)


def read_report(path: Path, name: str = "") -> Reading:
    """All that a report says, each item in its place, and all that was set aside.

    Args:
        path: the file.
        name: how to call it in the graph; its file name by default.

    Raises:
        UnreadableFile: it cannot be read, in one line for the user.
    """
    return read_document(load(path, name))


def read_document(document: Document) -> Reading:
    """The same, from a text that is already there."""
    draft = Draft(document, document_key(document.name))
    _front_matter(document, draft)
    Outline(document, draft).read()
    reading = draft.finish()
    if not reading.mentions:
        draft.warnings.append("aucun énoncé trouvé : pas de tableau ni de liste aux intitulés connus")
        reading = draft.finish()
    return reading


def document_key(name: str) -> str:
    """The document's name in identifiers; it depends on nothing but the file's name.

    >>> document_key("bassins/Angers-Segré.md")
    'bassins-angers-segre'
    """
    stem = name.rsplit(".", 1)[0] if "." in name.rsplit("/", 1)[-1] else name
    return slug(stem, limit=80) or "document"


def _front_matter(document: Document, draft: Draft) -> None:
    match = _FRONT_MATTER.match(document.text)
    if not match:
        return
    facts = {name.lower(): fact for name, fact in _FACT.findall(match[1])}
    draft.title = facts.get("titre", draft.title)
    draft.source = facts.get("source", "")
    draft.aside(Span(0, match.end()), Reason.SESSION)
    draft.start = match.end()

"""Other file formats, each brought to the one text that tables, lists and titles are read from."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from ingest.formats.writer import Converted
from ontology import UnreadableFile

if TYPE_CHECKING:

    class _Reader(Protocol):
        def read(self, raw: bytes, name: str) -> Converted: ...


__all__ = ["MEDIA_TYPES", "Converted", "convert"]

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
}
_READERS = {
    ".html": "markup",
    ".htm": "markup",
    ".xhtml": "markup",
    ".docx": "word",
    ".odt": "opendocument",
    ".pdf": "pdf",
}


def convert(raw: bytes, suffix: str, name: str) -> Converted:
    """The text of a file in the forms of the text pipeline.

    Args:
        raw: all bytes of the file.
        suffix: one of `MEDIA_TYPES`, in lower case; it decides the format.
        name: how to call the file in messages.

    Raises:
        UnreadableFile: damaged, protected, too large, without text, or its libraries are not installed.
    """
    try:
        reader = cast("_Reader", import_module(f"ingest.formats.{_READERS[suffix]}"))
    except ModuleNotFoundError:
        raise UnreadableFile(f"{name} : pour lire les {suffix}, installez leviers[documents]") from None
    try:
        converted = reader.read(raw, name)
    except RecursionError:
        raise UnreadableFile(f"{name} : des éléments y sont emboîtés sans fin, il ne peut pas être lu") from None
    except MemoryError:
        raise UnreadableFile(f"{name} : trop grand pour la mémoire de cette machine") from None
    if not converted.text.strip():
        raise UnreadableFile(f"{name} : aucun texte dans ce fichier, il n’y a rien à charger")
    return converted

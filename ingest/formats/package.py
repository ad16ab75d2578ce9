"""Word-processor files as what they are: XML parts in a ZIP archive, opened without trusting them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from lxml import etree

from ontology import UnreadableFile

_MOST_PARTS = 10_000
_LARGEST, _LARGEST_PART = 500_000_000, 50_000_000  # bytes once unpacked: of all parts, of one that is read
_LARGE, _MOST_PACKED = 5_000_000, 250  # bytes from which a part is suspect, and how many times smaller it may be packed
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_DOCTYPE = b"<!DOCTYPE"
_BAD_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, LookupError,
)  # fmt: skip
_SPACES = re.compile(r"\s+")


class Package:
    """The parts of one file.

    Raises:
        UnreadableFile: it is no such file, damaged, protected, or unpacks to far more than it is.
    """

    def __init__(self, raw: bytes, suffix: str, name: str) -> None:
        self.name, self.suffix = name, suffix
        if raw.startswith(_OLD_OFFICE):
            raise UnreadableFile(
                f"{name} : protégé par un mot de passe, ou d’un ancien format ; enregistrez-le en {suffix}"
            )
        if not raw.startswith(b"PK"):
            raise UnreadableFile(f"{name} : ce n’est pas un fichier {suffix} ; ouvrez-le et enregistrez-le en {suffix}")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
            entries = self._archive.infolist()
        except _BAD_ARCHIVE:
            raise self._damaged() from None
        total = sum(entry.file_size for entry in entries)
        swollen = any(
            entry.file_size > _LARGE and entry.file_size > _MOST_PACKED * max(1, entry.compress_size)
            for entry in entries
        )
        if len(entries) > _MOST_PARTS or total > _LARGEST or swollen:
            raise UnreadableFile(f"{name} : archive piégée ou démesurée ({total // 1_000_000} Mo une fois dépliée)")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise self._protected()
        self.parts = {entry.filename for entry in entries}

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises:
            UnreadableFile: it is not there, damaged or too large.
        """
        try:
            with self._archive.open(part) as stream:
                raw = stream.read(_LARGEST_PART + 1)
        except _BAD_ARCHIVE:
            raise self._damaged() from None
        if len(raw) > _LARGEST_PART:
            raise UnreadableFile(f"{self.name} : document trop grand pour un compte rendu")
        return raw

    def tree(self, part: str) -> Any:
        """The root of an XML part; no entity, no document type and nothing from outside is accepted.

        Raises:
            UnreadableFile: it is not there, damaged, or tells entities of its own.
        """
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        raw = self.read(part)
        try:
            root = None if _DOCTYPE in raw else etree.fromstring(raw, parser)
        except (etree.LxmlError, ValueError):
            raise self._damaged() from None
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFile(f"{self.name} : il contient des entités XML, ce qu’aucun traitement de texte n’écrit")
        return root

    def optional(self, part: str) -> Any | None:
        """The root of a part that may be missing."""
        return self.tree(part) if part in self.parts else None

    def protect(self) -> None:
        """Say that the file is protected.

        Raises:
            UnreadableFile: always.
        """
        raise self._protected()

    def _damaged(self) -> UnreadableFile:
        return UnreadableFile(f"{self.name} : fichier {self.suffix} abîmé ou incomplet ; enregistrez-le de nouveau")

    def _protected(self) -> UnreadableFile:
        return UnreadableFile(f"{self.name} : protégé par un mot de passe ; enregistrez-en une copie sans protection")


def local(element: Any) -> str:
    """The name of an element without its namespace; nothing for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(element: Any) -> str:
    """The namespace of an element, in braces."""
    return element.tag.rpartition("}")[0] + "}" if "}" in element.tag else ""


def attribute(element: Any | None, name: str) -> str:
    """The value of an attribute whatever its namespace; nothing where it is not there."""
    if element is not None:
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == name:
                return str(value)
    return ""


def words(element: Any) -> str:
    """The text of an element on one line."""
    return _SPACES.sub(" ", " ".join(element.itertext())).strip()


def count(value: str, most: int = 100_000) -> int:
    """A number that an attribute tells, from 1; anything else is 1."""
    return max(1, min(int(value), most)) if value.isascii() and value.isdigit() and len(value) < 10 else 1

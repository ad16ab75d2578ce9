"""A file as text with offsets: decoded, lines ended by line feeds, accents composed (NFC), nothing else changed."""

from __future__ import annotations

import bisect
import codecs
import hashlib
import re
import stat
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from ingest.formats import MEDIA_TYPES as CONVERTED_TYPES
from ingest.formats import Converted, convert
from ingest.formats.boxes import unbox
from ingest.formats.layout import unfold
from ingest.formats.lists import in_lists
from ingest.formats.strewn import gather
from ingest.formats.writer import SYMBOLS
from ingest.tables.delimited import delimited_rows
from ontology import Span, UnreadableFile
from ontology.errors import system_reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TEXTS = {".txt": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown"}
MEDIA_TYPES = {**_TEXTS, **CONVERTED_TYPES}
_LARGEST, _LARGEST_TEXT = 200_000_000, 30_000_000  # bytes of a file, of a file of text
_LONGEST_LINE, _LONGEST_RUN = 200_000, 1_000  # characters; the same one again and again
_RUN = re.compile(r"(.)\1{50,}")
_BORDER, _PADDING = re.compile(r"[|+]"), " -=:"  # of a table whose cells are drawn with signs
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_END = re.compile(r"\r\n?|\u2028|\u2029|\x85")
# How files of other formats begin, whatever they are called.
_RENAMED = (
    (b"PK\x03\x04", "Word, LibreOffice ou compressé (.docx, .odt, .zip)"),
    (b"%PDF-", "PDF (.pdf)"),
    (b"{\\rtf", "RTF (.rtf)"),
    (b"\xd0\xcf\x11\xe0", "d’un ancien Word (.doc)"),
)
_PAGE = re.compile(rb"\s*(?:<\?xml[^<>]*>\s*)?(?:<!doctype html\b|<html\b)", re.IGNORECASE)
_WIDE_SIGN = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x9f][\x80-\xbf]")  # UTF-8, and no word of Windows-1252
_OF_BYTES = ("cp1252", "mac_roman", "cp850")  # the first one where none tells more
_FRENCH = frozenset("éèêëàâùûüîïôçœÉÀ’«»–—…•°€\u00a0")
_GUESSED = 100_000  # bytes
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]|\x7f(?! )")  # some tools print bullets as the last one
_UNNAMED = re.compile(r"^\(cid:\d{1,5}\)(?=\s)", re.MULTILINE)  # a sign that a PDF tool has no letter for: a bullet
_MOST_CONTROLS = 0.005  # share of control characters above which bytes are no text


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file.

    Attributes:
        name: file name, or path relative to the folder that was given, with ``/``.
        text: normalised; offsets are code points from 0.
        sha256: of the bytes of the file.
        encoding: how the bytes were read.
        pages: offset and number, from 1, of each passage that begins on another page.
        notes: what the reading of the file left out, for the user.
        doubts: start and end of each passage whose column is doubtful, in order.
    """

    name: str
    text: str
    sha256: str
    media_type: str
    encoding: str = "utf-8"
    pages: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[tuple[int, int], ...] = ()
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)
    _lines: list[Span] = field(default_factory=list, repr=False, compare=False)

    def line_of(self, offset: int) -> int:
        r"""Number of the line, from 1, in which an offset stands.

        >>> Document("a", "un\ndeux", "", "text/plain").line_of(3)
        2
        """
        if not self._starts:
            self._starts.extend([0, *(match.end() for match in re.finditer("\n", self.text))])
        return bisect.bisect_right(self._starts, offset)

    def page_of(self, offset: int) -> int | None:
        """Number of the page, from 1, on which an offset stands; None where the file has no pages.

        >>> Document("a", "un deux", "", "application/pdf", pages=((0, 1), (3, 2))).page_of(4)
        2
        """
        place = bisect.bisect_right(self.pages, offset, key=lambda page: page[0])
        return self.pages[max(0, place - 1)][1] if self.pages else None

    def doubtful(self, span: Span) -> bool:
        """Whether the column of a passage is doubtful."""
        place = bisect.bisect_right(self.doubts, span.start, key=lambda doubt: doubt[0]) - 1
        return place >= 0 and span.start < self.doubts[place][1]

    def lines(self) -> Sequence[Span]:
        """The lines without their ends."""
        if not self._lines:
            start = 0
            for line in self.text.split("\n"):
                self._lines.append(Span(start, start + len(line)))
                start += len(line) + 1
        return self._lines


def load(path: Path, name: str = "") -> Document:
    """Read a file.

    Raises:
        UnreadableFile: missing, empty, damaged, too large, not text, or of a format that is not read.
    """
    suffix = path.suffix.lower()
    media_type = MEDIA_TYPES.get(suffix)
    if media_type is None:
        if not path.exists():
            raise UnreadableFile(f"{path} : fichier ou dossier introuvable, vérifiez le chemin")
        known = ", ".join(sorted(MEDIA_TYPES))
        raise UnreadableFile(
            f"{path} : le format « {path.suffix or 'sans extension'} » n’est pas lu (formats lus : {known})"
        )
    raw = _bytes(path, _LARGEST_TEXT if suffix in _TEXTS else _LARGEST)
    digest = hashlib.sha256(raw).hexdigest()
    if suffix in _TEXTS and _PAGE.match(raw):  # a page saved under the name of a text
        suffix, media_type = ".html", MEDIA_TYPES[".html"]
    if suffix in CONVERTED_TYPES:
        found, encoding = convert(raw, suffix, str(path)), "utf-8"
    else:
        if found_in := next((kind for mark, kind in _RENAMED if raw.startswith(mark)), None):
            raise UnreadableFile(f"{path} : c’est un fichier {found_in} renommé ; rendez-lui son extension")
        text, encoding = decode(raw, str(path))
        found = printed(text) if suffix == ".txt" else unbox(text) or Converted(text)
    _check(found.text, str(path))
    return Document(name or path.name, found.text, digest, media_type, encoding, found.pages, found.notes, found.doubts)


def printed(text: str) -> Converted:
    """A text with its pages; tables that are printed in columns, or strewn, become rows of cells."""
    text = _UNNAMED.sub("•", text)
    if (found := unbox(text) or unfold(text) or _gathered(text)) is not None:
        return found if "\f" in text else replace(found, pages=())
    text = text.translate(SYMBOLS)  # sign by sign, so that no place moves
    starts = [0, *(match.end() for match in re.finditer("\f", text))]
    return Converted(text, tuple(zip(starts, count(1))) if len(starts) > 1 else ())


def _gathered(text: str) -> Converted | None:
    """A text whose strewn tables were put together; None where it has none, or only lists, or cells that marks part."""
    found = gather(text)
    whole = found is None or in_lists(text) or delimited_rows(Document("", text, "", ""))
    return None if whole else found


def _check(text: str, name: str) -> None:
    """Refuse what no one wrote, and what would take for ever to read.

    Raises:
        UnreadableFile: a line is too long, or a character is repeated too often.
    """
    for line in text.split("\n"):
        if len(line) > _LONGEST_LINE:
            raise UnreadableFile(f"{name} : une seule ligne de {len(line)} signes, ce n’est pas un compte rendu")
        if (run := _longest_run(line)) > _LONGEST_RUN:
            raise UnreadableFile(f"{name} : un même signe y est répété {run} fois, ce n’est pas un compte rendu")


def _longest_run(line: str) -> int:
    """How often one character comes again in a row; what pads the cells of a drawn table is left out."""
    if len(line) <= _LONGEST_RUN:
        return 0
    cells = [cell.strip(_PADDING) for cell in _BORDER.split(line)] if _BORDER.match(line) else [line]
    return max((len(match[0]) for cell in cells for match in _RUN.finditer(cell)), default=0)


def _bytes(path: Path, most: int) -> bytes:
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise UnreadableFile(f"{path} : c’est un dossier, pas un fichier")
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableFile(f"{path} : ce n’est pas un fichier ordinaire, il ne peut pas être lu")
        if facts.st_size > most:
            sizes = f"{facts.st_size // 1_000_000} Mo, au plus {most // 1_000_000}"
            raise UnreadableFile(f"{path} : fichier trop grand pour un compte rendu ({sizes})")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"{path} : fichier introuvable, vérifiez le chemin") from None
    except PermissionError:
        raise UnreadableFile(f"{path} : lecture refusée, vérifiez vos droits sur ce fichier") from None
    except OSError as error:
        raise UnreadableFile(f"{path} : lecture impossible ({system_reason(error)})") from None
    if not raw.strip():
        raise UnreadableFile(f"{path} : le fichier est vide, il n’y a rien à charger")
    return raw


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """The normalised text of some bytes and the encoding that gave it.

    UTF-8 and UTF-16 are certain when they decode; other bytes are read as Windows-1252, the usual one in France.

    Raises:
        UnreadableFile: these bytes are no text.
    """
    encoding = next((found for mark, found in _BOMS if raw.startswith(mark)), None) or _guess(raw)
    try:
        text = _mixed(raw) if encoding == "cp1252" and _WIDE_SIGN.search(raw) else raw.decode(encoding)
    except UnicodeDecodeError:
        encoding = "latin-1" if encoding == "cp1252" else encoding
        text = raw.decode(encoding, errors="replace")
    controls = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if controls > max(4, _MOST_CONTROLS * len(text)):
        raise UnreadableFile(f"{name} : ce n’est pas du texte ; exportez le compte rendu en .txt ou .md")
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", text)), encoding


def _mixed(raw: bytes) -> str:
    """A text pasted together from files of two encodings: each line by itself."""
    lines = []
    for line in raw.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252"))
    return "\n".join(lines)


def _guess(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8" if b"\x00" not in raw else _wide(raw)
    return _wide(raw) if b"\x00" in raw[:2000] else max(_OF_BYTES, key=lambda encoding: _french(raw, encoding))


def _french(raw: bytes, encoding: str) -> int:
    """How many letters of French words some bytes beyond ASCII make, others counted against them."""
    letters = raw[:_GUESSED].translate(None, bytes(range(128))).decode(encoding, "replace")
    return sum(1 if letter in _FRENCH else -1 for letter in letters)


def _wide(raw: bytes) -> str:
    head = raw[:2000]
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"

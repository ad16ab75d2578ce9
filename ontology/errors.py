"""What can go wrong because of the user's input, each with one line that says what to write instead.

LeviersError
├── UnreadableFile     a report that cannot be read
├── StoreError         a store that cannot be used
│   ├── NotAStore      a folder that is no store, or an unknown kind of address
│   ├── StoreBusy      another process writes to it
│   └── StoreEmpty     nothing was loaded yet
├── UnknownName        a query, a parameter's value or an identifier that is not there
├── BadQuery           SPARQL that does not parse or does not run
├── BadDecision        a decisions file that contradicts itself or cannot be read
└── MissingPart        an optional part of leviers that is not installed
"""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "introuvable",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "un fichier porte le nom d’un de ses dossiers",
    errno.ELOOP: "ce lien tourne en rond",
    errno.EROFS: "disque en lecture seule",
    errno.ENOSPC: "disque plein",
    errno.EADDRINUSE: "déjà pris par un autre programme",
}


class LeviersError(ValueError):
    """Base of all: its text is one line for the user, in French."""


class UnreadableFile(LeviersError):
    """A report that cannot be read."""


class StoreError(LeviersError):
    """A store that cannot be used."""


class NotAStore(StoreError):
    """A folder that is no store, or an unknown kind of address."""


class StoreBusy(StoreError):
    """Another process writes to the store."""


class StoreEmpty(StoreError):
    """Nothing was loaded yet."""


class UnknownName(LeviersError):
    """A query, a parameter's value or an identifier that is not there; ``candidates`` are the nearest ones."""

    def __init__(self, message: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


class BadQuery(LeviersError):
    """SPARQL that does not parse or does not run."""


class BadDecision(LeviersError):
    """A decisions file that contradicts itself or cannot be read."""


class MissingPart(LeviersError):
    """An optional part of leviers that is not installed."""


def system_reason(error: OSError) -> str:
    """What the system refused, in French where it is one of the usual refusals."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)

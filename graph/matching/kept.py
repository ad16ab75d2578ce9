"""The ledgers of all kinds in a folder: large arrays that generations share, and what changed since they were made.

A base (one file a column, with the ending ``.npy``) is never written twice, so that a new generation has it by hard
links; the changes since then are one small file, until there are so many that a new base is made.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.matching import ledger as ledgers
from graph.matching.index import Index
from graph.matching.ledger import Ledger
from graph.matching.names import Names
from ontology import ID

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    Columns = dict[str, NDArray[Any]]

_CHANGES = "changes.npz"
_BY_ROW = ("names", "digests", "near", "shares", "said")
_CHANGING = ("near", "shares", "said")
_BY_WORDING = ("rows", "counts", "weights")
_ALL = (*_BY_ROW, *_BY_WORDING, "held", "roots", "tells")
_SMALL = 2000  # rows that cost nothing to copy
_SHARE = 4  # changes that are more than one part in so many of their base make a new one
_AND = "+"
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, IndexError, zipfile.BadZipFile)


class Kept:
    """The ledgers of a folder.

    Attributes:
        fresh: nothing was kept there that can be used: all statements are to be put in.
        judged: pairs of concepts, as `save` was told.
    """

    def __init__(self, folder: Path, stamp: str) -> None:
        self.folder = folder
        self.judged: set[frozenset[str]] = set()
        self._stamp = f"{stamp} {ledgers.MOST}"
        self._ledgers: dict[str, Ledger] = {}
        self._bases: dict[str, Columns] = {}
        try:
            self._read()
        except _UNREADABLE:
            self._ledgers, self._bases, self.judged = {}, {}, set()
        self.fresh = not self._ledgers

    def ledger(self, *kinds: str) -> Ledger:
        """The ledger of a kind, or of two that face each other."""
        return self._ledgers.setdefault(_AND.join(kinds), _empty(_AND.join(kinds)))

    def save(self, judged: Iterable[frozenset[str]]) -> None:
        """Bring all to the folder."""
        self.folder.mkdir(exist_ok=True)
        changes: Columns = {
            "stamp": np.asarray(self._stamp),
            "judged": np.asarray(sorted("\t".join(sorted(pair)) for pair in judged), np.str_),
            "kinds": np.asarray(sorted(self._ledgers), np.str_),
        }
        for kind, ledger in sorted(self._ledgers.items()):
            for name, column in self._changes(kind, ledger).items():
                changes[f"{kind} {name}"] = column
        draft = self.folder / f"new-{_CHANGES}"
        np.savez(draft, **changes)  # type: ignore[arg-type]
        draft.replace(self.folder / _CHANGES)

    def _changes(self, kind: str, ledger: Ledger) -> Columns:
        ledger.index.settle()
        base = self._bases.get(kind) or _nothing()
        size = len(base["names"])
        if len(ledger.names) - size + len(ledger.changed) > max(_SMALL, size // _SHARE):
            self._write(kind, whole := _compact(ledger))
            return {"size": np.asarray(len(whole["names"]))}
        changed = np.asarray(sorted(row for row in ledger.changed if row < size), np.int32)
        columns = _columns(ledger)
        since = {name: column[len(base[name]) :] for name, column in columns.items()}
        since["names"] = np.asarray([ledger.names.rest(row) for row in range(size, len(ledger.names))], np.bytes_)
        since |= {f"changed {name}": columns[name][changed] for name in _CHANGING}
        since |= {"changed": changed, "gone": np.asarray(sorted(ledger.names.gone), np.int32)}
        return since | {"size": np.asarray(size)}

    def _write(self, kind: str, columns: Columns) -> None:
        for name, column in columns.items():
            draft = self.folder / f"new-{kind}.{name}.npy"
            np.save(draft, column)
            draft.replace(self.folder / f"{kind}.{name}.npy")

    def _read(self) -> None:
        with (self.folder / _CHANGES).open("rb") as file, np.load(file) as held:
            if str(held["stamp"]) != self._stamp:
                return
            self.judged = {frozenset(pair.split("\t")) for pair in held["judged"].tolist()}
            for kind in held["kinds"].tolist():
                changes = {name.partition(" ")[2]: held[name] for name in held.files if name.startswith(f"{kind} ")}
                size = int(changes["size"])
                base = {name: self._column(kind, name) for name in _ALL} if size else _nothing()
                if len(base["names"]) != size:
                    raise ValueError("a base of something else")
                self._bases[kind] = base
                self._ledgers[kind] = _ledger(kind, base, changes)

    def _column(self, kind: str, name: str) -> NDArray[Any]:
        column: NDArray[Any] = np.load(self.folder / f"{kind}.{name}.npy", mmap_mode="r")
        return column


_NO_ROWS = np.empty(0, np.int32)


def _nothing() -> Columns:
    return _columns(Ledger(Names(""))) | {"names": np.empty(0, np.bytes_)}


def _empty(kinds: str, held: NDArray[Any] | None = None) -> Ledger:
    """A ledger whose rows have these names, or none yet."""
    one, both, _ = kinds.partition(_AND)
    return Ledger(Names(ID, held), f"{one}/") if both else Ledger(Names(f"{ID}{one}/", held))


def _ledger(kind: str, base: Columns, changes: Columns) -> Ledger:
    ledger, index = _empty(kind, base["names"]), Index()
    for name in changes.get("names", ()):
        ledger.names.add(ledger.names.start + name.decode())
    whole = {name: np.concatenate((base[name], changes.get(name, base[name][:0]))) for name in _ALL if name != "names"}
    ledger.digests, ledger.near, ledger.shares, ledger.said = (whole[name] for name in _BY_ROW[1:])
    ledger.changed = set(changes["changed"].tolist()) if "changed" in changes else set()
    for name in _CHANGING if ledger.changed else ():
        whole[name][changes["changed"]] = changes[f"changed {name}"]
    index.rows, index.counts, index.weights = (whole[name] for name in _BY_WORDING)
    index.held, index.tells = whole["held"], whole["tells"].tolist()
    index.roots = {root.decode(): number for number, root in enumerate(whole["roots"].tolist())}
    ledger.index, ledger.read = index, len(ledger.names)
    if gone := changes.get("gone", _NO_ROWS).tolist():
        index.drop(gone)
        for row in gone:
            ledger.names.drop(row)
    return ledger


def _columns(ledger: Ledger) -> Columns:
    """All columns but the names."""
    index = ledger.index
    roots, tells = np.asarray([root.encode() for root in index.roots], np.bytes_), np.asarray(index.tells, np.int32)
    return {
        "digests": ledger.digests, "near": ledger.near, "shares": ledger.shares, "said": ledger.said,
        "rows": index.rows, "counts": index.counts, "weights": index.weights, "held": index.held,
        "roots": roots, "tells": tells,
    }  # fmt: skip


def _compact(ledger: Ledger) -> Columns:
    """All columns, without what is gone, by name."""
    columns, names = _columns(ledger), ledger.names
    came = np.asarray([name.removeprefix(names.start).encode() for name in names.came], np.bytes_)
    called = np.concatenate((names.held, came))
    kept = np.setdiff1d(np.arange(len(names)), np.asarray(sorted(names.gone), np.int64))
    kept = kept[np.argsort(called[kept], kind="stable")]
    place = np.full(len(names) + 1, -1, np.int32)  # of each row, and of none
    place[kept] = np.arange(len(kept), dtype=np.int32)
    made = {name: columns[name][kept] for name in _BY_ROW[1:]} | {"names": called[kept]}
    made["near"] = place[made["near"]]
    rows = place[columns["rows"]]
    order = np.argsort(rows, kind="stable")
    order = order[rows[order] >= 0]
    ends = np.cumsum(columns["counts"])
    spans = [np.arange(end - count, end) for end, count in zip(ends[order], columns["counts"][order], strict=True)]
    made |= {"rows": rows[order], "counts": columns["counts"][order], "weights": columns["weights"][order]}
    return made | {
        "held": columns["held"][np.concatenate(spans)] if spans else columns["held"][:0],
        "roots": columns["roots"],
        "tells": columns["tells"],
    }

"""Readings kept beside the graph, so that new decisions can be applied without the files."""

from __future__ import annotations

import json
import zlib
from contextlib import closing
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from graph.cards import Card, Cards
from graph.layers import Layers, Pending
from graph.works import sketch
from ontology import Aside, Kind, Mention, Participation, Reading, Reason, Row, Session, Span, Table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_DECISIONS = "decisions.jsonl"
_CARDS = "cards.sqlite"
_READINGS = "readings.sqlite"
_FORMAT = 1
_TABLES = "CREATE TABLE IF NOT EXISTS reading (key TEXT PRIMARY KEY, facts BLOB NOT NULL)"  # JSON, compressed
_FIELDS: dict[type, list[str]] = {
    kind: [field.name for field in fields(kind) if not field.name.startswith("_")]
    for kind in (Aside, Mention, Participation, Reading, Row, Session, Span)
}


class Archive:
    """The readings of a folder, by document; nothing but decisions is written before `save`."""

    def __init__(self, folder: Path, *, write: bool = True) -> None:
        self.folder = folder
        self.cards = Cards(folder / _CARDS)
        self._write_too = write
        self._pending = Pending(folder / _READINGS, _TABLES, _FORMAT, _merge)
        if write:
            folder.mkdir(parents=True, exist_ok=True)

    def keys(self) -> list[str]:
        """Keys of the documents, sorted."""
        return sorted({key for (key,) in self._rows("SELECT key FROM @reading")})

    def get(self, key: str) -> Reading | None:
        """The reading of a document, None where there is none."""
        found = self._rows("SELECT facts FROM @reading WHERE key = ?", (key,))
        return from_json(zlib.decompress(found[0][0]).decode()) if found else None

    def put(self, reading: Reading, version: str) -> None:
        """Keep a reading, made by that version, in place of the one before."""
        facts = zlib.compress(to_json(reading).encode(), 1)
        self._pending.open().held.execute("INSERT OR REPLACE INTO reading VALUES (?, ?)", (reading.key, facts))
        card = Card(reading.name, reading.source, len(reading.unplaced), sha256=reading.sha256, version=version)
        self.cards.put(reading.key, card, sketch(reading))

    def readings(self) -> Iterator[Reading]:
        """All readings, by key."""
        for key in self.keys():
            reading = self.get(key)
            if reading is not None:
                yield reading

    def save(self) -> None:
        """Bring all changes to the files, and let go of them."""
        self.cards.save()
        self._pending.save()

    def decisions(self) -> str:
        """The decisions that the graph was built with, as JSON Lines."""
        path = self.folder / _DECISIONS
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def put_decisions(self, text: str) -> None:
        """Remember the decisions of this build."""
        self._write(_DECISIONS, text)

    def _write(self, name: str, text: str) -> None:
        draft = self.folder / f"{name}.new"
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(self.folder / name)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        if self._write_too:
            return list(self._pending.open().rows(query, values))
        with closing(Layers(self.folder / _READINGS, None, _FORMAT)) as held:
            return list(held.rows(query, values))


def _merge(base: sqlite3.Connection) -> None:
    base.execute("INSERT OR REPLACE INTO reading SELECT * FROM changes.reading")


def to_json(reading: Reading) -> str:
    """A reading as JSON."""
    return json.dumps(reading, default=_facts, ensure_ascii=False, separators=(",", ":"))


def _facts(thing: Any) -> dict[str, Any]:
    names = _FIELDS[thing.__class__]
    return dict(zip(names, attrgetter(*names)(thing), strict=True))


def from_json(text: str) -> Reading:
    """A reading from its JSON."""
    said: dict[str, Any] = json.loads(text)
    made = {
        "sessions": tuple(_session(one) for one in said["sessions"]),
        "rows": tuple(_row(one) for one in said["rows"]),
        "mentions": tuple(_mention(one) for one in said["mentions"]),
        "asides": tuple(
            Aside(Span(**one["span"]), Reason(one["reason"]), one["line"], one["text"]) for one in said["asides"]
        ),
        "warnings": tuple(said["warnings"]),
    }
    return Reading(**{**said, **made})


def _session(said: dict[str, Any]) -> Session:
    told = tuple(Participation(**{**one, "span": Span(**one["span"])}) for one in said.get("participations", ()))
    lists = {"dates": tuple(said["dates"]), "facilitators": tuple(said.get("facilitators", ()))}
    return Session(**{**said, **lists, "participations": told})


def _row(said: dict[str, Any]) -> Row:
    return Row(**{**said, "table": Table(said["table"]), "experiences": tuple(said["experiences"])})


def _mention(said: dict[str, Any]) -> Mention:
    made = {"kind": Kind(said["kind"]), "span": Span(**said["span"])}
    lists = {name: tuple(said.get(name, ())) for name in ("actors", "unknown_actors", "unknown_words")}
    return Mention(**{**said, **made, **lists})

"""Readings kept beside the graph, so that new decisions can be applied without the files."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from graph.works import sketch
from ontology import Aside, Kind, Mention, Participation, Reading, Reason, Row, Session, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DECISIONS = "decisions.jsonl"
_CARDS = "cards.index"


@dataclass(frozen=True, slots=True)
class Card:
    """A document in a few words: its name, the file it summarises, a sample of its shingles, what found no place."""

    name: str
    source: str
    sketch: list[int]
    unplaced: int = 0


class Archive:
    """A folder of readings, one JSON file each; a file is replaced, never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._cards: dict[str, Card] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def keys(self) -> list[str]:
        """Keys of the documents, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def get(self, key: str) -> Reading | None:
        """The reading of a document, None where there is none."""
        path = self.folder / f"{key}.json"
        return from_json(path.read_text(encoding="utf-8")) if path.exists() else None

    def put(self, reading: Reading) -> None:
        """Keep a reading in place of the one before."""
        self._write(f"{reading.key}.json", to_json(reading))
        self.cards()[reading.key] = Card(reading.name, reading.source, sketch(reading), len(reading.unplaced))

    def cards(self) -> dict[str, Card]:
        """What is known of each document without reading it again, by key."""
        if self._cards is None:
            path = self.folder / _CARDS
            said = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
            self._cards = {key: Card(**card) for key, card in said.items()}
        return self._cards

    def put_cards(self) -> None:
        """Write the cards down."""
        cards = {key: asdict(card) for key, card in sorted(self.cards().items())}
        self._write(_CARDS, json.dumps(cards, ensure_ascii=False, separators=(",", ":")))

    def readings(self) -> Iterator[Reading]:
        """All readings, by key."""
        for key in self.keys():
            reading = self.get(key)
            if reading is not None:
                yield reading

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


def to_json(reading: Reading) -> str:
    """A reading as JSON."""
    said = asdict(reading)
    said.pop("_rows")
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


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
    return Mention(**{**said, **made, "actors": tuple(said["actors"]), "unknown_actors": tuple(said["unknown_actors"])})

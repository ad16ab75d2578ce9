"""How well free text finds what it means, on the queries of tests/labels: tuning ones, held-out ones, another reader's.

Choose weights by the first only. Needs the real reports (LEVIERS_CORPUS, or ../shared/corpus).

Usage: python tools/measure_search.py [--misses]      queries that fail are listed for the tuning side alone
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graph.backends import open_store
from graph.search.filling import index_of
from graph.search.ranking import rank
from graph.semantic import encoder
from ontology import ID, Kind, content_key
from queries.loading import ingest

if TYPE_CHECKING:
    from graph.search.index import Index
    from graph.search.ranking import Hit
    from graph.semantic import Encoder

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "tests" / "labels" / "queries.jsonl"
FRESH = LABELS.with_name("fresh_queries.jsonl")  # all kept aside: who wrote them had seen nothing of the search
_FIRST = 5


class Asked(NamedTuple):
    """A query with its right answers, each a kind and a content key."""

    text: str
    right: frozenset[tuple[str, str]]
    held_out: bool


class Figures(NamedTuple):
    """Share of queries with a right answer among the first five, mean reciprocal rank of the first one, of how many."""

    first_five: float
    reciprocal_rank: float
    count: int


def labels(path: Path = LABELS) -> list[Asked]:
    """The labelled queries of a file."""
    asked = []
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        right = frozenset((one["kind"], one["key"]) for one in said["answers"])
        asked.append(Asked(said["query"], right, path == FRESH or bool(said.get("held_out"))))
    return asked


def first_right(index: Index, asked: Asked, model: Encoder | None) -> int:
    """The rank of the first right answer; 0 where none is found."""
    for place, hit in enumerate(rank(index, asked.text, limit=50, model=model), 1):
        if keys(hit) & asked.right:
            return place
    return 0


def keys(hit: Hit) -> set[tuple[str, str]]:
    """The statements that a thing gathers."""
    own = {(hit.kind, hit.iri.removeprefix(f"{ID}{hit.kind}/"))}
    if hit.kind not in set(Kind):
        return own
    return own | {(hit.kind, content_key(Kind(hit.kind), text)) for text in hit.wordings}


def figures(ranks: list[int]) -> Figures:
    """The figures of these ranks."""
    count = max(len(ranks), 1)
    return Figures(
        sum(0 < place <= _FIRST for place in ranks) / count,
        sum(1 / place for place in ranks if place) / count,
        len(ranks),
    )


def corpus() -> Path | None:
    """The real reports, where they are at hand."""
    folder = Path(os.environ.get("LEVIERS_CORPUS") or ROOT.parent / "shared" / "corpus")
    return folder if list(folder.glob("*.txt")) else None


def main() -> None:
    """All sides, with the model and without."""
    folder = corpus()
    if folder is None:
        raise SystemExit("aucun rapport à portée (LEVIERS_CORPUS)")
    with tempfile.TemporaryDirectory() as place:
        ingest(place, [folder], meaning=lambda *_: None, say=print)
        store = open_store(place)
        with index_of(store) as index:
            for name, model in (("mots seuls", None), ("mots et sens", encoder(print))):
                if name == "mots seuls" or model:
                    _show(index, name, model, misses="--misses" in sys.argv)
        store.close()


def _show(index: Index, name: str, model: Encoder | None, *, misses: bool) -> None:
    sides = {"réglage": False, "mis de côté": True}
    groups = {side: [one for one in labels() if one.held_out is aside] for side, aside in sides.items()}
    for side, asked in {**groups, "d’un autre lecteur": labels(FRESH)}.items():
        ranks = [first_right(index, one, model) for one in asked]
        found = figures(ranks)
        print(
            f"{name}, {side} ({found.count}) : bonne réponse parmi les cinq premières "
            f"{found.first_five:.2f}, rang réciproque moyen {found.reciprocal_rank:.2f}"
        )
        if misses and side == "réglage":
            print(
                "".join(f"  {place or '-'} {one.text}\n" for one, place in zip(asked, ranks, strict=True) if place != 1)
            )


if __name__ == "__main__":
    main()

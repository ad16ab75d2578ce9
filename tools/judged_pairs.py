"""The judged pairs of tests/labels with the statements that they name, and their features.

A label names a statement by content key: of the real reports, of the packaged summaries, of the invented reports, or
one of each; a reworded statement is given by its words.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from graph.archive import Archive
from graph.library import Library
from graph.matching import Statement, statements
from graph.matching.compare import COMMON, nearest_wordings
from graph.matching.features import overlap, place_features, wording_features
from graph.matching.likeness import likeness
from graph.matching.profile import profile
from graph.oxigraph import OxigraphStore
from graph.semantic import encoder
from ingest import read_report
from ontology import ID, Kind, concept_iri
from tools.label_sides import FOLDER, PAIRS, groups, read, side
from tools.unseen_reports import UNSEEN, WITNESSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Held = dict[str, Statement]
FOLDS = 8
_ALIKE = 0.2  # likeness from which two wordings without common words may be taken for close


@dataclass(frozen=True)
class Pair:
    """Two statements with what a person said of them; ``unlisted``: near in words, and never listed as close."""

    one: Statement
    other: Statement
    verdict: str
    held_out: bool
    where: str

    def fold(self, way: int = 0) -> int:
        """Which part it tests when the others learn; there are many ways of parting."""
        statement = self.other if self.where == "reworded" else self.one
        return hashlib.sha256(f"{statement.iri}{way or ''}".encode()).digest()[0] % FOLDS


def held(paths: Iterable[Path]) -> Held:
    """The statements of some reports, no decision applied."""
    with tempfile.TemporaryDirectory() as place:
        store = OxigraphStore()
        Library(store, Archive(Path(place)), "").load(map(read_report, sorted(paths)), ())
        return {statement.iri: statement for statement in statements(store)}


def invented() -> Held:
    """The statements of the invented reports that one may learn from."""
    folders = [folder for folder in UNSEEN.iterdir() if folder.is_dir() and folder.name not in WITNESSES]
    return held(path for folder in folders for path in folder.iterdir() if path.suffix not in {".tsv", ".json"})


def pairs(reports: Held, example: Held, others: Held) -> list[Pair]:
    """All judged pairs; pairs of the reports that share words and were not listed; reworded statements with all.

    Args:
        reports: statements of the real reports.
        example: those of the packaged summaries.
        others: those of invented reports.
    """
    every = {**others, **reports}
    said = {name: read(FOLDER / name) for name in PAIRS}
    names = groups(label for labels in said.values() for label in labels)
    found, listed = [], set()
    for labels in said.values():
        for label in labels:
            where = label.get("where", "summary")
            first, last = {
                "reports": (reports, reports),
                "example": (example, example),
                "summary": (reports, example),
                "invented": (every, every),
            }[where]
            one, other = (f"{ID}{label['kind']}/{label[end]}" for end in "ab")
            listed.add(frozenset((one, other)))
            if one in first and other in last:
                found.append(Pair(first[one], last[other], label["verdict"], bool(label.get("held_out")), where))
    for one, other in combinations(reports.values(), 2):
        if one.kind == other.kind and frozenset((one.iri, other.iri)) not in listed and _common(one, other):
            label = {"kind": one.kind, "a": one.iri[-12:], "b": other.iri[-12:]}
            found.append(Pair(one, other, "different", side(label, names), "unlisted"))
    return [*found, *_reworded(reports, names)]


def _common(one: Statement, other: Statement) -> bool:
    first, last = nearest_wordings(one, other)
    shared, _ = overlap(profile(first).roots, profile(last).roots)
    return shared >= COMMON - 0.05 or likeness(first, last) >= _ALIKE


def _reworded(reports: Held, names: dict[str, str]) -> Iterator[Pair]:
    """Each reworded statement beside all of its kind; the equals of its equal are its equals too.

    Those that the lexicon was written with in view would teach that it is better than it is.
    """
    for label in (one for one in read(FOLDER / "reworded.jsonl") if one.get("for") != "lexicon"):
        new = Statement(concept_iri(Kind(label["kind"]), label["text"]), (label["text"],))
        equal = names.get(label["same"], label["same"])
        close = dict.fromkeys(label["close"], "close")
        for one in reports.values():
            if one.kind == new.kind:
                key = one.iri[-12:]
                verdict = "same" if names.get(key, key) == equal else close.get(key, "different")
                yield Pair(one, new, verdict, bool(label.get("held_out")), "reworded")


def fresh(reports: Held) -> dict[str, list[Pair]]:
    """By style, another reader's rewordings of statements, each beside its equals: nothing is fitted on them."""
    names = groups(label for name in PAIRS for label in read(FOLDER / name))
    found: dict[str, list[Pair]] = {}
    for label in read(FOLDER / "fresh.jsonl"):
        new = Statement(concept_iri(Kind(label["kind"]), label["text"]), (label["text"],))
        equal = names.get(label["same"], label["same"])
        equals = [
            one for one in reports.values() if one.kind == new.kind and names.get(key := one.iri[-12:], key) == equal
        ]
        made = [Pair(one, new, "same", held_out=True, where="fresh") for one in equals]
        found.setdefault(label["style"], []).extend(made)
    return found


def features(found: list[Pair]) -> Numbers:
    """The features of each pair, in the order of `NAMES`."""
    import numpy as np

    model = encoder(sys.exit)
    if model is None:
        sys.exit("il faut l’extra « semantic » : pip install -e '.[semantic]'")
    texts = sorted({text for pair in found for statement in (pair.one, pair.other) for text in statement.texts})
    vectors = dict(zip(texts, model.queries(texts), strict=True))
    made = []
    for pair in found:
        one, other = sorted((pair.one, pair.other), key=lambda statement: statement.iri)
        first, last = nearest_wordings(one, other)
        words = wording_features(profile(first), profile(last), likeness(first, last))
        meaning = max(float(vectors[text] @ vectors[too]) for text in one.texts for too in other.texts)
        made.append((*words, *place_features(one, other), round(meaning, 3)))
    return np.array(made)

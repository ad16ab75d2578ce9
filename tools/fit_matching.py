"""Fits the models of graph/matching on pairs that people judged: writes weights.json and models.json there.

Usage: python tools/fit_matching.py [--held-out]

Learns from the lines of tests/labels that are not held out; with --held-out it writes nothing and tells how the shipped
models do on those that are. Needs numpy, the extra ``semantic`` and the real reports (LEVIERS_CORPUS).
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from label_sides import FOLDER, PAIRS, groups, read, side

from graph.archive import Archive
from graph.library import Library
from graph.matching import LINKED, Matcher, Statement, statements
from graph.matching.compare import COMMON, linkable, nearest_wordings
from graph.matching.features import NAMES, overlap, place_features, wording_features
from graph.matching.model import probability, thresholds
from graph.matching.profile import profile, root
from graph.oxigraph import OxigraphStore
from graph.semantic import encoder
from ingest import read_report
from ontology import ID, fold
from ontology.stems import content_words, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Held = dict[str, Statement]

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "graph" / "matching"
EXAMPLE = ROOT / "ingest" / "examples" / "egn"
_SEEN = 3  # times, for the count of a stem or a root to be kept
_RIDGE, _FOLDS, _TURNS = 3.0, 8, 60
_WEIGHTS = {"reports": 1.0, "example": 1.0, "summary": 0.3, "unlisted": 0.3}
_WANTED = {"forte": 0.8, "moyenne": 0.65}  # precision of each class, were all pairs wrong that nobody listed


@dataclass(frozen=True)
class Pair:
    """Two statements with what a person said of them; ``unlisted``: near in words, and never listed as close."""

    one: Statement
    other: Statement
    verdict: str
    held_out: bool
    where: str

    @property
    def fold(self) -> int:
        """Which part it tests when the others learn."""
        return hashlib.sha256(min(self.one.iri, self.other.iri).encode()).digest()[0] % _FOLDS


def held(paths: Iterable[Path]) -> Held:
    """The statements of some reports, no decision applied."""
    with tempfile.TemporaryDirectory() as place:
        store = OxigraphStore()
        Library(store, Archive(Path(place)), "").load(map(read_report, sorted(paths)), ())
        return {statement.iri: statement for statement in statements(store)}


def pairs(reports: Held, example: Held) -> list[Pair]:
    """All judged pairs, and those of the reports that share words and were not listed."""
    said = {name: read(FOLDER / name) for name in PAIRS}
    names = groups(label for labels in said.values() for label in labels)
    found, listed = [], set()
    for labels in said.values():
        for label in labels:
            where = label.get("where", "summary")
            first, last = {"reports": (reports,) * 2, "example": (example,) * 2, "summary": (reports, example)}[where]
            one, other = (f"{ID}{label['kind']}/{label[end]}" for end in "ab")
            listed.add(frozenset((one, other)))
            if one in first and other in last:
                found.append(Pair(first[one], last[other], label["verdict"], bool(label.get("held_out")), where))
    for one, other in combinations(reports.values(), 2):
        if one.kind == other.kind and frozenset((one.iri, other.iri)) not in listed:
            first, last = map(profile, nearest_wordings(one, other))
            if overlap(first.roots, last.roots)[0] >= COMMON - 0.05:
                label = {"kind": one.kind, "a": one.iri[-12:], "b": other.iri[-12:]}
                found.append(Pair(one, other, "different", side(label, names), "unlisted"))
    return found


def write_weights(texts: Iterable[str]) -> None:
    """How many wordings hold each stem and each root, of those that several hold."""
    stems: Counter[str] = Counter()
    roots: Counter[str] = Counter()
    wordings = {fold(text): text for text in texts}
    for folded in wordings:
        words = content_words(folded)
        stems.update(set(map(stem, words)))
        roots.update(set(map(root, words)))
    kept = [{part: count for part, count in sorted(one.items()) if count >= _SEEN} for one in (stems, roots)]
    _write("weights.json", {"wordings": len(wordings), "stems": kept[0], "roots": kept[1]})


def features(found: list[Pair]) -> Numbers:
    """The features of each pair, in the order of `NAMES`."""
    made, texts = [], []
    for pair in found:
        one, other = sorted((pair.one, pair.other), key=lambda statement: statement.iri)
        first, last = nearest_wordings(one, other)
        texts.append((first, last))
        made.append((*wording_features(profile(first), profile(last)), *place_features(one, other)))
    model = encoder(sys.exit)
    if model is None:
        sys.exit("il faut l’extra « semantic » : pip install -e '.[semantic]'")
    near = np.sum(model.queries([a for a, _ in texts]) * model.queries([b for _, b in texts]), axis=1)
    return np.c_[np.array(made), near.round(3)]


def fit(x: Numbers, y: Numbers, weight: Numbers) -> tuple[float, Numbers]:
    """Intercept and weights of a ridge-penalised logistic regression, by Newton steps on scaled features."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.c_[np.ones(len(x)), (x - mean) / scale]
    b, ridge = np.zeros(z.shape[1]), np.diag([1e-6, *[_RIDGE] * x.shape[1]])
    for _ in range(_TURNS):
        p = 1 / (1 + np.exp(-z @ b))
        slope = z.T @ (weight * (y - p)) - ridge @ b
        b += np.linalg.solve((z * (weight * p * (1 - p))[:, None]).T @ z + ridge, slope)
    return float(b[0] - (b[1:] / scale) @ mean), b[1:] / scale


def models(found: list[Pair], x: Numbers, learn: Numbers) -> dict[str, dict[str, tuple[float, Numbers]]]:
    """The two models in two versions, learnt from the pairs that ``learn`` marks."""
    weight = np.array([_WEIGHTS[pair.where] for pair in found])[learn]
    asked = {
        "link": [pair.verdict != "different" for pair in found],
        "same": [pair.verdict == "same" for pair in found],
    }
    return {
        name: {
            version: fit(x[learn][:, :width], np.array(truth, float)[learn], weight)
            for version, width in (("lexical", -1), ("semantic", None))
        }
        for name, truth in asked.items()
    }


def crossed(found: list[Pair], x: Numbers, version: str) -> dict[str, Numbers]:
    """The probabilities of pairs that are not held out, each by models that did not learn from it."""
    learn, folds = np.array([not pair.held_out for pair in found]), np.array([pair.fold for pair in found])
    said = {"link": np.zeros(len(found)), "same": np.zeros(len(found))}
    for fold_ in range(_FOLDS):
        test = learn & (folds == fold_)
        made = models(found, x, learn & (folds != fold_))
        for name in said:
            intercept, weights = made[name][version]
            said[name][test] = 1 / (1 + np.exp(-intercept - x[test][:, : len(weights)] @ weights))
    return said


def seen(pair: Pair) -> bool:
    """Whether a pair tells how good the graph's close matches are."""
    return pair.where in {"reports", "unlisted"} and pair.one.kind in LINKED


def classes(found: list[Pair], link: Numbers) -> dict[str, float]:
    """From which likelihood on pairs are as often close as each class promises."""
    kept = sorted((-p, pair.verdict != "different") for pair, p in zip(found, link, strict=True)
                  if seen(pair) and not pair.held_out and writable(pair))  # fmt: skip
    right = np.cumsum([good for _, good in kept]) / np.arange(1, len(kept) + 1)
    return {name: round(-kept[int(np.flatnonzero(right >= wanted)[-1])][0], 3) for name, wanted in _WANTED.items()}


def writable(pair: Pair) -> bool:
    """Whether a graph may hold the pair, whatever its likelihood."""
    return linkable(*map(profile, nearest_wordings(pair.one, pair.other)))


def tell(found: list[Pair], link: Numbers, least: dict[str, float], *, held_out: bool) -> None:
    """Precision and recall of the graph's close matches, from each class on."""
    some = [(pair, p) for pair, p in zip(found, link, strict=True) if seen(pair) and pair.held_out == held_out]
    close = sum(pair.verdict != "different" for pair, _ in some)
    for name, floor in least.items():
        told = [pair for pair, p in some if p >= floor and writable(pair)]
        right = sum(pair.verdict != "different" for pair in told)
        judged = sum(pair.where == "reports" for pair in told)
        print(
            f"  {name} (≥ {floor}) : {right} justes sur {judged} jugées ({right / max(judged, 1):.2f}), "
            f"{len(told) - judged} non listées (comptées fausses : {right / max(len(told), 1):.2f}) ; "
            f"rappel {right}/{close} = {right / max(close, 1):.2f}"
        )


def first_five(reports: Held, found: list[Pair], *, held_out: bool) -> None:
    """How often the equal statement is among the first five, for summaries as new statements."""
    mine = [pair for pair in found if pair.where == "summary" and pair.held_out == held_out]
    for name, model in (("lexical", None), ("sémantique", encoder())):
        matcher = Matcher(reports.values(), model)
        ranks = []
        for pair in mine:
            listed = [c.one if c.other == pair.other.iri else c.other for c in matcher.of(pair.other, most=20, least=0)]
            ranks.append(listed.index(pair.one.iri) if pair.one.iri in listed else 99)
        shares = ", ".join(f"{most} : {np.mean(np.array(ranks) < most):.3f}" for most in (1, 3, 5, 10))
        print(f"  {name}, {len(mine)} énoncés ; l’énoncé égal parmi les {shares}")


def main() -> None:
    """Fit and write, or tell."""
    told = "--held-out" in sys.argv
    corpus = Path(os.environ.get("LEVIERS_CORPUS") or ROOT.parent / "shared" / "corpus")
    reports, example = held(corpus.glob("*.txt")), held(EXAMPLE.glob("[!L]*.md"))
    if not reports:
        sys.exit(f"aucun compte rendu dans {corpus} (LEVIERS_CORPUS)")
    if not told:
        write_weights(text for one in (*reports.values(), *example.values()) for text in one.texts)
    found = pairs(reports, example)
    x = features(found)
    if told:
        link = np.array([probability("link", row[:-1]) for row in x])
        tell(found, link, thresholds(), held_out=True)
    else:
        learn = np.array([not pair.held_out for pair in found])
        link = crossed(found, x, "lexical")["link"]
        least = classes(found, link)
        tell(found, link, least, held_out=False)
        _write("models.json", {"classes": least, "models": _named(models(found, x, learn))})
    first_five(reports, found, held_out=told)
    for version in ("lexical", "semantic") if not told else ():
        _compare(found, crossed(found, x, version), version)


def _named(made: dict[str, dict[str, tuple[float, Numbers]]]) -> dict[str, object]:
    return {
        name: {
            version: {"intercept": round(b, 4), "weights": dict(zip(NAMES, map(_short, weights), strict=False))}
            for version, (b, weights) in versions.items()
        }
        for name, versions in made.items()
    }


def _short(value: float) -> float:
    return round(float(value), 4)


def _compare(found: list[Pair], said: dict[str, Numbers], version: str) -> None:
    mine = [i for i, pair in enumerate(found) if seen(pair) and not pair.held_out]
    for name, verdicts in (("link", {"same", "close"}), ("same", {"same"})):
        truth = np.array([found[i].verdict in verdicts for i in mine])
        order = np.argsort(-said[name][mine], kind="stable")
        right = np.cumsum(truth[order]) / np.arange(1, len(mine) + 1)
        print(f"  {version} {name} : précision moyenne {(right * truth[order]).sum() / truth.sum():.3f}")


def _write(name: str, said: object) -> None:
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    (DATA / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""Fits the models of graph/matching on pairs that people judged: writes weights.json and models.json there.

Usage: python tools/fit_matching.py [--held-out]

Learns from the lines of tests/labels that are not held out; with --held-out it writes nothing and tells how the shipped
models do on those that are. Needs numpy, the extra ``semantic`` and the real reports (LEVIERS_CORPUS).
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from graph.matching import LINKED, Matcher
from graph.matching.compare import linkable, nearest_wordings
from graph.matching.features import NAMES
from graph.matching.model import probability, thresholds
from graph.matching.profile import profile, root
from graph.semantic import encoder
from ontology import fold
from ontology.stems import content_words, stem
from tools.fit_order import lists, order
from tools.judged_pairs import FOLDS, features, fresh, held, invented, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tools.judged_pairs import Held, Numbers, Pair

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "graph" / "matching"
EXAMPLE = ROOT / "ingest" / "examples" / "egn"
_SEEN = 3  # times, for the count of a stem or a root to be kept
_RIDGE, _TURNS, _STILL = 10.0, 60, 1e-9
_WEIGHTS = {"reports": 1.0, "example": 1.0, "summary": 0.2, "unlisted": 0.3, "reworded": 1.0, "invented": 1.0}
_VERSIONS = ("lexical", "semantic")
_EQUALS = {"link": {"same", "close"}, "same": {"same"}}  # what each model says yes to
_WAYS = 6  # of parting the pairs, to choose the classes
_STEPS = [step / 100 for step in range(30, 90)]
_NOWHERE = 999  # the rank of what is not found
_STRANGER = 0.2  # weight of a statement that a reworded one is not
# Precision of each class in the reports, were all pairs wrong that nobody listed; among pairs drawn in invented ones.
_WANTED = {"forte": (0.86, 0.85), "moyenne": (0.82, 0.76)}


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


def fit(x: Numbers, y: Numbers, weight: Numbers) -> tuple[float, Numbers]:
    """Intercept and weights of a ridge-penalised logistic regression, by Newton steps on scaled features."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.c_[np.ones(len(x)), (x - mean) / scale]
    b, ridge = np.zeros(z.shape[1]), np.diag([1e-6, *[_RIDGE] * x.shape[1]])
    for _ in range(_TURNS):
        p = 1 / (1 + np.exp(-z @ b))
        slope = z.T @ (weight * (y - p)) - ridge @ b
        step = np.linalg.solve((z * (weight * p * (1 - p))[:, None]).T @ z + ridge, slope)
        b += step
        if np.abs(step).max() < _STILL:
            break
    return float(b[0] - (b[1:] / scale) @ mean), b[1:] / scale


def models(found: list[Pair], x: Numbers, learn: Numbers) -> dict[str, dict[str, tuple[float, Numbers]]]:
    """The two models in two versions, learnt from the pairs that ``learn`` marks."""
    return {name: {version: model(found, x, learn, name, version) for version in _VERSIONS} for name in _EQUALS}


def model(found: list[Pair], x: Numbers, learn: Numbers, name: str, version: str) -> tuple[float, Numbers]:
    """One of them.

    Words alone decide what a graph says: their version learns from pairs of which a graph may say something.
    """
    weight = np.array([_WEIGHTS[pair.where] for pair in found])
    new = np.array([pair.where == "reworded" for pair in found])
    weight[new & np.array([pair.verdict == "different" for pair in found])] = _STRANGER
    truth = np.array([pair.verdict in _EQUALS[name] for pair in found], float)
    if version == "lexical":
        learn = learn & _writable(tuple(found)) & ~new
        x = x[:, :-1]
    return fit(x[learn], truth[learn], weight[learn])


def crossed(found: list[Pair], x: Numbers, name: str, version: str, way: int = 0) -> Numbers:
    """The probabilities of pairs that are not held out, each by a model that did not learn from it."""
    learn, folds = np.array([not pair.held_out for pair in found]), np.array([pair.fold(way) for pair in found])
    said = np.zeros(len(found))
    for fold_ in range(FOLDS):
        test = learn & (folds == fold_)
        intercept, weights = model(found, x, learn & (folds != fold_), name, version)
        said[test] = 1 / (1 + np.exp(-intercept - x[test][:, : len(weights)] @ weights))
    return said


def seen(pair: Pair) -> bool:
    """Whether a pair tells how good the graph's close matches are."""
    return pair.where in {"reports", "unlisted"} and pair.one.kind in LINKED


def classes(found: list[Pair], x: Numbers) -> dict[str, float]:
    """From which likelihood on pairs are as often close as each class promises, over some ways of parting them."""
    ways = [crossed(found, x, "link", "lexical", way) for way in range(_WAYS)]
    known = [place for place, pair in enumerate(found) if not pair.held_out and writable(pair)]
    shares = [
        _shares(found, [place for place in known if asks(found[place])], ways) for asks in (seen, _seen_elsewhere)
    ]
    return {
        name: next(
            step for step in _STEPS if all(share[step] >= least for share, least in zip(shares, wanted, strict=True))
        )
        for name, wanted in _WANTED.items()
    }


def _shares(found: list[Pair], asked: list[int], ways: list[Numbers]) -> dict[float, float]:
    """How many are close of those that are as likely at least, by likelihood."""
    right = np.array([found[place].verdict != "different" for place in asked])
    return {step: float(np.mean([right[link[asked] >= step].mean() for link in ways])) for step in _STEPS}


def _seen_elsewhere(pair: Pair) -> bool:
    return pair.where == "invented" and pair.one.kind in LINKED


@cache
def _writable(found: tuple[Pair, ...]) -> NDArray[np.bool_]:
    return np.array([writable(pair) for pair in found])


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


def tell_invented(found: list[Pair], link: Numbers, least: dict[str, float]) -> None:
    """How many of the pairs of invented reports are close, from each class on, among those kept aside.

    They were drawn evenly over what an earlier model said: a share of them is none of all links.
    """
    aside = [
        (pair.verdict != "different", p)
        for pair, p in zip(found, link, strict=True)
        if _seen_elsewhere(pair) and pair.held_out and writable(pair)
    ]
    for name, floor in least.items():
        right = [close for close, p in aside if p >= floor]
        every = sum(close for close, _ in aside)
        print(f"  {name}, comptes rendus inventés : {sum(right)} justes sur {len(right)} ; {every} en tout")


def first_five(reports: Held, found: list[Pair]) -> None:
    """How often the equal statement is among the first five, for statements that the graph does not hold."""
    asked = {
        where: [pair for pair in found if pair.where == where and pair.held_out and pair.verdict == "same"]
        for where in ("summary", "reworded")
    }
    for version, read in (("lexical", None), ("sémantique", encoder())):
        matcher = Matcher(reports.values(), read)
        for where, equals in {**asked, **fresh(reports)}.items():
            new: dict[str, int] = {}
            for pair in equals:
                new[pair.other.iri] = min(_rank(matcher, pair), new.get(pair.other.iri, _NOWHERE))
            ranks = np.array(list(new.values()))
            shares = ", ".join(f"{most} : {np.mean(ranks < most):.3f}" for most in (1, 3, 5, 10))
            print(f"  {version}, {where}, {len(new)} énoncés ; l’égal parmi les {shares}")


def _rank(matcher: Matcher, pair: Pair) -> int:
    listed = [end for c in matcher.of(pair.other, 40) for end in (c.one, c.other) if end != pair.other.iri]
    return listed.index(pair.one.iri) if pair.one.iri in listed else _NOWHERE


def main() -> None:
    """Fit and write, or tell."""
    told = "--held-out" in sys.argv
    corpus = Path(os.environ.get("LEVIERS_CORPUS") or ROOT.parent / "shared" / "corpus")
    reports, example, others = held(corpus.glob("*.txt")), held(EXAMPLE.glob("[!L]*.md")), invented()
    if not reports:
        sys.exit(f"aucun compte rendu dans {corpus} (LEVIERS_CORPUS)")
    if not told:
        every = chain(reports.values(), example.values(), others.values())
        write_weights(text for one in every for text in one.texts)
    found = pairs(reports, example, others)
    x = features(found)
    if told:
        link = np.array([probability("link", row[:-1]) for row in x])
        tell(found, link, thresholds(), held_out=True)
        tell_invented(found, link, thresholds())
        first_five(reports, found)
    else:
        learn = np.array([not pair.held_out for pair in found])
        said = {version: {name: crossed(found, x, name, version) for name in _EQUALS} for version in _VERSIONS}
        least = classes(found, x)
        tell(found, said["lexical"]["link"], least, held_out=False)
        for version, probabilities in said.items():
            _compare(found, probabilities, version)
        read = encoder(sys.exit)
        assert read is not None  # else `features` has ended all
        made = order(lists(reports, found, read))
        _write("models.json", {"classes": least, "models": _named(models(found, x, learn)), "order": made})


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
    for name, verdicts in _EQUALS.items():
        truth = np.array([found[i].verdict in verdicts for i in mine])
        order = np.argsort(-said[name][mine], kind="stable")
        right = np.cumsum(truth[order]) / np.arange(1, len(mine) + 1)
        print(f"  {version} {name} : précision moyenne {(right * truth[order]).sum() / truth.sum():.3f}")
    new = [i for i, pair in enumerate(found) if pair.where == "reworded" and not pair.held_out]
    ranks = [
        sum(said["same"][j] > said["same"][i] for j in new if found[j].other is found[i].other)
        for i in new if found[i].verdict == "same"
    ]  # fmt: skip
    shares = ", ".join(f"{most} : {np.mean(np.array(ranks) < most):.3f}" for most in (1, 3, 5, 10))
    print(f"  {version}, {len(ranks)} énoncés reformulés ; l’égal parmi les {shares}")


def _write(name: str, said: object) -> None:
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    (DATA / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

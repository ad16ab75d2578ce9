"""What orders candidates: learnt from reworded statements, each among all the statements of its kind.

Called by tools/fit_matching.py. A list is one reworded statement; what is learnt is to put its equal above the others,
close ones left out, in the two versions of the model. Lines that are held out are not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph.matching.candidates import ordering
from graph.matching.features import ORDER
from graph.matching.meaning import Meanings
from tools.judged_pairs import FOLDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.semantic import Encoder
    from tools.judged_pairs import Held, Numbers, Pair

_RIDGE, _TURNS, _STILL = 5.0, 60, 1e-9
_WIDTHS = {"lexical": len(ORDER) - 1, "semantic": len(ORDER)}


class Listed(NamedTuple):
    """One reworded statement: the features of each candidate, whether it is the equal one, in which fold it tests."""

    x: Numbers
    y: Numbers
    fold: int


def lists(reports: Held, found: list[Pair], model: Encoder) -> list[Listed]:
    """The lists of the reworded statements that are not held out."""
    meanings = Meanings(model, reports.values())
    by_new: dict[str, list[Pair]] = {}
    for pair in found:
        if pair.where == "reworded" and not pair.held_out and pair.verdict != "close":
            by_new.setdefault(pair.other.iri, []).append(pair)
    made = []
    for some in by_new.values():
        meanings.look_for(some[0].other.texts)
        equal = np.array([pair.verdict == "same" for pair in some], float)
        features = np.array([ordering(pair.other, pair.one, meanings) for pair in some])
        made.append(Listed(features, equal, some[0].fold()))
    return made


def fit(some: list[Listed], width: int) -> Numbers:
    """Weights of the first features that most often put the equal statement above the others, by Newton steps."""
    scale = np.concatenate([one.x[:, :width] for one in some]).std(0) + 1e-9
    scaled = [one._replace(x=one.x[:, :width] / scale) for one in some]
    b, before = np.zeros(width), np.inf
    step = np.zeros(width)
    for _ in range(_TURNS):
        loss, slope, bend = _loss(scaled, b + step)
        if loss > before:
            step /= 2  # too far
            continue
        b, before = b + step, loss
        step = np.linalg.solve(bend, slope)
        if np.abs(step).max() < _STILL:
            break
    return b / scale


def _loss(some: list[Listed], b: Numbers) -> tuple[float, Numbers, Numbers]:
    """What is to be the least, its slope downwards and its curvature."""
    loss, slope, bend = _RIDGE / 2 * float(b @ b), -_RIDGE * b, np.eye(len(b)) * _RIDGE
    for x, y, _ in some:
        p = np.exp(x @ b - (x @ b).max())
        p /= p.sum()
        wanted = y / y.sum()
        loss -= float(wanted @ np.log(p + 1e-12))
        slope += x.T @ (wanted - p)
        bend += (x.T * p) @ x - np.outer(x.T @ p, x.T @ p)
    return loss, slope, bend


def order(some: list[Listed]) -> dict[str, dict[str, float]]:
    """The weights of both versions, by name; tells how well they do on lists that they did not learn from."""
    made = {}
    for version, width in _WIDTHS.items():
        places = [
            _place(one.x[:, :width] @ weights, one.y > 0)
            for fold in range(FOLDS)
            for weights in [fit([one for one in some if one.fold != fold], width)]
            for one in some
            if one.fold == fold
        ]
        shares = ", ".join(f"{most} : {np.mean(np.array(places) < most):.3f}" for most in (1, 3, 5, 10))
        print(f"  ordre, {version}, {len(places)} énoncés reformulés (validation croisée) ; l’égal parmi les {shares}")
        weights = fit(some, width)
        made[version] = {name: round(float(value), 3) for name, value in zip(ORDER, weights, strict=False)}
    return made


def _place(scores: Numbers, equal: NDArray[np.bool_]) -> int:
    return int((scores > scores[equal].max()).sum())

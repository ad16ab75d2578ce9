"""Two small logistic models: how likely two statements are close at least, and how likely they are equal.

A third one says which of many candidates is likeliest to be the equal of a statement. Each has two versions, with and
without nearness of meaning; the weights are those of `models.json`, which tools/fit_matching.py writes.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from graph.matching.features import NAMES, ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

Asked = Literal["link", "same"]


def probability(asked: Asked, features: Sequence[float]) -> float:
    """How likely it is, 0 to 1, given the features of two statements in the order of `NAMES`, the last one or not."""
    intercept, weights = _model(asked, "semantic" if len(features) == len(NAMES) else "lexical")
    z = math.fsum((intercept, *(weight * value for weight, value in zip(weights, features, strict=True))))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, z))))


def nearness(features: Sequence[float]) -> float:
    """How much likelier a candidate is than others, given its features in the order of `ORDER`, the last one or not."""
    weights = _order("semantic" if len(features) == len(ORDER) else "lexical")
    return math.fsum(weight * value for weight, value in zip(weights, features, strict=True))


def confidence(link: float) -> str:
    """The class of a close match: ``forte``, ``moyenne``, or empty below what is written in a graph."""
    return next((name for name, least in thresholds().items() if link >= least), "")


def thresholds() -> dict[str, float]:
    """The least likelihood of a close match of each class, the surest first."""
    least: dict[str, float] = _said()["classes"]
    return least


@cache
def extremes(asked: Asked, names: tuple[str, ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The values, 0 or 1, of some features that make two statements least likely, and most."""
    weights = dict(zip(NAMES, _model(asked, "lexical")[1], strict=False))
    return tuple(float(weights[name] < 0) for name in names), tuple(float(weights[name] > 0) for name in names)


@cache
def _model(asked: str, version: str) -> tuple[float, tuple[float, ...]]:
    said = _said()["models"][asked][version]
    names = NAMES if version == "semantic" else NAMES[:-1]
    return said["intercept"], tuple(said["weights"].get(name, 0.0) for name in names)


@cache
def _order(version: str) -> tuple[float, ...]:
    weights: dict[str, float] = _said()["order"][version]
    return tuple(weights[name] for name in ORDER if name in weights)


@cache
def _said() -> Any:
    return json.loads(files("graph.matching").joinpath("models.json").read_text(encoding="utf-8"))

"""Two small logistic models: how likely two statements are close at least, and how likely they are equal.

Each has two versions, with and without nearness of meaning; the weights are those of `models.json`, which
tools/fit_matching.py writes.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from graph.matching.features import PLACE, SEMANTIC, WORDING

if TYPE_CHECKING:
    from collections.abc import Sequence

Asked = Literal["link", "same"]

_NAMES = (*WORDING, *PLACE, SEMANTIC)


def probability(asked: Asked, features: Sequence[float]) -> float:
    """How likely it is, 0 to 1, given the features in the order of `WORDING`, `PLACE` and perhaps `SEMANTIC`."""
    intercept, weights = _model(asked, "semantic" if len(features) == len(_NAMES) else "lexical")
    z = math.fsum((intercept, *(weight * value for weight, value in zip(weights, features, strict=True))))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, z))))


def confidence(link: float) -> str:
    """The class of a close match: ``forte``, ``moyenne``, or empty below what is written in a graph."""
    classes: dict[str, float] = _said()["classes"]
    return next((name for name in ("forte", "moyenne") if link >= classes[name]), "")


@cache
def _model(asked: str, version: str) -> tuple[float, tuple[float, ...]]:
    said = _said()["models"][asked][version]
    names = _NAMES if version == "semantic" else _NAMES[:-1]
    return said["intercept"], tuple(said["weights"][name] for name in names)


@cache
def _said() -> Any:
    return json.loads(files("graph.matching").joinpath("models.json").read_text(encoding="utf-8"))

"""Vectors for search: those of the model, in which what all the field's wordings share counts less.

A few directions hold what most wordings have in common (school, digital, how statements are phrased). With less of
them, sentences that share only the subject of all reports come less near.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.semantic import Encoder, Vectors

_TAKEN_AWAY = 0.3  # of the common directions; by tools/measure_search.py on the queries that are not held out


def made_by(model: Encoder) -> str:
    """What these vectors depend on: two that differ in it cannot be compared."""
    return f"{model.version}, directions 2, spelt out 2"


def meanings(model: Encoder, texts: Sequence[str]) -> Vectors:
    """One vector of length one a text; zeros for a text without words."""
    import numpy as np

    whole, common = model.queries(texts), directions()
    left = whole - np.float32(_TAKEN_AWAY) * (whole @ common.T) @ common
    lengths = np.linalg.norm(left, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    vectors: Vectors = (left / lengths).astype(np.float32)
    return vectors


@cache
def directions() -> Vectors:
    """The directions in which wordings of the field differ most, made by tools/fit_centre.py; each of length one."""
    import numpy as np

    held = json.loads(Path(__file__).with_name("directions.json").read_text(encoding="utf-8"))
    return np.asarray(held, np.float32)

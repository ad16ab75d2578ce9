"""What it takes to put strewn tables together: counted steps, which grow with the lines and no faster."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_strewn import HEADER, ROOT

from ingest.formats.strewn import gather
from ingest.formats.strewn_data import data

if TYPE_CHECKING:
    from types import FrameType


def steps(text: str) -> tuple[int, int]:
    """Calls of functions of ours while a text is put together, and calls of those of the search alone."""
    calls: Counter[str] = Counter()

    def seen(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            calls[Path(frame.f_code.co_filename).stem] += 1

    sys.setprofile(seen)
    try:
        gather(text)
    finally:
        sys.setprofile(None)
    ours = {path.stem for path in (ROOT / "ingest" / "formats").glob("strewn*.py")}
    return sum(calls[name] for name in ours), calls["strewn_search"]


@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_the_steps_grow_with_the_lines_and_no_faster(joint: str) -> None:
    draw = random.Random(5)
    said = ["Former des équipes de", "Manque de temps", "Mairie", "• Réseau lent", "gouvernance et", "Plan 1, l. 3"]
    lines = [f"{draw.choice(said)} {n}" for n in range(240)]
    few, many = (steps(HEADER + joint.join(lines[:count])) for count in (120, 240))
    assert many[0] < 2 * 1.3 * few[0]
    weights = data()["search"]
    each = (weights["turns"] + 1) * weights["beam"] * 4 * (weights["open"] + 4)  # readings, columns, ways to each
    assert many[1] < 2 * each * 240


def test_numbered_lines_of_pages_are_looked_through_once() -> None:
    letters = [f"{one}{other}" for one in "bcdfghjklm" for other in "nprstvwxyz"]

    def pages_of(count: int) -> str:
        return "\f".join("\n".join(f"Ligne {n} {said}" for said in letters[:count]) for n in range(4))

    few, many = (steps(HEADER + pages_of(count))[0] for count in (25, 100))
    assert many < 4 * 1.3 * few


def test_a_text_too_long_to_be_put_together_is_left_as_it_is() -> None:
    rows = "Gouvernance et\nanticipation\n\nManque de salles\n\nBesoin d’un lieu\n\nPrêter un local\n\n"
    assert gather(HEADER + rows) is not None
    assert gather(HEADER + rows * 2_000) is None

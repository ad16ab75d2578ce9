"""What statements are by their words alone, on those that the model learnt nothing from."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ingest.words.headers import Role
from ingest.words.wording import costs
from ontology import Kind

FOLDER = Path(__file__).resolve().parent
KEPT = ("aside", "apart", "kept", "sealed", "witness")
# By all kinds that columns have; then by those of the three tables of the form.
FORMS: dict[tuple[str, ...], float] = {
    ("irritant", "strength", "need", "lever", "action", "actor", "timeframe", "indicator"): 0.72,
    ("irritant", "strength"): 0.85,
    ("irritant", "need", "lever"): 0.84,
    ("lever", "action", "actor", "timeframe", "indicator"): 0.77,
}


def statements(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("kinds", FORMS, ids=" ".join)
def test_unseen_statements_are_told_by_their_words(kinds: tuple[str, ...]) -> None:
    paths = [path for name in KEPT for path in (FOLDER / "unseen" / name).glob("*.gold.tsv")]
    said = [(one["text"], one["kind"]) for path in paths for one in statements(path) if one["kind"] in kinds]
    roles = [Role(kind) for kind in kinds]
    right = 0
    for text, kind in said:
        found = costs(text, roles)
        right += min(roles, key=found.__getitem__).value == kind
    assert right >= FORMS[kinds] * len(said)


def test_invented_statements_are_rows_of_known_kinds() -> None:
    paths = list((FOLDER / "statements").glob("*.tsv"))
    said = [one for path in paths for one in statements(path)]
    assert len(paths) == 3
    assert {one["kind"] for one in said} <= {kind.value for kind in Kind}
    assert all(one["row"].isdigit() and one["text"] == one["text"].strip() != "" for one in said)
    assert len({(one["kind"], one["text"]) for one in said}) == len(said)

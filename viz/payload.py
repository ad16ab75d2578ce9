"""The page's data: columns of numbers that point into one table of texts, so that nothing is written twice."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from viz.network import columns
from viz.style import style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from viz.remarks import Quality
    from viz.view import View


class Texts:
    """A table of distinct texts: those given first, then the others in order of first use."""

    def __init__(self, first: Iterable[str] = ()) -> None:
        self._ranks = {text: rank for rank, text in enumerate(first)}
        self._uses: Counter[str] = Counter()

    def __getitem__(self, text: str) -> int:
        self._uses[text] += 1
        return self._ranks.setdefault(text, len(self._ranks))

    def all(self, texts: Iterable[str]) -> list[int]:
        """The numbers of these texts."""
        return [self[text] for text in texts]

    def table(self) -> list[str]:
        """The texts, each at its number."""
        return list(self._ranks)

    def by_use(self) -> list[str]:
        """The texts, the most used first: theirs should be the short numbers."""
        return [text for text, _ in self._uses.most_common()]


def payload(view: View) -> dict[str, Any]:
    """All that the scripts read, as values that JSON can hold."""
    count = Texts()
    _written(view, count)
    return _written(view, Texts(count.by_use()))


def _written(view: View, texts: Texts) -> dict[str, Any]:
    elements, ties = view.elements, view.ties
    look = style()
    nodes = {
        "id": [element.id for element in elements],
        "kind": texts.all(element.kind for element in elements),
        "label": texts.all(element.label for element in elements),
        "wordings": [texts.all(element.wordings) for element in elements],
        "quotes": [
            [texts.all((quote.text, quote.document, quote.section, quote.row)) for quote in element.quotes]
            for element in elements
        ],
        "themes": [texts.all(element.themes) for element in elements],
        "territories": [texts.all(element.territories) for element in elements],
        "support": [element.support for element in elements],
        "type": texts.all(element.actor_type for element in elements),
        "definition": texts.all(element.definition for element in elements),
    }
    edges = {
        "source": [tie.source for tie in ties],
        "target": [tie.target for tie in ties],
        "relation": texts.all(tie.relation for tie in ties),
        "proof": texts.all(tie.proof for tie in ties),
        "rows": [texts.all(tie.rows) for tie in ties],
        "confidence": texts.all(tie.confidence for tie in ties),
        "decided": [texts.all(tie.decided) for tie in ties],
    }
    quality = _quality(view.quality, texts)
    return {
        "kinds": look.kinds,
        "relations": look.relations,
        "proofs": look.proofs,
        "nodes": nodes,
        "edges": edges,
        "quality": quality,
        "network": columns(view),
        "texts": texts.table(),
    }


def _quality(quality: Quality | None, texts: Texts) -> dict[str, Any] | None:
    if quality is None:
        return None
    remarks = quality.remarks
    return {
        "titles": texts.all(topic.title for topic in quality.topics),
        "totals": [topic.total for topic in quality.topics],
        "topic": [remark.topic for remark in remarks],
        "document": texts.all(remark.document for remark in remarks),
        "line": [remark.line for remark in remarks],
        "text": texts.all(remark.text for remark in remarks),
        "advice": texts.all(remark.advice for remark in remarks),
        "blocking": [int(remark.blocking) for remark in remarks],
        "element": [remark.element for remark in remarks],
    }


def as_json(value: object) -> str:
    """JSON that may stand in a script block of a page: no « < », no line separator that scripts refuse."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text

"""Nearness of meaning among statements: the vectors of their wordings, by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray

    from graph.matching.statement import Statement
    from graph.semantic import Encoder, Vectors

    Vector = NDArray[np.float32]

_DIGITS = 3  # of a cosine: what follows may differ from one processor to another


class Meanings:
    """The vectors of statements, and of texts met later."""

    def __init__(
        self, encoder: Encoder, statements: Iterable[Statement], progress: Callable[[int], object] = lambda _: None
    ) -> None:
        self._encoder = encoder
        kinds: dict[str, list[tuple[str, str]]] = {}
        for statement in statements:
            kinds.setdefault(statement.kind, []).extend((text, statement.iri) for text in statement.texts)
        texts = list(dict.fromkeys(text for said in kinds.values() for text, _ in said))
        self._vectors: Vectors = encoder.queries(texts, progress)
        self._rows = {text: row for row, text in enumerate(texts)}
        self._kinds = {
            kind: (self._vectors[[self._rows[text] for text, _ in said]], [iri for _, iri in said])
            for kind, said in kinds.items()
        }
        self._met: dict[str, Vector] = {}
        self._asked: dict[str, Vector] = {}

    def cosine(self, one: str, other: str) -> float:
        """Centred cosine of two texts."""
        return round(float(self._vector(one) @ self._vector(other)), _DIGITS)

    def look_for(self, texts: Iterable[str], progress: Callable[[int], object] = lambda _: None) -> None:
        """Read at once these texts, of which the nearest ones will be asked; ``progress`` as for the encoder."""
        asked = [text for text in dict.fromkeys(texts) if text not in self._asked]
        passages = self._encoder.passages(asked, progress)
        self._asked |= {text: (self._vector(text) + vector) / 2 for text, vector in zip(asked, passages, strict=True)}

    def nearness(self, statement: Statement, held: Statement) -> float:
        """How near the meanings of a statement and of one that was given come, by their nearest wordings."""
        pairs = (self._looked_for(text) @ self._vector(far) for text in statement.texts for far in held.texts)
        return round(max(map(float, pairs)), _DIGITS)

    def near(self, statement: Statement, most: int) -> list[str]:
        """The statements of its kind nearest in meaning."""
        if statement.kind not in self._kinds:
            return []
        vectors, concepts = self._kinds[statement.kind]
        best: dict[str, float] = {}
        for text in statement.texts:
            scores = (vectors @ self._looked_for(text)).round(_DIGITS)
            for row in scores.argsort(kind="stable")[::-1][: most + len(statement.texts)]:
                if concepts[row] != statement.iri:
                    best[concepts[row]] = max(float(scores[row]), best.get(concepts[row], -1.0))
        return sorted(best, key=lambda concept: (-best[concept], concept))[:most]

    def _looked_for(self, text: str) -> Vector:
        """The vector of a text of which the nearest ones are asked: read in both roles, which finds more."""
        self.look_for([text])
        return self._asked[text]

    def _vector(self, text: str) -> Vector:
        if text not in self._rows and text not in self._met:
            self._met[text] = self._encoder.queries([text])[0]
        vector: Vector = self._vectors[self._rows[text]] if text in self._rows else self._met[text]
        return vector

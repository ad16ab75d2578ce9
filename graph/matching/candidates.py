"""Which statements are probably equal or close, the most useful to review first."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.matching.compare import compare
from graph.matching.index import Index, nearest
from graph.matching.likeness import in_other_words, likeness
from graph.matching.meaning import Meanings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.matching.compare import Candidate
    from graph.matching.statement import Statement
    from graph.semantic import Encoder

_BLOCK = 20  # statements compared with each one, by words and by meaning
_MOST = 5  # kept for each statement
_LEAST = 0.05  # of likelihood: below, a pair is not worth a look
_LEARNT = (
    0.05  # what the learnt likelihood counts for beside nearness; by tools/fit_matching.py on what is not held out
)
_HARDLY = 1e-4  # of likelihood


class Matcher:
    """Statements of one graph, ready to be compared with one another or with a new one.

    Args:
        statements: of `statement.statements`, of any kinds; only those of one kind are compared.
        encoder: of `graph.semantic.encoder`; None for words alone.
        progress: is told how many more texts the encoder is done with.
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        encoder: Encoder | None = None,
        progress: Callable[[int], object] = lambda _: None,
    ) -> None:
        self._held = {statement.iri: statement for statement in statements}
        self._shelves: dict[str, tuple[list[str], Index]] = {}
        for statement in self._held.values():
            names, index = self._shelves.setdefault(statement.kind, ([], Index()))
            index.put(len(names), statement.texts)
            names.append(statement.iri)
        self._meanings = Meanings(encoder, self._held.values(), progress) if encoder else None

    def candidates(self, only: Iterable[str] | None = None) -> list[Candidate]:
        """The pairs worth a person's look, the most useful first; each once.

        Args:
            only: concepts of which at least one is in each pair; None for all.
        """
        wanted = self._held if only is None else sorted(set(only) & self._held.keys())
        found: dict[tuple[str, str], Candidate] = {}
        for concept in wanted:
            # The nearest are most often equal, the most useful most often close: each list has what the other lacks.
            near = self._near(self._held[concept])
            for pair in (*near[:_MOST], *sorted(near, key=_use)[:_MOST]):
                if pair.link >= _LEAST:
                    found[pair.one, pair.other] = pair
        return sorted(found.values(), key=_use)

    def of(self, statement: Statement, most: int = _MOST) -> list[Candidate]:
        """The statements most like one, the nearest first; it may be new to the graph."""
        return self._near(statement)[:most]

    def _near(self, statement: Statement) -> list[Candidate]:
        if self._meanings:
            near = self._by_words(statement)
            near.update(self._meanings.near(statement, _BLOCK))
            cosine = self._meanings.cosine
        else:
            asked = replace(statement, texts=tuple(map(in_other_words, statement.texts)))
            near = self._by_words(asked)
            cosine = None
        pairs = {other: compare(statement, self._held[other], cosine) for other in near}
        order = {other: (-self._nearness(statement, other, pair.same), other) for other, pair in pairs.items()}
        return [pairs[other] for other in sorted(pairs, key=order.__getitem__)]

    def _by_words(self, statement: Statement) -> set[str]:
        names, index = self._shelves.get(statement.kind, ([], Index()))
        found = nearest(*index.near_texts(statement.texts), _BLOCK + 1, names.__getitem__)  # itself may be one of them
        return set([names[row] for row, _ in found if names[row] != statement.iri][:_BLOCK])

    def _nearness(self, statement: Statement, other: str, same: float) -> float:
        """What orders candidates: the likelihood alone was learnt on pairs that share more words than new ones do."""
        held = self._held[other]
        if self._meanings:
            alike = self._meanings.nearness(statement, held)
        else:
            alike = max(likeness(one, far) for one in statement.texts for far in held.texts)
        sure = min(max(same, _HARDLY), 1 - _HARDLY)
        return round(alike + _LEARNT * math.log(sure / (1 - sure)), 4)


def _use(pair: Candidate) -> tuple[float, str, str]:
    return -pair.use, pair.one, pair.other

"""Which statements are probably equal or close, the most useful to review first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.matching.compare import compare, nearest_wordings
from graph.matching.features import order_features
from graph.matching.index import Index, nearest
from graph.matching.likeness import in_other_words, likeness
from graph.matching.meaning import Meanings
from graph.matching.model import nearness
from graph.matching.profile import profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.matching.compare import Candidate
    from graph.matching.statement import Statement
    from graph.semantic import Encoder

_LOOKED_AT = 20  # statements that are put in order for each one: by its words, by other words, by meaning
_BLOCK = 20  # of them, the nearest that are compared with it
_MOST = 5  # kept for each statement
_LEAST = 0.02  # of likelihood: below, a pair is not worth a look


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
        self._progress = progress

    def candidates(self, only: Iterable[str] | None = None) -> list[Candidate]:
        """The pairs worth a person's look, the most useful first; each once.

        Args:
            only: concepts of which at least one is in each pair; None for all.
        """
        wanted = self._held if only is None else sorted(set(only) & self._held.keys())
        if self._meanings:
            self._meanings.look_for([text for concept in wanted for text in self._held[concept].texts], self._progress)
        found: dict[tuple[str, str], Candidate] = {}
        for concept in wanted:
            # The nearest are most often equal, the most useful most often close: each list has what the other lacks.
            near = self._compared(self._held[concept], _BLOCK)
            for pair in (*near[:_MOST], *sorted(near, key=_use)[:_MOST]):
                if pair.link >= _LEAST:
                    found[pair.one, pair.other] = pair
        return sorted(found.values(), key=_use)

    def of(self, statement: Statement, most: int = _MOST) -> list[Candidate]:
        """The statements most like one, the nearest first; it may be new to the graph."""
        return self._compared(statement, most)

    def _compared(self, statement: Statement, most: int) -> list[Candidate]:
        cosine = self._meanings.cosine if self._meanings else None
        return [compare(statement, self._held[other], cosine) for other in self._near(statement)[:most]]

    def _near(self, statement: Statement) -> list[str]:
        near = self._by_words(statement)
        if self._meanings:
            near.update(self._meanings.near(statement, _LOOKED_AT))
        order = {other: (-self._nearness(statement, self._held[other]), other) for other in near}
        return sorted(near, key=order.__getitem__)

    def _by_words(self, statement: Statement) -> set[str]:
        names, index = self._shelves.get(statement.kind, ([], Index()))
        near = set[str]()
        for texts in (statement.texts, tuple(map(in_other_words, statement.texts))):
            found = nearest(*index.near_texts(texts), _LOOKED_AT + 1, names.__getitem__)  # itself may be one of them
            near.update([names[row] for row, _ in found if names[row] != statement.iri][:_LOOKED_AT])
        return near

    def _nearness(self, statement: Statement, held: Statement) -> float:
        return round(nearness(ordering(statement, held, self._meanings)), 4)


def ordering(statement: Statement, held: Statement, meanings: Meanings | None) -> tuple[float, ...]:
    """The features that order a statement among the candidates for another one, in the order of `ORDER`."""
    alike = max(likeness(one, far, widely=True) for one in statement.texts for far in held.texts)
    here, there = map(profile, nearest_wordings(statement, held))
    words = order_features(here, there, alike)
    return (*words, meanings.nearness(statement, held)) if meanings else words


def _use(pair: Candidate) -> tuple[float, str, str]:
    return -pair.use, pair.one, pair.other

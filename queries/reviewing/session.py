"""One sitting of a reviewer: where it stands, what was decided, how to go back. It knows nothing of terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.decisions import UNDECIDED, Decision
from graph.reconcile import Reconciler
from ontology import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.reconcile import Contradiction
    from queries.reviewing.queue import Pair


class Session:
    """Pairs to judge, one at a time; each decision is handed to ``keep`` before anything else happens.

    Args:
        pairs: in the order in which to judge them.
        decisions: all that count already.
        keep: puts a decision where it cannot be lost.
        put_off: takes note of a pair that was skipped.
        who: takes the decisions.
        when: the day, in ISO form.
    """

    def __init__(
        self,
        pairs: Sequence[Pair],
        decisions: Sequence[Decision],
        keep: Callable[[Decision], object],
        put_off: Callable[[str, str], object] = lambda *_: None,
        *,
        who: str,
        when: str,
    ) -> None:
        self.pairs = pairs
        self.taken: dict[int, Decision] = {}  # by the pair's place
        self._decisions = list(decisions)
        self._keep = keep
        self._put_off = put_off
        self._who, self._when = who, when
        self._shown: list[int] = []
        self._trial: tuple[Decision, Reconciler] | None = None
        self._place = -1
        self._reconciler = Reconciler(self._decisions)
        self._forward()

    @property
    def place(self) -> int:
        """Rank of the pair at hand, from 0."""
        return self._place

    @property
    def pair(self) -> Pair | None:
        """The pair at hand; None at the end."""
        return self.pairs[self._place] if self._place < len(self.pairs) else None

    @property
    def said(self) -> Decision | None:
        """What was already decided of the pair at hand, in this sitting."""
        return self.taken.get(self._place)

    def contradiction(self, verdict: str) -> Contradiction | None:
        """What a decision on the pair at hand would run into; or what, decided before, it would leave unfollowed."""
        before = {one.decision for one in self._reconciler.contradictions}
        decision = self._decision(verdict)
        self._trial = decision, Reconciler([*self._decisions, decision])
        return next((one for one in self._trial[1].contradictions if one.decision not in before), None)

    def decide(self, verdict: str) -> None:
        """Judge the pair at hand, and go on to the next."""
        decision = self._decision(verdict)
        tried, reconciler = self._trial or (None, None)
        self._note(decision, reconciler if tried == decision else None)
        self.taken.pop(self._place, None)
        self.taken[self._place] = decision  # the last one decided comes last
        self._on()

    def withdraw(self) -> bool:
        """Take back what was decided of the pair at hand, else the last decision; to that pair. False where none is."""
        if not self.taken:
            return False
        place = self._place if self._place in self.taken else next(reversed(self.taken))
        if place in self._shown:
            del self._shown[self._shown.index(place) :]
        self._place = place
        del self.taken[place]
        self._note(self._decision(UNDECIDED))
        return True

    def skip(self) -> None:
        """Go on without judging; what was decided of the pair stays."""
        if self._place not in self.taken:
            self._put_off(*self.pairs[self._place].ends)
        self._on()

    def back(self) -> bool:
        """To the pair seen before; False where there is none."""
        if not self._shown:
            return False
        self._place = self._shown.pop()
        return True

    def _note(self, decision: Decision, reconciler: Reconciler | None = None) -> None:
        self._keep(decision)
        self._decisions.append(decision)
        self._reconciler = reconciler or Reconciler(self._decisions)
        self._trial = None

    def _on(self) -> None:
        self._shown.append(self._place)
        self._forward()

    def _forward(self) -> None:
        self._place += 1
        judged = self._reconciler.judged()
        while self.pair and self._place not in self.taken and self._settled(self.pair, judged):
            self._place += 1

    def _settled(self, pair: Pair, judged: set[frozenset[str]]) -> bool:
        one, other = map(self._reconciler.canonical, pair.ends)
        known = pair.kind is Kind.ACTOR and one != pair.ends[0]  # the wording is some actor's already
        return known or one == other or frozenset((one, other)) in judged

    def _decision(self, verdict: str) -> Decision:
        pair = self.pairs[self._place]
        a, b = (end.rsplit("/", 1)[1] for end in pair.ends)
        return Decision(pair.kind, a, b, verdict, self._who, self._when)

"""What deserves a second look in a graph, as the page lists it: by topic, cut to what a page can hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from viz.words import one_line, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIMIT = 500
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Topic:
    """What remarks are about; ``total`` counts all of them, shown or not."""

    title: str
    total: int


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at.

    Attributes:
        topic: rank in the topics.
        line: from 1, 0 where it has none.
        text: at most ``LONGEST`` characters.
        element: rank in the view of the element it is about, -1 where it is about none.
    """

    topic: int
    document: str
    line: int
    text: str
    advice: str
    blocking: bool
    element: int


@dataclass(frozen=True, slots=True)
class Quality:
    """Remarks by topic, in the order given."""

    topics: tuple[Topic, ...]
    remarks: tuple[Remark, ...]

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return sum(topic.total for topic in self.topics)


def quality_of(said: Iterable[Mapping[str, Any]], places: Mapping[str, int]) -> Quality:
    """The remarks of a graph; ``places`` are the ranks of the elements shown.

    Of more than ``LIMIT``, blocking ones are kept first, then as many of each topic as there is room for.
    """
    totals: Counter[str] = Counter()
    titles: dict[str, str] = {}
    ranked: list[tuple[tuple[int, bool, int], Mapping[str, Any]]] = []
    for one in said:
        topic = one_line(one.get("topic"))
        titles.setdefault(topic, one_line(one.get("title")) or topic)
        totals[topic] += 1
        ranked.append(((list(titles).index(topic), not one.get("blocking"), totals[topic]), one))
    kept = sorted(ranked, key=lambda pair: (pair[0][1:], pair[0][0]))[:LIMIT]
    kept.sort(key=lambda pair: pair[0])
    return Quality(
        topics=tuple(Topic(title, totals[topic]) for topic, title in titles.items()),
        remarks=tuple(_remark(order[0], one, places) for order, one in kept),
    )


def _remark(topic: int, said: Mapping[str, Any], places: Mapping[str, int]) -> Remark:
    return Remark(
        topic=topic,
        document=one_line(said.get("document")),
        line=int(said.get("line") or 0),
        text=_cut(one_line(said.get("text"))),
        advice=_cut(one_line(said.get("advice"))),
        blocking=bool(said.get("blocking")),
        element=places.get(short(said.get("id") or ""), -1),
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"

"""How one thing leads to another through what joins them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Joint = TypeVar("Joint")


def chain(steps: Mapping[str, Sequence[tuple[str, Joint]]], one: str, other: str) -> tuple[Joint, ...] | None:
    """The fewest joints that lead from one thing to another; empty where they are one, None where none does.

    >>> chain({"a": [("b", 1)], "b": [("a", 1), ("c", 2)]}, "a", "c")
    (1, 2)
    """
    reached: dict[str, tuple[Joint, ...]] = {one: ()}
    waiting = [one]
    for here in waiting:
        if here == other:
            return reached[here]
        for there, joint in steps.get(here, ()):
            if there not in reached:
                reached[there] = (*reached[here], joint)
                waiting.append(there)
    return None

"""The names of very many things, sorted, in little more room than their text takes."""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from graph.batches import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TOGETHER = 100  # names kept as one text
_END = "\0"  # in no name


class Names:
    """A sorted set of names, each once; a country has a million, and a set of texts takes five times their room.

    >>> some = Names(["b", "a", "b"])
    >>> list(some), len(some), "a" in some, "c" in some
    (['a', 'b'], 2, True, False)
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._parts: list[str] = []
        self._firsts: list[str] = []
        self._count = 0
        for some in batches((name for name, _ in groupby(sorted(names))), _TOGETHER):
            self._parts.append(_END + _END.join(some) + _END)
            self._firsts.append(some[0])
            self._count += len(some)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        for part in self._parts:
            yield from part[1:-1].split(_END)

    def __contains__(self, name: object) -> bool:
        place = bisect_right(self._firsts, name) if isinstance(name, str) else 0
        return bool(place) and f"{_END}{name}{_END}" in self._parts[place - 1]

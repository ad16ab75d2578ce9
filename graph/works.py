"""One work, several files: a document mostly contained in another says nothing new by saying it again.

Containment of word shingles, not resemblance: a summary page printed apart is small beside the report that holds it.
What the form itself prints does not count, so two reports that share only the form stay apart.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ontology import Reason, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ontology import Reading

_WORDS = 5  # of a shingle
_SHARE = 0.8  # of the shingles of the smaller document
_LEAST = 60  # shingles below which nothing can be told
_ONE_IN = 4  # shingles kept, chosen by their hash: the same ones in every document
_PRINTED = {
    Reason.TEMPLATE,
    Reason.HEADER,
    Reason.REPEATED,
    Reason.HEADING,
    Reason.SESSION,
    Reason.THEME,
    Reason.DECORATION,
}


def sketch(reading: Reading) -> list[int]:
    """A sample of the shingles of what a document says, sorted: enough to compare it with any other."""
    passages = [mention.text for mention in reading.mentions]
    passages += [aside.text for aside in reading.asides if aside.reason not in _PRINTED]
    found = set()
    for passage in passages:
        words = fold(passage).split()
        for start in range(len(words) - _WORDS + 1):
            digest = hashlib.blake2b(" ".join(words[start : start + _WORDS]).encode(), digest_size=5).digest()
            value = int.from_bytes(digest, "big")
            if value % _ONE_IN == 0:
                found.add(value)
    return sorted(found)


def contains(size: int, shared: int) -> bool:
    """Whether another document says most of one whose sketch has ``size`` values, of which it shares some."""
    return size * _ONE_IN >= _LEAST and shared >= _SHARE * size


def holder(key: str, shared: Mapping[str, int], sizes: Mapping[str, int]) -> str | None:
    """The document that this one is part of, if any: the largest that contains it, then the first by name.

    Args:
        key: of the document.
        shared: how many values of its sketch each other document shares.
        sizes: of the sketches of all of them.
    """
    size = sizes[key]
    above = [
        other
        for other, count in shared.items()
        if other != key and contains(size, count) and (sizes[other], key) > (size, other)
    ]
    return min(above, key=lambda other: (-sizes[other], other)) if above else None


def same_works(sketches: Mapping[str, list[int]]) -> dict[str, str]:
    """For each document contained in another, by key, the one that holds it."""
    having: dict[int, list[str]] = {}
    for key, values in sketches.items():
        for value in values:
            having.setdefault(value, []).append(key)
    sizes = {key: len(values) for key, values in sketches.items()}
    found = {}
    for key, values in sorted(sketches.items()):
        shared: dict[str, int] = {}
        for value in values:
            for other in having[value]:
                shared[other] = shared.get(other, 0) + 1
        if work := holder(key, shared, sizes):
            found[key] = work
    return found

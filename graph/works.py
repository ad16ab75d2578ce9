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


def same_works(sketches: Mapping[str, list[int]]) -> dict[str, str]:
    """For each document contained in another, by key, the one that holds it: the largest, then the first by name."""
    holders: dict[int, list[str]] = {}
    for key, values in sketches.items():
        for value in values:
            holders.setdefault(value, []).append(key)
    found = {}
    for key, values in sorted(sketches.items()):
        if len(values) * _ONE_IN < _LEAST:
            continue
        shared: dict[str, int] = {}
        for value in values:
            for other in holders[value]:
                shared[other] = shared.get(other, 0) + 1
        above = [
            other for other, count in shared.items()
            if other != key and count >= _SHARE * len(values) and (len(sketches[other]), key) > (len(values), other)
        ]  # fmt: skip
        if above:
            found[key] = min(above, key=lambda other: (-len(sketches[other]), other))
    return found

"""The text of a query for what is asked: terms in the place of its parameters, and only the parts that serve.

What lies between ``# proof: close`` and ``# end`` finds the answers of that level of proof, and is left out where it is
too weak; a comment ``# only row: …`` becomes a part of the query where no weaker level is asked for. What lies between
``# without: acteur`` and ``# end acteur`` serves where that parameter is not given, and is left out where it is. A
comment ``# from territoire: …`` becomes a part of the query where that parameter is given, or rather the last of those
given: the same answers are then found from its value. What lies between ``# else: territoire`` and ``# end else`` tries
each thing found instead, and is left out.

A parameter's variable stands in the group of its line ``VALUES ?acteur { UNDEF }`` only; where the line has a group of
its own, ``{ VALUES ?acteur { UNDEF } FILTER(BOUND(?acteur)) }``, in the group around it, which finds nothing if the
parameter is not given.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ontology import Proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LEVEL = re.compile(r"^[ \t]*(?:#|//) proof: (\w+)\n(.*?)^[ \t]*(?:#|//) end\n", re.MULTILINE | re.DOTALL)
_ONLY = re.compile(r"^[ \t]*# only (\w+): (.*\n)", re.MULTILINE)
_WITHOUT = re.compile(r"^[ \t]*# without: (\w+)\n(.*?)^[ \t]*# end \1\n", re.MULTILINE | re.DOTALL)
_FROM = re.compile(r"^[ \t]*# from (\w+): (.*\n)", re.MULTILINE)
_ELSE = re.compile(r"^[ \t]*# else: ([\w ]+)\n(.*?)^[ \t]*# end else\n", re.MULTILINE | re.DOTALL)
_NONE = "{ VALUES ?none { UNDEF } FILTER(BOUND(?none)) }"  # rdflib reads no empty VALUES
_PLACE = re.compile(r"§(\w+)§")
_BRACES, _ROUND = re.compile(r"[{}]"), re.compile(r"[()]")


@cache
def without_weaker(text: str, weakest: Proof) -> str:
    """The query, SPARQL or Cypher, without the parts that look for answers of weaker proof."""
    text = _LEVEL.sub(lambda match: match[0] if Proof(match[1]).rank <= weakest.rank else "", text)
    return _ONLY.sub(lambda match: match[2] if match[1] == weakest.value else match[0], text)


def bind(text: str, bindings: Mapping[str, Iterable[str]]) -> str:
    """The query with these terms in the place of ``UNDEF``; terms are written as SPARQL writes them.

    >>> bind("VALUES ?a { UNDEF } ?a ?b ?c", {"a": ["<urn:x>", "<urn:y>"]})
    'VALUES ?a { <urn:x> <urn:y> } ?a ?b ?c'
    """
    for name, terms in bindings.items():
        empty = f"VALUES ?{name} {{ UNDEF }}"
        if empty not in text:
            raise ValueError(f"no line « {empty} » in the query")
        text = text.replace(empty, f"VALUES ?{name} {{ {' '.join(terms)} }}")
    return text


def fitted(text: str, parameters: Sequence[str], given: Mapping[str, tuple[str, ...]]) -> str:
    """The query for these parameters: each with the one term that is given, or left open.

    A term stands where its variable stood, and what asks whether a parameter is given is decided: a planner then
    sees what is asked, and reads less (a fifth of the time of small questions).

    Raises:
        ValueError: the query has no such parameter.
    """
    one = tuple(name for name in parameters if len(given.get(name, ())) == 1)
    several = {name: terms for name, terms in given.items() if name not in one}
    text = _settled(text, tuple(name for name in parameters if name not in several), one, tuple(several))
    return bind(_PLACE.sub(lambda match: given[match[1]][0], text), several)


@cache
def _settled(text: str, parameters: tuple[str, ...], one: tuple[str, ...], several: tuple[str, ...]) -> str:
    """The query with a place for each term of ``one``; those of ``several`` have any number, other parameters none."""
    text = _WITHOUT.sub(lambda match: "" if match[1] in one or match[1] in several else match[0], text)
    start = next((name for name in reversed(one) if f"# from {name}: " in text), None)
    text = _FROM.sub(lambda match: match[2].replace(f"?{start}", _place(match[1])) if match[1] == start else "", text)
    text = _ELSE.sub(lambda match: "" if start in match[1].split() else match[0], text)
    for name in parameters:
        line = f"VALUES ?{name} {{ UNDEF }}"
        text = text.replace(f"{{ {line} FILTER(BOUND(?{name})) }}", line if name in one else _NONE)
        while (at := text.find(line)) >= 0:
            first, last = _group(text, at)
            inside = text[first:at] + text[at + len(line) : last]
            text = text[:first] + _decided(inside, name, given=name in one) + text[last:]
    return text


def _decided(group: str, name: str, *, given: bool) -> str:
    """A group of the query that no longer asks whether a parameter is given."""
    unless = f"FILTER(!BOUND(?{name})"
    if given:
        return re.sub(rf"\?{name}\b", _place(name), group.replace(f"{unless} || ", "FILTER("))
    while (at := group.find(unless)) >= 0:
        group = group[:at] + group[_end(group, at, _ROUND) :]
    return group


def _place(name: str) -> str:
    """What stands for a term; no query has such a character."""
    return f"§{name}§"


def _group(text: str, at: int) -> tuple[int, int]:
    """Where the group of braces around an offset starts and ends."""
    depth = 0
    for brace in reversed([*_BRACES.finditer(text, 0, at)]):
        depth += 1 if brace[0] == "}" else -1
        if depth < 0:
            return brace.start(), _end(text, brace.start(), _BRACES)
    return 0, len(text)


def _end(text: str, start: int, brackets: re.Pattern[str]) -> int:
    """The offset after the bracket that closes the first one from ``start`` on."""
    depth = 0
    for bracket in brackets.finditer(text, start):
        depth += 1 if bracket[0] in "{(" else -1
        if not depth:
            return bracket.end()
    return len(text)

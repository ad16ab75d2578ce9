"""Chains: lines in which arrows lead from a difficulty to what answers it, and on to who, when and how."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.actors.scan import spot
from ingest.cleaning import clean
from ingest.prose.entries import fits
from ingest.prose.field_labels import label_alone
from ingest.prose.lines import Look
from ingest.prose.marks import mark_of
from ingest.words.headers import Role
from ingest.words.wording import costs
from ontology import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.prose.lines import Line

_ARROW = re.compile(r"[-–—=]{1,2}>|[→⇒➔➜⟶]")
_LEGEND = re.compile(rf"\s*(?:{_ARROW.pattern}|/|\|)\s*")
_BESIDE = re.compile(r"\s*[(\[].*$")
_LEAST, _LONGEST = 2, 6  # links of a chain
_LEAST_CHAINS = 2  # of a report that no legend explains
_LONGEST_LINK = 25  # words
_SURE = 1.5  # nats
_HEADS = (Role.IRRITANT, Role.NEED, Role.STRENGTH)
_ANSWERS = (Role.LEVER, Role.ACTION, Role.NEED)
_SHORT = {"pb": Role.IRRITANT, "pbs": Role.IRRITANT, "sol": Role.LEVER}  # as people note them


def chains(lines: Sequence[Line], text: str) -> tuple[dict[int, list[tuple[Role, Span]]], set[int]]:
    """The links of each chain, by where its line begins, and where the lines begin that only explain them."""
    if not _ARROW.search(text):
        return {}, set()
    found: dict[int, list[Span]] = {}
    legends: dict[int, list[Role]] = {}
    for line in lines:
        if line.look is Look.BLANK:
            continue
        if named := _legend(line.words):
            legends[line.span.start] = named
        elif len(links := _links(line, text)) >= _LEAST:
            found[line.span.start] = links
    if not found or (len(found) < _LEAST_CHAINS and not legends):
        return {}, set()
    told: dict[int, list[tuple[Role, Span]]] = {}
    roles: list[Role] = []
    for start in sorted({*found, *legends}):
        if start in legends:
            roles = legends[start]
        else:
            named = _named([clean(link.of(text)) for link in found[start]], roles)
            parts = zip(named, found[start], strict=True)  # but for "???", where nobody knew
            told[start] = [(role, span) for role, span in parts if not span.of(text).lstrip().startswith("?")]
    return told, set(legends) if told else set()


def _legend(words: str) -> list[Role]:
    """The roles that a line names and nothing else: "irritant → levier → acteur", "pb / idée / qui"."""
    parts = _LEGEND.split(_BESIDE.sub("", words).rpartition(":")[2].strip(" :()[]"))
    roles = [_SHORT.get(part.lower().strip(" ."), label_alone(part)) for part in parts]
    return [role for role in roles if role] if len(parts) >= _LEAST and None not in roles else []


def _links(line: Line, text: str) -> list[Span]:
    start = line.span.start + (mark_of(line.span.of(text)) if line.marked else 0)
    arrows = [match.span() for match in _ARROW.finditer(text, start, line.span.end)]
    edges = [(start, start), *arrows, (line.span.end, line.span.end)]
    links = [Span(one, other) for (_, one), (other, _) in pairwise(edges)]
    words = [clean(link.of(text)) for link in links]
    brief = all(0 < len(said.split()) <= _LONGEST_LINK for said in words)
    return links if arrows and brief and len(links) <= _LONGEST else []


def _named(words: list[str], legend: list[Role]) -> list[Role]:
    """What each link is: by the legend, or first a difficulty, then what answers it, who and when."""
    if len(legend) >= len(words):
        return legend[: len(words)]
    first, second, *others = words
    roles = [_likely(first, _HEADS), _likely(second, _ANSWERS)]
    for said in others:
        if spot(said, cell=True).actors and fits(said, Kind.ACTOR):
            roles.append(Role.ACTOR)
        elif fits(said, Kind.TIMEFRAME):
            roles.append(Role.TIMEFRAME)
        else:
            roles.append(Role.ACTION)
    return roles


def _likely(words: str, roles: tuple[Role, ...]) -> Role:
    """The first of some roles, unless the wording surely tells another one."""
    told = costs(words, roles)
    best = min(told, key=lambda role: (told[role], role))
    return best if told[roles[0]] - told[best] > _SURE else roles[0]

"""Outlines: titles and items that their indents tell apart, with bullets or without, as a mind map is written out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.prose.field_labels import label_alone, label_of
from ingest.prose.lines import Line, Look
from ingest.prose.marks import mark_of
from ingest.words.headers import title_role
from ingest.words.phrases import told_by_stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORT_TITLE, _SHORT_GROUP = 5, 3  # words
_LEAST_TITLES = 2  # of lists, in an outline
_NARROW = 70  # characters of a line that no page broke
_TAB = 4
_BELOW = 2  # level of a title that opens no report


@dataclass(slots=True)
class Node:
    """A line of an outline.

    Attributes:
        place: of the line.
        parent: the node above it, of a smaller indent; None for a root.
        words: without its mark.
        depth: how many nodes stand above it.
        heads: it has nodes under it, marked as it is.
        titles: it says what they hold.
        parts: titles stand under it.
        broken: a line under it may be part of no outline.
        listed: a title stands above it.
    """

    place: int
    parent: Node | None
    words: str
    marked: bool
    depth: int = 0
    heads: bool = False
    titles: bool = False
    parts: bool = False
    broken: bool = False
    listed: bool = False


def outlined(lines: Sequence[Line], text: str) -> list[Line]:
    """The lines, where an outline tells what each of its own is."""
    if sum(text[line.span.start : line.span.start + 1].isspace() for line in lines) < _LEAST_TITLES:
        return list(lines)
    nodes = _nodes(lines, text)
    for node in reversed(nodes):
        above = node.parent
        node.titles = node.heads and not node.broken and _is_title(node)
        if above is not None:
            above.parts |= node.titles or node.parts
            above.broken |= node.broken or (above.marked == node.marked and not _may_stand(lines[node.place], node))
    found = list(lines)
    for marked in (False, True):
        if sum(node.titles for node in nodes if node.marked is marked) >= _LEAST_TITLES:
            _tell(found, [node for node in nodes if node.marked is marked])
    return found


def _tell(lines: list[Line], nodes: Sequence[Node]) -> None:
    """Note what the lines of an outline are."""
    for node in nodes:
        above, line = node.parent, lines[node.place]
        node.listed = above is not None and (above.titles or above.listed)
        beside = node.heads and above is not None and above.parts and not (above.titles or node.listed)
        if node.titles or ((node.parts or beside) and _may_stand(line, node)):
            level = 0 if node.titles else _BELOW + node.depth
            lines[node.place] = replace(line, look=Look.TITLE, words=node.words, level=level)
        elif node.listed and node.heads and len(node.words.split()) <= _SHORT_GROUP:
            lines[node.place] = replace(line, look=Look.ITEM, lead=True)
        elif node.listed:
            lines[node.place] = replace(line, look=Look.ITEM)


def _nodes(lines: Sequence[Line], text: str) -> list[Node]:
    nodes: list[Node] = []
    open_: list[tuple[int, Node]] = []  # indents and nodes that a deeper line stands under
    for place, line in enumerate(lines):
        if line.look is Look.BLANK:
            continue
        raw = line.span.of(text)
        if line.look is Look.HEADING:
            open_ = []
            continue
        spaces = raw[: len(raw) - len(raw.lstrip())]
        indent = len(spaces.expandtabs(_TAB))
        while open_ and open_[-1][0] >= indent:
            open_.pop()
        parent = open_[-1][1] if open_ else None
        words = clean(raw[mark_of(raw) :]) if line.marked else line.words
        node = Node(place, parent, words, line.marked, len(open_))
        if parent is not None and parent.marked is node.marked:
            parent.heads = True
        nodes.append(node)
        open_.append((indent, node))
    return nodes


def _is_title(node: Node) -> bool:
    if not node.words or len(node.words.split()) > _SHORT_TITLE:
        return False
    if node.marked:
        return label_alone(node.words) is not None or told_by_stem(node.words) is not None
    return title_role(node.words) is not None


def _may_stand(line: Line, node: Node) -> bool:
    if node.marked:
        return line.look in {Look.ITEM, Look.TITLE}
    return line.look in {Look.TEXT, Look.TITLE} and len(line.words) <= _NARROW and label_of(line.words) is None

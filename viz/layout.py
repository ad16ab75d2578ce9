"""Where the network view puts each element: seeded, one component at a time, so that a graph always looks the same."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]

SEED = 7
STEP = 64.0
RATIO = 1.9
# Components in these bounds get a force layout: smaller ones need none, greater ones would take seconds.
_SPRING_SIZES = range(3, 2_001)
_FEW, _ROUNDS, _ROUNDS_FOR_MANY = 300, 200, 80


def positions(size: int, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """A whole position for each of ``size`` elements; ``pairs`` are the linked ones.

    The greatest component stands on the left; the others fill columns beside it, so that no stray
    element makes the rest look small.
    """
    neighbours: list[set[int]] = [set() for _ in range(size)]
    for one, other in pairs:
        if one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    groups = _components(neighbours)
    drawings = [_component(group, neighbours) for group in groups]
    extents = [_extent(points) for points in drawings]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in extents)
    height = max([bottom - top for _, top, _, bottom in extents] + [math.sqrt(area / RATIO)])
    placed: list[Point] = [(0.0, 0.0)] * size
    x = y = widest = 0.0
    for group, points, (left, top, right, bottom) in zip(groups, drawings, extents, strict=True):
        if y and y + bottom - top > height:
            x, y, widest = x + widest, 0.0, 0.0
        for element, point in zip(group, points, strict=True):
            placed[element] = (x + point[0] - left, y + point[1] - top)
        y, widest = y + bottom - top, max(widest, right - left)
    return [(round(across), round(down)) for across, down in placed]


def _extent(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom, with room around."""
    xs, ys = zip(*points, strict=True)
    return (min(xs) - STEP / 2, min(ys) - STEP / 2, max(xs) + STEP / 2, max(ys) + STEP / 2)


def _components(neighbours: Sequence[set[int]]) -> list[list[int]]:
    """Groups of linked elements, the greatest first, each in increasing order."""
    seen: set[int] = set()
    groups = []
    for start in range(len(neighbours)):
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            fresh = neighbours[waiting.pop()] - group
            group |= fresh
            waiting.extend(fresh)
        seen |= group
        groups.append(sorted(group))
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def _component(group: Sequence[int], neighbours: Sequence[set[int]]) -> list[Point]:
    points = _spring(group, neighbours) if len(group) in _SPRING_SIZES else None
    return _scaled(points or _spiral(len(group)), len(group))


def _spring(group: Sequence[int], neighbours: Sequence[set[int]]) -> list[Point] | None:
    """A force layout, or None where rustworkx is not installed."""
    try:
        import rustworkx
    except ImportError:
        return None
    rank = {element: place for place, element in enumerate(group)}
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(list(group))
    graph.add_edges_from_no_data(
        [(rank[one], rank[other]) for one in group for other in sorted(neighbours[one]) if one < other]
    )
    rounds = _ROUNDS if len(group) <= _FEW else _ROUNDS_FOR_MANY
    found = rustworkx.spring_layout(graph, seed=SEED, num_iter=rounds)
    return [(float(found[place][0]), float(found[place][1])) for place in range(len(group))]


def _spiral(size: int) -> list[Point]:
    """Points that fill a disc evenly: what needs no library and never overlaps."""
    turn = math.pi * (3 - math.sqrt(5))
    return [(math.sqrt(rank) * math.cos(rank * turn), math.sqrt(rank) * math.sin(rank * turn)) for rank in range(size)]


def _scaled(points: Sequence[Point], size: int) -> list[Point]:
    """The points around their middle, on an area that grows with their number; far ones are drawn in."""
    middle = [sorted(point[axis] for point in points)[size // 2] for axis in (0, 1)]
    centred = _lying([(x - middle[0], y - middle[1]) for x, y in points])
    radii = sorted(math.hypot(x, y) for x, y in centred)
    usual = radii[min(size - 1, int(size * 0.98))] or 1.0
    radius = STEP * math.sqrt(size)
    scaled = []
    for x, y in centred:
        far = math.hypot(x, y) / usual
        pull = (1 + 0.15 * math.log(far)) / far if far > 1 else 1.0
        scaled.append((x / usual * pull * radius, y / usual * pull * radius))
    return scaled


def _lying(points: Sequence[Point]) -> list[Point]:
    """The points turned so that they spread more across than down: screens are wide."""
    xx, yy, xy = (sum(p[a] * p[b] for p in points) for a, b in ((0, 0), (1, 1), (0, 1)))
    turn = 0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(turn), math.sin(turn)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in points]

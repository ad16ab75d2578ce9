"""The lines, boxes, bullets and pictures that a page of a PDF draws."""

from __future__ import annotations

import ctypes
import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from ingest.formats.pdf_sheet import Box, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ingest.formats.pdf_sheet import Sheet

_MOST_SHAPES, _DEEPEST = 60_000, 8
_THIN, _SHORTEST, _STRAIGHT = 3.0, 4.0, 0.7  # points: of a line drawn as a box, of any line, of one that is level
_LEAST_DOT, _LARGEST_DOT, _ROUND = 1.2, 7.0, 1.3  # points: of a bullet that is drawn; how much longer one side may be
_WHITE = 250
_Matrix = tuple[float, float, float, float, float, float]


class ShapeReader:
    """Reads the shapes of one open page of pdfium into a sheet."""

    def __init__(self, page: Any, sheet: Sheet, place: Callable[[float, float], tuple[float, float]]) -> None:
        self.page, self.sheet, self.place = page, sheet, place
        self._left = _MOST_SHAPES

    def read(self) -> None:
        """All shapes; of a map or a drawing with too many of them, none."""
        for index in range(pdfium.FPDFPage_CountObjects(self.page)):
            self._object(pdfium.FPDFPage_GetObject(self.page, index), (1, 0, 0, 1, 0, 0), 0)
            if self._left < 0:
                self.sheet.across.clear()
                self.sheet.down.clear()
                return

    def _object(self, shape: Any, matrix: _Matrix, depth: int) -> None:
        self._left -= 1
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.sheet.pictures += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._left -= self._path(shape, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _multiplied(_matrix(shape), matrix)
            for index in range(pdfium.FPDFFormObj_CountObjects(shape)):
                if self._left < 0:
                    return
                self._object(pdfium.FPDFFormObj_GetObject(shape, index), inner, depth + 1)

    def _path(self, path: Any, matrix: _Matrix) -> int:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        count: int = pdfium.FPDFPath_CountSegments(path)
        if count < 2 or count > _MOST_SHAPES or not (fill.value or stroke.value):
            return 0
        whole = _multiplied(_matrix(path), matrix)
        for points, closed in _subpaths(path, count):
            placed = [self.place(*_moved(whole, point)) for point in points]
            if not all(math.isfinite(number) for point in placed for number in point):
                continue
            if self._dot(placed):
                continue
            if stroke.value:
                ends = [*placed, placed[0]] if closed or fill.value else placed
                for start, end in pairwise(ends):
                    self._line(start, end)
            else:
                self._box(placed, path)
        return count

    def _dot(self, points: list[tuple[float, float]]) -> bool:
        """Whether a small round or square shape is drawn, as some programs do for bullets."""
        box = _around(points)
        short, long = sorted((box.x1 - box.x0, box.y1 - box.y0))
        if len(points) < 4 or not _LEAST_DOT <= short <= long <= _LARGEST_DOT or long > _ROUND * short:
            return False
        self.sheet.dots.append(box)
        return True

    def _line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        wide, tall = abs(end[0] - start[0]), abs(end[1] - start[1])
        if tall <= _STRAIGHT and wide >= _SHORTEST:
            self.sheet.across.append(Rule((start[1] + end[1]) / 2, min(start[0], end[0]), max(start[0], end[0])))
        elif wide <= _STRAIGHT and tall >= _SHORTEST:
            self.sheet.down.append(Rule((start[0] + end[0]) / 2, min(start[1], end[1]), max(start[1], end[1])))

    def _box(self, points: list[tuple[float, float]], path: Any) -> None:
        box = _around(points)
        wide, tall = box.x1 - box.x0, box.y1 - box.y0
        if tall <= _THIN and wide >= _SHORTEST:
            self.sheet.across.append(Rule((box.y0 + box.y1) / 2, box.x0, box.x1))
        elif wide <= _THIN and tall >= _SHORTEST:
            self.sheet.down.append(Rule((box.x0 + box.x1) / 2, box.y0, box.y1))
        elif wide > _THIN and tall > _THIN and len(points) <= 5 and not _is_white(path):
            self.sheet.fills.append(box)


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _matrix(shape: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(shape, found):
        return (1, 0, 0, 1, 0, 0)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _multiplied(one: _Matrix, two: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(matrix: _Matrix, point: tuple[float, float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _subpaths(path: Any, count: int) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    closed = False
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, closed
            points, closed = [], False
        points.append((x.value, y.value))
        closed = closed or bool(pdfium.FPDFPathSegment_GetClose(segment))
    if points:
        yield points, closed


def _is_white(path: Any) -> bool:
    colour = [ctypes.c_uint() for _ in range(4)]
    return bool(pdfium.FPDFPageObj_GetFillColor(path, *map(ctypes.byref, colour))) and all(
        one.value >= _WHITE for one in colour[:3]
    )

"""Captions: the words of marks, each beside what it names.

Lines that run to the right edge of a chart are named there, pushed apart in the order of their
heights. Every other label takes the first free place around its point.
"""

import math
from collections.abc import Iterator

import numpy as np

from explorables.frame import LABEL_GAP, Frame
from explorables.labels import PADDING, Board, Label, Place, around, extent, spread
from explorables.marks import Area, Array, Arrow, Dot, Line, Mark, Raster, Rule, Text
from explorables.shape import FAR, Shape, words

OBSTACLE_STEP = 5.0
AXIS_GAP = 3.0  # how far labels at lines' ends may reach below the axis


class Captions:
    """The captions of all marks in a frame."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.marks = frame.axes.marks
        self.on_raster = any(isinstance(mark, Raster) for mark in self.marks)

    def shapes(self) -> Iterator[Shape]:
        """A text for each caption that finds a place."""
        board = Board(self.frame.size, self.frame.layout.stretch, self._obstacles())
        for _, label, place in self.frame.words():
            board.reserve(label, place)
        yield from self._end_labels(board)
        for i, mark in enumerate(self.marks):
            for label in self._wishes(mark):
                yield from self._placed(board, i, mark, label)

    def _obstacles(self) -> Array:
        """Points of grid, lines and dots, close enough that no label slips between them."""
        left, _, right, _ = self.frame.box
        level = [np.array([[left, y], [right, y]]) for y in self.frame.levels()]
        found = [np.zeros((0, 2)), *map(_densified, level)]
        for mark in self.marks:
            if isinstance(mark, Line | Dot):
                x, y = self.frame.x(mark.x), self.frame.y(mark.y)
                known = np.isfinite(x) & np.isfinite(y)
                points = np.clip(np.stack([x[known], y[known]], axis=1), -FAR, FAR)
                found.append(_densified(points) if isinstance(mark, Line) else points)
        return np.concatenate(found)

    def _at_end(self, mark: Mark) -> float | None:
        """The height at which a line or area meets the right edge of a chart, if it does."""
        if not (self.frame.gutter and mark.label and isinstance(mark, Line | Area)):
            return None
        end = self._end(mark)
        if end is None or end[0] < self.frame.box[2] - 3:
            return None
        return float(np.clip(end[1], self.frame.box[1], self.frame.box[3]))

    def _end(self, mark: Line | Area | Dot) -> tuple[float, float] | None:
        """The last point of a mark that has a place; of an area, midway between its edges."""
        values = (mark.low + mark.high) / 2 if isinstance(mark, Area) else mark.y
        x, y = self.frame.x(mark.x), self.frame.y(values)
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        return (float(x[known[-1]]), float(y[known[-1]])) if len(known) else None

    def _end_labels(self, board: Board) -> Iterator[Shape]:
        """Names at the lines' ends, pushed apart where the picture is smallest."""
        small = self.frame.smallest
        ends = [(i, m, y) for i, m in enumerate(self.marks) if (y := self._at_end(m)) is not None]
        heights = [extent(mark.label, "mark-label")[1] + PADDING for _, mark, _ in ends]
        lowest = self.frame.box[3] * small + AXIS_GAP
        middles = spread([y * small for *_, y in ends], heights, 0, lowest)
        for (i, mark, y), middle in zip(ends, middles, strict=True):
            wish = Place(self.frame.box[2], y, LABEL_GAP, middle - y * small, "start")
            yield from self._placed(board, i, mark, Label(mark.label, "mark-label", [wish]))

    def _placed(self, board: Board, i: int, mark: Mark, label: Label) -> Iterator[Shape]:
        if place := board.put(label):
            halo = " on-raster" if self.on_raster else ""
            yield words(f"m{i}.label", f"{label.style} role-{mark.role}{halo}", label.text, place)

    def _wishes(self, mark: Mark) -> list[Label]:
        """The words of a mark, and where they would like to stand."""
        if isinstance(mark, Text):
            x, y = float(self.frame.x(mark.x)[0]), float(self.frame.y(mark.y)[0])
            style = "place" if mark.role == "place" else "note"
            centre = [] if style == "place" else [Place(x, y, 0, 0, "middle")]
            places = [*centre, *around(x, y, LABEL_GAP + 2)]
            return [Label(mark.text, style, places)] if _finite(x, y) else []
        if not mark.label or self._at_end(mark) is not None:
            return []
        point = self._label_point(mark)
        if point is None or not _finite(*point):
            return []
        return [Label(mark.label, "mark-label", around(*point, LABEL_GAP))]

    def _label_point(self, mark: Mark) -> tuple[float, float] | None:
        _, top, right, _ = self.frame.box
        match mark:
            case Line() | Dot():
                return self._end(mark)
            case Area():
                end, peak = self._end(mark), self.frame.y(np.fmax.reduce(mark.high))
                return end and (end[0], max(float(peak), top) + 12)
            case Rule(x=None, y=y) if y is not None:
                return right - 4, float(self.frame.y(y)[-1])
            case Rule(x=x) if x is not None:
                return float(self.frame.x(x)[-1]), top + 10
            case Arrow():
                tips = self.frame.x(mark.x + mark.dx), self.frame.y(mark.y + mark.dy)
                return float(tips[0][-1]), float(tips[1][-1])
        return None


def _finite(*values: float) -> bool:
    return all(map(math.isfinite, values))


def _densified(points: Array) -> Array:
    if len(points) < 2:
        return points
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if not lengths[-1]:
        return points[:1]
    along = np.linspace(0, lengths[-1], min(2000, 2 + int(lengths[-1] / OBSTACLE_STEP)))
    return np.stack([np.interp(along, lengths, points[:, i]) for i in (0, 1)], axis=1)

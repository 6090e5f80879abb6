"""Captions: the words of marks, each beside what it names.

Lines that run to the right edge of a chart are named there, pushed apart in the order of their
heights. Every other label takes the first free place around its point.
"""

import math
from collections.abc import Iterator

import numpy as np

from explorables.frame import LABEL_GAP, Frame
from explorables.labels import Board, Label, Place, around, extent, spread
from explorables.marks import Area, Array, Arrow, Dot, Line, Mark, Raster, Rule, Text
from explorables.shape import FAR, Shape, words

OBSTACLE_STEP = 5.0


class Captions:
    """The captions of all marks in a frame."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.marks = frame.axes.marks
        self.on_raster = any(isinstance(mark, Raster) for mark in self.marks)

    def shapes(self) -> Iterator[Shape]:
        """A text for each caption that finds a place."""
        board = Board(self.frame.size, self.frame.layout.stretch, self._obstacles())
        yield from self._end_labels(board)
        for i, mark in enumerate(self.marks):
            for label in self._wishes(mark):
                place = board.put(label)
                if place is not None:
                    yield self._label(f"m{i}.label", label, place, mark)

    def _obstacles(self) -> Array:
        """Points of all lines and dots, close enough that no label slips between them."""
        found = [np.zeros((0, 2))]
        for mark in self.marks:
            if isinstance(mark, Line | Dot):
                x, y = self.frame.x(mark.x), self.frame.y(mark.y)
                known = np.isfinite(x) & np.isfinite(y)
                points = np.clip(np.stack([x[known], y[known]], axis=1), -FAR, FAR)
                found.append(_densified(points) if isinstance(mark, Line) else points)
        return np.concatenate(found)

    def _at_end(self, mark: Mark) -> float | None:
        """The height at which a line or area meets the right edge of a chart, if it does."""
        if (
            self.frame.is_map
            or not self.frame.gutter
            or not mark.label
            or not isinstance(mark, Line | Area)
        ):
            return None
        x = self.frame.x(mark.x)
        y = self.frame.y(mark.y if isinstance(mark, Line) else (mark.low + mark.high) / 2)
        known = np.nonzero(np.isfinite(x) & np.isfinite(y))[0]
        if not len(known) or x[known[-1]] < self.frame.box[2] - 3:
            return None
        return float(np.clip(y[known[-1]], self.frame.box[1], self.frame.box[3]))

    def _end_labels(self, board: Board) -> Iterator[Shape]:
        """Names at the lines' ends, pushed apart in the order of their heights."""
        ends = [(i, m, y) for i, m in enumerate(self.marks) if (y := self._at_end(m)) is not None]
        heights = [extent(mark.label, "mark-label")[1] for _, mark, _ in ends]
        middles = spread([y for *_, y in ends], heights, 0, self.frame.size[1])
        for (i, mark, y), middle in zip(ends, middles, strict=True):
            place = Place(self.frame.box[2], y, LABEL_GAP, middle - y, "start")
            label = Label(mark.label, "mark-label", [place])
            board.reserve(label, place)
            yield self._label(f"m{i}.label", label, place, mark)

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
                x, y = self.frame.x(mark.x), self.frame.y(mark.y)
                known = np.nonzero(np.isfinite(x) & np.isfinite(y))[0]
                return (float(x[known[-1]]), float(y[known[-1]])) if len(known) else None
            case Area():
                x, high = self.frame.x(mark.x), self.frame.y(mark.high)
                return float(np.nanmax(x)), max(float(np.nanmin(high)), top) + 12
            case Rule(x=None, y=y) if y is not None:
                return right - 4, float(self.frame.y(y)[-1])
            case Rule(x=x) if x is not None:
                return float(self.frame.x(x)[-1]), top + 10
            case Arrow():
                return float(self.frame.x(mark.x + mark.dx)[-1]), float(
                    self.frame.y(mark.y + mark.dy)[-1]
                )
        return None

    def _label(self, key: str, label: Label, place: Place, mark: Mark) -> Shape:
        halo = " on-raster" if self.on_raster else ""
        return words(key, f"{label.style} role-{mark.role}{halo}", label.text, place)


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

"""The scene: a plot lowered to shapes with every place decided, for a narrow and a wide layout.

`lower` turns each Axes of a Plot into a `Picture`: a flat list of shapes in painter's order, with
classes for the theme and geometry in whole tenths of a pixel. The build writes it as SVG and the
page paints it; neither decides anything more. Texts stand at a point of the picture plus an offset
in real pixels, so that a picture can be stretched while its words keep their size.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np

from explorables.captions import Captions
from explorables.field import lower_raster
from explorables.frame import LAYOUTS, Box, Frame, Layout
from explorables.marks import Area, Array, Arrow, Dot, Line, Mark, Raster, Rule
from explorables.plot import Axes, Plot
from explorables.scale import Extent, Extents, Limits
from explorables.shape import Part, Shape, part, pieces

__all__ = ["LAYOUTS", "Layout", "Picture", "Shape", "lower"]


@dataclass(frozen=True, eq=False)
class Picture:
    """One Axes in one layout: its heading, its nominal size, the box of its data, and its shapes.

    `xlim`, `ylim` and `log` say how the box's pixels and the data's values correspond.
    """

    title: str
    counts: str
    width: float
    height: float
    box: Box
    xlim: Limits
    ylim: Limits
    log: str
    shapes: tuple[Shape, ...]

    def to_json(self) -> dict[str, Any]:
        """The picture as JSON values, exactly."""
        values = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return {**values, "shapes": [shape.to_json() for shape in self.shapes]}


def lower(plot: Plot, layout: Layout, extents: Extents) -> tuple[Picture, ...]:
    """Decide every place in a plot: one `Picture` for each of its Axes.

    `extents` are the limits that hold in all of the widget's states.
    """
    return tuple(map(_picture, plot.axes, [layout] * len(plot.axes), extents))


def _picture(axes: Axes, layout: Layout, extent: Extent) -> Picture:
    frame = Frame(axes, layout, extent)
    shapes = [*frame.grid(), *_Marks(frame).shapes(), *frame.axis(), *Captions(frame).shapes()]
    return Picture(
        title=axes.title or axes.y,
        counts=axes.y if axes.title else "",
        width=frame.size[0],
        height=frame.size[1],
        box=frame.box,
        xlim=(frame.x.low, frame.x.high),
        ylim=(frame.y.low, frame.y.high),
        log=axes.log,
        shapes=tuple(shapes),
    )


class _Marks:
    """The geometry of marks in a frame, in the author's order."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.on_raster = any(isinstance(mark, Raster) for mark in frame.axes.marks)

    def shapes(self) -> Iterator[Shape]:
        for i, mark in enumerate(self.frame.axes.marks):
            yield from self._mark(f"m{i}", mark)

    def _mark(self, key: str, mark: Mark) -> Iterator[Shape]:
        role = f"role-{mark.role}"
        match mark:
            case Raster():
                yield from lower_raster(key, mark, self.frame.x, self.frame.y)
            case Area():
                x, low, high = self.frame.x(mark.x), self.frame.y(mark.low), self.frame.y(mark.high)
                yield self._shape(key, "area", f"mark area {role}", _ribbon(x, low, high), mark)
            case Line():
                parts = pieces(self.frame.x(mark.x), self.frame.y(mark.y))
                if self.on_raster:
                    yield Shape(f"{key}.halo", "line", f"halo {role}", parts, clip=True)
                yield self._shape(key, "line", f"mark line {role}", parts, mark)
            case Dot():
                size = "dot" if len(mark.x) == 1 else "dots"
                points = _points(self.frame.x(mark.x), self.frame.y(mark.y))
                yield Shape(f"{key}.under", "points", f"{size} under {role}", points, clip=True)
                yield self._shape(key, "points", f"mark {size} over {role}", points, mark)
            case Rule():
                yield self._shape(key, "line", f"mark rule {role}", self._rules(mark), mark)
            case Arrow():
                yield self._shape(key, "line", f"mark arrow {role}", self._arrows(mark), mark)

    @staticmethod
    def _shape(
        key: str, kind: Literal["line", "area", "points"], classes: str, parts: Any, mark: Mark
    ) -> Shape:
        return Shape(key, kind, classes, parts, clip=True, sets=mark.sets, tip=mark.tip)

    def _rules(self, mark: Rule) -> tuple[Part, ...]:
        left, top, right, bottom = self.frame.box
        if mark.x is not None:
            return tuple(
                part([x, x], [top, bottom]) for x in self.frame.x(mark.x) if np.isfinite(x)
            )
        assert mark.y is not None
        return tuple(part([left, right], [y, y]) for y in self.frame.y(mark.y) if np.isfinite(y))

    def _arrows(self, mark: Arrow) -> tuple[Part, ...]:
        starts = np.stack([self.frame.x(mark.x), self.frame.y(mark.y)], axis=1)
        stops = np.stack([self.frame.x(mark.x + mark.dx), self.frame.y(mark.y + mark.dy)], axis=1)
        return tuple(
            shaft
            for start, stop in zip(starts, stops, strict=True)
            if np.isfinite([start, stop]).all()
            for shaft in _arrow(start, stop)
        )


def _ribbon(x: Array, low: Array, high: Array) -> tuple[Part, ...]:
    """Closed polygons between two curves, one for each stretch without a gap."""
    known = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(int)))
    return tuple(
        part(np.concatenate([x[a:b], x[a:b][::-1]]), np.concatenate([high[a:b], low[a:b][::-1]]))
        for a, b in edges.reshape(-1, 2)
        if b - a > 1
    )


def _points(x: Array, y: Array) -> tuple[Part, ...]:
    known = np.isfinite(x) & np.isfinite(y)
    return (part(x[known], y[known]),) if known.any() else ()


def _arrow(start: Array, stop: Array) -> list[Part]:
    """A shaft and an open head of 30°, six pixels long or half of a short arrow."""
    along = stop - start
    length = float(np.hypot(*along))
    if length == 0:
        return []
    back = along / length * min(6.0, length / 2)
    side = np.array([-back[1], back[0]]) * math.tan(math.pi / 6)
    head = np.stack([stop - back + side, stop, stop - back - side])
    return [part([start[0], stop[0]], [start[1], stop[1]]), part(head[:, 0], head[:, 1])]

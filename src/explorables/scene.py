"""The scene: a plot lowered to shapes with every place decided, for a narrow and a wide layout.

`lower` turns each Axes of a Plot into a `Picture`: a flat list of shapes in painter's order, with
classes for the theme and geometry in whole tenths of a pixel. The build writes it as SVG and the page
paints it; neither decides anything more. Texts stand at a point of the picture plus an offset in real
pixels, so that a picture can be stretched while its words keep their size.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, NamedTuple

import numpy as np

from explorables.field import lower_raster
from explorables.labels import STYLES, Anchor, Board, Label, Place, around, extent, spread
from explorables.marks import Area, Array, Arrow, Dot, Line, Mark, Raster, Rule, Text
from explorables.numerals import number
from explorables.plot import Axes, Plot
from explorables.scale import Extent, Extents, Limits, Scale
from explorables.shape import FAR, Part, Shape, part, pieces

TICK = 4.0
LABEL_GAP = 10.0
OBSTACLE_STEP = 5.0


class Layout(NamedTuple):
    """A nominal width, and the factors by which it may be stretched on the page."""

    width: float
    stretch: tuple[float, ...]


LAYOUTS = {
    "narrow": Layout(328, (0.86, 1.0, 1.71)),
    "wide": Layout(728, (0.77, 1.0, 1.54)),
}


@dataclass(frozen=True, eq=False)
class Picture:
    """One Axes in one layout: its heading, its nominal size, the box of its data, and its shapes.

    `xlim`, `ylim` and `log` say how the box's pixels and the data's values correspond.
    """

    title: str
    counts: str
    width: float
    height: float
    box: tuple[float, float, float, float]
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
    return tuple(
        _Lowering(axes, layout, extent).picture()
        for axes, extent in zip(plot.axes, extents, strict=True)
    )


class _Lowering:
    """The lowering of one Axes: first the frame, then the marks in order, then their labels."""

    def __init__(self, axes: Axes, layout: Layout, extent: Extent) -> None:
        self.axes = axes
        self.layout = layout
        self.map = not (axes.x or axes.y)
        self.width, self.height = layout.width, round(layout.width / axes.aspect)
        self.box = self._box(extent)
        left, top, right, bottom = self.box
        xlim, ylim = _equalised(extent, self.box) if axes.equal else extent[:2]
        self.x = Scale(*xlim, left, right, "x" in axes.log)
        self.y = Scale(*ylim, bottom, top, "y" in axes.log)
        self.on_raster = any(isinstance(mark, Raster) for mark in axes.marks)

    def picture(self) -> Picture:
        shapes = [*self._grid(), *self._marks(), *self._axis(), *self._labels()]
        axes = self.axes
        return Picture(
            title=axes.title or axes.y,
            counts=axes.y if axes.title else "",
            width=self.width,
            height=self.height,
            box=self.box,
            xlim=(self.x.low, self.x.high),
            ylim=(self.y.low, self.y.high),
            log=axes.log,
            shapes=tuple(shapes),
        )

    # The frame

    def _box(self, extent: Extent) -> tuple[float, float, float, float]:
        if self.map:
            return 0.0, 0.0, self.width, self.height
        gutter = extent.gutter + LABEL_GAP if extent.gutter else 0.0
        self.gutter = gutter if gutter <= 0.42 * self.width else 0.0
        left = 8.0 + max((_tick_width(t) for t in self._y_ticks(extent)), default=0.0)
        self.inline_name = bool(self.axes.x) and _name_width(self.axes.x) + 14 <= self.gutter
        bottom = 24.0 if self.inline_name else 42.0
        if not self.axes.x:
            bottom = 10.0
        return left, 8.0, self.width - max(self.gutter, 12.0), self.height - bottom

    def _y_ticks(self, extent: Extent) -> list[float]:
        return Scale(*extent.ylim, 0, 1, "y" in self.axes.log).ticks(3) if self.axes.y else []

    def _grid(self) -> Iterator[Shape]:
        if self.axes.y:
            for i, value in enumerate(self.y.ticks(3)):
                y = float(self.y(np.array(value)))
                ends = part([self.box[0], self.box[2]], [y, y])
                yield Shape(f"grid.{i}", "line", "grid", (ends,))

    def _axis(self) -> Iterator[Shape]:
        left, _, right, bottom = self.box
        if self.axes.y:
            for i, value in enumerate(self.y.ticks(3)):
                y = float(self.y(np.array(value)))
                yield _text(f"y.{i}", "tick-label", number(value), Place(left, y, -8, 0, "end"))
        if not self.axes.x:
            return
        yield Shape("x.axis", "line", "axis", (part([left, right], [bottom, bottom]),))
        ticks = self.x.ticks(4)
        for i, value in enumerate(ticks):
            x = float(self.x(np.array(value)))
            yield Shape(f"x.tick.{i}", "line", "axis", (part([x, x], [bottom, bottom + TICK]),))
            yield _text(f"x.{i}", "tick-label", number(value), Place(x, bottom, 0, 14, "middle"))
        if self.inline_name:
            yield _text("x.name", "axis-name", self.axes.x, Place(right, bottom, 14, 14, "start"))
        else:
            middle = Place((left + right) / 2, bottom, 0, 32, "middle")
            yield _text("x.name", "axis-name", self.axes.x, middle)

    # The marks

    def _marks(self) -> Iterator[Shape]:
        for i, mark in enumerate(self.axes.marks):
            yield from self._mark(f"m{i}", mark)

    def _mark(self, key: str, mark: Mark) -> Iterator[Shape]:
        role = f"role-{mark.role}"
        match mark:
            case Raster():
                yield from lower_raster(key, mark, self.x, self.y)
            case Area():
                x, low, high = self.x(mark.x), self.y(mark.low), self.y(mark.high)
                yield self._shape(key, "area", f"mark area {role}", _ribbon(x, low, high), mark)
            case Line():
                parts = pieces(self.x(mark.x), self.y(mark.y))
                if self.on_raster:
                    yield Shape(f"{key}.halo", "line", f"halo {role}", parts, clip=True)
                yield self._shape(key, "line", f"mark line {role}", parts, mark)
            case Dot():
                size = "dot" if len(mark.x) == 1 else "dots"
                points = _points(self.x(mark.x), self.y(mark.y))
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
        left, top, right, bottom = self.box
        if mark.x is not None:
            return tuple(part([x, x], [top, bottom]) for x in self.x(mark.x) if np.isfinite(x))
        assert mark.y is not None
        return tuple(part([left, right], [y, y]) for y in self.y(mark.y) if np.isfinite(y))

    def _arrows(self, mark: Arrow) -> tuple[Part, ...]:
        starts = np.stack([self.x(mark.x), self.y(mark.y)], axis=1)
        stops = np.stack([self.x(mark.x + mark.dx), self.y(mark.y + mark.dy)], axis=1)
        return tuple(
            shaft
            for start, stop in zip(starts, stops, strict=True)
            if np.isfinite([start, stop]).all()
            for shaft in _arrow(start, stop)
        )

    # The labels

    def _labels(self) -> Iterator[Shape]:
        board = Board((self.width, self.height), self.layout.stretch, self._obstacles())
        yield from self._end_labels(board)
        for i, mark in enumerate(self.axes.marks):
            for words, style, places in self._wishes(mark):
                label = Label(words, style, places)
                place = board.put(label)
                if place is not None:
                    yield self._label(f"m{i}.label", label, place, mark)

    def _obstacles(self) -> Array:
        """Points of all lines and dots, close enough that no label slips between them."""
        found = [np.zeros((0, 2))]
        for mark in self.axes.marks:
            if isinstance(mark, Line | Dot):
                x, y = self.x(mark.x), self.y(mark.y)
                known = np.isfinite(x) & np.isfinite(y)
                points = np.clip(np.stack([x[known], y[known]], axis=1), -FAR, FAR)
                found.append(_densified(points) if isinstance(mark, Line) else points)
        return np.concatenate(found)

    def _at_end(self, mark: Mark) -> float | None:
        """The height at which a line or area meets the right edge of a chart, if it does."""
        if self.map or not self.gutter or not mark.label or not isinstance(mark, Line | Area):
            return None
        x = self.x(mark.x)
        y = self.y(mark.y if isinstance(mark, Line) else (mark.low + mark.high) / 2)
        known = np.nonzero(np.isfinite(x) & np.isfinite(y))[0]
        if not len(known) or x[known[-1]] < self.box[2] - 3:
            return None
        return float(np.clip(y[known[-1]], self.box[1], self.box[3]))

    def _end_labels(self, board: Board) -> Iterator[Shape]:
        """Names at the lines' ends, pushed apart in the order of their heights."""
        ends = [
            (i, m, y) for i, m in enumerate(self.axes.marks) if (y := self._at_end(m)) is not None
        ]
        heights = [extent(mark.label, "mark-label")[1] for _, mark, _ in ends]
        middles = spread([y for *_, y in ends], heights, 0, self.height)
        for (i, mark, y), middle in zip(ends, middles, strict=True):
            place = Place(self.box[2], y, LABEL_GAP, middle - y, "start")
            label = Label(mark.label, "mark-label", [place])
            board.reserve(label, place)
            yield self._label(f"m{i}.label", label, place, mark)

    def _wishes(self, mark: Mark) -> list[tuple[str, str, Sequence[Place]]]:
        """The words of a mark, their style, and where they would like to stand."""
        if isinstance(mark, Text):
            x, y = float(self.x(mark.x)[0]), float(self.y(mark.y)[0])
            style = "place" if mark.role == "place" else "note"
            centre = [] if style == "place" else [Place(x, y, 0, 0, "middle")]
            return [(mark.text, style, [*centre, *around(x, y, 12)])] if _finite(x, y) else []
        if not mark.label or self._at_end(mark) is not None:
            return []
        point = self._label_point(mark)
        if point is None or not _finite(*point):
            return []
        return [(mark.label, "mark-label", around(*point, LABEL_GAP))]

    def _label_point(self, mark: Mark) -> tuple[float, float] | None:
        left, top, right, _ = self.box
        match mark:
            case Line() | Dot():
                x, y = self.x(mark.x), self.y(mark.y)
                known = np.nonzero(np.isfinite(x) & np.isfinite(y))[0]
                return (float(x[known[-1]]), float(y[known[-1]])) if len(known) else None
            case Area():
                x, high = self.x(mark.x), self.y(mark.high)
                return float(np.nanmax(x)), max(float(np.nanmin(high)), top) + 12
            case Rule(x=None, y=y) if y is not None:
                return right - 4, float(self.y(y)[-1])
            case Rule(x=x) if x is not None:
                return float(self.x(x)[-1]), top + 10
            case Arrow():
                return float(self.x(mark.x + mark.dx)[-1]), float(self.y(mark.y + mark.dy)[-1])
        return None

    def _label(self, key: str, label: Label, place: Place, mark: Mark) -> Shape:
        halo = " on-raster" if self.on_raster else ""
        return _text(key, f"{label.style} role-{mark.role}{halo}", label.text, place)


def _finite(*values: float) -> bool:
    return all(map(math.isfinite, values))


def _equalised(extent: Extent, box: tuple[float, float, float, float]) -> tuple[Limits, Limits]:
    """Widen one pair of limits so that a unit of x is as long as a unit of y."""
    (x0, x1), (y0, y1) = extent.xlim, extent.ylim
    unit = min((box[2] - box[0]) / (x1 - x0), (box[3] - box[1]) / (y1 - y0))
    wide, high = (box[2] - box[0]) / unit, (box[3] - box[1]) / unit
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    return (middle_x - wide / 2, middle_x + wide / 2), (middle_y - high / 2, middle_y + high / 2)


def _tick_width(value: float) -> float:
    return extent(number(value), "tick-label")[0]


def _name_width(name: str) -> float:
    return extent(name, "axis-name")[0]


def _text(key: str, classes: str, text: str, place: Place) -> Shape:
    """A text shape: from the middle of a block of lines to the base line of its first."""
    style = STYLES[classes.partition(" ")[0]]
    lines = text.count("\n") + 1
    down = place.dy - style.leading * (lines - 1) / 2 + 0.35 * style.size
    point = part([place.x], [place.y])
    anchor: Anchor = place.anchor
    offset = (round(place.dx, 1), round(down, 1))
    return Shape(
        key,
        "text",
        classes,
        (point,),
        text=text,
        anchor=anchor,
        offset=offset,
        leading=style.leading,
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


def _densified(points: Array) -> Array:
    if len(points) < 2:
        return points
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if not lengths[-1]:
        return points[:1]
    along = np.linspace(0, lengths[-1], min(2000, 2 + int(lengths[-1] / OBSTACLE_STEP)))
    return np.stack([np.interp(along, lengths, points[:, i]) for i in (0, 1)], axis=1)

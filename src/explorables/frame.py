"""The frame of a picture: its margins, its scales, its grid, ticks and names.

Margins are wide enough for their words at the smallest size at which the layout is drawn.
"""

from collections.abc import Iterator
from typing import NamedTuple

from explorables.labels import Label, Place, extent
from explorables.numerals import number
from explorables.plot import Axes
from explorables.scale import Extent, Limits, Scale
from explorables.shape import Shape, part, words

TICK = 4.0
TICK_DROP = 16.0  # clear of the lowest tick of y, which may stand on the axis
LABEL_GAP = 10.0
NAME_GAP = 14.0
WIDEST_GUTTER = 0.45  # of the picture; a longer label goes inside

Box = tuple[float, float, float, float]


class Layout(NamedTuple):
    """A nominal width, and the factors by which it may be stretched on the page."""

    width: float
    stretch: tuple[float, ...]


LAYOUTS = {
    "narrow": Layout(328, (0.86, 1.0, 1.71)),
    "wide": Layout(728, (0.77, 1.0, 1.54)),
}


class Frame:
    """One Axes in one layout: `box` is where its data lie, `x` and `y` the scales into it.

    A map has neither axis and fills the picture. `gutter` is the room right of the box for labels
    at lines' ends, 0 when there is none.
    """

    def __init__(self, axes: Axes, layout: Layout, extent: Extent) -> None:
        self.axes = axes
        self.layout = layout
        self.smallest = min(layout.stretch)
        self.is_map = not (axes.x or axes.y)
        self.size = layout.width, float(round(layout.width / axes.aspect))
        self.gutter = self._gutter(extent)
        self.name_inline = bool(axes.x) and _name_width(axes.x) + NAME_GAP <= extent.gutter
        self.box = self._box(extent)
        left, top, right, bottom = self.box
        xlim, ylim = _equalised(extent, self.box) if axes.equal else extent[:2]
        self.x = Scale(*xlim, left, right, "x" in axes.log)
        self.y = Scale(*ylim, bottom, top, "y" in axes.log)

    def _gutter(self, extent: Extent) -> float:
        wanted = (extent.gutter + LABEL_GAP + 2) / self.smallest if extent.gutter else 0.0
        return wanted if wanted <= WIDEST_GUTTER * self.size[0] else 0.0

    def _box(self, extent: Extent) -> Box:
        width, height = self.size
        if self.is_map:
            return 0.0, 0.0, width, height
        ticks = Scale(*extent.ylim, 0, 1, "y" in self.axes.log).ticks(3) if self.axes.y else []
        left = max((_tick_width(tick) for tick in ticks), default=0.0) + 8
        bottom = (26.0 if self.name_inline else 44.0) if self.axes.x else 10.0
        right = max(self.gutter, 12 / self.smallest)
        return (
            left / self.smallest,
            8 / self.smallest,
            width - right,
            height - bottom / self.smallest,
        )

    def levels(self) -> list[float]:
        """The heights of the grid: those of the ticks of y."""
        return [self.y.at(tick) for tick in self.y.ticks(3)] if self.axes.y else []

    def grid(self) -> Iterator[Shape]:
        """Level lines at the ticks of y."""
        left, _, right, _ = self.box
        for i, y in enumerate(self.levels()):
            yield Shape(f"grid.{i}", "line", "grid", (part([left, right], [y, y]),))

    def axis(self) -> Iterator[Shape]:
        """The axis of x with its ticks, and the words of both axes."""
        left, _, right, bottom = self.box
        if self.axes.x:
            yield Shape("x.axis", "line", "axis", (part([left, right], [bottom, bottom]),))
            for i, tick in enumerate(self.x.ticks(4)):
                x = self.x.at(tick)
                yield Shape(f"x.tick.{i}", "line", "axis", (part([x, x], [bottom, bottom + TICK]),))
        for key, label, place in self.words():
            yield words(key, label.style, label.text, place)

    def words(self) -> Iterator[tuple[str, Label, Place]]:
        """The numbers at the ticks and the name of x, each with a key and its place."""
        left, _, right, bottom = self.box
        for i, tick in enumerate(self.y.ticks(3) if self.axes.y else []):
            place = Place(left, self.y.at(tick), -8, 0, "end")
            yield f"y.{i}", Label(number(tick), "tick-label", [place]), place
        if not self.axes.x:
            return
        for i, tick in enumerate(self.x.ticks(4)):
            place = Place(self.x.at(tick), bottom, 0, TICK_DROP, "middle")
            yield f"x.{i}", Label(number(tick), "tick-label", [place]), place
        place = Place((left + right) / 2, bottom, 0, TICK_DROP + 18, "middle")
        if self.name_inline:
            place = Place(right, bottom, NAME_GAP, TICK_DROP, "start")
        yield "x.name", Label(self.axes.x, "axis-name", [place]), place


def _tick_width(value: float) -> float:
    return extent(number(value), "tick-label")[0]


def _name_width(name: str) -> float:
    return extent(name, "axis-name")[0]


def _equalised(extent: Extent, box: Box) -> tuple[Limits, Limits]:
    """Widen one pair of limits so that a unit of x is as long as a unit of y."""
    (x0, x1), (y0, y1) = extent.xlim, extent.ylim
    unit = min((box[2] - box[0]) / (x1 - x0), (box[3] - box[1]) / (y1 - y0))
    wide, high = (box[2] - box[0]) / unit, (box[3] - box[1]) / unit
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    return (middle_x - wide / 2, middle_x + wide / 2), (middle_y - high / 2, middle_y + high / 2)

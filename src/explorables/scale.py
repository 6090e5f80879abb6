"""Scales: where a value lies, which ticks say so, and what limits hold for all states."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from explorables.labels import extent
from explorables.marks import Area, Array, Arrow, Dot, Line, Mark, Raster, Rule, Text
from explorables.plot import Axes, Plot

TICK_STEPS = (1.0, 2.0, 5.0, 10.0)
TINY = 1e-100  # spans below this are rounding
Limits = tuple[float, float]


class Extent(NamedTuple):
    """What one Axes needs in every state: its limits, and the room for labels at lines' ends."""

    xlim: Limits
    ylim: Limits
    gutter: float


Extents = tuple[Extent, ...]


@dataclass(frozen=True)
class Scale:
    """A map from values `low … high` to pixels `start … stop`, linear or logarithmic."""

    low: float
    high: float
    start: float
    stop: float
    log: bool = False

    def __call__(self, values: Array) -> Array:
        """Pixels of `values`; what cannot be placed is NaN."""
        low, high = self.low, self.high
        if self.log:
            low, high = math.log10(low), math.log10(high)
            values = np.log10(np.where(values > 0, values, np.nan))
        with np.errstate(over="ignore", invalid="ignore"):
            placed = self.start + (values - low) * ((self.stop - self.start) / (high - low))
        return np.where(np.isfinite(placed), placed, np.nan)

    def at(self, value: float) -> float:
        """The pixel of one value."""
        return float(self(np.array(value)))

    def ticks(self, count: int = 4) -> list[float]:
        """About `count` round values inside the limits."""
        return _log_ticks(self.low, self.high) if self.log else _ticks(self.low, self.high, count)


def tick_step(span: float, count: int) -> float:
    """The round step that divides `span` into about `count` parts.

    >>> tick_step(2.4, 4), tick_step(140, 4)
    (0.5, 50.0)
    """
    magnitude: float = 10.0 ** math.floor(math.log10(span / count))
    return min((m * magnitude for m in TICK_STEPS), key=lambda s: abs(math.log(span / count / s)))


def _ticks(low: float, high: float, count: int) -> list[float]:
    step = tick_step(high - low, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    places = max(0, 2 - math.floor(math.log10(step)))
    return [round(i * step, places) + 0.0 for i in range(first, last + 1)]


def _log_ticks(low: float, high: float) -> list[float]:
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for mantissas in ((1,), (1, 3), (1, 2, 5)):
        ticks = [float(f"{m}e{decade}") for decade in decades for m in mantissas]
        inside = [tick for tick in ticks if low * 0.999 <= tick <= high * 1.001]
        if len(inside) >= 3:
            return inside[:: math.ceil(len(inside) / 6)]
    return [float(f"{low:.2g}"), float(f"{high:.2g}")]


def extents(plots: Iterable[Plot]) -> Extents:
    """Limits for each Axes that hold every plot given, and the widest label at a line's end."""
    gathered: list[list[Axes]] = []
    for plot in plots:
        columns = zip_longest(gathered, plot.axes)
        gathered = [[*(column or []), *([axes] if axes else [])] for column, axes in columns]
    return tuple(_extent(axes) for axes in gathered)


def _extent(states: list[Axes]) -> Extent:
    first = states[0]
    marks = [mark for axes in states for mark in axes.marks]
    xlim = first.xlim or _hull([_reach(mark, "x") for mark in marks], "x" in first.log)
    ylim = first.ylim or _hull([_reach(mark, "y") for mark in marks], "y" in first.log)
    exact = any(isinstance(mark, Raster) for mark in marks)
    if not first.ylim and not exact and "y" not in first.log:
        ylim = _rounded_out(ylim)
    labels = {mark.label for mark in marks if _ends_at(mark, xlim[1])}
    gutter = max((extent(label, "mark-label")[0] for label in labels), default=0.0)
    return Extent(xlim, ylim, gutter if first.x or first.y else 0.0)


def _ends_at(mark: Mark, right: float) -> bool:
    """Whether a mark has a label and runs to the right end of its axes."""
    if not mark.label or not isinstance(mark, Line | Area):
        return False
    known = mark.x[np.isfinite(mark.x)]
    return bool(len(known)) and bool(known[-1] >= right - 1e-9 * abs(right))


def _reach(mark: Mark, axis: str) -> list[Array]:
    """The values of a mark along one axis."""
    match mark:
        case Raster():
            centres = mark.x if axis == "x" else mark.y
            margin = 0 if mark.scale in ("terrain", "none") else 0.5
            ends = centres[[0, -1]] + margin * (centres[[0, -1]] - centres[[1, -2]])
            return [ends]
        case Area():
            return [mark.x] if axis == "x" else [mark.low, mark.high]
        case Arrow():
            start, step = (mark.x, mark.dx) if axis == "x" else (mark.y, mark.dy)
            return [start, start + step]
        case Line() | Dot() | Text():
            return [mark.x if axis == "x" else mark.y]
        case Rule():
            values = mark.x if axis == "x" else mark.y
            return [] if values is None else [values]
    return []


def _hull(reaches: list[list[Array]], log: bool) -> Limits:
    values = np.concatenate([array for reach in reaches for array in reach] or [np.zeros(0)])
    values = values[np.isfinite(values) & ((values > 0) | (not log))]
    if not len(values):
        return (1.0, 10.0) if log else (0.0, 1.0)
    low, high = float(values.min()), float(values.max())
    if high - low <= max(1e-9 * max(abs(low), abs(high)), TINY):
        low, high = (low / 2, high * 2) if log else (low - (abs(low) or 1), high + (abs(high) or 1))
    return _outward(low, high)


def _outward(low: float, high: float) -> Limits:
    """Round to a thousandth of the span, so that limits are short decimals."""
    places = 3 - math.floor(math.log10(high - low))
    unit = 10.0**-places
    first, last = math.floor(low / unit + 1e-6), math.ceil(high / unit - 1e-6)
    return round(first * unit, max(places, 0)), round(last * unit, max(places, 0))


def _rounded_out(limits: Limits) -> Limits:
    """Widen to the next ticks."""
    step = tick_step(limits[1] - limits[0], 4)
    low, high = math.floor(limits[0] / step + 1e-9), math.ceil(limits[1] / step - 1e-9)
    places = max(0, 3 - math.floor(math.log10(step)))
    return round(low * step, places), round(high * step, places)

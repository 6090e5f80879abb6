"""What a hand does in a picture: points that are dragged, curves that are drawn."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self, override

from explorables.control import Control, DeclarationError, RefusedError, finite
from explorables.numerals import NOT_YET, number

CURVE_POINTS = 33

Curve = tuple[float, ...]


class Point(NamedTuple):
    """A place in a plot, in the units of its axes."""

    x: float
    y: float


@dataclass(frozen=True)
class Drag(Control):
    """A point, or several, moved in the plot within the ranges `x` and `y`. A plural parameter may
    hold None, "where it was"; `until` names the parameters whose change undoes the dragging."""

    x: tuple[float, float]
    y: tuple[float, float]
    until: tuple[str, ...] = ()

    kinds = (Point,)

    @override
    def bind(self, name: str, kind: type, default: object) -> Self:
        for low, high in (self.x, self.y):
            if not low < high:
                raise DeclarationError(
                    f"{name}: Drag takes two ranges, each with its lower end first"
                )
        return super().bind(name, kind, default)

    @override
    def coerce(self, value: object, snap: bool = False) -> Point | None:
        if value is None:
            return None
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, Sequence) or len(parts) != 2:
            raise RefusedError(f"{value!r} is not a point; write [x, y]")
        return Point(*map(self._along, parts, (self.x, self.y), (snap, snap)))

    @staticmethod
    def _along(value: object, ends: tuple[float, float], snap: bool) -> float:
        wanted = finite(value)
        inside = min(max(wanted, ends[0]), ends[1])
        if inside != wanted and not snap:
            raise RefusedError(f"{wanted:g} is outside {ends[0]:g} to {ends[1]:g}", inside)
        return round(inside, 3 - math.floor(math.log10(ends[1] - ends[0])))

    @override
    def format(self, value: Point | None) -> str:
        return NOT_YET if value is None else f"{number(value.x)}, {number(value.y)}"

    @override
    def sweep(self, default: Point | None) -> Sequence[Point | None]:
        corners = [Point(x, y) for x in self.x for y in self.y]
        return [default, *corners]


@dataclass(frozen=True)
class Draw(Control):
    """A freehand curve: its heights at 33 even steps over the range `x`, or None until drawn.
    With `at`, one curve for each value of the parameter named there."""

    x: tuple[float, float]
    at: str = ""

    kinds = (tuple,)

    @override
    def coerce(self, value: object, snap: bool = False) -> Curve | None:
        if value is None:
            return None
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, Sequence) or len(parts) != CURVE_POINTS:
            raise RefusedError(f"a drawn curve has {CURVE_POINTS} heights")
        return tuple(float(f"{finite(height):.4g}") for height in parts)

    @override
    def format(self, value: Curve | None) -> str:
        return "not drawn" if value is None else "drawn"

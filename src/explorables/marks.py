"""The seven marks: lines, dots, areas, rules, words, arrows and rasters.

A mark says what is drawn and what it means, never its colour. Marks are values, made once and never
changed, and compare by identity: the same object again is known to be the same drawing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, TypedDict, Unpack, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Scale = Literal["sequential", "diverging", "category", "terrain", "none"]
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Meaning(TypedDict, total=False):
    """What any mark takes beside its numbers; see `Mark`."""

    role: str
    label: str
    sets: str | Mapping[str, str]
    tip: str


def _numbers(name: str, value: ArrayLike, ndim: int = 1) -> Array:
    """Copy to an unchangeable float array; ValueError when it is not `ndim`-dimensional."""
    array = np.array(value, dtype=np.float64, ndmin=ndim)
    if array.ndim != ndim:
        raise ValueError(f"{name} has {array.ndim} dimensions; it takes {ndim}")
    array.flags.writeable = False
    return array


@dataclass(frozen=True, eq=False)
class Mark:
    """Something drawn. `role` is its meaning, which the theme colours; `label` is written beside it
    (its first line is the name, further lines are numbers).

    `sets` names the parameter that clicking or dragging the mark sets: `"start"` for points, or
    `{"step_size": "x", "momentum": "y"}` for one coordinate each. `tip` shows on hover and focus.
    """

    role: str = field(default="data", kw_only=True)
    label: str = field(default="", kw_only=True)
    sets: str | Mapping[str, str] = field(default="", kw_only=True)
    tip: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.role):
            raise ValueError(f"role {self.role!r}: write lower-case words joined by hyphens")
        axes = () if isinstance(self.sets, str) else set(self.sets.values()) - {"x", "y"}
        if axes:
            raise ValueError(f"sets {self.sets!r}: each parameter is set by 'x' or by 'y'")

    def _freeze(self, *names: str) -> None:
        """Turn the named fields into arrays of one length (a lone number stretches)."""
        arrays = {name: _numbers(name, getattr(self, name)) for name in names}
        longest = max(len(array) for array in arrays.values())
        for name, array in arrays.items():
            if len(array) not in (1, longest):
                lengths = ", ".join(f"{name} has {len(array)}" for name, array in arrays.items())
                raise ValueError(f"{type(self).__name__}: {lengths}; they need one length")
            stretched = array if len(array) == longest else np.broadcast_to(array, longest)
            object.__setattr__(self, name, stretched)


@dataclass(frozen=True, eq=False)
class Line(Mark):
    """A line through the points (x, y), in the order given; a value that is not finite is a gap."""

    x: Array
    y: Array

    def __init__(self, x: ArrayLike, y: ArrayLike, **meaning: Unpack[Meaning]) -> None:
        _init(self, {"x": x, "y": y}, meaning)
        self._freeze("x", "y")


@dataclass(frozen=True, eq=False)
class Dot(Mark):
    """One point, drawn as a state, or many, drawn small; dot i of many sets value i of a plural
    parameter."""

    x: Array
    y: Array

    def __init__(self, x: ArrayLike, y: ArrayLike, **meaning: Unpack[Meaning]) -> None:
        _init(self, {"x": x, "y": y}, meaning)
        self._freeze("x", "y")


@dataclass(frozen=True, eq=False)
class Area(Mark):
    """The region between low(x) and high(x)."""

    x: Array
    low: Array
    high: Array

    def __init__(
        self, x: ArrayLike, low: ArrayLike, high: ArrayLike, **meaning: Unpack[Meaning]
    ) -> None:
        _init(self, {"x": x, "low": low, "high": high}, meaning)
        self._freeze("x", "low", "high")


@dataclass(frozen=True, eq=False)
class Rule(Mark):
    """Straight lines across the whole plot: upright at each x, or level at each y."""

    x: Array | None
    y: Array | None

    def __init__(
        self, x: ArrayLike | None = None, y: ArrayLike | None = None, **meaning: Unpack[Meaning]
    ) -> None:
        if (x is None) == (y is None):
            raise ValueError("Rule takes either x or y")
        _init(self, {"x": x, "y": y}, meaning)
        self._freeze("y" if x is None else "x")


@dataclass(frozen=True, eq=False)
class Text(Mark):
    """Words at a place in the plot; moved a little, or left out, rather than overprinted."""

    x: Array
    y: Array
    text: str

    def __init__(self, x: ArrayLike, y: ArrayLike, text: str, **meaning: Unpack[Meaning]) -> None:
        _init(self, {"x": x, "y": y, "text": text}, meaning)
        self._freeze("x", "y")


@dataclass(frozen=True, eq=False)
class Arrow(Mark):
    """Arrows from (x, y) to (x + dx, y + dy)."""

    x: Array
    y: Array
    dx: Array
    dy: Array

    def __init__(
        self, x: ArrayLike, y: ArrayLike, dx: ArrayLike, dy: ArrayLike, **meaning: Unpack[Meaning]
    ) -> None:
        _init(self, {"x": x, "y": y, "dx": dx, "dy": dy}, meaning)
        self._freeze("x", "y", "dx", "dy")


@dataclass(frozen=True, eq=False)
class Raster(Mark):
    """A field of values z (len(y), len(x)) at the cells' centres x and y.

    `domain` is the pair of values at the ends of `scale`: "sequential" and "diverging" are seven
    steps, "category" takes z as whole numbers, "terrain" is bands, contours and hillshade, "none"
    draws only the veil. `veil` (any shape over the same extent, 0 clear to 1 covered) hides it.
    """

    z: Array
    x: Array
    y: Array
    domain: tuple[float, float]
    scale: Scale
    veil: Array | None

    def __init__(
        self,
        z: ArrayLike,
        x: ArrayLike,
        y: ArrayLike,
        domain: tuple[float, float],
        scale: Scale = "sequential",
        veil: ArrayLike | None = None,
        **meaning: Unpack[Meaning],
    ) -> None:
        if scale not in get_args(Scale):
            raise ValueError(f"scale {scale!r}: choose from {', '.join(get_args(Scale))}")
        low, high = float(domain[0]), float(domain[1])
        if not low < high:
            raise ValueError(f"domain {domain}: the first value must be below the second")
        covered = None if veil is None else _numbers("veil", veil, 2)
        values = {
            "z": _numbers("z", z, 2),
            "x": _numbers("x", x),
            "y": _numbers("y", y),
            "domain": (low, high),
            "scale": scale,
            "veil": covered,
        }
        _init(self, values, meaning)
        if self.z.shape != (len(self.y), len(self.x)):
            shape = (len(self.y), len(self.x))
            raise ValueError(f"z has shape {self.z.shape}; y and x make it {shape}")
        if min(self.z.shape) < 2:
            raise ValueError(
                f"z has shape {self.z.shape}; a raster has two rows and columns or more"
            )


def _init(mark: Mark, values: Mapping[str, object], meaning: Mapping[str, object]) -> None:
    """Fill a frozen mark; only what `Mark` knows may be named beside its own values."""
    for entry in fields(Mark):
        object.__setattr__(mark, entry.name, meaning.get(entry.name, entry.default))
    if unknown := meaning.keys() - {entry.name for entry in fields(Mark)}:
        known = ", ".join(entry.name for entry in fields(Mark))
        raise TypeError(f"{type(mark).__name__} takes {known}, not {', '.join(sorted(unknown))}")
    for name, value in values.items():
        object.__setattr__(mark, name, value)
    Mark.__post_init__(mark)


MARKS = {kind.__name__: kind for kind in (Line, Dot, Area, Rule, Text, Arrow, Raster)}

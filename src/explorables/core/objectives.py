"""Objectives: functions to descend, each with its exact gradient, its known minima and its domain.

A point is a tuple of coordinates, each a float or an array of many points' coordinates; or an
array (..., d) with the coordinates along its last axis. Formulas are written with `+ - * /` only,
so that a float and an array of ten thousand give the same result bit for bit, on every machine,
and what overflows is infinite instead of an error.

>>> bowl = quadratic((1.0, 4.0))
>>> bowl((2.0, 1.0)), bowl.grad((2.0, 1.0))
(4.0, (2.0, 4.0))
>>> bowl(np.array([[2.0, 1.0], [0.0, 0.0]]))
array([4., 0.])
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Value = Any  # a float, or an array of floats: the same lines serve both
Coordinates = tuple[float, ...]

STENCIL = 1e-4  # half the width of a central difference


@dataclass(frozen=True)
class Objective:
    """A function of d coordinates that can be descended.

    `value(*coordinates)` and `gradient(*coordinates)` are its formulas; `minima` lists its local
    minima in `domain`, the lowest first; `domain` holds a pair (low, high) for each coordinate.
    """

    value: Callable[..., Value]
    gradient: Callable[..., tuple[Value, ...]]
    minima: tuple[Coordinates, ...]
    domain: tuple[tuple[float, float], ...]

    def __call__(self, point: Value) -> Value:
        """The value at `point`; one for each point of an array."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.value(*_coordinates(point))

    def grad(self, point: Value) -> Value:
        """The gradient at `point`: a tuple for a tuple, an array (..., d) for an array."""
        if not isinstance(point, np.ndarray):
            return self.gradient(*point)
        with np.errstate(over="ignore", invalid="ignore"):
            return np.stack(self.gradient(*_coordinates(point)), axis=-1)


def _coordinates(point: Value) -> Sequence[Value]:
    return np.moveaxis(point, -1, 0) if isinstance(point, np.ndarray) else point  # type: ignore[return-value]


def quadratic(curvatures: Sequence[float], minimum: Sequence[float] | None = None) -> Objective:
    """½ Σ curvatureᵢ (xᵢ - minimumᵢ)²: the bowl for which descent has closed forms.

    Raises ValueError unless every curvature is positive and `minimum`, the origin when left out,
    has as many coordinates.
    """
    bends = tuple(float(bend) for bend in curvatures)
    bottom = tuple(float(x) for x in (minimum if minimum is not None else (0.0,) * len(bends)))
    if not bends or not all(0 < bend < float("inf") for bend in bends):
        raise ValueError(f"curvatures {bends}: one or more, each finite and above 0")
    if len(bottom) != len(bends):
        raise ValueError(f"minimum {bottom}: {len(bends)} coordinates, one for each curvature")

    def value(*point: Value) -> Value:
        terms = (b * (x - m) * (x - m) / 2 for x, m, b in zip(point, bottom, bends, strict=True))
        return sum(terms)

    def gradient(*point: Value) -> tuple[Value, ...]:
        return tuple(b * (x - m) for x, m, b in zip(point, bottom, bends, strict=True))

    return Objective(value, gradient, (bottom,), tuple((m - 2.0, m + 2.0) for m in bottom))


def _hessian(objective: Objective, point: Value) -> tuple[float, float, float]:
    """Second derivatives (xx, xy, yy) by central differences of the gradient."""
    x, y = point
    right, left = objective.grad((x + STENCIL, y)), objective.grad((x - STENCIL, y))
    above, below = objective.grad((x, y + STENCIL)), objective.grad((x, y - STENCIL))
    width = 2 * STENCIL
    crossed = (right[1] - left[1] + above[0] - below[0]) / (2 * width)
    return (right[0] - left[0]) / width, crossed, (above[1] - below[1]) / width


def is_minimum(objective: Objective, point: Value) -> bool:
    """Whether a stationary point of a function of two coordinates is a minimum."""
    xx, xy, yy = _hessian(objective, point)
    return xx > 0 and xx * yy - xy * xy > 0


def stationary_point(
    objective: Objective, near: tuple[float, float], n_steps: int = 20
) -> tuple[float, float]:
    """Where the gradient of a function of two coordinates vanishes, by Newton's method from `near`:
    a minimum, a peak, or the saddle between two valleys.

    Raises ValueError when the method does not come to rest.
    """
    x, y = near
    for _ in range(n_steps):
        dx, dy = objective.grad((x, y))
        xx, xy, yy = _hessian(objective, (x, y))
        determinant = xx * yy - xy * xy
        if determinant == 0:
            break
        x -= (yy * dx - xy * dy) / determinant
        y -= (xx * dy - xy * dx) / determinant
    if not all(abs(slope) < 1e-9 for slope in objective.grad((x, y))):
        raise ValueError(f"near {near}: Newton's method finds no stationary point from there")
    return x, y

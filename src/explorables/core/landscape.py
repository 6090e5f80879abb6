"""Landscapes of rational wells: a walk on them is bit for bit the same on every machine."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from explorables.core.objectives import Objective, Value, is_minimum, stationary_point


class Well(NamedTuple):
    """A hill of `height` at (x, y), or a hollow where it is negative.

    height / (1 + u² + v²)² with u = (Δx + lean Δy) / x_radius and v = Δy / y_radius.
    """

    height: float
    x: float
    y: float
    x_radius: float
    y_radius: float
    lean: float = 0.0


def _frame(well: Well) -> tuple[float, ...]:
    """Height, and the coefficients in u = ux x + uy y + u0 and v = vy y + v0."""
    height, x, y, x_radius, y_radius, lean = well
    slant = lean / x_radius
    return height, 1 / x_radius, slant, -x / x_radius - slant * y, 1 / y_radius, -y / y_radius


class Bowl(NamedTuple):
    """A faint dish with a wall at its rim: dish (u² + v²) + wall (u¹⁶ + v¹⁶), u = x / x_radius.

    The wall is next to nothing inside, and steep enough outside to throw a bold step to infinity.
    """

    dish: float
    wall: float
    x_radius: float
    y_radius: float


def landscape(
    wells: Sequence[Well],
    bowl: Bowl,
    domain: tuple[tuple[float, float], tuple[float, float]],
    hollows: Sequence[tuple[float, float]],
) -> Objective:
    """A map of rational wells in a bowl; `hollows` are rough places of its minima, made exact here.

    Raises ValueError when there is no minimum near one of them.
    """
    dish, wall, across, along = bowl
    frames = tuple(map(_frame, wells))

    def value(x: Value, y: Value) -> Value:
        u = x / across
        v = y / along
        uu = u * u
        vv = v * v
        u8 = uu * uu * uu * uu
        v8 = vv * vv * vv * vv
        total = dish * (uu + vv) + wall * (u8 * u8 + v8 * v8)
        for height, ux, uy, u0, vy, v0 in frames:
            u = ux * x + uy * y + u0
            v = vy * y + v0
            spread = 1.0 + u * u + v * v
            total = total + height / (spread * spread)
        return total

    def gradient(x: Value, y: Value) -> tuple[Value, Value]:
        u = x / across
        v = y / along
        uu = u * u
        vv = v * v
        u6 = uu * uu * uu
        v6 = vv * vv * vv
        dx = (2.0 * dish + 16.0 * wall * (u6 * u6 * uu)) * u / across
        dy = (2.0 * dish + 16.0 * wall * (v6 * v6 * vv)) * v / along
        for height, ux, uy, u0, vy, v0 in frames:
            u = ux * x + uy * y + u0
            v = vy * y + v0
            spread = 1.0 + u * u + v * v
            fall = -4.0 * height / (spread * spread * spread)
            dx = dx + fall * u * ux
            dy = dy + fall * (u * uy + v * vy)
        return dx, dy

    rough = Objective(value, gradient, (), domain)
    found = [stationary_point(rough, near) for near in hollows]
    for place, near in zip(found, hollows, strict=True):
        if not is_minimum(rough, place) or np.abs(np.subtract(place, near)).max() > 0.5:
            raise ValueError(f"hollows: no minimum within 0.5 of {near}")
    return Objective(value, gradient, tuple(sorted(found, key=rough)), domain)


# The essay's terrain. From its start at the left, plain descent ends in the rut; a hiker who keeps
# nine tenths of each step's speed is the first to cross the pass into the better valley, and steps
# beyond a third are too bold for the walls of that valley. Tests hold these statements.
terrain = landscape(
    wells=(
        Well(-0.78, -1.25, 0.55, 0.60, 1.15, 0.30),  # the rut
        Well(-0.82, 1.50, -0.20, 0.65, 0.60, 0.05),  # the better valley, steep at its heart
        Well(-0.66, 1.30, -0.60, 1.85, 1.35, -0.35),  # and wide around it
        Well(1.74, -3.70, 1.70, 1.85, 1.30, 0.15),  # the hill whose shoulder is the start
        Well(0.74, -3.25, 0.00, 1.35, 0.55, -0.40),  # a spur that turns the walk to the east
        Well(0.80, 0.05, 2.40, 1.35, 1.15, 0.40),  # the heights on both sides of the pass
        Well(1.08, -0.15, -1.50, 0.60, 0.70, 0.20),
        Well(0.98, 3.15, 1.25, 0.75, 0.60, -0.50),  # further country
        Well(1.08, 3.30, -2.10, 0.85, 0.90, -0.30),
        Well(-0.86, -3.25, -1.70, 1.30, 0.80, 0.35),
        Well(-0.48, 1.95, 2.30, 1.00, 0.60, -0.45),
    ),
    bowl=Bowl(dish=0.06, wall=0.2, x_radius=4.15, y_radius=2.62),
    domain=((-4.0, 4.0), (-2.5, 2.5)),
    hollows=((-1.2, 0.5), (1.5, -0.25), (-3.2, -1.7), (1.95, 2.3), (-3.85, 0.4)),
)

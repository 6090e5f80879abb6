"""The opening: the terrain seen from its southern edge, and the walk that ends in the rut."""

from typing import Annotated

import numpy as np

from explorables.core.landscape import terrain
from explorables.core.trajectories import Array
from explorables.plot import Area, Axes, Dot, Line, Plot, Raster, Readout, Text
from explorables.widget import Player, widget
from explorables.widgets.hike import VALLEY, hike
from explorables.widgets.local_minima import START

STEPS = 70
RIDGES, POINTS = 50, 121
EYE_HEIGHT, EYE_DISTANCE = 12.5, 13.0
XLIM, YLIM = (-3.8, 3.8), (-12.9, -7.8)

(WEST, EAST), (SOUTH, NORTH) = terrain.domain
WALK = hike(START, 0.05, 0.0, 0.0, "plain", 0)


def seen(x: Array, y: Array, z: Array) -> tuple[Array, Array]:
    """Where the place (x, y) at height z stands in the picture: central perspective, due north."""
    scale = EYE_DISTANCE / (EYE_DISTANCE + y - SOUTH)
    return x * scale, (z - EYE_HEIGHT) * scale


HERE = float(seen(WALK.x, WALK.y, WALK.heights)[1][STEPS])  # where the walk ends, up the picture


def _ridges() -> tuple[Area, ...]:
    """Lines of equal latitude, far to near, each filled below so that near hides far."""
    x = np.linspace(WEST - 0.3, EAST + 0.3, POINTS)
    drawn = []
    for latitude in np.linspace(NORTH, SOUTH, RIDGES):
        y = np.full_like(x, latitude)
        across, up = seen(x, y, terrain(np.stack([x, y], axis=-1)))
        drawn.append(Area(across, YLIM[0] - 0.2, up, role="ridge"))
    return tuple(drawn)


def _smooth(share: Array) -> Array:
    """From 0 to 1, level at both ends."""
    inside = np.clip(share, 0, 1)
    return np.asarray(inside * inside * (3 - 2 * inside))


def _veil() -> Raster:
    """What the walk does not know fades into the paper; the better valley is a rumour."""
    x, y = np.linspace(*XLIM, 78), np.linspace(*YLIM, 42)
    across, up = np.meshgrid(x, y)
    path = np.stack(seen(WALK.x, WALK.y, WALK.heights), axis=-1)[: STEPS + 1 : 3]
    place = np.stack([across, up], axis=-1)[:, :, np.newaxis]
    far = np.sqrt(((place - path) ** 2).sum(axis=-1)).min(axis=-1)
    known = 1 - _smooth((far - 0.35) / 0.95)
    valley = np.array(seen(*map(np.array, (*VALLEY, terrain(VALLEY)))))
    rumour = 1 - _smooth(np.hypot(across - valley[0], 1.6 * (up - valley[1])) / 2.4)
    width = np.interp(up, [-EYE_HEIGHT, YLIM[1]], [XLIM[1], 0.74 * XLIM[1]])
    edges = _smooth((width - np.abs(across)) / 0.9) * _smooth((YLIM[1] - up) / 0.5)
    above = _smooth((up - HERE + 1.35) / 0.9)
    shown = np.maximum(known, 0.1 + 0.32 * rumour) * edges * np.maximum(above, rumour)
    return Raster(np.zeros_like(shown), x, y, (0, 1), scale="none", veil=1 - shown, role="ridge")


GROUND = (*_ridges(), _veil())


@widget
def opening(n_steps: Annotated[int, Player(0, STEPS, label="Steps")] = STEPS) -> Plot:
    """A walk downhill that ends in a hollow, with lower ground out of sight."""
    path = seen(WALK.x[: n_steps + 1], WALK.y[: n_steps + 1], WALK.heights[: n_steps + 1])
    here = path[0][-1], path[1][-1]
    rests = n_steps == STEPS
    height = Readout(float(WALK.heights[n_steps]), "height", format=".2f")
    lowest = Readout(terrain(VALLEY), format=".2f")
    there = seen(*map(np.array, (*VALLEY, terrain(VALLEY))))
    label = "you are here\nevery step out\nleads up" if rests else "you are here"
    return Plot(
        Axes(
            *GROUND,
            Line([here[0], here[0]], [here[1], here[1] - 1.1], role="leader", label=label),
            Line(*path, role="path"),
            Dot(*path, role="path"),
            Dot(path[0][0], path[1][0], role="start"),
            Dot(*here, role="path"),
            Dot(*there, role="ghost"),
            Text(*there, "somewhere lower", role="place"),
            xlim=XLIM,
            ylim=YLIM,
            aspect=2.5,
        ),
        readouts={"height": height, "steps": Readout(n_steps, "steps"), "lowest": lowest},
        takeaway=(
            f"A walk that only ever goes down has come to rest at {height.text()}. "
            f"Out of its sight the ground goes down to {lowest.text()}."
            if rests
            else f"After {n_steps} steps downhill the walk is at {height.text()}."
        ),
        table={
            "step": [*range(0, n_steps, 10), n_steps],
            "height": [round(float(WALK.heights[i]), 3) for i in (*range(0, n_steps, 10), n_steps)],
        },
    )

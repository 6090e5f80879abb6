"""opening: a walk that only goes down, and ground that hides what is behind it."""

import numpy as np
import pytest

from explorables.core.landscape import terrain
from explorables.plot import Area, Dot, Line, Raster
from explorables.scene import LAYOUTS, lower
from explorables.widgets.hike import RUT, VALLEY
from explorables.widgets.opening import GROUND, STEPS, WALK, opening, seen


def test_the_walk_goes_down_at_every_step_and_ends_in_the_rut() -> None:
    assert (np.diff(WALK.heights[: STEPS + 1]) < 0).all()
    assert WALK.heights[STEPS] == pytest.approx(terrain(RUT), abs=1e-3)
    assert terrain(VALLEY) < WALK.heights[STEPS]


def test_what_is_near_is_drawn_later_and_lower() -> None:
    ridges = [mark for mark in GROUND if isinstance(mark, Area)]
    flat = np.zeros(2)
    _, up = seen(flat, np.array([-2.5, 2.5]), flat)
    assert up[0] < up[1]
    assert ridges[0].high.mean() > ridges[-1].high.mean()
    assert isinstance(GROUND[-1], Raster)


def test_the_veil_is_clear_along_the_walk_and_closed_at_the_edges() -> None:
    veil = GROUND[-1]
    assert isinstance(veil, Raster)
    assert veil.veil is not None
    x, y = seen(WALK.x[:STEPS], WALK.y[:STEPS], WALK.heights[:STEPS])
    for across, up in zip(x[10:], y[10:], strict=True):
        row, column = np.abs(veil.y - up).argmin(), np.abs(veil.x - across).argmin()
        assert veil.veil[row, column] < 0.1
    assert veil.veil[:, [0, -1]].min() > 0.95


@pytest.mark.parametrize("n_steps", [0, 1, 35, STEPS])
def test_every_step_is_a_picture(n_steps: int) -> None:
    plot = opening.plot({"n_steps": n_steps})
    path = next(m for m in plot.axes[0].marks if isinstance(m, Line) and m.role == "path")
    here = [m for m in plot.axes[0].marks if isinstance(m, Dot) and m.role == "path"][-1]
    assert len(path.x) == n_steps + 1
    assert (here.x[0], here.y[0]) == (path.x[-1], path.y[-1])
    assert plot.readouts["height"].text() in plot.takeaway
    assert plot.axes[0].marks[: len(GROUND)] == GROUND
    for layout in LAYOUTS.values():
        (picture,) = lower(plot, layout, opening.extents)
        texts = [shape.text for shape in picture.shapes if shape.kind == "text"]
        assert "somewhere lower" in texts
        assert any(text.startswith("you are here") for text in texts)

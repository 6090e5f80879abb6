"""local-minima: the story is true at the defaults, every state is honest, every goal is reached."""

import json
import math
import re
from typing import Any

import numpy as np
import pytest

from explorables.core.landscape import terrain
from explorables.core.objectives import is_minimum
from explorables.plot import Dot, Line, Plot, Raster, Text
from explorables.scene import LAYOUTS, lower
from explorables.widgets.hike import N_STEPS, PASS, RUT, VALLEY, hike
from explorables.widgets.local_minima import MAP, METHODS, START, local_minima

NUMBER = re.compile(r"−?\d+(?:\.\d+)?")


def ends() -> list[dict[str, Any]]:
    """Both ends of every control, and the like for those without ends."""
    return list(local_minima.sweep())


def random_states(count: int) -> list[dict[str, Any]]:
    rng = np.random.default_rng(20)
    parameters = local_minima.parameters
    sliders = ("step_size", "momentum", "noise")
    states = []
    for _ in range(count):
        state: dict[str, Any] = {
            name: float(rng.choice(parameters[name].control.values))  # type: ignore[attr-defined]
            for name in sliders
        }
        state["start"] = [float(rng.uniform(-4, 4)), float(rng.uniform(-2.5, 2.5))]
        state["method"] = str(rng.choice(list(METHODS)))
        state["n_steps"] = int(rng.integers(0, N_STEPS + 1))
        state["seed"] = int(rng.integers(0, 1000))
        states.append(state)
    return states


STATES = [*ends(), *random_states(50)]
every_state = pytest.mark.parametrize("state", STATES, ids=range(len(STATES)))


def marks(plot: Plot, kind: type, role: str) -> list[Any]:
    return [m for axes in plot.axes for m in axes.marks if isinstance(m, kind) and m.role == role]


def value(plot: Plot, readout: str) -> Any:
    return plot.readouts[readout].value


def test_plain_descent_settles_in_the_rut() -> None:
    plot = local_minima.plot({"method": "plain"})
    assert value(plot, "valley") == "the rut"
    assert value(plot, "final_height") == pytest.approx(terrain(RUT), abs=1e-4)
    assert -0.65 < value(plot, "final_height") < -0.45
    assert 50 <= value(plot, "rut_steps") <= 90
    assert value(plot, "highest_crossed") is None
    assert value(plot, "rise") is None


def test_nine_tenths_of_the_speed_cross_the_pass_into_the_better_valley() -> None:
    plot = local_minima.plot()
    assert value(plot, "valley") == "the better valley"
    assert value(plot, "final_height") == pytest.approx(terrain(VALLEY), abs=1e-3)
    assert -1.4 < value(plot, "final_height") < -1.25
    assert value(plot, "speed") < 0.01
    assert value(plot, "slope") < 0.05
    assert value(plot, "rut_height") - value(plot, "final_height") > 0.5


def test_it_is_worse_before_it_is_better() -> None:
    plot = local_minima.plot()
    assert value(plot, "rise") > 0.25
    assert value(plot, "rise_steps") >= 5
    assert value(plot, "highest_crossed") > terrain(PASS)
    labels = [m.label for m in local_minima.view_plot("height").axes[0].marks]
    assert any(label.startswith("worse before better") for label in labels)


def test_nine_tenths_is_the_least_momentum_at_the_default_boldness() -> None:
    homes = [value(local_minima.plot({"momentum": m / 100}), "valley") for m in range(80, 96)]
    assert homes == ["the rut"] * 10 + ["the better valley"] * 6


def test_a_bolder_step_escapes_with_less_momentum() -> None:
    least = []
    for step_size in (0.05, 0.1, 0.15, 0.2):
        momenta = (m / 100 for m in range(99))
        escapes = (
            m
            for m in momenta
            if local_minima.plot({"step_size": step_size, "momentum": m}).readouts["valley"].value
            == "the better valley"
        )
        least.append(next(escapes))
    assert least == sorted(least, reverse=True)
    assert least[0] - least[-1] > 0.1


def test_the_boldest_step_leaves_the_map_for_good() -> None:
    plot = local_minima.plot({"step_size": 0.4, "momentum": 0.98})
    assert not math.isfinite(value(plot, "final_height"))
    assert plot.readouts["final_height"].text() == "–"
    assert value(plot, "valley") == "off the map"
    assert "for good" in plot.takeaway


def test_noise_escapes_in_some_lives_and_not_in_others() -> None:
    homes = {
        value(local_minima.plot({"method": "noisy", "noise": 0.15, "seed": seed}), "valley")
        for seed in range(60)
    }
    assert {"the rut", "the better valley"} <= homes


def test_the_places_are_what_they_are_called() -> None:
    assert is_minimum(terrain, RUT)
    assert is_minimum(terrain, VALLEY)
    assert not is_minimum(terrain, PASS)
    assert np.abs(terrain.grad(PASS)).max() < 1e-9
    assert terrain(VALLEY) < terrain(RUT) < terrain(PASS)
    names = {m.text: m for m in marks(local_minima.plot(), Text, "place")}
    assert names.keys() == {"the rut", "the pass", "the better valley"}


def test_from_the_pass_it_goes_down_to_the_rut_on_one_side_and_the_valley_on_the_other() -> None:
    homes = {
        hike(PASS._replace(x=PASS.x + d, y=PASS.y), 0.05, 0.0, 0.0, "plain", 0).home(N_STEPS)
        for d in (-0.05, 0.05)
    }
    assert homes == {"the rut", "the better valley"}


@pytest.mark.parametrize("goal", ["stuck", "escape", "overshoot"])
def test_show_me_reaches_the_goal_and_the_default_does_not(goal: str) -> None:
    shown = {g.id: g for g in local_minima.plot().goals}[goal].show
    assert {g.id: g.reached for g in local_minima.plot(shown).goals}[goal]
    assert not {g.id: g.reached for g in local_minima.plot().goals}[goal]


def test_escape_is_scored_by_its_momentum_and_only_without_noise() -> None:
    scores = {g.id: g.score for g in local_minima.plot().goals}
    assert scores["escape"] == 0.9
    shown = {g.id: g for g in local_minima.plot().goals}["escape"].show
    assert {g.id: g.score for g in local_minima.plot(shown).goals}["escape"] == shown["momentum"]
    noisy = local_minima.plot({**shown, "noise": 0.01})
    assert {g.id: g.score for g in noisy.goals}["escape"] is None


def test_a_walk_that_was_never_in_danger_of_the_rut_is_no_escape() -> None:
    goals = {g.id: g for g in local_minima.plot({"start": [2.5, -0.5], "momentum": 0.5}).goals}
    assert not goals["escape"].reached
    assert goals["escape"].score is None


def test_overshooting_is_for_good() -> None:
    shown = {g.id: g for g in local_minima.plot().goals}["overshoot"].show
    walk = hike(START, shown["step_size"], shown["momentum"], 0.0, shown["method"], 1)
    assert walk.restless
    assert not hike(START, 0.05, 0.9, 0.0, "heavy-ball", 1).restless


@every_state
def test_every_state_is_a_picture_with_a_true_takeaway(state: dict[str, Any]) -> None:
    plot, view = local_minima.plot(state), local_minima.view_plot("height", state)
    assert plot.takeaway.endswith(".")
    assert view.takeaway.endswith(".")
    said = {readout.text() for readout in plot.readouts.values()}
    said |= {f"{local_minima.coerce(state)['momentum']:.2f}"}
    assert set(NUMBER.findall(plot.takeaway)) <= said
    for picture in (plot, view):
        assert Plot.from_json(json.loads(json.dumps(picture.to_json()))).takeaway
        assert marks(picture, Line, "path")


@every_state
def test_every_state_shows_where_the_hiker_is(state: dict[str, Any]) -> None:
    plot = local_minima.plot(state)
    n = int(state.get("n_steps", N_STEPS))
    (path,) = marks(plot, Line, "path")
    here = marks(plot, Dot, "path")[-1]
    assert len(path.x) == n + 1
    assert (path.x[0], path.y[0]) == tuple(local_minima.coerce(state)["start"])
    if value(plot, "valley") != "off the map":
        assert value(plot, "final_height") == terrain((float(here.x[0]), float(here.y[0])))


@every_state
def test_every_state_has_shapes_in_both_layouts(state: dict[str, Any]) -> None:
    plot, view = local_minima.plot(state), local_minima.view_plot("height", state)
    for layout in LAYOUTS.values():
        (picture,) = lower(plot, layout, local_minima.extents)
        assert any("role-path" in shape.classes for shape in picture.shapes)
        (chart,) = lower(view, layout, local_minima.view_extents("height"))
        assert any("role-path" in shape.classes for shape in chart.shapes)


def test_unchanged_marks_are_the_same_objects() -> None:
    one, other = (local_minima.plot({"momentum": m}) for m in (0.5, 0.6))
    for role, kind in (("ghost", Line), ("ghost", Dot), ("place", Text)):
        assert marks(one, kind, role) == marks(other, kind, role)
    assert all(MAP in plot.axes[0].marks for plot in (one, other))
    assert isinstance(MAP, Raster)
    assert MAP.scale == "terrain"
    assert MAP.domain[0] < MAP.z.min()
    assert MAP.domain[1] == pytest.approx(MAP.z.max(), abs=0.15)


def test_plain_descent_needs_no_comparison() -> None:
    assert not marks(local_minima.plot({"method": "plain"}), Line, "ghost")
    assert marks(local_minima.plot(), Line, "ghost")


def test_the_names_on_the_map_find_a_place_in_both_layouts() -> None:
    for layout in LAYOUTS.values():
        (picture,) = lower(local_minima.plot(), layout, local_minima.extents)
        texts = {shape.text for shape in picture.shapes if shape.kind == "text"}
        assert texts == {"start", "the rut", "the pass", "the better valley"}

"""The scene of one small widget a control, at its default and at the last value of its sweep.

Kept in `snapshots/`; renew with EXPLORABLES_RENEW=1.
"""

import json
import os
from pathlib import Path
from typing import Annotated, Any

import pytest

from explorables.plot import Axes, Dot, Line, Plot, Rule, Text
from explorables.scene import LAYOUTS, lower
from explorables.widget import (
    Choice,
    Curve,
    Drag,
    Draw,
    From,
    Player,
    Point,
    Seed,
    Slider,
    Toggle,
    Widget,
    Words,
    widget,
)

SNAPSHOTS = Path(__file__).parent / "snapshots"
HOME = Point(0.5, 0.5)


@widget
def slider(height: Annotated[float, Slider(0, 4, 0.5)] = 1.0) -> Plot:
    """A level line."""
    return Plot(Axes(Line([0, 1], height, label=f"height {height:g}"), x="x", y="y"))


@widget
def log_slider(rate: Annotated[float, Slider(0.01, 1, log=True)] = 0.1) -> Plot:
    """A rate on a logarithmic axis."""
    return Plot(Axes(Dot(1, rate, label="rate"), x="x", y="rate", log="y"))


@widget
def player(n_steps: Annotated[int, Player(0, 8)] = 4) -> Plot:
    """A walk along a parabola."""
    steps = range(n_steps + 1)
    return Plot(Axes(Line([*steps], [n * n for n in steps], role="path"), x="step", y="square"))


@widget
def choice(side: Annotated[str, Choice(("left", "right"))] = "left") -> Plot:
    """A name on one side."""
    return Plot(Axes(Text(0 if side == "left" else 1, 0, side), xlim=(-1, 2), ylim=(-1, 1)))


@widget
def toggle(shown: Annotated[tuple[bool, ...], Toggle(labels=("a", "b"))] = (True, False)) -> Plot:
    """One upright line for each toggle that is on."""
    return Plot(Axes(*(Rule(x=i) for i, on in enumerate(shown) if on), x="x", xlim=(-1, 2)))


@widget
def seed(life: Annotated[int, Seed()] = 1) -> Plot:
    """A point that a seed decides."""
    return Plot(Axes(Dot(life % 3, life % 5), xlim=(-1, 3), ylim=(-1, 5)))


@widget
def words(name: Annotated[str, Words()] = "a grudge") -> Plot:
    """The reader's own words."""
    return Plot(Axes(Dot(0, 0, label=name), xlim=(-1, 1), ylim=(-1, 1)))


@widget
def drag(place: Annotated[Point, Drag((0, 1), (0, 1))] = HOME) -> Plot:
    """A point that is dragged."""
    return Plot(Axes(Dot(*place, sets="place", tip="drag me"), xlim=(0, 1), ylim=(0, 1)))


@widget
def draw(curve: Annotated[Curve | None, Draw((0, 1))] = None) -> Plot:
    """A curve, once it is drawn."""
    heights = curve or (float("nan"),) * 33
    line = Line([i / 32 for i in range(33)], heights, sets="curve")
    return Plot(Axes(line, xlim=(0, 1), ylim=(0, 1)))


@widget
def come_from(momentum: Annotated[float, From("local-minima.momentum")] = 0.9) -> Plot:
    """What another widget said."""
    return Plot(Axes(Rule(y=momentum, label=f"{momentum:g}"), y="momentum", ylim=(0, 1)))


WIDGETS = [slider, log_slider, player, choice, toggle, seed, words, drag, draw, come_from]
BEYOND_THE_SWEEP: dict[str, dict[str, Any]] = {
    "words": {"name": "another grudge"},
    "draw": {"curve": [i / 32 for i in range(33)]},
    "come-from": {"momentum": 0.4},
}


def states(entry: Widget[...]) -> list[dict[str, Any]]:
    """The default, and the last state of the sweep or one that has to be given by hand."""
    return [entry.defaults, entry.coerce(BEYOND_THE_SWEEP.get(entry.name, [*entry.sweep()][-1]))]


def scene(entry: Widget[...], state: dict[str, Any]) -> str:
    pictures = {
        name: [picture.to_json() for picture in lower(entry.plot(state), layout, entry.extents)]
        for name, layout in LAYOUTS.items()
    }
    return json.dumps(pictures, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


@pytest.mark.parametrize("entry", WIDGETS, ids=lambda entry: entry.name)
def test_the_scene_of_a_control_is_as_it_was(entry: Widget[...]) -> None:
    text = "\n".join(scene(entry, state).replace('{"key"', '\n{"key"') for state in states(entry))
    path = SNAPSHOTS / f"control-{entry.name}.json"
    if os.environ.get("EXPLORABLES_RENEW"):
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", WIDGETS, ids=lambda entry: entry.name)
def test_a_control_changes_the_picture_but_not_its_frame(entry: Widget[...]) -> None:
    before, after = (
        lower(entry.plot(state), LAYOUTS["narrow"], entry.extents)[0] for state in states(entry)
    )
    assert [s.to_json() for s in before.shapes] != [s.to_json() for s in after.shapes]
    frame = ("axis", "grid", "tick-label", "axis-name")
    assert [s.to_json() for s in before.shapes if s.classes in frame] == [
        s.to_json() for s in after.shapes if s.classes in frame
    ]
    assert (before.box, before.xlim, before.ylim) == (after.box, after.xlim, after.ylim)

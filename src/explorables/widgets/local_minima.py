"""Local minima: the rut that is not bad enough to leave, and what crosses the pass."""

from functools import lru_cache
from typing import Annotated

import numpy as np

from explorables.core.landscape import terrain
from explorables.plot import Area, Axes, Dot, Goal, Line, Mark, Plot, Raster, Readout, Text
from explorables.widget import Choice, Drag, Player, Point, Seed, Slider, widget
from explorables.widgets.hike import N_STEPS, PASS, RUT, VALLEY, Hike, hike

METHODS = {
    "plain": "Plain",
    "heavy-ball": "Heavy ball",
    "nesterov": "Nesterov",
    "noisy": "Noisy",
    "annealing": "Annealed",
    "adam": "Adam",
}
START = Point(-2.9, 1.1)
HEIGHTS = (-1.5, 1.25)
VISIBLE = 0.1  # the least climb that is worth a band in the chart of heights

(LEFT, RIGHT), (LOW, HIGH) = terrain.domain
GRID_X, GRID_Y = np.linspace(LEFT, RIGHT, 161), np.linspace(LOW, HIGH, 101)
MAP = Raster(
    terrain(np.stack(np.meshgrid(GRID_X, GRID_Y), axis=-1)),
    GRID_X,
    GRID_Y,
    domain=(-1.4, 1.75),
    scale="terrain",
)
NAMES = (
    Text(*RUT, "the rut", role="place"),
    Text(*PASS, "the pass", role="place"),
    Text(*VALLEY, "the better valley", role="place"),
)

Start = Annotated[Point, Drag(x=(LEFT, RIGHT), y=(LOW, HIGH), label="Start")]
StepSize = Annotated[float, Slider(0.01, 0.4, log=True, label="Boldness")]
Share = Annotated[
    float, Slider(0, 0.98, 0.01, label="Momentum", when=("method", "heavy-ball", "nesterov"))
]
Noise = Annotated[
    float, Slider(0, 0.2, 0.01, label="Randomness", when=("method", *list(METHODS)[1:]))
]
Method = Annotated[str, Choice(METHODS, label="Method")]
Steps = Annotated[int, Player(0, N_STEPS, label="Steps")]
Life = Annotated[int, Seed(label="Life", when=("method", "noisy", "annealing"))]


@widget
def local_minima(
    start: Start = START,
    step_size: StepSize = 0.05,
    momentum: Share = 0.9,
    noise: Noise = 0.0,
    method: Method = "heavy-ball",
    n_steps: Steps = N_STEPS,
    seed: Life = 1,
) -> Plot:
    """A walk downhill over a landscape with more than one valley.

    The dotted walk starts at the same spot with the same step size and obeys the slope alone.
    `highest_crossed` is the highest point since the ground first rose underfoot, `rise` the
    longest unbroken climb; both are None for a walk that never went up.
    """
    walk = hike(start, step_size, momentum, noise, method, seed)
    ghost = hike(start, step_size, 0.0, 0.0, "plain", 0)
    climbs = walk.climbs(n_steps)
    highest = max((float(walk.heights[climb.top]) for climb in climbs), default=None)
    steepest = max(climbs, key=lambda climb: climb.rise, default=None)
    keeps = method in ("heavy-ball", "nesterov")
    return Plot(
        Axes(
            MAP,
            *(_ghost_on_map(start, step_size) if method != "plain" else ()),
            Line(walk.x[: n_steps + 1], walk.y[: n_steps + 1], role="path"),
            Dot(walk.x[: n_steps + 1], walk.y[: n_steps + 1], role="path"),
            Dot(walk.x[n_steps], walk.y[n_steps], role="path"),
            Dot(*start, role="start", label="start", sets="start"),
            *NAMES,
            xlim=(LEFT, RIGHT),
            ylim=(LOW, HIGH),
            aspect=1.6,
        ),
        readouts={
            "final_height": Readout(float(walk.heights[n_steps]), "height", format=".2f"),
            "slope": Readout(float(walk.slopes[n_steps]), "slope underfoot", format=".3f"),
            "speed": Readout(walk.speed(n_steps), "speed", format=".3f"),
            "n_steps": Readout(n_steps, "steps"),
            "highest_crossed": Readout(highest, "highest crossed", format=".2f"),
            "valley": _whereabouts(walk, n_steps),
            "rise": Readout(steepest and steepest.rise, format=".2f"),
            "rise_steps": steepest and steepest.top - steepest.foot,
            "rut_height": Readout(float(ghost.heights[-1]), format=".2f"),
            "rut_steps": ghost.settled,
        },
        takeaway=_takeaway(walk, ghost, n_steps, momentum if keeps else None, highest),
        goals=_goals(walk, ghost, n_steps, momentum if keeps else None),
        table=_table(walk, ghost, n_steps),
    )


@local_minima.view
def height(
    start: Point,
    step_size: float,
    momentum: float,
    noise: float,
    method: str,
    n_steps: int,
    seed: int,
) -> Plot:
    """Height after each step, beside the walk that obeys the slope alone."""
    walk = hike(start, step_size, momentum, noise, method, seed)
    steps, heights = np.arange(n_steps + 1), walk.heights[: n_steps + 1]
    name = {"heavy-ball": f"momentum {momentum:.2f}", "nesterov": f"Nesterov {momentum:.2f}"}
    label = f"{name.get(method, METHODS[method])}\n{_number(heights[-1])}"
    return Plot(
        Axes(
            *_worse(walk, n_steps),
            *(_ghost_over_time(start, step_size) if method != "plain" else ()),
            Line(steps, heights, role="path", label=label),
            Dot(n_steps, heights[-1], role="path"),
            title="Height",
            x="steps",
            y="step by step",
            xlim=(0, N_STEPS),
            ylim=HEIGHTS,
        ),
        takeaway=_course(walk, n_steps),
        table={},
    )


def _number(value: float) -> str:
    return Readout(float(value), format=".2f").text()


@lru_cache(maxsize=64)
def _ghost_on_map(start: Point, step_size: float) -> tuple[Mark, ...]:
    ghost = hike(start, step_size, 0.0, 0.0, "plain", 0)
    return Line(ghost.x, ghost.y, role="ghost"), Dot(ghost.x[-1], ghost.y[-1], role="ghost")


@lru_cache(maxsize=64)
def _ghost_over_time(start: Point, step_size: float) -> tuple[Mark, ...]:
    heights = hike(start, step_size, 0.0, 0.0, "plain", 0).heights
    label = f"slope alone\n{_number(heights[-1])}"
    steps = np.arange(N_STEPS + 1)
    return (
        Line(steps, heights, role="ghost", label=label),
        Dot(N_STEPS, heights[-1], role="ghost"),
    )


def _worse(walk: Hike, n: int) -> tuple[Mark, ...]:
    """The longest climb as a band; "worse before better" when the walk ends below its foot."""
    climb = max(walk.climbs(n), key=lambda climb: climb.rise, default=None)
    if climb is None or climb.rise < VISIBLE:
        return ()
    better = walk.heights[n] < walk.heights[climb.foot]
    name = "worse before better" if better else "worse"
    count = climb.top - climb.foot
    label = f"{name}\n+{_number(climb.rise)} over {count} step{'s' if count > 1 else ''}"
    return (Area([climb.foot, climb.top], *HEIGHTS, role="path", label=label),)


def _course(walk: Hike, n: int) -> str:
    """The chart of heights in a sentence: where the longest climb was, and where it all ended."""
    climb = max(walk.climbs(n), key=lambda climb: climb.rise, default=None)
    end = _number(walk.heights[n])
    if climb is None or climb.rise < VISIBLE:
        return f"The height falls from {_number(walk.heights[0])} to {end} in {n} steps."
    return (
        f"The height falls to {_number(walk.heights[climb.foot])}, climbs by "
        f"{_number(climb.rise)} from step {climb.foot} to step {climb.top}, "
        f"and after {n} steps it is {end}."
    )


def _table(walk: Hike, ghost: Hike, n: int) -> dict[str, list[float | str]]:
    """Every tenth step, the foot and the top of the longest climb, and the last step."""
    climb = max(walk.climbs(n), key=lambda climb: climb.rise, default=None)
    turns = (climb.foot, climb.top) if climb else ()
    steps = sorted({*range(0, n, 10), *turns, n})
    return {
        "step": list(steps),
        "height": [_number(walk.heights[i]) for i in steps],
        "slope underfoot": [_number(walk.slopes[i]) for i in steps],
        "height on slope alone": [_number(ghost.heights[i]) for i in steps],
    }


def _whereabouts(walk: Hike, n: int) -> str:
    if walk.off_map(n):
        return "off the map"
    return walk.home(n) or "on the way"


def _takeaway(
    walk: Hike, ghost: Hike, n: int, momentum: float | None, highest: float | None
) -> str:
    """What is true of the walk after n steps, in a sentence or two."""
    height, home = _number(walk.heights[n]), walk.home(n)
    if n == 0:
        return "The hiker has not set out. All it can feel is the slope underfoot."
    if walk.diverged(n):
        return "Each leap was longer than the last. The hiker has left the map for good."
    if walk.off_map(n):
        return "The hiker has been carried off the map."
    if walk.at_rest(n):
        return _rest(ghost, height, home, momentum, highest)
    if n == N_STEPS and walk.restless:
        return "The step is too bold for this ground: the hiker leaps to and fro and never settles."
    if walk.noisy and home:
        return (
            f"The jolts let the hiker rest nowhere, yet it has kept to {home}. It is at {height}."
        )
    return f"After {n} steps the hiker is still on its way, at a height of {height}."


def _rest(
    ghost: Hike, height: str, home: str, momentum: float | None, highest: float | None
) -> str:
    if home == "the better valley" and ghost.home(N_STEPS) == "the rut":
        stays = "stops in" if ghost.at_rest(N_STEPS) else "never gets out of"
        where = f", at {_number(ghost.heights[-1])}" if ghost.at_rest(N_STEPS) else ""
        other = f"The one that keeps {momentum:.2f} of its speed" if momentum else "The other"
        return (
            f"Two hikers leave the same spot. The one that obeys only the slope {stays} the rut"
            f"{where}. {other} gets across and comes to rest in the better valley, at {height}."
        )
    if home == "the rut" and momentum and highest is not None:
        return (
            f"The hiker keeps {momentum:.2f} of its speed, climbs as high as {_number(highest)} "
            f"and rolls back. It rests in the rut, at {height}."
        )
    if home == "the rut":
        return f"The hiker rests in the rut, at {height}. Every step from here leads up."
    return f"The hiker comes to rest in {home}, at {height}."


def _goals(walk: Hike, ghost: Hike, n: int, momentum: float | None) -> tuple[Goal, ...]:
    home = walk.home(n) if walk.at_rest(n) else ""
    escaped = home == "the better valley" and ghost.home(N_STEPS) == "the rut" and not walk.noisy
    lost = n == N_STEPS and not walk.noisy and (walk.restless or walk.diverged(n))
    bare = {"start": START, "noise": 0.0, "n_steps": N_STEPS}
    return (
        Goal(
            "stuck",
            home == "the rut",
            "Get stuck in the rut, and be content with it",
            "Obey the slope and nothing else.",
            {**bare, "method": "plain", "step_size": 0.05},
        ),
        Goal(
            "escape",
            escaped and momentum is not None and momentum < 0.9,
            "Escape with less momentum than 0.9: how little will do?",
            "At this boldness 0.9 is the least. Bolder steps need less of it.",
            {**bare, "method": "heavy-ball", "step_size": 0.3, "momentum": 0.64},
            momentum if escaped else None,
        ),
        Goal(
            "overshoot",
            lost,
            "Overshoot for good: find a step that never comes home",
            "Keep the momentum, and make every step bolder.",
            {**bare, "method": "heavy-ball", "step_size": 0.36, "momentum": 0.9},
        ),
    )

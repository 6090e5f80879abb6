"""One hike over the essay's terrain, and what can truly be said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from explorables.core.landscape import terrain
from explorables.core.objectives import stationary_point
from explorables.core.optimizers import (
    Adam,
    GradientDescent,
    Jolts,
    Momentum,
    NoisyGradientDescent,
    Optimizer,
    SimulatedAnnealing,
)
from explorables.core.trajectories import (
    Array,
    Climb,
    Trajectory,
    climbs,
    minimize,
    settling_step,
)
from explorables.widget import Point

N_STEPS = 140
LATER = 360  # how much longer a restless hiker is watched before it counts as restless for good
FIRST_JOLT, COOLING = 2.0, 0.96  # annealing: in units of the noise, and the share of heat kept
FLAT = 0.05  # a slope on which a hiker may be said to rest
NEAR = 0.9  # how far a valley reaches around its lowest point
JUST_UPHILL = 0.005  # a climb too small to speak of

NAMES = (
    "the better valley",
    "a valley in the south-west",
    "the rut",
    "a high valley in the north",
    "a hollow on the hillside",
)
PLACES = {name: Point(*place) for name, place in zip(NAMES, terrain.minima, strict=True)}
VALLEY, RUT = PLACES["the better valley"], PLACES["the rut"]
PASS = Point(*stationary_point(terrain, near=(-0.3, -0.3)))


def optimizer(method: str, step_size: float, momentum: float, noise: float) -> Optimizer:
    """The rule that a method's name stands for; `noise` jolts every method but plain descent."""
    if method == "annealing":
        temperature = (FIRST_JOLT * noise) * (FIRST_JOLT * noise) / (2 * step_size)
        return SimulatedAnnealing(step_size, temperature, COOLING)
    if method == "noisy":
        return NoisyGradientDescent(step_size, noise)
    calm: dict[str, Optimizer] = {
        "plain": GradientDescent(step_size),
        "heavy-ball": Momentum(step_size, momentum),
        "nesterov": Momentum(step_size, momentum, nesterov=True),
        "adam": Adam(step_size),
    }
    return Jolts(calm[method], noise) if noise and method != "plain" else calm[method]


@dataclass(frozen=True, eq=False)
class Hike:
    """A walk of `N_STEPS` steps; every question is asked of its first n steps."""

    walk: Trajectory
    rule: Optimizer
    noisy: bool

    @property
    def x(self) -> Array:
        """Where the hiker stands, west to east, after each step."""
        return self.walk.params[:, 0]

    @property
    def y(self) -> Array:
        """Where the hiker stands, south to north, after each step."""
        return self.walk.params[:, 1]

    @property
    def heights(self) -> Array:
        """The height after each step."""
        return self.walk.values

    @cached_property
    def slopes(self) -> Array:
        """The steepness underfoot after each step."""
        dx, dy = np.moveaxis(terrain.grad(self.walk.params), -1, 0)
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(np.sqrt(dx * dx + dy * dy))

    def speed(self, n: int) -> float:
        """The length of step n."""
        with np.errstate(over="ignore", invalid="ignore"):
            dx, dy = self.walk.params[n] - self.walk.params[max(n - 1, 0)]
            return float(np.sqrt(dx * dx + dy * dy))

    def climbs(self, n: int) -> Sequence[Climb]:
        """The climbs worth speaking of."""
        return climbs(self.heights[: n + 1].tolist(), JUST_UPHILL)

    def off_map(self, n: int) -> bool:
        """Whether the hiker is well beyond the map's edge, or nowhere at all."""
        (left, right), (low, high) = terrain.domain
        x, y = self.walk.params[n]
        return not (1.2 * left < x < 1.2 * right and 1.2 * low < y < 1.2 * high)

    def diverged(self, n: int) -> bool:
        """Whether there is no number left that says where the hiker is."""
        return not np.isfinite(self.heights[n])

    def at_rest(self, n: int) -> bool:
        """Whether the last ten steps were on ground as good as flat, near a lowest point."""
        return n >= 10 and bool((self.slopes[n - 9 : n + 1] < FLAT).all()) and self.home(n) != ""

    def home(self, n: int) -> str:
        """The valley in which the last twenty steps were; "" when it is not one."""
        recent = self.walk.params[max(n - 19, 0) : n + 1]
        for name, place in PLACES.items():
            with np.errstate(over="ignore", invalid="ignore"):
                if (((recent - place) ** 2).sum(axis=1) < NEAR * NEAR).all():
                    return name
        return ""

    @cached_property
    def restless(self) -> bool:
        """Whether the hiker, without any jolts, still wanders or leaps to and fro after `LATER`
        steps more."""
        if self.noisy or self.at_rest(N_STEPS):
            return False
        later = minimize(terrain, self.rule, self.walk.states, LATER).params[-30:]
        return not bool((np.ptp(later, axis=0) < 0.1).all())

    @cached_property
    def settled(self) -> int | None:
        """The step from which the hiker stays where it ends; None when it does not come to rest."""
        return settling_step(self.walk.params, 0.05) if self.at_rest(N_STEPS) else None


@lru_cache(maxsize=256)
def hike(
    start: Point, step_size: float, momentum: float, noise: float, method: str, seed: int
) -> Hike:
    """The hike from `start` by the named method; the same one for the same values."""
    rule = optimizer(method, step_size, momentum, noise)
    walk = minimize(terrain, rule, start, N_STEPS, np.random.default_rng(seed))
    return Hike(walk, rule, noisy=noise > 0 and method != "plain")

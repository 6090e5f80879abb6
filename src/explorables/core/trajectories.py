"""Trajectories: the walks that optimizers make on an objective, one hiker's or a crowd's.

>>> from explorables.core.objectives import quadratic
>>> from explorables.core.optimizers import GradientDescent
>>> walk = minimize(quadratic((1.0,)), GradientDescent(0.5), (8.0,), 3)
>>> walk.params.ravel(), walk.values
(array([8., 4., 2., 1.]), array([32. ,  8. ,  2. ,  0.5]))
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorables.core.objectives import Objective
from explorables.core.optimizers import Optimizer, Rng

Array = NDArray[np.float64]


class Trajectory(NamedTuple):
    """A walk: `params` (n_steps + 1, d) and `values` (n_steps + 1,), the start among them, and the
    optimizer's last `states`, one for each coordinate, from which the walk can go on.

    Of a crowd of n: `params` (n_steps + 1, n, d) and `values` (n_steps + 1, n).
    """

    params: Array
    values: Array
    states: tuple[Any, ...]


def minimize(
    objective: Objective, optimizer: Optimizer, start: Any, n_steps: int, rng: Rng = None
) -> Trajectory:
    """Walk `n_steps` steps from `start`, d numbers, or on from the `states` of an earlier walk.

    A walk that diverges goes on with infinities and NaN; nothing is raised and nothing warns.
    """
    if not _are_states(start):
        start = tuple(optimizer.init(float(coordinate)) for coordinate in start)
    return _walk(objective, optimizer, start, n_steps, rng)


def minimize_many(
    objective: Objective, optimizer: Optimizer, starts: Any, n_steps: int, rng: Rng = None
) -> Trajectory:
    """Walk a crowd from `starts` (n, d), or on from the `states` of an earlier walk.

    Without randomness each member walks bit for bit as it would alone.
    """
    if _are_states(starts):
        return _walk(objective, optimizer, starts, n_steps, rng)
    columns = np.array(starts, dtype=np.float64)
    if columns.ndim != 2:
        raise ValueError(f"starts of shape {columns.shape}: one row for each walk, (n, d)")
    return _walk(objective, optimizer, tuple(map(optimizer.init, columns.T.copy())), n_steps, rng)


def _are_states(start: Any) -> bool:
    return all(hasattr(entry, "params") for entry in start)


def _walk(
    objective: Objective, optimizer: Optimizer, states: tuple[Any, ...], n_steps: int, rng: Rng
) -> Trajectory:
    if n_steps < 0:
        raise ValueError(f"n_steps {n_steps}: 0 or more")
    path = [[state.params for state in states]]
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for _ in range(n_steps):
            grads = objective.gradient(*path[-1])
            states = tuple(
                optimizer.update(state, grad, rng)
                for state, grad in zip(states, grads, strict=True)
            )
            path.append([state.params for state in states])
    params = np.moveaxis(np.array(path, dtype=np.float64), 1, -1)
    return Trajectory(params, objective(params), states)


class Climb(NamedTuple):
    """Consecutive steps that all lead up: the step at its foot, the step at its top, the rise."""

    foot: int
    top: int
    rise: float


def climbs(values: Sequence[float], least: float = 0.0) -> list[Climb]:
    """The climbs of a walk that rise by more than `least`, in order; what is not finite ends one.

    >>> climbs([3.0, 1.0, 2.0, 4.0, 0.0, 0.5])
    [Climb(foot=1, top=3, rise=3.0), Climb(foot=4, top=5, rise=0.5)]
    """
    found, foot = [], 0
    for step in range(1, len(values) + 1):
        rises = step < len(values) and values[step - 1] < values[step] < math.inf
        if not rises:
            if values[step - 1] - values[foot] > least:
                found.append(Climb(foot, step - 1, values[step - 1] - values[foot]))
            foot = step
    return found


def settling_step(params: Array, radius: float) -> int | None:
    """The first step from which a walk (n_steps + 1, d) keeps within `radius` of its end, at least
    for its last tenth; None when it does not."""
    distance = np.sqrt(((params - params[-1]) ** 2).sum(axis=1))
    away = np.flatnonzero(~(distance <= radius))
    settled = int(away[-1]) + 1 if len(away) else 0
    return settled if settled <= 0.9 * (len(params) - 1) else None

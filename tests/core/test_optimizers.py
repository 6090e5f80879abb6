"""Optimizers: each rule against its textbook recurrence, against PyTorch, and on its limits."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorables.core.landscape import terrain
from explorables.core.objectives import quadratic
from explorables.core.optimizers import (
    Adam,
    GradientDescent,
    Jolts,
    Momentum,
    NoisyGradientDescent,
    Optimizer,
    SimulatedAnnealing,
)
from explorables.core.trajectories import minimize, minimize_many

ORACLE = Path(__file__).parents[1] / "oracle" / "torch_trajectories.json"
CALM: list[Optimizer] = [
    GradientDescent(0.05),
    Momentum(0.05, 0.9),
    Momentum(0.05, 0.9, nesterov=True),
    Adam(0.05),
    Jolts(Momentum(0.05, 0.9), 0.0),
    SimulatedAnnealing(0.05, 0.0, 0.9),
]
NOISY: list[Optimizer] = [
    NoisyGradientDescent(0.05, 0.1),
    SimulatedAnnealing(0.05, 0.1, 0.97),
    Jolts(Momentum(0.05, 0.9), 0.1),
]
START = (-2.9, 1.1)


@given(st.floats(0.01, 1.5), st.floats(0.1, 1.2))
def test_descent_on_a_bowl_shrinks_geometrically(step_size: float, bend: float) -> None:
    walk = minimize(quadratic((bend,)), GradientDescent(step_size), (1.0,), 20)
    closed = (1 - step_size * bend) ** np.arange(21)
    assert walk.params.ravel() == pytest.approx(closed, rel=1e-9, abs=1e-12)


@given(st.floats(0.05, 1.0), st.floats(0.0, 0.95))
def test_heavy_ball_on_a_bowl_is_its_characteristic_polynomial(
    step_size: float, momentum: float
) -> None:
    """x[t+1] = (1 + β - η) x[t] - β x[t-1]: powers of the two roots, from rest."""
    walk = minimize(quadratic((1.0,)), Momentum(step_size, momentum), (1.0,), 30)
    companion = np.array([[1 + momentum - step_size, -momentum], [1.0, 0.0]])
    state = np.array([1.0, 1.0])
    for x in walk.params.ravel():
        assert x == pytest.approx(state[0], abs=1e-9)
        state = companion @ state


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_heavy_ball_is_stable_up_to_twice_one_plus_momentum(momentum: float) -> None:
    limit = 2 * (1 + momentum)
    bowl = quadratic((1.0,))
    below = minimize(bowl, Momentum(0.98 * limit, momentum), (1.0,), 2000).values
    above = minimize(bowl, Momentum(1.02 * limit, momentum), (1.0,), 2000).values
    assert below[-1] < 1e-6
    assert above[-1] > 1e6


def test_nesterov_is_a_look_ahead_in_other_letters() -> None:
    """y = x + βv; v ← βv - η∇f(y): our params are y, where the gradient is taken."""
    bend, step_size, momentum = 0.7, 0.3, 0.8
    walk = minimize(quadratic((bend,)), Momentum(step_size, momentum, nesterov=True), (1.0,), 25)
    x, v = 1.0, 0.0
    for ahead in walk.params.ravel():
        assert ahead == pytest.approx(x + momentum * v, abs=1e-12)
        v = momentum * v - step_size * bend * (x + momentum * v)
        x += v


def test_adam_steps_by_the_step_size_whatever_the_slope() -> None:
    for bend in (1e-3, 1.0, 1e3):
        walk = minimize(quadratic((bend,)), Adam(0.1), (5.0,), 5).params.ravel()
        assert walk[:-1] - walk[1:] == pytest.approx([0.1] * 5, rel=2e-2)


def test_trajectories_are_those_of_torch() -> None:
    oracle = json.loads(ORACLE.read_text(encoding="utf-8"))
    rules: dict[str, Callable[[Any], Optimizer]] = {
        "sgd": lambda c: GradientDescent(c["lr"]),
        "heavy-ball": lambda c: Momentum(c["lr"], c["momentum"]),
        "nesterov": lambda c: Momentum(c["lr"], c["momentum"], nesterov=True),
        "adam": lambda c: Adam(c["lr"], c["betas"][0], c["betas"][1], c["eps"]),
    }
    bowl = quadratic(oracle["curvatures"])
    assert {case["rule"] for case in oracle["cases"]} == rules.keys()
    for case in oracle["cases"]:
        walk = minimize(bowl, rules[case["rule"]](case), oracle["start"], len(case["params"]) - 1)
        assert np.abs(walk.params - case["params"]).max() < 1e-12, case["rule"]


@pytest.mark.parametrize("optimizer", CALM, ids=repr)
def test_a_crowd_walks_as_each_would_alone(optimizer: Optimizer) -> None:
    starts = np.random.default_rng(1).uniform((-4, -2.5), (4, 2.5), (12, 2))
    rng = np.random.default_rng(2)
    crowd = minimize_many(terrain, optimizer, starts, 150, rng)
    assert crowd.params.shape == (151, 12, 2)
    assert crowd.values.shape == (151, 12)
    for i, start in enumerate(starts):
        alone = minimize(terrain, optimizer, start, 150, rng)
        assert alone.params.tolist() == crowd.params[:, i].tolist()
        assert alone.values.tolist() == crowd.values[:, i].tolist()


def test_each_of_a_crowd_may_have_its_own_step_size_and_momentum() -> None:
    step_sizes, momenta = np.array([0.05, 0.1, 0.2]), np.array([0.0, 0.9, 0.5])
    crowd = minimize_many(terrain, Momentum(step_sizes, momenta), [START] * 3, 100)
    for i in range(3):
        alone = minimize(terrain, Momentum(float(step_sizes[i]), float(momenta[i])), START, 100)
        assert alone.params.tolist() == crowd.params[:, i].tolist()


@pytest.mark.parametrize("optimizer", CALM + NOISY, ids=repr)
def test_a_walk_goes_on_where_it_was_left(optimizer: Optimizer) -> None:
    whole = minimize(terrain, optimizer, START, 90, np.random.default_rng(3))
    rng = np.random.default_rng(3)
    first = minimize(terrain, optimizer, START, 40, rng)
    rest = minimize(terrain, optimizer, first.states, 50, rng)
    assert np.vstack([first.params, rest.params[1:]]).tolist() == whole.params.tolist()
    crowd = minimize_many(terrain, optimizer, [START], 40, np.random.default_rng(3))
    assert minimize_many(terrain, optimizer, crowd.states, 5, rng).params.shape == (6, 1, 2)


@pytest.mark.parametrize("optimizer", NOISY, ids=repr)
def test_noise_is_the_seed_s_and_needs_one(optimizer: Optimizer) -> None:
    walks = [minimize(terrain, optimizer, START, 30, np.random.default_rng(s)) for s in (1, 1, 2)]
    assert walks[0].params.tolist() == walks[1].params.tolist()
    assert walks[0].params.tolist() != walks[2].params.tolist()
    with pytest.raises(ValueError, match="rng"):
        minimize(terrain, optimizer, START, 1)


def test_a_noisy_crowd_on_a_bowl_spreads_to_its_stationary_variance() -> None:
    """x ← (1 - ηb) x + σz has variance σ² / (1 - (1 - ηb)²); 5 standard errors of a variance."""
    n, step_size, noise = 20_000, 0.1, 0.3
    optimizer = NoisyGradientDescent(step_size, noise)
    walk = minimize_many(
        quadratic((1.0,)), optimizer, np.zeros((n, 1)), 120, np.random.default_rng(5)
    )
    expected = noise**2 / (1 - (1 - step_size) ** 2)
    assert walk.params[-1].var() == pytest.approx(expected, rel=5 * math.sqrt(2 / n))


def test_annealing_jolts_by_its_temperature_and_cools() -> None:
    optimizer = SimulatedAnnealing(0.1, 2.0, 0.5)
    rng = np.random.default_rng(6)
    states = tuple(optimizer.init(np.zeros(20_000)) for _ in range(1))
    after = optimizer.update(states[0], np.zeros(20_000), rng)
    assert after.params.var() == pytest.approx(2 * 0.1 * 2.0, rel=5 * math.sqrt(2 / 20_000))
    assert after.temperature == 1.0


@pytest.mark.parametrize(
    "optimizer", [GradientDescent(50.0), Momentum(50.0, 0.9), NoisyGradientDescent(50.0, 0.1)]
)
def test_divergence_is_a_value_not_an_error(optimizer: Optimizer) -> None:
    rng = np.random.default_rng(7)
    alone = minimize(terrain, optimizer, START, 100, rng)
    crowd = minimize_many(terrain, optimizer, [START, (3.0, 2.0)], 100, rng)
    assert not np.isfinite(alone.params[-1]).all()
    assert not math.isfinite(alone.values[-1])
    assert not np.isfinite(crowd.values[-1]).any()


def test_adam_survives_what_is_not_finite() -> None:
    for start in (1e200, math.inf, math.nan):
        walk = minimize(quadratic((1.0, 1e300)), Adam(0.1), (start, start), 5)
        assert walk.params.shape == (6, 2)


@pytest.mark.parametrize(
    ("build", "name"),
    [
        (lambda: GradientDescent(0.0), "step_size"),
        (lambda: GradientDescent(math.nan), "step_size"),
        (lambda: GradientDescent(np.array([0.1, -0.1])), "step_size"),
        (lambda: Momentum(0.1, 1.5), "momentum"),
        (lambda: Momentum(-0.1, 0.5), "step_size"),
        (lambda: Adam(0.1, beta1=1.0), "beta1"),
        (lambda: Adam(0.1, beta2=-0.1), "beta2"),
        (lambda: Adam(0.1, eps=0.0), "eps"),
        (lambda: NoisyGradientDescent(0.1, -1.0), "noise"),
        (lambda: SimulatedAnnealing(0.1, -1.0, 0.5), "temperature"),
        (lambda: SimulatedAnnealing(0.1, 1.0, 1.5), "cooling"),
        (lambda: Jolts(GradientDescent(0.1), -1.0), "noise"),
        (lambda: minimize(terrain, GradientDescent(0.1), START, -1), "n_steps"),
        (lambda: minimize_many(terrain, GradientDescent(0.1), START, 1), "starts"),
    ],
)
def test_an_invalid_argument_is_named(build: Any, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        build()


def test_zero_steps_is_the_start() -> None:
    walk = minimize(terrain, Adam(0.1), START, 0)
    assert walk.params.tolist() == [list(START)]
    assert walk.values.tolist() == [terrain(START)]

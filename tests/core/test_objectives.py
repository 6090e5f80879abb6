"""Objectives: exact gradients, known minima, the same on a float and on a crowd."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from explorables.core.landscape import Bowl, Well, landscape, terrain
from explorables.core.objectives import Objective, is_minimum, quadratic, stationary_point

OBJECTIVES = {"terrain": terrain, "quadratic": quadratic((0.5, 3.0), (1.0, -2.0))}
each_objective = pytest.mark.parametrize("objective", OBJECTIVES.values(), ids=OBJECTIVES.keys())
share = st.floats(0, 1)


def inside(objective: Objective, shares: tuple[float, float]) -> tuple[float, ...]:
    return tuple(
        low + s * (high - low) for s, (low, high) in zip(shares, objective.domain, strict=True)
    )


@each_objective
@given(shares=st.tuples(share, share))
def test_gradient_is_the_central_difference(
    objective: Objective, shares: tuple[float, float]
) -> None:
    x, y = inside(objective, shares)
    h = 1e-5
    measured = (
        (objective((x + h, y)) - objective((x - h, y))) / (2 * h),
        (objective((x, y + h)) - objective((x, y - h))) / (2 * h),
    )
    assert objective.grad((x, y)) == pytest.approx(measured, rel=1e-6, abs=1e-7)


@each_objective
@given(shares=st.lists(st.tuples(share, share), min_size=1, max_size=20))
def test_a_crowd_gets_what_each_member_gets_bit_for_bit(
    objective: Objective, shares: list[tuple[float, float]]
) -> None:
    points = [inside(objective, pair) for pair in shares]
    crowd = np.array(points)
    assert objective(crowd).tolist() == [objective(point) for point in points]
    assert objective.grad(crowd).tolist() == [list(objective.grad(point)) for point in points]


@each_objective
def test_any_shape_of_points_is_taken(objective: Objective) -> None:
    points = np.zeros((3, 4, 2))
    assert objective(points).shape == (3, 4)
    assert objective.grad(points).shape == (3, 4, 2)


@each_objective
def test_minima_are_where_scipy_ends(objective: Objective) -> None:
    for minimum in objective.minima:
        nearby = np.array(minimum) + 0.05
        found = minimize(objective, nearby, jac=objective.grad, tol=1e-12)
        assert found.x == pytest.approx(minimum, abs=1e-6)
        assert objective(minimum) == pytest.approx(found.fun, abs=1e-12)
    assert [objective(m) for m in objective.minima] == sorted(
        objective(m) for m in objective.minima
    )


def test_terrain_has_no_other_minimum_on_its_map() -> None:
    (left, right), (low, high) = terrain.domain
    rng = np.random.default_rng(0)
    for start in rng.uniform((left, low), (right, high), (60, 2)):
        found = minimize(terrain, start, jac=terrain.grad, tol=1e-10).x
        if left < found[0] < right and low < found[1] < high:
            assert min(np.hypot(*(found - m)) for m in np.array(terrain.minima)) < 1e-4


def test_the_global_minimum_of_terrain_is_its_first() -> None:
    x, y = (np.linspace(low, high, 400) for low, high in terrain.domain)
    everywhere = terrain(np.stack(np.meshgrid(x, y), axis=-1))
    assert everywhere.min() == pytest.approx(terrain(terrain.minima[0]), abs=1e-3)
    assert everywhere.min() >= terrain(terrain.minima[0])


@pytest.mark.parametrize("far", [1e30, 1e160, math.inf, math.nan])
def test_far_away_is_no_error_but_not_finite(far: float) -> None:
    assert not math.isfinite(terrain((far, far)))
    assert not any(map(math.isfinite, terrain.grad((-far, far))))
    assert not np.isfinite(terrain(np.array([[far, 0.0]]))).any()
    assert not np.isfinite(terrain.grad(np.array([[far, far]]))).any()


def test_stationary_point_of_a_quadratic_is_its_minimum() -> None:
    bowl = quadratic((2.0, 5.0), (0.3, -0.7))
    assert stationary_point(bowl, (1.0, 1.0)) == pytest.approx((0.3, -0.7), abs=1e-9)
    assert is_minimum(bowl, (0.3, -0.7))


def test_stationary_point_finds_the_saddle_between_two_wells() -> None:
    twins = landscape(
        [Well(-1, -1, 0, 1, 1), Well(-1, 1, 0, 1, 1)],
        Bowl(0.01, 0.1, 4, 4),
        ((-2, 2), (-2, 2)),
        [(-1, 0), (1, 0)],
    )
    saddle = stationary_point(twins, (0.1, 0.1))
    assert saddle == pytest.approx((0, 0), abs=1e-9)
    assert not is_minimum(twins, saddle)


def test_stationary_point_says_when_there_is_none() -> None:
    slope = Objective(lambda x, y: x, lambda x, y: (1.0, 0.0), (), ((0, 1), (0, 1)))
    with pytest.raises(ValueError, match="near"):
        stationary_point(slope, (0.0, 0.0))


def test_invalid_arguments_are_named() -> None:
    with pytest.raises(ValueError, match="curvatures"):
        quadratic((1.0, -1.0))
    with pytest.raises(ValueError, match="curvatures"):
        quadratic(())
    with pytest.raises(ValueError, match="minimum"):
        quadratic((1.0, 1.0), (0.0,))
    with pytest.raises(ValueError, match="hollows"):
        landscape([Well(1, 0, 0, 1, 1)], Bowl(0, 0.1, 4, 4), ((-2, 2), (-2, 2)), [(0.1, 0.0)])

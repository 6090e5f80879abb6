import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorables.contour import hillshade, rings
from explorables.marks import Array

fields = arrays(np.float64, (5, 6), elements=st.floats(-1, 1))


def _enclosed(ring: Array, column: float, row: float) -> bool:
    """Even-odd rule."""
    x, y = ring.T
    after_x, after_y = np.roll(x, -1), np.roll(y, -1)
    crosses = (y > row) != (after_y > row)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x + (row - y) / (after_y - y) * (after_x - x)
    return bool(np.count_nonzero(crosses & (at > column)) % 2)


@given(fields, st.floats(-0.9, 0.9))
def test_rings_enclose_just_what_is_high(z: Array, level: float) -> None:
    if np.min(np.abs(z - level)) < 1e-3:
        return
    found = rings(z, level)
    for (row, column), value in np.ndenumerate(z):
        inside = sum(_enclosed(ring, column + 1e-7, row + 1e-7) for ring in found) % 2
        assert bool(inside) == bool(value >= level)


@given(fields, st.floats(-0.9, 0.9))
def test_rings_cross_edges_where_the_field_is_level(z: Array, level: float) -> None:
    for ring in rings(z, level):
        inside = np.all((ring >= 0) & (ring <= [5, 4]), axis=1)
        for column, row in ring[inside]:
            c, r = int(column), int(row)
            right, down = min(c + 1, 5), min(r + 1, 4)
            u, v = column - c, row - r
            value = (
                z[r, c] * (1 - u) * (1 - v)
                + z[r, right] * u * (1 - v)
                + z[down, c] * (1 - u) * v
                + z[down, right] * u * v
            )
            assert abs(value - level) < 1e-9


def test_a_hill_is_one_ring_and_a_flat_field_is_none() -> None:
    y, x = np.mgrid[-1:1:21j, -1:1:21j]
    assert len(rings(-(x**2) - y**2, -0.5)) == 1
    assert rings(np.zeros((4, 4)), 1) == []


def test_slopes_away_from_the_light_are_dark_and_flat_ground_is_not() -> None:
    down_right = np.add.outer(np.arange(5.0), np.arange(5.0))
    assert hillshade(np.zeros((5, 5)), 1, 1, 1).max() == 0
    assert hillshade(-down_right, 1, 1, 1).min() > 100
    assert hillshade(down_right, 1, 1, 1).max() == 0

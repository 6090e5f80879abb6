import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorables.plot import Area, Axes, Dot, Line, Plot, Raster, Rule
from explorables.scale import Scale, extents

values = st.floats(-1e6, 1e6, allow_nan=False)


@given(values, st.floats(1e-3, 1e6), st.integers(2, 8))
def test_ticks_are_few_round_and_inside(low: float, span: float, count: int) -> None:
    high = low + span
    ticks = Scale(low, high, 0, 100).ticks(count)
    slack = span * 1e-6
    assert all(low - slack <= tick <= high + slack for tick in ticks)
    assert 1 <= len(ticks) <= 2 * count + 2
    assert ticks == sorted(set(ticks))


def test_log_ticks_are_decades_or_their_halves() -> None:
    assert Scale(0.001, 10, 0, 1, log=True).ticks() == [0.001, 0.01, 0.1, 1.0, 10.0]
    assert Scale(0.01, 0.4, 0, 1, log=True).ticks() == [0.01, 0.03, 0.1, 0.3]


def test_a_scale_leaves_gaps_where_it_cannot_place() -> None:
    linear = Scale(0, 10, 100, 0)
    assert linear(np.array([0, 5, 10])).tolist() == [100, 50, 0]
    assert np.isnan(linear(np.array([np.inf, np.nan, 1e308]))[:2]).all()
    assert np.isnan(Scale(1, 10, 0, 1, log=True)(np.array([0.0, -1.0]))).all()


def test_limits_hold_every_state() -> None:
    states = (Plot(Axes(Line([0, 1], [0, k]), x="x", y="y")) for k in (1, 30, -4))
    (extent,) = extents(states)
    assert extent.xlim == (0, 1)
    assert extent.ylim[0] <= -4
    assert extent.ylim[1] >= 30


def test_limits_come_from_all_kinds_of_marks() -> None:
    z = np.zeros((3, 3))
    axes = Axes(
        Raster(z, [0, 1, 2], [10, 20, 30], (0, 1)),
        Area([0, 4], -50, [0, 60]),
        Rule(x=7),
        Dot(np.nan, np.inf),
    )
    (extent,) = extents([Plot(axes)])
    assert extent.xlim == (-0.5, 7)
    assert extent.ylim == (-50, 60)


def test_given_limits_are_kept() -> None:
    (extent,) = extents([Plot(Axes(Line([0, 1], [5, 6]), xlim=(-1, 1), ylim=(0, 2)))])
    assert extent[:2] == ((-1, 1), (0, 2))


def test_limits_exist_even_for_nothing_or_for_one_value() -> None:
    for marks in ((), (Dot(3, 3),), (Line([1, 1], [math.nan, math.nan]),)):
        (extent,) = extents([Plot(Axes(*marks, x="x", y="y"))])
        assert extent.xlim[0] < extent.xlim[1]
        assert extent.ylim[0] < extent.ylim[1]


def test_the_gutter_is_as_wide_as_the_widest_name_at_a_lines_end() -> None:
    band = Area([0, 1], 0, 1, label="a band with a long name, far from the end")
    (without,) = extents([Plot(Axes(band, Line([0, 9], 0), x="x", y="y"))])
    (with_name,) = extents([Plot(Axes(band, Line([0, 9], 0, label="end"), x="x", y="y"))])
    assert without.gutter == 0
    assert 0 < with_name.gutter < 40

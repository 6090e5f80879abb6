import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorables.marks import Array
from explorables.plot import (
    Area,
    Arrow,
    Axes,
    Dot,
    Goal,
    Line,
    Plot,
    Raster,
    Readout,
    Rule,
    Text,
)

floats = st.floats(allow_nan=True, allow_infinity=True)


@given(arrays(np.float64, 5, elements=floats), arrays(np.float64, 5, elements=floats))
def test_json_is_exact_and_gaps_stay_gaps(x: Array, y: Array) -> None:
    plot = Plot(Axes(Line(x, y, label="a"), x="x", y="y"), readouts={"first": float(x[0])})
    text = json.dumps(plot.to_json(), allow_nan=False)
    line = Plot.from_json(json.loads(text)).axes[0].marks[0]
    assert isinstance(line, Line)
    np.testing.assert_array_equal(line.x, np.where(np.isfinite(x), x, np.nan))
    np.testing.assert_array_equal(line.y, np.where(np.isfinite(y), y, np.nan))
    assert json.dumps(Plot.from_json(json.loads(text)).to_json()) == text


def test_every_mark_and_field_survives_json() -> None:
    z = np.arange(6.0).reshape(2, 3)
    plot = Plot(
        Axes(
            Line([0, 1], [1, np.nan], role="path", label="a\n1", tip="t"),
            Dot(0, 1, sets="start"),
            Area([0, 1], 0, [1, 2]),
            Rule(x=0.5),
            Rule(y=[0.1, 0.2]),
            Text(0, 0, "here", role="place"),
            Arrow(0, 0, 1, 1),
            Raster(z, [0, 1, 2], [0, 1], (0, 5), "terrain", veil=z / 6, sets={"a": "x", "b": "y"}),
            x="x",
            title="t",
            xlim=(0, 1),
            log="y",
            aspect=2,
            equal=True,
        ),
        Axes(Dot(1, 1)),
        readouts={"n": 3, "phrase": "yes", "none": None, "r": Readout(0.5, "R", "m", ".2f")},
        takeaway="So.",
        goals=[Goal("get-there", True, "Get there", "Go", {"a": 1}, 0.5)],
        table={"x": [1, math.nan], "name": ["a", "b"]},
    )
    again = Plot.from_json(json.loads(json.dumps(plot.to_json(), allow_nan=False)))
    assert again.to_json() == plot.to_json()
    assert again.axes[0].xlim == (0.0, 1.0)
    assert again.goals == plot.goals


@pytest.mark.parametrize(
    ("readout", "text"),
    [
        (Readout(-0.4812), "−0.481"),
        (Readout(-0.001, format=".2f"), "0.00"),
        (Readout(7, unit="steps"), "7 steps"),
        (Readout(42.0, unit="%"), "42%"),
        (Readout("the rut"), "the rut"),
        (Readout(None, unit="m"), "–"),
        (Readout(math.inf, unit="m"), "–"),
        (Readout(0.25), "0.25"),
    ],
)
def test_readouts_are_written_for_readers(readout: Readout, text: str) -> None:
    assert readout.text() == text


def test_a_readout_is_checked_where_it_is_made() -> None:
    assert type(Readout(np.float64(0.25)).value) is float  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a number, a phrase or None"):
        Readout(True)
    with pytest.raises(TypeError, match="a number, a phrase or None"):
        Readout([1, 2])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="format"):
        Readout(0.5, format="%.2f")


def test_goals_are_plain_values() -> None:
    goal = Goal("g", np.bool_(True), score=np.float64(2))  # type: ignore[arg-type]
    assert goal.reached is True
    assert type(goal.score) is float
    with pytest.raises(ValueError, match="two goals have one id"):
        Plot(goals=[Goal("g", True), Goal("g", False)])


def test_what_is_not_axes_or_mark_is_refused() -> None:
    with pytest.raises(TypeError, match="put marks inside Axes"):
        Plot(Line([0], [0]))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Axes takes marks"):
        Axes([1, 2])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="the lower first"):
        Axes(xlim=(1, 0))
    with pytest.raises(ValueError, match="write '', 'x', 'y' or 'xy'"):
        Axes(log="z")


def test_the_table_is_drawn_up_from_labelled_marks() -> None:
    x = np.linspace(0, 1, 101)
    plot = Plot(Axes(Line(x, x**2, label="square\n1.0"), Line(x, x), x="side", y="area"))
    assert list(plot.table) == ["mark", "side", "area"]
    assert plot.table["mark"] == ["square"] * 9
    assert plot.table["area"][-1] == 1.0


def test_table_columns_need_one_length() -> None:
    with pytest.raises(ValueError, match="a has 1, b has 2"):
        Plot(table={"a": [1], "b": [1, 2]})

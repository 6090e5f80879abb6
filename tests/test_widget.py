import inspect
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import numpy as np
import pytest

from explorables.plot import Axes, Dot, Line, Plot
from explorables.widget import (
    Choice,
    DeclarationError,
    Drag,
    Draw,
    ParameterError,
    Player,
    Point,
    Slider,
    Toggle,
    widget,
)


@widget
def walk(
    start: Annotated[Point, Drag((-2, 2), (-1, 1))] = Point(0, 0),
    step_size: Annotated[float, Slider(0.01, 1, log=True)] = 0.05,
    degree: Annotated[int, Slider(0, 15)] = 3,
    method: Annotated[str, Choice(("plain", "noisy"))] = "plain",
    noise: Annotated[float, Slider(0, 1, when=("method", "noisy"))] = 0.0,
    kept: Annotated[tuple[bool, ...], Toggle(labels=("a", "b"))] = (True, True),
    moved: Annotated[tuple[Point | None, ...], Drag((0, 1), (0, 1), until=("degree",))] = (None,)
    * 3,
    n_steps: Annotated[int, Player(0, 10)] = 10,
) -> Plot:
    """A walk that does nothing. It has every control."""
    x = np.arange(n_steps + 1)
    return Plot(Axes(Line(x, x * step_size), x="step", y="height"), readouts={"end": step_size})


@walk.view
def ground(step_size: float, degree: int) -> Plot:
    """The ground."""
    return Plot(Axes(Dot(degree, step_size)), readouts={"ground": degree})


def test_the_signature_is_the_controls() -> None:
    assert walk.name == "walk"
    assert walk.summary == "A walk that does nothing"
    assert list(walk.parameters) == list(inspect.signature(walk).parameters)
    assert walk.parameters["step_size"].control.label == "Step size"
    assert walk.parameters["kept"].plural == 2
    assert walk.parameters["degree"].default == 3
    assert walk.views["ground"].inputs == ("step_size", "degree")
    assert walk.source[0] == __file__


def test_the_function_stays_callable_with_plain_numbers() -> None:
    plot = walk(step_size=0.123, n_steps=2)
    assert isinstance(plot, Plot)
    assert plot.readouts["end"].value == 0.123


def test_values_are_coerced_to_their_annotations() -> None:
    state = walk.coerce(
        {"degree": "4", "start": [1, 0.5], "kept": [1, 0], "moved": [None, None, "0,1"]}
    )
    assert state["degree"] == 4
    assert type(state["degree"]) is int
    assert state["start"] == Point(1, 0.5)
    assert state["kept"] == (True, False)
    assert state["moved"] == (None, None, Point(0, 1))
    assert hash(tuple(state.values())) is not None


def test_unknown_names_and_values_say_what_is_near() -> None:
    with pytest.raises(ParameterError, match=r"stepsize: no such parameter.*nearest: step_size"):
        walk.coerce({"stepsize": 1})
    with pytest.raises(ParameterError, match=r"degree: 99 is outside 0 to 15 \(nearest: 15"):
        walk.coerce({"degree": 99})
    with pytest.raises(ParameterError, match="kept: 1 values; it takes 2"):
        walk.coerce({"kept": [True]})
    with pytest.raises(ParameterError, match="is not a list of 2"):
        walk.coerce({"kept": "yes"})


def test_readouts_of_views_join_the_widgets() -> None:
    assert set(walk.readouts()) == {"end", "ground"}


def test_two_readouts_of_one_name_are_refused() -> None:
    @widget
    def twice(a: Annotated[float, Slider(0, 1)] = 0.5) -> Plot:
        return Plot(readouts={"same": a})

    @twice.view
    def other(a: float) -> Plot:
        return Plot(readouts={"same": a})

    with pytest.raises(ValueError, match="two readouts are named same"):
        twice.readouts()


def test_the_sweep_moves_one_control_at_a_time() -> None:
    for state in walk.sweep():
        assert sum(state[name] != default for name, default in walk.defaults.items()) <= 1
    swept = {state["step_size"] for state in walk.sweep()}
    assert {0.01, 1.0} <= swept


def test_limits_come_from_the_sweep_and_not_from_the_state() -> None:
    (extent,) = walk.extents
    assert extent.xlim == (0, 10)
    assert extent.ylim[1] >= 10
    (view,) = walk.view_extents("ground")
    assert view.xlim == (0, 15)


def test_a_stream_gives_its_last_frame() -> None:
    @widget
    def race(k: Annotated[int, Slider(1, 5)] = 3) -> Iterator[Plot | None]:
        for i in range(k):
            yield None
            yield Plot(readouts={"frame": i})

    assert race.streams
    assert race.plot().readouts["frame"].value == 2


def test_what_is_no_plot_is_refused() -> None:
    @widget
    def wrong(a: Annotated[float, Slider(0, 1)] = 0.5) -> Plot:
        return a  # type: ignore[return-value]

    with pytest.raises(TypeError, match="wrong made float; a widget returns, or yields, a Plot"):
        wrong.plot()


def bare(a: int = 1) -> None: ...
def no_default(a: Annotated[float, Slider(0, 1)]) -> None: ...
def star(*a: Annotated[float, Slider(0, 1)]) -> None: ...
def outside(a: Annotated[float, Slider(0, 1)] = 2) -> None: ...
def no_tuple(a: Annotated[tuple[bool, ...], Toggle()] = True) -> None: ...  # type: ignore[assignment]
def lost_when(a: Annotated[float, Slider(0, 1, when=("b", 1))] = 0) -> None: ...
def lost_until(a: Annotated[Point, Drag((0, 1), (0, 1), until=("b",))] = Point(0, 0)) -> None: ...
def lost_at(a: Annotated[object, Draw((0, 1), at="b")] = (None,)) -> None: ...
def too_few_curves(
    n: Annotated[int, Player(0, 2)] = 0, a: Annotated[object, Draw((0, 1), at="n")] = (None,)
) -> None: ...
def bad_when(
    m: Annotated[str, Choice("ab")] = "a", a: Annotated[float, Slider(0, 1, when=("m", "c"))] = 0
) -> None: ...
def timed_stream(n: Annotated[int, Player(0, 3)] = 0) -> Iterator[Plot]:
    yield Plot()


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (bare, r"bare: a needs one control; write a: Annotated\[float, Slider\(0, 1\)\] = 0.5"),
        (no_default, "a needs a default"),
        (star, r"\*a: name each parameter"),
        (outside, "the default of a: 2 is outside 0.00 to 1.00"),
        (no_tuple, "the default of a plural control is a tuple"),
        (lost_when, "a names 'b', which is no parameter"),
        (lost_until, "a names 'b', which is no parameter"),
        (lost_at, "a names 'b', which is no parameter"),
        (too_few_curves, "a has 1 curves for the 3 values of n"),
        (bad_when, "when of a: m: 'c' is none of a, b"),
        (timed_stream, "leave out the Player"),
    ],
)
def test_a_bad_declaration_says_what_to_write(function: Callable[..., Any], sentence: str) -> None:
    with pytest.raises(DeclarationError, match=sentence) as refused:
        widget(function)
    assert refused.value.path == __file__
    assert refused.value.line == function.__code__.co_firstlineno


def test_a_view_takes_only_the_widgets_parameters() -> None:
    with pytest.raises(DeclarationError, match="a view's inputs are the widget's"):

        @walk.view
        def stray(stepsize: float) -> Plot:
            return Plot()

    with pytest.raises(DeclarationError, match="a picture named ground already"):
        walk.view(ground.function)

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorables.control import (
    Choice,
    DeclarationError,
    From,
    Player,
    RefusedError,
    Seed,
    Toggle,
    Words,
)
from explorables.slider import Slider


@given(st.integers(-1000, 1000), st.integers(1, 400), st.sampled_from([0.01, 0.1, 1, 10]))
def test_a_slider_without_a_step_chooses_a_round_one(first: int, n: int, unit: float) -> None:
    low, high = first * unit, (first + n) * unit
    slider = Slider(low, high).bind("a", float, low)
    assert slider.values[0] == pytest.approx(low)
    assert slider.values[-1] == pytest.approx(high)
    assert all(len(f"{abs(value):.10f}".rstrip("0").split(".")[1]) <= 5 for value in slider.values)


@given(st.floats(1e-4, 1e2), st.floats(0.3, 6))
def test_a_log_slider_has_even_short_steps(low: float, decades: float) -> None:
    low = float(f"{low:.2g}")
    high = float(f"{low * 10**decades:.2g}")
    values = Slider(low, high, log=True).values
    assert values[0] == low
    assert values[-1] == high
    ratios = [b / a for a, b in pairwise(values)]
    assert max(ratios) < 1.26
    assert all(float(f"{value:.4g}") == value for value in values)


def test_the_slider_of_the_design_gets_natural_steps() -> None:
    slider = Slider(0.1, 4.0).bind("steepness", float, 1.0)
    assert slider.step == 0.05
    assert slider.label == "Steepness"
    assert slider.coerce("1.5") == 1.5
    assert slider.format(1.5) == "1.50"


def test_a_slider_snaps_or_refuses() -> None:
    slider = Slider(0, 0.98, 0.01).bind("momentum", float, 0.9)
    assert slider.coerce(0.9000000001) == 0.9
    assert slider.coerce(0.904, snap=True) == 0.9
    assert slider.coerce(7, snap=True) == 0.98
    with pytest.raises(RefusedError, match=r"outside 0.00 to 0.98") as refused:
        slider.coerce(1.2)
    assert refused.value.nearest == 0.98
    with pytest.raises(RefusedError, match="between two steps"):
        slider.coerce(0.904)
    for nonsense in ("fast", None, True, math.nan, "inf"):
        with pytest.raises(RefusedError):
            slider.coerce(nonsense)


def test_slider_ticks_are_its_ends_its_default_and_a_middle() -> None:
    slider = Slider(0, 0.98, 0.01).bind("momentum", float, 0.6)
    assert slider.ticks(0.6) == (0, 0.6, 0.98)
    assert slider.ticks(0.9) == (0, 0.49, 0.98)
    assert slider.position(0.49) == 0.5


@pytest.mark.parametrize(
    ("slider", "kind", "default", "sentence"),
    [
        (Slider(1, 0), float, 0.5, "lower end first"),
        (Slider(0, 1, 0.3), float, 0.3, "choose a step that leads from 0 to 1"),
        (Slider(0, 1, log=True), float, 0.5, "low is above 0"),
        (Slider(0.5, 9.5, 1), int, 1, "whole ends"),
        (Slider(0, 1), str, "a", "Slider sets float or int, not str"),
        (Slider(0, math.pi), float, 1, "give it a step"),
    ],
)
def test_a_slider_that_cannot_work_says_what_to_write(
    slider: Slider, kind: type, default: object, sentence: str
) -> None:
    with pytest.raises(DeclarationError, match=sentence):
        slider.bind("a", kind, default)


def test_choices_come_from_a_list_or_a_mapping() -> None:
    assert Choice(("plain", "heavy-ball")).labels == {"plain": "Plain", "heavy-ball": "Heavy ball"}
    choice = Choice({1: "One", 2: "Two"})
    assert choice.coerce("2") == 2
    assert choice.format(2) == "Two"
    with pytest.raises(RefusedError, match="none of plain, noisy") as refused:
        Choice(("plain", "noisy")).coerce("nosy")
    assert refused.value.nearest == "noisy"
    with pytest.raises(DeclarationError, match="two options"):
        Choice(("only",)).bind("a", str, "only")


def test_players_count_whole_numbers() -> None:
    player = Player(0, 140)
    assert player.coerce("12") == 12
    assert player.coerce(150.2, snap=True) == 140
    assert player.sweep(0)[0] == 0
    assert player.sweep(0)[-1] == 140
    with pytest.raises(RefusedError, match="no whole number from 0 to 140"):
        player.coerce(1.5)
    with pytest.raises(DeclarationError, match="lower first"):
        Player(3, 3).bind("n", int, 3)


def test_toggles_read_words() -> None:
    toggle = Toggle()
    assert toggle.coerce("true") is True
    assert toggle.coerce(0) is False
    with pytest.raises(RefusedError):
        toggle.coerce("maybe")


def test_seeds_are_whole_and_not_negative() -> None:
    assert Seed().coerce("7") == 7
    for bad in (-1, 1.5, 2**32):
        with pytest.raises(RefusedError):
            Seed().coerce(bad)


def test_words_are_tidied_and_kept_short() -> None:
    assert Words().coerce("  a   b ") == "a b"
    with pytest.raises(RefusedError, match="at most 60"):
        Words().coerce("a" * 61)
    assert len(Words().coerce("a" * 99, snap=True)) == 60


def test_from_names_a_widget_and_a_value() -> None:
    assert From("local-minima.momentum").bind("m", float, 0.9).label == "M"
    with pytest.raises(DeclarationError, match=r"widget-name\.parameter"):
        From("momentum").bind("m", float, 0.9)

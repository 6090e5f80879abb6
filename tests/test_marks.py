import numpy as np
import pytest

from explorables.marks import Dot, Line, Raster, Rule, Text


def test_a_lone_number_stretches_to_the_others() -> None:
    line = Line([0, 1, 2], 5)
    assert line.y.tolist() == [5, 5, 5]


def test_a_mark_cannot_be_changed() -> None:
    line = Line([0, 1], [2, 3])
    with pytest.raises(ValueError, match="read-only"):
        line.x[0] = 9
    with pytest.raises(AttributeError):
        line.role = "truth"  # type: ignore[misc]


def test_a_mark_keeps_its_own_copy() -> None:
    x = np.array([0.0, 1.0])
    line = Line(x, x)
    x[0] = 7
    assert line.x[0] == 0


def test_marks_compare_by_identity() -> None:
    assert Dot(1, 2) != Dot(1, 2)
    assert len({Dot(1, 2), Dot(1, 2)}) == 2


def test_lengths_that_differ_are_named() -> None:
    with pytest.raises(ValueError, match="x has 2, y has 3"):
        Line([0, 1], [0, 1, 2])


def test_a_role_is_a_word() -> None:
    with pytest.raises(ValueError, match="lower-case words"):
        Dot(0, 0, role="Bad Role")


def test_unknown_meanings_are_named() -> None:
    with pytest.raises(TypeError, match="takes role, label, sets, tip, not colour"):
        Dot(0, 0, colour="red")  # type: ignore[call-arg]


def test_sets_names_a_coordinate() -> None:
    with pytest.raises(ValueError, match="by 'x' or by 'y'"):
        Dot(0, 0, sets={"start": "z"})


def test_a_rule_is_upright_or_level() -> None:
    assert Rule(x=3).x is not None
    with pytest.raises(ValueError, match="either x or y"):
        Rule()
    with pytest.raises(ValueError, match="either x or y"):
        Rule(1, 2)


def test_a_raster_says_what_shape_it_needs() -> None:
    with pytest.raises(ValueError, match=r"z has shape \(2, 3\); y and x make it \(3, 2\)"):
        Raster(np.zeros((2, 3)), [0, 1], [0, 1, 2], (0, 1))
    with pytest.raises(ValueError, match="choose from sequential"):
        Raster(np.zeros((2, 2)), [0, 1], [0, 1], (0, 1), "rainbow")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="first value must be below"):
        Raster(np.zeros((2, 2)), [0, 1], [0, 1], (1, 1))


def test_text_carries_its_words() -> None:
    assert Text(0, 0, "here").text == "here"

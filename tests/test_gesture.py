import pytest

from explorables.control import DeclarationError, RefusedError
from explorables.gesture import CURVE_POINTS, Drag, Draw, Point


def test_points_are_dragged_within_their_ranges() -> None:
    drag = Drag((-2, 2), (0, 1))
    assert drag.coerce([0.12345678, 1]) == Point(0.123, 1)
    assert drag.coerce("0.5,0.5") == Point(0.5, 0.5)
    assert drag.coerce((9, -9), snap=True) == Point(2, 0)
    assert drag.coerce(None) is None
    with pytest.raises(RefusedError, match="outside -2 to 2"):
        drag.coerce((9, 0))
    with pytest.raises(RefusedError, match=r"write \[x, y\]"):
        drag.coerce(3)


def test_a_drawn_curve_has_its_heights() -> None:
    draw = Draw((0, 1))
    assert draw.coerce([0.123456] * CURVE_POINTS) == (0.1235,) * CURVE_POINTS
    assert draw.coerce(None) is None
    with pytest.raises(RefusedError, match="33 heights"):
        draw.coerce([1, 2])


def test_a_range_to_drag_in_has_its_lower_end_first() -> None:
    with pytest.raises(DeclarationError, match="its lower end first"):
        Drag((1, 1), (0, 1)).bind("start", Point, Point(1, 0))

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorables.numerals import number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (140, "140"),
        (12345, "12,345"),
        (-1.3249, "−1.32"),
        (0.9, "0.9"),
        (4.0, "4"),
        (12345.6, "12,300"),
        (0.00001234, "1.23 × 10⁻⁵"),
        (-2.5e12, "−2.50 × 10¹²"),
        (math.inf, "–"),
        (math.nan, "–"),
    ],
)
def test_numbers_are_written_for_readers(value: float, text: str) -> None:
    assert number(value) == text


@given(st.floats(min_value=-1e8, max_value=1e8, allow_nan=False))
def test_a_written_number_is_right_to_three_digits(value: float) -> None:
    text = number(value)
    if "×" not in text:
        read = float(text.replace("−", "-").replace(",", ""))
        assert math.isclose(read, value, rel_tol=0.0051, abs_tol=1e-12)

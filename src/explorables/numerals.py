"""How a number is written for a reader."""

import math

MINUS = "\N{MINUS SIGN}"
NOT_YET = "\N{EN DASH}"
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 3) -> str:
    """Write a number for readers: `digits` significant digits, a true minus, no needless zeros.

    >>> number(-0.4812), number(12345.6), number(0.9), number(float("nan"))
    ('−0.481', '12,300', '0.9', '–')
    """
    if not math.isfinite(value):
        return NOT_YET
    if value == 0:
        return "0"
    if isinstance(value, int):
        return f"{value:,.0f}".replace("-", MINUS)
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    if abs(rounded) < 1e-4 or abs(rounded) >= 1e9:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        raised = str(int(exponent)).translate(SUPERSCRIPT)
        return f"{mantissa.replace('-', MINUS)} × 10{raised}"
    text = f"{rounded:,.{max(places, 0)}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", MINUS)

"""Formulas: LaTeX in the text, MathML in the page, with no script in between."""

import html
import re
from collections.abc import Callable
from functools import lru_cache

FORMULA = re.compile(r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL)
UNKNOWN = re.compile(r"<m[io][^>]*>\\([A-Za-z]+)</m[io]>")


def render_formulas(text: str, refuse: Callable[[str, str], None]) -> str:
    """Every formula that arithmatex found, as MathML; `refuse(latex, why)` hears of broken ones."""
    if "arithmatex" not in text:
        return text

    def render(found: re.Match[str]) -> str:
        latex, block = html.unescape(found[2]).strip(), found[1] == "div"
        try:
            markup = mathml(latex, "block" if block else "inline")
        except ValueError as error:
            refuse(latex, str(error))
            return ""
        return f'<div class="math">{markup}</div>' if block else markup

    return FORMULA.sub(render, text)


@lru_cache(4096)
def mathml(latex: str, display: str) -> str:
    """The formula as a `<math>` element; ValueError says what is wrong with it."""
    from latex2mathml.converter import convert

    try:
        markup: str = convert(latex, display=display)
    except Exception as error:
        reason = str(error) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
        raise ValueError(f"the formula '{latex}' cannot be read: {reason}") from error
    if unknown := UNKNOWN.search(markup):
        raise ValueError(f"the formula '{latex}' uses the unknown command '\\{unknown[1]}'")
    return markup.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "", 1)

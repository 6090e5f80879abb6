"""The theme's colours, read from its stylesheet, for everything that is not drawn by CSS.

>>> palette("light")["paper"], palette("dark")["paper"]
('#fafbf9', '#0f1618')
"""

import re
from functools import cache
from typing import Literal

from explorables.site.theme import theme_root

Scheme = Literal["light", "dark"]
COLOUR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


@cache
def palette(scheme: Scheme) -> dict[str, str]:
    """Each colour's name in tokens.css, without dashes, with its value `#rrggbb` in `scheme`."""
    tokens = (theme_root() / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    return {
        name: light if scheme == "light" else dark for name, light, dark in COLOUR.findall(tokens)
    }

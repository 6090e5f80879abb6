"""How each class of shape is drawn outside of a browser: static/css/marks.css, said for matplotlib.

tests/site/test_pens.py holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Colours = Mapping[str, str]
ROLES = {
    "path": "path",
    "bias": "bias",
    "variance": "variance",
    "ensemble": "variance",
    "noise": "noise",
    "pruned": "pruned",
    "pretrained": "pretrained",
    "scratch": "scratch",
    "context": "axis",
    "leader": "path",
}
BANDS, STEPS, MIDDLE = 20, 6, 3
KINDS = ("ink", "pretrained", "scratch", "path", "bias", "variance", "pruned")
QUIET = {"ghost", "context", "start"}


@dataclass(frozen=True)
class Pen:
    """A stroke and a fill, each with its opacity; None draws nothing. Widths are in pixels."""

    stroke: str | None = None
    width: float = 1.0
    opacity: float = 1.0
    dashes: tuple[float, float] | None = None
    fill: str | None = None
    fill_opacity: float = 1.0
    hatch: bool = False


@dataclass(frozen=True)
class Hand:
    """How words are written: the face of the first line and of the others, and their colours."""

    face: str
    size: float
    colour: str
    rest_colour: str
    halo: bool


LINES = {
    "truth": Pen(width=2.25),
    "ghost": Pen(width=1.5, dashes=(1, 3.4)),
    "bias": Pen(width=2, dashes=(7, 4)),
    "scratch": Pen(width=2, dashes=(2, 4)),
    "context": Pen(width=1.25),
    "ensemble": Pen(width=1, opacity=0.3),
    "leader": Pen(width=1),
}
LINE = Pen(width=2)
RINGS = {"ghost", "pruned"}


def pen(classes: str, colours: Colours) -> Pen:
    """The pen for a shape's classes; of points, the stroke's width is their diameter."""
    words = set(classes.split())
    role = role_of(classes)
    ink = colours[ROLES.get(role, "ink")]
    if "halo" in words:
        return Pen(None if role == "leader" else colours["paper"], 5, 0.7)
    if words & {"dot", "dots"}:
        return _dot(words, role, ink, colours)
    if words & {"band", "cell", "shade", "veil", "area"}:
        return _area(words, role, ink, colours)
    if "grid" in words:
        return Pen(colours["rule"], 1, 0.75)
    if words & {"axis", "leader"}:
        return Pen(colours["axis"])
    if "line" in words:
        return replace(LINES.get(role, LINE), stroke=ink)
    return Pen(ink, 1.5 if "arrow" in words else 1.0)


def _dot(words: set[str], role: str, ink: str, colours: Colours) -> Pen:
    under = "under" in words
    if "dots" in words:
        return Pen(None if under else ink, 4)
    if role in RINGS:
        return Pen(ink if under else colours["paper"], 10.5 if under else 6.5)
    wide = (9.0, 6.0) if role == "start" else (15.0, 11.0)
    return Pen(colours["plot"], wide[0]) if under else Pen(ink, wide[1])


def _area(words: set[str], role: str, ink: str, colours: Colours) -> Pen:
    if "band" in words:
        level = _numbered(words, "band-")
        tint = mixed(colours["terrain-low"], colours["terrain-high"], level / BANDS)
        index = "index" in words
        stroke = colours["ink"] if level else None
        return Pen(stroke, 0.9 if index else 0.75, 0.34 if index else 0.16, fill=tint)
    if "cell" in words:
        return _cell(words, _numbered(words, "step-"), colours)
    if "shade" in words:
        return Pen(fill=colours["shadow"], fill_opacity=0.52)
    if "veil" in words:
        return Pen(fill=colours["paper" if role == "ridge" else "fog"])
    if role == "ridge":
        return Pen(colours["ink"], 1, 0.8, fill=colours["paper"])
    if role == "noise":
        return Pen(fill=None, hatch=True)
    solid = {"bias": 1.0, "variance": 1.0, "ensemble": 0.22, "path": 0.13}
    return Pen(fill=ink, fill_opacity=solid.get(role, 0.22))


def _cell(words: set[str], step: int, colours: Colours) -> Pen:
    """Seven steps: of kinds, from one side to the other, or from nobody to everybody."""
    if "category" in words:
        return Pen(fill=mixed(colours["plot"], colours[KINDS[step]], 0.3))
    end, share = "path", step / STEPS
    if "diverging" in words:
        end, share = ("variance" if step > MIDDLE else "bias"), abs(step - MIDDLE) * 0.333
    return Pen(colours["paper"], 0.75, fill=mixed(colours["wash"], colours[end], share))


def hand(classes: str, colours: Colours, sizes: Mapping[str, float]) -> Hand:
    """How the words of a text shape are written."""
    style, role, raster = classes.split()[0], role_of(classes), "on-raster" in classes.split()
    ink, ink_2 = colours["ink"], colours["ink-2"]
    if style == "place":
        return Hand("italic", sizes[style], ink, ink, raster)
    if style != "mark-label":
        colour = ink if raster and style == "note" else ink_2
        return Hand("sans", sizes[style], colour, colour, raster)
    if role in QUIET:
        colour = ink if raster and role != "context" else ink_2
        return Hand("sans", sizes[style], colour, colour, raster)
    colour = colours[ROLES.get(role, "ink")]
    return Hand("bold", sizes[style], colour, ink_2 if role == "leader" else colour, raster)


def role_of(classes: str) -> str:
    """The role among a shape's classes, or nothing.

    >>> role_of("mark line role-path")
    'path'
    """
    return next((word[5:] for word in classes.split() if word.startswith("role-")), "")


def _numbered(words: set[str], prefix: str) -> int:
    return next(int(word.removeprefix(prefix)) for word in words if word.startswith(prefix))


def mixed(first: str, second: str, share: float) -> str:
    """`share` of the second colour in the first, mixed in Oklab as `color-mix` does.

    Matrices: Björn Ottosson, "A perceptual color space for image processing" (2020).

    >>> mixed("#000000", "#ffffff", 0.5)
    '#636363'
    """
    blend = (1 - share) * _oklab(first) + share * _oklab(second)
    linear = np.linalg.inv(TO_CONES) @ (np.linalg.inv(TO_LAB) @ blend) ** 3
    gamma = np.where(linear > 0.0031308, 1.055 * np.maximum(linear, 0) ** (1 / 2.4) - 0.055, 0)
    values = np.where(linear > 0.0031308, gamma, 12.92 * linear)
    return "#" + "".join(f"{round(255 * min(1, max(0, float(v)))):02x}" for v in values)


TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def _oklab(colour: str) -> NDArray[np.float64]:
    values = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(values > 0.04045, ((values + 0.055) / 1.055) ** 2.4, values / 12.92)
    return np.asarray(TO_LAB @ np.cbrt(TO_CONES @ linear), dtype=np.float64)

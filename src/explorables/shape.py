"""The shapes that a scene is made of, in whole tenths of a pixel."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorables.labels import STYLES, Anchor, Place
from explorables.marks import Array

Part = NDArray[np.int32]
Kind = Literal["line", "area", "points", "text", "mask"]

TENTHS = 10
BASELINE = 0.35  # of the size: from the middle of a line down to its base line
FAR = 20_000.0  # pixels; a walk that has left for good need not be drawn further off


@dataclass(frozen=True, eq=False)
class Shape:
    """One thing to draw. `key` is the same from state to state; `classes` are the theme's.

    "line" is open polylines, "area" closed polygons, "points" single points, "text" words at
    `parts[0]` plus `offset` real pixels (to the base line of the first of lines `leading` apart),
    "mask" an image of coverage, `pixels` (rows, columns), between the two corners `parts[0]`.
    `sets` and `tip` come from the mark.
    """

    key: str
    kind: Kind
    classes: str
    parts: tuple[Part, ...]
    clip: bool = False
    text: str = ""
    anchor: Anchor = "start"
    offset: tuple[float, float] = (0.0, 0.0)
    leading: float = 0.0
    pixels: NDArray[np.uint8] | None = None
    sets: str | Mapping[str, str] = ""
    tip: str = ""

    def to_json(self) -> dict[str, Any]:
        """The shape as JSON values, exactly; what is empty is left out."""
        values: dict[str, Any] = {
            "key": self.key,
            "kind": self.kind,
            "classes": self.classes,
            "parts": [entry.tolist() for entry in self.parts],
        }
        if self.kind == "text":
            values |= {"text": self.text, "anchor": self.anchor}
            values |= {"offset": list(self.offset), "leading": self.leading}
        if self.pixels is not None:
            values["pixels"] = base64.b64encode(self.pixels.tobytes()).decode("ascii")
            values["size"] = list(self.pixels.shape)
        if self.sets:
            values["sets"] = self.sets if isinstance(self.sets, str) else dict(self.sets)
        return values | {
            name: getattr(self, name) for name in ("clip", "tip") if getattr(self, name)
        }


def words(key: str, classes: str, text: str, place: Place) -> Shape:
    """A text shape; the first of `classes` is its style."""
    style = STYLES[classes.partition(" ")[0]]
    further = text.count("\n")
    down = place.dy - style.leading * further / 2 + BASELINE * style.size
    return Shape(
        key,
        "text",
        classes,
        (part([place.x], [place.y]),),
        text=text,
        anchor=place.anchor,
        offset=(round(place.dx, 1), round(down, 1)),
        leading=style.leading,
    )


def part(x: ArrayLike, y: ArrayLike) -> Part:
    """Points in pixels as an int32 array (n, 2) of tenths."""
    points = np.stack([np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)], axis=1)
    return np.asarray(np.rint(np.clip(points, -FAR, FAR) * TENTHS), dtype=np.int32)


def pieces(x: Array, y: Array) -> tuple[Part, ...]:
    """The stretches of a line between its gaps, without repeated points."""
    known = np.isfinite(x) & np.isfinite(y)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(int)))
    stretches = (part(x[a:b], y[a:b]) for a, b in edges.reshape(-1, 2))
    return tuple(distinct(stretch) for stretch in stretches)


def distinct(points: Part) -> Part:
    """Points that differ from the one before."""
    moved = np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])
    return np.asarray(points[moved])


def simplified(points: Part, tolerance: float) -> Part:
    """Leave out every other point that lies within `tolerance` tenths of its neighbours' chord,
    and again, until none does."""
    while len(points) > 8:
        before, after = points[:-2].astype(float), points[2:].astype(float)
        chord = after - before
        off = points[1:-1] - before
        length = np.hypot(chord[:, 0], chord[:, 1])
        cross = np.abs(chord[:, 0] * off[:, 1] - chord[:, 1] * off[:, 0])
        needless = cross <= tolerance * np.maximum(length, 1e-9)
        needless[1:] &= ~needless[:-1] | (np.arange(1, len(needless)) % 2 == 0)
        needless[np.arange(len(needless)) % 2 == 1] = False
        if not needless.any():
            return points
        points = points[np.concatenate([[True], ~needless, [True]])]
    return points


def rings_of(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Only the parts that enclose something."""
    return tuple(entry for entry in parts if len(entry) > 2)

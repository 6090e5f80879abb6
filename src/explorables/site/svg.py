"""A picture of the scene as inline SVG that stretches while its words keep their size.

The outer `<svg>` has no viewBox, so its words are in the page's own pixels, placed by per cent. The
shapes lie in a nested one whose box stretches; strokes do not scale. A shape is one element, in the
scene's order. Coordinates are whole tenths of a pixel, coarser where an eye would not see it.
"""

import base64
import struct
import zlib
from dataclasses import replace
from itertools import groupby

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from explorables.scene import Picture
from explorables.shape import TENTHS, Part, Shape, distinct

GRAINS = {"band": 5, "role-ensemble": 5, "role-ridge": 2}  # tenths of a pixel; data keep theirs
EMPTY = Markup("")

PICTURE = Markup(
    '<svg class="{classes}" width="{width}" height="{height}" aria-hidden="true">'
    '<svg width="100%" height="100%" viewBox="0 0 {w} {h}" preserveAspectRatio="none">'
    "{clip}{shapes}</svg>{words}</svg>"
)
STAMP = Markup(
    '<svg class="picture stamp" viewBox="{frame}" preserveAspectRatio="none" aria-hidden="true">'
    "{shapes}</svg>"
)
CLIP = Markup('<clipPath id="{}"><path d="M{} {}H{}V{}H{}z"/></clipPath>')
MASK = Markup(
    '<mask id="{}" maskContentUnits="objectBoundingBox">'
    '<image width="1" height="1" preserveAspectRatio="none" href="data:image/png;base64,{}"/>'
    "</mask>"
)
DEFS = Markup('<svg class="defs" aria-hidden="true">{}</svg>')
HATCH = Markup(
    '<pattern id="{}" width="50" height="50" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><path class="hatch" d="M0 0v50"/></pattern>'
)


class Defs:
    """What pictures of one figure share: masks, once for each bitmap, and the hatch."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.entries: dict[bytes, Markup] = {}

    def mask(self, pixels: NDArray[np.uint8]) -> str:
        """The id of the mask that shows what `pixels` (rows, columns) cover."""
        image = png(pixels)
        return self._entry(image, MASK, base64.b64encode(image).decode())

    def hatch(self) -> str:
        """The id of the pattern that fills noise."""
        return self._entry(b"hatch", HATCH)

    def _entry(self, key: bytes, template: Markup, *rest: str) -> str:
        names = list(self.entries)
        place = names.index(key) if key in names else len(names)
        name = f"{self.prefix}-def-{place}"
        self.entries.setdefault(key, template.format(name, *rest))
        return name

    def render(self) -> Markup:
        """The hidden element that holds them; empty when there are none."""
        return DEFS.format(EMPTY.join(self.entries.values())) if self.entries else EMPTY


def draw(picture: Picture, name: str, layout: str, defs: Defs) -> Markup:
    """Write one picture; `name` starts its ids and is unique in the page."""
    words = [shape for shape in picture.shapes if shape.kind == "text"]
    drawn = [shape for shape in picture.shapes if shape.kind != "text"]
    clip = f"{name}-clip"
    left, top, right, bottom = (round(TENTHS * edge) for edge in picture.box)
    clipped = {shape.key for shape in drawn if shape.clip and _leaves(shape, picture)}
    return PICTURE.format(
        classes=f"picture {layout}{' map' if is_map(picture) else ''}",
        width=f"{picture.width:g}",
        height=f"{picture.height:g}",
        w=round(TENTHS * picture.width),
        h=round(TENTHS * picture.height),
        clip=CLIP.format(clip, left, top, right, bottom, left) if clipped else EMPTY,
        shapes=_shapes(drawn, clipped, clip, defs),
        words=EMPTY.join(_text(shape, picture) for shape in words),
    )


def draw_stamp(picture: Picture, name: str) -> Markup:
    """The data of a picture alone, filling a small frame; strokes keep their width."""
    defs = Defs(name)
    left, top, right, bottom = (TENTHS * edge for edge in picture.box)
    shown = [
        shape for shape in picture.shapes if shape.kind != "text" and "grid" not in shape.classes
    ]
    shapes = EMPTY.join(_shape(replace(s, tip=""), 1, defs) for s in shown if s.classes != "axis")
    frame = f"{left:g} {top:g} {right - left:g} {bottom - top:g}"
    return defs.render() + STAMP.format(frame=frame, shapes=shapes)


def is_map(picture: Picture) -> bool:
    """Whether the picture is ground seen from above, which has no axes."""
    return any({"band", "shade", "veil"} & set(shape.classes.split()) for shape in picture.shapes)


def _leaves(shape: Shape, picture: Picture) -> bool:
    """Whether the shape reaches out of the data's box, so that it has to be cut off there."""
    left, top, right, bottom = (TENTHS * edge for edge in picture.box)
    points = np.concatenate(shape.parts) if shape.parts else np.zeros((0, 2))
    inside = (points >= [left - 5, top - 5]) & (points <= [right + 5, bottom + 5])
    return not inside.all()


def _shapes(shapes: list[Shape], clipped: set[str], clip: str, defs: Defs) -> Markup:
    runs = groupby(shapes, lambda shape: (_grain(shape), shape.key in clipped))
    return EMPTY.join(
        _group(list(run), grain, f"#{clip}" if cut else "", defs) for (grain, cut), run in runs
    )


def _group(shapes: list[Shape], grain: int, clip: str, defs: Defs) -> Markup:
    """A run of shapes of one grain, clipped or not."""
    inside = EMPTY.join(_shape(shape, grain, defs) for shape in shapes)
    if grain > 1:
        inside = Markup('<g transform="scale({})">{}</g>').format(grain, inside)
    return Markup('<g clip-path="url({})">{}</g>').format(clip, inside) if clip else inside


def _grain(shape: Shape) -> int:
    """How many tenths of a pixel a step of the shape's coordinates is."""
    if shape.kind == "mask":
        return 1
    return next((GRAINS[name] for name in shape.classes.split() if name in GRAINS), 1)


def _shape(shape: Shape, grain: int, defs: Defs) -> Markup:
    if shape.kind == "mask":
        return _masked(shape, defs)
    write = {"line": _polyline, "area": _polygon, "points": _points}[shape.kind]
    d = "".join(write(_round(part, grain)) for part in shape.parts)
    fill = EMPTY
    if shape.kind == "area" and "role-noise" in shape.classes.split():
        fill = Markup(' fill="url(#{})"').format(defs.hatch())
    inside = Markup("<title>{}</title>").format(shape.tip) if shape.tip else EMPTY
    return Markup('<path class="{}"{} d="{}">{}</path>').format(shape.classes, fill, d, inside)


def _masked(shape: Shape, defs: Defs) -> Markup:
    assert shape.pixels is not None
    (left, top), (right, bottom) = shape.parts[0][0], shape.parts[0][-1]
    return Markup('<path class="{}" mask="url(#{})" d="M{} {}H{}V{}H{}z"/>').format(
        shape.classes, defs.mask(shape.pixels), left, top, right, bottom, left
    )


def _round(part: Part, grain: int) -> Part:
    """To whole grains, without repeating a point."""
    if grain == 1:
        return part
    return distinct(np.rint(part / grain).astype(np.int32))


def _polyline(part: Part) -> str:
    """
    >>> _polyline(np.array([[10, 20], [15, 18], [15, 30]]))
    'M10 20l5-2 0 12'
    """
    start = f"M{part[0, 0]} {part[0, 1]}"
    if len(part) == 1:
        return start + "h.01"
    steps = " ".join(map(str, np.diff(part, axis=0).ravel())).replace(" -", "-")
    return f"{start}l{steps}"


def _polygon(part: Part) -> str:
    return _polyline(part) + "z"


def _points(part: Part) -> str:
    return "".join(f"M{x} {y}h.01" for x, y in part)


def _text(shape: Shape, picture: Picture) -> Markup:
    """Words at a place in per cent and an offset in pixels; further lines stand below the first."""
    x, y = (shape.parts[0][0] * TENTHS / (picture.width, picture.height)).tolist()
    dx, dy = shape.offset
    across = Markup(' x="{:.4g}%"').format(x) + _offset("dx", dx)
    anchor = Markup(' text-anchor="{}"').format(shape.anchor) if shape.anchor != "start" else EMPTY
    first, *more = shape.text.split("\n")
    words = Markup("{}").format(first)
    for line in more:
        words += Markup('<tspan{} dy="{:g}">{}</tspan>').format(across, shape.leading, line)
    return Markup('<text class="{}"{} y="{:.4g}%"{}{}>{}</text>').format(
        shape.classes, across, y, _offset("dy", dy), anchor, words
    )


def _offset(name: str, pixels: float) -> Markup:
    return Markup(' {}="{:g}"').format(name, pixels) if pixels else EMPTY


def png(alpha: NDArray[np.uint8]) -> bytes:
    """An image (rows, columns) that is black, as opaque as `alpha`; levels of 4 in 256.

    Palette entry i has the opacity 4 i: one byte a pixel, differences to the pixel on the left.
    """
    level = (alpha >> 2).astype(np.uint8)
    rows, columns = level.shape
    steps = np.diff(level, axis=1, prepend=np.uint8(0))
    filtered = np.concatenate([np.ones((rows, 1), np.uint8), steps], axis=1)
    header = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)
    opacity = bytes(min(255, round(i * 255 / 63)) for i in range(64))
    chunks = [
        (b"IHDR", header),
        (b"PLTE", bytes(3 * 64)),
        (b"tRNS", opacity),
        (b"IDAT", zlib.compress(filtered.tobytes(), 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )

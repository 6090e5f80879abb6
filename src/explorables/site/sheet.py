"""A sheet of paper that matplotlib draws on: pictures of the scene and words, in CSS pixels."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
from matplotlib import font_manager, rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray
from PIL import Image

from explorables.labels import STYLES
from explorables.scene import Picture
from explorables.shape import TENTHS, Shape
from explorables.site import fonts
from explorables.site.palette import Scheme, palette
from explorables.site.pens import hand, pen

POINTS = 72  # an inch; at this many dots an inch, matplotlib's points are pixels
SIZES = {name: style.size for name, style in STYLES.items()}
FACES = {
    "title": ("Explorables Title", "DejaVu Serif"),
    "serif": ("Explorables Serif", "DejaVu Serif"),
    "italic": ("Explorables Italic", "DejaVu Serif"),
    "sans": ("Explorables Sans", "DejaVu Sans"),
    "bold": ("Explorables Bold", "DejaVu Sans"),
}
SETTINGS: Any = {"lines.scale_dashes": False, "text.hinting": "none", "hatch.linewidth": 1.25}
COLOURS = 192
METHOD = Image.Quantize.MAXCOVERAGE  # of those that Pillow has, the smallest error a byte

Spot = tuple[float, float]


class Sheet:
    """A blank sheet of `width` × `height` CSS pixels, saved `pixels` wide; y grows downwards."""

    def __init__(self, width: float, height: float, pixels: int, scheme: Scheme = "light") -> None:
        self.colours = palette(scheme)
        size = width / POINTS, height / POINTS
        self._figure = Figure(size, dpi=POINTS * pixels / width, facecolor=self.colours["paper"])
        self._canvas = FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._order = 0

    def picture(self, picture: Picture, at: Spot, width: float) -> float:
        """Draw a picture `width` wide with its corner at a place; returns its height."""
        stretch = width / picture.width
        left, top, right, bottom = (stretch * edge for edge in picture.box)
        box = Rectangle((at[0] + left, at[1] + top), right - left, bottom - top)
        box.set_transform(self._axes.transData)
        with rc_context(SETTINGS):
            for shape in picture.shapes:
                self._order += 1
                self._draw(shape, np.array(at), stretch, box)
        return stretch * picture.height

    def words(
        self, text: str, at: Spot, face: str, size: float, colour: str, anchor: str = "left"
    ) -> None:
        """One line of words with its base line at a place; `colour` is a name of the palette."""
        self._order += 1
        self._words(text, at, face, size, self.colours[colour], anchor)

    def fade(self, start: float, end: float) -> None:
        """Let the paper go from whole, at `start` and above, to nothing, at `end`."""
        self._order += 1
        height = np.linspace(0.0, end, round(end))
        share = np.clip((height - start) / (end - start), 0, 1)
        cover = np.asarray(1 - share**2 * (3 - 2 * share), dtype=np.float64)
        self._image(self.colours["paper"], cover[:, None], (0, self._axes.get_xlim()[1], end, 0))

    def png(self) -> bytes:
        """The sheet as a PNG of at most 192 colours; the same sheet gives the same bytes."""
        self._canvas.draw()  # type: ignore[no-untyped-call]
        pixels = np.asarray(self._canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        image = Image.fromarray(pixels).convert("RGB")
        colours = image.quantize(COLOURS, METHOD, kmeans=1)
        reduced = image.quantize(palette=colours, dither=Image.Dither.FLOYDSTEINBERG)
        file = io.BytesIO()
        reduced.save(file, "PNG", optimize=True)
        return file.getvalue()

    def _draw(self, shape: Shape, at: NDArray[np.float64], stretch: float, box: Rectangle) -> None:
        parts = [at + part * (stretch / TENTHS) for part in shape.parts]
        clip = box if shape.clip else None
        if shape.kind == "text":
            self._text(shape, parts[0][0])
        elif shape.kind == "mask":
            self._mask(shape, parts[0])
        elif shape.kind == "points":
            self._points(shape, parts, clip)
        elif parts:
            self._path(shape, parts, clip)

    def _path(self, shape: Shape, parts: list[NDArray[np.float64]], clip: Rectangle | None) -> None:
        style, closed = pen(shape.classes, self.colours), shape.kind == "area"
        pieces = [Path(part, closed=False) for part in parts]
        if closed:
            pieces = [Path(np.concatenate([part, part[:1]]), closed=True) for part in parts]
        patch = PathPatch(
            Path.make_compound_path(*pieces),
            edgecolor=_rgba(style.stroke, style.opacity),
            facecolor=_rgba(style.fill if closed else None, style.fill_opacity),
            linewidth=style.width if style.stroke else 0,
            linestyle=(0, style.dashes) if style.dashes else "solid",
            capstyle="round",
            joinstyle="round",
            hatch="////" if style.hatch else None,
            hatchcolor=self.colours["noise"],
            zorder=self._order,
        )
        self._axes.add_artist(patch)
        if clip:
            patch.set_clip_path(clip)

    def _points(
        self, shape: Shape, parts: list[NDArray[np.float64]], clip: Rectangle | None
    ) -> None:
        style = pen(shape.classes, self.colours)
        if not (style.stroke and parts):
            return
        x, y = np.concatenate(parts).T
        dots = Line2D(x, y, linestyle="none", marker="o", markersize=style.width)
        dots.set(color=style.stroke, markeredgewidth=0, zorder=self._order)
        self._axes.add_artist(dots)
        if clip:
            dots.set_clip_path(clip)

    def _mask(self, shape: Shape, corners: NDArray[np.float64]) -> None:
        assert shape.pixels is not None
        style = pen(shape.classes, self.colours)
        (left, top), (right, bottom) = corners[0], corners[-1]
        cover = shape.pixels / 255 * style.fill_opacity
        self._image(style.fill or self.colours["paper"], cover, (left, right, bottom, top))

    def _image(
        self, colour: str, cover: NDArray[np.float64], extent: tuple[float, float, float, float]
    ) -> None:
        pixels = np.empty((*cover.shape, 4))
        pixels[..., :3], pixels[..., 3] = to_rgb(colour), cover
        image = AxesImage(self._axes, extent=extent, interpolation="bilinear", origin="upper")
        image.set_data(pixels)
        image.set_zorder(self._order)
        self._axes.add_artist(image)

    def _text(self, shape: Shape, at: NDArray[np.float64]) -> None:
        style = hand(shape.classes, self.colours, SIZES)
        anchor = {"start": "left", "middle": "center", "end": "right"}[shape.anchor]
        x, y = at + shape.offset
        for i, line in enumerate(shape.text.split("\n")):
            face = "sans" if i and style.face == "bold" else style.face
            colour = style.rest_colour if i else style.colour
            place = (x, y + i * shape.leading)
            self._words(line, place, face, style.size, colour, anchor, style.halo)

    def _words(
        self,
        text: str,
        at: Spot,
        face: str,
        size: float,
        colour: str,
        anchor: str,
        halo: bool = False,
    ) -> None:
        stroke = withStroke(linewidth=3.5, foreground=_rgba(self.colours["paper"], 0.88))
        self._axes.text(
            *at,
            text,
            color=colour,
            fontproperties=_font(face, size),
            ha=anchor,
            va="baseline",
            parse_math=False,
            zorder=self._order,
            path_effects=[stroke] if halo else None,
        )


def width_of(text: str, face: str, size: float) -> float:
    """How wide a line of words is, in pixels."""
    ruler = RendererAgg(1, 1, POINTS)  # type: ignore[no-untyped-call]
    measured = ruler.get_text_width_height_descent(text, _font(face, size), False)  # type: ignore[no-untyped-call]
    return float(measured[0])


def _rgba(colour: str | None, opacity: float) -> tuple[float, float, float, float]:
    return (*to_rgb(colour), opacity) if colour else (0.0, 0.0, 0.0, 0.0)


def _font(face: str, size: float) -> FontProperties:
    families = [family for family in FACES[face] if family.startswith("DejaVu") or family in _own()]
    weight = "bold" if face == "bold" and not _own() else "normal"
    return FontProperties(family=families, size=size, weight=weight)


@cache
def _own() -> frozenset[str]:
    """The families of the theme's own faces, once matplotlib knows them."""
    files = fonts.statics()
    for file in files.values():
        font_manager.fontManager.addfont(str(file))
    return frozenset(files)

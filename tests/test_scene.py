"""Scenes of one small plot a mark, kept beside this file; renew them with EXPLORABLES_RENEW=1."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorables.labels import Label, Place, overlap
from explorables.plot import Area, Arrow, Axes, Dot, Line, Mark, Plot, Raster, Rule, Text
from explorables.scale import extents
from explorables.scene import LAYOUTS, Picture, lower

SNAPSHOTS = Path(__file__).parent / "snapshots"
X = np.linspace(0, 4, 9)
Z = np.sin(np.arange(30).reshape(5, 6) / 4)


def line() -> Axes:
    gap = np.where(X == 2, np.nan, X**2)
    return Axes(Line(X, gap, role="path", label="square\n16"), x="side", y="area", title="Squares")


def dot() -> Axes:
    return Axes(Dot(1, 2, label="state", sets="start"), Dot(X, X, role="noise"), x="x", y="y")


def area() -> Axes:
    return Axes(Area(X, 0, X, role="bias", label="bias"), x="x", y="y")


def rule() -> Axes:
    return Axes(Rule(x=2, label="chosen"), Rule(y=[1, 3]), x="x", y="y", xlim=(0, 4), ylim=(0, 4))


def text() -> Axes:
    return Axes(Text(1, 1, "the rut", role="place"), Text(3, 1, "a note"), xlim=(0, 4), ylim=(0, 2))


def arrow() -> Axes:
    return Axes(Arrow([0, 2], 0, 1, [1, 0]), xlim=(-1, 4), ylim=(-1, 2), equal=True)


def raster_cells() -> Axes:
    return Axes(
        Raster(Z, np.arange(6), 10.0 ** np.arange(5), (-1, 1), sets={"a": "x", "b": "y"}),
        x="x",
        y="y",
        log="y",
    )


def raster_terrain() -> Axes:
    veil = np.linspace(0, 1, 6).reshape(2, 3)
    return Axes(Raster(Z, np.arange(6), np.arange(5), (-1.5, 1.5), "terrain", veil=veil))


def raster_category() -> Axes:
    return Axes(Raster(np.array([[0, 1], [1, np.nan]]), [0, 1], [0, 1], (0, 1), "category"))


PLOTS = [line, dot, area, rule, text, arrow, raster_cells, raster_terrain, raster_category]


def pictures(axes: Axes) -> dict[str, Picture]:
    plot = Plot(axes)
    limits = extents([plot])
    return {name: lower(plot, layout, limits)[0] for name, layout in LAYOUTS.items()}


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_the_scene_is_as_it_was(plot: Callable[[], Axes]) -> None:
    scene = {name: picture.to_json() for name, picture in pictures(plot()).items()}
    path = SNAPSHOTS / f"{plot.__name__}.json"
    text = json.dumps(
        scene, indent=None, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    text = text.replace('{"key"', '\n{"key"') + "\n"
    if os.environ.get("EXPLORABLES_RENEW"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_shapes_have_keys_of_their_own(plot: Callable[[], Axes]) -> None:
    for picture in pictures(plot()).values():
        keys = [shape.key for shape in picture.shapes]
        assert len(set(keys)) == len(keys)


def test_values_that_are_not_finite_are_gaps() -> None:
    shapes = {shape.key: shape for shape in pictures(line())["narrow"].shapes}
    assert len(shapes["m0"].parts) == 2
    assert "m0.label" in shapes
    nothing = Axes(Line(X, X * np.nan), Dot(np.inf, 1), Area(X, np.nan, 1), x="x", y="y")
    drawn = {shape.key: shape for shape in pictures(nothing)["narrow"].shapes}
    assert drawn["m0"].parts == drawn["m1"].parts == drawn["m2"].parts == ()


def test_a_name_makes_an_axis_and_no_name_a_map() -> None:
    charted = pictures(line())["wide"]
    assert charted.title == "Squares"
    assert charted.counts == "area"
    assert {"x.axis", "x.name", "y.0"} <= {shape.key for shape in charted.shapes}
    mapped = pictures(text())["wide"]
    assert mapped.box == (0, 0, mapped.width, mapped.height)
    assert not any(shape.classes.startswith(("axis", "tick", "grid")) for shape in mapped.shapes)


def test_equal_axes_give_both_units_one_length() -> None:
    for picture in pictures(arrow()).values():
        left, top, right, bottom = picture.box
        across = (right - left) / (picture.xlim[1] - picture.xlim[0])
        down = (bottom - top) / (picture.ylim[1] - picture.ylim[0])
        assert across == pytest.approx(down)


def test_bands_nest_and_index_contours_recur() -> None:
    shapes = pictures(raster_terrain())["wide"].shapes
    bands = [shape for shape in shapes if shape.classes.startswith("band")]
    assert bands[0].key == "m0.band.0"
    assert all(("index" in b.classes) == (int(b.key.split(".")[2]) % 4 == 0) for b in bands[1:])
    assert {"m0.shade", "m0.veil"} <= {shape.key for shape in shapes}


def test_the_same_raster_is_drawn_once() -> None:
    raster = Raster(Z, np.arange(6), np.arange(5), (-1.5, 1.5), "terrain")
    first = pictures(Axes(raster))["wide"].shapes
    second = pictures(Axes(raster, Dot(1, 1)))["wide"].shapes
    assert first[3].parts is second[3].parts


def test_a_gap_in_a_raster_is_no_cell() -> None:
    cells = [s for s in pictures(raster_category())["narrow"].shapes if "cell" in s.classes]
    assert sum(len(cell.parts) for cell in cells) == 3


points = st.lists(st.tuples(st.floats(-5, 5), st.floats(-3, 3)), min_size=1, max_size=6)


@given(points, points, st.booleans())
def test_captions_never_collide_at_any_size(
    ends: list[tuple[float, float]], dots: list[tuple[float, float]], chart: bool
) -> None:
    marks: list[Mark] = [Line([-5, x], [0, y], label=f"line {x:.1f}\n{y:.2f}") for x, y in ends]
    marks += [Dot(x, y, label=f"dot {x:.1f}") for x, y in dots]
    marks += [Text(x, y, "the better valley", role="place") for x, y in dots[:2]]
    axis = "axis" if chart else ""
    for name, picture in pictures(Axes(*marks, x=axis, y=axis)).items():
        layout = LAYOUTS[name]
        texts = [shape for shape in picture.shapes if shape.kind == "text"]
        for scale in layout.stretch:
            boxes = []
            for shape in texts:
                style = shape.classes.partition(" ")[0]
                x, y = (shape.parts[0][0] / 10).tolist()
                middle = shape.offset[1] + shape.leading * shape.text.count("\n") / 2
                size = {"tick-label": 12, "place": 17}.get(style, 13)
                place = Place(x, y, shape.offset[0], middle - 0.35 * size, shape.anchor)
                boxes.append(Label(shape.text, style, [place]).box(place, scale))
            for i, box in enumerate(boxes):
                assert not any(overlap(_shrunk(box), _shrunk(other)) for other in boxes[i + 1 :])
                assert box[0] > -2.5
                assert box[2] < picture.width * scale + 2.5
                assert box[3] < picture.height * scale + 2.5


def _shrunk(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return box[0] + 2.2, box[1] + 1.2, box[2] - 2.2, box[3] - 1.2

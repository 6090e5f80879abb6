"""A scene becomes SVG that stretches while its words do not; a figure holds all its parts."""

import base64
import io
import re
from typing import Annotated
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from explorables.plot import Area, Axes, Dot, Goal, Line, Plot, Raster, Readout, Text
from explorables.scene import LAYOUTS, Picture, lower
from explorables.site import figure
from explorables.site.essay import PlacedWidget
from explorables.site.svg import GRAINS, Defs, png
from explorables.widget import Slider, widget

SVG = "{http://www.w3.org/2000/svg}"
HILL = np.hypot(*np.mgrid[-1:1:12j, -1:1:16j])


@widget
def hill(height: Annotated[float, Slider(1, 5, 1, label="Height")] = 2.0) -> Plot:
    """A hill, seen from above."""
    columns, rows = np.linspace(0, 3, 16), np.linspace(0, 2, 12)
    return Plot(
        Axes(
            Raster(height - HILL, columns, rows, (0, 5), "terrain"),
            Line([0.2, 2.5], [0.2, 1.5], role="path"),
            Dot(2.5, 1.5, role="path", tip="you & I"),
            Text(1.5, 1, "the top", role="place"),
        ),
        readouts={"top": Readout(height, "highest point"), "hidden_one": -0.5},
        takeaway="The hill is <high>.",
        goals=[Goal("climb", True, "Climb it"), Goal("leave", False)],
    )


@hill.view
def profile(height):  # type: ignore[no-untyped-def]
    """The hill from the side."""
    x = np.linspace(0, 1, 9)
    return Plot(
        Axes(
            Line(x, height * x, label=f"slope\n{-height:g}", role="path"),
            Area(x, 0 * x, x, role="noise"),
            x="way",
            y="height",
            title="From the side",
        ),
        takeaway="It goes up.",
    )


@pytest.fixture
def placed() -> PlacedWidget:
    return PlacedWidget(hill, "hill", hill.defaults, "hills", 3)


def draw(*marks: Line | Dot | Area, layout: str = "narrow", **axes: str) -> ElementTree.Element:
    """The one picture of these marks as an SVG tree."""
    return tree(picture(*marks, layout=layout, **axes), layout)


def picture(*marks: Line | Dot | Area, layout: str = "narrow", **axes: str) -> Picture:
    @widget
    def only() -> Plot:
        """A plot."""
        return Plot(Axes(*marks, xlim=(0, 10), ylim=(0, 10), **axes))  # type: ignore[arg-type]

    (lowered,) = lower(only.plot(), LAYOUTS[layout], only.extents)
    return lowered


def tree(drawn: Picture, layout: str = "narrow") -> ElementTree.Element:
    html = figure.svg(drawn, id_prefix="p", layout_name=layout)
    return ElementTree.fromstring(f'<svg xmlns="{SVG[1:-1]}">{html}</svg>')[-1]


def test_the_outer_frame_has_no_view_box_and_the_inner_one_stretches() -> None:
    outer = draw(Line([0, 10], [0, 10]))
    inner = outer.find(f"{SVG}svg")
    assert inner is not None
    assert "viewBox" not in outer.attrib
    assert (outer.get("width"), outer.get("height")) == ("328", "205")
    assert inner.get("viewBox") == "0 0 3280 2050"
    assert inner.get("preserveAspectRatio") == "none"


def test_words_stand_at_per_cents_outside_of_what_stretches() -> None:
    outer = draw(Line([0, 10], [0, 10]), x="time", y="height")
    words = outer.findall(f"{SVG}text")
    assert words
    assert all(re.fullmatch(r"[\d.]+%", word.get("x", "")) for word in words)
    inner = outer.find(f"{SVG}svg")
    assert inner is not None
    assert not inner.findall(f".//{SVG}text")


def test_further_lines_of_a_label_start_anew_below() -> None:
    outer = draw(Line([0, 10], [5, 5], label="name\n0.9 & more"), x="time", y="height")
    label = next(t for t in outer.findall(f"{SVG}text") if "mark-label" in t.get("class", ""))
    (second,) = label.findall(f"{SVG}tspan")
    assert (label.text, second.text) == ("name", "0.9 & more")
    assert second.get("x") == label.get("x")


def test_a_shape_is_one_element_in_the_scenes_order() -> None:
    drawn = picture(Area([0, 10], [0, 0], [1, 2]), Line([0, 10], [0, 10]), Dot([1, 2], [3, 4]))
    outer = tree(drawn)
    paths = [p.get("class") for p in outer.iter(f"{SVG}path") if p.get("class")]
    assert paths == [shape.classes for shape in drawn.shapes if shape.kind != "text"]


def test_path_data_gives_back_the_scenes_own_points() -> None:
    drawn = picture(Line(np.linspace(0, 10, 40), np.sin(np.linspace(0, 9, 40)) * 4 + 5))
    (shape,) = drawn.shapes
    (path,) = (p for p in tree(drawn).iter(f"{SVG}path"))
    start, steps = path.get("d", "")[1:].split("l")
    numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
    points = np.cumsum([[int(n) for n in start.split()], *np.reshape(numbers, (-1, 2))], axis=0)
    np.testing.assert_array_equal(points, shape.parts[0])


def test_a_point_is_a_line_of_no_length_and_an_area_is_closed() -> None:
    outer = draw(Dot(5, 5), Area([0, 10], [0, 0], [1, 2]))
    data = [path.get("d", "") for path in outer.iter(f"{SVG}path")]
    assert data[0] == data[1]
    assert data[0].endswith("h.01")
    assert data[2].endswith("z")


def test_only_what_leaves_the_box_is_clipped() -> None:
    assert "clip-path" not in ElementTree.tostring(draw(Dot(10, 5), x="x"), "unicode")
    assert "clip-path" in ElementTree.tostring(draw(Line([0, 20], [0, 5]), x="x"), "unicode")


def test_contours_are_coarser_than_data_and_stand_where_the_scene_put_them() -> None:
    (drawn,) = lower(hill.plot(), LAYOUTS["wide"], hill.extents)
    group = next(tree(drawn, "wide").iter(f"{SVG}g"))
    while group.get("transform") is None:
        group = group[0]
    assert group.get("transform") == f"scale({GRAINS['band']})"
    first = next(group.iter(f"{SVG}path"))
    ground = next(shape for shape in drawn.shapes if "band-0" in shape.classes)
    corner = [int(n) * GRAINS["band"] for n in re.findall(r"-?\d+", first.get("d", ""))[:2]]
    assert np.abs(ground.parts[0][0] - corner).max() <= GRAINS["band"] // 2 + 1


def test_a_mask_holds_the_opacities_and_is_shared(placed: PlacedWidget) -> None:
    html = figure.render(placed)
    (data,) = re.findall(r"data:image/png;base64,([\w+/=]+)", html)
    assert html.count("<mask ") == 1
    name = re.search(r'<mask id="([\w-]+)"', html)
    assert name is not None
    assert html.count(f"url(#{name[1]})") == len(LAYOUTS)
    shade = next(
        shape
        for shape in lower(placed.plot, LAYOUTS["wide"], hill.extents)[0].shapes
        if shape.kind == "mask"
    )
    decoded = np.array(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGBA"))[..., 3]
    assert shade.pixels is not None
    assert decoded.shape == shade.pixels.shape
    assert np.abs(decoded.astype(int) - shade.pixels).max() <= 4


def test_png_keeps_both_ends_exactly() -> None:
    alpha = np.arange(256, dtype=np.uint8).reshape(16, 16)
    decoded = np.array(Image.open(io.BytesIO(png(alpha))).convert("RGBA"))[..., 3]
    assert (decoded[0, 0], decoded[-1, -1]) == (0, 255)
    assert np.abs(decoded.astype(int) - alpha).max() <= 4


def test_noise_is_hatched(placed: PlacedWidget) -> None:
    html = figure.render(placed)
    (pattern,) = re.findall(r'<pattern id="([\w-]+)"', html)
    assert f'class="mark area role-noise" fill="url(#{pattern})"' in html


def test_nothing_carries_a_style_of_its_own(placed: PlacedWidget) -> None:
    html = figure.render(placed)
    assert not re.search(r"\s(style|on\w+|fill-opacity|stroke)=", html)


def test_the_element_says_what_it_is(placed: PlacedWidget) -> None:
    html = figure.render(placed, 3)
    assert html.startswith(
        '<explorable-widget name="hill" id="figure-hill" data-phase="static" data-revision="0">'
    )
    assert "Figure 3 · hill" in html
    assert "The hill is &lt;high&gt;." in html


def test_the_picture_of_an_opening_is_not_counted(placed: PlacedWidget) -> None:
    assert '<p class="figure-number">hill</p>' in figure.render(placed, 0)


def test_the_picture_has_a_name_and_the_takeaway_as_its_description(placed: PlacedWidget) -> None:
    html = figure.render(placed)
    assert 'role="img" aria-label="A hill, seen from above" aria-describedby="figure-hill-t' in html
    assert (
        'aria-label="The hill from the side" aria-describedby="figure-hill-profile-takeaway"'
        in html
    )
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:for|aria-describedby)="([^"]+)"', html)) <= set(ids)


def test_each_of_several_pictures_is_named_by_the_summary_and_its_title() -> None:
    @widget
    def pair() -> Plot:
        """Two ways down"""
        sides = (Axes(Line([0, 1], [1, 0]), title=title) for title in ("Steep", "Flat"))
        return Plot(*sides, takeaway="Both go down.")

    html = figure.render(PlacedWidget(pair, "pair", pair.defaults))
    assert re.findall(r'role="img" aria-label="([^"]+)"', html) == [
        "Two ways down. Steep",
        "Two ways down. Flat",
    ]


def test_the_numbers_can_be_left_out(placed: PlacedWidget) -> None:
    assert '<details class="numbers">' in figure.render(placed)
    assert "<details" not in figure.render(placed, numbers=False)


def test_the_main_picture_has_both_layouts_and_a_view_only_the_narrow_one(
    placed: PlacedWidget,
) -> None:
    html = figure.render(placed)
    assert html.count('class="picture wide map"') == 1
    assert html.count('class="picture narrow map"') == 1
    assert html.count('class="picture narrow"') == 1


def test_the_page_is_told_how_to_arrange_the_parts(placed: PlacedWidget) -> None:
    @widget
    def alone() -> Plot:
        """One picture."""
        return Plot(Axes(Line([0, 1], [0, 1])))

    @widget
    def several() -> Plot:
        """Two pictures."""
        return Plot(Axes(Line([0, 1], [0, 1])), Axes(Line([0, 1], [0, 1])))

    assert 'class="figure-body with-views"' in figure.render(placed)
    assert 'class="figure-body alone"' in figure.render(PlacedWidget(alone, "one", {}))
    assert 'class="figure-body abreast"' in figure.render(PlacedWidget(several, "two", {}))


def test_labelled_readouts_are_shown_and_the_others_left_to_the_prose(placed: PlacedWidget) -> None:
    html = figure.render(placed)
    assert '<dt>highest point</dt><dd data-readout="top">2</dd>' in html
    assert "hidden_one" not in html


def test_goals_say_which_are_reached_not_by_shape_alone(placed: PlacedWidget) -> None:
    html = figure.render(placed)
    assert "1 of 2 done" in html
    done = '<li data-goal="climb" class="reached">Climb it<span class="unseen"> (done)</span></li>'
    assert done in html
    assert '<li data-goal="leave">Leave</li>' in html


def test_the_numbers_are_there_as_a_table_with_true_minus_signs(placed: PlacedWidget) -> None:
    html = figure.render(placed)
    assert "<caption>The hill from the side</caption>" in html
    for column in placed.views["profile"].table:
        assert f'<th scope="col">{column}</th>' in html
    assert not re.search(r"<td>-\d", html)


def test_a_thumbnail_is_the_first_chart_without_words(placed: PlacedWidget) -> None:
    html = figure.thumbnail(placed)
    assert 'class="picture stamp"' in html
    assert "role-path" in html
    assert "<text" not in html
    assert "band" not in html


def test_a_defs_element_is_only_there_when_it_holds_something() -> None:
    defs = Defs("x")
    assert defs.render() == ""
    assert defs.hatch() == defs.hatch() == "x-def-0"
    assert defs.render().count("<pattern") == 1

"""Bitmaps: the right size, the same bytes twice, everything in view, light enough for a feed."""

from __future__ import annotations

import io
from typing import Annotated

import numpy as np
import pytest
from markupsafe import Markup
from numpy.typing import NDArray
from PIL import Image

from explorables.marks import Area, Dot, Line, Raster
from explorables.plot import Axes, Plot
from explorables.site import bitmap
from explorables.site.essay import Essay, PlacedWidget, Section
from explorables.site.palette import palette
from explorables.site.sheet import Sheet, width_of
from explorables.slider import Slider
from explorables.widget import Widget, widget

LIGHT = palette("light")
LIMIT = 120_000


@widget
def chart(height: Annotated[float, Slider(0.1, 4.0, label="Height")] = 1.0) -> Plot:
    """A curve over its area."""
    x = np.linspace(0, 1, 21)
    line = Line(x, height * x**2, role="path", label="curve\nto 1 at the end")
    area = Area(x, 0 * x, height * x**2, role="bias")
    return Plot(Axes(area, line, x="x", y="y"), takeaway="It rises. It never falls again.")


@widget
def pair(height: Annotated[float, Slider(0.1, 4.0, label="Height")] = 1.0) -> Plot:
    """Two curves side by side."""
    axes = (Axes(Line([0, 1], [0, height], role=role), x="x", y="y") for role in ("path", "bias"))
    return Plot(*axes)


@widget
def hill(height: Annotated[float, Slider(0.1, 4.0, label="Height")] = 1.0) -> Plot:
    """A map with a walk across it."""
    x, y = np.linspace(0, 1.6, 33), np.linspace(0, 1, 21)
    z = height * np.exp(-((x[None] - 0.8) ** 2 + (y[:, None] - 0.5) ** 2) / 0.2)
    walk = Line([0.3, 0.9, 1.3], [0.7, 0.5, 0.35], role="path")
    ground = Raster(z, x, y, domain=(0, 4), scale="terrain")
    return Plot(Axes(ground, walk, Dot(1.3, 0.35, role="path"), equal=True))


WIDGETS = [chart, pair, hill]


def placed(widget: Widget[...], name: str = "it") -> PlacedWidget:
    return PlacedWidget(widget, name, widget.defaults)


def section(widget: Widget[...], title: str, summary: str = "") -> Section:
    return Section("it", "1", title, title, summary, "", Markup(), (placed(widget),))


def essay(*sections: Section, title: str = "An essay", summary: str = "About it.") -> Essay:
    return Essay("it", "en", "it/", title, summary, "", None, Markup(), sections)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def near(png: bytes, colour: str, tolerance: int = 12) -> NDArray[np.bool_]:
    """Which pixels of a picture have a colour of the palette."""
    wanted = [int(LIGHT[colour][i : i + 2], 16) for i in (1, 3, 5)]
    pixels = np.asarray(opened(png).convert("RGB")).astype(int)
    return np.asarray(np.abs(pixels - wanted).max(axis=2) <= tolerance)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda each: each.name)
def test_a_feed_s_picture_is_1200_wide_and_light(widget: Widget[...]) -> None:
    png = bitmap.picture(placed(widget))
    image = opened(png)
    assert image.width == bitmap.PIXELS
    assert image.mode == "P"
    assert len(png) < LIMIT
    assert near(png, "path").any()


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda each: each.name)
def test_the_same_picture_is_the_same_bytes(widget: Widget[...]) -> None:
    first, second = (bitmap.picture(placed(widget)) for _ in range(2))
    assert first == second
    assert opened(first).info.keys() <= {"dpi", "transparency"}


def test_another_state_is_another_picture() -> None:
    low = PlacedWidget(chart, "it", {"height": 0.5})
    assert bitmap.picture(low) != bitmap.picture(placed(chart))


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda each: each.name)
def test_cards_have_the_size_that_links_are_shown_at(widget: Widget[...]) -> None:
    one = section(widget, "A title")
    for png in (bitmap.card(essay(one)), bitmap.card(essay(one), one)):
        assert opened(png).size == (1200, 630)
        assert len(png) < LIMIT


def test_a_card_shows_its_own_words() -> None:
    one, other = section(chart, "One", "Words."), section(chart, "Another", "Words.")
    assert bitmap.card(essay(one), one) != bitmap.card(essay(other), other)
    assert bitmap.card(essay(one)) != bitmap.card(essay(one, summary="Else."))
    takeaway = section(chart, "One", chart.plot(None).takeaway)
    assert bitmap.card(essay(one), section(chart, "One")) == bitmap.card(essay(one), takeaway)


@pytest.mark.parametrize("widget", [chart, hill], ids=lambda each: each.name)
@pytest.mark.parametrize("title", ["Short", "A title so long that it would never fit " * 4])
@pytest.mark.parametrize("summary", ["", "A sentence. " * 40, "endless" * 40])
def test_words_of_any_length_stay_on_the_card(
    widget: Widget[...], title: str, summary: str
) -> None:
    one = section(widget, title, summary)
    png = bitmap.card(essay(one), one)
    assert near(png, "ink")[50:200, 60:600].any()
    words = slice(0, 160)
    assert not near(png, "ink", 60)[words, -40:].any()
    assert not near(png, "ink-2", 60)[words, -40:].any()


def test_the_marks_of_a_map_stay_in_view_below_the_words() -> None:
    one = section(hill, "A title", "A summary on a line.")
    rows, columns = np.nonzero(near(bitmap.card(essay(one), one), "path"))
    assert rows.min() > 230
    assert rows.max() < 625
    assert columns.min() > 60
    assert columns.max() < 1140
    paper = near(bitmap.card(essay(one), one), "paper", 3)
    assert paper[:40].all()


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(100, 50, 200)


def test_a_blank_sheet_is_paper(sheet: Sheet) -> None:
    png = sheet.png()
    assert opened(png).size == (200, 100)
    assert near(png, "paper", 0).all()


def test_words_stand_on_their_base_line(sheet: Sheet) -> None:
    sheet.words("HHH", (10, 30), "bold", 14, "ink")
    rows, columns = np.nonzero(near(sheet.png(), "ink", 60))
    assert rows.max() == pytest.approx(2 * 30, abs=2)
    assert columns.min() == pytest.approx(2 * 11, abs=2)
    assert columns.max() == pytest.approx(2 * (10 + width_of("HHH", "bold", 14)), abs=4)


def test_the_fade_is_paper_above_and_nothing_below(sheet: Sheet) -> None:
    sheet.words("HHHHHHHHH", (0, 15), "bold", 14, "ink")
    sheet.words("HHHHHHHHH", (0, 48), "bold", 14, "ink")
    sheet.fade(18, 30)
    png = sheet.png()
    assert near(png, "paper", 2)[:34].all()
    assert near(png, "ink")[70:].any()


@pytest.mark.parametrize("width", [40.0, 120.0, 536.0])
def test_lines_are_set_within_the_measure(width: float) -> None:
    text = "The hiker walks down the valley, and each step is as long as the slope is steep."
    lines = bitmap.wrapped(text, "serif", 15, width)
    assert " ".join(lines) == text
    assert all(width_of(line, "serif", 15) <= width or " " not in line for line in lines)


def test_what_does_not_fit_ends_with_a_sentence_or_an_ellipsis() -> None:
    def cut(text: str, most: int) -> str:
        return " ".join(bitmap.fitting(text, "serif", 15, 200, most))

    assert cut("It rises. It never falls again.", 9) == "It rises. It never falls again."
    assert cut("It rises. It never falls again, whatever one does.", 1) == "It rises."
    start = cut("It never falls again, whatever one does about it.", 1)
    assert start.endswith("again…")
    assert cut("", 1) == ""

"""The palette is read from the stylesheet, and its colours keep their distance from the ground."""

import re

import pytest

from explorables.site.palette import Scheme, palette
from explorables.site.theme import theme_root

TEXT = ("ink", "ink-2")
MARKS = ("axis", "path", "bias", "variance", "noise", "pruned", "pretrained", "scratch")
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_is_21_between_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "plot", "wash"])
@pytest.mark.parametrize("role", TEXT)
def test_text_is_legible_on_every_ground(scheme: Scheme, ground: str, role: str) -> None:
    colours = palette(scheme)
    assert contrast(colours[role], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "plot"])
@pytest.mark.parametrize("role", MARKS)
def test_marks_stand_out_from_paper_and_plot(scheme: Scheme, ground: str, role: str) -> None:
    colours = palette(scheme)
    assert contrast(colours[role], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", MARKS[1:])
def test_a_label_in_its_roles_colour_is_legible_on_paper(scheme: Scheme, role: str) -> None:
    colours = palette(scheme)
    assert contrast(colours[role], colours["paper"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["terrain-low", "terrain-high"])
def test_words_and_the_path_stand_out_from_the_terrain(scheme: Scheme, ground: str) -> None:
    colours = palette(scheme)
    assert contrast(colours["ink"], colours[ground]) >= 4.5
    assert contrast(colours["path"], colours[ground]) >= 3


def test_both_schemes_name_the_same_colours() -> None:
    assert palette("light").keys() == palette("dark").keys()


def test_every_colour_of_the_sheet_is_read() -> None:
    tokens = (theme_root() / "static/css/tokens.css").read_text(encoding="utf-8")
    assert len(palette("light")) == tokens.count("light-dark(#")


def test_every_property_that_a_sheet_uses_is_defined_in_one() -> None:
    folder = theme_root() / "static/css"
    sheets = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.css"))
    used = set(re.findall(r"var\(--([\w-]+)[,)]", sheets))
    assert used <= set(re.findall(r"--([\w-]+):", sheets))


def test_the_browsers_own_frame_has_the_colour_of_paper() -> None:
    base = (theme_root() / "templates/base.html").read_text(encoding="utf-8")
    named = re.findall(r'name="theme-color" content="(#\w+)"', base)
    assert named == [palette("light")["paper"], palette("dark")["paper"]]

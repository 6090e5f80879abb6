"""The pens of bitmaps are those of the stylesheet, and mix colours as a browser does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorables.labels import STYLES
from explorables.site.palette import palette
from explorables.site.pens import KINDS, LINE, LINES, ROLES, hand, mixed, pen

LIGHT = palette("light")
SIZES = {name: style.size for name, style in STYLES.items()}
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@pytest.fixture(scope="module")
def sheet(root: Path) -> dict[str, dict[str, str]]:
    """The declarations of marks.css by plain selector; `:is(…)` is spelt out, later rules win."""
    text = re.sub(r"/\*.*?\*/", "", (root / "static/css/marks.css").read_text(), flags=re.DOTALL)
    rules: dict[str, dict[str, str]] = {}
    for selectors, body in RULE.findall(text):
        pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
        found = {name.strip(): value.strip() for name, value in pairs}
        for selector in spelt_out(" ".join(selectors.split())):
            rules.setdefault(selector, {}).update(found)
    return rules


def spelt_out(selector: str) -> list[str]:
    if found := re.search(r":is\(([^()]*)\)", selector):
        before, after = selector[: found.start()], selector[found.end() :]
        return [
            whole for each in found[1].split(", ") for whole in spelt_out(before + each + after)
        ]
    return selector.split(", ")


def pixels(value: str) -> float:
    return float(value.removesuffix("px"))


def test_roles_have_the_stylesheet_s_colours(sheet: dict[str, dict[str, str]]) -> None:
    named = {
        selector.removeprefix(".role-"): found["--role"].removeprefix("var(--").removesuffix(")")
        for selector, found in sheet.items()
        if "--role" in found and selector.startswith(".role-")
    }
    assert named == {role: token for role, token in ROLES.items() if role != "leader"}
    assert sheet[".line.role-leader"]["stroke"] == f"var(--{ROLES['leader']})"


@pytest.mark.parametrize("role", [*LINES, "path", "data", "pretrained"])
def test_lines_have_the_stylesheet_s_strokes(sheet: dict[str, dict[str, str]], role: str) -> None:
    found = sheet[".line"] | sheet.get(f".line.role-{role}", {})
    drawn = pen(f"mark line role-{role}", LIGHT)
    assert drawn.width == pixels(found["stroke-width"])
    assert drawn.opacity == float(found.get("stroke-opacity", 1))
    dashes = (
        tuple(map(float, found["stroke-dasharray"].split()))
        if "stroke-dasharray" in found
        else None
    )
    assert drawn.dashes == dashes
    assert drawn.stroke == LIGHT[ROLES.get(role, "ink")]


def test_no_role_of_the_stylesheet_is_forgotten(sheet: dict[str, dict[str, str]]) -> None:
    styled = {selector for selector in sheet if re.fullmatch(r"\.line\.role-\w+", selector)}
    assert styled == {f".line.role-{role}" for role in LINES}


@pytest.mark.parametrize("role", ["path", "ghost", "pruned", "start", "bias"])
@pytest.mark.parametrize("layer", ["under", "over"])
def test_dots_have_the_stylesheet_s_sizes(
    sheet: dict[str, dict[str, str]], role: str, layer: str
) -> None:
    found = sheet[f".dot.{layer}"] | sheet.get(f".dot.role-{role}.{layer}", {})
    drawn = pen(f"dot {layer} role-{role}", LIGHT)
    assert drawn.width == pixels(found["stroke-width"])
    colour = found["stroke"].removeprefix("var(--").removesuffix(")")
    assert drawn.stroke == LIGHT[ROLES.get(role, "ink") if colour == "role" else colour]


@pytest.mark.parametrize("role", ["path", "bias", "variance", "ensemble", "context", "ridge"])
def test_areas_have_the_stylesheet_s_fills(sheet: dict[str, dict[str, str]], role: str) -> None:
    found = sheet[".area:not(.role-noise)"] | sheet.get(f".area.role-{role}", {})
    drawn = pen(f"mark area role-{role}", LIGHT)
    assert drawn.fill_opacity == float(found["fill-opacity"])
    colour = found["fill"].removeprefix("var(--").removesuffix(")")
    assert drawn.fill == LIGHT[ROLES.get(role, "ink") if colour == "role" else colour]


def test_bands_and_halos_have_the_stylesheet_s_strokes(sheet: dict[str, dict[str, str]]) -> None:
    for classes, found in (
        ("band band-3", sheet[".band"]),
        ("band band-4 index", sheet[".band"] | sheet[".band.index"]),
        ("halo role-path", sheet[".halo"]),
        ("cell step-2", {"stroke-opacity": "1", **sheet[".cell"]}),
    ):
        drawn = pen(classes, LIGHT)
        assert drawn.width == pixels(found["stroke-width"])
        assert drawn.opacity == float(found["stroke-opacity"])
    assert pen("band band-0", LIGHT).stroke is None
    assert pen("halo role-leader", LIGHT).stroke is None
    assert pen("cell category step-2", LIGHT).stroke is None
    assert pen("mark arrow role-path", LIGHT).width == pixels(sheet[".arrow"]["stroke-width"])
    assert LINE.width == pixels(sheet[".line"]["stroke-width"])


def test_tints_run_from_end_to_end() -> None:
    assert pen("band band-0", LIGHT).fill == LIGHT["terrain-low"]
    assert pen("band band-20", LIGHT).fill == LIGHT["terrain-high"]
    assert pen("cell step-0", LIGHT).fill == LIGHT["wash"]
    assert pen("cell step-6", LIGHT).fill == LIGHT["path"]


def test_kinds_have_the_stylesheet_s_colours(sheet: dict[str, dict[str, str]]) -> None:
    for step, token in enumerate(KINDS):
        assert sheet[f".step-{step}"]["--kind"] == f"var(--{token})"
        tint = pen(f"cell category step-{step}", LIGHT).fill
        assert tint == mixed(LIGHT["plot"], LIGHT[token], 0.3)


def test_two_sides_leave_from_the_middle() -> None:
    assert pen("cell diverging step-3", LIGHT).fill == LIGHT["wash"]
    for end, token in ((0, "bias"), (6, "variance")):
        tint = pen(f"cell diverging step-{end}", LIGHT).fill
        assert tint == mixed(LIGHT["wash"], LIGHT[token], 0.999)


@pytest.mark.parametrize(
    ("share", "colour"), [(0, "#ff0000"), (0.25, "#c6496d"), (0.5, "#8c53a2"), (1, "#0000ff")]
)
def test_colours_mix_as_in_a_browser(share: float, colour: str) -> None:
    """Expected values are Chromium's, of `color-mix(in oklab, …)`, to within a level."""
    levels = [int(mixed("#ff0000", "#0000ff", share)[i : i + 2], 16) for i in (1, 3, 5)]
    assert levels == pytest.approx([int(colour[i : i + 2], 16) for i in (1, 3, 5)], abs=1)


def test_words_are_written_like_the_page_s() -> None:
    assert hand("place on-raster", LIGHT, SIZES).face == "italic"
    named = hand("mark-label role-path", LIGHT, SIZES)
    assert (named.face, named.colour, named.rest_colour) == ("bold", LIGHT["path"], LIGHT["path"])
    assert hand("mark-label role-leader", LIGHT, SIZES).rest_colour == LIGHT["ink-2"]
    assert hand("mark-label role-ghost", LIGHT, SIZES).face == "sans"
    assert hand("mark-label role-ghost", LIGHT, SIZES).colour == LIGHT["ink-2"]
    assert hand("mark-label role-ghost on-raster", LIGHT, SIZES).colour == LIGHT["ink"]
    assert hand("tick-label", LIGHT, SIZES).size == 12

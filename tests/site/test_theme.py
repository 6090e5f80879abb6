"""The theme of a checkout is the checkout's, and its bitmaps are drawn once."""

from pathlib import Path
from typing import Annotated

import pytest

from explorables.plot import Axes, Line, Plot
from explorables.site import bitmap
from explorables.site.assets import SHEET, theme_files
from explorables.site.essay import PlacedWidget
from explorables.site.theme import Theme, theme_root
from explorables.widget import Slider, widget


@widget
def slope(rise: Annotated[int, Slider(0, 5, 1)] = 1) -> Plot:
    """A slope."""
    return Plot(Axes(Line([0, 1], [0, rise]), x="x", y="y"))


def test_a_checkout_serves_its_own_files(root: Path) -> None:
    assert theme_root() == root


def test_the_sheet_is_joined_and_names_no_other(root: Path) -> None:
    files = theme_files(root / "static", {}, "")
    assert b"@import" not in files[SHEET]
    assert [name for name in files if name.endswith(".css")] == [SHEET]


def test_a_picture_is_drawn_again_only_when_it_would_differ(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawn: list[PlacedWidget] = []

    def draw(placed: PlacedWidget) -> bytes:
        drawn.append(placed)
        return b"PNG"

    monkeypatch.setenv("EXPLORABLES_CACHE", str(tmp_path))
    monkeypatch.setattr("explorables.site.fonts.statics", dict)
    monkeypatch.setattr(bitmap, "picture", draw)
    for rise in (1, 1, 2, 1):
        assert Theme().picture(PlacedWidget(slope, "slope", {"rise": rise})) == b"PNG"
    assert [placed.values["rise"] for placed in drawn] == [1, 2]

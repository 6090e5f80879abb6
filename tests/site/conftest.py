"""A theme small enough that whole built sites can be read and compared."""

from pathlib import Path

import pytest
from markupsafe import Markup

from explorables.progress import Progress
from explorables.site.essay import Essay, PlacedWidget, Section
from explorables.site.theme import Fonts, Theme

collect_ignore_glob = ["cases/*"]


class SmallTheme(Theme):
    """Says in a line what the real theme would draw."""

    def figure(self, placed: PlacedWidget, numbers: bool = True) -> Markup:
        values = ", ".join(f"{name} {value}" for name, value in placed.values.items())
        return Markup("<figure>{}: {} {}: {}. {}</figure>").format(
            placed.number, placed.widget.name, placed.name, values, placed.plot.takeaway
        )

    def thumbnail(self, placed: PlacedWidget) -> Markup:
        return Markup("<i>{}</i>").format(placed.name)

    def picture(self, placed: PlacedWidget) -> bytes:
        return f"PNG of {placed.plot.takeaway}".encode()

    def card(self, essay: Essay, section: Section | None = None) -> bytes | None:
        told = section or essay
        return f"Card of {told.title}".encode() if told.widgets else None

    def fonts(self, progress: Progress) -> Fonts:
        return Fonts(css="/* fonts */\n", files={"fonts/one.woff2": b"font"}, notices="One, OFL.")


@pytest.fixture(scope="session")
def small_theme() -> Theme:
    return SmallTheme(Path(__file__).parent / "theme")

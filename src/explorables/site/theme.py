"""A theme: where templates and styles are found, and who draws what they show."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from explorables.site.cache import cached, digest
from explorables.site.essay import Essay, PlacedWidget, Section
from explorables.site.stamp import stamp

if TYPE_CHECKING:
    from explorables.progress import Progress

TEMPLATES, STATIC = "templates", "static"


@dataclass(frozen=True)
class Fonts:
    """Font files by their path in the theme's tree, the styles that name them, their licences.

    `reason` says why something is missing; empty when nothing is. `preload` names the files that
    every page needs first.
    """

    css: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    notices: str = ""
    reason: str = ""
    preload: tuple[str, ...] = ()


def theme_root() -> Path:
    """The folder that holds `templates` and `static`: the checkout's own, else the installed one.

    A checkout comes first, so that an editable install never serves a stale copy.
    """
    package = Path(__file__).resolve().parents[1]
    checkout = package.parents[1]
    if package.parent.name == "src" and (checkout / TEMPLATES / "base.html").is_file():
        return checkout
    return package / "theme"


class Theme:
    """The package's own theme; what is heavy is imported when it is first asked for."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or theme_root()

    @property
    def templates(self) -> Path:
        """The folder of the Jinja templates."""
        return self.root / TEMPLATES

    @property
    def static(self) -> Path:
        """The folder of styles, scripts and icons, copied as it is."""
        return self.root / STATIC

    def figure(self, placed: PlacedWidget, numbers: bool = True) -> Markup:
        """The widget's whole figure; without its table unless `numbers`."""
        from explorables.site import figure

        return figure.render(placed, placed.number, numbers)

    def thumbnail(self, placed: PlacedWidget) -> Markup:
        """The widget's main picture, small."""
        from explorables.site import figure

        return figure.thumbnail(placed)

    def picture(self, placed: PlacedWidget) -> bytes:
        """The widget's main picture as a PNG, for feeds."""

        def draw() -> bytes:
            from explorables.site import bitmap

            return bitmap.picture(placed)

        return self._kept(placed, draw)

    def card(self, essay: Essay, section: Section | None = None) -> bytes | None:
        """The social card of an essay, or of one section, as a PNG; None without a picture."""
        told = section or essay
        if not told.widgets:
            return None

        def draw() -> bytes:
            from explorables.site import bitmap

            return bitmap.card(essay, section)

        return self._kept(told.widgets[0], draw, "card", told.title, told.summary)

    def _kept(self, placed: PlacedWidget, draw: Callable[[], bytes], *words: str) -> bytes:
        """What `draw` makes, from the cache where the same was drawn before; matplotlib is slow."""
        from explorables.site.fonts import statics

        plot = json.dumps(placed.plot.to_json())
        looks = (stamp((self.static,), ()), *map(str, sorted(statics().items())))
        key = digest(plot, repr(placed.widget.extents), *looks, *words)
        return cached("pictures", f"{key}.png", draw)

    def fonts(self, progress: "Progress") -> Fonts:
        """The prepared fonts, or none with the reason."""
        from explorables.site import fonts

        found = fonts.fonts(progress)
        return replace(found, preload=tuple(name for name in fonts.PRELOAD if name in found.files))

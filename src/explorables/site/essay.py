"""What the pages are made of: essays, their sections, and widgets placed in them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from explorables.plot import Plot, Readout
    from explorables.widget import Widget


@dataclass(frozen=True, eq=False)
class PlacedWidget:
    """A widget at its place in an essay; the place's values are its defaults there.

    `name` is the widget's public name, or the second name that the place gave it with `as:`;
    `anchor` is the name of the section it stands in; `number` counts the figures
    of the essay and is 0 for a picture of its opening.
    """

    widget: Widget[...]
    name: str
    values: Mapping[str, Any]
    anchor: str = ""
    number: int = 1
    path: str = ""
    line: int = 1

    @cached_property
    def plot(self) -> Plot:
        """The main plot at this place's values."""
        return self.widget.plot(self.values)

    @cached_property
    def views(self) -> dict[str, Plot]:
        """Each linked view's plot at this place's values."""
        return {name: self.widget.view_plot(name, self.values) for name in self.widget.views}

    @cached_property
    def readouts(self) -> dict[str, Readout]:
        """The readouts of the main plot and of every view; ValueError when two share a name."""
        found = dict(self.plot.readouts)
        for view in self.views.values():
            for name, readout in view.readouts.items():
                if name in found:
                    raise ValueError(f"two readouts are named {name}; rename one")
                found[name] = readout
        return found


@dataclass(frozen=True, eq=False)
class Section:
    """One Markdown file of an essay, rendered; `number` is empty for a file numbered 00."""

    name: str
    number: str
    title: str
    short: str
    summary: str
    description: str
    html: Markup
    widgets: tuple[PlacedWidget, ...] = ()
    embed_url: str = ""
    picture: str | None = None
    card: str | None = None
    thumb: Markup = field(default_factory=Markup)


@dataclass(frozen=True, eq=False)
class Essay:
    """One essay in one language, rendered; `path` is its address within the site."""

    slug: str
    lang: str
    path: str
    title: str
    summary: str
    author: str
    date: datetime.date | None
    html_intro: Markup
    sections: tuple[Section, ...]
    card: str | None = None

    @property
    def widgets(self) -> tuple[PlacedWidget, ...]:
        """Every widget of the essay, in reading order."""
        return tuple(placed for section in self.sections for placed in section.widgets)

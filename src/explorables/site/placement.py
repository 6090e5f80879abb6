"""Widgets at their places: finding them, checking their values, computing them, quoting them."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from explorables.site.content import SLUG
from explorables.site.discovery import Library, author_line
from explorables.site.draft import Draft, Mark, Placement
from explorables.site.errors import Problems, expected
from explorables.site.essay import PlacedWidget

if TYPE_CHECKING:
    from explorables.widget import Widget

SECOND_NAME = "as"
READOUT = Markup('<span class="readout" data-widget="{}" data-readout="{}">{}</span>')
SCRUB = Markup('<span class="scrub" data-widget="{}" data-parameter="{}">{}</span>')


class Places:
    """The widgets placed in one essay, by the names that they have there.

    `library` is called only when something is placed or quoted, so that plain essays cost no numpy.
    """

    def __init__(self, library: Callable[[], Library], problems: Problems) -> None:
        self._library = library
        self._problems = problems
        self._names: dict[str, tuple[str, int]] = {}
        self._broken: set[str] = set()
        self._of_draft: dict[int, list[PlacedWidget]] = {}
        self.placed: dict[str, PlacedWidget] = {}

    @cached_property
    def library(self) -> Library:
        """Every widget there is."""
        return self._library()

    def place(self, draft: Draft, anchor: str, numbered: bool = True) -> None:
        """Place what a section asks for; the figures of an opening are not `numbered`."""
        tried = [self._place(entry, anchor, numbered) for entry in draft.placements]
        self._of_draft[id(draft)] = [placed for placed in tried if placed]

    def of(self, draft: Draft) -> list[PlacedWidget]:
        """What a section's slots hold, in order; refused placements are left out."""
        return self._of_draft[id(draft)]

    def _place(self, placement: Placement, anchor: str, numbered: bool) -> PlacedWidget | None:
        public = placement.widget.replace("_", "-")
        widget = self.library.get(public)
        name = self._name(placement, public)
        if widget is None:
            if placement.widget:
                sentence = f"unknown widget '{placement.widget}'; {expected(public, self.library)}"
                self._problems.add(*placement.origin, sentence)
            self._broken.add(name)
            return None
        values = self._values(widget, placement)
        number = 1 + sum(bool(other.number) for other in self.placed.values()) if numbered else 0
        path, line = placement.origin
        placed = PlacedWidget(widget, name, values, anchor, number, self._problems.show(path), line)
        self.placed.setdefault(name, placed)
        return placed

    def _name(self, placement: Placement, public: str) -> str:
        """The name here; one that is bad or taken is noted."""
        given = placement.record.values.get(SECOND_NAME, public)
        path, line = placement.origin
        if not isinstance(given, str) or not SLUG.fullmatch(given.replace("_", "-")):
            if placement.widget:
                sentence = f"the name {given!r} is no lower-case words joined by hyphens"
                self._problems.add(path, placement.record.lines.get(SECOND_NAME, line), sentence)
            return str(given)
        name = given.replace("_", "-")
        if name in self._names:
            other, other_line = self._names[name]
            sentence = (
                f"'{name}' is placed already, at {other}:{other_line}; "
                f"give this one another name with a line '{SECOND_NAME}: {name}-2'"
            )
            self._problems.add(path, line, sentence)
        self._names.setdefault(name, (self._problems.show(path), line))
        return name

    def _values(self, widget: "Widget[...]", placement: Placement) -> dict[str, Any]:
        """The widget's defaults with this place's values; each one that is refused is noted."""
        from explorables.widget import ParameterError

        values = dict(widget.defaults)
        for key, value in placement.record.values.items():
            name = key.replace("-", "_")
            path, line = placement.origin[0], placement.record.lines[key]
            if key == SECOND_NAME:
                continue
            if name not in widget.parameters:
                known = [*widget.parameters, SECOND_NAME]
                sentence = f"{widget.name} has no parameter '{key}'; {expected(key, known)}"
                self._problems.add(path, line, sentence)
                continue
            try:
                values[name] = widget.coerce({name: value})[name]
            except ParameterError as error:
                self._problems.add(path, line, f"{widget.name}'s {error}")
        return values

    def compute(self) -> None:
        """Compute every picture and number; a widget that raises is noted at the author's line."""
        for placed in self.placed.values():
            try:
                _ = placed.readouts
            except Exception as error:
                self._broken.add(placed.name)
                source, line = placed.widget.source
                where, at = author_line(error, Path(source).parent, "")
                sentence = (
                    f"{type(error).__name__}: {error}, raised by the widget '{placed.widget.name}' "
                    f"with the values of {placed.path}:{placed.line}"
                )
                self._problems.add(where or source, at if where else line, sentence)

    def check(self, marks: Iterable[Mark]) -> None:
        """Note every mark that quotes what does not exist."""
        for mark in marks:
            if sentence := self._refuse(mark):
                self._problems.add(*mark.origin, sentence)

    def _refuse(self, mark: Mark) -> str:
        name = mark.widget.replace("_", "-")
        if not mark.member or name in self._broken:
            return ""
        placed = self.placed.get(name)
        if placed is None:
            known = name in self.library
            hint = (
                f"place it with '/// explorable | {name}'" if known else expected(name, self.placed)
            )
            return f"{mark}: no widget '{mark.widget}' is placed in this essay; {hint}"
        quotable, other = _members(placed), "scrub" if mark.kind == "readout" else "readout"
        if mark.member in quotable[mark.kind]:
            return ""
        if mark.member in quotable[other]:
            what = "parameter" if other == "scrub" else "readout"
            return (
                f"{mark}: '{mark.member}' is a {what}; write :{other}[{mark.widget}.{mark.member}]"
            )
        if mark.member in placed.widget.parameters:
            control = type(placed.widget.parameters[mark.member].control).__name__
            return (
                f"{mark}: a {control} is not a number to scrub; {expected('', quotable['scrub'])}"
            )
        what = "readout" if mark.kind == "readout" else "parameter"
        hint = expected(mark.member, quotable[mark.kind])
        return f"{mark}: {name} has no {what} '{mark.member}'; {hint}"

    def quote(self, mark: Mark, plain: bool = False) -> Markup:
        """What a reader sees of a mark: the number, and unless `plain` whose it is."""
        placed = self.placed[mark.widget.replace("_", "-")]
        if mark.kind == "readout":
            text = placed.readouts[mark.member].text()
        else:
            text = placed.widget.parameters[mark.member].control.format(placed.values[mark.member])
        if plain:
            return Markup.escape(text)
        template = READOUT if mark.kind == "readout" else SCRUB
        return template.format(placed.name, mark.member, text)


def _members(placed: PlacedWidget) -> Mapping[str, Iterable[str]]:
    """What each kind of mark can quote of a widget."""
    from explorables.widget import Player, Seed, Slider

    scrubbed = [
        name
        for name, parameter in placed.widget.parameters.items()
        if isinstance(parameter.control, Slider | Player | Seed) and parameter.plural is None
    ]
    return {"readout": list(placed.readouts), "scrub": scrubbed}

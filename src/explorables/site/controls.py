"""A widget's controls as native form controls, each named by its parameter.

They stand in one disabled fieldset: before a script is there, they show the settings of the
picture and promise nothing. A slider with uneven steps moves over the places of `data-values`, so
that equal moves of the hand stay equal.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from explorables.site.ranges import plain, player, slider
from explorables.widget import (
    Choice,
    Control,
    Drag,
    Draw,
    From,
    Parameter,
    Player,
    Point,
    Seed,
    Slider,
    Toggle,
    Widget,
)

NOTE = "The settings of this picture"
EMPTY = Markup("")
FORM = Markup(
    '<form class="controls" autocomplete="off"><fieldset disabled>'
    '<legend class="unseen">{note}</legend>{player}{between}'
    '<p class="about" aria-hidden="true">{note}</p>'
    "{sliders}{choices}{quiet}</fieldset></form>"
)
CHOICE = Markup(
    '<fieldset class="choice"{when}><legend>{label}</legend>'
    '<div class="segments" data-count="{count}">{options}</div></fieldset>'
)
OPTION = Markup(
    '<label><input type="radio" name="{name}" value="{value}"{checked}><span>{label}</span></label>'
)
TOGGLE = Markup(
    '<label class="toggle"{when}>'
    '<input type="checkbox" role="switch" name="{name}"{checked}>{label}</label>'
)
SEED = Markup(
    '<div class="fields"{when}><label class="name" for="{id}">{label}</label>'
    '<input type="number" id="{id}" name="{name}" min="0" step="1" value="{value}">'
    '<span class="buttons"><button type="button" data-act="seed">Another life</button></span></div>'
)
WORDS = Markup(
    '<div class="fields"{when}><label class="name" for="{id}">{label}</label>'
    '<input type="text" id="{id}" name="{name}" value="{value}" autocomplete="off"></div>'
)
POINT = Markup(
    '<div class="fields point" role="group" aria-label="{label}"{when}>'
    '<span class="name">{label}</span>'
    "{x}{y}</div>"
)
COORDINATE = Markup(
    '<label><span class="unit">{axis}</span> <input type="number" name="{name}.{axis}"'
    ' min="{low}" max="{high}" step="any" value="{value}"></label>'
)
HIDDEN = Markup('<input type="hidden" name="{name}" value="{value}">')

Values = Mapping[str, Any]


def render(widget: Widget[Any], values: Values, prefix: str, between: Markup = EMPTY) -> Markup:
    """All controls of `widget` holding `values`; `between` stands after the player.

    `prefix` starts every id, so that a page may hold several widgets.
    """
    if not widget.parameters:
        return between
    groups = _Groups(widget, values, prefix)
    return FORM.format(
        note=NOTE,
        between=between,
        player=groups.of(Player),
        sliders=_wrapped("sliders", groups.of(Slider)),
        choices=_wrapped("choices", groups.of(Choice, Toggle)),
        quiet=_wrapped("quiet", groups.rest()),
    )


class _Groups:
    """The widget's controls by kind, in the order in which they were declared."""

    def __init__(self, widget: Widget[Any], values: Values, prefix: str) -> None:
        self.drawn = [
            (parameter.control, _parameter(parameter, values, prefix))
            for parameter in widget.parameters.values()
        ]

    def of(self, *kinds: type[Control]) -> Markup:
        return EMPTY.join(html for control, html in self.drawn if isinstance(control, kinds))

    def rest(self) -> Markup:
        shown = (Player, Slider, Choice, Toggle)
        return EMPTY.join(html for control, html in self.drawn if not isinstance(control, shown))


def _wrapped(name: str, html: Markup) -> Markup:
    return Markup('<div class="{}">{}</div>').format(name, html) if html else EMPTY


def _parameter(parameter: Parameter, values: Values, prefix: str) -> Markup:
    """One control, or one for each value of a plural parameter."""
    control, value = parameter.control, values[parameter.name]
    draw = next((DRAW[kind] for kind in DRAW if isinstance(control, kind)), _words)
    when = _when(control, values)
    if parameter.plural is None:
        return draw(
            control, value, parameter.name, f"{prefix}-{parameter.name}", control.label, when
        )
    named = isinstance(control, Toggle) and control.labels
    labels = named or [f"{control.label} {i}" for i in range(1, parameter.plural + 1)]
    return EMPTY.join(
        draw(control, one, f"{parameter.name}.{i}", f"{prefix}-{parameter.name}-{i}", label, when)
        for i, (one, label) in enumerate(zip(value, labels, strict=True))
    )


def _when(control: Control, values: Values) -> Markup:
    """What a control waits for, and whether it waits now."""
    if not control.when:
        return EMPTY
    name, *awaited = control.when
    hidden = "" if values[name] in awaited else " hidden"
    return Markup(' data-when="{}"{}').format(" ".join([name, *map(str, awaited)]), hidden)


def _choice(control: Choice, value: Any, name: str, id: str, label: str, when: Markup) -> Markup:
    options = EMPTY.join(
        OPTION.format(name=name, value=option, label=text, checked=_checked(option == value))
        for option, text in control.labels.items()
    )
    return CHOICE.format(label=label, options=options, count=len(control.labels), when=when)


def _toggle(control: Toggle, value: bool, name: str, id: str, label: str, when: Markup) -> Markup:
    return TOGGLE.format(name=name, label=label, checked=_checked(value), when=when)


def _checked(condition: bool) -> Markup:
    return Markup(" checked") if condition else EMPTY


def _seed(control: Seed, value: int, name: str, id: str, label: str, when: Markup) -> Markup:
    return SEED.format(id=id, name=name, label=label, value=value, when=when)


def _words(control: Control, value: str, name: str, id: str, label: str, when: Markup) -> Markup:
    return WORDS.format(id=id, name=name, label=label, value=value, when=when)


def _drag(
    control: Drag, value: Point | None, name: str, id: str, label: str, when: Markup
) -> Markup:
    """A point as its two numbers: the way that needs no dragging."""
    place: Iterable[float | None] = (None, None) if value is None else value
    x, y = (
        COORDINATE.format(
            axis=axis,
            name=name,
            low=plain(low),
            high=plain(high),
            value="" if at is None else plain(at),
        )
        for axis, (low, high), at in zip("xy", (control.x, control.y), place, strict=True)
    )
    return POINT.format(label=label, when=when, x=x, y=y)


def _hidden(control: Control, value: Any, name: str, id: str, label: str, when: Markup) -> Markup:
    """What the reader sets elsewhere: a drawn curve, another widget's value."""
    text = ",".join(map(plain, value)) if isinstance(value, tuple) else value
    return HIDDEN.format(name=name, value="" if value is None else text)


DRAW: dict[type[Control], Callable[..., Markup]] = {
    Slider: slider,
    Player: player,
    Choice: _choice,
    Toggle: _toggle,
    Seed: _seed,
    Drag: _drag,
    Draw: _hidden,
    From: _hidden,
}

"""A widget's controls as native form controls, each named by its parameter.

They stand in one disabled fieldset: before a script is there, they show the settings of the
picture and promise nothing. A slider with uneven steps moves over the places of `data-values`, so
that equal moves of the hand stay equal.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

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
BACK = Markup(
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 2h2v12H2zm12 0v12L5 8z"/></svg>'
)
PLAY = Markup('<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 1.5v13L14 8z"/></svg>')
STEP = Markup(
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 2v12l9-6zm10 0h2v12h-2z"/></svg>'
)

FORM = Markup(
    '<form class="controls" autocomplete="off"><fieldset disabled>'
    '<legend class="unseen">{note}</legend>{player}{between}'
    '<p class="about" aria-hidden="true">{note}</p>'
    "{sliders}{choices}{quiet}</fieldset></form>"
)
SLIDER = Markup(
    '<div class="slider"{when}><label class="name" for="{id}">{label}</label>'
    '<output for="{id}">{text}</output>{input}{ticks}</div>'
)
RANGE = Markup(
    '<input type="range" id="{id}" name="{name}" min="{low}" max="{high}" step="{step}"'
    ' value="{value}" aria-valuetext="{text}"{values}>'
)
PLAYER = Markup(
    '<div class="player"{when}><div class="buttons">'
    '<button type="button" data-act="back" aria-label="Back to the start">{back}</button>'
    '<button type="button" data-act="play" class="primary">{play}Play</button>'
    '<button type="button" data-act="step" aria-label="One step">{step}</button></div>'
    '<label class="unseen" for="{id}">{label}</label>{input}'
    '<output for="{id}">{text} / {high}</output></div>'
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
    '<div class="fields" role="group" aria-label="{label}"{when}><span class="name">{label}</span>'
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
    labels = getattr(control, "labels", ()) or [
        f"{control.label} {i}" for i in range(1, parameter.plural + 1)
    ]
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


def _plain(value: float) -> str:
    return f"{value:.10g}"


def _slider(control: Slider, value: float, name: str, id: str, label: str, when: Markup) -> Markup:
    text = control.format(value)
    return SLIDER.format(
        id=id,
        label=label,
        text=text,
        when=when,
        input=_range(control, value, name, id, text),
        ticks=_ticks(control, value),
    )


def _range(control: Slider, value: float, name: str, id: str, text: str) -> Markup:
    low, high, step, place, values = control.low, control.high, control.step or 1, value, EMPTY
    if control.log:
        low, high, place = 0, len(control.values) - 1, control.values.index(value)
        values = Markup(' data-values="{}"').format(" ".join(map(_plain, control.values)))
    numbers = {"low": low, "high": high, "step": step, "value": place}
    plain = {key: _plain(number) for key, number in numbers.items()}
    return RANGE.format(id=id, name=name, text=text, values=values, **plain)


def _ticks(control: Slider, value: float) -> Markup:
    """The printed values of a slider, each under its place; the two ends keep inside the track."""
    text = Markup('<text x="{}%" y="13" text-anchor="{}" dx="{}">{}</text>')
    places = [(control.position(tick), tick) for tick in control.ticks(value)]
    marks = EMPTY.join(
        text.format(_plain(round(100 * at, 2)), *_anchor(at), control.format(tick))
        for at, tick in places
    )
    return Markup('<svg class="ticks" aria-hidden="true">{}</svg>').format(marks)


def _anchor(place: float) -> tuple[str, int]:
    return ("start", -10) if place == 0 else ("end", 10) if place == 1 else ("middle", 0)


def _player(control: Player, value: int, name: str, id: str, label: str, when: Markup) -> Markup:
    text = control.format(value)
    scrub = RANGE.format(
        id=id,
        name=name,
        low=control.low,
        high=control.high,
        step=1,
        value=value,
        text=text,
        values=EMPTY,
    )
    return PLAYER.format(
        id=id,
        label=label,
        input=scrub,
        text=text,
        high=control.format(control.high),
        when=when,
        back=BACK,
        play=PLAY,
        step=STEP,
    )


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
            low=_plain(low),
            high=_plain(high),
            value="" if at is None else _plain(at),
        )
        for axis, (low, high), at in zip("xy", (control.x, control.y), place, strict=True)
    )
    return POINT.format(label=label, when=when, x=x, y=y)


def _hidden(control: Control, value: Any, name: str, id: str, label: str, when: Markup) -> Markup:
    """What the reader sets elsewhere: a drawn curve, another widget's value."""
    text = ",".join(map(_plain, value)) if isinstance(value, tuple) else value
    return HIDDEN.format(name=name, value="" if value is None else text)


DRAW: dict[type[Control], Callable[..., Markup]] = {
    Slider: _slider,
    Player: _player,
    Choice: _choice,
    Toggle: _toggle,
    Seed: _seed,
    Drag: _drag,
    Draw: _hidden,
    From: _hidden,
}

"""Sliders and players: native ranges, with their values written and their ticks below."""

from markupsafe import Markup

from explorables.numerals import number
from explorables.widget import Player, Slider

BACK = Markup(
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 2h2v12H2zm12 0v12L5 8z"/></svg>'
)
PLAY = Markup('<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 1.5v13L14 8z"/></svg>')
STEP = Markup(
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 2v12l9-6zm10 0h2v12h-2z"/></svg>'
)

SLIDER = Markup(
    '<div class="slider"{when}><label class="name" for="{id}">{label}</label>'
    '<output for="{id}" aria-live="off">{text}</output>{input}{ticks}</div>'
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
    '<output for="{id}" aria-live="off">{text} / {high}</output></div>'
)


def plain(value: float) -> str:
    """A number as forms and addresses write it: a hyphen for minus, no needless zeros."""
    return f"{value:.10g}"


def slider(control: Slider, value: float, name: str, id: str, label: str, when: Markup) -> Markup:
    """A slider under its name and value, with a few of its values printed below."""
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
    low, high, step, place, values = control.low, control.high, control.step or 1, value, Markup()
    if control.log:
        low, high, place = 0, len(control.values) - 1, control.values.index(value)
        values = Markup(' data-values="{}"').format(" ".join(map(plain, control.values)))
    numbers = {"low": low, "high": high, "step": step, "value": place}
    written = {key: plain(number) for key, number in numbers.items()}
    return RANGE.format(id=id, name=name, text=text, values=values, **written)


def _ticks(control: Slider, value: float) -> Markup:
    """The printed values of a slider, each under its place; the two ends keep inside the track."""
    text = Markup('<text x="{}%" y="13" text-anchor="{}" dx="{}">{}</text>')
    places = [(control.position(tick), tick) for tick in control.ticks(value)]
    marks = Markup("").join(
        text.format(plain(round(100 * at, 2)), *_anchor(at), number(tick)) for at, tick in places
    )
    return Markup('<svg class="ticks" aria-hidden="true">{}</svg>').format(marks)


def _anchor(place: float) -> tuple[str, int]:
    return ("start", -10) if place == 0 else ("end", 10) if place == 1 else ("middle", 0)


def player(control: Player, value: int, name: str, id: str, label: str, when: Markup) -> Markup:
    """Back, play, step, and a range over the whole time."""
    text = control.format(value)
    scrub = RANGE.format(
        id=id,
        name=name,
        low=control.low,
        high=control.high,
        step=1,
        value=value,
        text=text,
        values=Markup(),
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

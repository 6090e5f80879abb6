"""The controls: what a reader may set, how a value is checked, snapped and written.

A control is named in a parameter's annotation, `Annotated[float, Slider(0, 1)]`. `bind` completes it
with the parameter's name, type and default; a declaration that cannot work is refused there, with a
sentence that says what to write instead.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, Self

from explorables.numerals import number

CURVE_POINTS = 33
SWEEP_STEPS = 9
WORD_LENGTH = 60
# Steps of a logarithmic slider within a decade, as (up to, step): short decimals, near-even ratios.
DECADE_STEPS = (
    (1.7, ((2, 0.02), (5, 0.05), (10, 0.1))),
    (3.5, ((2, 0.05), (5, 0.1), (10, 0.25))),
    (math.inf, ((2, 0.1), (5, 0.25), (10, 0.5))),
)

Curve = tuple[float, ...]


class Point(NamedTuple):
    """A place in a plot, in the units of its axes."""

    x: float
    y: float


class DeclarationError(TypeError):
    """A widget that cannot be what it says; `path` and `line` tell where it stands."""

    path = ""
    line = 0


class ValueRefused(ValueError):
    """A value that a control does not take; `nearest` is one that it does, where there is one."""

    def __init__(self, sentence: str, nearest: object = None) -> None:
        super().__init__(sentence)
        self.nearest = nearest


@dataclass(frozen=True)
class Control:
    """What any control takes: a label, a unit, and `when=("method", "noisy", "annealing")`, the
    values of another parameter for which it is shown."""

    label: str = field(default="", kw_only=True)
    unit: str = field(default="", kw_only=True)
    when: tuple[Any, ...] = field(default=(), kw_only=True)

    kinds: ClassVar[tuple[type, ...]] = ()

    def bind(self, name: str, kind: type, default: object) -> Self:
        """Complete the control for a parameter; raises `DeclarationError`."""
        if self.kinds and kind not in self.kinds:
            allowed = " or ".join(entry.__name__ for entry in self.kinds)
            raise DeclarationError(
                f"{type(self).__name__} sets {allowed}, not {kind.__name__}: annotate {name} so"
            )
        return replace(self, label=self.label or name.replace("_", " ").capitalize())

    def coerce(self, value: object, snap: bool = False) -> Any:
        """The value as the function takes it; `snap` moves a near miss, else `ValueRefused`."""
        return value

    def format(self, value: Any) -> str:
        """The value as a reader sees it, with its unit."""
        return _with_unit(str(value), self.unit)

    def sweep(self, default: Any) -> Sequence[Any]:
        """Values that stand for all, both ends among them; empty when the control has no range."""
        return ()


def _with_unit(text: str, unit: str) -> str:
    return text + ("" if unit in ("", "%", "°") else " ") + unit


def _float(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueRefused(f"{value!r} is not a number")
    try:
        parsed = float(value)
    except ValueError:
        raise ValueRefused(f"{value!r} is not a number") from None
    if not math.isfinite(parsed):
        raise ValueRefused(f"{value!r} is not a finite number")
    return parsed


def _decimals(step: float) -> int:
    """How many decimals a multiple of `step` needs.

    >>> _decimals(0.05), _decimals(10.0), _decimals(0.25)
    (2, 0, 2)
    """
    text = f"{step:.10f}".rstrip("0")
    return len(text.partition(".")[2])


@dataclass(frozen=True)
class Slider(Control):
    """A number from `low` to `high`, in steps that are short decimals; about a hundred when `step`
    is left out. With `log`, equal moves are equal ratios and the steps choose themselves."""

    low: float
    high: float
    step: float | None = None
    log: bool = False

    kinds = (float, int)

    def bind(self, name: str, kind: type, default: object) -> Self:
        bound = super().bind(name, kind, default)
        if not self.low < self.high:
            raise DeclarationError(f"Slider({self.low}, {self.high}): write the lower end first")
        if self.log and (self.low <= 0 or self.step is not None or kind is int):
            raise DeclarationError(
                "Slider(log=True): low is above 0, the type is float, and there is no step"
            )
        if not self.log and self.step is None:
            bound = replace(bound, step=_natural_step(self.low, self.high, kind, default))
        elif not self.log and not _divides(bound.step or 0, self.high - self.low):
            raise DeclarationError(
                f"Slider({self.low:g}, {self.high:g}, {self.step:g}): "
                f"choose a step that leads from {self.low:g} to {self.high:g}"
            )
        if kind is int and any(value != int(value) for value in bound.values):
            raise DeclarationError(f"{name} is int: give its Slider whole ends and a whole step")
        return bound

    @cached_property
    def values(self) -> tuple[float, ...]:
        """Every value that the slider takes, in order."""
        if self.log:
            return _log_values(self.low, self.high)
        step = self.step or (self.high - self.low) / 100
        count, places = round((self.high - self.low) / step), _decimals(step)
        return tuple(
            round(self.low + i * step, max(places, _decimals(self.low))) for i in range(count + 1)
        )

    def coerce(self, value: object, snap: bool = False) -> float:
        wanted = _float(value)
        nearest = min(self.values, key=lambda entry: abs(entry - wanted))
        if snap or math.isclose(nearest, wanted, rel_tol=1e-9, abs_tol=1e-12):
            return nearest
        if not self.low <= wanted <= self.high:
            ends = f"{self.format(self.low)} to {self.format(self.high)}"
            raise ValueRefused(f"{wanted:g} is outside {ends}", nearest)
        raise ValueRefused(f"{wanted:g} is between two steps of the slider", nearest)

    def format(self, value: float) -> str:
        if self.log:
            return _with_unit(number(float(value)), self.unit)
        places = max(_decimals(self.step or 0.01), _decimals(self.low))
        return _with_unit(f"{value:.{places}f}".replace("-", "−"), self.unit)

    def sweep(self, default: float) -> Sequence[float]:
        last = len(self.values) - 1
        chosen = {round(i * last / (SWEEP_STEPS - 1)) for i in range(SWEEP_STEPS)}
        return [self.values[i] for i in sorted(chosen)]

    def position(self, value: float) -> float:
        """Where on the track the value lies: 0 at `low`, 1 at `high`."""
        return self.values.index(self.coerce(value, snap=True)) / (len(self.values) - 1)

    def ticks(self, default: float) -> tuple[float, ...]:
        """Two to four values to print below the track: both ends, the default, and a middle one
        where there is room."""
        middle = self.values[len(self.values) // 2]
        chosen = [self.low, self.high]
        for value in (default, middle):
            if all(abs(self.position(value) - self.position(other)) > 0.2 for other in chosen):
                chosen.append(value)
        return tuple(sorted(chosen))


def _divides(step: float, span: float) -> bool:
    return step > 0 and math.isclose(span / step, round(span / step), abs_tol=1e-6)


def _natural_step(low: float, high: float, kind: type, default: object) -> float:
    """The 1, 2 or 5 times a power of ten that makes closest to a hundred steps through the default."""
    span = high - low
    magnitude = math.floor(math.log10(span)) - 2
    steps = [round(m * 10.0**e, 12) for e in range(magnitude - 1, magnitude + 3) for m in (1, 2, 5)]
    if kind is int:
        steps = [step for step in steps if step >= 1]
    offset = (default if isinstance(default, int | float) else low) - low
    fitting = [s for s in steps if _divides(s, span) and (not offset or _divides(s, abs(offset)))]
    if not fitting:
        raise DeclarationError(f"Slider({low:g}, {high:g}): give it a step that meets the default")
    return min(fitting, key=lambda step: abs(math.log(span / step / 100)))


def _log_values(low: float, high: float) -> tuple[float, ...]:
    decades = math.log10(high / low)
    pieces = next(pieces for most, pieces in DECADE_STEPS if decades <= most)
    values = {low, high}
    for exponent in range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1):
        start = 1.0
        for stop, step in pieces:
            mantissas = (start + i * step for i in range(round((stop - start) / step)))
            values.update(float(f"{m:.4g}e{exponent}") for m in mantissas)
            start = stop
    return tuple(sorted(value for value in values if low <= value <= high))


@dataclass(frozen=True)
class Player(Control):
    """A whole number that time runs through: play, pause, step and scrub from `low` to `high`."""

    low: int
    high: int

    kinds = (int,)

    def bind(self, name: str, kind: type, default: object) -> Self:
        if not self.low < self.high or self.low != int(self.low) or self.high != int(self.high):
            raise DeclarationError(
                f"Player({self.low}, {self.high}): two whole numbers, lower first"
            )
        return super().bind(name, kind, default)

    def coerce(self, value: object, snap: bool = False) -> int:
        wanted = _float(value)
        nearest = min(max(round(wanted), self.low), self.high)
        if snap or nearest == wanted:
            return nearest
        raise ValueRefused(f"{wanted:g} is no whole number from {self.low} to {self.high}", nearest)

    def sweep(self, default: int) -> Sequence[int]:
        span = self.high - self.low
        return sorted({self.low + round(i * span / (SWEEP_STEPS - 1)) for i in range(SWEEP_STEPS)})


@dataclass(frozen=True)
class Choice(Control):
    """One of a few options, given as values, or as a mapping from value to label."""

    options: Mapping[Any, str] | Sequence[Any]

    def __post_init__(self) -> None:
        given = self.options
        pairs = given.items() if isinstance(given, Mapping) else ((o, _title(o)) for o in given)
        object.__setattr__(self, "options", dict(pairs))

    def bind(self, name: str, kind: type, default: object) -> Self:
        if len(self.options) < 2:
            raise DeclarationError(f"{name}: Choice needs two options or more")
        return super().bind(name, kind, default)

    @property
    def labels(self) -> dict[Any, str]:
        """Each option's value with its label, in order."""
        return dict(self.options) if isinstance(self.options, Mapping) else {}

    def coerce(self, value: object, snap: bool = False) -> Any:
        for option in self.labels:
            if option == value or str(option) == value:
                return option
        from difflib import get_close_matches

        names = [str(option) for option in self.labels]
        nearest = next(iter(get_close_matches(str(value), names, 1, 0.3)), None)
        raise ValueRefused(f"{value!r} is none of {', '.join(names)}", nearest)

    def format(self, value: Any) -> str:
        return self.labels[value]

    def sweep(self, default: Any) -> Sequence[Any]:
        return list(self.labels)


def _title(option: object) -> str:
    return str(option).replace("-", " ").replace("_", " ").capitalize()


@dataclass(frozen=True)
class Toggle(Control):
    """On or off; a plural parameter has one toggle for each of `labels`."""

    labels: Sequence[str] = ()

    kinds = (bool,)

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", tuple(self.labels))

    def coerce(self, value: object, snap: bool = False) -> bool:
        words: dict[object, bool] = {"true": True, "1": True, "false": False, "0": False}
        if value in (True, False, 0, 1):
            return bool(value)
        if isinstance(value, str) and value.lower() in words:
            return words[value.lower()]
        raise ValueRefused(f"{value!r} is neither true nor false")

    def format(self, value: bool) -> str:
        return "on" if value else "off"

    def sweep(self, default: bool) -> Sequence[bool]:
        return (False, True)


@dataclass(frozen=True)
class Seed(Control):
    """The seed of the randomness: "another life" for the reader, repeatable for the author."""

    kinds = (int,)

    def coerce(self, value: object, snap: bool = False) -> int:
        wanted = _float(value)
        if wanted != int(wanted) or not 0 <= wanted < 2**32:
            raise ValueRefused(f"{value!r} is no whole number from 0 to {2**32 - 1}", 0)
        return int(wanted)

    def sweep(self, default: int) -> Sequence[int]:
        return range(default, default + SWEEP_STEPS)


@dataclass(frozen=True)
class Words(Control):
    """The reader's own words; they stay on the page and are in no address."""

    kinds = (str,)

    def coerce(self, value: object, snap: bool = False) -> str:
        text = " ".join(str(value).split())
        if len(text) > WORD_LENGTH and not snap:
            raise ValueRefused(f"{len(text)} characters; at most {WORD_LENGTH}", text[:WORD_LENGTH])
        return text[:WORD_LENGTH]


@dataclass(frozen=True)
class Drag(Control):
    """A point, or several, moved in the plot within the ranges `x` and `y`. A plural parameter may
    hold None, "where it was"; `until` names the parameters whose change lets go of what was dragged."""

    x: tuple[float, float]
    y: tuple[float, float]
    until: tuple[str, ...] = ()

    kinds = (Point,)

    def bind(self, name: str, kind: type, default: object) -> Self:
        for low, high in (self.x, self.y):
            if not low < high:
                raise DeclarationError(
                    f"{name}: Drag takes two ranges, each with its lower end first"
                )
        return super().bind(name, kind, default)

    def coerce(self, value: object, snap: bool = False) -> Point | None:
        if value is None:
            return None
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, Sequence) or len(parts) != 2:
            raise ValueRefused(f"{value!r} is not a point; write [x, y]")
        return Point(*map(self._along, parts, (self.x, self.y), (snap, snap)))

    @staticmethod
    def _along(value: object, ends: tuple[float, float], snap: bool) -> float:
        wanted = _float(value)
        inside = min(max(wanted, ends[0]), ends[1])
        if inside != wanted and not snap:
            raise ValueRefused(f"{wanted:g} is outside {ends[0]:g} to {ends[1]:g}", inside)
        return round(inside, 3 - math.floor(math.log10(ends[1] - ends[0])))

    def format(self, value: Point | None) -> str:
        return "–" if value is None else f"{number(value.x)}, {number(value.y)}"

    def sweep(self, default: Point | None) -> Sequence[Point | None]:
        corners = [Point(x, y) for x in self.x for y in self.y]
        return [default, *corners]


@dataclass(frozen=True)
class Draw(Control):
    """A freehand curve: its heights at 33 even steps over the range `x`, or None before it is drawn.
    With `at`, one curve for each value of the parameter named there."""

    x: tuple[float, float]
    at: str = ""

    kinds = (tuple,)

    def coerce(self, value: object, snap: bool = False) -> Curve | None:
        if value is None:
            return None
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, Sequence) or len(parts) != CURVE_POINTS:
            raise ValueRefused(f"a drawn curve has {CURVE_POINTS} heights")
        return tuple(float(f"{_float(height):.4g}") for height in parts)

    def format(self, value: Curve | None) -> str:
        return "not drawn" if value is None else "drawn"


@dataclass(frozen=True)
class From(Control):
    """A value from elsewhere on the page: another widget's parameter or readout, live, or as it was
    when the goal `at` was best reached; the default until there is one."""

    source: str
    at: str = ""

    def bind(self, name: str, kind: type, default: object) -> Self:
        if self.source.count(".") != 1:
            raise DeclarationError(
                f"From({self.source!r}): write 'widget-name.parameter_or_readout'"
            )
        return super().bind(name, kind, default)

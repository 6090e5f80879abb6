"""The slider, whose steps are short decimals on linear and logarithmic scales alike."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self, override

from explorables.control import (
    SWEEP_STEPS,
    Control,
    DeclarationError,
    RefusedError,
    finite,
    with_unit,
)
from explorables.numerals import MINUS, number

# Steps of a logarithmic slider within a decade, as (up to, step): short decimals, near-even ratios.
DECADE_STEPS = (
    (1.7, ((2, 0.02), (5, 0.05), (10, 0.1))),
    (3.5, ((2, 0.05), (5, 0.1), (10, 0.25))),
    (math.inf, ((2, 0.1), (5, 0.25), (10, 0.5))),
)


def decimals(step: float) -> int:
    """How many decimals a multiple of `step` needs.

    >>> decimals(0.05), decimals(10.0), decimals(0.25)
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

    @override
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
        count, places = round((self.high - self.low) / step), decimals(step)
        return tuple(
            round(self.low + i * step, max(places, decimals(self.low))) for i in range(count + 1)
        )

    @override
    def coerce(self, value: object, snap: bool = False) -> float:
        wanted = finite(value)
        nearest = min(self.values, key=lambda entry: abs(entry - wanted))
        if snap or math.isclose(nearest, wanted, rel_tol=1e-9, abs_tol=1e-12):
            return nearest
        if not self.low <= wanted <= self.high:
            ends = f"{self.format(self.low)} to {self.format(self.high)}"
            raise RefusedError(f"{wanted:g} is outside {ends}", nearest)
        raise RefusedError(f"{wanted:g} is between two steps of the slider", nearest)

    @override
    def format(self, value: float) -> str:
        if self.log:
            return with_unit(number(float(value)), self.unit)
        places = max(decimals(self.step or 0.01), decimals(self.low))
        return with_unit(f"{value:.{places}f}".replace("-", MINUS), self.unit)

    @override
    def every(self) -> Sequence[float]:
        return self.values

    @override
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
    """The 1, 2 or 5 times a power of ten nearest to a hundred steps, with the default on one."""
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

"""The controls: what a reader may set, how a value is checked, snapped and written.

A control is named in a parameter's annotation, `Annotated[float, Slider(0, 1)]`. `bind` completes
it with the parameter's name, type and default; a declaration that cannot work is refused there,
with a sentence that says what to write instead.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self, override

SWEEP_STEPS = 9
WORD_LENGTH = 60


class DeclarationError(TypeError):
    """A widget that cannot be what it says; `path` and `line` tell where it stands."""

    path = ""
    line = 0


class RefusedError(ValueError):
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
        """The value as the function takes it; `snap` moves a near miss, else `RefusedError`."""
        return value

    def format(self, value: Any) -> str:
        """The value as a reader sees it, with its unit."""
        return with_unit(str(value), self.unit)

    def every(self) -> Sequence[Any]:
        """All values in order, where they can be counted; else none."""
        return ()

    def sweep(self, default: Any) -> Sequence[Any]:
        """Values that stand for all, both ends among them; empty when the control has no range."""
        return self.every()


def with_unit(text: str, unit: str) -> str:
    """The text, a space where the unit wants one, and the unit."""
    return text + ("" if unit in ("", "%", "°") else " ") + unit


def finite(value: object) -> float:
    """The number that a value is or spells; RefusedError when it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise RefusedError(f"{value!r} is not a number")
    try:
        parsed = float(value)
    except ValueError:
        raise RefusedError(f"{value!r} is not a number") from None
    if not math.isfinite(parsed):
        raise RefusedError(f"{value!r} is not a finite number")
    return parsed


@dataclass(frozen=True)
class Player(Control):
    """A whole number that time runs through: play, pause, step and scrub from `low` to `high`."""

    low: int
    high: int

    kinds = (int,)

    @override
    def bind(self, name: str, kind: type, default: object) -> Self:
        if not self.low < self.high or self.low != int(self.low) or self.high != int(self.high):
            raise DeclarationError(
                f"Player({self.low}, {self.high}): two whole numbers, lower first"
            )
        return super().bind(name, kind, default)

    @override
    def coerce(self, value: object, snap: bool = False) -> int:
        wanted = finite(value)
        nearest = min(max(round(wanted), self.low), self.high)
        if snap or nearest == wanted:
            return nearest
        raise RefusedError(f"{wanted:g} is no whole number from {self.low} to {self.high}", nearest)

    @override
    def every(self) -> Sequence[int]:
        return range(self.low, self.high + 1)

    @override
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

    @override
    def bind(self, name: str, kind: type, default: object) -> Self:
        if len(self.options) < 2:
            raise DeclarationError(f"{name}: Choice needs two options or more")
        return super().bind(name, kind, default)

    @property
    def labels(self) -> dict[Any, str]:
        """Each option's value with its label, in order."""
        return dict(self.options) if isinstance(self.options, Mapping) else {}

    @override
    def coerce(self, value: object, snap: bool = False) -> Any:
        for option in self.labels:
            if option == value or str(option) == value:
                return option
        from difflib import get_close_matches

        names = [str(option) for option in self.labels]
        nearest = next(iter(get_close_matches(str(value), names, 1, 0.3)), None)
        raise RefusedError(f"{value!r} is none of {', '.join(names)}", nearest)

    @override
    def format(self, value: Any) -> str:
        return self.labels[value]

    @override
    def every(self) -> Sequence[Any]:
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

    @override
    def coerce(self, value: object, snap: bool = False) -> bool:
        words: dict[object, bool] = {"true": True, "1": True, "false": False, "0": False}
        if value in (True, False, 0, 1):
            return bool(value)
        if isinstance(value, str) and value.lower() in words:
            return words[value.lower()]
        raise RefusedError(f"{value!r} is neither true nor false")

    @override
    def format(self, value: bool) -> str:
        return "on" if value else "off"

    @override
    def every(self) -> Sequence[bool]:
        return (False, True)


@dataclass(frozen=True)
class Seed(Control):
    """The seed of the randomness: "another life" for the reader, repeatable for the author."""

    kinds = (int,)

    @override
    def coerce(self, value: object, snap: bool = False) -> int:
        wanted = finite(value)
        if wanted != int(wanted) or not 0 <= wanted < 2**32:
            raise RefusedError(f"{value!r} is no whole number from 0 to {2**32 - 1}", 0)
        return int(wanted)

    @override
    def sweep(self, default: int) -> Sequence[int]:
        return range(default, default + SWEEP_STEPS)


@dataclass(frozen=True)
class Words(Control):
    """The reader's own words; they stay on the page and are in no address."""

    kinds = (str,)

    @override
    def coerce(self, value: object, snap: bool = False) -> str:
        text = " ".join(str(value).split())
        if len(text) > WORD_LENGTH and not snap:
            raise RefusedError(f"{len(text)} characters; at most {WORD_LENGTH}", text[:WORD_LENGTH])
        return text[:WORD_LENGTH]


@dataclass(frozen=True)
class From(Control):
    """A value from elsewhere on the page: another widget's parameter or readout, live, or as it was
    when the goal `at` was best reached; the default until there is one."""

    source: str
    at: str = ""

    @override
    def bind(self, name: str, kind: type, default: object) -> Self:
        if self.source.count(".") != 1:
            raise DeclarationError(
                f"From({self.source!r}): write 'widget-name.parameter_or_readout'"
            )
        return super().bind(name, kind, default)

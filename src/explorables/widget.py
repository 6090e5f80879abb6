"""`@widget`: a pure function whose signature is its controls and whose result is a plot.

>>> from typing import Annotated
>>> from explorables.plot import Axes, Dot, Plot
>>> @widget
... def square(side: Annotated[float, Slider(0, 4, 0.5)] = 2.0) -> Plot:
...     '''The area of a square.'''
...     return Plot(Axes(Dot(side, side**2), x="side", y="area"), readouts={"area": side**2})
>>> square(3).readouts["area"].text(), square.plot({"side": "1.5"}).readouts["area"].text()
('9', '2.25')

A view is a linked picture with its own pace. Its parameters, a subset of the widget's, are its inputs:

>>> @square.view
... def diagonal(side):
...     return Plot(Axes(Dot(side, side * 2**0.5)))
>>> square.views["diagonal"].inputs
('side',)
"""

import inspect
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, update_wrapper
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from explorables.control import (
    Choice,
    Control,
    Curve,
    DeclarationError,
    Drag,
    Draw,
    From,
    Player,
    Point,
    Seed,
    Slider,
    Toggle,
    ValueRefused,
    Words,
)
from explorables.plot import Plot, Readout
from explorables.scale import Extents, extents

__all__ = [
    "Choice",
    "Control",
    "Curve",
    "DeclarationError",
    "Drag",
    "Draw",
    "From",
    "ParameterError",
    "Player",
    "Point",
    "Seed",
    "Slider",
    "Toggle",
    "View",
    "Widget",
    "Words",
    "widget",
]

Result = Plot | Iterator[Plot | None]
Values = Mapping[str, Any]


class ParameterError(ValueError):
    """A parameter that does not exist, or a value that it does not take."""

    def __init__(self, parameter: str, sentence: str, nearest: object = None) -> None:
        hint = "" if nearest is None else f" (nearest: {nearest})"
        super().__init__(f"{parameter}: {sentence}{hint}")
        self.parameter = parameter
        self.nearest = nearest


@dataclass(frozen=True)
class Parameter:
    """One control of a widget, or `plural` of them for a tuple."""

    name: str
    control: Control
    kind: type
    default: Any
    plural: int | None = None

    def coerce(self, value: object, snap: bool = False) -> Any:
        """The value as the function takes it; raises `ParameterError`."""
        try:
            if self.plural is None:
                return self._one(value, snap)
            if isinstance(value, str) or not isinstance(value, Sequence):
                raise ValueRefused(f"{value!r} is not a list of {self.plural} values")
            if len(value) != self.plural:
                raise ValueRefused(f"{len(value)} values; it takes {self.plural}")
            return tuple(self._one(entry, snap) for entry in value)
        except ValueRefused as refused:
            raise ParameterError(self.name, str(refused), refused.nearest) from None

    def _one(self, value: object, snap: bool) -> Any:
        coerced = self.control.coerce(value, snap)
        return self.kind(coerced) if self.kind in (int, float) else coerced

    def sweep(self) -> list[Any]:
        """Values that stand for all; a plural parameter moves one of its values at a time."""
        if self.plural is None:
            return list(self.control.sweep(self.default))
        return [
            (*self.default[:i], value, *self.default[i + 1 :])
            for i in range(self.plural)
            for value in self.control.sweep(self.default[i])
        ]


@dataclass(frozen=True)
class View:
    """A linked picture of a widget, drawn from some of its parameters."""

    name: str
    summary: str
    inputs: tuple[str, ...]
    function: Callable[..., Result]

    def __call__(self, *args: Any, **kwargs: Any) -> Result:
        return self.function(*args, **kwargs)


class Widget[**P]:
    """A function with its controls, made by `@widget`; still callable with plain values."""

    def __init__(self, function: Callable[P, Result]) -> None:
        update_wrapper(self, function)
        self.function = function
        self.name = function.__name__.replace("_", "-")
        self.summary = _summary(function)
        self.source = _source(function)
        self.streams = inspect.isgeneratorfunction(function)
        self.parameters = _parameters(function)
        self.views: dict[str, View] = {}
        _check_links(self.parameters)
        if self.streams and any(isinstance(p.control, Player) for p in self.parameters.values()):
            raise DeclarationError(
                "a function that yields keeps its own time: leave out the Player"
            )

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Result:
        return self.function(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<widget {self.name}: {', '.join(self.parameters)}>"

    @property
    def defaults(self) -> dict[str, Any]:
        """Each parameter's default."""
        return {name: parameter.default for name, parameter in self.parameters.items()}

    def view(self, function: Callable[..., Result]) -> View:
        """Add a linked view; its parameter names are its inputs."""
        with _Declaring(function):
            inputs = tuple(inspect.signature(function).parameters)
            for name in inputs:
                if name not in self.parameters:
                    known = ", ".join(self.parameters)
                    raise DeclarationError(f"a view's inputs are the widget's: {known}; not {name}")
            name = function.__name__.replace("_", "-")
            if name in self.views or name == self.name:
                raise DeclarationError(f"there is a picture named {name} already")
        self.views[name] = View(name, _summary(function), inputs, function)
        return self.views[name]

    def coerce(self, values: Values, *, snap: bool = False) -> dict[str, Any]:
        """All parameters, the given ones checked and the others at their defaults.

        Raises `ParameterError` for an unknown name or a value that is not taken; with `snap`, a
        value goes to the nearest one that is.
        """
        for name in values:
            if name not in self.parameters:
                from difflib import get_close_matches

                close = get_close_matches(name, self.parameters, 1, 0.4)
                known = f"{self.name} has {', '.join(self.parameters)}"
                raise ParameterError(name, f"no such parameter; {known}", *close)
        return {
            name: parameter.coerce(values[name], snap) if name in values else parameter.default
            for name, parameter in self.parameters.items()
        }

    def plot(self, values: Values | None = None) -> Plot:
        """The main picture in the state `values`; of a stream, the last frame."""
        return _last(self.function(**self.coerce(values or {})), self.name)  # type: ignore[call-arg]

    def view_plot(self, view: str, values: Values | None = None) -> Plot:
        """The picture of the view named `view` in the state `values`."""
        return self._view_plot(self.views[view], self.coerce(values or {}))

    def _view_plot(self, view: View, state: Values) -> Plot:
        inputs = {name: state[name] for name in view.inputs}
        return _last(view.function(**inputs), f"{self.name}'s view {view.name}")

    def readouts(self, values: Values | None = None) -> dict[str, Readout]:
        """The readouts of the main picture and of all views; ValueError when two share a name."""
        found = dict(self.plot(values).readouts)
        for view in self.views:
            for name, readout in self.view_plot(view, values).readouts.items():
                if name in found:
                    raise ValueError(f"{self.name}: two readouts are named {name}; rename one")
                found[name] = readout
        return found

    def sweep(self) -> Iterator[dict[str, Any]]:
        """The states along each control, the others at their defaults."""
        yield self.defaults
        for parameter in self.parameters.values():
            for value in parameter.sweep():
                if value != parameter.default:
                    yield {**self.defaults, parameter.name: value}

    @cached_property
    def extents(self) -> Extents:
        """Limits of the main picture's axes, from the whole sweep."""
        return extents(_last(self.function(**state), self.name) for state in self.sweep())  # type: ignore[call-arg]

    def view_extents(self, view: str) -> Extents:
        """Limits of a view's axes, from the sweep of its inputs."""
        entry = self.views[view]
        states = (
            s
            for s in self.sweep()
            if all(s[n] == p.default for n, p in self.parameters.items() if n not in entry.inputs)
        )
        return extents(self._view_plot(entry, state) for state in states)


def widget[**P](function: Callable[P, Result]) -> Widget[P]:
    """Make a widget of a pure function that returns a `Plot`, or yields several.

    Each parameter is `name: Annotated[type, Control(...)] = default`. The function's name, with
    hyphens, is the widget's; the first sentence of its docstring names the picture.

    Raises `DeclarationError`, with a sentence that says what to write instead.
    """
    with _Declaring(function):
        return Widget(function)


class _Declaring:
    """Gives a `DeclarationError` the function's name, file and line."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DeclarationError) and not error.path:
            located = DeclarationError(f"{self.function.__name__}: {error}")
            located.path, located.line = _source(self.function)
            raise located from None


def _source(function: Callable[..., Any]) -> tuple[str, int]:
    code = inspect.unwrap(function).__code__
    return code.co_filename, code.co_firstlineno


def _summary(function: Callable[..., Any]) -> str:
    """The first sentence of the docstring, without its full stop."""
    first = " ".join((inspect.getdoc(function) or "").partition("\n\n")[0].split())
    return first.partition(". ")[0].rstrip(".")


def _parameters(function: Callable[..., Any]) -> dict[str, Parameter]:
    try:
        hints = get_type_hints(function, include_extras=True)
    except NameError as error:
        raise DeclarationError(f"{error}: import what the annotations name") from None
    signature = inspect.signature(function).parameters
    return {name: _parameter(name, entry, hints.get(name)) for name, entry in signature.items()}


def _parameter(name: str, entry: inspect.Parameter, hint: Any) -> Parameter:
    example = f"{name}: Annotated[float, Slider(0, 1)] = 0.5"
    if entry.kind not in (entry.POSITIONAL_OR_KEYWORD, entry.KEYWORD_ONLY):
        raise DeclarationError(f"*{name}: name each parameter, as in {example}")
    controls = [c for c in get_args(hint)[1:] if isinstance(c, Control)]
    if get_origin(hint) is not Annotated or len(controls) != 1:
        raise DeclarationError(f"{name} needs one control; write {example}")
    if entry.default is entry.empty:
        raise DeclarationError(f"{name} needs a default; write {example}")
    kind, plural = _kind(get_args(hint)[0], controls[0])
    control = controls[0].bind(name, kind, entry.default)
    count = _count(control, entry.default) if plural else None
    parameter = Parameter(name, control, kind, entry.default, count)
    try:
        return replace(parameter, default=parameter.coerce(entry.default))
    except ParameterError as refused:
        raise DeclarationError(f"the default of {refused}") from None


def _kind(hint: Any, control: Control) -> tuple[type, bool]:
    """The type that the control sets, and whether a tuple makes it plural."""
    if isinstance(control, Draw):
        return tuple, bool(control.at)
    options = [o for o in _options(hint) if o is not type(None)]
    if len(options) == 1 and get_origin(options[0]) is tuple:
        return _kind(get_args(options[0])[0], control)[0], True
    return (options[0] if isinstance(options[0], type) else object), False


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _count(control: Control, default: Any) -> int:
    if isinstance(control, Toggle) and control.labels:
        return len(control.labels)
    if not isinstance(default, tuple):
        raise DeclarationError(f"{control.label}: the default of a plural control is a tuple")
    return len(default)


def _check_links(parameters: Mapping[str, Parameter]) -> None:
    """What `when`, `until` and `at` name must exist."""
    for parameter in parameters.values():
        control = parameter.control
        named = [*control.when[:1], *getattr(control, "until", ())]
        if isinstance(control, Draw) and control.at:
            named.append(control.at)
        for name in named:
            if name not in parameters:
                raise DeclarationError(f"{parameter.name} names {name!r}, which is no parameter")
        for value in control.when[1:]:
            try:
                parameters[control.when[0]].coerce(value)
            except ParameterError as refused:
                raise DeclarationError(f"when of {parameter.name}: {refused}") from None


def _last(result: object, name: str) -> Plot:
    frames = result if isinstance(result, Iterator) else iter((result,))
    last = None
    for frame in frames:
        last = frame if frame is not None else last
    if not isinstance(last, Plot):
        raise TypeError(f"{name} made {type(last).__name__}; a widget returns, or yields, a Plot")
    return last

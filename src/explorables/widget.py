"""`@widget`: a pure function whose signature is its controls and whose result is a plot.

>>> from typing import Annotated
>>> from explorables.plot import Axes, Dot, Plot
>>> @widget
... def square(side: Annotated[float, Slider(0, 4, 0.5)] = 2.0) -> Plot:
...     '''The area of a square.'''
...     return Plot(Axes(Dot(side, side**2), x="side", y="area"), readouts={"area": side**2})
>>> square(3).readouts["area"].text(), square.plot({"side": "1.5"}).readouts["area"].text()
('9', '2.25')

A view is a linked picture with its own pace. Its parameters, some of the widget's, are its inputs:

>>> @square.view
... def diagonal(side):
...     return Plot(Axes(Dot(side, side * 2**0.5)))
>>> square.views["diagonal"].inputs
('side',)
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, update_wrapper
from typing import Any

from explorables.control import (
    Choice,
    Control,
    DeclarationError,
    From,
    Player,
    Seed,
    Toggle,
    Words,
)
from explorables.gesture import Curve, Drag, Draw, Point
from explorables.parameter import Parameter, ParameterError, check_links, parameters
from explorables.plot import Plot, Readout
from explorables.scale import Extents, extents
from explorables.slider import Slider

__all__ = [
    "Choice",
    "Control",
    "Curve",
    "DeclarationError",
    "Drag",
    "Draw",
    "From",
    "Parameter",
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


@dataclass(frozen=True)
class View:
    """A linked picture of a widget, drawn from some of its parameters."""

    name: str
    summary: str
    inputs: tuple[str, ...]
    function: Callable[..., Result]

    def __call__(self, *args: Any, **kwargs: Any) -> Result:
        """Draw it with plain values."""
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
        self.parameters = parameters(function)
        self.views: dict[str, View] = {}
        check_links(self.parameters)
        if self.streams and any(isinstance(p.control, Player) for p in self.parameters.values()):
            raise DeclarationError(
                "a function that yields keeps its own time: leave out the Player"
            )

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Result:
        """Draw the main picture with plain values, as the function would."""
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


def _last(result: object, name: str) -> Plot:
    frames = result if isinstance(result, Iterator) else iter((result,))
    last = None
    for frame in frames:
        last = frame if frame is not None else last
    if not isinstance(last, Plot):
        raise TypeError(f"{name} made {type(last).__name__}; a widget returns, or yields, a Plot")
    return last

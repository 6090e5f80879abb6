"""Parameters: what the signature of a widget says, read and checked."""

import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from explorables.control import Control, DeclarationError, RefusedError, Toggle
from explorables.gesture import Draw


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
                raise RefusedError(f"{value!r} is not a list of {self.plural} values")
            if len(value) != self.plural:
                raise RefusedError(f"{len(value)} values; it takes {self.plural}")
            return tuple(self._one(entry, snap) for entry in value)
        except RefusedError as refused:
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


def parameters(function: Callable[..., Any]) -> dict[str, Parameter]:
    """The parameters of a widget's function; raises `DeclarationError`."""
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


def check_links(parameters: Mapping[str, Parameter]) -> None:
    """What `when`, `until` and `at` name must exist and agree."""
    for parameter in parameters.values():
        control = parameter.control
        at = (control.at,) if isinstance(control, Draw) and control.at else ()
        for name in (*control.when[:1], *getattr(control, "until", ()), *at):
            if name not in parameters:
                raise DeclarationError(f"{parameter.name} names {name!r}, which is no parameter")
        for name in at:
            values = len(parameters[name].control.every())
            if parameter.plural != values:
                raise DeclarationError(
                    f"{parameter.name} has {parameter.plural} curves for the {values} values of "
                    f"{name}: write a default of {values} times None"
                )
        for value in control.when[1:]:
            try:
                parameters[control.when[0]].coerce(value)
            except ParameterError as refused:
                raise DeclarationError(f"when of {parameter.name}: {refused}") from None

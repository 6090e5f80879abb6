"""What a widget returns: a `Plot` of axes and marks, with its readouts, goals and takeaway.

Everything here is a value: made once, never changed, written to JSON and read back exactly. Numbers
that are not finite are gaps. Colour, size and place are not decided here: a mark names its `role`,
the theme colours it, and `scene` finds where it stands.

>>> plot = Plot(Axes(Line([0, 1], [0, 2]), x="time", y="height"), readouts={"rim": 2})
>>> plot.readouts["rim"].text()
'2'
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, cast

import numpy as np

from explorables.marks import (
    MARKS,
    NAME,
    Area,
    Arrow,
    Dot,
    Line,
    Mark,
    Raster,
    Rule,
    Text,
)
from explorables.numerals import MINUS, NOT_YET, number

__all__ = [
    "Area",
    "Arrow",
    "Axes",
    "Dot",
    "Goal",
    "Line",
    "Mark",
    "Plot",
    "Raster",
    "Readout",
    "Rule",
    "Text",
]

Json = dict[str, Any]
TABLE_ROWS = 9


@dataclass(frozen=True, eq=False, init=False)
class Axes:
    """Marks in one coordinate system.

    An axis is drawn when it has a name; with neither name it is a map. Limits not given come
    from the whole sweep of the widget's controls; give those of a map, which a far walk would
    widen. `log` is "", "x", "y" or "xy"; `aspect` is width over height; `equal` makes a unit of
    x as long as a unit of y. In a chart, `y` also says at the head what is counted.
    """

    marks: tuple[Mark, ...]
    x: str
    y: str
    title: str
    xlim: tuple[float, float] | None
    ylim: tuple[float, float] | None
    log: str
    aspect: float
    equal: bool

    def __init__(
        self,
        *marks: Mark,
        x: str = "",
        y: str = "",
        title: str = "",
        xlim: tuple[float, float] | None = None,
        ylim: tuple[float, float] | None = None,
        log: str = "",
        aspect: float = 1.6,
        equal: bool = False,
    ) -> None:
        for mark in marks:
            if not isinstance(mark, Mark):
                raise TypeError(f"Axes takes marks, not {type(mark).__name__}")
        if log not in ("", "x", "y", "xy"):
            raise ValueError(f"log {log!r}: write '', 'x', 'y' or 'xy'")
        if not aspect > 0:
            raise ValueError(f"aspect {aspect}: width over height is above 0")
        limits = _limits("xlim", xlim), _limits("ylim", ylim)
        _set(self, marks, x, y, title, *limits, log, float(aspect), bool(equal))


def _set(frozen: Any, *values: object) -> None:
    """Fill a frozen dataclass, its fields in order."""
    for entry, value in zip(fields(frozen), values, strict=True):
        object.__setattr__(frozen, entry.name, value)


def _limits(name: str, pair: tuple[float, float] | None) -> tuple[float, float] | None:
    if pair is None:
        return None
    low, high = float(pair[0]), float(pair[1])
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError(f"{name} {pair}: two finite numbers, the lower first")
    return low, high


@dataclass(frozen=True)
class Goal:
    """Something for the reader to reach, judged for this one state.

    The page keeps what was reached and the lowest `score`. `show` are parameters that reach it; an
    empty `show` says that it cannot be reached.
    """

    id: str
    reached: bool
    label: str = ""
    hint: str = ""
    show: Mapping[str, Any] = field(default_factory=dict)
    score: float | None = None

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.id):
            raise ValueError(f"goal {self.id!r}: write lower-case words joined by hyphens")
        object.__setattr__(self, "reached", bool(self.reached))
        if self.score is not None:
            object.__setattr__(self, "score", float(self.score))


@dataclass(frozen=True)
class Readout:
    """A number, a phrase, or None for "not yet". `format` is a Python format specification.

    >>> Readout(0.05, format=".3f").text(), Readout(140, unit="steps").text(), Readout(None).text()
    ('0.050', '140 steps', '–')
    """

    value: float | str | None
    label: str = ""
    unit: str = ""
    format: str = ""

    def __post_init__(self) -> None:
        value = self.value.item() if isinstance(self.value, np.generic) else self.value
        if isinstance(value, bool) or not isinstance(value, int | float | str | None):
            raise TypeError(f"a readout is a number, a phrase or None, not {value!r}")
        object.__setattr__(self, "value", value)
        if isinstance(value, int | float):
            format(value, self.format)

    def text(self, digits: int = 3) -> str:
        """Write it for readers, with its unit; numbers to `digits` significant digits."""
        if self.value is None:
            return NOT_YET
        if isinstance(self.value, str):
            return self.value
        if not math.isfinite(self.value):
            return NOT_YET
        shown = format(self.value, self.format) if self.format else number(self.value, digits)
        space = "" if self.unit in ("", "%", "°") else " "
        return _unsigned_zero(shown.replace("-", MINUS)) + space + self.unit


def _unsigned_zero(text: str) -> str:
    return text if any(digit in text for digit in "123456789") else text.lstrip(MINUS)


@dataclass(frozen=True, eq=False, init=False)
class Plot:
    """One or more axes, and what they say: readouts, takeaway, goals and a data table.

    `takeaway` is the present state's point in a sentence or two; it is printed above the
    picture and spoken. `table` maps column names to columns; left out, it is drawn up from the
    labelled marks.
    """

    axes: tuple[Axes, ...]
    readouts: dict[str, Readout]
    takeaway: str
    goals: tuple[Goal, ...]
    table: dict[str, list[float | str]]

    def __init__(
        self,
        *axes: Axes,
        readouts: Mapping[str, Readout | float | str | None] | None = None,
        takeaway: str = "",
        goals: Sequence[Goal] = (),
        table: Mapping[str, Sequence[float | str]] | None = None,
    ) -> None:
        for entry in axes:
            if not isinstance(entry, Axes):
                kind = type(entry).__name__
                raise TypeError(f"Plot takes Axes, not {kind}: put marks inside Axes")
        wrapped = {
            name: value if isinstance(value, Readout) else Readout(value)
            for name, value in (readouts or {}).items()
        }
        ids = [goal.id for goal in goals]
        if len(set(ids)) < len(ids):
            raise ValueError(f"two goals have one id among {', '.join(ids)}")
        columns = _columns(table) if table is not None else _derive_table(axes)
        _set(self, axes, wrapped, str(takeaway), tuple(goals), columns)

    def to_json(self) -> Json:
        """Everything, as JSON values; arrays as lists, with null for what is not finite."""
        return {
            "axes": [_axes_to_json(axes) for axes in self.axes],
            "readouts": {name: _plain(readout) for name, readout in self.readouts.items()},
            "takeaway": self.takeaway,
            "goals": [_plain(goal) for goal in self.goals],
            "table": _json(self.table),
        }

    @classmethod
    def from_json(cls, data: Json) -> "Plot":
        """Read back what `to_json` wrote, exactly; nulls in arrays become NaN."""
        return cls(
            *(_axes_from_json(axes) for axes in data["axes"]),
            readouts={name: Readout(**values) for name, values in data["readouts"].items()},
            takeaway=data["takeaway"],
            goals=[Goal(**values) for values in data["goals"]],
            table={
                name: [math.nan if value is None else value for value in column]
                for name, column in data["table"].items()
            },
        )


def _columns(table: Mapping[str, Sequence[float | str]]) -> dict[str, list[float | str]]:
    columns = {name: [_cell(value) for value in column] for name, column in table.items()}
    if len({len(column) for column in columns.values()}) > 1:
        lengths = ", ".join(f"{name} has {len(column)}" for name, column in columns.items())
        raise ValueError(f"table: {lengths}; columns need one length")
    return columns


def _cell(value: object) -> float | str:
    if isinstance(value, str):
        return value
    return cast(float, value.item() if isinstance(value, np.generic) else value)


def _derive_table(axes: Sequence[Axes]) -> dict[str, list[float | str]]:
    """A few rows of each labelled mark: its name, x and y."""
    rows: list[tuple[str, float, float]] = []
    for entry in axes:
        for mark in entry.marks:
            if mark.label and isinstance(mark, Line | Dot):
                count = min(len(mark.x), TABLE_ROWS)
                chosen = np.linspace(0, len(mark.x) - 1, count).round().astype(int)
                name = mark.label.partition("\n")[0]
                rows += [(name, float(mark.x[i]), float(mark.y[i])) for i in chosen]
    if not rows:
        return {}
    x = next((entry.x for entry in axes if entry.x), "x")
    y = next((entry.y for entry in axes if entry.y and entry.y != x), "y")
    return {
        "mark": [row[0] for row in rows],
        x: [row[1] for row in rows],
        y: [row[2] for row in rows],
    }


def _json(value: Any) -> Any:
    """Tuples and arrays as lists, numbers that are not finite as null."""
    if isinstance(value, np.ndarray):
        return _json(value.tolist())
    if isinstance(value, np.generic):
        return _json(value.item())
    if isinstance(value, Mapping):
        return {name: _json(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_json(entry) for entry in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: Any) -> Json:
    names = (entry.name for entry in fields(value) if entry.name != "marks")
    return {name: _json(getattr(value, name)) for name in names}


def _axes_to_json(axes: Axes) -> Json:
    marks = [{"mark": type(mark).__name__, **_plain(mark)} for mark in axes.marks]
    return {**_plain(axes), "marks": marks}


def _axes_from_json(data: Json) -> Axes:
    rest = {name: value for name, value in data.items() if name != "marks"}
    return Axes(*(_mark_from_json(mark) for mark in data["marks"]), **rest)


def _mark_from_json(data: Json) -> Mark:
    values = {name: value for name, value in data.items() if name != "mark"}
    if isinstance(values.get("domain"), list):
        values["domain"] = tuple(values["domain"])
    return MARKS[data["mark"]](**values)

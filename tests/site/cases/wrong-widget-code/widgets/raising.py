from typing import Annotated

from explorables.plot import Plot
from explorables.widget import Slider, widget
from widgets._deep import divide

Level = Annotated[int, Slider(0, 5, 1)]


@widget
def raising(level: Level = 1) -> Plot:
    """Raises."""
    return Plot(readouts={"height": divide(level)})


@widget
def viewless(level: Level = 1) -> Plot:
    """Its view raises."""
    return Plot()


@viewless.view
def wrong(level: int) -> Plot:
    """Raises."""
    raise ValueError(f"no view\nfor level {level}")


@widget
def nothing(level: Level = 1) -> Plot:
    """Returns nothing."""


@widget
def twice(level: Level = 1) -> Plot:
    """Says one thing twice."""
    return Plot(readouts={"height": level})


@twice.view
def again(level: int) -> Plot:
    """Again."""
    return Plot(readouts={"height": level})

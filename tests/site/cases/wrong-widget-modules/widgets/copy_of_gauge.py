from typing import Annotated

from explorables.plot import Axes, Line, Plot, Readout
from explorables.widget import Slider, widget


@widget
def gauge(
    hours: Annotated[int, Slider(0, 24, 1, unit="h")] = 6,
    rate: Annotated[float, Slider(0, 5, 0.5)] = 1.0,
) -> Plot:
    """A gauge that fills."""
    return Plot(
        Axes(Line([0, hours], [0, rate * hours]), x="hours", y="height"),
        readouts={"height": Readout(rate * hours, unit="mm")},
        takeaway=f"After {hours} hours it stands at {rate * hours:g} mm.",
    )


@gauge.view
def day(rate: float) -> Plot:
    """A whole day."""
    return Plot(Axes(Line([0, 24], [0, 24 * rate])), readouts={"daily": 24 * rate})

from typing import Annotated

import numpy as np

from explorables.plot import Axes, Line, Plot
from explorables.widget import Slider, widget


@widget
def parabola(
    steepness: Annotated[float, Slider(0.1, 4.0)] = 1.0,
) -> Plot:
    """How steepness bends a parabola."""
    x = np.linspace(-2, 2, 101)
    return Plot(
        Axes(Line(x, steepness * x**2), x="x", y="height"),
        readouts={"rim": steepness * 4},
        takeaway=f"The rim stands {steepness * 4:.1f} high.",
    )

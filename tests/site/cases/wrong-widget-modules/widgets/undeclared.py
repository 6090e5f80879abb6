from explorables.plot import Plot
from explorables.widget import widget


@widget
def bare(level: float) -> Plot:
    """No control."""
    return Plot()

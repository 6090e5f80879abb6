"""The widget that the home page shows is a real one, and its listing is the file itself."""

import importlib.util
import re

from explorables.plot import Plot
from explorables.site import figure
from explorables.site.essay import PlacedWidget
from explorables.site.listing import python
from explorables.site.theme import theme_root
from explorables.widget import Widget

EXAMPLE = theme_root() / "templates" / "examples" / "parabola.py"


def load() -> Widget[[float]]:
    spec = importlib.util.spec_from_file_location("parabola_of_the_home_page", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Widget[[float]] = module.parabola
    return found


def test_the_example_runs_and_says_what_is_true() -> None:
    plot = load()(2.0)
    assert isinstance(plot, Plot)
    assert plot.readouts["rim"].text() == "8"
    assert plot.takeaway == "The rim stands 8.0 high."


def test_the_example_becomes_a_figure() -> None:
    parabola = load()
    html = figure.render(PlacedWidget(parabola, "parabola", parabola.defaults))
    assert 'role="img" aria-label="How steepness bends a parabola"' in html
    assert 'name="steepness"' in html
    assert 'class="mark line role-data"' in html


def test_a_listing_loses_no_character_of_the_file() -> None:
    source = EXAMPLE.read_text(encoding="utf-8")
    html = python(source)
    bare = re.sub("<[^>]+>", "", html)
    for entity, character in (("&quot;", '"'), ("&#39;", "'"), ("&gt;", ">"), ("&amp;", "&")):
        bare = bare.replace(entity, character)
    assert bare == source

"""Controls are native, named by parameter, and hold the state."""

from html.parser import HTMLParser
from typing import Annotated, Any

import pytest
from markupsafe import Markup

from explorables.plot import Axes, Plot
from explorables.site.controls import render
from explorables.widget import (
    Choice,
    Drag,
    Draw,
    From,
    Player,
    Point,
    Seed,
    Slider,
    Toggle,
    Widget,
    Words,
    widget,
)

BELIEFS = ("Sleep first", "Ask <twice>")


@widget
def everything(
    step: Annotated[int, Player(0, 140, label="Steps")] = 30,
    boldness: Annotated[float, Slider(0.01, 0.4, log=True, label="Boldness")] = 0.05,
    momentum: Annotated[float, Slider(0, 0.98, 0.01, label="Momentum", unit="%")] = 0.9,
    method: Annotated[str, Choice(("plain", "noisy"), label="Method")] = "plain",
    noise: Annotated[float, Slider(0, 1, 0.1, when=("method", "noisy"))] = 0.5,
    lift: Annotated[bool, Toggle(label="Lift the fog")] = True,
    kept: Annotated[tuple[bool, ...], Toggle(labels=BELIEFS)] = (True, False),
    seed: Annotated[int, Seed(label="Life")] = 3,
    start: Annotated[Point, Drag((-2, 2), (-1, 1), label="Start")] = Point(-1.25, 0.5),
    memories: Annotated[tuple[Point | None, ...], Drag((0, 1), (0, 1))] = (None, Point(0.5, 1)),
    grudge: Annotated[str, Words(label="A grudge")] = "2017 & all",
    curve: Annotated[tuple[float, ...] | None, Draw((0, 1))] = None,
    rules: Annotated[tuple[str, ...], Choice(("l1", "l2"), label="Rule")] = ("l2", "l1", "l1"),
    other: Annotated[float, From("local-minima.momentum")] = 0.25,
) -> Plot:
    """One of each."""
    return Plot(Axes())


class Forms(HTMLParser):
    """Collects the tags of a fragment with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, Any]]:
        return [found for _, found in self.tags if found.get("name") == name]


def forms(widget: Widget[Any], **values: Any) -> Forms:
    return Forms(render(widget, widget.coerce(values), "figure-x"))


def test_every_parameter_has_a_control_of_its_name() -> None:
    names = {found.get("name", "").split(".")[0] for _, found in forms(everything).tags}
    assert set(everything.parameters) <= names


def test_all_of_them_stand_in_one_disabled_fieldset() -> None:
    html = render(everything, everything.defaults, "figure-x")
    assert html.startswith('<form class="controls" autocomplete="off"><fieldset disabled>')
    assert html.count(" disabled") == 1


def test_a_slider_is_a_range_in_the_parameters_own_units() -> None:
    (slider,) = forms(everything).named("momentum")
    bounds = {key: slider[key] for key in ("type", "min", "max", "step", "value")}
    assert bounds == {"type": "range", "min": "0", "max": "0.98", "step": "0.01", "value": "0.9"}
    assert slider["aria-valuetext"] == "0.90%"


def test_a_logarithmic_slider_moves_over_the_places_of_its_values() -> None:
    (slider,) = forms(everything, boldness=0.05).named("boldness")
    values = slider["data-values"].split()
    assert slider["max"] == str(len(values) - 1)
    assert values[int(slider["value"])] == "0.05"
    assert (values[0], values[-1]) == ("0.01", "0.4")


def test_ticks_stand_under_their_places_and_keep_inside_the_track() -> None:
    ticks = [found for tag, found in forms(everything).tags if tag == "text"]
    first = [(tick["x"], tick["text-anchor"]) for tick in ticks if tick["x"] in ("0%", "100%")]
    assert first == [("0%", "start"), ("100%", "end")] * 3


def test_every_control_that_is_seen_has_a_name_for_those_who_hear_it() -> None:
    found = forms(everything)
    labelled = {tag["for"] for name, tag in found.tags if name == "label" and "for" in tag}
    for tag, attributes in found.tags:
        if tag == "input" and attributes["type"] in ("range", "text"):
            assert attributes["id"] in labelled


def test_ids_are_unique() -> None:
    ids = [found["id"] for _, found in forms(everything).tags if "id" in found]
    assert len(ids) == len(set(ids))


def test_a_choice_is_a_group_of_radios_with_one_checked() -> None:
    radios = forms(everything, method="noisy").named("method")
    assert [(radio["value"], "checked" in radio) for radio in radios] == [
        ("plain", False),
        ("noisy", True),
    ]


@pytest.mark.parametrize(("method", "hidden"), [("plain", True), ("noisy", False)])
def test_a_control_waits_for_its_moment(method: str, hidden: bool) -> None:
    waiting = [tag for _, tag in forms(everything, method=method).tags if "data-when" in tag]
    assert [tag["data-when"] for tag in waiting] == ["method noisy"]
    assert ("hidden" in waiting[0]) == hidden


def test_a_plural_toggle_is_a_switch_for_each_label() -> None:
    html = render(everything, everything.defaults, "x")
    found = Forms(html)
    assert ["checked" in found.named(f"kept.{i}")[0] for i in (0, 1)] == [True, False]
    assert "Sleep first" in html
    assert "Ask &lt;twice&gt;" in html


def test_a_plural_choice_is_a_numbered_group_for_each_value() -> None:
    html = render(everything, everything.defaults, "x")
    assert [f"<legend>Rule {i}</legend>" in html for i in (1, 2, 3, 4)] == [True, True, True, False]
    chosen = [
        r["value"] for i in range(3) for r in Forms(html).named(f"rules.{i}") if "checked" in r
    ]
    assert chosen == ["l2", "l1", "l1"]


def test_a_point_is_two_numbers() -> None:
    found = forms(everything)
    assert [found.named(f"start.{axis}")[0]["value"] for axis in "xy"] == ["-1.25", "0.5"]
    assert [found.named(f"memories.0.{axis}")[0]["value"] for axis in "xy"] == ["", ""]
    assert [found.named(f"memories.1.{axis}")[0]["value"] for axis in "xy"] == ["0.5", "1"]


def test_what_is_set_elsewhere_is_hidden_but_there() -> None:
    found = forms(everything)
    assert found.named("other")[0] == {"type": "hidden", "name": "other", "value": "0.25"}
    assert found.named("curve")[0]["value"] == ""


def test_words_are_escaped() -> None:
    assert forms(everything).named("grudge")[0]["value"] == "2017 & all"


def test_the_player_shows_the_time_and_its_end() -> None:
    assert "30 / 140</output>" in render(everything, everything.defaults, "x")


def test_what_stands_between_keeps_its_place_and_a_widget_without_controls_is_no_form() -> None:
    @widget
    def still() -> Plot:
        """Nothing to set."""
        return Plot(Axes())

    between = Markup("<dl></dl>")
    assert render(still, {}, "x", between) == between
    html = render(everything, everything.defaults, "x", between)
    assert html.index('class="player"') < html.index("<dl>") < html.index('class="sliders"')

"""A placed widget as a finished figure: takeaway, pictures, controls, views, goals, numbers."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from markupsafe import Markup

from explorables.numerals import NOT_YET
from explorables.numerals import number as written
from explorables.plot import Goal, Plot, Readout
from explorables.scene import LAYOUTS, Picture, lower
from explorables.site import controls
from explorables.site.essay import PlacedWidget
from explorables.site.svg import EMPTY, Defs, draw, draw_stamp, is_map

FIGURE = Markup(
    '<explorable-widget name="{name}" id="{id}" data-phase="static" data-revision="0">'
    '<figure><figcaption class="figure-head"><p class="takeaway" id="{id}-takeaway">{takeaway}</p>'
    '<p class="figure-number">{number}{words}</p></figcaption>{defs}'
    '<div class="figure-body {arrangement}">'
    '<div class="figure-main">{pictures}{controls}</div>{side}</div>'
    "{numbers}</figure></explorable-widget>"
)
SIDE = Markup('<div class="figure-side">{views}{goals}</div>')
VIEW = Markup('<div class="view" data-view="{name}">{head}{canvas}{said}</div>')
HEAD = Markup('<p class="view-head"><span>{}</span> <span class="counts">{}</span></p>')
CANVAS = Markup('<div class="canvas" role="img" aria-label="{name}"{described}>{pictures}</div>')
DESCRIBED = Markup(' aria-describedby="{}"')
READOUT = Markup('<div><dt>{}</dt><dd data-readout="{}">{}</dd></div>')
GOALS = Markup(
    '<div class="goals"><p class="view-head"><span>Try to</span> '
    '<span class="counts">{done} of {all} done</span></p><ul>{goals}</ul></div>'
)
NUMBERS = Markup(
    '<details class="numbers"><summary>The numbers behind this picture</summary>'
    '<section class="scroll" tabindex="0" aria-label="The numbers of {words}">'
    "{tables}</section></details>"
)
TABLE = Markup("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")


def render(placed: PlacedWidget, number: int | None = None, numbers: bool = True) -> Markup:
    """The whole `<explorable-widget>` of one placed widget, as figure `number`; 0 is none.

    Where the picture is only a door to the essay, its table of `numbers` can be left out.
    """
    id = f"figure-{placed.name}"
    defs = Defs(id)
    number = placed.number if number is None else number
    pictures, side = _main(placed, defs), _side(placed, defs)
    return FIGURE.format(
        name=placed.name,
        id=id,
        takeaway=placed.plot.takeaway or placed.widget.summary,
        number=f"Figure {number} · " if number else "",
        words=_words(placed.name),
        arrangement=_arrangement(placed, bool(side)),
        pictures=pictures,
        controls=controls.render(placed.widget, placed.values, id, _readouts(placed.plot.readouts)),
        side=side,
        defs=defs.render(),
        numbers=_numbers(placed) if numbers else EMPTY,
    )


def svg(picture: Picture, *, id_prefix: str, layout_name: str) -> Markup:
    """One picture in one layout with all that it refers to, for feeds and documents."""
    defs = Defs(id_prefix)
    drawn = draw(picture, id_prefix, layout_name, defs)
    return defs.render() + drawn


def thumbnail(placed: PlacedWidget) -> Markup:
    """The section's first chart, or else its map, at the size of a stamp and without words."""
    widget = placed.widget
    drawn = [(placed.plot, widget.extents)]
    drawn += [(plot, widget.view_extents(name)) for name, plot in placed.views.items()]
    pictures = [
        entry for plot, extents in drawn for entry in lower(plot, LAYOUTS["narrow"], extents)
    ]
    chosen = next((entry for entry in pictures if not is_map(entry)), pictures[0])
    return draw_stamp(chosen, f"stamp-{placed.name}")


def _words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ")


def _arrangement(placed: PlacedWidget, has_side: bool) -> str:
    """How the parts share a wide page: several pictures, one with views beside it, or one alone."""
    if len(placed.plot.axes) > 1:
        return "abreast"
    return "with-views" if has_side else "alone"


def _main(placed: PlacedWidget, defs: Defs) -> Markup:
    """The main plot's axes side by side, each in both layouts."""
    plot, extents = placed.plot, placed.widget.extents
    scenes = {name: lower(plot, layout, extents) for name, layout in LAYOUTS.items()}
    described = DESCRIBED.format(f"{defs.prefix}-takeaway")
    views = EMPTY.join(
        _view(
            placed.name,
            f"{defs.prefix}-{i}",
            dict(zip(scenes, pictures, strict=True)),
            defs,
            _label(placed.widget.summary, axes.title, len(plot.axes)),
            described,
        )
        for i, (axes, *pictures) in enumerate(zip(plot.axes, *scenes.values(), strict=True))
    )
    return Markup('<div class="pictures" data-count="{}">{}</div>').format(len(plot.axes), views)


def _view(
    name: str,
    prefix: str,
    pictures: Mapping[str, Picture],
    defs: Defs,
    label: str,
    described: Markup,
    said: Markup = EMPTY,
) -> Markup:
    """One picture under its heading, in each of the layouts given."""
    first = next(iter(pictures.values()))
    drawn = EMPTY.join(
        draw(picture, f"{prefix}-{layout}", layout, defs) for layout, picture in pictures.items()
    )
    canvas = CANVAS.format(name=label, described=described, pictures=drawn)
    head = HEAD.format(first.title, first.counts) if first.title or first.counts else EMPTY
    return VIEW.format(name=name, head=head, canvas=canvas, said=said)


def _side(placed: PlacedWidget, defs: Defs) -> Markup:
    """Linked views, which never have room for the wide layout, and the goals."""
    views = EMPTY.join(_linked(placed, name, plot, defs) for name, plot in placed.views.items())
    goals = [goal for plot in (placed.plot, *placed.views.values()) for goal in plot.goals]
    if not views and not goals:
        return EMPTY
    wrapped = Markup('<div class="views">{}</div>').format(views) if views else EMPTY
    return SIDE.format(views=wrapped, goals=_goals(goals))


def _linked(placed: PlacedWidget, name: str, plot: Plot, defs: Defs) -> Markup:
    prefix = f"{defs.prefix}-{name}"
    summary = placed.widget.views[name].summary
    said, described = EMPTY, EMPTY
    if plot.takeaway:
        said = Markup('<p class="unseen" id="{}-takeaway">{}</p>').format(prefix, plot.takeaway)
        described = DESCRIBED.format(f"{prefix}-takeaway")
    pictures = lower(plot, LAYOUTS["narrow"], placed.widget.view_extents(name))
    return EMPTY.join(
        _view(
            name,
            f"{prefix}-{i}",
            {"narrow": picture},
            defs,
            _label(summary, plot.axes[i].title, len(pictures)),
            described,
            EMPTY if i else said,
        )
        for i, picture in enumerate(pictures)
    )


def _label(summary: str, title: str, count: int) -> str:
    """A picture's name for the ear: a sentence, and which of several pictures this one is."""
    if not summary or (title and count > 1):
        return ". ".join(part for part in (summary, title) if part)
    return summary


def _readouts(readouts: Mapping[str, Readout]) -> Markup:
    """Those with a label, which are meant for the figure; all of them where none has one."""
    labelled = {name: readout for name, readout in readouts.items() if readout.label}
    entries = EMPTY.join(
        READOUT.format(readout.label or _words(name), name, readout.text())
        for name, readout in (labelled or readouts).items()
    )
    return Markup('<dl class="readouts">{}</dl>').format(entries) if entries else EMPTY


def _goals(goals: Sequence[Goal]) -> Markup:
    if not goals:
        return EMPTY
    entries = EMPTY.join(_goal(goal) for goal in goals)
    return GOALS.format(done=sum(goal.reached for goal in goals), all=len(goals), goals=entries)


def _goal(goal: Goal) -> Markup:
    reached = Markup(' class="reached"') if goal.reached else EMPTY
    spoken = Markup('<span class="unseen"> (done)</span>') if goal.reached else EMPTY
    return Markup('<li data-goal="{}"{}>{}{}</li>').format(
        goal.id, reached, goal.label or _words(goal.id).capitalize(), spoken
    )


def _numbers(placed: PlacedWidget) -> Markup:
    """The data tables of the main plot and of each view, folded."""
    tables = [(placed.widget.summary, placed.plot.table)]
    tables += [
        (placed.widget.views[name].summary, plot.table) for name, plot in placed.views.items()
    ]
    drawn = EMPTY.join(_table(caption, table) for caption, table in tables if table)
    return NUMBERS.format(words=_words(placed.name), tables=drawn) if drawn else EMPTY


def _table(caption: str, columns: Mapping[str, Sequence[float | str]]) -> Markup:
    names = EMPTY.join(Markup('<th scope="col">{}</th>').format(name) for name in columns)
    rows = EMPTY.join(
        Markup("<tr>{}</tr>").format(
            EMPTY.join(Markup("<td>{}</td>").format(_cell(v)) for v in row)
        )
        for row in zip_longest(*columns.values())
    )
    return TABLE.format(caption, names, rows)


def _cell(value: float | str | None) -> str:
    if value is None:
        return NOT_YET
    return value if isinstance(value, str) else written(value)

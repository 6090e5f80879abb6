"""Pictures for places that show no SVG: a feed's picture of a figure, a link's social card."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from explorables.scene import LAYOUTS, Picture, lower
from explorables.shape import TENTHS, Shape
from explorables.site.essay import Essay, PlacedWidget, Section
from explorables.site.sheet import Sheet, width_of

PIXELS = 1200
WIDTH, NARROW, GAP, PAD, HEAD = 600.0, 300.0, 24.0, 16.0, 28.0  # of a feed's picture

CARD = 600.0, 315.0
MARGIN, TITLE_LINE = 32.0, 80.0
TITLES = (38.0, 34.0, 30.0, 26.0)  # the largest that fits
LEAD, LEADING = 15.0, 22.0
COLUMN, CHART = 224.0, 290.0


def picture(placed: PlacedWidget) -> bytes:
    """The main plot at its place's values as a PNG, 1200 pixels wide, in the light scheme."""
    several = len(placed.plot.axes) > 1
    pictures = _lowered(placed, "narrow" if several else "wide")
    pad, each = 0.0 if all(map(_is_map, pictures)) else PAD, NARROW if several else WIDTH
    heads = HEAD if any(one.title for one in pictures) else 0.0
    tallest = max(one.height * each / one.width for one in pictures)
    width = len(pictures) * (each + GAP) - GAP + 2 * pad
    sheet = Sheet(width, tallest + heads + 2 * pad, PIXELS)
    for i, one in enumerate(pictures):
        left = pad + i * (each + GAP)
        sheet.words(one.title, (left, pad + 14), "bold", 14, "ink")
        sheet.words(one.counts, (left + each, pad + 14), "sans", 14, "ink-2", "right")
        sheet.picture(one, (left, pad + heads), each)
    return sheet.png()


def card(essay: Essay, section: Section | None = None) -> bytes:
    """The social card of an essay, or of one of its sections: title and summary over a picture."""
    if section is None:
        return _card(essay.title, essay.summary, essay.widgets[0])
    placed = section.widgets[0]
    return _card(section.title, section.summary or placed.plot.takeaway, placed)


def _lowered(placed: PlacedWidget, layout: str) -> tuple[Picture, ...]:
    return lower(placed.plot, LAYOUTS[layout], placed.widget.extents)


def _card(title: str, summary: str, placed: PlacedWidget) -> bytes:
    sheet = Sheet(*CARD, PIXELS)
    if _is_map(_lowered(placed, "wide")[0]):
        _above(sheet, title, summary, placed)
    else:
        _beside(sheet, title, summary, _lowered(placed, "narrow")[0])
    return sheet.png()


def _above(sheet: Sheet, title: str, summary: str, placed: PlacedWidget) -> None:
    """Words over a map, which runs off the edges and emerges from the paper; one whose marks would
    not stay in view that way is drawn smaller and whole."""
    width, height = CARD
    measure = width - 2 * MARGIN
    lead = fitting(summary, "serif", LEAD, measure, 2)
    ground = TITLE_LINE + 14 + LEADING * len(lead)
    room = height - ground - MARGIN / 2
    wide, narrow = (_lowered(placed, layout)[0] for layout in ("wide", "narrow"))
    stretch = width / wide.width
    first, last = (stretch * edge for edge in _span(wide))
    if last - first <= room:
        top = min(ground, max(height - MARGIN / 2 - last, height - stretch * wide.height))
        sheet.picture(wide, (0, top), width)
        sheet.fade(ground - LEADING / 2, max(top + first - 10, ground + 2))
    else:
        across = min(measure, room * narrow.width / narrow.height)
        sheet.picture(narrow, ((width - across) / 2, ground), across)
    _write(sheet, title, 1, lead, measure)


def _beside(sheet: Sheet, title: str, summary: str, chart: Picture) -> None:
    """Words in a column on the left, a chart on the right."""
    width, height = CARD
    rise = chart.height * CHART / chart.width
    sheet.picture(chart, (width - MARGIN - CHART, (height - rise) / 2), CHART)
    _write(sheet, title, 3, fitting(summary, "serif", LEAD, COLUMN, 5), COLUMN)


def _write(sheet: Sheet, title: str, most: int, lead: list[str], measure: float) -> None:
    """Whose it is, the title as large as `most` lines allow, and the lead below it."""
    sizes = TITLES if most == 1 else TITLES[2:]
    sheet.words("explorables", (MARGIN, 34), "italic", 14, "ink")
    fits = (size for size in sizes if len(wrapped(title, "title", size, measure)) <= most)
    size = next(fits, sizes[-1])
    line = TITLE_LINE
    for part in fitting(title, "title", size, measure, most):
        sheet.words(part, (MARGIN, line), "title", size, "ink")
        line += 1.1 * size
    line += 5 + LEADING - 1.1 * size
    for i, part in enumerate(lead):
        sheet.words(part, (MARGIN, line + i * LEADING), "serif", LEAD, "ink-2")


def _is_map(picture: Picture) -> bool:
    return picture.box == (0, 0, picture.width, picture.height)


def _span(picture: Picture) -> tuple[float, float]:
    """From where to where a map's marks reach, down the picture; its ground goes on for ever."""
    heights = [
        _reach(shape)
        for shape in picture.shapes
        if shape.kind not in {"area", "mask"} and shape.parts
    ]
    every = np.concatenate([*heights, [picture.height / 2]])
    return float(every.min()), float(every.max())


def _reach(shape: Shape) -> NDArray[np.float64]:
    """The heights that a shape covers; words from the first line's top to the last one's foot."""
    heights = np.concatenate(shape.parts)[:, 1] / TENTHS
    if shape.kind != "text":
        return heights
    first = heights + shape.offset[1]
    last = first + shape.leading * shape.text.count("\n")
    return np.concatenate([first - 0.7 * shape.leading, last + 0.3 * shape.leading])


def fitting(text: str, face: str, size: float, width: float, most: int) -> list[str]:
    """As many of the text's sentences as fit on `most` lines; of one that does not, its start."""
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    for count in range(len(sentences), 0, -1):
        lines = wrapped(" ".join(sentences[:count]), face, size, width)
        if len(lines) <= most:
            return lines
    words = sentences[0].split()
    while len(lines := wrapped(" ".join(words).rstrip(",;:") + "…", face, size, width)) > most:
        words.pop()
    return lines


def wrapped(text: str, face: str, size: float, width: float) -> list[str]:
    """The lines of a text set within a width; a word that is too long has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, face, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

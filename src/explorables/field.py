"""Rasters lowered to shapes: terrain in bands with relief, or cells in a few steps; the veil."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorables.contour import hillshade, rings
from explorables.marks import Array, Raster
from explorables.scale import Scale
from explorables.shape import Part, Shape, distinct, part, rings_of, simplified

BANDS = 21
INDEX_EVERY = 4  # every fourth contour is an index contour
STEPS = 7
CONTOUR_GRAIN = 5  # contours stand on half pixels: tenths
CONTOUR_TOLERANCE = 2.0  # tenths of a pixel
RELIEF = (
    0.9  # height, as a share of the domain, that makes a slope of 45° over a tenth of the width
)


def lower_raster(key: str, raster: Raster, x: Scale, y: Scale) -> Iterator[Shape]:
    """The shapes of a raster, drawn through the scales x and y."""
    for shape in _drawn_once(raster, x, y):
        yield Shape(
            f"{key}.{shape.key}",
            shape.kind,
            shape.classes,
            shape.parts,
            clip=True,
            pixels=shape.pixels,
            sets=raster.sets,
            tip=raster.tip,
        )


@lru_cache(maxsize=16)
def _drawn_once(raster: Raster, x: Scale, y: Scale) -> tuple[Shape, ...]:
    """A raster is a value: the same one under the same scales is the same drawing."""
    corners = _corners(raster, x, y)
    drawn: list[Shape] = []
    if raster.scale == "terrain":
        drawn += _bands(raster, x, y)
        drawn.append(Shape("shade", "mask", "shade", (corners,), pixels=_shade(raster, x, y)))
    elif raster.scale != "none":
        drawn += _cells(raster, x, y)
    if raster.veil is not None:
        alpha = np.rint(255 * np.clip(np.nan_to_num(_upright(raster, raster.veil, x, y)), 0, 1))
        veil = f"veil role-{raster.role}"
        drawn.append(Shape("veil", "mask", veil, (corners,), pixels=alpha.astype(np.uint8)))
    return tuple(drawn)


def _edges(centres: Array, scale: Scale) -> Array:
    """The pixels at which cells meet: midway between centres, half a cell beyond the outer ones."""
    places = scale(centres)
    middles = (places[1:] + places[:-1]) / 2
    first, last = places[0] - (middles[0] - places[0]), places[-1] + (places[-1] - middles[-1])
    return np.concatenate([[first], middles, [last]])


def _corners(raster: Raster, x: Scale, y: Scale) -> Part:
    if raster.scale in ("terrain", "none"):
        columns, rows = x(raster.x[[0, -1]]), y(raster.y[[0, -1]])
    else:
        columns, rows = _edges(raster.x, x)[[0, -1]], _edges(raster.y, y)[[0, -1]]
    return part(np.sort(columns), np.sort(rows))


def _upright(raster: Raster, field: Array, x: Scale, y: Scale) -> Array:
    """The field as it is seen: first row on top, first column at the left."""
    down = y(raster.y[[0, -1]])
    right = x(raster.x[[0, -1]])
    return field[:: 1 if down[0] < down[1] else -1, :: 1 if right[0] < right[1] else -1]


def _bands(raster: Raster, x: Scale, y: Scale) -> Iterator[Shape]:
    """Nested areas, each higher than the one below it; the outline of an area is a contour."""
    corners = _corners(raster, x, y)
    ground = part(corners[[0, 1, 1, 0], 0] / 10, corners[[0, 0, 1, 1], 1] / 10)
    yield Shape("band.0", "area", "band band-0", (ground,))
    columns, rows = x(raster.x), y(raster.y)
    for i, level in enumerate(np.linspace(*raster.domain, BANDS + 1)[1:-1], start=1):
        parts = rings_of([_outline(ring, columns, rows) for ring in rings(raster.z, float(level))])
        index = " index" if i % INDEX_EVERY == 0 else ""
        if parts:
            yield Shape(f"band.{i}", "area", f"band band-{i}{index}", parts)


def _outline(ring: Array, columns: Array, rows: Array) -> Part:
    """A ring in units of the grid, in tenths of a pixel; beyond the grid it leaves the picture."""
    across = _extrapolated(ring[:, 0], columns)
    down = _extrapolated(ring[:, 1], rows)
    grained = np.rint(part(across, down) / CONTOUR_GRAIN) * CONTOUR_GRAIN
    return simplified(distinct(grained.astype(np.int32)), CONTOUR_TOLERANCE)


def _extrapolated(position: Array, places: Array) -> Array:
    index = np.arange(-1, len(places) + 1)
    beyond = np.concatenate(
        [[4 * places[0] - 3 * places[1]], places, [4 * places[-1] - 3 * places[-2]]]
    )
    return np.interp(position, index, beyond)


def _shade(raster: Raster, x: Scale, y: Scale) -> NDArray[np.uint8]:
    seen = _upright(raster, raster.z, x, y)
    low, high = raster.domain
    width = 10 / (seen.shape[1] - 1)
    return hillshade(seen, width, width, RELIEF * (high - low))


def _cells(raster: Raster, x: Scale, y: Scale) -> Iterator[Shape]:
    """Cells in a few steps, one shape a step; neighbours in a row that share a step are one box."""
    steps = _steps(raster)
    columns, rows = _edges(raster.x, x), _edges(raster.y, y)
    for step in np.unique(steps[steps >= 0]):
        inside = np.pad((steps == step).astype(np.int8), ((0, 0), (1, 1)))
        turns = np.diff(inside, axis=1)
        row, start = np.nonzero(turns == 1)
        _, stop = np.nonzero(turns == -1)
        boxes = zip(columns[start], columns[stop], rows[row], rows[row + 1], strict=True)
        parts = tuple(part([a, b, b, a], [c, c, d, d]) for a, b, c, d in boxes)
        yield Shape(f"step.{step}", "area", f"cell {raster.scale} step-{step}", parts)


def _steps(raster: Raster) -> NDArray[np.int64]:
    """Which step each cell belongs to; -1 for a gap.

    Sequential: 0 only at or below the domain's low end, 6 only at its high end, five even steps
    between. Diverging: seven even steps. Category: the value itself.
    """
    low, high = raster.domain
    share = (raster.z - low) / (high - low)
    with np.errstate(invalid="ignore"):
        if raster.scale == "category":
            steps = np.rint(raster.z)
        elif raster.scale == "diverging":
            steps = np.clip(np.floor(share * STEPS), 0, STEPS - 1)
        else:
            inner = 1 + np.clip(np.floor(share * (STEPS - 2)), 0, STEPS - 3)
            steps = np.where(share <= 0, 0, np.where(share >= 1, STEPS - 1, inner))
    return np.where(np.isfinite(steps), steps, -1).astype(np.int64)

"""Contours of a field by marching squares, as closed rings, and the shade that makes it a relief.

W. E. Lorensen and H. E. Cline, "Marching cubes", SIGGRAPH 1987, in two dimensions; the two
ambiguous cells keep their high corners apart.
"""

import numpy as np
from numpy.typing import NDArray

from explorables.marks import Array

# A cell's corners, clockwise from the upper left, and the edge that follows each of them.
CORNERS = ((0, 0), (0, 1), (1, 1), (1, 0))


def _segments(case: int) -> list[tuple[int, int]]:
    """The edges (in, out) between which a cell's contour runs, its high side always on one hand."""
    high = [bool(case >> i & 1) for i in range(4)]
    found = []
    for i in range(4):
        if not high[i] and high[(i + 1) % 4]:
            j = (i + 1) % 4
            while high[(j + 1) % 4]:
                j = (j + 1) % 4
            found.append((i, j))
    return found


SEGMENTS = [_segments(case) for case in range(16)]


def rings(z: Array, level: float) -> list[Array]:
    """The closed rings around {z >= level}, each (n, 2) as (column, row) in units of the grid.

    What lies outside the grid counts as low, so that rings close half a unit beyond its edge.
    """
    rows, columns = z.shape
    padded = np.full((rows + 2, columns + 2), np.nan)
    padded[1:-1, 1:-1] = z
    high = np.nan_to_num(padded, nan=-np.inf) >= level
    corner = [high[i : rows + 1 + i, j : columns + 1 + j] for i, j in CORNERS]
    cases = sum(c.astype(np.int64) << i for i, c in enumerate(corner))
    follows = _follow(np.asarray(cases), columns + 2)
    return [_cross(padded, ring, level) for ring in _walk(follows)]


def _follow(cases: NDArray[np.int64], width: int) -> dict[int, int]:
    """For each grid edge that a contour enters by, the edge at which it leaves the cell.

    Edge 2k is level, from node k to the right; edge 2k + 1 is upright, from node k down.
    """
    follows: dict[int, int] = {}
    for case in range(1, 15):
        row, column = np.nonzero(cases == case)
        node = row * width + column
        edges = (2 * node, 2 * (node + 1) + 1, 2 * (node + width), 2 * node + 1)
        for start, stop in SEGMENTS[case]:
            follows.update(zip(edges[start].tolist(), edges[stop].tolist(), strict=True))
    return follows


def _walk(follows: dict[int, int]) -> list[list[int]]:
    found = []
    while follows:
        first, edge = follows.popitem()
        ring = [first]
        while edge != first:
            ring.append(edge)
            edge = follows.pop(edge)
        found.append(ring)
    return found


def _cross(padded: Array, ring: list[int], level: float) -> Array:
    """Where the contour crosses each edge: linear between known nodes, midway to the outside."""
    edges = np.array(ring)
    node, upright = edges // 2, edges % 2
    width = padded.shape[1]
    other = np.where(upright, node + width, node + 1)
    flat = padded.ravel()
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (level - flat[node]) / (flat[other] - flat[node])
    share = np.where(np.isfinite(share), share, 0.5)
    column = node % width + np.where(upright, 0.0, share)
    row = node // width + np.where(upright, share, 0.0)
    return np.stack([column - 1, row - 1], axis=1)


def hillshade(z: Array, dx: float, dy: float, height: float) -> NDArray[np.uint8]:
    """How much darker than flat ground each node is when lit from the upper left, 0 to 255.

    Lambert's law with the light 45° high; `z` in units of which `height` make one of x. Rows run
    downwards.
    """
    down, right = np.gradient(z / height, dy, dx)
    light = np.array([-0.5, -0.5, np.sqrt(0.5)])
    length = np.sqrt(right**2 + down**2 + 1)
    lit = (-right * light[0] - down * light[1] + light[2]) / length
    shadow = np.clip((light[2] - lit) / light[2], 0, 1)
    return np.asarray(np.rint(255 * shadow), dtype=np.uint8)

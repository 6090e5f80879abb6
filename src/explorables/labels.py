"""Labels: how wide words are, and where they can stand without touching each other or the data.

Widths are those of the site's own faces, taken from the fonts (a test compares), so that places are
the same at build time and in the browser, where no font can be measured. A label that fits nowhere
is left out rather than printed over another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from explorables.marks import Array

Anchor = Literal["start", "middle", "end"]
Box = tuple[float, float, float, float]

PADDING = 2.0
SAFETY = 1.04  # a fallback face may run a little wider than the site's own


class Style(NamedTuple):
    """How a class of text is set: pixels, and the faces of its first and further lines."""

    size: float
    leading: float
    first: str
    rest: str


STYLES = {
    "tick-label": Style(12, 16, "sans", "sans"),
    "axis-name": Style(13, 16, "sans", "sans"),
    "mark-label": Style(13, 16, "bold", "sans"),
    "note": Style(13, 16, "sans", "sans"),
    "place": Style(17, 22, "italic", "italic"),
}

# Advance widths in thousandths of an em, of the characters from space to tilde.
# Source Sans 3 at weights 400 and 600, and Literata italic at optical size 16.
WIDTHS = {
    "sans": """
        200 289 426 497 497 824 609 249 303 303 418 497 249 311 249 350 497 497 497
        497 497 497 497 497 497 497 249 249 497 497 497 425 847 543 588 571 615 527
        494 617 652 263 479 579 486 727 647 664 566 664 569 534 536 645 515 786 513
        476 539 303 350 303 497 500 542 504 553 456 555 496 292 504 544 246 247 495
        255 829 547 542 555 555 347 419 338 544 467 719 446 467 425 303 241 303 497
    """,
    "bold": """
        200 315 482 513 513 841 639 275 324 324 438 513 275 322 275 344 513 513 513
        513 513 513 513 513 513 513 275 275 513 513 513 444 875 558 597 576 625 538
        510 628 663 282 494 597 502 745 657 674 582 674 592 545 546 655 536 800 541
        501 540 324 344 324 513 500 549 516 563 462 564 507 317 520 558 262 263 522
        271 843 560 549 564 564 373 431 361 556 495 748 481 495 443 324 255 324 513
    """,
    "italic": """
        190 337 403 679 499 827 730 251 328 329 475 582 331 353 320 442 573 381 516
        526 555 522 538 518 533 531 321 336 582 582 582 511 861 691 616 619 735 592
        561 642 760 359 367 688 584 932 745 715 590 704 678 499 621 749 689 1000 687
        669 613 320 412 323 582 498 498 571 566 485 573 477 382 551 587 298 296 548
        282 876 596 539 577 541 464 441 401 593 533 786 531 537 477 364 403 364 583
    """,
}
ADVANCES = {face: [int(width) for width in table.split()] for face, table in WIDTHS.items()}
NARROW = {"²": 367, "’": 275, "·": 275, "°": 350, "‘": 275}
WIDE = {"—": 1000, "…": 965}


def line_width(text: str, face: str, size: float) -> float:
    """The width of one line in pixels; characters outside the table count as wide ones.

    >>> round(line_width("height", "sans", 13), 1)
    36.1
    """
    table = ADVANCES[face]
    units = sum(
        table[ord(c) - 32] if 32 <= ord(c) < 127 else NARROW.get(c) or WIDE.get(c, 600)
        for c in text
    )
    return units * size * SAFETY / 1000


def extent(text: str, style: str) -> tuple[float, float]:
    """Width and height of a label in pixels, all of its lines."""
    size, leading, first, rest = STYLES[style]
    lines = text.split("\n")
    faces = [first, *[rest] * (len(lines) - 1)]
    widths = [line_width(line, face, size) for line, face in zip(lines, faces, strict=True)]
    return max(widths), leading * len(lines)


class Place(NamedTuple):
    """Where a label stands: an offset in real pixels from its point to the middle of its start, its
    middle or its end."""

    x: float
    y: float
    dx: float
    dy: float
    anchor: Anchor


@dataclass(frozen=True)
class Label:
    """Words that want a place: the first of `places` that is free."""

    text: str
    style: str
    places: Sequence[Place]

    def box(self, place: Place, scale: float) -> Box:
        """The rectangle it covers when the picture is drawn `scale` times its nominal size."""
        width, height = extent(self.text, self.style)
        x, y = place.x * scale + place.dx, place.y * scale + place.dy
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[place.anchor]
        return (
            left - PADDING,
            y - height / 2 - PADDING / 2,
            left + width + PADDING,
            y + height / 2 + PADDING / 2,
        )


def around(x: float, y: float, gap: float) -> list[Place]:
    """Places around a point, the best first: right, upper right, lower right, left, above, below;
    then the same farther off."""
    places = []
    for reach in (gap, gap * 1.8, gap * 3, gap * 4.5):
        up = reach + 6
        places += [
            Place(x, y, reach, 0, "start"),
            Place(x, y, reach * 0.8, -up * 0.8, "start"),
            Place(x, y, reach * 0.8, up * 0.8, "start"),
            Place(x, y, -reach, 0, "end"),
            Place(x, y, 0, -up, "middle"),
            Place(x, y, 0, up, "middle"),
            Place(x, y, -reach * 0.8, -up * 0.8, "end"),
            Place(x, y, -reach * 0.8, up * 0.8, "end"),
        ]
    return places


class Board:
    """A picture's surface on which labels are placed, one after the other.

    `size` is the nominal width and height, `scales` the sizes at which it may be drawn, and
    `obstacles` (n, 2) points of the data that labels keep off.
    """

    def __init__(
        self, size: tuple[float, float], scales: Sequence[float], obstacles: Array
    ) -> None:
        self.size = size
        self.scales = scales
        self.obstacles = obstacles
        self.taken: list[list[Box]] = [[] for _ in scales]

    def reserve(self, label: Label, place: Place) -> None:
        """Keep the rectangle of a label that stands already."""
        for scale, boxes in zip(self.scales, self.taken, strict=True):
            boxes.append(label.box(place, scale))

    def free(self, label: Label, place: Place) -> bool:
        """Whether the label would stay inside and off all other labels at every scale."""
        for scale, boxes in zip(self.scales, self.taken, strict=True):
            box = label.box(place, scale)
            if box[0] < 0 or box[1] < 0:
                return False
            if box[2] > self.size[0] * scale or box[3] > self.size[1] * scale:
                return False
            if any(overlap(box, other) for other in boxes):
                return False
        return True

    def crossings(self, label: Label, place: Place) -> int:
        """How many points of the data the label would cover, at its worst scale."""
        if not len(self.obstacles):
            return 0
        return max(
            _inside(self.obstacles * scale, label.box(place, scale)) for scale in self.scales
        )

    def put(self, label: Label) -> Place | None:
        """Place a label where it covers least and reserve its box; None when nowhere is free."""
        best, fewest = None, None
        for place in label.places:
            if not self.free(label, place):
                continue
            covered = self.crossings(label, place)
            if fewest is None or covered < fewest:
                best, fewest = place, covered
            if covered == 0:
                break
        if best is not None:
            self.reserve(label, best)
        return best


def overlap(a: Box, b: Box) -> bool:
    """Whether two rectangles share more than an edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _inside(points: Array, box: Box) -> int:
    x, y = points[:, 0], points[:, 1]
    return int(np.count_nonzero((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])))


def spread(
    middles: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Move labels in one column apart, in the order of their wished middles, as little as may be.

    Least squares under the order (pool adjacent violators), then kept between `low` and `high`.

    >>> spread([10, 12], [16, 16], 0, 100), spread([2, 60], [16, 16], 0, 100)
    ([8.0, 24.0], [8.0, 60.0])
    """
    order = sorted(range(len(middles)), key=lambda i: (middles[i], i))
    below = np.cumsum([heights[i] for i in order]) if order else np.zeros(0)
    offsets = [float(b) - heights[i] / 2 for i, b in zip(order, below, strict=True)]
    pools: list[tuple[float, int]] = []
    for i, offset in zip(order, offsets, strict=True):
        mean, count = middles[i] - offset, 1
        while pools and pools[-1][0] > mean:
            other, more = pools.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        pools.append((mean, count))
    most = high - (float(below[-1]) if order else 0.0)
    starts = [min(max(mean, low), max(most, low)) for mean, count in pools for _ in range(count)]
    placed = dict(zip(order, map(sum, zip(starts, offsets, strict=True)), strict=True))
    return [placed[i] for i in range(len(middles))]

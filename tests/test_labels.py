from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorables.labels import ADVANCES, Board, Label, around, extent, overlap, spread

points = st.tuples(st.floats(0, 300), st.floats(0, 200))


@given(st.lists(points, max_size=12), st.lists(points, max_size=12))
def test_labels_never_touch_and_never_leave(
    anchors: list[tuple[float, float]], data: list[tuple[float, float]]
) -> None:
    scales = (0.86, 1.0, 1.7)
    board = Board((300, 200), scales, np.array(data).reshape(-1, 2))
    placed = []
    for i, (x, y) in enumerate(anchors):
        label = Label(f"label {i}\n0.{i}", "mark-label", around(x, y, 10))
        place = board.put(label)
        if place is not None:
            placed.append((label, place))
    for scale in scales:
        boxes = [label.box(place, scale) for label, place in placed]
        for i, box in enumerate(boxes):
            assert box[0] >= 0
            assert box[1] >= 0
            assert box[2] <= 300 * scale
            assert box[3] <= 200 * scale
            assert not any(overlap(box, other) for other in boxes[i + 1 :])


def test_a_label_goes_where_it_covers_no_data() -> None:
    data = np.array([(x, 100.0) for x in range(0, 300, 3)])
    board = Board((300, 200), (1.0,), data)
    label = Label("a name", "mark-label", around(150, 100, 10))
    place = board.put(label)
    assert place is not None
    assert board.crossings(label, place) == 0


@given(st.lists(st.tuples(st.floats(0, 300), st.sampled_from([16.0, 32.0])), max_size=7))
def test_spread_keeps_labels_apart_in_order_and_inside(wishes: list[tuple[float, float]]) -> None:
    middles = [wish for wish, _ in wishes]
    heights = [height for _, height in wishes]
    placed = spread(middles, heights, 0, 300)
    order = sorted(range(len(wishes)), key=lambda i: (middles[i], i))
    for a, b in pairwise(order):
        assert placed[b] - placed[a] >= (heights[a] + heights[b]) / 2 - 1e-6
    for middle, height in zip(placed, heights, strict=True):
        assert height / 2 - 1e-6 <= middle <= 300 - height / 2 + 1e-6


def test_labels_with_room_stay_where_they_wish() -> None:
    assert spread([40, 100, 160], [16, 16, 16], 0, 200) == [40, 100, 160]


def test_a_label_is_as_wide_as_its_widest_line() -> None:
    assert extent("a\nmuch longer", "mark-label")[0] == extent("much longer", "note")[0]
    assert extent("a\nb", "mark-label")[1] == 32


def test_the_table_of_widths_is_the_fonts_own() -> None:
    from fontTools.ttLib import TTFont

    from explorables.site.fonts import statics

    files = statics()
    if not files:
        pytest.skip("the fonts cannot be fetched here")
    names = {face: f"Explorables {face.title()}" for face in ADVANCES}
    for face, name in names.items():
        font = TTFont(files[name])
        table, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        widths = [metrics[table[code]][0] * 1000 / em for code in range(32, 127)]
        np.testing.assert_allclose(ADVANCES[face], widths, atol=1, err_msg=name)

import numpy as np

from explorables.field import lower_raster
from explorables.marks import Raster
from explorables.scale import Scale

ACROSS, DOWN = Scale(0, 4, 0, 400), Scale(0, 2, 200, 0)


def test_sequential_steps_keep_nothing_and_everything_apart() -> None:
    z = [[0.0, 1e-9, 0.5, 0.999, 1.0], [0.0, 0.0, 0.0, 1.0, 1.0]]
    shapes = lower_raster("m0", Raster(z, range(5), [0, 1], (0, 1)), ACROSS, DOWN)
    steps = {shape.classes.split()[-1]: len(shape.parts) for shape in shapes}
    assert steps == {"step-0": 2, "step-1": 1, "step-3": 1, "step-5": 1, "step-6": 2}


def test_cells_tile_without_a_seam() -> None:
    rng = np.random.default_rng(3)
    raster = Raster(rng.random((4, 5)), range(5), range(4), (0, 1))
    shapes = list(lower_raster("m0", raster, ACROSS, Scale(0, 3, 300, 0)))
    area = sum(np.ptp(p[:, 0]) * np.ptp(p[:, 1]) for shape in shapes for p in shape.parts)
    assert area == 5000 * 4000


def test_a_veil_is_seen_the_right_way_up() -> None:
    veil = [[0.0, 0.0], [1.0, 1.0]]
    raster = Raster(np.zeros((2, 2)), [0, 4], [0, 2], (0, 1), "none", veil=veil)
    (shape,) = lower_raster("m0", raster, ACROSS, DOWN)
    assert shape.pixels is not None
    assert shape.pixels.tolist() == [[255, 255], [0, 0]]
    assert shape.parts[0].tolist() == [[0, 0], [4000, 2000]]

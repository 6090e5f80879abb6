"""What every test may ask for: the repository, and one built site for the whole run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The ordinary run tries the same examples each time, so that luck never decides; --full explores.
settings.register_profile("quick", max_examples=30, deadline=None, derandomize=True)
settings.register_profile("full", max_examples=1000, deadline=None)

PATIENCE = 300.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="every count at its full size")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("full" if config.getoption("--full") else "quick")


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Whether counts are to be full-size."""
    return bool(request.config.getoption("--full"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def built_site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own content, built once for all workers of this run."""
    from explorables.site.build import build_site

    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return once(common / "site", lambda out: build_site(root / "content", out))


def once(place: Path, make: Callable[[Path], object]) -> Path:
    """Let the first process that comes here make `place`, and the others wait for it."""
    done, failed = place.with_suffix(".done"), place.with_suffix(".failed")
    try:
        place.with_suffix(".begun").touch(exist_ok=False)
    except FileExistsError:
        wait(lambda: done.exists() or failed.exists())
    else:
        try:
            make(place)
            done.touch()
        except BaseException as error:
            failed.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
            raise
    if failed.exists():
        pytest.fail(f"another worker could not make {place.name}: {failed.read_text()}")
    return place


def wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            pytest.fail("another worker did not finish in time")
        time.sleep(0.05)

"""One line that stands for everything a build depends on: equal stamps, equal sites."""

import os
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from explorables.site.cache import digest

DEPENDENCIES = (
    "fonttools",
    "jinja2",
    "latex2mathml",
    "markdown",
    "matplotlib",
    "numpy",
    "pillow",
    "pygments",
    "pymdown-extensions",
    "pyyaml",
)


def epoch() -> int:
    """The moment that stands in for a missing date: `SOURCE_DATE_EPOCH`, or 1970."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isdigit() else 0


def stamp(folders: Iterable[Path], options: Iterable[str]) -> str:
    """The digest over all files of the folders, the package itself, options and versions."""
    parts = [_package(), str(epoch()), *options]
    return digest(*parts, *(digest(*_contents(folder)) for folder in folders))


@cache
def _package() -> str:
    """This package's source, Python, and what else the code that runs here is made of."""
    source = _contents(Path(__file__).resolve().parents[1])
    return digest(sys.version, *map(_version, DEPENDENCIES), *source)


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} missing"


def _contents(folder: Path) -> list[bytes]:
    """Names and bytes of the files below in one order, without byte code and hidden files."""
    found: list[bytes] = []
    for base, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and name[0] != ".")
        for name in sorted(name for name in names if name[0] != "."):
            path = Path(base, name)
            found.append(os.fsencode(path.relative_to(folder)))
            found.append(path.read_bytes() if path.is_file() else b"")
    return found

"""Where things that are slow to make are kept between builds and checkouts."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def cache_dir() -> Path:
    """The user's cache folder for this tool: `EXPLORABLES_CACHE`, or the platform's own place."""
    if chosen := os.environ.get("EXPLORABLES_CACHE"):
        return Path(chosen).expanduser().absolute()
    home = Path.home()
    if sys.platform == "darwin":
        base = home / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "explorables"


def digest(*parts: str | bytes) -> str:
    """SHA-256 over the parts, each preceded by its length so that no two lists collide."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        sha.update(len(data).to_bytes(8, "big"))
        sha.update(data)
    return sha.hexdigest()


def cached(kind: str, key: str, make: Callable[[], bytes]) -> bytes:
    """The bytes kept as `kind/key`, made and kept now when there are none.

    A cache that cannot be written only costs time. A file appears whole or not at all.
    """
    kept = cache_dir() / kind / key
    try:
        return kept.read_bytes()
    except OSError:
        data = make()
    with suppress(OSError):
        keep(kept, data)
    return data


def keep(path: Path, data: bytes) -> None:
    """Write `data` beside `path`, then put it in place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

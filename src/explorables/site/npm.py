"""Fetches single packages with the npm client: the machine's own, else one that PyPI carries."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from explorables.site.cache import cache_dir, keep

CLIENT = Path(__file__).with_name("npm.txt")
PATIENCE = 300.0


class Unavailable(Exception):
    """A package could not be had, or was not the one that is pinned; says why in a sentence."""


@dataclass(frozen=True)
class Package:
    """One version of a package, known by the SHA-256 of its archive."""

    name: str
    version: str
    sha256: str

    @property
    def kept(self) -> Path:
        """Where its archive lies in the user's cache."""
        return cache_dir() / "packages" / f"{self.sha256}.tgz"

    def check(self, archive: bytes) -> bytes:
        """The archive itself; raises `Unavailable` when a single byte differs."""
        if hashlib.sha256(archive).hexdigest() != self.sha256:
            raise Unavailable(f"{self.name} {self.version} is not the file that is pinned")
        return archive


def provide(package: Package) -> bytes:
    """The package's archive, from the cache or fetched now; raises `Unavailable`.

    A kept archive is checked as well: one that was damaged is fetched anew.
    """
    with suppress(OSError, Unavailable):
        return package.check(package.kept.read_bytes())
    with tempfile.TemporaryDirectory() as scratch:
        archive = package.check(_fetch(package, Path(scratch)))
    with suppress(OSError):  # a cache that cannot be written only costs time
        keep(package.kept, archive)
    return archive


def _fetch(package: Package, scratch: Path) -> bytes:
    folder = scratch / "package"
    folder.mkdir()
    what = f"{package.name}@{package.version}"
    _run([*_client(scratch), "pack", "--silent", "--ignore-scripts", what], folder)
    archive = next(folder.glob("*.tgz"), None)
    if archive is None:
        raise Unavailable(f"npm brought no {package.name}")
    return archive.read_bytes()


def _client(scratch: Path) -> list[str]:
    """The command of an npm client; without one on the PATH, the one in a wheel, for this once."""
    if own := shutil.which("npm"):
        return [own]
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    _run([*download, "--require-hashes", "--requirement", str(CLIENT)], scratch)
    with zipfile.ZipFile(next(scratch.glob("*.whl"))) as wheel:
        wheel.extractall(scratch / "client")
    node = next(path for path in scratch.rglob("node*") if path.name in {"node", "node.exe"})
    node.chmod(0o755)
    return [str(node), str(next(scratch.rglob("npm-cli.js")))]


def _run(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(
            command,
            cwd=folder,
            check=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout or "nothing").strip().splitlines() or ["nothing"]
        raise Unavailable(f"{Path(command[0]).name} failed and said: {said[-1]}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{Path(command[0]).name} did not run to its end") from error

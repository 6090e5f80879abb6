"""The output folder: assembled beside its place, then put there in one step."""

import ctypes
import errno
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from explorables.site.errors import BuildError, BuildErrors

MARKER = ".explorables-build.json"
AT_CWD, EXCHANGE = -100, 2


class Output:
    """A site in the making; nothing is seen at `out` until `commit`.

    Raises `BuildErrors` when nothing can be written there, or when `out` holds files that no build
    of ours has made.
    """

    def __init__(self, out: Path, shown: str) -> None:
        self.out = out.resolve()
        self.shown = shown
        self.files = 0
        self.bytes = 0
        self._made: Path | None = None
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        try:
            self._refuse_foreign()
            self.out.parent.mkdir(parents=True, exist_ok=True)
            prefix = f".{self.out.name}-{os.getpid()}-"
            self._made = Path(tempfile.mkdtemp(prefix=prefix, dir=self.out.parent))
            self._made.chmod(0o777 & ~_umask())
            _sweep(self.out)
        except OSError as error:
            raise self._refusal(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)

    def write(self, path: str, data: str | bytes) -> None:
        """Write one file of the site."""
        assert self._made is not None
        file, content = self._made / path, data.encode() if isinstance(data, str) else data
        try:
            if file.parent not in self._folders:
                file.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(file.parent)
            with file.open("xb") as handle:
                handle.write(content)
        except OSError as error:
            raise self._refusal(error) from error
        self.files += 1
        self.bytes += len(content)

    def commit(self, stamp: str) -> None:
        """Put the finished folder in place of what was there."""
        assert self._made is not None
        self.write(MARKER, json.dumps({"stamp": stamp, "tree": tree(self._made)}) + "\n")
        try:
            _swap(self._made, self.out)
        except OSError as error:
            raise self._refusal(error) from error

    def _refuse_foreign(self) -> None:
        if self.out.is_dir():
            ours = (self.out / MARKER).is_file()
            if not ours and any(self.out.iterdir()):
                raise OSError(errno.ENOTEMPTY, "it holds files that no build has made")
        elif self.out.exists():
            raise NotADirectoryError(errno.ENOTDIR, "it is a file")

    def _refusal(self, error: OSError) -> BuildErrors:
        sentence = f"cannot write the site here: {error.strerror}; choose another folder with --out"
        return BuildErrors([BuildError(self.shown, 1, sentence)])


def unchanged(out: Path, stamp: str) -> bool:
    """Whether `out` holds, whole, what a build with this stamp made."""
    try:
        marker: Any = json.loads((out / MARKER).read_text())
        return bool(marker["stamp"] == stamp and marker["tree"] == tree(out))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def tree(folder: Path) -> str:
    """Which files there are and how large, as one line: enough to see that one went missing."""
    from explorables.site.cache import digest

    found = []
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            path = os.path.join(base, name)  # noqa: PTH118 (thousands of files)
            if name != MARKER:
                found.append(f"{os.path.relpath(path, folder)}\0{os.stat(path).st_size}")  # noqa: PTH116
    return digest(*sorted(found))


def _swap(new: Path, out: Path) -> None:
    """Exchange the two folders in one step where the system can, else by two renames."""
    while True:
        try:
            if not out.exists():
                new.rename(out)
            elif not _exchange(new, out):
                old = new.with_name(f"{new.name}-old")
                out.rename(old)
                _put(new, out, old)
            return
        except OSError as error:  # another build came between: its folder is replaced in turn
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT) or not new.exists():
                raise


def _put(new: Path, out: Path, old: Path) -> None:
    try:
        new.rename(out)
    except OSError:
        if not out.exists():
            old.rename(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders atomically (Linux); False where that is unknown."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    return bool(call(AT_CWD, os.fsencode(first), AT_CWD, os.fsencode(second), EXCHANGE) == 0)


def _sweep(out: Path) -> None:
    """Remove what builds that were killed left beside `out`; those still running keep theirs."""
    for left in out.parent.glob(f".{out.name}-*-*"):
        number = left.name.removeprefix(f".{out.name}-").partition("-")[0]
        if number.isdigit() and not _runs(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    if sys.platform == "win32":  # there, signal 0 would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

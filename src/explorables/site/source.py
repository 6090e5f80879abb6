"""Text files of the content folder: UTF-8, without control characters, includes joined in."""

import re
from dataclasses import dataclass
from pathlib import Path

from explorables.site.errors import Problems, expected

DEPTH = 8
INCLUDE = re.compile(r" {0,3}/{3,} *include *(?:\| *(.*?) *)?$")
CLOSE = re.compile(r" {0,3}/{3,} *$")
FENCE = re.compile(r"[ >\t]*(`{3,}|~{3,})")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

Origin = tuple[Path, int]


@dataclass(frozen=True)
class Source:
    """A text with the file and line that each of its lines came from."""

    text: str
    origins: tuple[Origin, ...]

    def origin(self, line: int) -> Origin:
        """Where line `line` (the first is 1) of the text stands; past the end, the last one."""
        return self.origins[min(max(line, 1), len(self.origins)) - 1]

    def line(self, snippet: str) -> int:
        """The first line of the text that holds `snippet`; 1 when none does."""
        at = self.text.find(snippet)
        return self.text.count("\n", 0, at) + 1 if at > 0 else 1

    def find(self, snippet: str) -> Origin:
        """Where the first line that holds `snippet` stands."""
        return self.origin(self.line(snippet))


def read_text(path: Path, problems: Problems) -> str | None:
    """The file's text with plain line ends; None when it cannot be read, which is noted."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(path, 1, f"cannot be read: {error.strerror}")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = error.start - before.rfind(b"\n")
        sentence = (
            f"byte 0x{data[error.start]:02X} in column {column} is not UTF-8; save it as UTF-8"
        )
        problems.add(path, before.count(b"\n") + 1, sentence)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        problems.add(
            path, line, f"character U+{ord(found[0]):04X} has no place in a text; remove it"
        )
        return None
    return text


def fenced(lines: list[str]) -> list[bool]:
    """Which lines belong to fenced code or to an HTML comment: nothing is interpreted there.

    >>> fenced(["a", "```", "/// aside", "```", "b", "~~~ never closed"])
    [False, True, True, True, False, False]
    """
    inside = [False] * len(lines)
    at = 0
    while at < len(lines):
        end = _end_of_fence(lines, at)
        for covered in range(at, end):
            inside[covered] = True
        at = max(end, at + 1)
    return inside


def _end_of_fence(lines: list[str], start: int) -> int:
    """The line after the fence or comment that starts here; `start` itself when none does."""
    stripped = lines[start].lstrip(" >\t")
    if stripped[:3] not in ("```", "~~~") and not stripped.startswith("<!--"):
        return start
    if stripped.startswith("<!--"):
        closed = (i for i in range(start, len(lines)) if "-->" in lines[i])
    else:
        mark = stripped[: len(stripped) - len(stripped.lstrip(stripped[0]))]
        if "`" in stripped[len(mark) :]:
            return start
        closed = (i for i in range(start + 1, len(lines)) if lines[i].strip(" >\t") == mark)
    return next(closed, start - 1) + 1


def is_file(path: Path) -> bool:
    """Whether there is such a file; False too for what can be no path at all."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def inside(path: Path, root: Path) -> bool:
    """Whether the file that `path` really is, links followed, lies below `root`."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def join_includes(text: str, path: Path, first_line: int, root: Path, problems: Problems) -> Source:
    """The text with every `/// include | file` replaced by that file of the content folder."""
    if "///" not in text or "include" not in text:
        lines = text.split("\n")
        return Source(text, tuple((path, first_line + i) for i in range(len(lines))))
    parts = _joined(text, path, first_line, (path,), root, problems)
    return Source("\n".join(line for line, _ in parts), tuple(origin for _, origin in parts))


def _joined(
    text: str, path: Path, first: int, trail: tuple[Path, ...], root: Path, problems: Problems
) -> list[tuple[str, Origin]]:
    lines = text.split("\n")
    code = fenced(lines)
    parts: list[tuple[str, Origin]] = []
    skip = False
    for i, line in enumerate(lines):
        found = None if code[i] else INCLUDE.match(line)
        if found:
            parts += _included(found[1] or "", (path, first + i), trail, root, problems)
            skip = i + 1 < len(lines) and bool(CLOSE.match(lines[i + 1]))
            if not skip:
                problems.add(path, first + i, "an include is closed by '///' on the next line")
        elif skip:
            skip = False
        else:
            parts.append((line, (path, first + i)))
    return parts


def _included(
    name: str, at: Origin, trail: tuple[Path, ...], root: Path, problems: Problems
) -> list[tuple[str, Origin]]:
    target = content_file(name, at, root, problems)
    if target is None:
        return []
    if target in trail or len(trail) > DEPTH:
        problems.add(*at, f"'{name}' includes itself")
        return []
    text = read_text(target, problems)
    if text is None:
        return []
    return _joined(text.rstrip("\n"), target, 1, (*trail, target), root, problems)


def content_file(name: str, at: Origin, root: Path, problems: Problems) -> Path | None:
    """The file of the content folder that is called `name` where `at` stands.

    Noted as a problem: no name, no such file, a folder, or a file outside `root`.
    """
    beside = at[0].parent
    target = beside / name
    if not name:
        problems.add(*at, "expected the name of a file in the content folder")
    elif (
        Path(name).is_absolute()
        or name.startswith("file:")
        or "\\" in name
        or not inside(target, root)
    ):
        problems.add(*at, f"'{name}' is outside the content folder; copy the file into it")
    elif is_file(target):
        return target.resolve()
    else:
        near = target.parent if target.parent.is_dir() else beside
        names = sorted(entry.name for entry in near.iterdir() if entry.name[0] not in "._")
        problems.add(*at, f"there is no file '{name}'; {expected(target.name, names)}")
    return None

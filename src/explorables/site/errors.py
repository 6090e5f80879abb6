"""What is wrong with an author's input: one line each, several together."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

LISTED = 8


class BuildError(Exception):
    """One thing that is wrong, at one place: `path:line: sentence`."""

    def __init__(self, path: str, line: int, sentence: str) -> None:
        self.path = path
        self.line = line
        self.sentence = " ".join(sentence.split())
        super().__init__(f"{self.path}:{self.line}: {self.sentence}")


class BuildErrors(Exception):
    """Everything that was found wrong, in the order of files and lines."""

    def __init__(self, errors: Sequence[BuildError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


class Problems:
    """Collects what is wrong, so that an author hears of everything at once.

    Paths are shown as the author would type them: from the working folder where the file lies
    below it, else from `root`, the folder that holds the content.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = root
        self._count = 0
        self._found: dict[tuple[str, int, str], BuildError] = {}

    def add(self, path: Path | str, line: int, sentence: str) -> None:
        """Note one problem; the same one twice counts once."""
        self._count += 1
        error = BuildError(self.show(path), line, sentence)
        self._found.setdefault((error.path, error.line, error.sentence), error)

    def show(self, path: Path | str) -> str:
        """The path as the author would type it."""
        whole = Path(path)
        for base in (Path.cwd(), self.root):
            if base is not None and whole.is_absolute() and whole.is_relative_to(base):
                return whole.relative_to(base).as_posix()
        return whole.as_posix()

    def about(self, path: Path) -> bool:
        """Whether anything was noted about this file."""
        return any(place == self.show(path) for place, _, _ in self._found)

    def check(self) -> None:
        """Raise `BuildErrors` when anything was noted."""
        if self._found:
            raise BuildErrors([self._found[key] for key in sorted(self._found)])

    def __len__(self) -> int:
        """How often something was noted."""
        return self._count


def expected(name: str, known: Iterable[str]) -> str:
    """A hint that ends a sentence: the nearest known name, or all of them.

    >>> expected("titel", ["title", "author"])
    "did you mean 'title'?"
    >>> expected("x", ["title", "author"])
    'expected title or author'
    """
    names = list(known)
    if close := get_close_matches(name, names, 1, 0.55):
        return f"did you mean '{close[0]}'?"
    if not names:
        return "there is none"
    if len(names) > LISTED:
        return f"expected one of {len(names)}, such as {', '.join(names[:LISTED])}"
    *most, last = names
    return f"expected {', '.join(most)} or {last}" if most else f"expected {last}"

"""What must be seen of a text before Markdown changes it.

Python-Markdown keeps no line numbers, and pymdown-extensions turns a block that it does not
understand into text without a word. So the lines outside fenced code are read here first: blocks
must be known and closed, and the line of every block and mark is kept.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from explorables.site.errors import expected
from explorables.site.source import fenced

RAW = "explorable"
MARK = re.compile(r":(readout|scrub)\[([^\]\n]*)\]")
OPEN = re.compile(
    r"(?P<deep>[> \t]*)(?P<slashes>/{3,}) *(?P<name>[\w-]+) *(?:\| *(?P<rest>.*?) *)?$"
)
CLOSE = re.compile(r"(?P<deep>[> \t]*)(?P<slashes>/{3,}) *$")
SHALLOW = ("", " ", "  ", "   ")
NUMBER = "\ufdd3"
TO_CLOSE = "is never closed; end it with a line"


@dataclass(frozen=True)
class Body:
    """What stands between the opening and the closing line of a raw block, and where."""

    text: str
    opened: int

    @property
    def first(self) -> int:
        """The line on which the body begins."""
        return self.opened + 1


@dataclass
class Scan:
    """One reading of a text; `known` are the names of blocks, `note` hears of what is wrong."""

    known: Collection[str]
    note: Callable[[int, str], None]
    bodies: list[Body] = field(default_factory=list)
    marks: defaultdict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    _opened: list[tuple[str, str, int]] = field(default_factory=list)

    def read(self, lines: list[str]) -> list[str]:
        """As many lines, with the bodies of raw blocks taken out and numbered."""
        code = fenced(lines)
        kept: list[str] = []
        while (at := len(kept)) < len(lines):
            line = lines[at]
            start, end = (None, None) if code[at] else (OPEN.match(line), CLOSE.match(line))
            if start:
                kept += self._open(start, lines, at)
                continue
            kept.append(line)
            if end:
                self._close(end, at + 1)
            elif not code[at]:
                for mark in MARK.finditer(line):
                    self.marks[mark[0]].append(at + 1)
        self._leave(0)
        return kept

    def _open(self, start: re.Match[str], lines: list[str], at: int) -> list[str]:
        slashes, name = start["slashes"], start["name"]
        outer = next((name for mark, name, _ in reversed(self._opened) if mark == slashes), None)
        if start["deep"] not in SHALLOW:  # in a list or a quotation, or the words of indented code
            self._opened += [(slashes, name, at + 1)] if name in self.known else []
            return [lines[at]]
        if name not in self.known:
            self.note(at + 1, f"unknown block '{name}'; {expected(name, sorted(self.known))}")
        elif outer:
            inside = f"'{name}' stands inside '{outer}'"
            self.note(at + 1, f"{inside}: open and close the outer one with more slashes")
        if name == RAW:
            return self._take(start, lines, at)
        self._opened.append((slashes, name, at + 1))
        return [lines[at]]

    def _take(self, start: re.Match[str], lines: list[str], at: int) -> list[str]:
        """A raw block's lines, the body blank."""
        ends = (i for i in range(at + 1, len(lines)) if lines[i].strip() == start["slashes"])
        end = next(ends, len(lines))
        if end == len(lines):
            self.note(at + 1, f"block '{RAW}' {TO_CLOSE} '{start['slashes']}'")
        self.bodies.append(Body("\n".join(lines[at + 1 : end]), at + 1))
        slashes, rest = start["slashes"], start["rest"] or ""
        opening = f"{slashes} {RAW} | {rest}{NUMBER}{len(self.bodies) - 1}"
        return [opening, slashes, *[""] * (end - at - 1)]

    def _close(self, end: re.Match[str], line: int) -> None:
        slashes = end["slashes"]
        found = [i for i, (mark, _, _) in enumerate(self._opened) if mark == slashes]
        if found:
            self._leave(found[-1] + 1)
            del self._opened[found[-1] :]
        elif end["deep"] in SHALLOW:
            self.note(line, f"'{slashes}' closes no block; remove it, or open one above")

    def _leave(self, depth: int) -> None:
        """Note the blocks that are still open further in than `depth`."""
        for slashes, name, line in self._opened[depth:]:
            self.note(line, f"block '{name}' {TO_CLOSE} '{slashes}'")

"""What one Markdown text asks for: widgets to place, and marks that quote their numbers.

Markdown is converted before anything is computed. Where a figure or a number will stand, the HTML
has a slot; `fill` puts the real thing in, once every section of the essay has been read.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from explorables.site.errors import Problems, expected
from explorables.site.records import Record, read_record
from explorables.site.source import Origin, Source, fenced

QUOTE = re.compile(r":(readout|scrub)\[([^\]\n]*)\]")
OPEN = re.compile(r" {0,3}(/{3,}) *([\w-]+) *(?:\| *(.*?) *)?$")
CLOSE = re.compile(r" {0,3}(/{3,}) *$")
RAW = "explorable"
BODY = "\ufdd3"
MARK = "\ufdd1"
FIGURE = "\ufdd2"
SLOT = re.compile(
    rf"<div>{FIGURE}(\d+){FIGURE}</div>|<span>{MARK}(\d+){MARK}</span>|{MARK}(\d+){MARK}"
)
LEFT_OVER = re.compile(f"[{BODY}{FIGURE}{MARK}][0-9]*[{FIGURE}{MARK}]?")


Opened = tuple[str, str, int]  # slashes, name, line


@dataclass(frozen=True)
class Placement:
    """A block `/// explorable | widget`: its values as written, and a second name from `as:`."""

    widget: str
    record: Record
    origin: Origin


@dataclass(frozen=True)
class Mark:
    """An inline `:readout[widget.member]` or `:scrub[widget.member]`."""

    kind: str
    widget: str
    member: str
    origin: Origin

    def __str__(self) -> str:
        return f":{self.kind}[{self.widget}.{self.member}]"


@dataclass
class Draft:
    """Collects placements and marks while one text is converted, each with its line.

    Python-Markdown keeps no line numbers, so `scan` notes them before it starts: it sees the lines
    outside fenced code.
    """

    source: Source
    problems: Problems
    scope: str = ""
    placements: list[Placement] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    _bodies: list[tuple[str, Origin, int]] = field(default_factory=list)
    _quoted: defaultdict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))

    def scan(self, lines: list[str], known: Iterable[str]) -> list[str]:
        """Note lines, check that blocks are known and closed, and take the bodies of raw blocks."""
        if not any("///" in line or ":" in line for line in lines):
            return lines
        code, out, opened = fenced(lines), [], []
        at = 0
        while at < len(lines):
            line = lines[at]
            start, end = (None, None) if code[at] else (OPEN.match(line), CLOSE.match(line))
            if start and self._open(start, at + 1, opened, known) and start[2] == RAW:
                line, at = self._take_body(start, lines, at)
                out += line
                continue
            if end:
                self._close(end[1], at + 1, opened)
            elif not code[at]:
                for quote in QUOTE.finditer(line):
                    self._quoted[quote[0]].append(at + 1)
            out.append(line)
            at += 1
        for _, name, line_number in opened:
            self.note(line_number, f"block '{name}' is never closed; end it with a line '///'")
        return out

    def _open(
        self,
        start: re.Match[str],
        line: int,
        opened: list[Opened],
        known: Iterable[str],
    ) -> bool:
        slashes, name = start[1], start[2]
        names = sorted(known)
        if name not in names:
            self.note(line, f"unknown block '{name}'; {expected(name, names)}")
        elif any(slashes == other for other, _, _ in opened):
            outer = next(other for mark, other, _ in reversed(opened) if mark == slashes)
            sentence = f"'{name}' stands inside '{outer}': give the outer block more slashes"
            self.note(line, sentence)
        if name != RAW:
            opened.append((slashes, name, line))
        return name in names

    def _close(self, slashes: str, line: int, opened: list[Opened]) -> None:
        matching = [i for i, (mark, _, _) in enumerate(opened) if mark == slashes]
        if matching:
            for _, name, inner in opened[matching[-1] + 1 :]:
                self.note(inner, f"block '{name}' is never closed; end it with a line '///'")
            del opened[matching[-1] :]
        else:
            self.note(line, f"'{slashes}' closes no block; remove it, or open one above")

    def _take_body(self, start: re.Match[str], lines: list[str], at: int) -> tuple[list[str], int]:
        """The block with its body taken out and numbered, and where the text goes on."""
        end = next((i for i in range(at + 1, len(lines)) if lines[i].strip() == start[1]), None)
        if end is None:
            self.note(at + 1, f"block '{RAW}' is never closed; end it with a line '{start[1]}'")
            end = len(lines)
        self._bodies.append(("\n".join(lines[at + 1 : end]), self.source.origin(at + 1), at + 2))
        opening = f"{start[1]} {RAW} | {start[3] or ''}{BODY}{len(self._bodies) - 1}"
        return [opening, start[1], *[""] * (end - at - 1)], end + 1

    def note(self, line: int, sentence: str) -> None:
        """A problem at a line of this text."""
        self.problems.add(*self.source.origin(line), sentence)

    def place(self, argument: str, raw: str) -> str:
        """Note a widget to be placed; the slot where it will stand."""
        widget, numbered, index = argument.partition(BODY)
        if numbered:
            body, origin, first = self._bodies[int(index)]
        else:
            body, origin = raw, self.source.find(f"{RAW} | {widget}")
            first = self.source.origins.index(origin) + 2
        if not widget:
            self.problems.add(*origin, f"which widget? Write '/// {RAW} | name'")
        record = read_record(body, first, self.note)
        lines = {key: self.source.origin(line)[1] for key, line in record.lines.items()}
        self.placements.append(Placement(widget, Record(record.values, lines), origin))
        return f"{FIGURE}{len(self.placements) - 1}{FIGURE}"

    def quote(self, kind: str, target: str, text: str) -> str:
        """Note a mark; the slot where its number will stand."""
        lines = self._quoted[text]
        origin = self.source.origin(lines.popleft()) if lines else self.source.find(text)
        widget, dot, member = target.strip().partition(".")
        if not (widget and dot and member):
            what = "readout" if kind == "readout" else "parameter"
            self.problems.add(*origin, f"'{text}' is read as :{kind}[widget.{what}]; name both")
        self.marks.append(Mark(kind, widget.strip(), member.strip(), origin))
        return f"{MARK}{len(self.marks) - 1}{MARK}"


def fill(html: str, figure: Callable[[int], str], mark: Callable[[int, bool], str]) -> str:
    """The HTML with something in every slot; within attributes `mark(index, plain)` is plain."""

    def replace(slot: re.Match[str]) -> str:
        if slot[1] is not None:
            return figure(int(slot[1]))
        return mark(int(slot[2] or slot[3]), slot[2] is None)

    return LEFT_OVER.sub("", SLOT.sub(replace, html))

"""What one Markdown text asks for: widgets to place, and marks that quote their numbers.

Markdown is converted before anything is computed. Where a figure or a number will stand, the HTML
has a slot; `fill` puts the real thing in, once every section of the essay has been read.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from explorables.site.errors import Problems
from explorables.site.records import Record, read_record
from explorables.site.scan import NUMBER, RAW, Body, Scan
from explorables.site.source import Origin, Source

QUOTED = "\ufdd1"
FIGURE = "\ufdd2"
SLOT = re.compile(
    rf"<div>{FIGURE}(\d+){FIGURE}</div>|<span>{QUOTED}(\d+){QUOTED}</span>|{QUOTED}(\d+){QUOTED}"
)
LEFT_OVER = re.compile(f"[{NUMBER}{FIGURE}{QUOTED}][0-9]*[{FIGURE}{QUOTED}]?")


@dataclass(frozen=True)
class Placement:
    """A block `/// explorable | widget`, and the lines of its body, checked as YAML only."""

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
    """Collects placements and marks while one text is converted; `scope` names its section."""

    source: Source
    problems: Problems
    scope: str = ""
    placements: list[Placement] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    _scan: Scan | None = None

    def scan(self, lines: list[str], known: Collection[str]) -> list[str]:
        """Look at the lines before Markdown does; the lines that it is to convert."""
        if "///" not in self.source.text and ":" not in self.source.text:
            return lines
        self._scan = Scan(known, self.note)
        return self._scan.read(lines)

    def note(self, line: int, sentence: str) -> None:
        """A problem at a line of this text."""
        self.problems.add(*self.source.origin(line), sentence)

    def place(self, argument: str, raw: str) -> str:
        """Note a widget to be placed; the slot where it will stand."""
        widget, numbered, index = argument.partition(NUMBER)
        if numbered and self._scan:
            body = self._scan.bodies[int(index)]
        else:  # within a list or a quotation, where the scan does not look
            body = Body(raw, self.source.line(f"{RAW} | {widget}"))
        if not widget:
            self.note(body.opened, f"which widget? Write '/// {RAW} | name'")
        record = read_record(body.text, body.first, self.note)
        lines = {key: self.source.origin(line)[1] for key, line in record.lines.items()}
        origin = self.source.origin(body.opened)
        self.placements.append(Placement(widget, Record(record.values, lines), origin))
        return f"{FIGURE}{len(self.placements) - 1}{FIGURE}"

    def quote(self, kind: str, target: str, text: str) -> str:
        """Note a mark; the slot where its number will stand."""
        lines = self._scan.marks[text] if self._scan else None
        line = lines.popleft() if lines else self.source.line(text)
        widget, _, member = (part.strip() for part in target.partition("."))
        if not (widget and member):
            what = "readout" if kind == "readout" else "parameter"
            self.note(line, f"'{text}' is read as :{kind}[widget.{what}]; name both")
        self.marks.append(Mark(kind, widget, member, self.source.origin(line)))
        return f"{QUOTED}{len(self.marks) - 1}{QUOTED}"


def fill(html: str, figure: Callable[[int], str], mark: Callable[[int, bool], str]) -> str:
    """The HTML with something in every slot; within attributes `mark(index, plain)` is plain."""

    def replace(slot: re.Match[str]) -> str:
        if slot[1] is not None:
            return figure(int(slot[1]))
        return mark(int(slot[2] or slot[3]), slot[2] is None)

    return LEFT_OVER.sub("", SLOT.sub(replace, html))

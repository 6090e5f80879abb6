"""What a long command says while it works: a bar in a terminal, one line a step elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Progress(Protocol):
    """Somebody to whom long work tells how far it is."""

    def step(self, name: str, total: int = 1) -> None:
        """A step begins, which will advance `total` times; the step before it is over."""

    def advance(self) -> None:
        """One of the step's `total` is done."""


class Silence:
    """Says nothing; for tests, `--quiet` and calls from Python."""

    def step(self, name: str, total: int = 1) -> None:
        """Do nothing."""

    def advance(self) -> None:
        """Do nothing."""


class Lines:
    """A plain line for each step, with its time when it is over; for logs."""

    def __init__(self) -> None:
        self._started: float | None = None

    def step(self, name: str, total: int = 1) -> None:
        """End the line of the step before, and begin this one's."""
        self.close()
        print(name, end=" ", file=sys.stderr, flush=True)
        self._started = time.monotonic()

    def advance(self) -> None:
        """Do nothing: a log needs no more than one line a step."""

    def close(self, done: bool = True) -> None:
        """End the last line: with the time, or with a word when the step broke off."""
        if self._started is not None:
            seconds = f"{time.monotonic() - self._started:.1f} s"
            print(seconds if done else "broken off", file=sys.stderr, flush=True)
        self._started = None


class Bars:
    """A bar for each step, drawn by rich; it appears with the first step, not before."""

    def __init__(self) -> None:
        self._bar: Bar | None = None

    def step(self, name: str, total: int = 1) -> None:
        """Fill the bar of the step before, and begin this one's."""
        if self._bar is None:
            self._bar = _bar()
            self._bar.start()
        self._fill()
        self._bar.add_task(name, total=total)

    def advance(self) -> None:
        """Move the present step's bar by one."""
        if self._bar and self._bar.task_ids:
            self._bar.advance(self._bar.task_ids[-1])

    def close(self, done: bool = True) -> None:
        """Leave the terminal as it was, the last bar full unless its step broke off."""
        if self._bar:
            if done:
                self._fill()
            self._bar.stop()

    def _fill(self) -> None:
        for task in self._bar.tasks if self._bar else ():
            if self._bar and not task.finished:
                self._bar.update(task.id, completed=task.total)


def _bar() -> Bar:
    """Name, bar, count and time; rich is imported here because an unchanged build never asks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30, style="dim", complete_style="default", finished_style="default"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


@contextmanager
def shown(quiet: bool = False) -> Iterator[Progress]:
    """Progress on the error stream for a block, in the manner that suits the stream."""
    if quiet:
        yield Silence()
        return
    display = Bars() if sys.stderr.isatty() else Lines()
    try:
        yield display
    except BaseException:
        display.close(done=False)
        raise
    display.close()

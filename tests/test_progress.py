"""Progress: a line a step in a log, a bar in a terminal, and never a step done that was not."""

from __future__ import annotations

import io
import re
import sys

import pytest

from explorables import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def work(display: progress.Progress, break_off: bool = False) -> None:
    display.step("Reading", 2)
    display.advance()
    display.advance()
    display.step("Writing", 2)
    display.advance()
    if break_off:
        raise ValueError
    display.advance()


def test_a_log_has_a_line_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.shown() as display:
        work(display)
    assert re.fullmatch(r"Reading \d+\.\d s\nWriting \d+\.\d s\n", capsys.readouterr().err)


def test_a_log_says_which_step_broke_off(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError), progress.shown() as display:  # noqa: PT011
        work(display, break_off=True)
    assert re.fullmatch(r"Reading \d+\.\d s\nWriting broken off\n", capsys.readouterr().err)


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.shown(quiet=True) as display:
        work(display)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("break_off", [False, True])
def test_a_terminal_has_a_bar_a_step(monkeypatch: pytest.MonkeyPatch, break_off: bool) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    try:
        with progress.shown() as display:
            work(display, break_off)
    except ValueError:
        assert break_off
    said = terminal.getvalue()
    assert "Reading" in said
    assert "Writing" in said
    assert ("2/2" in said.split("Writing")[-1]) is not break_off
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")  # the cursor is back


def test_a_display_without_steps_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress.shown():
        pass
    assert terminal.getvalue() == ""

"""Which Chromium is taken, and what is said when there is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from explorables import browser

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake browsers are shell scripts")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of one empty folder, and no browser anywhere else."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.delenv("EXPLORABLES_BROWSER", raising=False)
    monkeypatch.setattr(browser, "ELSEWHERE", {})
    return tmp_path


def script(path: Path, body: str) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def test_a_stub_that_does_not_start_is_passed_over(path: Path) -> None:
    script(path / "chromium", "echo 'install the snap' >&2; exit 1")
    real = script(path / "google-chrome", "echo Chrome 156")
    assert browser.find() == real


def test_without_one_there_is_none(path: Path) -> None:
    assert browser.find() is None


def test_the_user_s_choice_comes_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(path / "chromium", "echo Chromium 156")
    monkeypatch.setenv("EXPLORABLES_BROWSER", "/some/browser")
    assert browser.find() == Path("/some/browser")


def test_one_that_is_there_is_not_installed(path: Path) -> None:
    there = script(path / "chromium", "echo Chromium 156")
    script(path / "apt-get", f"touch {path}/installed")
    assert browser.provide()[0] == there
    assert not (path / "installed").exists()


def test_root_on_debian_gets_debian_s(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_is_debian", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    made = f"printf '#!/bin/sh\\n' > {path}/chromium; /bin/chmod +x {path}/chromium"
    script(path / "apt-get", f'echo "$@" >> {path}/log; [ "$1" = update ] || {{ {made}; }}')
    assert browser.provide()[0] == path / "chromium"
    said = (path / "log").read_text().splitlines()
    assert [line.split()[0] for line in said] == ["update", "install"]
    assert said[1].endswith(" chromium")


@pytest.mark.parametrize("debian", [True, False])
def test_where_none_can_be_had_a_sentence_says_what_to_do(
    path: Path, monkeypatch: pytest.MonkeyPatch, debian: bool
) -> None:
    monkeypatch.setattr(browser, "_is_debian", lambda: debian)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "executable", str(script(path / "python", "exit 1")))
    found, advice = browser.provide()
    assert found is None
    assert ("apt-get install chromium" in advice) is debian
    assert "\n" not in advice

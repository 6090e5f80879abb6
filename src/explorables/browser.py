"""Finds a Chromium to look at pages with, and installs one where that can be done unasked."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
ELSEWHERE = {
    "darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
)


def find() -> Path | None:
    """A Chromium that starts: `EXPLORABLES_BROWSER`, or on the PATH, or in the usual places."""
    if chosen := os.environ.get("EXPLORABLES_BROWSER"):
        return Path(chosen)
    return next(filter(_starts, _candidates()), None)


def provide() -> tuple[Path | None, str]:
    """A browser, installed now if need be; without one, a sentence that says what to install."""
    if browser := find():
        return browser, ""
    for command in _installers():
        print(f"installing a browser: {' '.join(command)}", file=sys.stderr, flush=True)
        if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
            break
    return find(), "No Chromium or Chrome was found, and the browser tests need one: " + _advice()


def _candidates() -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from map(Path, ELSEWHERE.get(sys.platform, ()))
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return
    try:
        with sync_playwright() as playwright:
            yield Path(playwright.chromium.executable_path)
    except Error:
        return


def _starts(browser: Path) -> bool:
    """Whether it runs: Ubuntu's `chromium-browser` may be a stub that only asks for a snap."""
    if sys.platform == "win32":
        return browser.exists()  # there, asking for the version opens a window
    try:
        answer = subprocess.run([browser, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _installers() -> list[list[str]]:
    """Commands that bring a browser unasked: Debian's own for root, else Playwright's."""
    root = sys.platform == "linux" and os.geteuid() == 0
    if root and _is_debian():
        install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
        return [["apt-get", "update", "--quiet"], install]
    needed = ["--with-deps"] if root else []
    return [[sys.executable, "-m", "playwright", "install", *needed, "chromium"]]


def _is_debian() -> bool:
    """Whether apt-get brings a real Chromium; on Ubuntu it would bring a snap's stub."""
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False


def _advice() -> str:
    if _is_debian():
        return "sudo apt-get install chromium"
    return "install Chromium or Chrome, or set EXPLORABLES_BROWSER to the program's path"

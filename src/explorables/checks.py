"""Everything that must hold before a change is good: style, types, tests, in this order."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from explorables import browser

CHECKS = {
    "ruff check": ["ruff", "check", "--quiet"],
    "ruff format --check": ["ruff", "format", "--check", "--quiet"],
    "mypy --strict": ["mypy", "--strict"],
}


def run(root: Path, arguments: list[str]) -> int:
    """Run all checks on the checkout at `root`, the tests last; the first that fails ends it.

    `--full` makes every count full-size; other arguments go to pytest, whose summary is the last
    line printed. Returns the exit code.
    """
    if not importlib.util.find_spec("pytest"):
        return _say("The test tools are not installed; python3 build.py test sets them up.")
    found, advice = browser.provide()
    if not found:
        return _say(advice)
    for name, command in CHECKS.items():
        print(f"{name} …", file=sys.stderr, flush=True)
        if code := subprocess.call([sys.executable, "-m", *command], cwd=root):
            return code
    workers = [] if {"-n", "--pdb", "-p"} & set(arguments) else ["-n", "auto"]
    command = [sys.executable, "-m", "pytest", *workers, *arguments]
    return subprocess.call(command, cwd=root, env=os.environ | {"EXPLORABLES_BROWSER": str(found)})


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1

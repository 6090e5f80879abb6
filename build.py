#!/usr/bin/env python3
"""Set up and go: find CPython 3.12, make `.venv`, install what the locks say, run `explorables`.

    python3 build.py            build content/ into dist/
    python3 build.py test       set up the test tools too, and run every test
    python3 build.py --help     what else there is

Only the standard library, and any Python from 3.8 on: everything else happens in `.venv`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
VENV_PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "explorables.json"
ASK = (
    "import sys, venv, ensurepip; "
    "print(sys.implementation.name, *sys.version_info[:2], sys.executable, sep='|')"
)


def main(arguments: list[str]) -> int:
    """Make sure that the environment is right, then become the package's command line."""
    try:
        prepare("test" if arguments[:1] == ["test"] else "build")
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        raise SystemExit(f"Setting up {VENV} failed: {error}.") from error
    command = [str(VENV_PYTHON), "-m", "explorables", *(arguments or ["build"])]
    if not WINDOWS:  # there, exec would return to the prompt before the work is done
        os.execve(command[0], command, environment())
    return subprocess.call(command, env=environment())


def prepare(lock: str) -> None:
    """Bring `.venv` to what `requirements/<lock>.txt` and pyproject.toml say; usually a no-op."""
    if is_current(read_stamp(), lock):
        return
    with only_one():
        stamp = read_stamp()  # somebody else may have finished while we waited
        if not is_current(stamp, lock):
            STAMP.unlink(missing_ok=True)  # until it is back, this is a half-made environment
            install(stamp, lock)


def install(stamp: dict[str, str], lock: str) -> None:
    """Do what is missing: a new environment when a lock has changed, else only the difference."""
    locks = [name for name in ("build", "test") if name in stamp]
    if not stamp or any(stamp[name] != digest(name) for name in locks):
        make_venv()
        stamp = {"place": str(VENV)}
    if lock not in stamp and "test" not in stamp:  # who has the test lock has the other as well
        install_lock(lock)
    stamp.update({name: digest(name) for name in ("build", lock)})
    itself = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    run_pip("explorables itself", itself)
    stamp["project"] = project_digest()
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def is_current(stamp: dict[str, str], lock: str) -> bool:
    """Whether nothing needs doing for this lock."""
    wanted = {name: digest(name) for name in ("build", lock)}
    return {**wanted, "project": project_digest()}.items() <= stamp.items()


def read_stamp() -> dict[str, str]:
    """What the environment was finished with; empty when it is missing, half-made or moved."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
        intact = stamp["place"] == str(VENV) and VENV_PYTHON.exists()
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return stamp if intact else {}


def digest(lock: str) -> str:
    """SHA-256 of one lock file."""
    return hashlib.sha256((ROOT / "requirements" / (lock + ".txt")).read_bytes()).hexdigest()


def project_digest() -> str:
    """SHA-256 of pyproject.toml, from which the editable install is made."""
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


class only_one:  # noqa: N801  (reads as what it does)
    """Hold a lock, so that two set-ups in one checkout take turns (not on Windows)."""

    def __enter__(self) -> None:
        self.file = open(ROOT / ".venv.lock", "w")  # noqa: PTH123
        if not WINDOWS:
            import fcntl

            fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.file.close()


def make_venv() -> None:
    """A fresh environment, in place of whatever half of one is there."""
    python = find_python()
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        say(f"{VENV.name} is half-made, moved or out of date: making it anew")
        shutil.rmtree(VENV)
    started = time.monotonic()
    say(f"making {VENV.name} with {python}")
    result = subprocess.run(
        [python, "-m", "venv", str(VENV)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if result.returncode:
        raise SystemExit(f"{result.stdout.strip()}\nMaking {VENV} failed.")
    say(f"making {VENV.name}: {time.monotonic() - started:.0f} s")


def find_python() -> str:
    """The path of a CPython 3.12 that runs and can make environments, found by running it."""
    for command in candidates():
        answer = output([*command, "-c", ASK]).strip().split("|")
        if answer[:3] == ["cpython", "3", "12"]:
            return answer[3]
    raise SystemExit(f"CPython 3.12 is needed and was not found; to install it: {how_to_get_it()}")


def candidates() -> Iterator[list[str]]:
    """Commands that may start a CPython 3.12. A name on the PATH may be a shim that only fails."""
    yield [sys.executable]
    yield ["python3.12"]
    if WINDOWS:
        yield ["py", "-3.12"]
    roots = [os.environ.get("PYENV_ROOT"), output(["pyenv", "root"]).strip(), "~/.pyenv"]
    for root in dict.fromkeys(Path(root).expanduser() for root in roots if root):
        pythons = sorted(root.glob("versions/3.12*/bin/python"), reverse=True)
        yield from ([str(python)] for python in pythons)
    for uv in (["uv"], [sys.executable, "-m", "uv"]):
        path = output([*uv, "python", "find", "3.12"]).strip()
        if path:
            yield [path]
    yield ["python3"]
    yield ["python"]


def output(command: list[str]) -> str:
    """What a command prints; empty when it cannot be run, fails or hangs."""
    try:
        result = subprocess.run(
            command,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=60,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    return result.stdout if result.returncode == 0 else ""


def how_to_get_it() -> str:
    """The command that installs CPython 3.12 here."""
    if shutil.which("uv"):
        return "uv python install 3.12"
    if shutil.which("pyenv"):
        return "pyenv install 3.12"
    if WINDOWS:
        return "winget install Python.Python.3.12"
    if sys.platform == "darwin" and shutil.which("brew"):
        return "brew install python@3.12"
    if output(["apt-cache", "show", "python3.12-venv"]):
        return "sudo apt-get install python3.12-venv"
    if shutil.which("dnf"):
        return "sudo dnf install python3.12"
    return "python3 -m pip install --user uv && python3 -m uv python install 3.12"


def install_lock(lock: str) -> None:
    """Install exactly what the lock lists; pip refuses any file with another digest."""
    path = ROOT / "requirements" / (lock + ".txt")
    total = sum("==" in line for line in path.read_text(encoding="utf-8").splitlines())
    run_pip(f"packages for {lock}", ["--require-hashes", "--requirement", str(path)], total)


def run_pip(what: str, arguments: list[str], total: int = 0) -> None:
    """Run `pip install`, with a line that counts; on failure show the end of what pip said."""
    started, said, seen = time.monotonic(), [], 0
    say(f"installing {what}")
    with subprocess.Popen(
        [str(VENV_PYTHON), "-m", "pip", "install", "--no-input", *arguments],
        env=dict(environment(), PIP_DISABLE_PIP_VERSION_CHECK="1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            said.append(line.rstrip())
            if line.startswith(("Collecting ", "Requirement already satisfied")) and total:
                seen += 1
                name = line.split("==")[0].split()[-1]
                say(f"installing {what}: {min(seen, total)} of {total}, {name}", passing=True)
            elif line.startswith("Installing collected"):
                say(f"installing {what}: unpacking", passing=True)
    if process.returncode:
        raise SystemExit("\n".join([*said[-12:], f"Installing {what} failed; pip says why above."]))
    say(f"installing {what}: {time.monotonic() - started:.0f} s")


def environment() -> dict[str, str]:
    """The user's environment, less what would make our Python look in another one's folders."""
    ours = {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}
    ours |= {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    return {name: value for name, value in os.environ.items() if name not in ours}


def say(text: str, passing: bool = False) -> None:
    """One line of progress; a passing one is written over by the next, and only in a terminal."""
    if sys.stderr.isatty():
        print("\r\x1b[K" + text[:100], end="" if passing else "\n", file=sys.stderr, flush=True)
    elif not passing:
        print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

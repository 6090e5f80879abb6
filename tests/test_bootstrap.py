"""build.py finds a Python that runs, and makes an environment once, or again when it must."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import files, version
from pathlib import Path
from types import ModuleType

import pytest

posix = pytest.mark.skipif(os.name == "nt", reason="the fake interpreters are shell scripts")
LOCKS = ("build", "test")
PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A folder that looks like a checkout, with no environment yet."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("build.py", "pyproject.toml", "requirements"):
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, folder / name)
    return folder


@pytest.fixture
def bootstrap(checkout: Path) -> ModuleType:
    return load(checkout)


def load(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", checkout / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def script(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bootstrap: ModuleType) -> Path:
    """A machine whose only Pythons are those that a test puts on the PATH, the returned folder."""
    folder = tmp_path / "bin"
    script(folder / "running", "echo 'cpython|3|11|/somewhere'")
    monkeypatch.setattr(sys, "executable", str(folder / "running"))
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    return folder


@posix
def test_a_shim_that_fails_is_passed_over(bootstrap: ModuleType, bare: Path) -> None:
    script(bare / "python3.12", "exit 127")
    real = script(bare / "python3", "echo 'cpython|3|12|/opt/real'")
    assert bootstrap.find_python() == "/opt/real"
    real.unlink()
    with pytest.raises(SystemExit):
        bootstrap.find_python()


@posix
def test_pyenv_is_searched_though_its_shims_fail(
    bootstrap: ModuleType, bare: Path, tmp_path: Path
) -> None:
    script(bare / "python3.12", "exit 127")
    script(bare / "pyenv", f"echo '{tmp_path}/pyenv root'")
    script(tmp_path / "pyenv root/versions/3.11.7/bin/python", "echo 'cpython|3|12|wrong folder'")
    script(tmp_path / "pyenv root/versions/3.12.1/bin/python", "echo 'cpython|3|12|pyenv'")
    assert bootstrap.find_python() == "pyenv"


@posix
def test_uv_is_asked(bootstrap: ModuleType, bare: Path, tmp_path: Path) -> None:
    found = script(tmp_path / "uv's/python3.12", "echo 'cpython|3|12|uv'")
    script(bare / "uv", f'[ "$*" = "python find 3.12" ] && echo "{found}"')
    assert bootstrap.find_python() == "uv"


@posix
@pytest.mark.parametrize(
    "answer", ["cpython|3|13|x", "pypy|3|12|x", "cpython|3|1|x", "", "Python 3.12.1"]
)
def test_only_cpython_3_12_will_do(bootstrap: ModuleType, bare: Path, answer: str) -> None:
    script(bare / "python3.12", f"echo '{answer}'")
    with pytest.raises(SystemExit):
        bootstrap.find_python()


@posix
def test_a_python_that_cannot_make_environments_will_not_do(
    bootstrap: ModuleType, bare: Path
) -> None:
    script(bare / "python3.12", "echo 'No module named ensurepip' >&2; exit 1")
    with pytest.raises(SystemExit):
        bootstrap.find_python()


@posix
@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("uv", "uv python install 3.12"),
        ("pyenv", "pyenv install 3.12"),
        ("apt-cache", "sudo apt-get install python3.12-venv"),
        ("dnf", "sudo dnf install python3.12"),
        ("nothing", "python3 -m uv python install 3.12"),
    ],
)
def test_without_one_a_sentence_says_how_to_get_it(
    bootstrap: ModuleType, bare: Path, tool: str, command: str
) -> None:
    script(bare / tool, '[ "$1" = show ] && echo Package: python3.12-venv')
    with pytest.raises(SystemExit) as stop:
        bootstrap.find_python()
    assert str(stop.value).endswith(command)
    assert "\n" not in str(stop.value)


def test_the_source_is_readable_by_python_3_8(root: Path) -> None:
    ast.parse((root / "build.py").read_text(encoding="utf-8"), feature_version=(3, 8))


@posix
@pytest.mark.parametrize("old", ["3.8", "3.9"])
def test_an_old_python_runs_it(checkout: Path, tmp_path: Path, old: str) -> None:
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    python = next(iter(sorted(pyenv.glob(f"versions/{old}*/bin/python"))), None)
    if python is None:
        pytest.skip(f"there is no Python {old}")
    alone = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    answer = subprocess.run(
        [python, "build.py"], cwd=checkout, env=alone, capture_output=True, text=True
    )
    assert answer.returncode == 1
    assert re.fullmatch(r"CPython 3\.12 .*python install 3\.12\n", answer.stderr)


@pytest.fixture
def acts(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the bootstrap does, with the two slow things only noted."""
    done: list[str] = []

    def make_venv() -> None:
        done.append("venv")
        bootstrap.VENV_PYTHON.parent.mkdir(parents=True, exist_ok=True)
        bootstrap.VENV_PYTHON.touch()

    monkeypatch.setattr(bootstrap, "make_venv", make_venv)
    monkeypatch.setattr(bootstrap, "run_pip", lambda what, *_: done.append(what.split()[-1]))
    return done


def test_a_second_run_does_nothing(bootstrap: ModuleType, acts: list[str]) -> None:
    bootstrap.prepare("build")
    assert acts == ["venv", "build", "itself"]
    acts.clear()
    bootstrap.prepare("build")
    assert acts == []


def test_the_test_tools_come_on_top_and_stay(bootstrap: ModuleType, acts: list[str]) -> None:
    bootstrap.prepare("build")
    acts.clear()
    bootstrap.prepare("test")
    assert acts == ["test", "itself"]
    acts.clear()
    bootstrap.prepare("build")
    bootstrap.prepare("test")
    assert acts == []


def test_a_new_pyproject_installs_the_package_again(
    bootstrap: ModuleType, acts: list[str], checkout: Path
) -> None:
    bootstrap.prepare("test")
    acts.clear()
    with (checkout / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    bootstrap.prepare("test")
    assert acts == ["itself"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_new_lock_makes_a_new_environment(
    bootstrap: ModuleType, acts: list[str], checkout: Path, lock: str
) -> None:
    bootstrap.prepare("test")
    acts.clear()
    with (checkout / "requirements" / f"{lock}.txt").open("a") as file:
        file.write("# changed\n")
    bootstrap.prepare("test")
    assert acts == ["venv", "test", "itself"]


def test_a_half_made_environment_is_made_anew(
    bootstrap: ModuleType, acts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "run_pip", killed)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.prepare("build")
    acts.clear()
    bootstrap.prepare("build")
    assert acts[0] == "venv"


def test_a_moved_environment_is_made_anew(
    bootstrap: ModuleType, acts: list[str], checkout: Path
) -> None:
    bootstrap.prepare("build")
    assert bootstrap.read_stamp()
    moved = checkout.rename(checkout.with_name("moved"))
    assert (moved / ".venv").exists()
    assert not load(moved).read_stamp()


def test_an_environment_whose_python_is_gone_is_made_anew(
    bootstrap: ModuleType, acts: list[str]
) -> None:
    bootstrap.prepare("build")
    bootstrap.VENV_PYTHON.unlink()
    assert not bootstrap.read_stamp()


@pytest.mark.parametrize("stamp", ["", "[]", "{}", "null", '{"place": 3}'])
def test_a_stamp_that_makes_no_sense_is_no_stamp(
    bootstrap: ModuleType, acts: list[str], stamp: str
) -> None:
    bootstrap.prepare("build")
    bootstrap.STAMP.write_text(stamp)
    assert not bootstrap.read_stamp()


@posix
@pytest.mark.parametrize(
    ("given", "handed"),
    [
        ([], "-m explorables build"),
        (["--base-url", "x y"], "-m explorables --base-url x y"),
        (["test", "-k", "this"], "-m explorables test -k this"),
    ],
)
def test_it_hands_over_and_keeps_the_exit_code(
    bootstrap: ModuleType, acts: list[str], checkout: Path, given: list[str], handed: str
) -> None:
    bootstrap.prepare("test")
    script(bootstrap.VENV_PYTHON, 'echo "$@"; exit 7')
    answer = subprocess.run(
        [sys.executable, checkout / "build.py", *given], capture_output=True, text=True
    )
    assert (answer.returncode, answer.stdout, answer.stderr) == (7, f"{handed}\n", "")


@posix
def test_a_failing_installation_shows_why(bootstrap: ModuleType) -> None:
    script(bootstrap.VENV_PYTHON, "echo 'no room on the disk'; exit 1")
    with pytest.raises(SystemExit, match=r"(?s)no room on the disk.*packages for build failed"):
        bootstrap.install_lock("build")


def pins(root: Path, lock: str) -> dict[str, str]:
    text = (root / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return {name.lower(): pinned for name, pinned in PIN.findall(text)}


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_exact_versions_with_digests_and_no_addresses(root: Path, lock: str) -> None:
    text = (root / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|find-links|/opt|/root", text)
    for entry in re.split(r"\n(?=[a-z])", text)[1:]:
        assert re.match(r"[\w.-]+==[\w.]+ .*\\\n", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


def test_locks_agree(root: Path) -> None:
    build, test = pins(root, "build"), pins(root, "test")
    assert build.items() <= test.items()
    assert build["numpy"] == "2.0.2"


def test_locks_hold_what_pyproject_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for lock, asked in (
        ("build", project["dependencies"]),
        ("test", [*extras["test"], *extras["oracle"]]),
    ):
        names = {re.split(r"[<>=~\[ ;]", line)[0].lower() for line in asked}
        assert names <= pins(root, lock).keys()


def test_the_environment_is_what_the_lock_says(root: Path) -> None:
    bound_elsewhere = {"colorama"}  # Windows only
    installed = {name: version(name) for name in pins(root, "test").keys() - bound_elsewhere}
    assert installed.items() <= pins(root, "test").items()


def test_an_editable_install_has_no_copies_of_templates_or_styles() -> None:
    copies = [path for path in files("explorables") or [] if "theme" in path.parts]
    assert not copies

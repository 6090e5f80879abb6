"""Imports go one way: what runs in the browser knows nothing of the build side."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "explorables"
BUILD_SIDE = {"site", "cli", "checks", "browser", "progress", "__main__"}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(
        ".__init__"
    )


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def part(module: str) -> str:
    """The part of the package that a module is of: `core`, `site`, … or its own name."""
    return [*module.split("."), "__init__"][1]


BUNDLE = [module for module in MODULES if part(module) not in BUILD_SIDE]


def imports(module: str) -> Iterator[str]:
    """The modules of ours that a module imports, wherever in its text."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else str(node.module) for name in names)


def parts_imported(module: str) -> set[str]:
    return {part(name) for name in imports(module) if name.split(".")[0] == "explorables"}


def test_the_bundle_is_not_empty() -> None:
    assert {"explorables.plot", "explorables.scene", "explorables.widget"} < set(BUNDLE)
    assert {"core", "widgets"} <= {part(module) for module in BUNDLE}


def test_the_bundle_imports_in_an_interpreter_with_numpy_alone(tmp_path: Path) -> None:
    beside = Path(np.__file__).parents[1]
    for name in ("numpy", "numpy.libs"):
        if (beside / name).exists():
            (tmp_path / name).symlink_to(beside / name, target_is_directory=True)
    program = (
        "import sys, importlib\n"
        f"sys.path += [{str(PACKAGE.parent)!r}, {str(tmp_path)!r}]\n"
        f"for name in {BUNDLE!r}: importlib.import_module(name)\n"
        "known = set(sys.stdlib_module_names) | {'explorables', 'numpy', '__main__'}\n"
        "files = [name for name, module in sys.modules.items() if getattr(module, '__file__', 0)]\n"
        "print(*sorted({name.split('.')[0] for name in files} - known))\n"
        "print(*sorted(name for name in sys.modules if name.startswith('explorables.')))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True
    )
    strangers, ours = answer.stdout.split("\n")[:2]
    assert strangers == ""
    assert set(ours.split()) == set(BUNDLE) - {"explorables"}


@pytest.mark.parametrize("module", BUNDLE)
def test_nothing_in_the_bundle_knows_the_build_side(module: str) -> None:
    assert not parts_imported(module) & BUILD_SIDE


@pytest.mark.parametrize("module", [module for module in BUNDLE if part(module) == "core"])
def test_the_core_knows_only_itself(module: str) -> None:
    assert parts_imported(module) <= {"core"}


@pytest.mark.parametrize("module", [module for module in BUNDLE if part(module) != "widgets"])
def test_only_widgets_know_widgets(module: str) -> None:
    assert "widgets" not in parts_imported(module)


@pytest.mark.parametrize("module", [name for name in MODULES if part(name) == "site"])
def test_the_site_does_not_know_the_command_line(module: str) -> None:
    assert not parts_imported(module) & {"cli", "checks", "__main__"}


def test_contracts_do_not_import_each_other_in_circles() -> None:
    graph = {module: set(imports(module)) & set(BUNDLE) - {module} for module in BUNDLE}
    while leaves := [module for module, needs in graph.items() if not needs]:
        for leaf in leaves:
            del graph[leaf]
        for needs in graph.values():
            needs.difference_update(leaves)
    assert not graph, f"in circles: {sorted(graph)}"

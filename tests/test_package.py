"""The wheel holds all that an author needs, and the installed package finds it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it lies in site-packages after an installation from a wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site-packages")
    return folder / "site-packages"


def test_templates_styles_and_papers_are_in_the_wheel(root: Path, installed: Path) -> None:
    for kind in ("templates", "static"):
        here = {path.relative_to(root) for path in (root / kind).rglob("*") if path.is_file()}
        theme = installed / "explorables" / "theme"
        there = {path.relative_to(theme) for path in (theme / kind).rglob("*") if path.is_file()}
        assert there == here
    for name in ("py.typed", "site/npm.txt"):
        assert (installed / "explorables" / name).is_file()
    assert list(installed.glob("explorables-*.dist-info/licenses/LICENSE"))


def test_nothing_else_is_in_the_wheel(installed: Path) -> None:
    top = {path.name for path in installed.iterdir()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"explorables"}


def test_the_installed_package_builds_a_site_with_its_own_theme(
    installed: Path, tmp_path: Path
) -> None:
    essay = tmp_path / "content" / "notes"
    essay.mkdir(parents=True)
    title = 'title = "Notes"\nbase_url = "https://example.org/"\n'
    (tmp_path / "content" / "site.toml").write_text(title)
    (essay / "index.md").write_text("---\ntitle: Notes\n---\n\nWords.\n")
    program = (
        f"import sys; sys.path.insert(0, {str(installed)!r})\n"
        "from explorables.site.theme import theme_root\n"
        "from explorables.cli import main\n"
        "print(theme_root())\n"
        "raise SystemExit(main(['build', '--quiet']))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert Path(answer.stdout.strip()) == installed / "explorables" / "theme"
    assert (tmp_path / "dist" / "notes" / "index.html").is_file()

"""Whole folders in, whole folders out: each case is a site, or what is wrong with one.

`EXPLORABLES_RENEW=1 python -m pytest tests/site/test_cases.py` writes what is expected anew; read
the difference before keeping it.
"""

import os
import shutil
from pathlib import Path

import pytest

from explorables.site.build import build_site
from explorables.site.errors import BuildErrors
from explorables.site.theme import Theme
from explorables.site.write import MARKER

CASES = Path(__file__).parent / "cases"
NOT_COMPARED = {MARKER, "LICENSE"}
RENEW = bool(os.environ.get("EXPLORABLES_RENEW"))


def names(wrong: bool) -> list[str]:
    found = (case for case in sorted(CASES.iterdir()) if (case / "content").is_dir())
    return [case.name for case in found if (case / "expected-errors.txt").exists() == wrong]


def read(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def copy(name: str, to: Path) -> Path:
    shutil.copytree(CASES / name, to / "site", symlinks=True)
    return to / "site"


@pytest.mark.parametrize("name", names(wrong=False))
def test_a_site_is_built_file_by_file(name: str, tmp_path: Path, small_theme: Theme) -> None:
    site = copy(name, tmp_path)
    build_site(site / "content", site / "dist", theme=small_theme)
    built = {path: data for path, data in read(site / "dist").items() if path not in NOT_COMPARED}
    if RENEW:
        shutil.rmtree(CASES / name / "expected", ignore_errors=True)
        for path, data in built.items():
            (CASES / name / "expected" / path).parent.mkdir(parents=True, exist_ok=True)
            (CASES / name / "expected" / path).write_bytes(data)
    expected = read(CASES / name / "expected")
    assert list(built) == list(expected)
    for path, data in built.items():
        assert data.decode() == expected[path].decode(), path


@pytest.mark.parametrize("name", names(wrong=True))
def test_what_is_wrong_is_told_and_the_site_stays(
    name: str, tmp_path: Path, small_theme: Theme
) -> None:
    site = copy(name, tmp_path)
    good = copy_of_a_built_site(tmp_path, site / "dist", small_theme)
    with pytest.raises(BuildErrors) as raised:
        build_site(site / "content", site / "dist", theme=small_theme)
    told = f"{raised.value}\n"
    if RENEW:
        (CASES / name / "expected-errors.txt").write_text(told)
    assert told == (CASES / name / "expected-errors.txt").read_text()
    assert read(site / "dist") == good
    assert sorted(path.name for path in site.glob(".dist*")) == []


def copy_of_a_built_site(tmp_path: Path, dist: Path, theme: Theme) -> dict[str, bytes]:
    build_site(CASES / "plain" / "content", dist, theme=theme)
    return read(dist)

"""Errors are one line each, shown as the author would type the path, in order."""

from pathlib import Path

import pytest

from explorables.site.errors import BuildError, BuildErrors, Problems, expected


def test_an_error_is_one_line_however_its_sentence_came() -> None:
    assert str(BuildError("a.md", 3, "first\n  second")) == "a.md:3: first second"


def test_paths_are_relative_to_the_working_folder_else_to_the_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    problems = Problems(site)
    assert problems.show(site / "content" / "a.md") == "content/a.md"
    monkeypatch.chdir(tmp_path)
    assert problems.show(site / "content" / "a.md") == "site/content/a.md"
    assert problems.show("/elsewhere/b.md") == "/elsewhere/b.md"


def test_problems_are_sorted_and_told_once() -> None:
    problems = Problems()
    for path, line in [("b.md", 1), ("a.md", 10), ("a.md", 9), ("a.md", 9)]:
        problems.add(path, line, "wrong")
    with pytest.raises(BuildErrors) as raised:
        problems.check()
    assert str(raised.value) == "a.md:9: wrong\na.md:10: wrong\nb.md:1: wrong"
    assert problems.about(Path("b.md"))
    assert not problems.about(Path("c.md"))


def test_many_names_are_not_all_listed() -> None:
    names = [f"name{i}" for i in range(20)]
    assert expected("x", names).startswith("expected one of 20, such as name0, ")
    assert expected("x", []) == "there is none"
    assert expected("x", ["only"]) == "expected only"

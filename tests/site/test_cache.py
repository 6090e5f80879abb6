"""What is slow to make is made once, and a cache that fails only costs time."""

from pathlib import Path

import pytest

from explorables.site.cache import cache_dir, cached, digest


def test_the_place_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EXPLORABLES_CACHE", str(tmp_path))
    assert cache_dir() == tmp_path
    monkeypatch.delenv("EXPLORABLES_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_dir() == tmp_path / "explorables"


def test_things_are_made_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EXPLORABLES_CACHE", str(tmp_path))
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"slow"

    assert cached("a", "b", make) == cached("a", "b", make) == b"slow"
    assert len(made) == 1
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_a_cache_that_cannot_be_written_is_done_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EXPLORABLES_CACHE", str(tmp_path / "file"))
    assert cached("a", "b", lambda: b"slow") == b"slow"


def test_no_two_lists_of_parts_collide() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")}) == 4

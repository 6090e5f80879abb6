"""The output is whole, old or new, whatever happens."""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from explorables.site import write
from explorables.site.errors import BuildErrors
from explorables.site.write import MARKER, Output, unchanged


def site(out: Path, text: str, files: int = 3) -> None:
    with Output(out, "dist") as output:
        for i in range(files):
            output.write(f"a/{i}.html", text)
        output.commit(f"stamp of {text}")


def texts(out: Path) -> set[str]:
    return {path.read_text() for path in out.rglob("*.html")}


def beside(out: Path) -> list[str]:
    return [path.name for path in out.parent.iterdir() if path != out]


@pytest.mark.parametrize("exchange", [True, False])
def test_a_new_site_replaces_the_old_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(write, "_exchange", lambda first, second: False)
    out = tmp_path / "dist"
    site(out, "old", 5)
    site(out, "new", 2)
    assert texts(out) == {"new"}
    assert len(list(out.rglob("*.html"))) == 2
    assert beside(out) == []


def test_a_build_that_breaks_off_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    site(out, "old")
    with suppress(KeyboardInterrupt), Output(out, "dist") as output:
        output.write("a.html", "new")
        raise KeyboardInterrupt
    assert texts(out) == {"old"}
    assert beside(out) == []


def test_files_that_no_build_made_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear")
    with pytest.raises(BuildErrors, match=r"^dist:1: .*files that no build has made"):
        site(tmp_path, "new")
    assert (tmp_path / "letter.txt").read_text() == "Dear"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    site(tmp_path, "new")
    assert texts(tmp_path) == {"new"}


@pytest.mark.parametrize("name", ["file", "file/dist"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BuildErrors, match=r"^dist:1: cannot write the site here"):
        site(tmp_path / name, "new")
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "dist"
    site(out, "old")
    with Output(out, "dist") as output:
        monkeypatch.setattr(Path, "open", lambda *_: os.open("/dev/full/x", os.O_WRONLY))
        with pytest.raises(BuildErrors, match=r"^dist:1: cannot write the site here"):
            output.write("a.html", "new")
        monkeypatch.undo()
    assert texts(out) == {"old"}


def test_two_builds_at_once_leave_one_of_the_two(tmp_path: Path) -> None:
    out = tmp_path / "dist"

    def build(text: str) -> None:
        for _ in range(10):
            site(out, text, 20)

    builds = [threading.Thread(target=build, args=(text,)) for text in ("one", "two", "three")]
    for one in builds:
        one.start()
    for one in builds:
        one.join()
    assert len(texts(out)) == 1
    assert len(list(out.rglob("*.html"))) == 20
    assert beside(out) == []


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    left = tmp_path / f".dist-{int(dead.stdout)}-abc"
    ours = tmp_path / f".dist-{os.getpid()}-abc"
    left.mkdir()
    ours.mkdir()
    site(tmp_path / "dist", "new")
    assert not left.exists()
    assert ours.exists()


def test_a_missing_or_longer_file_is_a_change(tmp_path: Path) -> None:
    site(tmp_path, "new")
    assert unchanged(tmp_path, "stamp of new")
    assert not unchanged(tmp_path, "stamp of old")
    (tmp_path / "a" / "0.html").write_text("newer")
    assert not unchanged(tmp_path, "stamp of new")
    (tmp_path / MARKER).write_text("[]")
    assert not unchanged(tmp_path, "stamp of new")

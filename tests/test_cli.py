"""The command line: verbs, exit codes, errors on one line each, nothing heavy without need."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from explorables import __version__, cli

HEAVY = {"numpy", "matplotlib", "markdown", "jinja2", "pygments", "rich", "fontTools", "PIL"}


@pytest.fixture
def author(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An author's folder with a small essay in it, which is the working folder."""
    essay = tmp_path / "content" / "notes"
    essay.mkdir(parents=True)
    title = 'title = "Notes"\nbase_url = "https://example.org/"\n'
    (tmp_path / "content" / "site.toml").write_text(title)
    (essay / "index.md").write_text("---\ntitle: Notes\n---\n\nWords.\n")
    (essay / "01-first.md").write_text("---\ntitle: First\n---\n\nMore words.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_unknown_verb_hears_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bake"]) == 2
    said = capsys.readouterr()
    assert said.err == "There is no verb 'bake'; there are: build, test.\n"
    assert not said.out


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
def test_help_names_every_verb_and_option(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([word]) == 0
    said = capsys.readouterr().out
    assert __version__ in said
    for verb in cli.VERBS:
        assert f"explorables {verb}" in said
    for option in ("--content", "--out", "--base-url", "--quiet", "--full"):
        assert option in said


def test_an_unknown_option_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["build", "--sideways"])
    assert stop.value.code == 2
    assert "--sideways" in capsys.readouterr().err


def test_build_is_what_happens_without_a_verb(
    author: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([]) == 0
    assert (author / "dist" / "notes" / "index.html").is_file()
    said = capsys.readouterr()
    assert "python3 -m http.server --directory dist" in said.out
    assert "http://127.0.0.1:8000/" in said.out
    assert "Reading the content" in said.err


def test_places_and_address_can_be_chosen(author: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (author / "content").rename(author / "texts")
    address = ["--base-url", "https://elsewhere.example/sub/"]
    assert cli.main(["--content", "texts", "--out", "public site", *address]) == 0
    page = (author / "public site" / "notes" / "index.html").read_text()
    assert "https://elsewhere.example/sub/notes/" in page
    command = re.search(r"To look: (.*), then", capsys.readouterr().out)
    assert command
    assert "--directory 'public site'" in command[1]


def test_quiet_prints_nothing(author: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "--quiet"]) == 0
    assert capfd.readouterr() == ("", "")


def test_every_error_has_a_line_of_its_own(
    author: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    essay = author / "content" / "notes"
    (essay / "index.md").write_text("---\ntitle: Notes\ntitel: x\n---\n")
    (essay / "01-first.md").write_text("---\ntitle: First\n---\n\n:readout[nothing.at-all]\n")
    assert cli.main(["build", "--quiet"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("content/notes/01-first.md:5: ")
    assert lines[1].startswith("content/notes/index.md:3: ")
    assert not (author / "dist").exists()


def test_interrupting_is_not_an_error_of_ours(
    author: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("explorables.site.build.build_site", interrupted)
    assert cli.main(["build", "--quiet"]) == 130


def test_an_unchanged_build_imports_nothing_heavy(author: Path) -> None:
    program = (
        "import sys\nfrom explorables.cli import main\n"
        "assert main(['build']) == 0\nprint(*{name.split('.')[0] for name in sys.modules})"
    )
    command = [sys.executable, "-c", program]
    subprocess.run(command, check=True, capture_output=True)
    again = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "Nothing has changed" in again.stdout
    assert not HEAVY & set(again.stdout.splitlines()[-1].split())


def test_the_checkout_s_content_is_built_from_anywhere(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, author: Path
) -> None:
    assert cli._home(None) == author
    shutil.rmtree(author / "content")
    assert cli._home(None) == root
    assert cli._home(Path("some")) == author


def test_outside_a_checkout_there_is_nothing_to_test(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "_checkout", lambda: None)
    assert cli.main(["test"]) == 2
    assert "repository" in capsys.readouterr().err

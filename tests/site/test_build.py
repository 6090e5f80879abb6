"""Building: at once when nothing changed, the same bytes everywhere, nothing heavy for nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from explorables.site.build import build_site
from explorables.site.errors import BuildErrors
from explorables.site.theme import Theme

CASES = Path(__file__).parent / "cases"
ALONE = """
import sys
from pathlib import Path
from markupsafe import Markup
from explorables.site.build import build_site
from explorables.site.theme import Fonts, Theme

class Plain(Theme):
    def figure(self, placed, numbers=True): return Markup(placed.plot.takeaway)
    def thumbnail(self, placed): return Markup()
    def picture(self, placed): return b"PNG"
    def card(self, essay, section=None): return None
    def fonts(self, progress): return Fonts()

report = build_site(Path(sys.argv[1]), Path(sys.argv[2]), theme=Plain(Path(sys.argv[3])))
print(report.unchanged, sorted({name.partition(".")[0] for name in sys.modules}))
"""


def site(name: str, to: Path) -> Path:
    shutil.copytree(CASES / name, to)
    return to


def files(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


def alone(content: Path, out: Path, **environment: str) -> str:
    """Build in a process of its own; what it says."""
    command = [sys.executable, "-c", ALONE, str(content), str(out), str(CASES.parent / "theme")]
    done = subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_an_unchanged_site_is_seen_at_once_and_any_change_too(
    tmp_path: Path, small_theme: Theme
) -> None:
    folder = site("essay", tmp_path / "site")
    content, out = folder / "content", folder / "dist"

    def unchanged(base_url: str | None = None) -> bool:
        return build_site(content, out, base_url, theme=small_theme).unchanged

    assert not unchanged()
    assert unchanged()
    (content / "rain" / "cloud.svg").write_text("<svg/>")
    assert not unchanged()
    with (folder / "widgets" / "gauge.py").open("a") as file:
        file.write("# changed\n")
    assert not unchanged()
    (out / "index.html").unlink()
    assert not unchanged()
    assert not unchanged(base_url="https://other.example/")
    assert unchanged(base_url="https://other.example/")


def test_heavy_imports_wait_until_they_are_needed(tmp_path: Path) -> None:
    folder = site("plain", tmp_path / "site")
    first = alone(folder / "content", folder / "dist")
    assert first.startswith("False")
    for name in ("matplotlib", "numpy", "PIL", "latex2mathml", "fontTools"):
        assert f"'{name}'" not in first
    second = alone(folder / "content", folder / "dist")
    assert second.startswith("True")
    for name in ("jinja2", "markdown", "pymdownx", "pygments", "yaml", "rich"):
        assert f"'{name}'" not in second


def test_the_same_input_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    one = site("essay", tmp_path / "one")
    two = site("essay", tmp_path / "a longer" / "way to two")
    alone(one / "content", one / "dist", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    mask = os.umask(0o077)
    try:
        alone(two / "content", two / "dist", PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
    finally:
        os.umask(mask)
    assert files(one / "dist") == files(two / "dist")
    assert not any(str(tmp_path).encode() in data for data in files(one / "dist").values())


def test_an_undated_essay_has_the_moment_of_source_date_epoch(tmp_path: Path) -> None:
    folder = site("plain", tmp_path / "site")
    alone(folder / "content", folder / "dist", SOURCE_DATE_EPOCH="86400")
    assert "<updated>1970-01-02T00:00:00Z</updated>" in (folder / "dist" / "feed.xml").read_text()


def test_pages_work_below_any_address(tmp_path: Path, small_theme: Theme) -> None:
    folder = site("essay", tmp_path / "site")
    content = folder / "content"
    build_site(content, folder / "a", "https://a.example/deep/er", theme=small_theme)
    build_site(content, folder / "b", "http://b.example", theme=small_theme)
    one, two = files(folder / "a"), files(folder / "b")
    assert one.keys() == two.keys()
    page = "rain/index.html"
    assert one[page].replace(b"https://a.example/deep/er/", b"http://b.example/") == two[page]
    assert b'href="/deep/er/assets/' in one["404.html"]
    assert b'href="/assets/' in two["404.html"]


@pytest.mark.parametrize("place", [".", "content", "content/dist"])
def test_the_output_never_covers_the_content(
    tmp_path: Path, small_theme: Theme, place: str
) -> None:
    folder = site("plain", tmp_path / "site")
    before = files(folder)
    with pytest.raises(BuildErrors, match="would replace the content"):
        build_site(folder / "content", folder / place, theme=small_theme)
    assert files(folder) == before


def test_no_content_is_told(tmp_path: Path, small_theme: Theme) -> None:
    with pytest.raises(BuildErrors, match="there is no content folder here"):
        build_site(tmp_path / "content", tmp_path / "dist", theme=small_theme)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.toml").write_text('title = "x"\nbase_url = "https://x.org"\n')
    with pytest.raises(BuildErrors, match="there is no essay yet"):
        build_site(tmp_path / "content", tmp_path / "dist", theme=small_theme)
    assert not (tmp_path / "dist").exists()


def test_a_broken_template_is_told_at_its_line(tmp_path: Path, small_theme: Theme) -> None:
    folder = site("plain", tmp_path / "site")
    theme = type(small_theme)(tmp_path / "theme")
    shutil.copytree(small_theme.root, tmp_path / "theme")
    with (tmp_path / "theme" / "templates" / "essay.html").open("a") as file:
        file.write("\n\n{{ essay.nothing }}\n")
    before = (tmp_path / "theme" / "templates" / "essay.html").read_text().split("\n")
    (tmp_path / "theme" / "templates" / "essay.html").write_text(
        "\n".join(before[:2]) + "\n{{ essay.nothing }}\n" + "\n".join(before[2:])
    )
    with pytest.raises(BuildErrors, match=r"essay\.html:3: .*nothing"):
        build_site(folder / "content", folder / "dist", theme=theme)
    assert not (folder / "dist").exists()

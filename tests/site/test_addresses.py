"""Links of every page lead to pages, files and anchors that are there."""

import shutil
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import html5lib
import pytest

from explorables.site.build import build_site
from explorables.site.links import ROOT, is_external, relocate, to_root
from explorables.site.theme import Theme

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("name", ["essay", "plain"])
def test_every_relative_address_is_a_file_and_every_fragment_an_element(
    name: str, tmp_path: Path, small_theme: Theme
) -> None:
    shutil.copytree(CASES / name, tmp_path / "site")
    dist = tmp_path / "dist"
    build_site(tmp_path / "site" / "content", dist, theme=small_theme)
    pages = [page for page in dist.rglob("*.html") if page.name != "404.html"]
    for page in pages:
        tree = html5lib.parse(page.read_text(), namespaceHTMLElements=False)
        for element in tree.iter():
            address = element.get("href") or element.get("src") or ""
            if address and not address.startswith(("http:", "https:")):
                check(dist, page, address)


def check(dist: Path, page: Path, address: str) -> None:
    place, fragment = urldefrag(urljoin(f"https://x/{page.relative_to(dist)}", address))
    target = dist / unquote(place).removeprefix("https://x/")
    target = target / "index.html" if target.is_dir() else target
    assert target.is_file(), (page, address)
    if fragment:
        tree = html5lib.parse(target.read_text(), namespaceHTMLElements=False)
        assert tree.find(f".//*[@id='{fragment}']") is not None, (page, address)


def test_names_with_spaces_and_signs_are_quoted(tmp_path: Path, small_theme: Theme) -> None:
    content = tmp_path / "content"
    (content / "rain").mkdir(parents=True)
    (content / "site.toml").write_text('title = "x"\nbase_url = "https://x.org"\n')
    (content / "rain" / "a b&c?.txt").write_text("data")
    text = (
        "---\ntitle: Rain\n---\n[data](a%20b&c%3F.txt) [raw](<a b&c%3F.txt>) <a href='#x'>x</a>\n"
    )
    (content / "rain" / "index.md").write_text(text)
    build_site(content, tmp_path / "dist", theme=small_theme)
    page = (tmp_path / "dist" / "rain" / "index.html").read_text()
    assert page.count("/a%20b%26c%3F.txt") == 2
    for link in html5lib.parse(page, namespaceHTMLElements=False).iter("a"):
        if "txt" in (link.get("href") or ""):
            check(
                tmp_path / "dist", tmp_path / "dist" / "rain" / "index.html", link.get("href") or ""
            )


def test_the_root_is_reached_from_any_depth() -> None:
    assert [to_root(page) for page in ("", "a/", "embed/a/b/", "404.html")] == [
        "./",
        "../",
        "../../../",
        "./",
    ]
    text = f'<a href="{ROOT}a/#b"> <a href="{ROOT}">'
    assert relocate(text, "../", "a/") == '<a href="#b"> <a href="../">'
    assert (
        relocate(text, "https://x.org/")
        == '<a href="https://x.org/a/#b"> <a href="https://x.org/">'
    )


def test_what_leads_elsewhere_is_left_alone() -> None:
    assert all(map(is_external, ["https://x", "mailto:a@b", "//x", "#a", "data:,", ""]))
    assert not any(map(is_external, ["a.png", "../a", "/a", "a:b.png"[2:], "?x"]))

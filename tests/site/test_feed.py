"""The feed is Atom as RFC 4287 has it, and the site map names every page once."""

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest

from explorables.site.build import build_site
from explorables.site.theme import Theme, theme_root

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module", params=["essay", "plain"])
def dist(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, small_theme: Theme
) -> Path:
    folder = tmp_path_factory.mktemp("feed")
    shutil.copytree(CASES / request.param, folder / "site")
    build_site(folder / "site" / "content", folder / "dist", theme=small_theme)
    return folder / "dist"


def test_the_feed_has_what_atom_requires_once(dist: Path) -> None:
    feed = ElementTree.parse(dist / "feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    for node in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert [bool(found.text) for found in node.findall(f"{ATOM}{name}")] == [True]
        assert MOMENT.fullmatch(node.findtext(f"{ATOM}updated") or "")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", "alternate"}
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) > 0


def test_entries_hold_their_full_text_with_pictures_that_are_there(dist: Path) -> None:
    feed = ElementTree.parse(dist / "feed.xml").getroot()
    base = feed.findtext(f"{ATOM}id") or ""
    for content in feed.iter(f"{ATOM}content"):
        tree = html5lib.parse(content.text or "", namespaceHTMLElements=False)
        assert tree.find(".//p") is not None
        assert tree.find(".//explorable-widget") is None
        for image in tree.iter("img"):
            address = image.get("src") or ""
            assert address.startswith(base)
            assert image.get("alt")
            assert (dist / address.removeprefix(base)).is_file()
        for link in tree.iter("a"):
            assert urlsplit(link.get("href") or "").scheme or (link.get("href") or "").startswith(
                "#"
            )


def test_the_site_map_names_pages_that_are_there(dist: Path) -> None:
    tree = ElementTree.parse(dist / "sitemap.xml").getroot()
    places = [loc.text or "" for loc in tree.iter(f"{SITEMAP}loc")]
    assert len(set(places)) == len(places)
    for place in places:
        assert (dist / place.removeprefix(places[0]) / "index.html").is_file()
    assert "/embed/" not in "".join(places)


def test_the_small_theme_has_the_real_feed() -> None:
    for name in ("feed.xml", "sitemap.xml"):
        small = CASES.parent / "theme" / "templates" / name
        assert small.read_text() == (theme_root() / "templates" / name).read_text()

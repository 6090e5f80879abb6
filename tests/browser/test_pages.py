"""Every page as a reader without scripts sees it: narrow and wide, light and dark."""

import io
import itertools
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ESSAY = "/models-in-training/"
PAGES = ("/", ESSAY, "/embed/models-in-training/local-minima/", "/licences/", "/404.html")
WIDTHS = (360, 768, 1280)
PHONES = (320, 360)
SCHEMES = ("light", "dark")
SIZES = (320, 360, 414, 560, 591, 600, 720, 768, 1000, 1167, 1168, 1280, 1600)

Visit = Callable[..., Page]

# Every text that is seen, with its colour, size and the colour of the ground behind it.
TEXTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return rgba('Canvas');
  };
  const seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (element.closest('.unseen, math, .opening .figure-head, .numbers')) continue;
    const style = getComputedStyle(element);
    const inPicture = element.closest('svg');
    seen.push({
      text: walker.currentNode.data.trim().slice(0, 40),
      size: parseFloat(style.fontSize),
      colour: rgba(inPicture ? style.fill : style.color),
      ground: ground(element),
      map: Boolean(element.closest('.map')),
    });
  }
  return seen;
}"""

# The words of every picture that is seen, with their boxes, within the picture's own.
LABELS = """() => [...document.querySelectorAll('svg.picture')]
  .filter(svg => svg.checkVisibility() && svg.getBoundingClientRect().width > 2)
  .map(svg => {
    const box = element => {
      const {left, top, right, bottom} = element.getBoundingClientRect();
      return [left, top, right, bottom];
    };
    return {
      frame: box(svg),
      labels: [...svg.querySelectorAll(':scope > text')].map(text => [text.textContent, box(text)]),
    };
  })"""


def luminance(colour: list[int]) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in colour[:3])
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: list[int], other: list[int]) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_page_fits_reads_and_asks_nobody_else(
    visit: Visit, path: str, width: int, scheme: str
) -> None:
    page = visit(path, width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    texts = page.evaluate(TEXTS)
    assert texts
    assert [t for t in texts if t["size"] < 12] == []
    faint = [t for t in texts if not t["map"] and contrast(t["colour"], t["ground"]) < 4.5]
    assert faint == []
    assert page.faults == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", PHONES)
@pytest.mark.parametrize("path", PAGES)
def test_a_phone_scrolls_down_only_whatever_is_unfolded(
    visit: Visit, path: str, width: int
) -> None:
    page = visit(path, width)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    # A formula longer than any of ours has to scroll within its own column.
    page.evaluate(
        """document.querySelectorAll('.math math').forEach(math => {
          math.style.display = 'block math';
          math.style.inlineSize = '40rem';
        })"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for math in page.locator(".math").all():
        assert math.evaluate("e => e.scrollWidth > e.clientWidth && e.clientWidth > 200")


@pytest.mark.parametrize("width", PHONES)
def test_on_a_phone_words_that_belong_together_keep_to_one_row(visit: Visit, width: int) -> None:
    page = visit("/", width)
    tops = page.locator(".masthead li a").evaluate_all("e => e.map(a => a.offsetTop)")
    assert len(tops) == 3
    assert len(set(tops)) == 1
    page = visit(ESSAY, width)
    rows = page.locator(".segments span").evaluate_all("e => e.map(s => s.getClientRects().length)")
    assert set(rows) == {1}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES[:3])
def test_each_picture_is_seen_once_and_shows_something(
    visit: Visit, path: str, width: int, scheme: str
) -> None:
    page = visit(path, width, color_scheme=scheme)
    canvases = page.locator(".canvas").all()
    assert canvases
    for canvas in canvases:
        shown = [svg for svg in canvas.locator("svg.picture").all() if svg.is_visible()]
        assert len(shown) == 1
        room = canvas.bounding_box()
        assert room is not None
        two_layouts = canvas.locator("svg.wide").count() == 1
        wide = "wide" in (shown[0].get_attribute("class") or "").split()
        assert wide == (two_layouts and room["width"] >= 560)
        assert len(colours(shown[0].screenshot())) > 20


def colours(png: bytes) -> set[Any]:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return {colour for _, colour in image.getcolors(1 << 24) or []}


@pytest.mark.parametrize("path", PAGES[:3])
def test_no_label_leaves_its_picture_or_touches_another_at_any_width(
    visit: Visit, path: str
) -> None:
    page = visit(path)
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        for picture in page.evaluate(LABELS):
            left, top, right, bottom = picture["frame"]
            for i, (text, box) in enumerate(picture["labels"]):
                inside = box[0] >= left - 1 and box[1] >= top - 1
                inside &= box[2] <= right + 1 and box[3] <= bottom + 1
                assert inside, f"at {width} px '{text}' leaves its picture: {box}"
                for other, its in picture["labels"][:i]:
                    assert not overlap(box, its), f"at {width} px '{text}' touches '{other}'"


def overlap(a: list[float], b: list[float], slack: float = 1.5) -> bool:
    across = min(a[2], b[2]) - max(a[0], b[0])
    down = min(a[3], b[3]) - max(a[1], b[1])
    return across > slack and down > slack


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES[:2])
def test_nothing_moves_while_the_page_loads(visit: Visit, path: str, width: int) -> None:
    page = visit(path, width, java_script_enabled=True)
    page.evaluate("document.fonts.ready.then(() => true)")
    shifted = page.evaluate(
        """() => new Promise(resolve => {
          let sum = 0;
          new PerformanceObserver(list => {
            for (const entry of list.getEntries()) sum += entry.value;
          }).observe({type: 'layout-shift', buffered: true});
          setTimeout(() => resolve(sum), 200);
        })"""
    )
    assert shifted < 0.02


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES[:2])
def test_the_opening_bleeds_over_the_full_width(visit: Visit, path: str, width: int) -> None:
    page = visit(path, width)
    picture = page.locator(".opening svg.picture >> visible=true").first.bounding_box()
    assert picture is not None
    assert (picture["x"], picture["width"]) == (0, width)


def test_a_host_can_hold_one_scheme(visit: Visit) -> None:
    page = visit(ESSAY, color_scheme="light")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    dark = page.evaluate(ground)
    assert (light, dark) == ("rgb(250, 251, 249)", "rgb(15, 22, 24)")


def test_without_scripts_controls_show_the_state_and_promise_nothing(visit: Visit) -> None:
    page = visit(ESSAY)
    widget = page.locator("explorable-widget[name=local-minima]")
    assert widget.get_attribute("data-phase") == "static"
    assert widget.get_attribute("data-revision") == "0"
    assert widget.get_by_text("The settings of this picture", exact=True).last.is_visible()
    assert widget.locator("input").count() > 3
    assert widget.locator("input:enabled, button:enabled").count() == 0
    assert widget.locator("button:visible, .point:visible").count() == 0
    scrub = page.locator(".scrub").first
    look = "e => [getComputedStyle(e).cursor, getComputedStyle(e).borderBottomStyle]"
    assert scrub.evaluate(look) == ["auto", "none"]
    scrub.evaluate("e => { e.dataset.phase = 'live' }")
    widget.locator("fieldset").first.evaluate("e => { e.disabled = false }")
    assert scrub.evaluate(look) == ["ew-resize", "dotted"]
    assert widget.locator(".point").is_visible()


def test_no_number_speaks_by_itself(visit: Visit) -> None:
    page = visit(ESSAY)
    assert page.locator(".section p .readout").count() > 3
    assert page.locator("output:not([aria-live=off])").count() == 0


def test_the_skip_link_moves_the_focus_to_the_text(visit: Visit) -> None:
    page = visit(ESSAY)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    focused = "[document.activeElement.id, getComputedStyle(document.activeElement).outlineStyle]"
    assert page.evaluate(focused) == ["main", "none"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_numbers_of_the_opening_are_offered_in_the_wide_column(
    visit: Visit, width: int
) -> None:
    page = visit(ESSAY, width)
    summary = page.locator(".opening .numbers summary")
    assert summary.is_visible()
    box, title = summary.bounding_box(), page.locator("h1").bounding_box()
    assert box is not None
    assert title is not None
    assert abs(box["x"] - title["x"]) < 4
    before = page.locator(".opening > p").first.bounding_box()
    summary.focus()
    assert page.locator(".opening > p").first.bounding_box() == before
    assert visit("/", width).locator(".numbers").count() == 0


def test_on_a_phone_the_opening_has_half_the_ridges_and_the_nearest_of_all(visit: Visit) -> None:
    ridges = visit(ESSAY, 360).locator(".opening .narrow .area.role-ridge")
    shown = ridges.evaluate_all("e => e.map(r => getComputedStyle(r).display !== 'none')")
    assert len(shown) > 40
    assert shown[::-1] == [i % 2 == 0 for i in range(len(shown))]


def test_the_way_back_from_a_note_can_be_hit_with_a_thumb(visit: Visit) -> None:
    page = visit(ESSAY, 360)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    back = page.get_by_role("link", name="Back to reference 1", exact=True)
    box = back.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_finds_the_text_first_and_sees_where_it_is(visit: Visit, path: str) -> None:
    page = visit(path)
    page.keyboard.press("Tab")
    if "embed" not in path:
        assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    for _ in range(6):
        ring = page.evaluate(
            """() => {
              const focused = document.activeElement;
              const box = focused.getBoundingClientRect();
              return {ring: getComputedStyle(focused).outlineStyle, width: box.width};
            }"""
        )
        assert ring["ring"] == "solid"
        assert ring["width"] > 8
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break


def test_on_paper_settings_go_and_what_they_led_to_stays(visit: Visit) -> None:
    page = visit(ESSAY, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("input:visible, button:visible, nav:visible").count() == 0
    widget = page.locator("explorable-widget[name=local-minima]")
    for kept in (".takeaway", ".readouts", ".goals", "svg.picture >> visible=true"):
        assert widget.locator(kept).first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(21, 32, 31)"
    address = page.locator(".section:not(.opening) .address").first
    assert address.is_visible()
    assert address.inner_text().endswith("/models-in-training/#local-minima")
    assert page.locator("details math").first.is_visible()
    picture = widget.locator(".figure-main svg.picture >> visible=true").bounding_box()
    assert picture is not None
    assert picture["height"] < 100 * 96 / 25.4
    scrub = page.locator(".scrub").first
    assert scrub.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
    opening = page.locator(".opening svg.picture").first
    assert opening.evaluate("e => getComputedStyle(e).mixBlendMode") == "normal"


def test_on_paper_views_and_goals_stand_side_by_side(visit: Visit) -> None:
    page = visit(ESSAY, 658)  # as wide as the text of an A4 page
    page.emulate_media(media="print")
    view = page.locator(".figure-side .views").bounding_box()
    goals = page.locator(".figure-side .goals").bounding_box()
    assert view is not None
    assert goals is not None
    assert view["y"] == goals["y"]
    assert view["x"] + view["width"] <= goals["x"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_forced_colours_keep_words_and_marks_apart_from_the_ground(
    visit: Visit, scheme: str
) -> None:
    page = visit(ESSAY, color_scheme=scheme, forced_colors="active")
    faint = [t for t in page.evaluate(TEXTS) if contrast(t["colour"], t["ground"]) < 4.5]
    assert faint == []
    stroke = page.evaluate(
        """() => {
          const probe = document.createElement('i');
          probe.style.color = getComputedStyle(
            document.querySelector('.line.role-path')).stroke;
          probe.style.forcedColorAdjust = 'none';
          document.body.append(probe);
          return getComputedStyle(probe).color.match(/\\d+/g).map(Number);
        }"""
    )
    ground = page.evaluate(TEXTS)[0]["ground"]
    assert contrast(stroke, ground) >= 3
    rule = "e => ['::before', '::after'].map(at => getComputedStyle(e, at).borderInlineStartStyle)"
    assert page.locator(".breaks").evaluate(rule) == ["solid", "solid"]


def test_whoever_wants_less_motion_gets_none(visit: Visit) -> None:
    page = visit(ESSAY, reduced_motion="reduce")
    root = "getComputedStyle(document.documentElement)"
    assert page.evaluate(f"{root}.scrollBehavior") == "auto"
    moving = "document.getAnimations().length"
    assert page.evaluate(moving) == 0


class Links(HTMLParser):
    """What a page refers to, and what in it can be referred to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if found.get("rel") != "canonical":
            self.links += [found[name] for name in ("href", "src") if name in found]
        if "id" in found:
            self.ids.append(found["id"])
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def test_every_link_within_the_site_leads_somewhere(built_site: Path) -> None:
    files = {f"/{p.relative_to(built_site).as_posix()}" for p in built_site.rglob("*")}
    pages = {
        f"/{p.relative_to(built_site).as_posix()}": Links(p.read_text(encoding="utf-8"))
        for p in built_site.rglob("*.html")
    }
    dead = []
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), f"{path} has an id twice"
        for link in page.links:
            parts = urlsplit(urljoin(path, link))
            if parts.scheme or parts.netloc:
                continue
            target = unquote(parts.path)
            target += "index.html" if target.endswith("/") else ""
            known = pages.get(target)
            fragment = unquote(parts.fragment).partition("?")[0]
            if target not in files or (fragment and (not known or fragment not in known.ids)):
                dead.append(f"{path}: {link}")
    assert dead == []


def test_headings_begin_with_the_title_and_skip_no_level(built_site: Path) -> None:
    for path in built_site.rglob("*.html"):
        levels = Links(path.read_text(encoding="utf-8")).levels
        assert levels[0] == 1
        assert levels.count(1) == 1, path
        steps = [after - before for before, after in itertools.pairwise(levels)]
        assert all(step <= 1 for step in steps), f"{path}: {levels}"


def test_a_heading_stands_one_level_below_its_sections_title_on_either_page(visit: Visit) -> None:
    levels = "e => e.map(h => h.tagName)"
    page = visit(ESSAY)
    section = page.locator("#local-minima :is(h1, h2, h3, h4, h5, h6)")
    assert section.evaluate_all(levels) == ["H2", "H3", "H3"]
    assert page.locator(".references :is(h1, h2, h3)").evaluate_all(levels) == ["H2"]
    fonts = "e => e.map(h => getComputedStyle(h).font)"
    assert len(set(section.evaluate_all(fonts)[1:])) == 1
    alone = visit("/embed/models-in-training/local-minima/")
    assert alone.locator(":is(h1, h2, h3, h4, h5, h6)").evaluate_all(levels) == ["H1", "H2", "H2"]


def test_shared_cards_are_described(visit: Visit) -> None:
    page = visit(ESSAY)
    told = {
        name: page.locator(f"meta[property='og:image{name}']").get_attribute("content") or ""
        for name in ("", ":width", ":height", ":alt")
    }
    assert "Models in Training" in told[":alt"]
    address = "/assets/" + told[""].partition("/assets/")[2]
    card = Image.open(io.BytesIO(page.request.get(urljoin(page.url, address)).body()))
    assert card.size == (int(told[":width"]), int(told[":height"]))


def test_licences_are_headings_and_words(visit: Visit) -> None:
    page = visit("/licences/", 360)
    assert page.locator("h2").count() > 2
    text = page.locator("main").inner_text()
    assert "SIL OPEN FONT LICENSE" in text
    assert not re.search("[-=]{4}", text)

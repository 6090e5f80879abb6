"""From an essay as written to an essay as read: Markdown, widgets, numbers and links joined."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from explorables.site.addresses import Addresses
from explorables.site.assets import Assets
from explorables.site.content import EssaySource, Page, SectionSource
from explorables.site.discovery import Library
from explorables.site.draft import Draft, fill
from explorables.site.errors import Problems
from explorables.site.essay import Essay, PlacedWidget, Section
from explorables.site.headings import below
from explorables.site.links import ROOT
from explorables.site.markdown import Writer
from explorables.site.placement import Places
from explorables.site.theme import Theme

FEED_HEADING = Markup("<h2>{}</h2>\n")
FEED_FIGURE = Markup(
    '<figure><a href="{}"><img src="{}" alt="{}"></a><figcaption>{}</figcaption></figure>'
)

Pictures = Mapping[str, str]


@dataclass(frozen=True)
class Rendered:
    """An essay for its pages, and its full text for the feed, None when it is not told there."""

    essay: Essay
    feed_html: str | None


@dataclass(frozen=True)
class Converted:
    """A Markdown file as HTML with slots, and what they ask for."""

    draft: Draft
    html: str


class Renderer:
    """Renders one essay after another; one with which something is wrong is left out."""

    def __init__(
        self,
        theme: Theme,
        assets: Assets,
        addresses: Addresses,
        library: Callable[[], Library],
        problems: Problems,
    ) -> None:
        self._theme = theme
        self._assets = assets
        self._addresses = addresses
        self._library = library
        self._problems = problems
        self._writer = Writer()

    def render(self, source: EssaySource, author: str, in_feed: bool) -> Rendered | None:
        """The essay; None when anything was found wrong with it."""
        noted = len(self._problems)
        places = Places(self._library, self._problems)
        intro = self._convert(source, source.index, "", places)
        parts = [
            self._convert(source, part.page, part.name, places, bool(part.number))
            for part in source.sections
        ]
        places.compute()
        for text in (intro, *parts):
            places.check(text.draft.marks)
        if len(self._problems) > noted:
            return None
        pictures = self._pictures(places) if in_feed else {}
        sections = tuple(
            self._section(source, part, text, places, pictures)
            for part, text in zip(source.sections, parts, strict=True)
        )
        essay = self._essay(source, author, self._fill(intro, places), sections)
        if not in_feed:
            return Rendered(essay, None)
        told = [
            FEED_HEADING.format(part.page.title)
            + below(_feed_text(text, source.path, part.name, places, pictures))
            for part, text in zip(source.sections, parts, strict=True)
        ]
        last = _feed_text(intro, source.path, "", places, pictures)
        return Rendered(essay, "\n".join([*told, last]))

    def _convert(
        self, source: EssaySource, page: Page, anchor: str, places: Places, numbered: bool = True
    ) -> Converted:
        draft = Draft(page.source, self._problems, anchor)
        html = self._writer.convert(draft)
        html = self._addresses.settle(html, page.source, anchor, source)
        places.place(draft, anchor, numbered)
        return Converted(draft, html)

    def _fill(self, text: Converted, places: Places) -> Markup:
        placed = places.of(text.draft)
        html = fill(
            text.html,
            lambda index: self._theme.figure(placed[index]),
            lambda index, plain: places.quote(text.draft.marks[index], plain),
        )
        return Markup(html)

    def _pictures(self, places: Places) -> Pictures:
        return {
            name: self._assets.add(f"{name}.png", self._theme.picture(placed))
            for name, placed in places.placed.items()
        }

    def _section(
        self,
        source: EssaySource,
        part: SectionSource,
        text: Converted,
        places: Places,
        pictures: Pictures,
    ) -> Section:
        front, widgets = part.page.front, tuple(places.of(text.draft))
        first: PlacedWidget | None = widgets[0] if widgets else None
        return Section(
            name=part.name,
            number=part.number,
            title=part.page.title,
            short=front.get("short", part.page.title),
            summary=front.get("summary", ""),
            description=front.get("description", front.get("summary", "")),
            html=self._fill(text, places),
            widgets=widgets,
            embed_url=f"embed/{source.path}{part.name}/",
            picture=pictures.get(first.name) if first else None,
            thumb=self._theme.thumbnail(first) if first else Markup(),
        )

    def _essay(
        self, source: EssaySource, author: str, intro: Markup, sections: tuple[Section, ...]
    ) -> Essay:
        front = source.index.front
        essay = Essay(
            slug=source.slug,
            lang=source.lang,
            path=source.path,
            title=source.index.title,
            summary=front.get("summary", ""),
            author=front.get("author", author),
            date=front.get("date"),
            html_intro=intro,
            sections=sections,
        )
        cards = [self._theme.card(essay), *(self._theme.card(essay, part) for part in sections)]
        names = [source.slug, *(f"{part.name}-card" for part in sections)]
        whole, *each = [
            self._assets.add(f"{name}.png", card) if card else None
            for name, card in zip(names, cards, strict=True)
        ]
        carded = tuple(replace(part, card=card) for part, card in zip(sections, each, strict=True))
        return replace(essay, card=whole, sections=carded)


def _feed_text(text: Converted, path: str, anchor: str, places: Places, pictures: Pictures) -> str:
    """The full text with a picture in place of each figure, and its numbers plain."""
    placed = places.of(text.draft)
    address = f"{ROOT}{path}#{anchor}"

    def picture(index: int) -> Markup:
        one = placed[index]
        takeaway = one.plot.takeaway
        return FEED_FIGURE.format(address, pictures[one.name], one.widget.summary, takeaway)

    def number(index: int, plain: bool) -> Markup:
        return places.quote(text.draft.marks[index], plain=True)

    return fill(text.html, picture, number)

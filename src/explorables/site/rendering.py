"""From an essay as written to an essay as read: Markdown, widgets, numbers and links joined."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from explorables.site.addresses import Addresses
from explorables.site.assets import Assets
from explorables.site.content import EssaySource, Page, SectionSource
from explorables.site.discovery import Library
from explorables.site.draft import Draft, fill
from explorables.site.errors import Problems
from explorables.site.essay import Essay, Section
from explorables.site.links import ROOT
from explorables.site.markdown import Writer
from explorables.site.placement import Places
from explorables.site.theme import Theme

FEED_FIGURE = Markup(
    '<figure><a href="{}"><img src="{}" alt="{}"></a><figcaption>{}</figcaption></figure>'
)


@dataclass(frozen=True)
class Rendered:
    """An essay for its pages, and its full text for feeds."""

    essay: Essay
    feed_html: Markup


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
        before = len(self._problems)
        places = Places(self._library, self._problems)
        intro = self._draft(source, source.index, "", places)
        drafts = [self._draft(source, part.page, part.name, places) for part in source.sections]
        places.compute()
        for draft, _ in (intro, *drafts):
            places.check(draft.marks)
        if len(self._problems) > before:
            return None
        pictures = self._pictures(places) if in_feed else {}
        sections = tuple(
            self._section(source, part, draft, text, places, pictures)
            for part, (draft, text) in zip(source.sections, drafts, strict=True)
        )
        essay = self._essay(source, author, Markup(self._fill(*intro, places)), sections)
        feed_html = self._feed(source, drafts, places, pictures) if in_feed else Markup()
        return Rendered(essay, feed_html)

    def _draft(
        self, source: EssaySource, page: Page, anchor: str, places: Places
    ) -> tuple[Draft, str]:
        draft = Draft(page.source, self._problems, anchor)
        text = self._writer.convert(draft)
        text = self._addresses.settle(text, page.source, anchor, source)
        places.place(draft, anchor)
        return draft, text

    def _fill(self, draft: Draft, text: str, places: Places) -> str:
        placed = places.of(draft)
        return fill(
            text,
            lambda index: self._theme.figure(placed[index]),
            lambda index, plain: places.quote(draft.marks[index], plain),
        )

    def _pictures(self, places: Places) -> dict[str, str]:
        return {
            name: self._assets.add(f"{name}.png", self._theme.picture(placed))
            for name, placed in places.placed.items()
        }

    def _section(
        self,
        source: EssaySource,
        part: SectionSource,
        draft: Draft,
        text: str,
        places: Places,
        pictures: dict[str, str],
    ) -> Section:
        front, widgets = part.page.front, tuple(places.of(draft))
        return Section(
            name=part.name,
            number=part.number,
            title=part.page.title,
            short=front.get("short", part.page.title),
            summary=front.get("summary", ""),
            description=front.get("description", front.get("summary", "")),
            html=Markup(self._fill(draft, text, places)),
            widgets=widgets,
            embed_url=f"embed/{source.path}{part.name}/",
            picture=pictures.get(widgets[0].name) if widgets else None,
            thumb=self._theme.thumbnail(widgets[0]) if widgets else Markup(),
        )

    def _essay(
        self, source: EssaySource, author: str, intro: Markup, sections: tuple[Section, ...]
    ) -> Essay:
        front = source.index.front
        essay = partial(
            Essay,
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
        card = self._theme.card(essay())
        return essay(card=card and self._assets.add(f"{source.slug}.png", card))

    def _feed(
        self,
        source: EssaySource,
        drafts: list[tuple[Draft, str]],
        places: Places,
        pictures: dict[str, str],
    ) -> Markup:
        """The sections' full text, with a picture in place of each figure."""
        parts = []
        for section, (draft, text) in zip(source.sections, drafts, strict=True):
            placed = places.of(draft)
            address = f"{ROOT}{source.path}#{section.name}"

            def picture(index: int, placed=placed, address=address) -> Markup:
                widget = placed[index]
                summary, takeaway = widget.widget.summary, widget.plot.takeaway
                return FEED_FIGURE.format(address, pictures[widget.name], summary, takeaway)

            def number(index: int, plain: bool, draft=draft) -> Markup:
                return places.quote(draft.marks[index], plain=True)

            parts.append(Markup("<h2>{}</h2>\n").format(section.page.title))
            parts.append(Markup(fill(text, picture, number)))
        return Markup().join(parts)

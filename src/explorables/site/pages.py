"""Pages: templates filled with essays, and put where their addresses say."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from markupsafe import Markup

from explorables.site.assets import Assets
from explorables.site.config import Config
from explorables.site.discovery import author_line
from explorables.site.errors import BuildError, BuildErrors, Problems
from explorables.site.essay import Essay, Section
from explorables.site.headings import below
from explorables.site.links import ROOT, relocate, to_root
from explorables.site.listing import python
from explorables.site.notices import THIRD_PARTY, headed
from explorables.site.rendering import Rendered
from explorables.site.stamp import epoch
from explorables.site.theme import Theme
from explorables.site.write import Output

LICENCES = "licences/"


@dataclass(frozen=True)
class PageInfo:
    """What every template knows of the page it makes.

    `kind` is home, essay, embed, licences, 404, feed or sitemap; `url` the whole canonical address;
    `path` the one within the site; `card` the whole address of the social card, or None;
    `alternates` the same essay in other languages, as pairs of language and whole address.
    """

    title: str
    description: str
    kind: str
    path: str
    url: str
    lang: str
    card: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FeedEntry:
    """An essay in the feed; its text names addresses in full and is escaped for XML."""

    title: str
    url: str
    summary: str
    author: str
    lang: str
    updated: str
    html: Markup


class Pages:
    """Writes the pages of one site, with one Jinja environment for all of them."""

    def __init__(
        self, config: Config, theme: Theme, assets: Assets, output: Output, preload: Iterable[str]
    ) -> None:
        self._config = config
        self._theme = theme
        self._output = output
        self._undated = datetime.datetime.fromtimestamp(epoch(), datetime.UTC).date()
        environment = Environment(
            loader=FileSystemLoader(theme.templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.globals |= {
            "site": config,
            "url": lambda path: ROOT + path.lstrip("/"),
            "asset": assets.asset,
            "figure": theme.figure,
            "preload": [assets.asset(name) for name in preload],
        }
        environment.filters |= {"below": below, "python": python}
        self._template: Callable[[str], Template] = cache(environment.get_template)
        self._essays: list[Essay] = []
        self._entries: list[FeedEntry] = []
        self._hero = Markup()
        self.count = 0

    def essay(self, rendered: Rendered, alternates: tuple[tuple[str, str], ...] = ()) -> None:
        """Write the whole essay, and each section alone for embedding; keep what `finish` needs."""
        essay = rendered.essay
        page = replace(
            self._info(essay.title, essay.summary, "essay", essay.path, essay.lang),
            card=self._absolute(essay.card),
            alternates=tuple((lang, self._config.base_url + path) for lang, path in alternates),
        )
        self._write("essay.html", page, essay=essay)
        for section in essay.sections:
            self._embed(essay, section, page)
        if not self._essays and essay.widgets:
            self._hero = self._theme.figure(essay.widgets[0], numbers=False)
        if rendered.feed_html is not None:
            self._entries.append(self._entry(essay, rendered.feed_html))
        self._essays.append(_without_text(essay))

    def _embed(self, essay: Essay, section: Section, whole: PageInfo) -> None:
        description = section.description or section.summary or essay.summary
        page = self._info(section.title, description, "embed", section.embed_url, essay.lang)
        canonical = f"{whole.url}#{section.name}"
        self._write(
            "embed.html",
            replace(page, url=canonical, card=self._absolute(section.card) or whole.card),
            essay=essay,
            section=section,
        )

    def finish(self, papers: Mapping[str, str]) -> None:
        """Write the front page, with the first essay as its centrepiece, and all the rest."""
        essays, first = self._essays, self._essays[0]
        title, description = self._config.title, self._config.description or first.summary
        home = replace(self._info(title, description, "home", ""), card=self._absolute(first.card))
        self._write("home.html", home, essays=essays, hero=self._hero)
        lost = self._info("Page not found", "There is no page here.", "404", "404.html")
        self._write("404.html", lost, essays=essays)
        licences = self._info("Licences", "What this site is made of.", "licences", LICENCES)
        self._write("licences.html", licences, papers=papers, notices=headed(papers[THIRD_PARTY]))
        self._feed(title, description)
        self._write(
            "sitemap.xml", self._info(title, description, "sitemap", "sitemap.xml"), essays=essays
        )
        robots = f"User-agent: *\nAllow: /\nSitemap: {self._config.base_url}sitemap.xml\n"
        self._output.write("robots.txt", robots)

    def _feed(self, title: str, description: str) -> None:
        entries = sorted(self._entries, key=lambda entry: entry.updated, reverse=True)
        updated = max((entry.updated for entry in entries), default=self._moment(None))
        page = self._info(title, description, "feed", "feed.xml")
        self._write("feed.xml", page, entries=entries, updated=updated)

    def _entry(self, essay: Essay, feed_html: str) -> FeedEntry:
        return FeedEntry(
            title=essay.title,
            url=self._config.base_url + essay.path,
            summary=essay.summary,
            author=essay.author,
            lang=essay.lang,
            updated=self._moment(essay.date),
            html=Markup(escape(relocate(feed_html, self._config.base_url), quote=False)),
        )

    def _moment(self, date: datetime.date | None) -> str:
        return f"{date or self._undated}T00:00:00Z"

    def _info(
        self, title: str, description: str, kind: str, path: str, lang: str | None = None
    ) -> PageInfo:
        url = self._config.base_url + path
        return PageInfo(title, description, kind, path, url, lang or self._config.language)

    def _absolute(self, address: str | None) -> str | None:
        return address and relocate(address, self._config.base_url)

    def _write(self, template: str, page: PageInfo, **context: Any) -> None:
        text = self._fill(template, page, context)
        path = page.path
        root = self._config.base_path if page.kind == "404" else to_root(path)
        own = page.path if page.kind in ("essay", "home") else None
        file = path if path.endswith((".html", ".xml")) else f"{path}index.html"
        self._output.write(file, relocate(text, root, own))
        self.count += file.endswith(".html")

    def _fill(self, template: str, page: PageInfo, context: dict[str, Any]) -> str:
        try:
            return self._template(template).render(page=page, **context)
        except (TemplateError, KeyError, TypeError) as error:
            raise self._blame(template, error) from error

    def _blame(self, template: str, error: Exception) -> BuildErrors:
        """What is wrong with a template, at its line."""
        folder = self._theme.templates
        path, line = author_line(error, folder, folder / template)
        line = getattr(error, "lineno", None) or line
        name = getattr(error, "filename", None) or path
        sentence = f"the template raised {type(error).__name__}: {error}"
        return BuildErrors([BuildError(Problems(folder.parent).show(Path(name)), line, sentence)])


def _without_text(essay: Essay) -> Essay:
    """What other pages tell of an essay; its text and pictures are let go of."""
    sections = tuple(replace(part, html=Markup(), widgets=()) for part in essay.sections)
    return replace(essay, html_intro=Markup(), sections=sections)

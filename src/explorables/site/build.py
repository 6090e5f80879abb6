"""The whole way: load everything, check it, render it, and put the finished site in place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from explorables.progress import Progress, Silence
from explorables.site.errors import Problems
from explorables.site.stamp import stamp
from explorables.site.write import Output, unchanged

if TYPE_CHECKING:
    from explorables.site.assets import Assets
    from explorables.site.config import Config
    from explorables.site.content import EssaySource
    from explorables.site.discovery import Library
    from explorables.site.pages import Pages
    from explorables.site.rendering import Renderer
    from explorables.site.theme import Fonts, Theme

FEED_ENTRIES = 30
WIDGETS = "widgets"
LICENCE = "LICENSE-content"


@dataclass(frozen=True)
class BuildReport:
    """What a build did; `notes` are sentences for the author, such as why fonts are missing."""

    out: Path
    pages: int = 0
    files: int = 0
    bytes: int = 0
    unchanged: bool = False
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.unchanged:
            return "Nothing has changed since the last build."
        size = f"{self.bytes / 1e6:.1f} MB"
        return "\n".join([f"{self.pages} pages, {self.files} files, {size}.", *self.notes])


def build_site(
    content: Path,
    out: Path,
    base_url: str | None = None,
    *,
    progress: Progress | None = None,
    theme: "Theme | None" = None,
) -> BuildReport:
    """Build the content folder into the folder `out`, which changes whole or not at all.

    Raises `BuildErrors` with everything that was found wrong. Returns at once when nothing that
    the site depends on has changed.
    """
    from explorables.site.theme import Theme

    content, theme = content.absolute(), theme or Theme()
    problems = Problems(content.parent)
    _check_places(content, out, problems)
    widgets = content.parent / WIDGETS
    papers = content.parent / LICENCE
    terms = papers.read_text(encoding="utf-8") if papers.is_file() else ""
    key = stamp((content, widgets, theme.templates, theme.static), (base_url or "", terms))
    if unchanged(out, key):
        return BuildReport(out, unchanged=True)
    return Build(content, theme, problems, progress or Silence()).run(out, base_url, key)


def _check_places(content: Path, out: Path, problems: Problems) -> None:
    if not content.is_dir():
        problems.add(content, 1, "there is no content folder here; name it with --content")
    target, source = out.resolve(), content.resolve()
    if target == source or source.is_relative_to(target) or target.is_relative_to(source):
        problems.add(
            out, 1, "the output would replace the content or lie in it; choose another --out"
        )
    problems.check()


class Build:
    """One build: what it reads, where problems go, whom it tells how far it is."""

    def __init__(
        self, content: Path, theme: "Theme", problems: Problems, progress: Progress
    ) -> None:
        self._content = content
        self._theme = theme
        self._problems = problems
        self._progress = progress

    def run(self, out: Path, base_url: str | None, key: str) -> BuildReport:
        """Build into `out`; raises `BuildErrors` and leaves `out` as it was."""
        from explorables.site.assets import Assets, theme_files
        from explorables.site.config import load_config
        from explorables.site.content import load_essays
        from explorables.site.pages import Pages

        self._progress.step("Reading the content")
        config = load_config(self._content, base_url, self._problems)
        language = config.language if config else "en"
        sources = load_essays(self._content, language, self._problems)
        if not sources and not self._problems:
            sentence = "there is no essay yet; write <essay>/index.md with a title"
            self._problems.add(self._content / "site.toml", 1, sentence)
        fonts = self._theme.fonts(self._progress)
        with Output(out, self._problems.show(out)) as output:
            assets = Assets(output, theme_files(self._theme.static, fonts.files, fonts.css))
            pages = Pages(config, self._theme, assets, output, fonts.preload) if config else None
            self._write(sources, self._renderer(sources, assets), pages, config)
            self._problems.check()
            assert pages is not None
            self._write_papers(output, pages, fonts)
            output.commit("" if fonts.reason else key)
        notes = (fonts.reason,) if fonts.reason else ()
        return BuildReport(out, pages.count, output.files, output.bytes, notes=notes)

    def _renderer(self, sources: "list[EssaySource]", assets: Assets) -> "Renderer":
        from explorables.site.addresses import Addresses
        from explorables.site.discovery import author_widgets, built_in_widgets
        from explorables.site.rendering import Renderer

        own = author_widgets(self._content.parent / WIDGETS, self._problems)
        addresses = Addresses(self._content, sources, assets, self._problems)

        @cache
        def library() -> "Library":
            return built_in_widgets() | own

        return Renderer(self._theme, assets, addresses, library, self._problems)

    def _write(
        self,
        sources: "list[EssaySource]",
        renderer: "Renderer",
        pages: "Pages | None",
        config: "Config | None",
    ) -> None:
        """Render and write one essay after another; what home and feed need of it is kept."""
        self._progress.step("Writing essays", len(sources))
        told = _newest(sources)
        for source in sources:
            rendered = renderer.render(source, config.author if config else "", source in told)
            if rendered and pages and not self._problems:
                pages.essay(rendered, _alternates(source, sources))
            self._progress.advance()

    def _write_papers(self, output: Output, pages: "Pages", fonts: "Fonts") -> None:
        self._progress.step("Writing the front page, feed and notices")
        from explorables.site.notices import notices

        papers = notices(self._content, fonts.notices)
        for name, text in papers.items():
            output.write(name, text)
        pages.finish(papers)


def _newest(sources: "list[EssaySource]") -> "set[EssaySource]":
    """The essays that the feed tells in full."""
    dated = sorted(sources, key=lambda source: str(source.index.front.get("date", "")))
    return set(dated[-FEED_ENTRIES:])


def _alternates(source: "EssaySource", sources: "list[EssaySource]") -> tuple[tuple[str, str], ...]:
    """The same essay in every language, this one included; nothing when there is only one."""
    same = [(other.lang, other.path) for other in sources if other.slug == source.slug]
    return tuple(sorted(same)) if len(same) > 1 else ()

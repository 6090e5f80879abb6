"""Markdown as essays are written in: Python-Markdown with its extensions and ours, set up once."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension, slugify_unicode

from explorables.site.draft import SLOT, Draft
from explorables.site.extension import ExplorablesExtension
from explorables.site.formulas import render_formulas
from explorables.site.typography import Typography

# The page's security policy allows no styles within elements: a class does what they would.
ALIGNED = re.compile(r'(?<=<t[dh] )style="text-align: (left|center|right);"')
EXTENSIONS = (
    "attr_list",
    "def_list",
    "sane_lists",
    "tables",
    "pymdownx.arithmatex",
    "pymdownx.blocks.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
)
SETTINGS: dict[str, dict[str, Any]] = {
    "pymdownx.arithmatex": {"generic": True},
}


class Footnotes(FootnoteExtension):
    """Footnotes whose addresses hold the section's name, since an essay is one page."""

    scope = ""

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        """The notes; the way back from each has a name, which an arrow alone is not."""
        notes: Element | None = super().makeFootnotesDiv(root)
        for link in () if notes is None else notes.iter("a"):
            if link.get("class") == "footnote-backref":
                link.set("aria-label", link.attrib.pop("title"))
        return notes

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802
        """The address of the note."""
        return super().makeFootnoteId(f"{self.scope}-{id}" if self.scope else id)

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802
        """The address of the place that refers to it."""
        return super().makeFootnoteRefId(f"{self.scope}-{id}" if self.scope else id, found)


class Writer:
    """Converts one text after another; a heading of level one is refused, for pages have theirs."""

    def __init__(self) -> None:
        self._ours = ExplorablesExtension()
        self._footnotes = Footnotes(
            BACKLINK_TEXT="↩", BACKLINK_TITLE="Back to reference {}", SEPARATOR="-"
        )
        toc = TocExtension(slugify=self._slugify, marker="")
        self._markdown = Markdown(
            extensions=[*EXTENSIONS, Typography(), self._footnotes, toc, self._ours],
            extension_configs=SETTINGS,
            output_format="html",
        )

    def convert(self, draft: Draft) -> str:
        """The text as HTML with slots; what it asks for is noted in `draft`."""
        self._markdown.reset()
        self._ours.draft = draft
        self._footnotes.scope = draft.scope
        html = self._markdown.convert(draft.source.text)

        for heading in getattr(self._markdown, "toc_tokens", ()):
            if heading["level"] == 1:
                line = draft.source.line(f"# {heading['name']}")
                draft.note(
                    line, "the page's title is its only heading of level one; write ## or ###"
                )

        def refuse(latex: str, why: str) -> None:
            draft.problems.add(*draft.source.find(latex.partition("\n")[0]), why)

        html = ALIGNED.sub(r'class="\1"', html)
        return render_formulas(html, refuse)

    def _slugify(self, text: str, separator: str) -> str:
        scope = self._footnotes.scope
        slug = slugify_unicode(SLOT.sub("", text), separator)
        return f"{scope}-{slug}" if scope else slug

"""The Markdown extension: blocks `explorable`, `aside`, `breaks`; marks `:readout[…]`, `:scrub[…]`.

It stands alone: it knows nothing of pages. While a text is converted it fills a `Draft` and leaves
slots in the HTML; who fills the slots, and when, is the caller's business.
"""

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block

from explorables.site.draft import Draft
from explorables.site.scan import MARK, RAW

Element = ElementTree.Element

BEFORE_FENCES = 28  # after line ends are normal (30), before fenced code is taken out (25)
ABOVE_LINKS = 175  # below code (190) and escapes (180), above references (170) and links (160)


class DraftBlock(Block):  # type: ignore[misc]
    """A block that knows the draft of the text in which it stands."""

    @property
    def draft(self) -> Draft:
        """The draft that is being filled."""
        found: Draft = self.config["draft"]()
        return found


class Explorable(DraftBlock):
    """A widget's place. The body is YAML of ours: the widget's values here, and `as:`."""

    NAME = RAW
    ARGUMENT = None

    def on_markdown(self) -> str:
        """Nothing inside is Markdown."""
        return "raw"

    def on_create(self, parent: Element) -> Element:
        """An empty element, to be replaced whole."""
        return ElementTree.SubElement(parent, "div")

    def on_end(self, block: Element) -> None:
        """Leave the slot."""
        block.text = AtomicString(self.draft.place(self.argument or "", block.text or ""))


class Aside(Block):  # type: ignore[misc]
    """A note for the margin."""

    NAME = "aside"

    def on_create(self, parent: Element) -> Element:
        """The `<aside>`."""
        return ElementTree.SubElement(parent, "aside", {"class": "margin-note", "role": "note"})

    def on_markdown(self) -> str:
        """Its content is Markdown."""
        return "block"


class Breaks(Block):  # type: ignore[misc]
    """Where the analogy breaks; the argument is another heading."""

    NAME = "breaks"
    ARGUMENT = None

    def on_create(self, parent: Element) -> Element:
        """The section with its heading, of the level that `##` has."""
        section = ElementTree.SubElement(parent, "section", {"class": "breaks"})
        ElementTree.SubElement(section, "h2").text = self.argument or "Where the analogy breaks"
        return section

    def on_markdown(self) -> str:
        """Its content is Markdown."""
        return "block"


class Scan(Preprocessor):
    """Shows the lines to the draft before anything else has changed them."""

    def __init__(self, md: Markdown, draft: Callable[[], Draft]) -> None:
        super().__init__(md)
        self.draft = draft

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with the bodies of raw blocks taken out."""
        manager: Any = self.md.parser.blockprocessors["blocks"]
        return self.draft().scan(lines, manager.blocks)


class Quote(InlineProcessor):
    """`:readout[widget.name]` and `:scrub[widget.parameter]`."""

    def __init__(self, md: Markdown, draft: Callable[[], Draft]) -> None:
        super().__init__(MARK.pattern, md)
        self.draft = draft

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """A slot for the number."""
        element = ElementTree.Element("span")
        element.text = AtomicString(self.draft().quote(m[1], m[2], m[0]))
        return element, m.start(0), m.end(0)


class ExplorablesExtension(BlocksExtension):  # type: ignore[misc]
    """Registers all of the above; `draft` is the one that is being filled, set for each text."""

    def __init__(self, **kwargs: Any) -> None:
        self.draft: Draft | None = None
        super().__init__(**kwargs)

    def current(self) -> Draft:
        """The draft of the text that is being converted."""
        if self.draft is None:
            raise RuntimeError("set the extension's draft before converting")
        return self.draft

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: N802
        """Register blocks, marks and the scan."""
        _never_stand_still(block_mgr)
        block_mgr.register(Explorable, {"draft": self.current})
        block_mgr.register(Aside, {})
        block_mgr.register(Breaks, {})
        md.preprocessors.register(Scan(md, self.current), "explorables-scan", BEFORE_FENCES)
        md.inlinePatterns.register(Quote(md, self.current), "explorables-quote", ABOVE_LINKS)


def _never_stand_still(manager: Any) -> None:
    """Let other processors have a text that the manager of blocks takes but leaves unchanged.

    It does so with a block that is opened in a quotation and not closed there, for ever (pymdown-
    extensions 10 to 13).
    """
    run = manager.run

    def run_or_pass(parent: Element, blocks: list[str]) -> bool | None:
        before = list(blocks)
        run(parent, blocks)
        return False if blocks == before else None

    manager.run = run_or_pass

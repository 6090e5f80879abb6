"""Signs as they are printed: curly quotes, dashes, and a true minus before a number.

Python-Markdown's smarty does most of it, one piece of text at a time. A piece after emphasis, a
link or a number of ours begins in the midst of a sentence, which smarty takes for a beginning. So
quotes that close there are set before, while the sentence is whole and `ETX` ends what was taken
out of it.
"""

import re

from markdown import Extension, Markdown
from markdown.extensions.smarty import SmartyExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX

SIGNS = {
    "left-single-quote": "‘",
    "right-single-quote": "’",
    "left-double-quote": "“",
    "right-double-quote": "”",
    "ellipsis": "…",
    "ndash": "–",
    "mdash": "—",
}
CHANGES = {
    rf'(?<={ETX})"(?!\w)': "”",
    rf"(?<={ETX})'(?!\w)": "’",
    rf"(?<={ETX})'(?=(?:s|d|m|t|ll|re|ve)\b)": "’",
    r"(?<![^\s(\[])-(?=\.?\d)": "\N{MINUS SIGN}",
}
LAST = 5


class Sign(InlineProcessor):
    """Replaces what its pattern finds by one sign."""

    def __init__(self, pattern: str, sign: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.sign = sign

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        """The sign."""
        return self.sign, m.start(0), m.end(0)


class Typography(Extension):
    """Registers smarty with plain signs, and what it lacks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register all of it."""
        md.registerExtensions([SmartyExtension(substitutions=SIGNS)], {})
        for number, (pattern, sign) in enumerate(CHANGES.items()):
            md.inlinePatterns.register(Sign(pattern, sign, md), f"sign-{number}", LAST)

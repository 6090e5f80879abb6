"""The papers that go with a site: licences of the code and the content, and of what is not ours."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from textwrap import fill

CODE, CONTENT, THIRD_PARTY = "LICENSE", "LICENSE-content", "THIRD-PARTY-NOTICES.txt"
TITLE = "What this site carries that others made"
PREAMBLE = """\
The styles and pages come from explorables, under the terms in LICENSE. The words and pictures are
the author's{terms}. Colours of code, formulas and pictures were computed when the site was built,
by Pygments, latex2mathml and matplotlib; none of their files are here.
"""
WIDTH = 92
HEADING = re.compile(r"^(?:\A|(?<=\n\n))(.+)\n[=-]{4,}\n", re.MULTILINE)
RULE = re.compile(r"^[=-]{4,}\n", re.MULTILINE)
WRAPPED = re.compile(r"^(.{56,})\n(?=\S)", re.MULTILINE)


def notices(content: Path, fonts: str) -> dict[str, str]:
    """The papers by file name; `fonts` is what the fonts' licences ask to be said, or empty."""
    papers = {}
    if code := _package_licence():
        papers[CODE] = code
    own = next((path for path in _own_licences(content) if path.is_file()), None)
    if own:
        papers[CONTENT] = own.read_text(encoding="utf-8")
    terms = f", under the terms in {CONTENT}" if own else ""
    carried = fonts.strip() or "It carries no fonts and no libraries of others."
    preamble = fill(PREAMBLE.format(terms=terms), WIDTH)
    papers[THIRD_PARTY] = f"{TITLE}\n{'=' * len(TITLE)}\n\n{preamble}\n\n{carried}\n"
    return papers


def headed(paper: str) -> list[tuple[str, str]]:
    """A paper as headings, each with what stands under it, without the rules drawn in characters.

    Lines that were broken where the paper was full are joined: the page breaks its own.
    """
    _, *parts = HEADING.split(paper)
    texts = (WRAPPED.sub(r"\1 ", RULE.sub("", text)).strip() for text in parts[1::2])
    return list(zip(parts[::2], texts, strict=True))


def _own_licences(content: Path) -> Iterator[Path]:
    yield content / CONTENT
    yield content.parent / CONTENT


def _package_licence() -> str:
    """The licence of this package: the checkout's, else the installed one."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parents[1] / CODE
    if package.parent.name == "src" and checkout.is_file():
        return checkout.read_text(encoding="utf-8")
    try:
        installed = files("explorables") or []
    except PackageNotFoundError:
        return ""
    return next((path.read_text() for path in installed if path.name == CODE), "")

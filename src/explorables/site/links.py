"""Addresses inside the site, written so that one text serves pages at any depth.

Rendered HTML names an address of the site as `ROOT` and a path: `\\ufdd0assets/…/site.css`. When
a page is written, `ROOT` becomes the way from that page to the site's root. So pages work under
any `base_url`, and their pictures and styles also from a folder on disk.
"""

import re

ROOT = "\ufdd0"
HREF = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


def to_root(page: str) -> str:
    """The way from the page at `page` to the root.

    >>> to_root(""), to_root("essay/"), to_root("embed/essay/rain/")
    ('./', '../', '../../../')
    """
    return "../" * page.count("/") or "./"


def relocate(text: str, root: str, page: str | None = None) -> str:
    """The text with every address of the site made real; fragments of `page` itself stay bare."""
    if page:
        text = text.replace(f'"{ROOT}{page}#', '"#')
    return text.replace(ROOT, root)


def is_external(address: str) -> bool:
    """Whether an author's address leads elsewhere or is a bare fragment."""
    return not address or HREF.match(address) is not None

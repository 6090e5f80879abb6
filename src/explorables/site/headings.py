"""The levels of headings: a section's text stands under a title, and where decides how deep."""

import re

from markupsafe import Markup

HEADING = re.compile(r"(?<=<)(/?)h([1-5])(?=[ >])")


def below(html: str) -> Markup:
    """The HTML with each heading one level deeper, to stand under a title that is one itself.

    >>> below('<h2 id="a">A</h2>')
    Markup('<h3 id="a">A</h3>')
    """
    return Markup(HEADING.sub(lambda found: f"{found[1]}h{int(found[2]) + 1}", html))

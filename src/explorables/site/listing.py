"""Python source as a listing, with classes for the theme."""

from markupsafe import Markup


def python(source: str) -> Markup:
    """Highlight Python source, escaped, without an element around it.

    >>> python("x < 1")
    Markup('<span class="n">x</span> <span class="o">&lt;</span> <span class="mi">1</span>\\n')
    """
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return Markup(highlight(str(source), PythonLexer(), HtmlFormatter(nowrap=True)))

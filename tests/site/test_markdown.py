"""What the Markdown of essays becomes."""

import re
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorables.site.draft import LEFT_OVER, Draft, fill
from explorables.site.errors import Problems
from explorables.site.headings import below
from explorables.site.markdown import Writer
from explorables.site.source import Source

WRITER = Writer()


def draft(text: str, scope: str = "") -> Draft:
    origins = tuple((Path("x.md"), i + 1) for i in range(text.count("\n") + 1))
    return Draft(Source(text, origins), Problems(), scope)


def html(text: str, scope: str = "") -> str:
    return fill(
        WRITER.convert(draft(text, scope)), lambda i: f"[figure {i}]", lambda i, _: f"[{i}]"
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("-3 and (-0.5) and -.5", "−3 and (−0.5) and −.5"),
        ("2010-2015, x-3, 2026-03-01", "2010-2015, x-3, 2026-03-01"),
        ("It's \"so\" -- or... 'not'", "It’s “so” – or… ‘not’"),
        ('`-3 "x"`', '<code>-3 "x"</code>'),
        ('":readout[a.b]"', "“[0]”"),
        ('"*a*", "*b*" \'*c*\'.', "“<em>a</em>”, “<em>b</em>” ‘<em>c</em>’."),
        ("*Nature*'s and `x`'s", "<em>Nature</em>’s and <code>x</code>’s"),
        ("**a** -3, *b*-3", "<strong>a</strong> −3, <em>b</em>-3"),
        ("$5 and $10", "$5 and $10"),
        ("**:scrub[a.b]**", "<strong>[0]</strong>"),
        ("[:readout[a.b]](http://x.org)", '<a href="http://x.org">[0]</a>'),
        ("![:readout[a.b] high](a.png)", '<img alt="[0] high" src="a.png">'),
        ("`:readout[a.b]`", "<code>:readout[a.b]</code>"),
        (":readout a.b", ":readout a.b"),
    ],
)
def test_typography_and_marks(written: str, read: str) -> None:
    assert html(written) == f"<p>{read}</p>"


@pytest.mark.parametrize("fence", ["```", "~~~~", "``` python"])
def test_fenced_code_is_left_alone(fence: str) -> None:
    code = "/// explorable | x\n:readout[a.b]\n/// nonsense\n$x$ -3"
    one = draft(f"{fence}\n{code}\n{fence.split()[0]}")
    text = WRITER.convert(one)
    assert (one.placements, one.marks, len(one.problems)) == ([], [], 0)
    assert ":readout[a.b]" in text.replace('<span class="p">', "").replace("</span>", "") or (
        "readout" in text
    )


def test_formulas_are_mathml_inline_and_block() -> None:
    text = html("Inline $x^2 < 3$.\n\n$$\n\\frac{1}{2}\n$$")
    assert '<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup>' in text
    assert '<div class="math"><math display="block">' in text
    assert "arithmatex" not in text


def test_anchors_and_footnotes_are_told_apart_by_section() -> None:
    text = html("### A heading\n\nText[^1].\n\n[^1]: Note.", scope="rain")
    assert 'id="rain-a-heading"' in text
    assert 'href="#fn-rain-1"' in text
    assert 'id="fn-rain-1"' in text


def test_the_way_back_from_a_footnote_has_a_name() -> None:
    text = html("One[^1], two[^2].\n\n[^1]: Note.\n[^2]: Other.", scope="rain")
    assert re.findall(r'aria-label="([^"]+)" class="footnote-backref"', text) == [
        "Back to reference 1",
        "Back to reference 2",
    ]


def test_where_the_analogy_breaks_is_a_heading_like_any_other() -> None:
    text = html("## One\n\n/// breaks\nText.\n///\n\n### Below", scope="rain")
    assert re.findall("<h([1-6])", text) == ["2", "2", "3"]
    assert re.findall("</?h([1-6])", below(text)) == ["3", "3", "3", "3", "4", "4"]


def test_no_inline_style_is_written() -> None:
    assert "style=" not in html("| a | b |\n|:-:|--:|\n| 1 | 2 |")


def test_the_lines_of_blocks_and_marks_are_kept() -> None:
    one = draft(
        "a\n\n/// explorable | x\n\na: 1\n///\n\n"
        "- list\n\n    /// explorable | y\n    b: 2\n    ///\n\n"
        "[^n]: :readout[n.a]\n\n> :readout[q.a]\n\n:readout[n.a] [^n]"
    )
    WRITER.convert(one)
    assert [(p.widget, p.origin[1], p.record.lines) for p in one.placements] == [
        ("x", 3, {"a": 5}),
        ("y", 10, {"b": 11}),
    ]
    assert {(str(mark), mark.origin[1]) for mark in one.marks} == {
        (":readout[n.a]", 14),
        (":readout[q.a]", 16),
        (":readout[n.a]", 18),
    }


def test_an_open_block_in_a_quotation_does_not_hang() -> None:
    converting = threading.Thread(
        target=html, args=("> /// aside\n* * *\n/// breaks\n///",), daemon=True
    )
    converting.start()
    converting.join(20)
    assert not converting.is_alive()


FRAGMENTS = st.sampled_from(
    """/// explorable | x¦///¦////¦/// aside¦//// details | T¦/// breaks¦a: 1¦    a: [¦¦¦*em* `c`¦
:readout[a.b]¦:scrub[x¦```¦~~~¦```python¦    indented¦- item¦> quote¦> /// aside¦[^1]¦$x^2$¦$$¦
    /// explorable | y¦    ///¦[^1]: foot :readout[a.b]¦\\[¦<!--¦-->¦<div>¦</div>¦| a |¦|---|¦
### h :readout[a.b]¦![a](b.png)¦{: #id }¦-5¦* * *¦1. one¦\t/// aside¦===¦term¦:   definition¦
<script>¦&amp;¦\\¦///-¦(-.5)¦> :readout[a.b]¦=== "T"¦/// -""".replace("\n", "").split("¦")
)


@settings(deadline=None)
@given(st.lists(FRAGMENTS, max_size=25).map("\n".join))
def test_any_text_is_converted_or_told(text: str) -> None:
    one = draft(text, "s")
    read = fill(WRITER.convert(one), lambda i: f"[figure {i}]", lambda i, _: f"[{i}]")
    assert not LEFT_OVER.search(read)
    assert read.count("[figure ") <= len(one.placements)

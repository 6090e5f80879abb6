"""Texts are read whole or told; fences are seen where Markdown sees them."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from explorables.site.errors import Problems
from explorables.site.source import Source, fenced, inside, join_includes, read_text

LINES = st.lists(
    st.sampled_from(
        ["text", "```", "````", "~~~", "``` py", "> ```", "<!--", "-->", "<!-- x -->", ""]
    )
)


@given(LINES)
def test_a_fence_covers_what_it_opens_and_closes(lines: list[str]) -> None:
    covered = fenced(lines)
    assert len(covered) == len(lines)
    assert not any(
        covered[i]
        for i, line in enumerate(lines)
        if "`" not in "".join(lines[: i + 1])
        and "~" not in "".join(lines[: i + 1])
        and "<!--" not in "".join(lines[: i + 1])
    )


def test_windows_lines_and_a_byte_order_mark_are_read_as_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree")
    assert read_text(file, Problems()) == "one\ntwo\nthree"


def test_a_folder_is_told_not_raised(tmp_path: Path) -> None:
    problems = Problems()
    assert read_text(tmp_path, problems) is None
    assert len(problems) == 1


def test_lines_after_an_include_keep_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("one\ntwo\n")
    text = "a\n/// include | part.md\n///\nb\n```\n/// include | part.md\n```"
    source = join_includes(text, tmp_path / "x.md", 5, tmp_path, Problems())
    shown = [
        (line, path.name, number)
        for line, (path, number) in zip(source.text.split("\n"), source.origins, strict=True)
    ]
    assert shown == [
        ("a", "x.md", 5),
        ("one", "part.md", 1),
        ("two", "part.md", 2),
        ("b", "x.md", 8),
        ("```", "x.md", 9),
        ("/// include | part.md", "x.md", 10),
        ("```", "x.md", 11),
    ]


def test_what_is_not_found_is_at_the_first_line() -> None:
    source = Source("a\nb", ((Path("x"), 3), (Path("x"), 4)))
    assert source.find("b") == (Path("x"), 4)
    assert source.find("c") == source.find("") == (Path("x"), 3)
    assert source.origin(99) == (Path("x"), 4)


def test_inside_follows_links(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "loop").symlink_to(root / "loop")
    (root / "out").symlink_to(tmp_path)
    assert inside(root / "a" / ".." / "b", root)
    assert not inside(root / "out" / "x", root)
    assert not inside(root / ".." / "x", root)
    assert not inside(root / "\0", root)

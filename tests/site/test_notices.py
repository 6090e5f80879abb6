"""The papers say what is carried, and only that."""

from pathlib import Path

from explorables.site.images import attributes, size
from explorables.site.notices import CODE, CONTENT, THIRD_PARTY, headed, notices
from explorables.site.theme import theme_root


def test_the_authors_own_licence_goes_along(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    assert CONTENT not in notices(content, "")
    (tmp_path / CONTENT).write_text("All mine.")
    papers = notices(content, "Literata: OFL")
    assert papers[CONTENT] == "All mine."
    assert "Literata: OFL" in papers[THIRD_PARTY]
    assert papers[CODE] == (theme_root() / CODE).read_text()


def test_no_fonts_means_that_nothing_of_others_is_carried(tmp_path: Path) -> None:
    assert "It carries no fonts" in notices(tmp_path, "")[THIRD_PARTY]


def test_a_paper_becomes_headings_without_drawn_rules(tmp_path: Path) -> None:
    long = "This licence has lines that were broken where the paper was full,"
    fonts = f"Face: cut down\n------------\n{long}\nand here.\n\n-----\nOFL\n-----\n\nFree.\nYes."
    (whole, said), face = headed(notices(tmp_path, fonts)[THIRD_PARTY])
    assert whole == "What this site carries that others made"
    assert "\n" not in said
    assert face == ("Face: cut down", f"{long} and here.\n\nOFL\n\nFree.\nYes.")


def test_pictures_are_measured_and_what_is_none_is_not() -> None:
    gif = (
        b"GIF89a\x03\x00\x02\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x00\x00\x00\x00\x00,"
    )
    gif += b"\x00\x00\x00\x00\x03\x00\x02\x00\x00\x02\x02\x84\x5f\x00;"
    assert size(gif) == (3, 2)
    assert attributes(gif) == ' width="3" height="2" loading="lazy" decoding="async"'
    for data in (b"", b"<svg/>", b"\x89PNG", b"nothing"):
        assert size(data) is None

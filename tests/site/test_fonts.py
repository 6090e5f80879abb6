"""Fonts: the pinned files and no others, small enough, with the characters and measures needed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from explorables.progress import Silence
from explorables.site import faces, fonts, npm
from explorables.site.cache import keep
from explorables.site.npm import Package, Unavailable
from explorables.site.theme import Fonts

BUDGET = 80_000
NEEDED = "Aa zZ 0123456789 éÅßø ‘’“” – — … ‹ › · × − ± ° ² ½ ↑ ↓ λ β η Δ"
SAMPLE = (
    "The hiker walks down the valley, and each step is as long as the slope under her feet is "
    "steep. A little memory of the last step carries her over small hills; too much of it, and "
    "she runs past the place she was looking for. Numbers such as 0.9 and 140 stand in the text, "
    "because the code computed them."
)
# The sample's mean advance in local faces, in em. Georgia was measured on Gelasio, Arial and Times
# on the Liberation faces, which have the same widths.
LOCAL = {
    "Georgia": 0.43167,
    "Georgia Italic": 0.43731,
    "Times New Roman": 0.39421,
    "Times New Roman Italic": 0.39481,
    "Noto Serif": 0.46674,
    "Noto Serif Italic": 0.45446,
    "Arial": 0.43879,
    "Arial Bold": 0.47125,
    "Roboto": 0.43765,
    "Roboto Bold": 0.444,
}


@pytest.fixture(scope="session")
def made() -> Fonts:
    prepared = fonts.fonts(Silence())
    if prepared.reason:
        pytest.skip(prepared.reason)
    return prepared


def font(made: Fonts, file: str) -> TTFont:
    return TTFont(io.BytesIO(made.files[f"fonts/{file}.woff2"]))


def mean_advance(font: TTFont) -> float:
    names, advances = font.getBestCmap(), font["hmtx"]
    widths = [advances[names[ord(character)]][0] for character in SAMPLE]
    return float(sum(widths) / len(widths) / font["head"].unitsPerEm)


def test_what_every_page_may_load_is_within_budget(made: Fonts) -> None:
    files = [f"fonts/{face.file}.woff2" for face in faces.WEB]
    assert sum(len(made.files[file]) for file in files) <= BUDGET
    assert len(files) <= 4


@pytest.mark.parametrize("face", faces.WEB, ids=lambda face: face.file)
def test_the_characters_are_there(made: Fonts, face: faces.Face) -> None:
    missing = {
        character
        for character in NEEDED
        if ord(character) not in font(made, face.file).getBestCmap()
    }
    assert not missing


@pytest.mark.parametrize("face", faces.WEB, ids=lambda face: face.file)
def test_the_extension_holds_what_its_range_promises(made: Fonts, face: faces.Face) -> None:
    promised = set()
    for span in fonts.EXTENDED.removeprefix("U+").split(",U+"):
        first, last = (int(end, 16) for end in span.split("-"))
        promised |= set(range(first, last + 1))
    there = font(made, f"{face.file}-extended").getBestCmap().keys()
    assert promised - there <= {0x149}  # ŉ is deprecated and in few fonts
    assert not promised & font(made, face.file).getBestCmap().keys()


def test_the_axes_are_those_of_the_table(made: Fonts) -> None:
    def axes(file: str) -> dict[str, tuple[float, float]]:
        table = font(made, file).get("fvar")
        return (
            {axis.axisTag: (axis.minValue, axis.maxValue) for axis in table.axes} if table else {}
        )

    assert axes("literata") == {"opsz": (12, 48)}
    assert axes("literata-italic") == {}
    assert axes("source-sans") == {"wght": (400, 650)}


@pytest.mark.parametrize("file", ["literata", "source-sans"])
def test_greek_letters_vary_like_their_neighbours(made: Fonts, file: str) -> None:
    """A joined glyph keeps its variations: its outline differs at the two ends of the axis."""
    outlines = []
    for end in ("minValue", "maxValue"):
        whole = font(made, file)
        (axis,) = whole["fvar"].axes
        fixed = instantiateVariableFont(whole, {axis.axisTag: getattr(axis, end)})
        names = fixed.getBestCmap()
        outlines.append([list(fixed["glyf"][names[ord(letter)]].coordinates) for letter in "λn"])
    assert outlines[0][0] != outlines[1][0]
    assert outlines[0][1] != outlines[1][1]


@pytest.mark.parametrize("face", faces.WEB, ids=lambda face: face.file)
def test_cutting_again_gives_the_same_bytes(made: Fonts, face: faces.Face) -> None:
    assert face.cut(npm.provide(face.package)) == made.files[f"fonts/{face.file}.woff2"]


@pytest.mark.parametrize("fallback", fonts.FALLBACKS, ids=lambda each: each.local[0])
def test_fallbacks_have_the_measures_of_the_real_face(
    made: Fonts, fallback: fonts.Fallback
) -> None:
    if fallback.family.startswith("Source Sans"):
        real = instantiateVariableFont(font(made, "source-sans"), {"wght": int(fallback.weight)})
    elif fallback.style == "italic":
        real = font(made, "literata-italic")
    else:
        real = instantiateVariableFont(font(made, "literata"), {"opsz": 19})  # the text's size
    em = real["head"].unitsPerEm
    assert fallback.width == pytest.approx(mean_advance(real) / LOCAL[fallback.local[0]], abs=0.001)
    assert fallback.ascent == real["hhea"].ascent / em
    assert fallback.descent == -real["hhea"].descent / em
    adjusted = float(re.findall(r"ascent-override:([\d.]+)%", fallback.css())[0]) / 100
    assert adjusted * fallback.width == pytest.approx(fallback.ascent, abs=1e-4)


def test_styles_name_every_file_and_no_other(made: Fonts) -> None:
    named = re.findall(r"url\(\.\./(fonts/[\w-]+\.woff2)\)", made.css)
    assert sorted(named) == sorted(made.files)
    assert set(fonts.PRELOAD) <= made.files.keys()


def test_families_are_those_of_the_theme(made: Fonts, root: Path) -> None:
    tokens = (root / "static" / "css" / "tokens.css").read_text()
    for family in set(re.findall(r'font-family:"([^"]+)"', made.css)):
        assert family in tokens


def test_licences_go_with_the_files(made: Fonts) -> None:
    assert made.notices.count("SIL OPEN FONT LICENSE Version 1.1") == 2


def test_static_files_for_bitmaps_carry_their_names(made: Fonts) -> None:
    files = fonts.statics()
    assert files.keys() == faces.PRINT.keys()
    for family, path in files.items():
        static = TTFont(path)
        assert "fvar" not in static
        assert static["name"].getDebugName(1) == family
        assert {ord("λ"), ord("−"), ord("é")} <= static.getBestCmap().keys()


def npm_that_brings(folder: Path, content: bytes) -> None:
    (folder / "content").write_bytes(content)
    client = folder / "npm"
    client.write_text(
        f"#!/bin/sh\n/bin/cp {folder}/content package.tgz\necho called >> {folder}/log\n"
    )
    client.chmod(0o755)


PINNED = Package(
    "a-font", "1.0.0", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No client but what a test makes, no registry, an empty cache."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("EXPLORABLES_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    fonts._archive.cache_clear()
    return tmp_path


def test_a_pinned_package_is_fetched_once(alone: Path) -> None:
    npm_that_brings(alone, b"abc")
    assert npm.provide(PINNED) == npm.provide(PINNED) == b"abc"
    assert (alone / "log").read_text() == "called\n"


def test_a_package_that_differs_is_refused_and_not_kept(alone: Path) -> None:
    npm_that_brings(alone, b"abd")
    with pytest.raises(Unavailable, match=r"a-font 1\.0\.0 is not the file that is pinned"):
        npm.provide(PINNED)
    assert not PINNED.kept.exists()


def test_a_damaged_copy_in_the_cache_is_fetched_anew(alone: Path) -> None:
    npm_that_brings(alone, b"abc")
    keep(PINNED.kept, b"abd")
    assert npm.provide(PINNED) == b"abc"
    assert PINNED.kept.read_bytes() == b"abc"


def test_a_cache_that_cannot_be_written_only_costs_time(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm_that_brings(alone, b"abc")
    (alone / "file").touch()
    monkeypatch.setenv("EXPLORABLES_CACHE", str(alone / "file"))
    assert npm.provide(PINNED) == b"abc"


def test_without_the_packages_pages_fall_back_and_say_so(alone: Path) -> None:
    prepared = fonts.fonts(Silence())
    assert not prepared.files
    assert prepared.reason.startswith("The fonts Literata and Source Sans 3 could not be had")
    assert "\n" not in prepared.reason
    assert prepared.css.count("@font-face") == len(fonts.FALLBACKS)
    assert "url(" not in prepared.css
    assert fonts.statics() == {}

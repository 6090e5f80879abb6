"""The faces of the theme: which packages they come from, and how the files are cut from them."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from explorables.site.npm import Package

LITERATA = Package(
    "@fontsource-variable/literata",
    "5.3.0",
    "6511fb89c1b68ad10a422204580984dd3e27a129edc4cd015ee342f06a8fe4ac",
)
SOURCE_SANS = Package(
    "@fontsource-variable/source-sans-3",
    "5.3.0",
    "115c2d5a38a05d52c77ba02e4d939644bae30585a30a2e4657a3be2c99d5c7dc",
)

LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
SIGNS = "ıŒœ‐‑‒–—―‘’‚“”„†•…‰′″‹›⁄€™↑↓−∕\u2009\u200a"
GREEK = "αβγδεηθλμνπρσφωΓΔΘΛΣΩ"
EXTENDED = "".join(map(chr, range(0x100, 0x17F)))

FEATURES = ["kern", "liga", "tnum"]
# Metrics for vertical text and for programs that do not read variations; browsers ask for neither.
UNUSED = ["HVAR", "MVAR", "VVAR", "STAT", "BASE", "vhea", "vmtx"]

Limits = Mapping[str, float | tuple[float, float]]


@dataclass(frozen=True)
class Face:
    """A file to be cut: from which package, with what left of its axes."""

    file: str
    package: Package
    pattern: str
    limits: Limits

    def cut(self, archive: bytes) -> bytes:
        """Latin, signs and the Greek letters of formulas, as a woff2 file."""
        return _save(self._joined(archive), "woff2")

    def cut_extended(self, archive: bytes) -> bytes:
        """Latin Extended-A, as a woff2 file that loads only where a text needs it."""
        font = self._part(archive, "latin-ext", EXTENDED)
        return _save(font, "woff2")

    def cut_static(self, archive: bytes, family: str) -> bytes:
        """The same as `cut` as a TrueType file, under a family name of its own."""
        font = self._joined(archive)
        for record in (1, 4, 6, 16):
            font["name"].setName(family, record, 3, 1, 0x409)
        font["OS/2"].usWeightClass = 400  # each has its own family, and in it the plain weight
        return _save(font, None)

    def _joined(self, archive: bytes) -> TTFont:
        """Latin and Greek in one font: the package has them apart, a label side by side."""
        font = self._part(archive, "latin", LATIN + SIGNS)
        greek = self._part(archive, "greek", GREEK)
        _add(font, greek, set(greek.getGlyphOrder()) - set(font.getGlyphOrder()))
        return font

    def _part(self, archive: bytes, subset: str, characters: str) -> TTFont:
        source = TTFont(io.BytesIO(_member(archive, f"files/{self.pattern.format(subset)}.woff2")))
        source.recalcTimestamp = False  # the same bytes tomorrow
        options = Options(hinting=False, layout_features=FEATURES, name_IDs=[1, 4, 6, 16])
        options.drop_tables += UNUSED
        subsetter = Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(source)
        limited = instantiateVariableFont(source, dict(self.limits))
        return TTFont(io.BytesIO(_save(limited, None)), recalcTimestamp=False)


OPTICAL, BODY = (12, 48), 16
WEB = (
    Face("literata", LITERATA, "literata-{}-opsz-normal", {"opsz": OPTICAL, "wght": 400}),
    Face("literata-italic", LITERATA, "literata-{}-opsz-italic", {"opsz": BODY, "wght": 400}),
    Face("source-sans", SOURCE_SANS, "source-sans-3-{}-wght-normal", {"wght": (400, 650)}),
)
PRINT = {
    "Explorables Title": Face("title", LITERATA, WEB[0].pattern, {"opsz": 40, "wght": 400}),
    "Explorables Serif": Face("serif", LITERATA, WEB[0].pattern, {"opsz": 20, "wght": 400}),
    "Explorables Italic": Face("italic", LITERATA, WEB[1].pattern, {"opsz": BODY, "wght": 400}),
    "Explorables Sans": Face("sans", SOURCE_SANS, WEB[2].pattern, {"wght": 400}),
    "Explorables Bold": Face("bold", SOURCE_SANS, WEB[2].pattern, {"wght": 600}),
}


def licence(archive: bytes) -> str:
    """The licence that lies in a package's archive."""
    return _member(archive, "LICENSE").decode("utf-8")


def _member(archive: bytes, name: str) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as package:
        file = package.extractfile(f"package/{name}")
        assert file is not None, name
        return file.read()


def _add(font: TTFont, other: TTFont, glyphs: Iterable[str]) -> None:
    """Copy plain glyphs between two instances of one design, with their variations."""
    variations = [each["gvar"].variations for each in (font, other) if "gvar" in each]
    for glyph in sorted(glyphs):
        font["glyf"][glyph] = other["glyf"][glyph]
        font["hmtx"][glyph] = other["hmtx"][glyph]
        if variations:
            variations[0][glyph] = variations[1].get(glyph, [])
    added = {code: glyph for code, glyph in other.getBestCmap().items() if glyph in set(glyphs)}
    for table in font["cmap"].tables:
        table.cmap.update(added)


def _save(font: TTFont, flavor: str | None) -> bytes:
    file = io.BytesIO()
    font.flavor = flavor
    font.save(file)
    return file.getvalue()

"""The fonts of pages and pictures: cut once, kept in the user's cache, done without if need be."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from explorables.site import faces, npm
from explorables.site.cache import cache_dir, cached, digest
from explorables.site.faces import PRINT, WEB, Face
from explorables.site.npm import Package, Unavailable
from explorables.site.theme import Fonts

if TYPE_CHECKING:
    from explorables.progress import Progress

FOLDER = "fonts"
PRELOAD = (f"{FOLDER}/literata.woff2", f"{FOLDER}/source-sans.woff2")
STYLES = {
    "literata": ("Literata", "normal", "400"),
    "literata-italic": ("Literata", "italic", "400"),
    "source-sans": ("Source Sans 3", "normal", "400 650"),
}
EXTENDED = "U+100-130,U+132-151,U+154-17E"


# Local faces: desktops' own, free ones of the same widths, and Android's.
GEORGIA = ("Georgia", "Gelasio")
GEORGIA_ITALIC = ("Georgia Italic", "Georgia-Italic", "Gelasio Italic")
TIMES = ("Times New Roman", "TimesNewRomanPSMT", "Tinos", "Liberation Serif")
TIMES_ITALIC = ("Times New Roman Italic", "TimesNewRomanPS-ItalicMT", "Liberation Serif Italic")
NOTO, NOTO_ITALIC = ("Noto Serif", "NotoSerif"), ("Noto Serif Italic", "NotoSerif-Italic")
ARIAL = ("Arial", "ArialMT", "Arimo", "Liberation Sans")
ARIAL_BOLD = ("Arial Bold", "Arial-BoldMT", "Arimo Bold", "Liberation Sans Bold")
ROBOTO, ROBOTO_BOLD = ("Roboto", "Roboto-Regular"), ("Roboto Bold", "Roboto-Bold")


@dataclass(frozen=True)
class Fallback:
    """A local face stretched to the measures of a real one, so that a late font moves nothing.

    `width` is the real face's mean advance over the local one's, `ascent` and `descent` are the
    real face's, in em; tests/site/test_fonts.py measures them again.
    """

    family: str
    style: str
    weight: str
    local: tuple[str, ...]
    width: float
    ascent: float
    descent: float

    def css(self) -> str:
        """The `@font-face` rule."""
        sources = ",".join(f'local("{name}")' for name in self.local)
        return _rule(
            self.family,
            self.style,
            self.weight,
            f"src:{sources};size-adjust:{self.width:.2%};"
            f"ascent-override:{self.ascent / self.width:.2%};"
            f"descent-override:{self.descent / self.width:.2%};line-gap-override:0%",
        )


FALLBACKS = (
    Fallback("Literata fallback", "normal", "400", GEORGIA, 1.07, 1.177, 0.308),
    Fallback("Literata fallback", "italic", "400", GEORGIA_ITALIC, 0.997, 1.177, 0.308),
    Fallback("Literata on Times", "normal", "400", TIMES, 1.172, 1.177, 0.308),
    Fallback("Literata on Times", "italic", "400", TIMES_ITALIC, 1.104, 1.177, 0.308),
    Fallback("Literata on Noto", "normal", "400", NOTO, 0.99, 1.177, 0.308),
    Fallback("Literata on Noto", "italic", "400", NOTO_ITALIC, 0.959, 1.177, 0.308),
    Fallback("Source Sans fallback", "normal", "400", ARIAL, 0.929, 1.024, 0.4),
    Fallback("Source Sans fallback", "normal", "600", ARIAL_BOLD, 0.89, 1.024, 0.4),
    Fallback("Source Sans on Roboto", "normal", "400", ROBOTO, 0.931, 1.024, 0.4),
    Fallback("Source Sans on Roboto", "normal", "600", ROBOTO_BOLD, 0.945, 1.024, 0.4),
)


def fonts(progress: Progress) -> Fonts:
    """The files and styles of the faces; without the packages, local faces and the reason."""
    progress.step("Preparing the fonts", len(WEB))
    files: dict[str, bytes] = {}
    try:
        for face in WEB:
            files[f"{FOLDER}/{face.file}.woff2"] = _made(face, ".woff2", face.cut)
            files[f"{FOLDER}/{face.file}-extended.woff2"] = _made(face, "-x", face.cut_extended)
            progress.advance()
        notices = "\n\n".join(map(_notice, (faces.LITERATA, faces.SOURCE_SANS)))
    except Unavailable as error:
        return Fonts(css=css(()), reason=_sentence(error))
    return Fonts(css=css(files), files=files, notices=notices)


def statics() -> dict[str, Path]:
    """TrueType files of one weight by family name, for matplotlib; none without the packages."""
    try:
        made = {family: _static(family, face) for family, face in PRINT.items()}
    except Unavailable:
        return {}
    return made if all(path.is_file() for path in made.values()) else {}


def css(files: Collection[str], folder: str = f"../{FOLDER}") -> str:
    """The `@font-face` rules: the fallbacks, and the faces whose files there are."""
    rules = [fallback.css() for fallback in FALLBACKS]
    for file, style in STYLES.items() if files else ():
        source = "font-display:swap;src:url({}/{}.woff2) format('woff2')"
        rules.append(_rule(*style, source.format(folder, file)))
        extended = source.format(folder, f"{file}-extended")
        rules.append(_rule(*style, f"{extended};unicode-range:{EXTENDED}"))
    return "\n".join(rules) + "\n"


def _rule(family: str, style: str, weight: str, rest: str) -> str:
    return f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};{rest}}}'


def _made(face: Face, suffix: str, make: Callable[[bytes], bytes]) -> bytes:
    return cached(f"fonts/{_recipe()}", face.file + suffix, lambda: make(_archive(face.package)))


def _static(family: str, face: Face) -> Path:
    """A font file for programs that want a path; made in the cache."""
    _made(face, ".ttf", lambda archive: face.cut_static(archive, family))
    return cache_dir() / "fonts" / _recipe() / f"{face.file}.ttf"


@cache
def _archive(package: Package) -> bytes:
    return npm.provide(package)


@cache
def _recipe() -> str:
    """Changes with whatever changes a byte of what is cut."""
    source = Path(faces.__file__).read_bytes()
    return digest(source, version("fonttools"), version("brotli"))[:16]


def _notice(package: Package) -> str:
    text = faces.licence(_archive(package)).strip()
    return f"{package.name} {package.version}: font files, cut down\n{'-' * 72}\n{text}"


def _sentence(error: Unavailable) -> str:
    return (
        "The fonts Literata and Source Sans 3 could not be had, so pages use the reader's own "
        f"faces until a later build gets them: {error}."
    )

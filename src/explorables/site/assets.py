"""Files that pages refer to, each at an address that changes with its content."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from explorables.site.cache import digest
from explorables.site.links import ROOT
from explorables.site.write import Output

SHEET = "css/site.css"
IMPORT = re.compile(r'^@import "([\w.-]+\.css)";\n?', re.MULTILINE)
LENGTH = 16


class Assets:
    """Writes assets below `/assets/<digest>/` and tells their addresses.

    The theme's files share one digest, so that their relative imports hold; a file of the content
    has its own.
    """

    def __init__(self, output: Output, theme: Mapping[str, bytes]) -> None:
        self._output = output
        self._theme = theme
        self._written: dict[str, str] = {}
        parts = [part for name, data in sorted(theme.items()) for part in (name, data)]
        self._folder = f"assets/{digest(*parts)[:LENGTH]}"
        for name, data in sorted(theme.items()):
            output.write(f"{self._folder}/{name}", data)

    def asset(self, name: str) -> str:
        """The address of a file of the theme; KeyError when there is none."""
        if name not in self._theme:
            raise KeyError(f"the theme has no file static/{name}")
        return f"{ROOT}{self._folder}/{name}"

    def add(self, name: str, data: bytes) -> str:
        """Write a file, once, and tell its address."""
        path = f"assets/{digest(data)[:LENGTH]}/{name}"
        if path not in self._written:
            self._output.write(path, data)
            self._written[path] = ROOT + quote(path)
        return self._written[path]


def theme_files(static: Path, extra: Mapping[str, bytes], font_css: str) -> dict[str, bytes]:
    """The theme's tree: `static/` with its sheets joined into one, and the fonts."""
    files = {
        path.relative_to(static).as_posix(): path.read_bytes()
        for path in sorted(static.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    return join_sheets(files, font_css) | dict(extra)


def join_sheets(files: Mapping[str, bytes], font_css: str) -> dict[str, bytes]:
    """The files with every `@import "…"` of `css/site.css` replaced by that sheet.

    >>> join_sheets({"css/site.css": b'@import "a.css";\\n', "css/a.css": b"a {}\\n"}, "")
    {'css/site.css': b'a {}\\n'}
    """
    if SHEET not in files:
        return dict(files)
    joined: set[str] = set()

    def replace(found: re.Match[str]) -> str:
        joined.add(f"css/{found[1]}")
        return files[f"css/{found[1]}"].decode()

    sheet = font_css + IMPORT.sub(replace, files[SHEET].decode())
    kept = {name: data for name, data in files.items() if name not in joined}
    return kept | {SHEET: sheet.encode()}

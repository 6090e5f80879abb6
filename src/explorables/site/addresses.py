"""What authors link to: pages, files beside the text, anchors, other sites."""

import html
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from explorables.site.assets import Assets
from explorables.site.content import INDEX, EssaySource
from explorables.site.errors import Problems, expected
from explorables.site.images import attributes
from explorables.site.links import ROOT, is_external
from explorables.site.source import Origin, Source, content_file, is_file

TAG = re.compile(r"<(a|area|audio|embed|iframe|img|input|source|track|video)\b[^<>]*>", re.I)
ATTRIBUTE = re.compile(r"""(?<=\s)(href|src|poster)\s*=\s*("[^"]*"|'[^']*')""", re.I)
OWN = ("", "feed.xml", "sitemap.xml")
PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})


class Addresses:
    """Turns what authors wrote into addresses of the site; what leads nowhere is noted.

    A Markdown file becomes its page or section, any other file of the content folder an asset,
    and a path that begins with a slash a page of the site.
    """

    def __init__(
        self, content: Path, essays: Sequence[EssaySource], assets: Assets, problems: Problems
    ) -> None:
        self._content = content
        self._assets = assets
        self._problems = problems
        self._measures: dict[str, str] = {}
        self._paths = {*OWN, *(essay.path for essay in essays)}
        self._pages = {
            page.resolve(): address for essay in essays for page, address in _pages(essay)
        }

    def settle(self, text: str, source: Source, scope: str, essay: EssaySource) -> str:
        """The HTML of the section `scope` with every address made one of the site's."""
        if "<" not in text:
            return text

        def settle_attribute(found: re.Match[str]) -> str:
            name, written = found[1].lower(), html.unescape(found[2][1:-1]).strip()
            if written.startswith("#"):
                address = _fragment(written, text, scope, essay)
            else:
                address = self._settle(written, name, source)
            return f'{found[1]}="{html.escape(address)}"{self._measures.get(address, "")}'

        return TAG.sub(lambda tag: ATTRIBUTE.sub(settle_attribute, tag[0]), text)

    def _settle(self, address: str, attribute: str, source: Source) -> str:
        scheme = address.partition(":")[0].lower()
        if is_external(address) and scheme != "file":
            return address
        origin = source.find(address.partition("#")[0])
        if address.startswith("/") and attribute == "href":
            return self._site_page(address, origin)
        return self._file(address, attribute, origin)

    def _site_page(self, address: str, origin: Origin) -> str:
        path = urlsplit(address).path.lstrip("/")
        known = path if path in self._paths else f"{path}/"
        if known in self._paths:
            return f"{ROOT}{known}{address[len(path) + 1 :]}"
        hint = expected(address, [f"/{path}" for path in sorted(self._paths)])
        self._problems.add(*origin, f"there is no page '{address}'; {hint}")
        return address

    def _file(self, address: str, attribute: str, origin: Origin) -> str:
        path, mark, fragment = address.partition("#")
        name = unquote(path.partition("?")[0])
        folder = origin[0].parent / name
        if attribute == "href" and is_file(folder / INDEX):
            name = str(PurePosixPath(name) / INDEX)
        file = content_file(name, origin, self._content, self._problems)
        if file is None:
            return address
        if file in self._pages:
            page, _, section = self._pages[file].partition("#")
            anchor = "-".join(part for part in (section, fragment) if part)
            return f"{ROOT}{page}#{anchor}".rstrip("#")
        data = file.read_bytes()
        address = self._assets.add(file.name, data) + mark + fragment
        if attribute == "src" and file.suffix.lower() in PICTURES:
            self._measures[address] = attributes(data)
        return address


def _fragment(written: str, text: str, scope: str, essay: EssaySource) -> str:
    """A section of the essay, or a heading of this section, whose anchor begins with its name."""
    anchor = written[1:].partition("?")[0]
    if any(anchor == section.name for section in essay.sections):
        return f"{ROOT}{essay.path}{written}"
    scoped = f"{scope}-{written[1:]}"
    return f"#{scoped}" if scope and f' id="{scoped}"' in text else written


def _pages(essay: EssaySource) -> list[tuple[Path, str]]:
    sections = [(part.page.path, f"{essay.path}#{part.name}") for part in essay.sections]
    return [(essay.index.path, essay.path), *sections]

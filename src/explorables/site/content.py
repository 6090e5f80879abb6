"""The content folder: which essays there are, which sections they have, and what heads them."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorables.site.config import LANGUAGE
from explorables.site.errors import Problems
from explorables.site.records import check_types, split_front_matter
from explorables.site.source import Source, inside, join_includes, read_text

INDEX = "index.md"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SECTION = re.compile(r"([0-9]{2,})-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
RESERVED = frozenset({"assets", "embed", "oembed"})

ESSAY_KEYS: dict[str, type] = {
    "title": str,
    "summary": str,
    "author": str,
    "date": datetime.date,
    "lang": str,
    "order": int,
}
SECTION_KEYS: dict[str, type] = {"title": str, "short": str, "summary": str, "description": str}


@dataclass(frozen=True, eq=False)
class Page:
    """A Markdown file: its path, the checked front matter, the lines of its keys, and its text."""

    path: Path
    front: dict[str, Any]
    lines: dict[str, int]
    source: Source

    @property
    def title(self) -> str:
        """The one key that front matter must have."""
        return str(self.front.get("title", self.path.stem))


@dataclass(frozen=True, eq=False)
class SectionSource:
    """A section as written; `number` is that of its file name without leading zeros, "" for 00."""

    name: str
    number: str
    page: Page


@dataclass(frozen=True, eq=False)
class EssaySource:
    """An essay as written; `path` is its address within the site, such as "de/rain/"."""

    slug: str
    lang: str
    path: str
    index: Page
    sections: tuple[SectionSource, ...]


def load_essays(content: Path, language: str, problems: Problems) -> list[EssaySource]:
    """Every essay, by `order`, then newest first, then by name."""
    essays = []
    for entry in _entries(content):
        if entry.is_file() and entry.suffix == ".md":
            sentence = "a page stands in its essay's folder; move it to <essay>/index.md"
            problems.add(entry, 1, sentence)
        if entry.is_dir() and (essay := _load_essay(entry, content, language, problems)):
            essays.append(essay)
    return sorted(essays, key=_rank)


def _rank(essay: EssaySource) -> tuple[int, int, str]:
    date = essay.index.front.get("date")
    return essay.index.front.get("order", 0), -(date.toordinal() if date else 0), essay.path


def _entries(folder: Path) -> Iterator[Path]:
    """What stands in a folder, in one order everywhere, without hidden and `_private` things."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.startswith((".", "_")):
            yield entry


def _load_essay(
    folder: Path, content: Path, language: str, problems: Problems
) -> EssaySource | None:
    files = [entry for entry in _entries(folder) if entry.suffix == ".md"]
    if not files:
        return None
    if not (folder / INDEX).is_file():
        problems.add(folder / INDEX, 1, "an essay has an index.md with a title; write one")
        return None
    slug, dot, suffix = folder.name.partition(".")
    index = _load_page(folder / INDEX, content, ESSAY_KEYS, problems)
    sections = _load_sections(files, content, problems)
    if not _check_name(folder, slug, suffix if dot else language, problems) or index is None:
        return None
    lang = suffix or index.front.get("lang", language)
    _check_language(index, suffix, problems)
    path = f"{suffix}/{slug}/" if dot else f"{slug}/"
    return EssaySource(slug, lang, path, index, sections)


def _check_name(folder: Path, slug: str, lang: str, problems: Problems) -> bool:
    at = folder / INDEX
    if not SLUG.fullmatch(slug):
        sentence = f"'{folder.name}' becomes an address: write lower-case words joined by hyphens"
        problems.add(at, 1, sentence)
    elif slug in RESERVED:
        problems.add(at, 1, f"'{slug}' is an address of the site's own; rename the folder")
    elif not LANGUAGE.fullmatch(lang):
        problems.add(
            at, 1, f"'{lang}' is no language tag; write it as in {slug}.de or {slug}.pt-BR"
        )
    else:
        return True
    return False


def _check_language(index: Page, suffix: str, problems: Problems) -> None:
    given = index.front.get("lang")
    if given and (not LANGUAGE.fullmatch(given) or (suffix and given != suffix)):
        wanted = suffix or "a tag such as en or pt-BR"
        problems.add(index.path, index.lines["lang"], f"'lang' is {given!r}; expected {wanted}")


def _load_sections(
    files: list[Path], content: Path, problems: Problems
) -> tuple[SectionSource, ...]:
    found: dict[str, SectionSource] = {}
    for path in files:
        if path.name == INDEX:
            continue
        name = SECTION.fullmatch(path.name)
        if name is None:
            sentence = f"'{path.name}' is no section; name it like 01-{_slug(path.stem)}.md"
            problems.add(path, 1, sentence)
            continue
        if name[2] in found:
            other = problems.show(found[name[2]].page.path)
            problems.add(path, 1, f"there is a section '{name[2]}' already: {other}; rename one")
            continue
        if page := _load_page(path, content, SECTION_KEYS, problems):
            found[name[2]] = SectionSource(name[2], name[1].lstrip("0"), page)
    return tuple(sorted(found.values(), key=lambda section: int(section.number or 0)))


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"^\d+", "", text.lower()))) or "name"


def _load_page(path: Path, content: Path, keys: dict[str, type], problems: Problems) -> Page | None:
    if not inside(path, content):
        problems.add(path, 1, "this file is a link to one outside the content folder; copy it in")
        return None
    text = read_text(path, problems)
    if text is None:
        return None

    def report(line: int, sentence: str) -> None:
        problems.add(path, line, sentence)

    record, body, first = split_front_matter(text, report)
    front = check_types(record, keys, report)
    if "title" not in record.values and not problems.about(path):
        report(1, "'title' is missing; begin the file with three lines: ---, title: …, ---")
    source = join_includes(body, path, first, content, problems)
    return Page(path, front, record.lines, source)

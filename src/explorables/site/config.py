"""`site.toml`: what the site is called, where it will stand and who answers for it."""

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from explorables.site.errors import Problems, expected
from explorables.site.source import read_text

NAME = "site.toml"
REQUIRED = ("title", "base_url")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Config:
    """The keys of `site.toml`; only `title` and `base_url` must be there.

    `base_url` ends in a slash. `language` is a BCP 47 tag such as "en" or "pt-BR".
    """

    title: str
    base_url: str
    author: str = ""
    contact: str = ""
    description: str = ""
    language: str = "en"

    @property
    def base_path(self) -> str:
        """The path of `base_url`: "/" or "/below/"."""
        return urlsplit(self.base_url).path


def load_config(content: Path, base_url: str | None, problems: Problems) -> Config | None:
    """Read `site.toml`; None when what is required is missing, all of which is noted."""
    path = content / NAME
    if not path.is_file():
        problems.add(path, 1, "there is no site.toml; write one with title = … and base_url = …")
        return None
    text = read_text(path, problems)
    values = {} if text is None else _parse(text, path, problems)
    if values is None or text is None:
        return None
    good = _check(values, text, path, problems)
    if base_url is not None:
        good["base_url"] = base_url
    missing = [key for key in REQUIRED if key not in good and key not in values]
    for key in missing:
        problems.add(path, 1, f"'{key}' is missing; add a line {key} = …")
    if not all(key in good for key in REQUIRED):
        return None
    return _normal(Config(**good), text, path, base_url, problems)


def _parse(text: str, path: Path, problems: Problems) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        sentence, _, place = str(error).partition(" (at ")
        number = re.match(r"line (\d+)", place)
        line = int(number[1]) if number else text.rstrip("\n").count("\n") + 1
        problems.add(path, line, f"broken TOML: {sentence}")
        return None


def _check(values: dict[str, Any], text: str, path: Path, problems: Problems) -> dict[str, str]:
    known = list(Config.__dataclass_fields__)
    good = {}
    for key, value in values.items():
        line = _line(key, text)
        if key not in known:
            problems.add(path, line, f"unknown key '{key}'; {expected(key, known)}")
        elif not isinstance(value, str):
            problems.add(path, line, f"'{key}' is text, not {value!r}; put it in quotes")
        elif not value.strip() and key in REQUIRED:
            problems.add(path, line, f"'{key}' is empty; write its text")
        else:
            good[key] = value.strip()
    return good


def _line(key: str, text: str) -> int:
    found = re.search(rf"(?m)^[ \t]*\[*[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.\]]", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _is_base(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = not parts.query and not parts.fragment
    return parts.scheme in ("http", "https") and bool(parts.netloc) and plain


def _normal(
    config: Config, text: str, path: Path, base_url: str | None, problems: Problems
) -> Config:
    """With a slash at the end of `base_url`; a bad address or language is noted."""
    if not _is_base(config.base_url):
        where = "--base-url" if base_url is not None else "'base_url'"
        sentence = f"{where} is an address such as https://example.org/, not {config.base_url!r}"
        problems.add(path, _line("base_url", text), sentence)
    if not LANGUAGE.fullmatch(config.language):
        sentence = f"'language' is a tag such as en or pt-BR, not {config.language!r}"
        problems.add(path, _line("language", text), sentence)
    return replace(config, base_url=config.base_url.rstrip("/") + "/")

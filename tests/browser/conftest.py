"""The built site on a loopback server, and one Chromium that reads it."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from explorables import browser as chromium


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Where the site is served; the server stops with the tests."""
    handler = functools.partial(Quiet, directory=str(built_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    executable = chromium.find()
    assert executable, "no Chromium was found; `python3 build.py test` says what to install"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(executable), args=list(chromium.FLAGS)
        )
        yield opened
        opened.close()


@pytest.fixture
def visit(chrome: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page without scripts: `visit("/", width=360, color_scheme="dark")`.

    What the page did that it should not is in `page.faults`.
    """
    contexts: list[BrowserContext] = []

    def open_page(path: str, width: int = 1280, **settings: Any) -> Page:
        context = chrome.new_context(
            viewport={"width": width, "height": 900},
            **{"java_script_enabled": False, **settings},
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = faults = []  # type: ignore[attr-defined]
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda sent: _same_origin(sent.url, address) or faults.append(sent.url))
        page.on("response", lambda got: got.ok or faults.append(f"{got.status} {got.url}"))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _same_origin(url: str, address: str) -> bool:
    return url.startswith((address + "/", "data:"))

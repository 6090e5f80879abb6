"""The built site on a loopback server, and one Chromium that reads it."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    Response,
    sync_playwright,
)

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
        page.faults = _faults(page, address)  # type: ignore[attr-defined]
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _faults(page: Page, address: str) -> list[str]:
    """Fills with every console message, failed answer and request to another origin."""
    faults: list[str] = []

    def answered(response: Response) -> None:
        if not response.ok:
            faults.append(f"{response.status} {response.url}")

    def asked(request: Request) -> None:
        if not request.url.startswith((address + "/", "data:")):
            faults.append(request.url)

    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", asked)
    page.on("response", answered)
    return faults

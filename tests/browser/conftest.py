"""The app as it is served, driven by a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from devtools.browser import browsing
from devtools.server import serving
from pensebete.web.server.link_cookie import LINK_COOKIE
from pensebete.web.server.security_headers import SECURITY_HEADERS
from tests.browser.saved import new_database

# A page of a test lives for seconds: what its scripts cost to optimise, a fifth of a whole test, never comes back.
WITHOUT_OPTIMISERS = "--js-flags=--no-opt --no-maglev"
expect.set_options(timeout=15_000)  # a busy machine is no fault of the app


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server of all tests saves dossiers."""
    return new_database(tmp_path_factory.mktemp("saved") / "dossiers.sqlite3")


@pytest.fixture(scope="session")
def address(database: Path) -> Iterator[str]:
    with serving(PENSEBETE_DATABASE_URL=f"sqlite:///{database}") as server:
        yield server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing(WITHOUT_OPTIMISERS) as found:
        yield found


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator:  # type: ignore[type-arg]
    """A function that opens a page of the app in a browser of its own; afterwards nothing may have gone wrong in it.

    With the token of a link, the browser is one that remembers it: the page shows the saved dossier at once.
    Gone wrong: an error in the console, something that the policy refused, a response of 400 or more or without a
    security header, a request to another host.
    """
    contexts, wrongs = [], []

    def opened(
        path: str = "/",
        width: int = 1280,
        scheme: str = "light",
        language: str = "fr",
        server: str = address,
        token: str = "",
        wrongs_expected: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            accept_downloads=True,
            timezone_id="America/Montreal",
            locale=f"{language}-CA",
        )
        context.set_default_timeout(15_000)
        if token:
            context.add_cookies([{"name": LINK_COOKIE, "value": token, "url": server, "httpOnly": True}])
        contexts.append(context)
        page = context.new_page()
        if wrongs_expected:
            page.goto(server + path)
            page.locator("h1").first.wait_for()
            return page
        page.on("console", lambda message: message.type == "error" and wrongs.append(message.text))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.blockedURI}`))"
        )
        page.on("pageerror", lambda error: wrongs.append(str(error)))
        page.on("response", lambda response: response.status >= 400 and wrongs.append(response.url))
        page.on(
            "response",
            lambda response: (
                response.url.startswith("http")
                and not {name.lower() for name in SECURITY_HEADERS} <= response.headers.keys()
                and wrongs.append(f"headers of {response.url}")
            ),
        )
        page.on(
            "request",
            lambda request: (
                request.url.startswith(("http:", "https:", "ws:", "wss:"))
                and "127.0.0.1" not in request.url
                and wrongs.append(request.url)
            ),
        )
        page.goto(server + path)
        page.locator("h1").first.wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrongs


@pytest.fixture
def today() -> date:
    return date(2026, 3, 28)

"""The app as it is served, driven by a real Chromium."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from devtools.browser import browsing
from devtools.server import serving
from devtools.steps import drawn
from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.web.server.link_cookie import LINK_COOKIE
from pensebete.web.server.security_headers import FILE_HEADERS, SECURITY_HEADERS
from tests.browser.saved import new_database

# A page of a test lives for seconds: what its scripts cost to optimise, a fifth of a whole test, never comes back.
WITHOUT_OPTIMISERS = "--js-flags=--no-opt --no-maglev"
A_WHILE = 60_000  # milliseconds: longer than a busy machine takes, which is no fault of the app
expect.set_options(timeout=A_WHILE)


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


# Once: what is erased does not come back.
HELD = """(copy) => {
  if (sessionStorage.getItem("pensebete-test")) return
  sessionStorage.setItem("pensebete-test", "held")
  sessionStorage.setItem("pensebete", copy)
}"""


def copy_of(dossier: Assessment) -> str:
    """As a tab holds it (pensebete/web/layout/tab_backup.py)."""
    held = {"id": str(dossier.id), "strand": str(uuid4()), "unsaved": True, "saved": False, "visit": ""}
    return json.dumps({**held, "dossier": dossier_file.dump(dossier).decode(), "place": None, "times_kept": 0})


class Profiles:
    """Browsers that know nobody, each lent to one test at a time.

    One that comes back has its tabs closed and all that a site can leave in it forgotten. What stays is its cache of
    the framework's files, which never change: to fetch and compile them anew was a fifth of what a page cost.
    """

    def __init__(self, browser: Browser, slow: bool) -> None:
        self.browser, self.slow = browser, slow
        self.free: dict[tuple[int, str, str], list[BrowserContext]] = defaultdict(list)

    def take(self, width: int, scheme: str, language: str) -> BrowserContext:
        if kept := self.free[width, scheme, language]:
            return kept.pop()
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            accept_downloads=True,
            timezone_id="America/Montreal",
            locale=f"{language}-CA",
        )
        context.set_default_timeout(A_WHILE)
        if self.slow:
            context.on("page", slow_down)
        return context

    def give_back(self, context: BrowserContext, width: int, scheme: str, language: str, server: str) -> None:
        others = context.pages
        last = context.new_page()
        for page in others:
            page.close()  # first: what it still asks of the server would be asked without its cookies
        everything = {"origin": server, "storageTypes": "all"}  # but for the cache, which is no storage
        context.new_cdp_session(last).send("Storage.clearDataForOrigin", everything)
        context.clear_cookies()
        context.clear_permissions()
        last.close()
        self.free[width, scheme, language].append(context)


@pytest.fixture(scope="session")
def profiles(browser: Browser, request: pytest.FixtureRequest) -> Profiles:
    return Profiles(browser, request.config.getoption("slow_browser"))


def slow_down(page: Page) -> None:
    """Three times as slow, and a fifth of a second from each message to its answer."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 3})
    line = {"offline": False, "latency": 200, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line)


def headers_of(response: Response) -> dict[str, str]:
    """Those that it has to have: what says something of a window goes with what may have one."""
    return FILE_HEADERS if response.request.resource_type in {"script", "stylesheet", "font"} else SECURITY_HEADERS


@contextmanager
def pages_opened(profiles: Profiles, address: str) -> Iterator[Callable[..., Page]]:
    """A function that opens a page of the app in a browser of its own; afterwards nothing may have gone wrong in it.

    With the token of a link, the browser is one that remembers it: the page shows the saved dossier at once. With a
    dossier, the tab is one that holds it, as after a reload.
    Gone wrong: an error in the console, something that the policy refused, a response of 400 or more or without a
    security header, a request to another host.
    """
    lent, spoilt, wrongs = [], [], []

    def opened(
        path: str = "/",
        width: int = 1280,
        scheme: str = "light",
        language: str = "fr",
        server: str = address,
        token: str = "",
        wrongs_expected: bool = False,
        dossier: Assessment | None = None,
    ) -> Page:
        context = profiles.take(width, scheme, language)
        if token:
            context.add_cookies([{"name": LINK_COOKIE, "value": token, "url": server, "httpOnly": True}])
        page = context.new_page()
        if dossier is not None:
            page.add_init_script(f"({HELD})({json.dumps(copy_of(dossier))})")
        if wrongs_expected:
            spoilt.append(context)  # by a line that is cut, a server that is gone: not for the next one
            page.goto(server + path)
            page.locator("h1").first.wait_for()
            return page
        lent.append((context, width, scheme, language, server))
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
                and not {name.lower() for name in headers_of(response)} <= response.headers.keys()
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
        if dossier is not None:
            page.wait_for_function("() => JSON.parse(sessionStorage.getItem('pensebete')).visit !== ''")
        drawn(page)  # what a test does first meets a page that is whole
        return page

    yield opened
    for context in spoilt:
        context.close()
    for one in lent:
        profiles.give_back(*one)
    assert not wrongs


@pytest.fixture
def open_page(profiles: Profiles, address: str) -> Iterator[Callable[..., Page]]:
    with pages_opened(profiles, address) as opened:
        yield opened


@pytest.fixture(scope="module")
def open_page_to_share(profiles: Profiles, address: str) -> Iterator[Callable[..., Page]]:
    """The same for a page that the tests of a file look at, one after the other, and leave as it was."""
    with pages_opened(profiles, address) as opened:
        yield opened


@pytest.fixture
def today() -> date:
    return date(2026, 3, 28)

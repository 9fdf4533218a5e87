"""The app as it is served, driven by a real Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from pensebete.web.security_headers import SECURITY_HEADERS
from tests.browser.chromium import browsing

ROOT = Path(__file__).parents[2]


expect.set_options(timeout=15_000)  # a busy machine is no fault of the app


def a_free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def serving(port: int = 0, **environment: str) -> Iterator[str]:
    """The address of a server of the app, started for the test and stopped after it."""
    port = port or a_free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:  # a page still open can hold it; the test was about something else
            server.kill()
            server.wait()


def _wait_until_healthy(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped by itself"
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
            return
        time.sleep(0.05)
    pytest.fail("the server did not answer within a minute")


@pytest.fixture
def free_port() -> int:
    return a_free_port()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serving() as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator:  # type: ignore[type-arg]
    """A function that opens a page of the app in a browser of its own; afterwards nothing may have gone wrong in it.

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

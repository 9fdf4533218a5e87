"""From `streamlit run` to a page one can use, and what that page weighs on the wire."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from bench.figure import Figure, Line
from bench.yardsticks import BARE
from devtools.browser import browsing
from devtools.server import OURS, Server, serving, wait_until_it_answers

AIM = 1.3
SETTLED = 1500  # milliseconds, for what still comes after the page is usable


@dataclass(frozen=True)
class Visit:
    milliseconds: float  # since the command
    answering: float  # of which, until the server answered
    bytes: int
    frames: int  # bytes inside the websocket's frames, which the browser does not count with the others


def measure(quick: bool) -> Figure:
    rounds = 3 if quick else 9
    ours, bare = [], []
    with browsing() as browser:
        for n in range(1 + rounds):
            visits = _visit(browser, OURS, _ours_usable), _visit(browser, BARE, _bare_usable)
            if n > 0:  # the first round fills the disk cache and writes .pyc files
                ours.append(visits[0])
                bare.append(visits[1])

    def line(what: str, of: Callable[[Visit], float], unit: str = "ms", limit: float | None = None) -> Line:
        return Line(what, median(map(of, ours)), median(map(of, bare)), unit, limit)

    return Figure(
        title="From `streamlit run` to the first page usable",
        yardstick="a bare Streamlit page under the same settings, its radio enabled",
        method=f"Chromium with an empty cache, median of {rounds} starts of each, in turn, after one not counted. "
        "Usable: the heading is visible and a button is enabled. Bytes: `encodedDataLength` of every "
        f"response, compressed as it came, until {SETTLED / 1000} s after.",
        lines=[
            line("Command to usable page", lambda v: v.milliseconds, limit=AIM),
            line("of which, until the server answers", lambda v: v.answering),
            line("Bytes of the first page", lambda v: v.bytes / 1000, "kB", limit=AIM),
            line("and inside the websocket", lambda v: v.frames / 1000, "kB"),
        ],
    )


def _visit(browser: Browser, app: Path, usable: Callable[[Page], None]) -> Visit:
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    page = context.new_page()
    received = {"bytes": 0, "frames": 0}

    def response(event: dict[str, float]) -> None:
        received["bytes"] += int(event["encodedDataLength"])

    def frame(payload: str | bytes) -> None:
        received["frames"] += len(payload)

    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", response)
    page.on("websocket", lambda socket: socket.on("framereceived", frame))
    began = time.perf_counter()
    with serving(app, wait=False) as server:
        answering = _first_answer(server, began)
        page.goto(server.url, wait_until="commit")
        usable(page)
        milliseconds = 1000 * (time.perf_counter() - began)
        page.wait_for_timeout(SETTLED)
    context.close()
    return Visit(milliseconds, answering, received["bytes"], received["frames"])


def _first_answer(server: Server, began: float) -> float:
    wait_until_it_answers(server)
    return 1000 * (time.perf_counter() - began)


def _ours_usable(page: Page) -> None:
    page.wait_for_selector("h1", state="visible")
    page.wait_for_selector('[data-testid="stMain"] button:enabled', state="visible")


def _bare_usable(page: Page) -> None:
    page.wait_for_selector("[role=radiogroup] input:enabled", state="attached")

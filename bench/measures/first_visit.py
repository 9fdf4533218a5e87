"""A first visit on a slow phone, against the bare framework in its own look, compressed by the same means."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from bench.figure import Figure, Line
from bench.yardsticks import BARE
from devtools.browser import browsing
from devtools.server import OURS, serving

COMPRESSED = BARE.with_name("compressed.py")
# 1.6 Mbit/s down, 750 kbit/s up, 150 ms from one end to the other and back, as Chromium's own tools simulate it.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
AIM = 0.8
MOST = 560  # kB
AGAIN = 1500  # milliseconds
SETTLED = 3000  # milliseconds, for what still comes after the page is usable
TAP_AIM = 1000  # milliseconds
SHIFT_AIM = 0.1
# What moved that nobody had just tapped, as browsers count it; and when a tap is seen as taken (early_page.js).
WATCH = """
window.shift = 0
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shift += one.hadRecentInput ? 0 : one.value
}).observe({ type: "layout-shift", buffered: true })
new MutationObserver((_, watch) => {
  if (!document.querySelector('#early [aria-pressed="true"]')) return
  watch.disconnect()
  requestAnimationFrame(() => requestAnimationFrame(() => (window.taken = performance.now())))
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["aria-pressed"] })
"""


@dataclass(frozen=True)
class Visit:
    first: float  # milliseconds, to the first paint
    usable: float  # milliseconds
    bytes: float
    shift: float
    again: float  # milliseconds, to a page one can use on a second visit
    bytes_again: float


def measure(quick: bool) -> Figure:
    rounds = 3 if quick else 7
    ours, bare, taps = [], [], []
    with browsing() as browser, serving(OURS) as mine, serving(COMPRESSED, cwd=BARE.parent) as yardstick:
        for n in range(1 + rounds):
            visits = _visit(browser, mine.url, _ours_usable), _visit(browser, yardstick.url, _bare_usable)
            tap = _first_tap(browser, mine.url)
            if n > 0:  # the first one has the servers compress their files
                ours.append(visits[0])
                bare.append(visits[1])
                taps.append(tap)

    def both(of: Callable[[Visit], float]) -> tuple[float, float]:
        return median(map(of, ours)), median(map(of, bare))

    usable, again = both(lambda visit: visit.usable), both(lambda visit: visit.again)
    weight = both(lambda visit: visit.bytes / 1000)
    return Figure(
        title="A first visit on a slow phone",
        yardstick="a bare Streamlit page, one radio, in Streamlit's own look, its files compressed by our middleware",
        method=f"Chromium, 390 pixels wide, an empty cache, 1.6 Mbit/s and 150 ms, median of {rounds} visits of each, "
        "in turn, after one not counted. Something to read: the first contentful paint. First tap taken: on a door, as "
        "soon as it can be seen, until it is seen as taken; the yardstick takes none before it is usable. Usable: the "
        "last control of the app itself can be tapped. Layout shift: of all that moves as the page comes. "
        f"Bytes: `encodedDataLength` of every response until {SETTLED / 1000} s after, headers included. "
        "Again: the same address in the same browser. Ours is compressed by Brotli as at the installation, the bare "
        "page by gzip, as a proxy would.",
        lines=[
            Line("Something to read", *both(lambda visit: visit.first)),
            Line("First tap taken", median(taps), usable[1], limit=TAP_AIM, of_ours=True),
            Line("Usable", *usable, limit=AIM),
            Line("Layout shift", *both(lambda visit: visit.shift), "", SHIFT_AIM, of_ours=True),
            Line("Bytes", *weight, "kB"),
            Line("Bytes, ours alone", weight[0], None, "kB", MOST, of_ours=True),
            Line("Usable, again", *again),
            Line("Usable, again, ours alone", again[0], None, limit=AGAIN, of_ours=True),
            Line("Bytes, again", *both(lambda visit: visit.bytes_again / 1000), "kB"),
        ],
    )


def _slow_visitor(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-CA")
    context.add_init_script(WATCH)
    return context


def _slow_page(context: BrowserContext) -> tuple[Page, CDPSession]:
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    return page, devtools


def _ours_usable(page: Page) -> None:
    page.locator(".st-key-doors button:enabled").last.wait_for(timeout=120_000)


def _bare_usable(page: Page) -> None:
    page.get_by_role("radio").last.wait_for(timeout=120_000)


def _first_tap(browser: Browser, address: str) -> float:
    """Milliseconds until a tap on a door, made as soon as it is seen, is seen as taken."""
    context = _slow_visitor(browser)
    page, _ = _slow_page(context)
    page.goto(address, wait_until="commit")
    page.locator(".early-doors a").first.click(timeout=120_000)
    page.wait_for_function("() => window.taken")
    taken = float(page.evaluate("window.taken"))
    context.close()
    return taken


def _visit(browser: Browser, address: str, usable: Callable[[Page], None]) -> Visit:
    context = _slow_visitor(browser)
    first, seconds, weight, shift = _opened(context, address, usable)
    _, again, weight_again, _ = _opened(context, address, usable)
    context.close()
    return Visit(first, 1000 * seconds, weight, shift, 1000 * again, weight_again)


def _opened(context: BrowserContext, address: str, usable: Callable[[Page], None]) -> tuple[float, float, float, float]:
    """Milliseconds to the first paint, seconds to a page one can use, bytes, and how much moved."""
    page, devtools = _slow_page(context)
    weight = 0.0

    def loaded(event: dict[str, float]) -> None:
        nonlocal weight
        weight += event["encodedDataLength"]

    devtools.on("Network.loadingFinished", loaded)
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    usable(page)
    seconds = time.perf_counter() - began
    page.wait_for_timeout(SETTLED)
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    shift = float(page.evaluate("window.shift"))
    page.close()
    return float(first), seconds, weight, shift

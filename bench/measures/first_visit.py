"""A first visit on a slow phone, against the bare framework in its own look, compressed by the same means."""

from __future__ import annotations

import time
from statistics import median

from playwright.sync_api import Browser, BrowserContext

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
# Of ours the doors, of the bare page its radio.
USABLE = ".st-key-doors button:enabled, [role=radiogroup] input:enabled"
SETTLED = 3000  # milliseconds, for what still comes after the page is usable


def measure(quick: bool) -> Figure:
    rounds = 3 if quick else 7
    ours, bare = [], []
    with browsing() as browser, serving(OURS) as mine, serving(COMPRESSED, cwd=BARE.parent) as yardstick:
        for n in range(1 + rounds):
            visits = _visit(browser, mine.url), _visit(browser, yardstick.url)
            if n > 0:  # the first one has the servers compress their files
                ours.append(visits[0])
                bare.append(visits[1])
    first, usable, weight, again, weight_again = (
        (median(visit[which] for visit in ours), median(visit[which] for visit in bare)) for which in range(5)
    )
    return Figure(
        title="A first visit on a slow phone",
        yardstick="a bare Streamlit page, one radio, in Streamlit's own look, its files compressed by our middleware",
        method=f"Chromium, 390 pixels wide, an empty cache, 1.6 Mbit/s and 150 ms, median of {rounds} visits of each, "
        "in turn, after one not counted. Something to read: the first contentful paint. Usable: the last control can "
        f"be tapped. Bytes: `encodedDataLength` of every response until {SETTLED / 1000} s after, headers included. "
        "Again: the same address in the same browser. Ours is compressed by Brotli as at the installation, the bare "
        "page by gzip, as a proxy would.",
        lines=[
            Line("Something to read", *first),
            Line("Usable", *usable, limit=AIM),
            Line("Bytes", weight[0] / 1000, weight[1] / 1000, "kB"),
            Line("Bytes, ours alone", weight[0] / 1000, None, "kB", MOST, of_ours=True),
            Line("Usable, again", *again),
            Line("Usable, again, ours alone", again[0], None, limit=AGAIN, of_ours=True),
            Line("Bytes, again", weight_again[0] / 1000, weight_again[1] / 1000, "kB"),
        ],
    )


def _visit(browser: Browser, address: str) -> tuple[float, float, float, float, float]:
    """Milliseconds to the first paint and to a page one can use, and bytes; the last two of a second visit as well."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    first, usable, weight = _opened(context, address)
    _, again, weight_again = _opened(context, address)
    context.close()
    return first, usable, weight, again, weight_again


def _opened(context: BrowserContext, address: str) -> tuple[float, float, float]:
    page, weight = context.new_page(), 0.0

    def loaded(event: dict[str, float]) -> None:
        nonlocal weight
        weight += event["encodedDataLength"]

    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    devtools.on("Network.loadingFinished", loaded)
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(USABLE).last.wait_for(timeout=120_000, state="attached")
    usable = 1000 * (time.perf_counter() - began)
    page.wait_for_timeout(SETTLED)
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.close()
    return float(first), usable, weight

"""Beside SurveyJS, which an organisation might take instead: the same questions, the same Chromium, the same line."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from playwright.sync_api import Browser, BrowserContext, Page

from bench.figure import Figure, Line
from bench.measures.first_visit import SETTLED, SLOW
from bench.peers.surveyjs.served import HERE, served
from devtools.browser import browsing
from devtools.server import OURS, ROOT, serving
from pensebete.checklist.loading import load
from pensebete.text.wording import wording

TAPS = 5  # the first items of the first screen, once each

# Resolves with the milliseconds from the click on a choice to the frame in which what follows is written.
TAP = """
([choice, where]) => new Promise((resolve) => {
  const written = () => [...document.querySelectorAll(where)].map((one) => one.textContent).join("|")
  const before = written()
  const observer = new MutationObserver(() => {
    if (written() === before) return
    observer.disconnect()
    requestAnimationFrame(() => resolve(performance.now() - began))
  })
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  const began = performance.now()
  document.querySelectorAll(choice.group)[choice.at].querySelector("label:has(input)").click()
})
"""


@dataclass(frozen=True)
class Side:
    """How one of the two is asked and looked at."""

    url: str
    usable: str
    group: str  # of the choices of an item
    written: str  # what follows from an answer: how many have one, or the choice itself


@dataclass
class Seen:
    usable: list[float] = field(default_factory=list)
    bytes: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    taps: list[float] = field(default_factory=list)
    pdf: list[float] = field(default_factory=list)
    pdf_bytes: list[float] = field(default_factory=list)


def measure(quick: bool) -> Figure:
    subprocess.run([ROOT / "tools" / "install-node-packages", str(HERE)], check=True)
    rounds = 3 if quick else 7
    ours, peer = Seen(), Seen()
    with browsing() as browser, serving(OURS) as server, served(load(ROOT / "checklist.yaml")) as other:
        sides: Sequence[tuple[Seen, Side]] = (
            (
                ours,
                Side(
                    f"{server.url}/questionnaire",
                    "[role=radiogroup] input:enabled",
                    "[class*=st-key-card-]",
                    ".progress",
                ),
            ),
            (peer, Side(other, "input[type=radio]", "[data-name]:has(textarea)", ".sd-item--checked")),
        )
        for n in range(1 + rounds):
            for seen, side in sides:
                one = seen if n else Seen()  # the first has the servers compress their files
                _visit(browser, side, one)
                _use(browser, side, one)

    def line(what: str, of: str, unit: str = "ms", scale: float = 1) -> Line:
        return Line(what, median(getattr(ours, of)) / scale, median(getattr(peer, of)) / scale, unit)

    return Figure(
        title="Beside SurveyJS, on a first visit to the first question",
        yardstick="SurveyJS (survey-core, survey-js-ui, survey-pdf 2.5.25) in a page with the same questions, as gzip",
        method=f"Chromium, 390 pixels wide, an empty cache, 1.6 Mbit/s and 150 ms, median of {rounds} visits of each, "
        f"in turn, after one not counted. Usable: the first choice is enabled. Bytes: until {SETTLED / 1000:.0f} s "
        "after. Again: the same address in the same browser. A tap, on a fast line: to the frame in which the number "
        "of answers (SurveyJS: the choice) is written. The PDF, on a fast line: ours from the tap on the plan’s button "
        "to the file; SurveyJS’s the form with its answers, made in the page, its code fetched by that.",
        lines=[
            line("First question usable", "usable"),
            line("Bytes", "bytes", "kB", 1000),
            line("First question usable, again", "again"),
            line("A tap", "taps"),
            line("The PDF", "pdf"),
            line("Bytes of the PDF", "pdf_bytes", "kB", 1000),
        ],
        remarks=[
            "SurveyJS keeps answers in the page and shows what one chose; readiness, the plan, its order and its PDF, "
            "what is saved and taken up again, would be to write. survey-pdf is under a commercial licence.",
        ],
    )


def _visit(browser: Browser, side: Side, seen: Seen) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    milliseconds, weight = _open_on_slow_line(context, side)
    seen.usable.append(milliseconds)
    seen.bytes.append(weight)
    seen.again.append(_open_on_slow_line(context, side)[0])
    context.close()


def _open_on_slow_line(context: BrowserContext, side: Side) -> tuple[float, float]:
    page, weight = context.new_page(), 0.0

    def loaded(event: dict[str, float]) -> None:
        nonlocal weight
        weight += event["encodedDataLength"]

    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    devtools.on("Network.loadingFinished", loaded)
    began = time.perf_counter()
    page.goto(side.url, wait_until="commit")
    page.locator(side.usable).first.wait_for(state="attached", timeout=120_000)
    usable = 1000 * (time.perf_counter() - began)
    page.wait_for_timeout(SETTLED)
    page.close()
    return usable, weight


def _use(browser: Browser, side: Side, seen: Seen) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(side.url)
    page.locator(side.usable).first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    for at in range(TAPS):
        page.wait_for_timeout(300)
        seen.taps.append(float(page.evaluate(TAP, [{"group": side.group, "at": at}, side.written])))
    began = time.perf_counter()
    if "/questionnaire" in side.url:
        began, size = _our_pdf(page, side)
    else:
        size = float(page.evaluate("makePdf()"))
    seen.pdf.append(1000 * (time.perf_counter() - began))
    seen.pdf_bytes.append(size)
    context.close()


def _our_pdf(page: Page, side: Side) -> tuple[float, float]:
    page.goto(side.url.replace("questionnaire", "action_plan"))
    button = page.get_by_role("button", name=wording("fr")("download.pdf"))
    button.wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    with page.expect_download() as started:
        began = time.perf_counter()
        button.click()
    return began, float(started.value.path().stat().st_size)

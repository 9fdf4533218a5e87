"""From a click on an answer to the updated screen, as the eye has it: in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page

from bench.figure import Figure, median_and_p95
from bench.long_checklist import write_long_checklist
from bench.yardsticks import BARE
from devtools.browser import browsing
from devtools.server import OURS, ROOT, serving
from pensebete.checklist.loading import load
from pensebete.checklist.model import Checklist, Item
from pensebete.checklist.status import Status
from pensebete.text.wording import wording

CHECKLIST = ROOT / "checklist.yaml"
LANGUAGE = "fr"
AIM = 1.6
NOT_COUNTED = 5

# The fifth one, not applicable, is no answer before it has its reason.
ANSWERS: tuple[Status, ...] = ("done", "in_progress", "to_do", "unknown")

# Resolves with the milliseconds from the click to the frame in which every expected text is in the page.
CLICK = """
([group, answer, expected]) => new Promise((resolve, reject) => {
  const options = document.querySelectorAll(`${group} [role=radiogroup] label:has(input)`)
  const words = (element) => element.textContent.replace(/\\s+/g, " ").trim()
  const shown = () => expected.every(([where, text]) =>
    [...document.querySelectorAll(where)].some((element) => words(element).endsWith(text)))
  if (shown()) { reject(new Error("the page showed the outcome before the click")); return }
  const giveUp = setTimeout(() => { observer.disconnect(); reject(new Error("no update: " + expected)) }, 10000)
  let began
  const observer = new MutationObserver(() => {
    if (!shown()) return
    observer.disconnect()
    clearTimeout(giveUp)
    requestAnimationFrame(() => resolve(performance.now() - began))
  })
  observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  began = performance.now()
  options[answer].click()
})
"""

# One click: the group of radios, which option, and the texts that must show, each with where.
Click = tuple[str, int, list[tuple[str, str]]]


def measure(quick: bool) -> Figure:
    clicks = 15 if quick else 50
    with TemporaryDirectory() as folder:
        long = Path(folder) / "long.yaml"
        write_long_checklist(CHECKLIST, long)
        with ExitStack() as open_now:
            browser = open_now.enter_context(browsing())
            bare = _opened(browser, open_now.enter_context(serving(BARE)).url)
            ours = [
                (
                    _opened(
                        browser,
                        open_now.enter_context(serving(OURS, PENSEBETE_CHECKLIST=str(file))).url + "/questionnaire",
                    ),
                    load(file),
                )
                for file in (CHECKLIST, long)
            ]
            taken = _in_turn(
                [(page, _answers(checklist, _items_shown(page, checklist))) for page, checklist in ours]
                + [(bare, _bare_answers())],
                clicks,
            )
            described = [
                f"{len(checklist.items)} items, {len(_items_shown(page, checklist))} of them on the screen"
                for page, checklist in ours
            ]
    of_short, of_long, of_bare = taken
    return Figure(
        title="From a click on an answer to the updated screen",
        yardstick="a bare Streamlit page under the same settings: one radio, and the value it holds",
        method=f"Chromium, {clicks} clicks on each page, the pages in turn, after {NOT_COUNTED} not counted. The "
        "screen is updated in the first frame after the progress and the tab’s copy of the answer are in it.",
        lines=[
            *median_and_p95(described[0], of_short, of_bare, AIM),
            *median_and_p95(described[1], of_long, of_bare, AIM),
        ],
    )


def _items_shown(page: Page, checklist: Checklist) -> list[Item]:
    return [item for item in checklist.items.values() if page.query_selector(f".st-key-card-{item.id}")]


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 1000, "height": 900}).new_page()
    page.goto(address)
    page.wait_for_selector("#root [role=radiogroup] input:enabled", state="attached")
    page.wait_for_timeout(2000)
    return page


def _in_turn(pages: list[tuple[Page, Iterator[Click]]], clicks: int) -> list[list[float]]:
    taken: list[list[float]] = [[] for _ in pages]
    for n in range(NOT_COUNTED + clicks):
        for (page, answers), times in zip(pages, taken, strict=True):
            page.bring_to_front()
            page.wait_for_timeout(100)
            milliseconds: Any = page.evaluate(CLICK, next(answers))
            if n >= NOT_COUNTED:
                times.append(milliseconds)
            # What comes after the frame must not weigh on the next click.
            page.wait_for_timeout(150)
    return taken


def _answers(checklist: Checklist, items: list[Item]) -> Iterator[Click]:
    """Each item of the screen in turn, then each again with its next answer."""
    given: set[str] = set()
    n = 0
    while True:
        item = items[n % len(items)]
        status = ANSWERS[n // len(items) % len(ANSWERS)]
        given.add(item.id)
        progress = wording(LANGUAGE)("questionnaire.progress", n=len(given), of=len(checklist.items))
        card = f".st-key-card-{item.id}"
        yield (
            card,
            list(type(checklist.statuses).model_fields).index(status),
            [
                (".st-key-where .progress .out-of-sight", _on_one_line(progress)),
                (".st-key-tab-copy pre", f'"times_kept": {n + 1}}}'),
            ],
        )
        n += 1


def _bare_answers() -> Iterator[Click]:
    labels = ("One", "Two", "Three", "Four", "Five")
    n = 0
    while True:
        yield "body", n % len(labels), [('[data-testid="stMarkdownContainer"]', f"Chosen: {labels[n % len(labels)]}")]
        n += 1


def _on_one_line(text: str) -> str:
    return " ".join(text.split())

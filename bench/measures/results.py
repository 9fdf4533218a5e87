"""The results on a slow phone, and readiness over time on « Mon dossier », against the framework's own charts."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bench.figure import Figure, Line
from bench.measures.first_visit import SLOW
from bench.yardsticks import CHARTS
from devtools.browser import browsing
from devtools.server import OURS, serving
from pensebete.assessment.model import Answer, Assessment
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import ChecklistRef
from pensebete.checklist.status import STATUSES
from pensebete.storage.changes import save
from pensebete.storage.dossiers import keep
from pensebete.storage.engine import open_store
from pensebete.storage.milestones import add_milestone
from pensebete.storage.schema import migrate
from pensebete.web.server.link_cookie import LINK_COOKIE

COMPRESSED = CHARTS.with_name("compressed.py")
SETTLED = 3000  # milliseconds, for what still comes after what was asked for can be read
AIM = 1.2
DRAWN_BY_THE_FRAMEWORK = "[data-testid=stVegaLiteChart] svg.marks"


@dataclass(frozen=True)
class Visit:
    readable: float  # milliseconds
    bytes: float
    largest: float  # of its scripts, bytes

    @staticmethod
    def middle(visits: list[Visit]) -> Visit:
        return Visit(*(median(getattr(visit, what) for visit in visits) for what in ("readable", "bytes", "largest")))


def measure(quick: bool) -> Figure:
    rounds = 2 if quick else 5
    with (
        TemporaryDirectory() as folder,
        browsing() as browser,
        serving(COMPRESSED, cwd=CHARTS.parent) as yardstick,
    ):
        database = f"sqlite:///{Path(folder) / 'dossiers.sqlite3'}"
        token = _dossier_over_time(database)
        with serving(OURS, PENSEBETE_DATABASE_URL=database) as mine:
            pages = {
                "Results": (
                    (f"{mine.url}/results", token, ".domain-bars"),
                    (yardstick.url, "", DRAWN_BY_THE_FRAMEWORK),
                ),
                "« Mon dossier », over time": (
                    (f"{mine.url}/dossier", token, ".trajectory"),
                    (f"{yardstick.url}/?over-time", "", DRAWN_BY_THE_FRAMEWORK),
                ),
            }
            lines = [
                line for what, (ours, other) in pages.items() for line in _lines(browser, what, ours, other, rounds)
            ]
    return Figure(
        title="The results on a slow phone",
        yardstick="a bare Streamlit page with the framework's own chart of the same figures, bars or a line, "
        "its files compressed by our middleware",
        method=f"Chromium, 390 pixels wide, an empty cache, 1.6 Mbit/s and 150 ms, median of {rounds} visits of each, "
        "in turn, after one not counted; ours to a saved dossier whose link the browser remembers. Readable: the chart "
        f"is drawn. Bytes: `encodedDataLength` of every response until {SETTLED / 1000} s after; inside the websocket "
        "they are not counted.",
        lines=lines,
    )


Page = tuple[str, str, str]  # its address, the token of the dossier that it shows, what is read on it


def _lines(browser: Browser, what: str, ours: Page, other: Page, rounds: int) -> list[Line]:
    visits = [(_visit(browser, *ours), _visit(browser, *other)) for _ in range(1 + rounds)][1:]
    mine, yardstick = (Visit.middle([visit[which] for visit in visits]) for which in range(2))
    return [
        Line(f"{what}: readable", mine.readable, yardstick.readable, limit=AIM),
        Line(f"{what}: bytes", mine.bytes / 1000, yardstick.bytes / 1000, "kB", AIM),
        Line(f"{what}: of which its largest script", mine.largest / 1000, yardstick.largest / 1000, "kB"),
    ]


def _visit(browser: Browser, address: str, token: str, read: str) -> Visit:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-CA")
    if token:
        context.add_cookies([{"name": LINK_COOKIE, "value": token, "url": address, "httpOnly": True}])
    page, weights, scripts = context.new_page(), [0.0], {}

    def answered(event: dict[str, str]) -> None:
        if event["type"] == "Script":
            scripts[event["requestId"]] = 0.0

    def loaded(event: dict[str, float]) -> None:
        weights.append(event["encodedDataLength"])
        if event["requestId"] in scripts:
            scripts[event["requestId"]] = event["encodedDataLength"]

    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", loaded)
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(read).first.wait_for(timeout=120_000)
    readable = 1000 * (time.perf_counter() - began)
    page.wait_for_timeout(SETTLED)
    context.close()
    return Visit(readable, sum(weights), max(scripts.values(), default=0))


def _dossier_over_time(database: str) -> str:
    """A dossier with a milestone for each of three days, more of it answered each time; the token of its link."""
    checklist, now = load(published_path()), datetime.now(UTC)
    said = {id: STATUSES[n % 3] for n, id in enumerate(checklist.items)}
    ids, text = list(said), published_path().read_text("utf-8")
    assessment = Assessment(
        checklist=ChecklistRef(id=checklist.id, version=checklist.version),
        answers={id: Answer(status=said[id], answered_at=now - timedelta(days=42)) for id in ids[:6]},
    )
    with closing(open_store(database)) as store:
        migrate(store)
        kept = keep(store, assessment, text, now - timedelta(days=42), "direction")
        for n in (1, 2, 3):
            at = now - timedelta(days=42 - 14 * n)
            add_milestone(store, kept.dossier_id, kept.link_id, f"Jalon {n}", at.date(), at)
            newer = {"answered_at": at.isoformat()}
            changes = {("answer", id, "status"): {"status": said[id], **newer} for id in ids[6 * n : 6 * n + 6]}
            save(store, kept.dossier_id, kept.link_id, n, changes, str(n), at)
    return kept.token

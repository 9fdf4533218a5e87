"""What a first visit fetches, and what a second one finds in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from devtools.server import serving
from devtools.steps import answer, drawn, go
from pensebete.checklist.loading import load, published_path
from pensebete.web.server.known_files import FIRST, VERSION, script_links
from pensebete.web.server.linked_scripts import in_order, read
from pensebete.web.server.static_gzip import STREAMLIT_FILES

MOST = 560_000  # bytes, headers included
ORIGINALS = STREAMLIT_FILES / "static" / "js"
SCRIPTS = f"/static/{VERSION}/js/"


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that holds nothing of the app yet."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-CA")
    yield context
    context.close()


class Fetched:
    """What a page fetched from the server, by path, and not from its cache."""

    def __init__(self, page: Page) -> None:
        self.answers: dict[str, dict[str, Any]] = {}
        self.bytes = 0
        self._paths: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._whole)

    def _answered(self, event: dict[str, Any]) -> None:
        url = urlsplit(event["response"]["url"])
        if url.scheme == "http" and not event["response"].get("fromDiskCache"):
            self._paths[event["requestId"]] = url.path
            self.answers[url.path] = {name.lower(): text for name, text in event["response"]["headers"].items()}

    def _whole(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._paths:
            self.bytes += event["encodedDataLength"]


def settled(page: Page) -> None:
    expect(page.locator("#root h1")).to_be_visible()
    drawn(page)
    page.wait_for_load_state("networkidle")


def test_a_first_visit_is_light_and_comes_in_one_wave_and_a_second_one_is_in_the_browser(newcomer, address):
    page, lines = newcomer.new_page(), []
    page.on("websocket", lambda line: lines.append(line))
    fetched = Fetched(page)
    page.goto(address)
    settled(page)
    assert fetched.bytes < MOST
    # The second one has the file that one goes on with, folded on this page, and the questionnaire.
    assert {path for path in fetched.answers if path.endswith(".js") and path.startswith("/static/")} == {
        f"{SCRIPTS}{FIRST}",
        f"{SCRIPTS}answers.js",
    }
    assert len([path for path in fetched.answers if path.endswith(".css")]) == 2
    assert len(fetched.answers) <= 15
    for path, headers in fetched.answers.items():
        if path.endswith((".js", ".css")):
            assert headers["content-encoding"] == "br", f"{path}: python -m pensebete.web.server.make_brotli"
        if path.startswith(("/static/", "/app/static/")):
            assert "immutable" in headers["cache-control"], path
    assert len(lines) == 1, "the one that was opened early is the one that the framework uses"

    again = newcomer.new_page()
    fetched = Fetched(again)
    again.goto(address)
    settled(again)
    assert set(fetched.answers) <= {"/", "/_stcore/health", "/_stcore/host-config"}
    assert fetched.bytes < 30_000


def test_a_line_that_is_opened_early_is_closed_where_the_scripts_do_not_come_and_another_is_opened_once_they_do(
    newcomer, address
):
    page, held, lines = newcomer.new_page(), [], []
    page.clock.install()
    page.add_init_script(
        "const Line = WebSocket;"
        "window.WebSocket = class extends Line { constructor(...of) { super(...of); window.last = this } }"
    )
    page.on("websocket", lambda line: lines.append(line))
    page.route(f"**/{FIRST}", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.last?.readyState === WebSocket.OPEN")
    page.clock.fast_forward(121_000)
    page.wait_for_function("() => window.last.readyState === WebSocket.CLOSED")
    assert len(lines) == 1
    route: Route = held[0]
    route.continue_()
    expect(page.locator("#root h1")).to_be_visible()
    assert len(lines) == 2


# Each puts a function of the same meaning in its own place when it is first called, so that whoever holds the first one
# is served as well; and the one that is told to settle its exports before it is linked (lighter_files.py).
CHANGE_AND_SAY_THE_SAME = {
    ("emotion-styled", "v"),
    ("index", "a"),
    ("index", "o"),
    ("space-separated-tokens", "i"),
    ("space-separated-tokens", "l"),
    ("space-separated-tokens", "o"),
}
UNLINKED = """
const spaces = {}, then = {}
for (const name of %s) {
  spaces[name] = await import(`/static/js/${name}`)
  then[name] = {...spaces[name]}
}
window.changed = () => Object.keys(spaces).flatMap((name) => {
  const others = Object.keys(spaces[name]).filter((key) => spaces[name][key] !== then[name][key])
  return others.map((key) => [name.split(".")[0], key])
})
"""


@pytest.mark.soak  # only another Streamlit can change it
def test_no_script_that_is_linked_changes_what_it_exports_once_it_has_run(newcomer, address):
    """What linked_scripts.py rests on, tried on Streamlit's own files, one by one."""
    checklist = load(published_path())
    page = newcomer.new_page()
    scripts = {name: read((ORIGINALS / name).read_text("utf-8")) for name in script_links().file_of}
    script = UNLINKED % json.dumps(in_order(scripts))
    page.route(f"**/{FIRST}", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.goto(f"{address}/questionnaire")
    page.wait_for_function("() => window.changed")
    settled(page)
    answer(page, checklist, checklist.domains[0].items[0], "done")
    go(page, "results")
    settled(page)
    assert {tuple(one) for one in page.evaluate("() => window.changed()")} <= CHANGE_AND_SAY_THE_SAME


TABLE_FOR_A_COMPONENT = """
import pandas as pd
import streamlit as st

show = "export default ({data, parentElement}) => { parentElement.textContent = `${data.word} ${data.table.numRows}` }"
component = st.components.v2.component("shows", js=show, isolate_styles=False)
st.title("A table")
component(data={"word": "rows:", "table": pd.DataFrame({"a": [1, 7, 8]})}, key="shown")
"""


@pytest.mark.soak  # no component of ours is given one
def test_the_code_that_reads_tables_comes_with_the_first_table_that_a_component_is_given(newcomer, tmp_path):
    script, app = tmp_path / "script.py", tmp_path / "app.py"
    script.write_text(TABLE_FOR_A_COMPONENT, "utf-8")
    app.write_text(
        "import streamlit as st\nfrom pensebete.web.server.middleware import MIDDLEWARE\n"
        f"app = st.App({str(script)!r}, middleware=MIDDLEWARE)\n",
        "utf-8",
    )
    page, asked = newcomer.new_page(), []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    with serving(app) as server:
        page.goto(server.url)
        expect(page.locator(".stBidiComponent")).to_have_text("rows: 3")
        assert any("/serialization." in path for path in asked)
        page.close()

"""Two processes behind nginx: one is killed or told to end, and who was with it goes on with the other."""

from __future__ import annotations

import gzip
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import brotli
import psutil
import pytest
from playwright.sync_api import Page, expect

from devtools.processes import Several, several
from devtools.steps import answer, card, drawn, go, see_answered
from pensebete.checklist.loading import load, published_path
from pensebete.storage.dossiers import open_link
from pensebete.storage.engine import open_store
from pensebete.text.wording import wording
from pensebete.web.server.known_files import KEPT, known_files
from pensebete.web.server.security_headers import FILE_HEADERS
from pensebete.web.server.this_process import PROCESS_COOKIE
from tests.browser.saved import link_of, save_dossier
from tests.browser.test_accessibility import findings
from tests.browser.test_as_served import ask
from tests.browser.test_desk import drop, read, zipped
from tests.browser.test_proxies import certificate
from tools.processes import nginx

pytestmark = pytest.mark.skipif(nginx.program() is None, reason="there is no nginx: tools/install-nginx")

CHECKLIST = load(published_path())
DOMAIN = CHECKLIST.domains[0]
FIRST, SECOND, THIRD = DOMAIN.items[:3]
SAY = wording("fr")
ANY_CODING = {"gzip, deflate, br": "br", "br;q=0.5,gzip": "br", "gzip, br;q=0": "gzip", "gzip, brx": "gzip", "": None}
BACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
# It stands there for four seconds, in which a machine that is busy may not look.
HEAR_THAT_IT_IS_BACK = """words => {
  const said = document.querySelector(".line-words")
  window.saidBack = false
  new MutationObserver(() => { window.saidBack ||= said.textContent === words }).observe(said, { childList: true })
}"""


@pytest.fixture(scope="module")
def server(database: Path) -> Iterator[Several]:
    with several(2, PENSEBETE_DATABASE_URL=f"sqlite:///{database}") as started:
        yield started


def process_of(page: Page) -> str:
    """Which process the browser is with."""
    return next(str(one["value"]) for one in page.context.cookies() if one["name"] == PROCESS_COOKIE)


def visit_of(page: Page) -> str:
    return str(page.evaluate("JSON.parse(sessionStorage.getItem('pensebete')).visit"))


def goes_on_elsewhere(page: Page, server: Several, how: signal.Signals, has_copy: bool = True) -> None:
    """Its process is ended: without a tap the page is with another."""
    before, visit = process_of(page), visit_of(page) if has_copy else ""
    page.evaluate(HEAR_THAT_IT_IS_BACK, SAY("line.back"))
    server.kill(before, how)
    page.wait_for_function("() => window.saidBack", timeout=60_000)
    if has_copy:  # what the tab kept was heard there
        other = "before => JSON.parse(sessionStorage.getItem('pensebete')).visit !== before"
        page.wait_for_function(other, arg=visit, timeout=60_000)
    drawn(page)
    assert process_of(page) != before


def test_a_visit_whose_process_is_killed_goes_on_with_the_other_with_its_answers_and_without_a_tap(open_page, server):
    page = open_page("/questionnaire", width=360, server=server.url, wrongs_expected=True)
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    goes_on_elsewhere(page, server, signal.SIGKILL)
    expect(card(page, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    answer(page, CHECKLIST, SECOND, "to_do")
    see_answered(page, DOMAIN, 2, len(DOMAIN.items))
    page.close()


def test_nginx_itself_sends_what_never_changes_in_a_coding_that_is_taken_and_the_app_all_else(server):
    wait_until_both_live(server)
    for file in (one for one in known_files() if one.name in {"first.js", "style.css", "logo.svg"}):
        address = f"{file.path}{file.query and f'?{file.query}'}"
        small = file.name == "logo.svg"
        for accepted, coding in ANY_CODING.items():
            answered = ask(server.url, address, Accept_Encoding=accepted)
            expected = None if small else coding
            assert (answered.status, answered.headers["cache-control"]) == (200, KEPT), (address, accepted)
            assert answered.headers.get("content-encoding") == expected, (address, accepted)
            assert BACK[expected](answered.body) == file.content()
            assert ("etag" in answered.headers) == (expected is None), "the app's answers have one"
            assert FILE_HEADERS.keys() - {name for name in FILE_HEADERS if name.lower() in answered.headers} == set()
            assert answered.headers["vary"] == "Accept-Encoding"
    old = ask(server.url, "/app/static/streamlit-strings.js?00000000", Accept_Encoding="br, gzip")
    assert "etag" in old.headers, "of another version, or of none, the app has it"
    assert old.headers.get("cache-control") != KEPT


@pytest.mark.soak
def test_a_visit_whose_process_is_told_to_end_goes_on_with_the_other_though_others_stay(open_page, server):
    page = open_page("/questionnaire", width=360, server=server.url, wrongs_expected=True)
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    for n, item in enumerate((SECOND, THIRD)):  # there, and back to the one that was started anew
        wait_until_both_live(server)
        goes_on_elsewhere(page, server, signal.SIGTERM)
        answer(page, CHECKLIST, item, "to_do")
        see_answered(page, DOMAIN, n + 2, len(DOMAIN.items))
    page.close()


@pytest.mark.soak
def test_a_saved_dossier_whose_process_is_killed_goes_on_with_the_other_and_saves_there(open_page, server, database):
    wait_until_both_live(server)
    kept = save_dossier(database, {FIRST.id: "done"})
    page = open_page(link_of(kept), server=server.url, wrongs_expected=True)
    expect(page.locator(".st-key-saving-status")).to_be_visible()
    go(page, "questionnaire")
    expect(card(page, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    goes_on_elsewhere(page, server, signal.SIGKILL)
    answer(page, CHECKLIST, SECOND, "to_do")
    drawn(page)
    page.close()
    with closing(open_store(f"sqlite:///{database}")) as store:
        opened = open_link(store, kept.token, datetime.now(UTC))
    assert opened
    assert {FIRST.id: "done", SECOND.id: "to_do"}.items() <= {
        id: one.status for id, one in opened.assessment.answers.items()
    }.items()


@pytest.mark.soak
def test_a_desk_whose_process_is_killed_says_that_its_files_are_gone_and_takes_them_again(open_page, server):
    wait_until_both_live(server)
    page = open_page("/desk", server=server.url, wrongs_expected=True)
    drop(page, ("envoi.zip", zipped(3)))
    read(page, 3)
    goes_on_elsewhere(page, server, signal.SIGKILL, has_copy=False)
    expect(page.get_by_text(SAY("desk.lost"))).to_be_visible()
    assert findings(page) == []
    drop(page, ("envoi.zip", zipped(3)))
    read(page, 3)
    expect(page.get_by_text(SAY("desk.lost"))).to_have_count(0)
    page.close()


@pytest.mark.soak
def test_an_upload_on_its_way_to_a_process_that_is_killed_is_told_and_can_be_given_again(open_page, server):
    wait_until_both_live(server)
    page = open_page("/desk", server=server.url, wrongs_expected=True)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 500_000}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    with page.expect_request(lambda one: "/_stcore/upload_file/" in one.url and one.method == "PUT"):
        drop(page, ("envoi.zip", b"PK" + bytes(1_500_000)))
    server.kill(process_of(page))
    expect(page.get_by_text(SAY("framework.not_sent"))).to_be_visible()
    drawn(page)
    drop(page, ("envoi.zip", zipped(3)))
    read(page, 3)
    page.close()


@pytest.mark.soak
def test_two_tabs_with_two_processes_each_hand_their_file_to_their_own(open_page, server):
    """As after one process was gone: the cookie of a browser names one, and its tabs are with two."""
    wait_until_both_live(server)
    page = open_page("/desk", server=server.url, wrongs_expected=True)
    other = {"1": "2", "2": "1"}[process_of(page)]
    page.context.add_cookies([{"name": PROCESS_COOKIE, "value": other, "url": server.url, "httpOnly": True}])
    drop(page, ("envoi.zip", zipped(3)))
    read(page, 3)
    with page.expect_download() as download:
        page.get_by_role("button", name="fiches d’appel").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    page.close()


@pytest.mark.soak
def test_over_https_it_is_http_2_and_the_cookie_of_the_process_goes_over_https_alone(browser, tmp_path):
    chain, private = certificate(tmp_path)
    with several(2, "--certificate", str(chain), "--key", str(private)) as server:
        context = browser.new_context(ignore_https_errors=True, locale="fr-CA")
        page = context.new_page()
        page.goto(server.url)
        drawn(page)
        spoken = page.evaluate("performance.getEntriesByType('resource').map((one) => one.nextHopProtocol)")
        assert set(spoken) <= {"h2", ""}
        assert next(one for one in context.cookies() if one["name"] == PROCESS_COOKIE)["secure"]
        context.close()


def wait_until_both_live(server: Several) -> None:
    """The one that ended was started anew."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if len(server.processes()) == 2 and all(server.is_ready(name) for name in ("1", "2")):
            return
        time.sleep(0.1)
    raise AssertionError("one of the two did not come back")


@pytest.mark.soak
def test_all_are_renewed_one_after_the_other_while_a_page_goes_on(open_page, server):
    wait_until_both_live(server)
    page = open_page("/questionnaire", server=server.url, wrongs_expected=True)
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    before = {one.pid for one in server.processes()}
    server.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 60
    while before & {one.pid for one in server.processes()} and time.monotonic() < deadline:
        assert any(server.is_ready(name) for name in ("1", "2"))
        time.sleep(0.1)
    assert not before & {one.pid for one in server.processes()}
    wait_until_both_live(server)
    expect(card(page, FIRST).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED")
    answer(page, CHECKLIST, SECOND, "to_do")
    see_answered(page, DOMAIN, 2, len(DOMAIN.items))
    page.close()


@pytest.mark.soak
def test_nginx_that_is_killed_is_started_anew_without_what_it_left_and_a_page_goes_on(open_page, server):
    wait_until_both_live(server)
    page = open_page("/questionnaire", width=360, server=server.url, wrongs_expected=True)
    answer(page, CHECKLIST, FIRST, "done")
    see_answered(page, DOMAIN, 1, len(DOMAIN.items))
    page.evaluate(HEAR_THAT_IT_IS_BACK, SAY("line.back"))
    main, *workers = server.proxy()
    main.kill()
    page.wait_for_function("() => window.saidBack", timeout=60_000)
    assert psutil.wait_procs(workers, 10)[1] == []
    answer(page, CHECKLIST, SECOND, "to_do")
    see_answered(page, DOMAIN, 2, len(DOMAIN.items))
    page.close()

"""A tab knows its dossier: whatever other tabs, links and restarts do, notes land in the dossier that it shows."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from devtools.server import ROOT, free_port, start, stop, wait_until_it_answers
from devtools.steps import answer, drawn, go, write_note
from pensebete.assessment.edits import with_answer
from pensebete.checklist.loading import load, published_path
from pensebete.storage.dossiers import keep, open_link
from pensebete.storage.engine import open_store
from pensebete.text.wording import wording
from pensebete.web.server.link_cookie import MOVE
from tests.builders import NOW, assess

CHECKLIST = load(published_path())
TEXT = published_path().read_text(encoding="utf-8")
SAY = wording("fr")
FIRST, SECOND = CHECKLIST.domains[0].items[:2]
STATUS = ".st-key-name"


@dataclass(frozen=True)
class Dossier:
    """A saved dossier, and what is asked of the database about it."""

    url: str
    name: str
    token: str

    @property
    def link(self) -> str:
        return f"/#dossier={self.token}"

    def notes(self) -> set[str]:
        with closing(open_store(self.url)) as store:
            opened = open_link(store, self.token, NOW)
            assert opened is not None
            return {answer.note for answer in opened.assessment.answers.values() if answer.note}


def saved(url: str, name: str) -> Dossier:
    said = assess({FIRST.id: "done"}, organisation=name, id=None)
    said = with_answer(said, FIRST.id, NOW, note=f"de {name}").model_copy(update={"id": None})
    with closing(open_store(url)) as store:
        return Dossier(url, name, keep(store, said, TEXT, NOW, f"lien de {name}").token)


@pytest.fixture
def url(database: Path) -> str:
    return f"sqlite:///{database}"


@pytest.fixture
def server(address: str) -> str:
    return address


@pytest.fixture
def alpha(url: str) -> Dossier:
    return saved(url, "Coop Alpha")


@pytest.fixture
def beta(url: str) -> Dossier:
    return saved(url, "Atelier Beta")


def another_tab(page: Page, address: str) -> Page:
    tab = page.context.new_page()
    tab.goto(address)
    tab.locator("h1").first.wait_for()
    drawn(tab)
    return tab


def shows(page: Page, dossier: Dossier) -> None:
    """The status line names it, on whatever page one is."""
    expect(page.locator(STATUS)).to_contain_text(dossier.name)


def visit_of(page: Page) -> str:
    """What the server calls this visit: a server that starts anew begins another one."""
    page.wait_for_function("() => sessionStorage.getItem('pensebete') !== null")
    found: str = page.evaluate("JSON.parse(sessionStorage.getItem('pensebete')).visit")
    return found


def write(page: Page, text: str) -> None:
    go(page, "questionnaire")
    answer(page, CHECKLIST, SECOND, "in_progress")
    write_note(page, SECOND, text)
    expect(page.locator(STATUS)).to_contain_text("enregistré à")


def test_a_reload_of_one_tab_keeps_its_dossier_whatever_another_tab_opened(open_page, server, alpha, beta):
    one = open_page(alpha.link, server=server)
    shows(one, alpha)
    two = another_tab(one, server + beta.link)
    shows(two, beta)
    one.reload()
    shows(one, alpha)
    write(one, "pour Alpha")
    write(two, "pour Beta")
    assert alpha.notes() == {"de Coop Alpha", "pour Alpha"}
    assert beta.notes() == {"de Atelier Beta", "pour Beta"}


# tests/unit/web/session/test_tabs.py restarts a server under three tabs; in a browser, test_line.py.
@pytest.mark.soak
@pytest.mark.parametrize("base", ["", "pense-bete"])
def test_a_server_killed_in_the_middle_gives_each_tab_its_own_dossier_back(open_page, url, alpha, beta, base):
    options = ["--server.baseUrlPath", base] if base else []
    port = free_port()
    server = start(ROOT / "app.py", *options, port=port, PENSEBETE_DATABASE_URL=url)
    where = f"{server.url}/{base}".rstrip("/")
    wait_until_it_answers(server, base)
    try:
        one = open_page(alpha.link, server=where, wrongs_expected=True)
        shows(one, alpha)
        two = another_tab(one, where + beta.link)
        shows(two, beta)
        go(one, "questionnaire")
        before = [visit_of(tab) for tab in (one, two)]
        server.process.kill()
        server.process.wait()
        server = start(ROOT / "app.py", *options, port=port, PENSEBETE_DATABASE_URL=url)
        wait_until_it_answers(server, base)
        for tab, visit in zip((one, two), before, strict=True):
            tab.wait_for_function(
                "before => JSON.parse(sessionStorage.getItem('pensebete')).visit !== before", arg=visit
            )
            drawn(tab)
        shows(one, alpha)
        shows(two, beta)
        write(one, "après l’arrêt, pour Alpha")
        write(two, "après l’arrêt, pour Beta")
        assert alpha.notes() == {"de Coop Alpha", "après l’arrêt, pour Alpha"}
        assert beta.notes() == {"de Atelier Beta", "après l’arrêt, pour Beta"}
        one.context.close()
    finally:
        stop(server)


def test_a_link_cut_short_changes_nothing_and_says_so(open_page, server, alpha):
    page = open_page(alpha.link, server=server, wrongs_expected=True)
    shows(page, alpha)
    page.goto(server + alpha.link[:-6])
    expect(page.get_by_text(SAY("link.refused.truncated"))).to_be_visible()
    shows(page, alpha)
    page.reload()
    shows(page, alpha)


SELDOM = [pytest.param(after, marks=pytest.mark.soak) for after in ("%20", ")", "%3E", "%0A", ",", "%C2%A0%C2%BB")]


@pytest.mark.parametrize("after", [".", *SELDOM])
def test_a_link_pasted_with_what_stood_after_it_opens_its_dossier(open_page, server, alpha, after):
    page = open_page(alpha.link + after, server=server)
    shows(page, alpha)


def test_a_link_to_another_dossier_asks_before_it_replaces_what_the_tab_shows(open_page, server, alpha, beta):
    page = open_page(alpha.link, server=server)
    shows(page, alpha)
    page.goto(server + beta.link)
    asked = page.locator(".st-key-other-dossier")
    expect(asked).to_contain_text(alpha.name)
    expect(asked).to_contain_text(beta.name)
    shows(page, alpha)
    page.reload()
    expect(asked).to_be_visible()
    drawn(page)
    write(page, "encore pour Alpha")
    assert beta.notes() == {"de Atelier Beta"}
    drawn(page)
    asked.get_by_role("button", name=SAY("link.other.open", name=beta.name)).click()
    shows(page, beta)
    expect(asked).to_have_count(0)
    write(page, "maintenant pour Beta")
    assert alpha.notes() == {"de Coop Alpha", "encore pour Alpha"}
    page.reload()
    shows(page, beta)


def test_the_token_has_left_the_address_before_a_script_of_the_framework_runs(open_page, server, alpha):
    page = open_page("/", server=server, wrongs_expected=True)  # left while it is still asking for its parts
    addresses: list[str] = []

    def seen(route: Route) -> None:
        addresses.append(page.evaluate("location.href"))
        route.continue_()

    page.goto("about:blank")
    page.context.route(re.compile(r"/_stcore/(health|host-config)"), seen)
    page.goto(server + alpha.link)
    shows(page, alpha)
    assert addresses
    assert all(alpha.token not in address for address in addresses)


def test_what_the_version_before_left_in_a_browser_is_taken_up(open_page, server, alpha):
    page = open_page("/", server=server)
    page.context.add_cookies([{"name": "pensebete-link", "value": alpha.token, "url": server, "httpOnly": True}])
    left = {"id": "00000000-0000-0000-0000-000000000001", "unsaved": False, "dossier": "{}", "place": None}
    page.evaluate("left => sessionStorage.setItem('pensebete', JSON.stringify(left))", left)
    with page.expect_response(lambda answer: answer.request.post_data == MOVE):
        page.reload()
    shows(page, alpha)
    expect(page.get_by_text(SAY("link.opened", name=alpha.name))).to_be_visible()
    page.wait_for_function("() => sessionStorage.getItem('pensebete-dossier') !== null")
    page.reload()
    shows(page, alpha)
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert "pensebete-link" not in names
    assert any(name.startswith("pensebete-link-") for name in names)


def test_a_new_tab_asks_which_of_several_dossiers_it_is_about(open_page, server, alpha, beta):
    page = open_page(alpha.link, server=server, width=360)
    shows(page, alpha)
    shows(another_tab(page, server + beta.link), beta)
    fresh = another_tab(page, server)
    expect(fresh.get_by_role("heading", level=1, name=SAY("link.which"))).to_be_visible()
    fresh.get_by_role("button", name=SAY("link.other.open", name=alpha.name)).press("Enter")
    shows(fresh, alpha)
    fresh.reload()
    shows(fresh, alpha)


def test_back_and_page_changes_keep_the_dossier_and_add_no_step_to_the_history(open_page, server, alpha):
    page = open_page(alpha.link, server=server)
    shows(page, alpha)
    steps = page.evaluate("history.length")
    go(page, "questionnaire")
    go(page, "results")
    assert page.evaluate("history.length") == steps + 2
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text(SAY("questionnaire.title"))
    shows(page, alpha)
    assert "?d=" in page.url


def test_a_browser_that_refuses_cookies_says_so_and_changes_nothing(open_page, server, alpha):
    page = open_page("/", server=server)
    page.add_init_script("Object.defineProperty(navigator, 'cookieEnabled', { get: () => false })")
    page.goto("about:blank")
    page.goto(server + alpha.link)
    expect(page.get_by_text(SAY("link.refused.cookies"))).to_be_visible()
    assert alpha.token not in page.url
    assert not [cookie for cookie in page.context.cookies() if cookie["name"].startswith("pensebete-link")]


def test_a_browser_that_refuses_storage_says_so_and_shows_the_page_nonetheless(open_page, server, alpha):
    page = open_page("/", server=server)
    refused = "get() { throw new DOMException('refused', 'SecurityError') }"
    page.add_init_script(f"Object.defineProperty(window, 'sessionStorage', {{ {refused} }})")
    page.goto("about:blank")
    page.goto(server + alpha.link)
    expect(page.get_by_text(SAY("link.refused.storage"))).to_be_visible()
    assert alpha.token not in page.url
    go(page, "questionnaire")
    answer(page, CHECKLIST, SECOND, "in_progress")


@pytest.mark.parametrize(
    "link", ["#dossier=forget:0123456789", "#dossier=own-draft%3Ax", "#draft=x:forget-draft:0123456789"]
)
def test_a_link_that_a_stranger_made_orders_nothing_of_the_server(open_page, link):
    page = open_page("/", wrongs_expected=True)
    with page.expect_request(lambda one: one.method == "POST" and one.url.endswith("-link")) as asked:
        page.evaluate("link => { location.hash = link; location.reload() }", link)
    said = asked.value.post_data or ""
    assert ":" not in said.removeprefix("draft:")
    drawn(page)

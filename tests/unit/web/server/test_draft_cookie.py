"""The link of a shared draft becomes a cookie, that of its author another one; the token is told nowhere else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette

from pensebete.storage import current
from pensebete.storage.drafts import NewDraft, delete_draft, share_draft, short_id
from pensebete.storage.engine import Store, open_store
from pensebete.storage.errors import StoreUnavailableError
from pensebete.storage.schema import migrate
from pensebete.web.server.draft_cookie import (
    DRAFT_LINK_PATH,
    MOST_DRAFTS,
    draft_routes,
    drafts_to_read,
    own_drafts,
)
from pensebete.web.server.index_html import STREAMLIT_PAGE, PageHtml
from pensebete.web.server.log_masking import masked
from tests.asgi import Answer, answer_to

LOCAL, HTTPS, HTTP = "http://localhost:8501", "https://pense-bete.example", "http://192.168.1.20:8501"
UNKNOWN = "N0t_XMp1vuP7QO0xPX3HeqO-x5Euu5pAUfQJj9CQ5mI"


@dataclass
class Browser:
    """Its cookies, as the answers leave them."""

    origin: str = LOCAL
    cookies: dict[str, str] = field(default_factory=dict)

    def post(self, body: str, **headers: str) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"host": urlsplit(self.origin).netloc, "origin": self.origin, "cookie": cookie, **headers}
        asked = answer_to(Starlette(routes=draft_routes()), DRAFT_LINK_PATH, "POST", body=body.encode(), **told)
        # In a thread of its own: the tests that drive a browser leave a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            answer = thread.submit(asyncio.run, asked).result()
        for header in answer.headers.getlist("set-cookie"):
            for name, morsel in SimpleCookie(header).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return answer


@pytest.fixture
def store(tmp_path, monkeypatch) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/dossiers.sqlite3")) as found:
        migrate(found)
        monkeypatch.setattr(current, "store", lambda: found)
        yield found


@pytest.fixture
def made(store) -> NewDraft:
    return share_draft(store, "id: x\n", "remark", "", 3, datetime.now(UTC))


def test_a_link_becomes_a_cookie_that_no_script_reads_and_no_other_site_sends(made):
    browser, short = Browser(), short_id(made.id)
    answer = browser.post(f"draft:{made.link.token}")
    assert (answer.status, json.loads(answer.body)) == (200, {"draft": short})
    assert drafts_to_read(browser.cookies, LOCAL) == {short: made.link.token}
    assert own_drafts(browser.cookies, LOCAL) == {}
    [cookie] = answer.headers.getlist("set-cookie")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Max-Age" not in cookie
    assert answer.headers["cache-control"] == "no-store"
    others = [value for name, value in answer.headers.items() if name != "set-cookie"]
    assert made.link.token not in f"{others}{answer.body!r}"


def test_who_opens_the_link_that_they_sent_stays_the_author(made):
    browser, short = Browser(), short_id(made.id)
    browser.post(f"own-draft:{made.owner}")
    browser.post(f"draft:{made.link.token}")
    assert own_drafts(browser.cookies, LOCAL) == {short: made.owner}
    assert drafts_to_read(browser.cookies, LOCAL) == {short: made.link.token}


def test_a_link_that_a_stranger_made_of_their_own_token_makes_nobody_the_author(made):
    browser, short = Browser(), short_id(made.id)
    assert browser.post(f"draft:{made.owner}").status == 200
    assert own_drafts(browser.cookies, LOCAL) == {}
    assert drafts_to_read(browser.cookies, LOCAL) == {short: made.owner}


def test_over_https_the_cookie_is_of_this_host_alone(made):
    browser = Browser(HTTPS)
    [cookie] = browser.post(f"draft:{made.link.token}").headers.getlist("set-cookie")
    assert cookie.startswith("__Host-pensebete-draft-")
    assert "Secure" in cookie
    assert drafts_to_read(browser.cookies, HTTPS) == {short_id(made.id): made.link.token}
    assert drafts_to_read(browser.cookies, LOCAL) == {}


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        ("draft:", 400, "cut"),
        (f"draft:{UNKNOWN[:-1]}", 400, "cut"),
        ("draft:" + "x" * 100_000, 400, "cut"),
        ("draft:<script>", 400, "cut"),
        (f"draft:{UNKNOWN}", 410, "gone"),
    ],
)
def test_what_opens_nothing_is_refused_and_touches_no_cookie(made, body, status, why):
    browser = Browser()
    browser.post(f"draft:{made.link.token}")
    before = dict(browser.cookies)
    answer = browser.post(body)
    assert (answer.status, json.loads(answer.body)["refused"]) == (status, why)
    assert browser.cookies == before


def test_a_draft_that_was_deleted_or_a_link_that_expired_is_gone(store, made):
    old = share_draft(store, "id: x\n", "read", "", 3, datetime.now(UTC) - timedelta(days=4))
    assert Browser().post(f"draft:{old.link.token}").status == 410
    delete_draft(store, made.owner, datetime.now(UTC))
    assert Browser().post(f"draft:{made.link.token}").status == 410


def test_another_site_and_a_line_that_all_can_read_are_refused(made):
    assert Browser().post(f"draft:{made.link.token}", sec_fetch_site="cross-site").status == 403
    plain = Browser(HTTP)
    answer = plain.post(f"draft:{made.link.token}")
    assert (answer.status, json.loads(answer.body)["refused"], plain.cookies) == (403, "insecure", {})


def test_while_the_database_is_away_it_is_said(made, monkeypatch):
    def away() -> Store:
        raise StoreUnavailableError("unreachable", "Gone")

    monkeypatch.setattr(current, "store", away)
    answer = Browser().post(f"draft:{made.link.token}")
    assert (answer.status, json.loads(answer.body)["refused"]) == (503, "unavailable")


def test_a_browser_forgets_a_draft_and_keeps_so_many_at_most(store, made):
    browser = Browser()
    browser.post(f"own-draft:{made.owner}")
    browser.post(f"forget-draft:{short_id(made.id)}")
    assert browser.cookies == {}
    for _ in range(MOST_DRAFTS + 2):
        one = share_draft(store, "id: x\n", "read", "", 3, datetime.now(UTC))
        browser.post(f"draft:{one.link.token}")
    assert len(browser.cookies) == MOST_DRAFTS
    assert browser.post("forget-draft:../../etc").status == 204


@pytest.mark.parametrize(
    "line",
    [
        f"GET /draft#draft={UNKNOWN}",
        f"GET /draft?x=%23draft%3D{UNKNOWN}",
        f"cookie: a=b; pensebete-draft-0123456789={UNKNOWN}; c=d",
        f"cookie: pensebete-own-draft-0123456789={UNKNOWN}",
        f"cookie: __Host-pensebete-draft-0123456789={UNKNOWN}",
    ],
)
def test_the_log_keeps_no_token(line):
    assert UNKNOWN not in masked(line)


@pytest.mark.parametrize(("path", "is_draft"), [("/draft", True), ("/prefix/draft", True), ("/workshop", False)])
def test_the_page_of_a_draft_is_kept_by_nobody_and_found_by_no_search_engine(path, is_draft):
    async def streamlit(scope, receive, send):  # type: ignore[no-untyped-def]
        headers = [(b"content-type", b"text/html"), (b"content-length", str(len(STREAMLIT_PAGE)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": STREAMLIT_PAGE})

    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(asyncio.run, answer_to(PageHtml(streamlit), path, host="localhost")).result()
    assert ("no-store" in answer.headers["cache-control"]) == is_draft
    assert ("noindex" in answer.headers.get("x-robots-tag", "")) == is_draft

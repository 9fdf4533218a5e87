"""A private link becomes a cookie of its dossier, once it has opened something; its token is told nowhere else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.types import Message, Scope

from pensebete.storage import current
from pensebete.storage.dossiers import Kept, keep, short_id
from pensebete.storage.engine import Store
from pensebete.storage.errors import StoreUnavailableError
from pensebete.storage.links import renew
from pensebete.web.server import link_cookie
from pensebete.web.server.link_cookie import LINK_COOKIE, LINK_PATH, MOST_COOKIES, cookie_name, link_routes, remembered
from tests.builders import NOW, assess
from tests.databases import new_store

LOCAL, HTTPS, HTTP = "http://localhost:8501", "https://pense-bete.example", "http://192.168.1.20:8501"
UNKNOWN = "N0t_XMp1vuP7QO0xPX3HeqO-x5Euu5pAUfQJj9CQ5mI"  # of the form of a real one; no link has it


@dataclass
class Browser:
    """Its cookies, as the answers leave them, and what it asks."""

    origin: str = LOCAL
    path: str = LINK_PATH
    cookies: dict[str, str] = field(default_factory=dict)

    def post(self, *chunks: bytes | str, method: str = "POST", **headers: str) -> Answer:
        answer = hand_over(*chunks, method=method, path=self.path, origin=self.origin, cookies=self.cookies, **headers)
        for name, morsel in answer.cookies.items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
        return answer

    @property
    def remembers(self) -> dict[str, str]:
        return {dossier: link.token for dossier, link in remembered(self.cookies, self.origin).items()}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: bytes

    @property
    def cookies(self) -> Mapping[str, Any]:
        """What the answer puts in the browser's cookies: each value and how it may be sent."""
        found: SimpleCookie = SimpleCookie()
        for header in self.headers.getlist("set-cookie"):
            found.load(header)
        return found

    @property
    def refused(self) -> str | None:
        return json.loads(self.body).get("refused") if self.body else None


def hand_over(
    *chunks: bytes | str,
    method: str = "POST",
    path: str = LINK_PATH,
    origin: str = LOCAL,
    cookies: Mapping[str, str] = {},
    **headers: str,
) -> Answer:
    """Send a body to the address where links are exchanged; header names written with _ for -."""
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    told = {"host": urlsplit(origin).netloc or "localhost:8501", "origin": origin, "cookie": cookie, **headers}
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",  # as behind a proxy that ends TLS and says nothing of it
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in told.items() if value],
        "server": ("localhost", 8501),
    }
    coming = [chunk.encode() if isinstance(chunk, str) else chunk for chunk in chunks] or [b""]
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": coming.pop(0), "more_body": bool(coming)}

    async def send(message: Message) -> None:
        sent.append(message)

    # In a thread of its own: the tests that drive a browser leave a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Starlette(routes=link_routes())(scope, receive, send)).result()
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(sent[0]["status"], Headers(raw=sent[0]["headers"]), body)


@pytest.fixture
def store(tmp_path, monkeypatch) -> Iterator[Store]:
    with closing(new_store(tmp_path)) as found:
        monkeypatch.setattr(current, "store", lambda: found)
        yield found


@pytest.fixture
def kept(store) -> Kept:
    return keep(store, assess(organisation="Coop Alpha"), "the checklist", NOW, "direction")


@pytest.fixture
def away(monkeypatch) -> None:
    def unreachable() -> Store:
        raise StoreUnavailableError("unreachable", "Gone")

    monkeypatch.setattr(current, "store", unreachable)


def told(answer: Answer) -> str:
    """All that an answer says but in the header that sets the cookie."""
    return str([(name, value) for name, value in answer.headers.items() if name != "set-cookie"]) + repr(answer.body)


def test_a_link_becomes_a_cookie_of_its_dossier_that_no_script_reads_and_no_other_site_sends(kept):
    answer = hand_over(kept.token, sec_fetch_site="same-origin")
    dossier = short_id(kept.dossier_id)
    assert (answer.status, json.loads(answer.body)) == (200, {"dossier": dossier})
    [cookie] = answer.cookies.values()
    assert cookie.key == f"{LINK_COOKIE}-{dossier}"
    assert cookie.value.split(".")[0] == kept.token
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "strict")
    assert (cookie["max-age"], cookie["expires"]) == ("", ""), "forgotten when the browser is closed"


def test_over_https_the_cookie_is_this_hosts_alone_and_travels_over_https_alone(kept):
    [cookie] = hand_over(kept.token, origin=HTTPS).cookies.values()
    assert cookie.key == f"__Host-{LINK_COOKIE}-{short_id(kept.dossier_id)}"
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def test_under_a_base_path_the_link_is_taken_there_and_its_cookie_is_of_that_path_alone(kept, monkeypatch):
    monkeypatch.setattr(streamlit, "get_option", {"server.baseUrlPath": "/pense-bete/"}.get)
    assert hand_over(kept.token).status == 404
    [cookie] = hand_over(kept.token, path="/pense-bete/dossier-link", origin=HTTPS).cookies.values()
    assert cookie.key.startswith(f"__Secure-{LINK_COOKIE}-")
    assert (cookie["secure"], cookie["path"]) == (True, "/pense-bete")


@pytest.mark.parametrize("origin", [LOCAL, "http://127.0.0.1:8501", "http://[::1]:8501", "http://app.localhost"])
def test_on_ones_own_machine_the_cookie_needs_no_encryption(kept, origin):
    [cookie] = hand_over(kept.token, origin=origin).cookies.values()
    assert (cookie.key.startswith("__"), cookie["secure"]) == (False, "")


@pytest.mark.parametrize("origin", [HTTP, "http://pense-bete.example", "http://localhost.example"])
def test_over_plain_http_a_link_is_not_kept_and_the_page_hears_why(kept, origin):
    answer = hand_over(kept.token, origin=origin)
    assert (answer.status, answer.refused, dict(answer.cookies)) == (403, "insecure", {})


def test_links_of_several_dossiers_live_side_by_side_and_the_last_one_used_comes_first(store, kept, monkeypatch):
    browser = Browser()
    other = keep(store, assess(), "the checklist", NOW)
    for second, token in enumerate((kept.token, other.token)):
        monkeypatch.setattr(link_cookie.time, "time", lambda second=second: 1000 + second)
        browser.post(token)
    assert list(browser.remembers.values()) == [other.token, kept.token]
    monkeypatch.setattr(link_cookie.time, "time", lambda: 2000)
    assert browser.post(f"opened:{short_id(kept.dossier_id)}").status == 204
    assert list(browser.remembers.values()) == [kept.token, other.token]


def test_of_more_than_twenty_the_least_recently_used_goes(store, monkeypatch):
    browser, dossiers = Browser(), []
    for second in range(MOST_COOKIES + 2):
        monkeypatch.setattr(link_cookie.time, "time", lambda second=second: 1000 + second)
        made = keep(store, assess(), "the checklist", NOW)
        dossiers.append(short_id(made.dossier_id))
        browser.post(made.token)
    assert set(browser.remembers) == set(dossiers[2:])


def test_another_link_to_the_same_dossier_takes_the_place_of_the_first(store, kept):
    browser = Browser()
    browser.post(kept.token)
    renewed = renew(store, kept.dossier_id, kept.link_id, kept.link_id, NOW + timedelta(days=1))
    browser.post(renewed.token)
    assert list(browser.remembers.values()) == [renewed.token]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "."),
        ("", "\n"),
        (" ", " "),
        ("<", ">"),
        ("(", ")."),
        ("«\u00a0", "\u00a0»"),
        ("\u200b", "\ufeff"),
        ("", ","),
    ],
)
def test_what_stands_around_a_pasted_token_is_left_out(kept, before, after):
    assert hand_over(before + kept.token + after).status == 200


def test_a_token_that_a_mail_has_wrapped_or_that_comes_in_pieces_is_put_together(kept):
    assert hand_over(kept.token[:20] + "\r\n" + kept.token[20:]).status == 200
    assert hand_over(kept.token[:7], b"", kept.token[7:]).status == 200


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        (b"", 400, "truncated"),
        (b"short", 400, "truncated"),
        (UNKNOWN[:-1].encode(), 400, "truncated"),
        (UNKNOWN.encode(), 404, "unknown"),
        (b"a" * 44, 400, "malformed"),
        (b"a" * 201, 400, "malformed"),
        (b"a" * 5_000_000, 400, "malformed"),
        (UNKNOWN.encode() + b"; Domain=example.org", 400, "malformed"),
        (b"<script>alert(1)</script>", 400, "malformed"),
        (("é" * 30).encode(), 400, "truncated"),
        ("a\u0661".encode() * 30, 400, "malformed"),  # a digit, but not one of ASCII
        (bytes(range(128, 160)), 400, "truncated"),
        (b"a\0" * 30, 400, "malformed"),
        (b"somebody:else", 400, "malformed"),
    ],
    ids=lambda value: f"{value[:20]!r} of {len(value)}" if isinstance(value, bytes) else str(value),
)
def test_what_opens_nothing_is_refused_by_its_name_and_touches_no_cookie(kept, body, status, why):
    browser = Browser()
    browser.post(kept.token)
    before = dict(browser.cookies)
    answer = browser.post(body)
    assert (answer.status, answer.refused) == (status, why)
    assert "set-cookie" not in answer.headers
    assert browser.cookies == before


def test_a_revoked_link_is_told_from_an_unknown_one_and_touches_no_cookie(store, kept):
    browser = Browser()
    browser.post(kept.token)
    renew(store, kept.dossier_id, kept.link_id, kept.link_id, NOW)
    answer = browser.post(kept.token)
    assert (answer.status, answer.refused, "set-cookie" in answer.headers) == (410, "revoked", False)


def test_a_link_that_opens_no_more_is_dropped_and_one_taken_since_by_another_tab_stays(store, kept):
    browser, dossier = Browser(), short_id(kept.dossier_id)
    browser.post(kept.token)
    browser.post(f"gone:{dossier}")
    assert list(browser.remembers) == [dossier]
    renew(store, kept.dossier_id, kept.link_id, kept.link_id, NOW)
    browser.post(f"gone:{dossier}")
    assert browser.remembers == {}


def test_a_link_is_forgotten_when_its_visitor_says_so_and_no_other(store, kept):
    browser, other = Browser(HTTPS), keep(store, assess(), "the checklist", NOW)
    browser.post(kept.token)
    browser.post(other.token)
    browser.post(f"forget:{short_id(kept.dossier_id)}")
    assert list(browser.remembers.values()) == [other.token]


def test_the_page_hears_that_the_browser_kept_no_cookie(kept):
    assert hand_over(f"opened:{short_id(kept.dossier_id)}").refused == "not_kept"


def test_while_the_database_is_away_the_token_waits_and_takes_nobodys_place(kept, away):
    browser = Browser()
    answer = browser.post(kept.token)
    assert (answer.status, answer.refused, browser.cookies) == (202, "unavailable", {LINK_COOKIE: kept.token})
    browser.post(UNKNOWN)
    assert browser.cookies == {LINK_COOKIE: kept.token}


def test_the_cookie_of_the_version_before_is_moved_under_the_name_of_its_dossier(kept):
    browser = Browser(cookies={LINK_COOKIE: kept.token})
    assert browser.remembers == {}
    assert browser.post("move:").status == 200
    assert browser.remembers == {short_id(kept.dossier_id): kept.token}
    assert LINK_COOKIE not in browser.cookies


def test_the_cookie_of_the_version_before_takes_no_working_ones_place(store, kept):
    renewed = renew(store, kept.dossier_id, kept.link_id, kept.link_id, NOW)
    browser = Browser(cookies={LINK_COOKIE: kept.token})
    browser.post(renewed.token)
    browser.post("move:")
    assert list(browser.remembers.values()) == [renewed.token]
    assert LINK_COOKIE not in browser.cookies


def test_the_cookie_of_the_version_before_stays_while_the_database_is_away(kept, away):
    browser = Browser(cookies={LINK_COOKIE: kept.token})
    browser.post("move:")
    assert browser.cookies == {LINK_COOKIE: kept.token}


def test_cookies_that_another_host_or_path_could_have_set_are_not_read_over_https(kept):
    dossier = short_id(kept.dossier_id)
    planted = {cookie_name(dossier, LOCAL): f"{kept.token}.1"}
    assert remembered(planted, LOCAL)
    assert remembered(planted, HTTPS) == {}


@pytest.mark.parametrize("value", ["", "short.1", f"{UNKNOWN}.x", f"{UNKNOWN}", f"{UNKNOWN}.\u0661"])
def test_a_cookie_of_another_form_is_no_link_and_one_without_a_moment_is_the_oldest(value):
    found = remembered({f"{LINK_COOKIE}-0123456789": value, f"{LINK_COOKIE}-nonsense": f"{UNKNOWN}.1"}, LOCAL)
    assert [link.used_at for link in found.values()] == ([0] if value.startswith(UNKNOWN) else [])


def test_a_body_that_never_ends_is_not_read_to_its_end():
    assert hand_over(*[b"a" * 100] * 1000).status == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "anything"])
@pytest.mark.parametrize("body", ["", "forget:0123456789", "move:"], ids=["a token", "forget", "move"])
def test_a_request_that_another_site_had_the_browser_send_is_refused(kept, site, body):
    browser = Browser(cookies={LINK_COOKIE: kept.token})
    answer = browser.post(body or kept.token, sec_fetch_site=site)
    assert (answer.status, answer.refused, "set-cookie" in answer.headers) == (403, "another_site", False)


@pytest.mark.parametrize("origin", ["https://another.example", "http://localhost:8502", "null"])
def test_a_browser_that_does_not_say_which_site_sent_it_is_known_by_its_origin(kept, origin):
    answer = hand_over(kept.token, origin=origin, host="localhost:8501")
    assert (answer.status, answer.refused, "set-cookie" in answer.headers) == (403, "another_site", False)


def test_what_is_no_browser_says_neither_and_is_heard(kept):
    assert hand_over(kept.token, origin="").status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_the_address_takes_posts_alone(method):
    answer = hand_over(UNKNOWN, method=method)
    assert answer.status == 405
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("site", ["same-origin", "cross-site"])
@pytest.mark.parametrize("after", ["", "!", "aaaa"])
def test_nothing_of_the_token_is_told_but_in_the_cookie(kept, site, after):
    answer = hand_over(kept.token + after, sec_fetch_site=site)
    assert all(kept.token[start : start + 8] not in told(answer) for start in range(len(kept.token) - 8))


def test_no_copy_of_the_answer_is_kept_on_the_way(kept):
    assert hand_over(kept.token).headers["cache-control"] == "no-store"

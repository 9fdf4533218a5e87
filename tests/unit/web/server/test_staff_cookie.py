"""The key of the staff becomes a cookie that does not hold it, ends with it, and is given for no guess."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.types import Message, Scope

from pensebete.web.server import staff_cookie
from pensebete.web.server.allowance import Rate
from pensebete.web.server.log_masking import masked
from pensebete.web.server.shared_allowance import SharedAllowance
from pensebete.web.server.staff_cookie import FORGET_PATH, HOURS, STAFF_PATH, pass_in, pass_of, staff_routes
from pensebete.web.server.visit_cookie import VISIT_COOKIE, visit_said

LOCAL, HTTPS, HTTP = "http://localhost:8501", "https://pense-bete.example", "http://192.168.1.20:8501"
KEY = "sésame, ouvre-toi"


@pytest.fixture(autouse=True)
def key(monkeypatch) -> None:
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", KEY)
    monkeypatch.setattr(staff_cookie, "_WRONG_KEYS", SharedAllowance("staff-keys", Rate(3, 0.001)))


@dataclass
class Browser:
    """Its cookies, as the answers leave them."""

    origin: str = LOCAL
    address: str = "192.0.2.1"
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookie: str = ""

    def post(self, body: str, path: str = STAFF_PATH, **headers: str) -> tuple[int, dict[str, str]]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"host": urlsplit(self.origin).netloc, "origin": self.origin, "cookie": cookie, **headers}
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",  # as behind a proxy that ends TLS
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in told.items() if value],
            "server": ("localhost", 8501),
            "client": (self.address, 40_000),
        }
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body.encode(), "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        # In a thread of its own: the tests that drive a browser leave a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, Starlette(routes=staff_routes())(scope, receive, send)).result()
        self.set_cookie = Headers(raw=sent[0]["headers"]).get("set-cookie", "")
        found: SimpleCookie = SimpleCookie(self.set_cookie)
        for name, morsel in found.items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
        said = b"".join(message.get("body", b"") for message in sent[1:])
        return sent[0]["status"], json.loads(said) if said else {}

    @property
    def staff(self) -> bool:
        return pass_of(self.cookies, self.origin) is not None


def test_the_key_gives_a_cookie_that_no_script_reads_no_other_site_sends_and_that_does_not_hold_it():
    browser = Browser()
    status, said = browser.post(KEY)
    assert status == 200
    assert browser.staff
    assert "HttpOnly" in browser.set_cookie
    assert "SameSite=strict" in browser.set_cookie
    assert "Max-Age" not in browser.set_cookie  # it goes when the browser is closed
    assert "sésame" not in browser.set_cookie + str(said)


def test_over_https_the_cookie_goes_over_https_alone_and_over_plain_http_none_is_given():
    browser = Browser(HTTPS)
    browser.post(KEY)
    assert browser.staff
    assert browser.set_cookie.startswith("__Host-")
    assert "Secure" in browser.set_cookie
    plain = Browser(HTTP)
    assert plain.post(KEY) == (403, {"refused": "insecure"})
    assert not plain.cookies


def test_another_site_can_neither_give_the_key_nor_have_it_forgotten():
    browser = Browser()
    browser.post(KEY)
    for path in (STAFF_PATH, FORGET_PATH):
        assert browser.post(KEY, path, sec_fetch_site="cross-site") == (403, {"refused": "another_site"})
        assert browser.post(KEY, path, host="elsewhere.example") == (403, {"refused": "another_site"})
    assert browser.staff


def test_a_wrong_key_gives_nothing_and_after_too_many_not_even_the_right_one_is_looked_at():
    browser = Browser()
    for wrong in ("", "sésame", KEY + " "):
        assert browser.post(wrong) == (403, {"refused": "wrong"})
    assert browser.post(KEY) == (429, {"refused": "later"})
    assert not browser.cookies
    assert Browser(address="192.0.2.2").post(KEY)[0] == 200  # from elsewhere


def test_a_body_without_end_is_not_read():
    assert Browser().post("x" * 2_000) == (403, {"refused": "wrong"})


def test_a_cookie_ends_with_the_key_with_its_time_and_where_no_key_is_set(monkeypatch):
    browser = Browser()
    browser.post(KEY)
    now = staff_cookie.time.time()
    with monkeypatch.context() as later:
        later.setattr(staff_cookie.time, "time", lambda: now + HOURS * 3600 + 1)
        assert not browser.staff
    with monkeypatch.context() as changed:
        changed.setenv("PENSEBETE_STAFF_KEY", "another")
        assert not browser.staff
    with monkeypatch.context() as unset:
        unset.delenv("PENSEBETE_STAFF_KEY")
        assert not browser.staff
        assert browser.post("")[0] == 403
    assert browser.staff


def test_a_pass_that_a_server_gave_while_its_clock_was_years_ahead_is_none_once_it_is_right(monkeypatch):
    browser, now = Browser(), staff_cookie.time.time()
    with monkeypatch.context() as ahead:
        ahead.setattr(staff_cookie.time, "time", lambda: now + 10**9)
        browser.post(KEY)
        assert browser.staff
    assert not browser.staff


def test_a_cookie_that_was_made_up_or_made_longer_is_none():
    browser = Browser()
    browser.post(KEY)
    until, name, code = next(iter(browser.cookies.values())).split(".")
    made_up = [f"{int(until) + 9}.{name}.{code}", f"{until}.x.{code}", f"{until}.{name}.", "", "..", "²..", "9" * 5_000]
    assert [one for one in made_up if pass_in(one)] == []


def test_the_pass_that_the_page_is_given_counts_in_its_own_browser_alone():
    browser = Browser(cookies={VISIT_COOKIE: "of this browser"})
    said = browser.post(KEY)[1]["pass"]
    assert pass_in(said, visit_said("of this browser"))
    assert pass_in(said, visit_said("of another")) is None
    assert pass_in(said) is None  # nor is it a cookie


def test_what_was_forgotten_counts_no_more_in_another_tab_that_showed_it_before():
    browser = Browser(cookies={VISIT_COOKIE: "of this browser"})
    said = browser.post(KEY)[1]["pass"]
    shown = dict(browser.cookies)
    assert browser.post("", FORGET_PATH)[0] == 204
    assert not browser.staff
    assert pass_of(shown, LOCAL) is None
    assert pass_in(said, visit_said("of this browser")) is None


def test_no_log_has_the_pass_that_a_browser_holds():
    for browser in (Browser(), Browser(HTTPS)):
        browser.post(KEY)
        for name, value in browser.cookies.items():
            for line in (f"cookie: a=b; {name}={value}; c=d", f"{{'cookie': '{name}={value}'}}"):
                assert value.rpartition(".")[2] not in masked(line)
                assert "staff" in masked(line)

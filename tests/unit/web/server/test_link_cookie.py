"""A private link becomes a cookie, and its token is told nowhere else."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.types import Message, Scope

from pensebete.web.server.link_cookie import LINK_COOKIE, LINK_PATH, ROUTES

TOKEN = "N0t_XMp1vuP7QO0xPX3HeqO-x5Euu5pAUfQJj9CQ5mI"  # of the form of a real one; no link has it
APP = Starlette(routes=ROUTES)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: bytes

    @property
    def cookie(self) -> dict[str, str]:
        """What the answer puts in the browser's cookie: its value and how it may be sent."""
        [morsel] = SimpleCookie(self.headers["set-cookie"]).values()
        assert morsel.key == LINK_COOKIE
        return {"value": morsel.value, **{name: str(value) for name, value in morsel.items() if value}}


def hand_over(*chunks: bytes, method: str = "POST", scheme: str = "http", **headers: str) -> Answer:
    """Send a body to the address where links are exchanged; header names written with _ for -."""
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": LINK_PATH,
        "raw_path": LINK_PATH.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "server": ("localhost", 8501),
    }
    coming = [*chunks] or [b""]
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": coming.pop(0), "more_body": bool(coming)}

    async def send(message: Message) -> None:
        sent.append(message)

    # In a thread of its own: the tests that drive a browser leave a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, APP(scope, receive, send)).result()
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(sent[0]["status"], Headers(raw=sent[0]["headers"]), body)


def told(answer: Answer) -> str:
    """All that an answer says but in the header that sets the cookie."""
    return str([(name, value) for name, value in answer.headers.items() if name != "set-cookie"]) + repr(answer.body)


def test_a_token_becomes_a_cookie_that_no_script_reads_and_no_other_site_sends():
    answer = hand_over(TOKEN.encode(), sec_fetch_site="same-origin")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.cookie == {"value": TOKEN, "path": "/", "httponly": "True", "samesite": "strict"}


def test_the_browser_forgets_the_cookie_when_it_is_closed():
    assert {"max-age", "expires"}.isdisjoint(hand_over(TOKEN.encode()).cookie)


def test_over_https_the_cookie_travels_over_https_alone():
    assert hand_over(TOKEN.encode(), scheme="https").cookie["secure"] == "True"
    assert hand_over(scheme="https").cookie["secure"] == "True"


def test_a_token_that_comes_in_pieces_is_put_together():
    assert hand_over(TOKEN[:7].encode(), b"", TOKEN[7:].encode()).cookie["value"] == TOKEN


def test_an_empty_body_takes_the_cookie_away():
    answer = hand_over(b"")
    assert answer.status == 204
    assert (answer.cookie["value"], answer.cookie["max-age"]) == ("", "0")
    assert (answer.cookie["path"], answer.cookie["httponly"], answer.cookie["samesite"]) == ("/", "True", "strict")


@pytest.mark.parametrize(
    "body",
    [
        b"short",
        b"a" * 101,
        b"a" * 201,
        b"a" * 5_000_000,
        TOKEN.encode() + b"\n",
        b" " + TOKEN.encode(),
        TOKEN.encode() + b"; Domain=example.org",
        b"<script>alert(1)</script>",
        b'"' + TOKEN.encode() + b'"',
        ("é" * 30).encode(),
        "\u0661".encode() * 30,  # a digit, but not one of ASCII
        bytes(range(128, 160)),
        b"\0" * 30,
    ],
    ids=lambda body: f"{body[:20]!r} of {len(body)}",
)
def test_what_is_no_token_is_refused_and_sets_no_cookie(body):
    answer = hand_over(body)
    assert (answer.status, answer.body) == (400, b"")
    assert "set-cookie" not in answer.headers


def test_a_body_that_never_ends_is_not_read_to_its_end():
    pieces = [b"a" * 100] * 1000
    assert hand_over(*pieces).status == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "anything"])
@pytest.mark.parametrize("body", [TOKEN.encode(), b""], ids=["a token", "nothing"])
def test_a_request_that_another_site_had_the_browser_send_is_refused(site, body):
    answer = hand_over(body, sec_fetch_site=site)
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_the_address_takes_posts_alone(method):
    answer = hand_over(TOKEN.encode(), method=method)
    assert answer.status == 405
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("site", ["same-origin", "cross-site"])
@pytest.mark.parametrize("body", [TOKEN.encode(), TOKEN.encode() + b"!", TOKEN.encode() * 5])
def test_nothing_of_the_token_is_told_but_in_the_cookie(site, body):
    answer = hand_over(body, sec_fetch_site=site)
    assert all(TOKEN[start : start + 8] not in told(answer) for start in range(len(TOKEN) - 8))


def test_no_copy_of_the_answer_is_kept_on_the_way():
    assert hand_over(TOKEN.encode()).headers["cache-control"] == "no-store"

"""The key of the staff becomes a cookie, which tells of the key nothing but that somebody knew it.

Its value is a pass: when it ends, a name of its own, and a code that only who knows the key can make of the two. So it
counts on every server that has the same key and ends with the key, and nothing is kept anywhere. The page that gave the
key is no new handshake, so it would not show its cookie before a reload: the answer holds a second pass, of the same
end and name, which counts in that browser alone and which the page hands to its visit.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest, new
from os import environ
from typing import Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pensebete.storage.errors import StoreError
from pensebete.web.server.allowance import Rate
from pensebete.web.server.cookies import (
    NOT_KEPT,
    attributes,
    body_of,
    done,
    may_remember,
    name_for,
    origin_of,
    refused,
    sent_by_another_site,
)
from pensebete.web.server.network import network_asking
from pensebete.web.server.shared_allowance import SharedAllowance
from pensebete.web.server.static_gzip import base_path
from pensebete.web.server.this_process import name_of_process
from pensebete.web.server.visit_cookie import visit_cookie_name, visit_said

STAFF_KEY = "PENSEBETE_STAFF_KEY"
STAFF_COOKIE = "pensebete-staff"
STAFF_PATH = "/staff-key"
FORGET_PATH = f"{STAFF_PATH}/forget"
HOURS = 12  # a working day; then the key is asked again
REFUSALS = ("wrong", "later", "insecure", "another_site")  # each a sentence of the page, workshop.key.…

_CLOCKS_DIFFER = 3600  # seconds, of two servers, at most
_LONGEST = 1_000  # bytes; no key is longer
_EVERYWHERE = ""  # in the place of a browser, in the pass that is the cookie
# Wrong keys from one address; then one each six minutes. Who is staff types it once, a robot tries a dictionary.
_WRONG_KEYS = SharedAllowance("staff-keys", Rate(10, 10 / 3600))
# Passes given back before their end, by a code of their name: another tab of that browser showed its cookie before, and
# goes on saying it. Of several processes, each says in the database what was given back to it, and reads the others'.
_GIVEN_BACK: OrderedDict[str, None] = OrderedDict()
_KIND = "staff-passes"
_MOST_GIVEN_BACK = 10_000


@dataclass(frozen=True, slots=True)
class Pass:
    """What says that somebody has given the key."""

    until: int  # seconds since 1970
    name: str


def staff_has_a_key() -> bool:
    """Whether PENSEBETE_STAFF_KEY is set; else nobody is staff in a browser."""
    return bool(environ.get(STAFF_KEY))


def new_pass() -> Pass:
    return Pass(int(time.time()) + HOURS * 3600, secrets.token_urlsafe(12))


def written(one: Pass, browser: str = _EVERYWHERE) -> str:
    """A pass as it is handed over, for that browser alone where one is named."""
    return f"{one.until}.{one.name}.{_code(one, browser)}"


def pass_in(text: str, browser: str = _EVERYWHERE) -> Pass | None:
    """The pass that a text is, of the key in use and not at its end."""
    until, _, rest = text.partition(".")
    name, _, code = rest.partition(".")
    if not staff_has_a_key() or len(text) > _LONGEST or not (until.isascii() and until.isdigit()):
        return None
    found = Pass(int(until[:20]), name)
    if not compare_digest(code.encode("utf-8", "replace"), _code(found, browser).encode()):
        return None
    # One that ends later than any does was given while a clock was ahead.
    lasts = 0 < found.until - time.time() <= HOURS * 3600 + _CLOCKS_DIFFER
    return found if lasts and _name_given_back(name) not in _GIVEN_BACK else None


def staff_cookie_name(origin: str | None) -> str:
    return name_for(origin, STAFF_COOKIE)


def pass_of(cookies: Mapping[str, str], origin: str | None) -> Pass | None:
    """The pass that a browser holds."""
    return pass_in(cookies.get(staff_cookie_name(origin), ""))


def try_key(given: bytes, network: str) -> Literal["right", "wrong", "later"]:
    """Whether it is the key; after too many wrong ones from an address, none is looked at for a while.

    Each counts as wrong until it is known to be right: however many come at once, no more are looked at.
    """
    if _WRONG_KEYS.take(network):
        return "later"
    # Of digests, so that not even the length shows in how long it takes.
    if staff_has_a_key() and compare_digest(sha256(given).digest(), sha256(_key()).digest()):
        _WRONG_KEYS.give_back(network)
        return "right"
    return "wrong"


async def take_key(request: Request) -> Response:
    """A cookie for who gives the key, and the pass of the page; 403 for another key and 429 after too many, each with
    why. What was given is kept nowhere."""
    if sent_by_another_site(request):
        return refused("another_site", 403)
    given, origin = await body_of(request, _LONGEST), origin_of(request)
    if given is None:
        return refused("wrong", 403)
    if not may_remember(origin):
        return refused("insecure", 403)
    found = await asyncio.to_thread(try_key, given, network_asking(request.scope))  # it may ask the database
    if found != "right":
        return refused(found, 429 if found == "later" else 403)
    made, browser = new_pass(), visit_said(request.cookies.get(visit_cookie_name(origin), ""))
    response = JSONResponse({"pass": written(made, browser)}, headers=NOT_KEPT)
    response.set_cookie(staff_cookie_name(origin), written(made), **attributes(origin))
    return response


async def forget_key(request: Request) -> Response:
    """The browser forgets its pass, and so does every tab of it: on another process, once that one looks."""
    if sent_by_another_site(request):
        return refused("another_site", 403)
    origin = origin_of(request)
    if found := pass_of(request.cookies, origin):
        await asyncio.to_thread(give_back, found)
    response = done()
    response.delete_cookie(staff_cookie_name(origin), **attributes(origin))
    return response


def give_back(one: Pass) -> None:
    code = _name_given_back(one.name)
    _is_given_back(code)
    if not name_of_process():
        return
    from pensebete.storage.allowances import take  # they take half a second to import
    from pensebete.storage.current import store

    with suppress(StoreError):  # the database is away: here it counts no more, elsewhere it ends by itself
        take(store(), _KIND, code, 1, 1, 1 / (HOURS * 3600), datetime.now(UTC))


def look_at_passes_given_back() -> None:
    """Have this process know of those that were given back to another one. Raises StoreError."""
    if not (staff_has_a_key() and name_of_process()):
        return
    from pensebete.storage.allowances import all_taken
    from pensebete.storage.current import store

    for code in all_taken(store(), _KIND):
        _is_given_back(code)


def _is_given_back(code: str) -> None:
    _GIVEN_BACK[code] = None
    if len(_GIVEN_BACK) > _MOST_GIVEN_BACK:
        _GIVEN_BACK.popitem(last=False)


def _name_given_back(name: str) -> str:
    return sha256(name.encode("utf-8", "replace")).hexdigest()


def staff_routes() -> list[Route]:
    """Under the folder of the site that a setting may put the app in."""
    return [
        Route(base_path() + STAFF_PATH, take_key, methods=["POST"]),
        Route(base_path() + FORGET_PATH, forget_key, methods=["POST"]),
    ]


def _code(one: Pass, browser: str) -> str:
    return new(
        _key(), f"pensebete staff {one.until}.{one.name} {browser}".encode("utf-8", "replace"), sha256
    ).hexdigest()


def _key() -> bytes:
    return environ[STAFF_KEY].encode("utf-8", "surrogateescape")

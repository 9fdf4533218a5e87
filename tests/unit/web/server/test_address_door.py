"""What one address takes, and what it is told when that is too much."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from pensebete.web.server.address_door import AddressDoor
from pensebete.web.server.limits import Limits
from pensebete.web.server.trusted_proxies import TRUSTED_PROXIES

HTML = [(b"accept", b"text/html,*/*")]
UPLOAD = "/_stcore/upload_file/visit/file"


async def served(scope: Any, receive: Any, send: Any) -> None:
    """What stands behind the door: reads what is sent, then answers."""
    if scope["type"] == "websocket":
        await receive()
        return
    while scope["method"] == "PUT" and (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def scope(kind: str = "http", host: str = "192.0.2.1", headers: Sequence[Any] = (), **more: Any) -> dict[str, Any]:
    method = {"method": "GET"} if kind == "http" else {}
    return (
        {"type": kind, "path": "/", "client": (host, 1), "headers": list(headers), "query_string": b""} | method | more
    )


class Asked:
    """A request through the door, and what came back."""

    def __init__(self, door: AddressDoor, scope: dict[str, Any], parts: Sequence[bytes] = ()) -> None:
        self.sent: list[dict[str, Any]] = []
        self.parts: asyncio.Queue[Any] = asyncio.Queue()
        for part in parts:
            self.parts.put_nowait({"type": "http.request", "body": part, "more_body": True})
        self._call = door(scope, self.parts.get, self._send)

    async def _send(self, message: Any) -> None:
        self.sent.append(message)

    async def answer(self) -> int:
        await self._call
        return self.status

    @property
    def status(self) -> int:
        return next((int(message["status"]) for message in self.sent if "status" in message), 0)

    @property
    def body(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    def header(self, name: bytes) -> str:
        return dict(self.sent[0]["headers"])[name].decode()

    def end(self) -> None:
        self.parts.put_nowait({"type": "http.request", "body": b"", "more_body": False})


def statuses(door: AddressDoor, *scopes: dict[str, Any]) -> list[int]:
    async def all_of_them() -> list[int]:
        return [await Asked(door, one).answer() for one in scopes]

    return asyncio.run(all_of_them())


def test_an_address_that_asks_too_much_waits_and_another_one_does_not():
    door = AddressDoor(served, Limits(requests=3))
    assert statuses(door, *[scope()] * 4, scope(host="192.0.2.2")) == [204, 204, 204, 429, 204]


def test_one_subscriber_of_ipv6_is_one_address():
    door = AddressDoor(served, Limits(requests=2))
    assert statuses(door, *[scope(host=f"2001:db8::{n}") for n in range(3)], scope(host="2001:db8:1::1"))[2:] == [
        429,
        204,
    ]


def test_behind_a_trusted_proxy_the_visitors_are_counted_and_a_header_of_a_stranger_is_not_read(monkeypatch):
    monkeypatch.setenv(TRUSTED_PROXIES, "10.0.0.1")
    asked = [scope(host="10.0.0.1", headers=[(b"x-forwarded-for", f"192.0.2.{n}".encode())]) for n in range(3)]
    assert statuses(AddressDoor(served, Limits(requests=1)), *asked) == [204] * 3
    lied = [scope(host="192.0.2.1", headers=[(b"x-forwarded-for", f"192.0.2.{n}".encode())]) for n in range(3)]
    assert statuses(AddressDoor(served, Limits(requests=1)), *lied) == [204, 429, 429]


def test_a_browser_is_told_in_both_languages_when_to_come_back():
    door = AddressDoor(served, Limits(requests=1))

    async def ask() -> Asked:
        await Asked(door, scope(headers=HTML)).answer()
        refused = Asked(door, scope(headers=HTML))
        await refused.answer()
        return refused

    refused = asyncio.run(ask())
    assert (refused.status, refused.header(b"retry-after")) == (429, "120")
    for words in ("Il y a trop de monde", "Too many people", "dans 120\u00a0s", "in 120\u00a0s"):
        assert words in refused.body
    assert 'http-equiv="refresh"' in refused.body
    assert "<script" not in refused.body


def test_of_an_address_so_many_pages_are_open_and_one_that_closes_makes_room():
    async def walk() -> list[int]:
        door = AddressDoor(served, Limits(visits=2))
        pages = [Asked(door, scope("websocket")) for _ in range(2)]
        tasks = [asyncio.create_task(page.answer()) for page in pages]
        await asyncio.sleep(0)
        refused = Asked(door, scope("websocket"))
        await refused.answer()
        assert refused.sent == [{"type": "websocket.close", "code": 1013}]
        found = [await Asked(door, scope(headers=HTML)).answer(), await Asked(door, scope()).answer()]
        found.append(await Asked(door, scope(host="192.0.2.2", headers=HTML)).answer())
        pages[0].end()
        await tasks[0]
        found.append(await Asked(door, scope(headers=HTML)).answer())
        pages[1].end()
        await tasks[1]
        return found

    assert asyncio.run(walk()) == [503, 204, 204, 204]


def test_what_a_visit_is_told_of_its_address_was_said_by_this_server():
    told: list[Any] = []

    async def keeps(scope: Any, receive: Any, send: Any) -> None:
        told.extend(value for name, value in scope["headers"] if name == b"x-pensebete-network")

    lies = [(b"x-pensebete-network", b"192.0.2.99")]
    asyncio.run(Asked(AddressDoor(keeps, Limits()), scope("websocket", headers=lies)).answer())
    assert told == [b"192.0.2.1"]


def upload(door: AddressDoor, size: int, host: str = "192.0.2.1") -> Asked:
    return Asked(door, scope(method="PUT", path=UPLOAD, host=host), [bytes(size)] if size else [])


def test_of_files_on_their_way_the_oldest_of_its_address_gives_way():
    async def walk() -> list[int]:
        door = AddressDoor(served, Limits(on_their_way=100, on_their_way_of_all=1000))
        first, second, other = upload(door, 60), upload(door, 50), upload(door, 90, "192.0.2.2")
        tasks = []
        for one in (first, other, second):
            tasks.append(asyncio.create_task(one.answer()))
            for _ in range(5):
                await asyncio.sleep(0)
        second.end()
        other.end()
        await asyncio.gather(*tasks)
        return [first.status, second.status, other.status]

    assert asyncio.run(walk()) == [503, 204, 204]


def test_where_all_are_too_much_it_is_the_address_with_the_most_that_gives_way():
    async def walk() -> list[int]:
        door = AddressDoor(served, Limits(on_their_way=900, on_their_way_of_all=1000))
        much, more, little = upload(door, 400), upload(door, 450), upload(door, 200, "192.0.2.2")
        tasks = []
        for one in (much, more, little):
            tasks.append(asyncio.create_task(one.answer()))
            for _ in range(5):
                await asyncio.sleep(0)
        more.end()
        little.end()
        await asyncio.gather(*tasks)
        return [much.status, more.status, little.status]

    assert asyncio.run(walk()) == [503, 204, 204]


def test_bytes_uploaded_are_counted_as_they_came_and_come_back():
    async def walk() -> list[int]:
        door = AddressDoor(served, Limits(uploads=100))
        found = []
        for size in (90, 90, 1):
            one = upload(door, size)
            one.end()
            found.append(await one.answer())
        return found

    assert asyncio.run(walk()) == [204, 204, 429]

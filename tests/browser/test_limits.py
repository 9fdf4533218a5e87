"""An address that takes too much of a server that runs, and the one beside it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from devtools.server import LOOPBACK, Server, serving


def first_page(server: Server) -> tuple[int, str, str | None]:
    """What a browser at this machine's first address is answered: status, page, and when it may come back."""
    asked = Request(f"{server.url}/", headers={"Accept": "text/html"})
    try:
        with urlopen(asked, timeout=30) as answer:
            return answer.status, answer.read().decode(), None
    except HTTPError as refused:
        return refused.code, refused.read().decode(), refused.headers["Retry-After"]


async def opened(server: Server, address: str = LOOPBACK) -> ClientConnection:
    return await connect(
        f"ws://{LOOPBACK}:{server.port}/_stcore/stream",
        origin=server.url,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        local_addr=(address, 0),
        proxy=None,
    )


async def walk(server: Server) -> None:
    pages = [await opened(server) for _ in range(3)]
    with pytest.raises(InvalidStatus):
        await opened(server)
    await (await opened(server, "127.0.0.2")).close()
    status, page, later = await asyncio.to_thread(first_page, server)
    assert (status, later) == (503, "30")
    assert "Il y a trop de monde" in page
    assert "Too many people" in page
    await pages.pop().close()
    while (await asyncio.to_thread(first_page, server))[0] != 200:  # the server has yet to hear that it closed
        pass
    for left in pages:
        await left.close()


def test_a_page_too_many_is_told_to_come_back_until_one_closes_and_another_address_notices_nothing():
    # In a thread: the browser that other tests were lent has a loop of its own in this one.
    with serving(PENSEBETE_MOST_VISITS="3") as server, ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(walk(server))).result()

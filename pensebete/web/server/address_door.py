"""How much one address takes: its requests, the pages it has open, what it uploads (limits.py).

Counted here and not where connections come in (connections.py): behind a trusted proxy they all come from one address,
and a request says for whom.
"""

from __future__ import annotations

from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pensebete.web.server.allowance import Allowance
from pensebete.web.server.come_back import come_back
from pensebete.web.server.limits import Limits, limits
from pensebete.web.server.metrics import Refusal, count_refusal
from pensebete.web.server.network import is_page, network_asking, with_network
from pensebete.web.server.static_gzip import base_path
from pensebete.web.server.uploads_on_their_way import NoRoomError, OnTheirWay

_UNTIL_A_PAGE_CLOSES = 30.0  # seconds, which nobody knows
_TRY_AGAIN_LATER = 1013


class AddressDoor:
    """ASGI middleware: lets through what one address may take, and says to the rest when to come back."""

    def __init__(self, app: ASGIApp, of: Limits | None = None) -> None:
        self._app = app
        self._limits = of or limits()
        self._requests = Allowance(self._limits.request_rate)
        self._uploaded = Allowance(self._limits.upload_rate)
        self._on_their_way = OnTheirWay(self._limits.on_their_way, self._limits.on_their_way_of_all)
        self._open: Counter[str] = Counter()
        self._uploads = f"{base_path()}/_stcore/upload_file/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        network = network_asking(scope)
        wait = self._requests.take(network)
        if wait:
            await _refuse(scope, receive, send, wait, "requests")
        elif scope["type"] == "websocket":
            await self._open_page(scope, receive, send, network)
        elif is_page(scope) and not self._room_for_a_page(network):
            count_refusal("pages")
            await come_back(scope, _UNTIL_A_PAGE_CLOSES, 503)(scope, receive, send)
        elif scope["method"] in {"PUT", "POST"} and scope["path"].startswith(self._uploads):
            await self._upload(scope, receive, send, network)
        else:
            await self._app(scope, receive, send)

    def _room_for_a_page(self, network: str) -> bool:
        return self._open[network] < self._limits.visits and self._open.total() < self._limits.visits_of_all

    async def _open_page(self, scope: Scope, receive: Receive, send: Send, network: str) -> None:
        if not self._room_for_a_page(network):
            await _refuse(scope, receive, send, _UNTIL_A_PAGE_CLOSES, "pages")
            return
        self._open[network] += 1
        try:
            await self._app(with_network(scope, network), receive, send)
        finally:
            self._open[network] -= 1
            if not self._open[network]:
                del self._open[network]

    async def _upload(self, scope: Scope, receive: Receive, send: Send, network: str) -> None:
        """A file on its way is counted as it comes: what is said of its length may be wrong."""
        if wait := self._uploaded.wait(network):
            count_refusal("uploads")
            await come_back(scope, wait)(scope, receive, send)
            return
        begun = False

        async def send_and_know(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        with self._on_their_way.upload(network, receive) as upload:
            try:
                await self._app(scope, upload.receive, send_and_know)
            except NoRoomError:
                count_refusal("uploads")
                if not begun:
                    await come_back(scope, _UNTIL_A_PAGE_CLOSES, 503)(scope, receive, send)
            finally:
                self._uploaded.spend(network, upload.size)


async def _refuse(scope: Scope, receive: Receive, send: Send, wait: float, kind: Refusal) -> None:
    count_refusal(kind)
    if scope["type"] == "websocket":
        # Before it is open this answers 403; the page says that the line is down, and tries again.
        await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
    else:
        await come_back(scope, wait)(scope, receive, send)

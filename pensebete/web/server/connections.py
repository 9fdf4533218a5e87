"""What a connection may take of the server before it has asked something whole, and while it does not read the answer.

Neither middleware nor a setting sees a request that is half sent: uvicorn waits for the rest of it as long as the
client likes, and each holds a socket. A client that reads nothing holds all that was written for it. So each connection
has to get on at a pace that the slowest telephone keeps, and those that are still to say what they want are counted.
"""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from typing import Any

import h11
import uvicorn
from streamlit.runtime.runtime_util import get_max_message_size_bytes
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from pensebete.web.server.network import network_of
from pensebete.web.server.trusted_proxies import trusted_proxies

HEADERS_WITHIN = 10.0  # seconds, from the first byte, or from the connection itself
LOOK_EVERY = 15.0  # seconds
SLOWEST = 512  # bytes a second, either way
# That wait at once for the rest of a request. A request is whole within a few milliseconds: these are many.
MOST_WAITING, MOST_OF_ONE_ADDRESS = 512, 64
MOST_FILES = 65_536


def counted_with(client: tuple[str, int] | None) -> str:
    """The network of whoever holds the connection; "" where that is a trusted proxy, which brings those of many."""
    host = client[0] if client else ""
    return "" if trusted_proxies().trust(host) else network_of(host)


class Waiting:
    """The connections whose request is not whole, the oldest first; one too many takes the place of the oldest."""

    def __init__(self) -> None:
        self._networks: dict[BoundedHttp, str] = {}
        self._counts: Counter[str] = Counter()

    def enter(self, connection: BoundedHttp, network: str) -> None:
        self._networks[connection] = network
        self._counts[network] += 1
        if network and self._counts[network] > MOST_OF_ONE_ADDRESS:
            next(one for one, its in self._networks.items() if its == network).drop()
        if len(self._networks) > MOST_WAITING:
            next(iter(self._networks)).drop()

    def leave(self, connection: BoundedHttp) -> None:
        network = self._networks.pop(connection, None)
        if network is not None:
            self._counts[network] -= 1
            if not self._counts[network]:
                del self._counts[network]

    def __contains__(self, connection: BoundedHttp) -> bool:
        return connection in self._networks


class SlowReader:
    """Ends a connection whose client does not read what is written for it. Closing would wait for it to read."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._left = 0
        self._timer: asyncio.TimerHandle | None = None

    def writing_paused(self) -> None:
        if self._timer is None:
            self._left = self._transport.get_write_buffer_size()
            self._timer = self._loop.call_later(LOOK_EVERY, self._look)

    def writing_resumed(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        if self._left - self._transport.get_write_buffer_size() < SLOWEST * LOOK_EVERY:
            self._transport.abort()
        else:
            self.writing_paused()


class HasToRead(asyncio.Protocol):
    """What a connection adds to its protocol so that its client has to read."""

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._reader = SlowReader(self.transport, self.loop)

    def connection_lost(self, exc: Exception | None) -> None:
        self._reader.writing_resumed()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reader.writing_paused()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._reader.writing_resumed()


class BoundedHttp(HasToRead, H11Protocol):
    """An HTTP connection that has to get on."""

    _waiting = Waiting()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._deadline: asyncio.TimerHandle | None = None
        self._received = 0
        self._wait(HEADERS_WITHIN)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)
        if self.transport.get_protocol() is self:  # and not of a websocket from here on
            self._look_at_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._go_on()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._go_on()
        self._reader.writing_resumed()
        super().handle_websocket_upgrade(event)

    def drop(self) -> None:
        self._go_on()
        self.transport.abort()

    def _look_at_request(self) -> None:
        """Whether the request is whole; in its body, the clock is that of its pace."""
        state = self.conn.their_state
        if state not in (h11.IDLE, h11.SEND_BODY):
            self._go_on()
        elif self not in self._waiting:
            self._wait(HEADERS_WITHIN if state is h11.IDLE else LOOK_EVERY)
        elif state is h11.SEND_BODY and not self._in_body:
            self._clock(LOOK_EVERY)

    def _wait(self, seconds: float) -> None:
        self._clock(seconds)
        self._waiting.enter(self, counted_with(self.client))

    def _clock(self, seconds: float) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._received, self._in_body = 0, self.conn.their_state is h11.SEND_BODY
        self._deadline = self.loop.call_later(seconds, self._too_late)

    def _too_late(self) -> None:
        # What this server has not read yet is not the client's delay.
        if self._in_body and (self.flow.read_paused or self._received >= SLOWEST * LOOK_EVERY):
            self._clock(LOOK_EVERY)
        else:
            self.drop()

    def _go_on(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        self._waiting.leave(self)


class BoundedWebsocket(HasToRead, WebSocketsSansIOProtocol):
    """A websocket whose client has to read."""


def bound_connections() -> None:
    """From here on each server of this process takes its connections by these classes, whichever command started it.

    `streamlit run` and `uvicorn` choose their own before they import the app, and take the first connection after that:
    when a server opens its sockets is the one moment that both have in common.
    """
    startup = uvicorn.Server.startup
    if getattr(startup, "bounded", False):
        return

    async def bounded(server: uvicorn.Server, *args: Any, **kwargs: Any) -> None:
        server.config.http_protocol_class = BoundedHttp
        server.config.ws_protocol_class = BoundedWebsocket
        server.config.ws_max_size = get_max_message_size_bytes()
        server.config.loaded_app = _without_proxy_headers(server.config.loaded_app)
        await startup(server, *args, **kwargs)

    bounded.bounded = True  # type: ignore[attr-defined]
    uvicorn.Server.startup = bounded  # type: ignore[method-assign,assignment]


def _without_proxy_headers(app: Any) -> Any:
    """uvicorn believes what this machine says of whom it asks for; whom we believe, trusted_proxies.py says."""
    return app.app if isinstance(app, ProxyHeadersMiddleware) else app


def allow_many_files() -> None:
    """Each connection is an open file, and many a system allows a process 1,024 until it asks for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

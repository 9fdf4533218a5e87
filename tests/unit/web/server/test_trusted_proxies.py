"""Who asks, and over what, where proxies stand between: from those alone that the operator names."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn import Config, Server
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from pensebete.web.server import lifespan
from pensebete.web.server.connections import bound_connections
from pensebete.web.server.security_headers import headers_for
from pensebete.web.server.trusted_proxies import (
    TRUSTED_PROXIES,
    SchemeOfBrowser,
    client_address,
    is_https,
    trusted_proxies,
)


def asked(
    peer: str | None, *forwarded: str, proto: str | None = None, scheme: str = "http", type: str = "http"
) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    headers += [] if proto is None else [(b"x-forwarded-proto", proto.encode())]
    client = None if peer is None else (peer, 5000)
    return {"type": type, "scheme": scheme, "client": client, "headers": headers}


@pytest.fixture
def proxies(monkeypatch):
    def say(setting: str) -> None:
        monkeypatch.setenv(TRUSTED_PROXIES, setting)

    return say


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "192.0.2.7", "2001:db8::7"])
def test_nobody_is_believed_where_no_proxy_is_named(peer, monkeypatch):
    monkeypatch.delenv(TRUSTED_PROXIES, raising=False)
    scope = asked(peer, "203.0.113.5", proto="https")
    assert client_address(scope) == peer
    assert not is_https(scope)
    assert "Strict-Transport-Security" not in headers_for(scope)


def test_a_stranger_is_not_believed_where_a_proxy_is_named(proxies):
    proxies("127.0.0.1, 10.0.0.0/8")
    scope = asked("192.0.2.7", "203.0.113.5", proto="https")
    assert client_address(scope) == "192.0.2.7"
    assert not is_https(scope)


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        (["203.0.113.5"], "203.0.113.5"),
        # What the client wrote itself stands at the left.
        (["198.51.100.1, 203.0.113.5"], "203.0.113.5"),
        (["198.51.100.1", "203.0.113.5"], "203.0.113.5"),
        # One proxy behind another.
        (["203.0.113.5, 10.0.0.2"], "203.0.113.5"),
        (["198.51.100.1, 203.0.113.5, 10.0.0.2, 10.0.0.3"], "203.0.113.5"),
        # A client in the proxies' own network.
        (["10.0.0.9, 10.0.0.2"], "10.0.0.9"),
        (["203.0.113.5:4000"], "203.0.113.5"),
        (["[2001:db8::5]:4000"], "2001:db8::5"),
        (["[2001:db8::5]"], "2001:db8::5"),
        (["2001:db8::5"], "2001:db8::5"),
        (["2001:DB8:0::5"], "2001:db8::5"),
        (["::ffff:203.0.113.5"], "203.0.113.5"),
        (["::ffff:203.0.113.5, ::ffff:10.0.0.2"], "203.0.113.5"),
        # What is no address says nothing, and what stands left of it neither.
        (["198.51.100.1, unknown"], "127.0.0.1"),
        (["198.51.100.1, _hidden, 10.0.0.2"], "10.0.0.2"),
        (["198.51.100.1, "], "127.0.0.1"),
        (["' OR 1=1"], "127.0.0.1"),
        ([], "127.0.0.1"),
    ],
)
@pytest.mark.parametrize("peer", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_a_client_is_the_first_stranger_from_the_right(peer, forwarded, client, proxies):
    proxies("127.0.0.1, 10.0.0.0/8")
    assert client_address(asked(peer, *forwarded)) == client


def test_a_very_long_header_is_read_from_its_end(proxies):
    proxies("127.0.0.1")
    assert client_address(asked("127.0.0.1", "198.51.100.1," * 5_000 + "203.0.113.5")) == "203.0.113.5"


@pytest.mark.parametrize("setting", ["2001:db8:1::/48", "2001:db8:1::2", "2001:db8:1:0:0::2/48", " ::1 2001:db8:1::2,"])
def test_proxies_are_named_by_address_or_network(setting, proxies):
    proxies(setting)
    assert client_address(asked("2001:db8:1::2", "203.0.113.5")) == "203.0.113.5"
    assert client_address(asked("2001:db8:2::2", "203.0.113.5")) == "2001:db8:2::2"


def test_a_proxy_may_come_by_a_socket_in_a_file(proxies):
    scope = asked(None, "203.0.113.5", proto="https")
    assert (client_address(scope), is_https(scope)) == ("", False)
    proxies("unix")
    assert (client_address(scope), is_https(scope)) == ("203.0.113.5", True)
    assert client_address(asked("127.0.0.1", "203.0.113.5")) == "127.0.0.1"


def test_what_is_no_address_is_trusted_by_nobody_and_told(proxies):
    proxies("127.0.0.1, proxy.example, 10.0.0.0/99, *")
    assert trusted_proxies().not_understood == ("proxy.example", "10.0.0.0/99", "*")
    assert client_address(asked("127.0.0.1", "203.0.113.5")) == "203.0.113.5"
    assert client_address(asked("192.0.2.7", "203.0.113.5")) == "192.0.2.7"


def test_the_operator_hears_of_a_proxy_that_is_not_understood(proxies, caplog):
    proxies("proxy.example 127.0.0.1")
    lifespan._say_what_is_wrong()
    said = [line for line in caplog.messages if TRUSTED_PROXIES in line]
    assert len(said) == 2  # one in each language
    assert all("proxy.example" in line for line in said)


@pytest.mark.parametrize(
    ("proto", "secure"),
    [
        ("https", True),
        ("HTTPS", True),
        ("https, https", True),
        ("https,http", False),
        ("http", False),
        ("", False),
        (None, False),
    ],
)
def test_https_is_what_every_trusted_proxy_says(proto, secure, proxies):
    proxies("127.0.0.1")
    scope = asked("127.0.0.1", proto=proto)
    assert is_https(scope) is secure
    assert ("Strict-Transport-Security" in headers_for(scope)) is secure


@pytest.mark.parametrize(("type", "scheme"), [("http", "https"), ("websocket", "wss")])
def test_https_of_this_server_itself_needs_no_proxy(type, scheme, monkeypatch):
    monkeypatch.delenv(TRUSTED_PROXIES, raising=False)
    assert is_https(asked("192.0.2.7", scheme=scheme, type=type))


@pytest.mark.parametrize(("type", "before", "after"), [("http", "http", "https"), ("websocket", "ws", "wss")])
def test_the_app_sees_the_scheme_that_the_browser_asked_by(type, before, after, proxies):
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    proxies("127.0.0.1")
    with ThreadPoolExecutor(1) as thread:
        for peer in ("127.0.0.1", "192.0.2.7"):
            scope = asked(peer, proto="https", scheme=before, type=type)
            thread.submit(asyncio.run, SchemeOfBrowser(app)(scope, None, None)).result()  # type: ignore[arg-type]
    assert [one["scheme"] for one in seen] == [after, before]


def test_the_operator_hears_once_of_a_proxy_that_is_not_named(proxies, caplog):
    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        pass

    def heard_of(*scopes: dict[str, Any]) -> list[str]:
        caplog.clear()
        middleware = SchemeOfBrowser(app)
        with ThreadPoolExecutor(1) as thread:
            for scope in scopes:
                thread.submit(asyncio.run, middleware(scope, None, None)).result()  # type: ignore[arg-type]
        return caplog.messages

    proxies("10.0.0.0/8")
    near = asked("127.0.0.1", "203.0.113.5")
    assert len(heard_of(near, near, asked("192.168.1.2", "203.0.113.5"))) == 1
    assert TRUSTED_PROXIES in heard_of(near)[0]
    assert heard_of(asked("10.0.0.2", "203.0.113.5"), asked("8.8.8.8", "203.0.113.5"), asked("127.0.0.1")) == []


def test_the_server_program_itself_believes_no_header(monkeypatch):
    """uvicorn would trust this machine's own addresses, whatever the setting says."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        pass

    async def startup(_server: Server, sockets: Any = None) -> None:
        pass

    monkeypatch.setattr(Server, "startup", startup)
    bound_connections()
    config = Config(app, log_config=None)
    config.load()
    assert isinstance(config.loaded_app, ProxyHeadersMiddleware)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Server(config).startup()).result()
    assert config.loaded_app is app

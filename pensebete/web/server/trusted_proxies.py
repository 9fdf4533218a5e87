"""Who is at the other end where a proxy stands between, and whether they came over HTTPS.

Anybody may write the headers in which a proxy says it: they are read where the connection itself comes from an address
that PENSEBETE_TRUSTED_PROXIES names, and from nobody else.
"""

from __future__ import annotations

import ipaddress
import logging
import os
from dataclasses import dataclass
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

# Addresses and networks (10.0.0.0/8), between commas or spaces; `unix` for a proxy that comes by a socket in a file.
TRUSTED_PROXIES = "PENSEBETE_TRUSTED_PROXIES"
_BY_A_FILE = "unix"
_LOG = logging.getLogger(__name__)
_SECURE = {"http": "https", "websocket": "wss"}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class TrustedProxies:
    networks: tuple[Network, ...] = ()
    by_a_file: bool = False
    not_understood: tuple[str, ...] = ()  # for the operator, in the log

    def trust(self, host: str) -> bool:
        """Whether that address is one of theirs; "" is the other end of a socket in a file."""
        if not host:
            return self.by_a_file
        address = address_of(host)
        return address is not None and any(address in network for network in self.networks)


def client_address(scope: Scope) -> str:
    """The address of whoever asks, an IPv4 one as such also where it came mapped into IPv6; "" where nobody says it."""
    peer = _peer(scope)
    proxies = trusted_proxies()
    if not proxies.trust(peer):
        return peer
    # Each proxy adds at the right whom it heard; what stands left of the first stranger was written by that stranger.
    for said in reversed(",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")):
        address = address_of(_without_port(said.strip()))
        if address is None:
            break
        peer = str(address)
        if not proxies.trust(peer):
            break
    return peer


def is_https(scope: Scope) -> bool:
    """Whether the browser asked over HTTPS: this server, or the trusted proxy that it asked."""
    if scope.get("scheme") in {"https", "wss"}:
        return True
    if not trusted_proxies().trust(_peer(scope)):
        return False
    said = ",".join(Headers(scope=scope).getlist("x-forwarded-proto")).lower().split(",")
    return all(one.strip() in {"https", "wss"} for one in said)


class SchemeOfBrowser:
    """ASGI middleware: from here on a request has the scheme that the browser asked by, for addresses made of it.

    The operator hears once of what looks like a proxy of theirs and is not named: all its visitors count as one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._told = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in _SECURE and is_https(scope):
            scope = {**scope, "scheme": _SECURE[scope["type"]]}
        if not self._told and scope["type"] in _SECURE and _looks_like_a_proxy(scope):
            self._told = True
            _LOG.warning(
                "%s says for whom it asks and, and is not believed: name it in %s", _peer(scope), TRUSTED_PROXIES
            )
        await self._app(scope, receive, send)


def _looks_like_a_proxy(scope: Scope) -> bool:
    """On this machine or in its own network; from elsewhere it is a stranger who says so."""
    peer = _peer(scope)
    address = address_of(peer)
    near = address is not None and address.is_private
    return near and "x-forwarded-for" in Headers(scope=scope) and not trusted_proxies().trust(peer)


def trusted_proxies() -> TrustedProxies:
    return parsed(os.environ.get(TRUSTED_PROXIES, ""))


@lru_cache(maxsize=8)
def parsed(setting: str) -> TrustedProxies:
    """What the setting names. What is no address is trusted by nobody."""
    networks: list[Network] = []
    not_understood: list[str] = []
    words = setting.replace(",", " ").split()
    for word in words:
        if word == _BY_A_FILE:
            continue
        try:
            networks.append(ipaddress.ip_network(address_of(word) or word, strict=False))
        except ValueError:
            not_understood.append(word)
    return TrustedProxies(tuple(networks), _BY_A_FILE in words, tuple(not_understood))


def address_of(host: str) -> Address | None:
    """An address as it is written, without its zone; None for what is no address."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _peer(scope: Scope) -> str:
    """The other end of the connection itself."""
    client = scope.get("client")
    host = str(client[0]) if client else ""
    return str(address_of(host) or host)


def _without_port(said: str) -> str:
    """`192.0.2.1:80` and `[2001:db8::1]:80` are how some proxies write an address."""
    if said.startswith("["):
        return said[1:].partition("]")[0]
    return said.partition(":")[0] if said.count(":") == 1 else said

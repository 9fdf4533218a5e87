"""Whom a request is counted with."""

from __future__ import annotations

import ipaddress

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.types import Scope

from pensebete.web.server.trusted_proxies import address_of, client_address

NETWORK_HEADER = b"x-pensebete-network"  # on a websocket, written by this server alone (address_door.py)


def network_of(host: str) -> str:
    """An IPv4 address, or the part of an IPv6 address that one subscriber has; "" for what is no address."""
    address = address_of(host)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address or "")


def network_asking(scope: Scope) -> str:
    """Behind a trusted proxy, whom that proxy heard."""
    return network_of(client_address(scope))


def with_network(scope: Scope, network: str) -> Scope:
    """The network where the visit finds it again; whatever was said of it from outside is gone."""
    others = [(name, value) for name, value in scope["headers"] if name.lower() != NETWORK_HEADER]
    return {**scope, "headers": [*others, (NETWORK_HEADER, network.encode())]}


def network_of_visit() -> str:
    """That of the visit whose page is being made."""
    return str(st.context.headers.get(NETWORK_HEADER.decode(), ""))


def is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page to look at: what it answers is read by somebody."""
    accepted = HTTPConnection(scope).headers.get("accept", "")
    return scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and "text/html" in accepted

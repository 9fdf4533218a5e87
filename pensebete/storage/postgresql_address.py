"""The address of a PostgreSQL database: its servers and how they are reached; or, in a sentence, what is wrong with it.

No sentence quotes more of an address than the name of a parameter: a password may have got anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL

from pensebete.storage.errors import StoreAddressError

_SERVER = re.compile(r"(?P<host>/[^:]*|\[[0-9A-Fa-f:.%]+\]|[^:\[\]]*)(:(?P<port>[0-9]{1,5}))?")
_NAMES = frozenset(option.keyword.decode() for option in pq.Conninfo.get_defaults())
_VALUES = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    # Dossiers are written: a server that only reads would be of no use.
    "target_session_attrs": ("any", "primary", "read-write"),
}
_WHOLE_NUMBERS = frozenset(
    {"connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout"}
)
_FILES = frozenset({"sslrootcert", "sslcert", "sslkey", "sslcrl"})


@dataclass(frozen=True)
class Address:
    """The servers, in the order in which they are tried: `host` and `port` of each, as far as said; the rest."""

    servers: tuple[Mapping[str, str], ...]
    parameters: Mapping[str, str]
    writable: bool = False  # asked for a server on which something can be written


def read_address(url: URL) -> Address:
    """Raises StoreAddressError."""
    given: dict[str, str] = {}
    for name, value in url.query.items():
        if name not in _NAMES:
            raise _unknown(name)
        if name == "host":
            continue
        if not isinstance(value, str):
            raise StoreAddressError("twice", name=name)
        given[name] = value
    port = given.pop("port", None)
    servers = tuple(_servers(url, port))
    given |= _said(user=url.username, password=url.password and str(url.password), dbname=url.database)
    _check(given)
    # Not left to the driver: through a PgBouncer it hears what the server was when that one first asked.
    wanted = given.pop("target_session_attrs", "any")
    return Address(servers, given, len(servers) > 1 or wanted != "any")


def _servers(url: URL, port: str | None) -> Iterator[dict[str, str]]:
    said = url.query.get("host")
    if said is not None and url.host:
        raise StoreAddressError("two_places")
    if said is None:
        hosts, ports = (url.host or "").split(","), port.split(",") if port else [str(url.port or "")]
        if port and url.port:
            raise StoreAddressError("two_places")
    else:
        hosts, ports = [], port.split(",") if port else []
        for one in (said,) if isinstance(said, str) else said:
            for host in one.split(","):
                found = _SERVER.fullmatch(host)
                if found is None or (found["port"] and port):
                    raise StoreAddressError("servers")
                hosts.append(found["host"].strip("[]"))
                if not port:
                    ports.append(found["port"] or "")
    if len(ports) == 1:
        ports *= len(hosts)
    if len(ports) != len(hosts) or (len(hosts) > 1 and not all(hosts)):
        raise StoreAddressError("servers")
    if not all(not one or (one.isdecimal() and one.isascii() and 0 < int(one) < 65536) for one in ports):
        raise StoreAddressError("port")
    for host, of_host in zip(hosts, ports, strict=True):
        yield _said(host=host, port=of_host)


def _check(given: Mapping[str, str]) -> None:
    for name, values in _VALUES.items():
        if name in given and given[name] not in values:
            raise StoreAddressError("value", name=name, values=", ".join(values))
    for name in _WHOLE_NUMBERS & given.keys():
        if not (given[name].isdecimal() and given[name].isascii()):
            raise StoreAddressError("number", name=name)
    for name in _FILES & given.keys():
        if given[name] and (name, given[name]) != ("sslrootcert", "system") and not Path(given[name]).is_file():
            raise StoreAddressError("file", name=name)
    try:
        make_conninfo(**given)
    except psycopg.Error:  # its message quotes what it was given
        raise StoreAddressError("unreadable") from None


def _unknown(name: str) -> StoreAddressError:
    near = get_close_matches(name, sorted(_NAMES), 1)
    shown = name if re.fullmatch(r"[a-z_]{1,30}", name) else "?"
    return StoreAddressError("misspelt", name=shown, near=near[0]) if near else StoreAddressError("unknown", name=shown)


def _said(**given: str | None) -> dict[str, str]:
    return {name: value for name, value in given.items() if value}

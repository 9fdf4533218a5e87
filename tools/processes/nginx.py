"""What nginx is told, and the files that it serves itself."""

from __future__ import annotations

import os
import pwd
import resource
import shutil
import socket
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pensebete.web.server.connections import MOST_FILES
from pensebete.web.server.content_coding import gzipped
from pensebete.web.server.known_files import KEPT, VERSION, files_of_most_visits, known_files
from pensebete.web.server.limits import Limits
from pensebete.web.server.made_brotli import made_brotli
from pensebete.web.server.security_headers import FILE_HEADERS, OVER_HTTPS
from pensebete.web.server.static_gzip import is_worth_compressing
from pensebete.web.server.trusted_proxies import TrustedProxies

_TEMPLATE = Path(__file__).with_name("nginx.conf")
_DISK = ("body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True)
class Site:
    """Where the app is served, by which processes, and with what."""

    folder: Path  # of this run: settings, sockets, compressed files
    processes: tuple[str, ...]  # their names
    host: str
    port: int
    certificate: Path | None = None  # with its key: then it is served over HTTPS alone
    key: Path | None = None
    base: str = ""

    def socket_of(self, process: str) -> Path:
        return self.folder / f"{process}.sock"

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.certificate else 'http'}://{host}:{self.port}{self.base}"


def program() -> str | None:
    """nginx, which Debian puts where only root looks."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


def settings(site: Site, limits: Limits, proxies: TrustedProxies, addresses: Sequence[str]) -> str:
    """The text of nginx's configuration; `addresses`: what the host is on this machine."""
    tls = " ssl http2" if site.certificate else ""
    said = {
        "USER": _user(),
        "NGINX_PROCESSES": "1",
        "FILES": str(_files()),
        "FOLDER": str(site.folder),
        "BASE": site.base,
        "VERSION": VERSION,
        "KEPT": KEPT,
        "OURS": _lines(8, (f'"{site.base}{one.path}?{one.query}" 1;' for one in known_files() if one.query)),
        "PROCESSES": str(len(site.processes)),
        "TRUSTED_PROXIES": _lines(4, (f"set_real_ip_from {one};" for one in proxies.networks)),
        "TRUSTED_NETWORKS": _lines(8, (f"{one} 1;" for one in proxies.networks)),
        "REQUESTS": str(limits.requests),
        "REQUESTS_A_SECOND": str(max(1, int(limits.request_rate.each_second))),
        "VISITS": str(limits.visits),
        "COOKIES": _lines(8, (f"{one} process_{one};" for one in site.processes)),
        "SERVERS": _lines(8, (_server(site, one) for one in site.processes)),
        "UPSTREAMS": "\n".join(_upstream(site, one) for one in site.processes),
        "LISTEN": _lines(8, (f"listen {_bound(one)}:{site.port}{tls};" for one in addresses)),
        "TLS": _lines(8, _tls(site)),
        "HEADERS": _lines(12, _headers(site)),
    }
    return _filled(_TEMPLATE.read_text(encoding="utf-8"), said)


def addresses_of(host: str, port: int) -> list[str]:
    """Each address that a name has here. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def make_folders(site: Site) -> None:
    """What nginx expects to be there, and what most visits load, compressed: as gzip, and as Brotli where that was made
    when the program was installed."""
    for name in _DISK:
        (site.folder / "disk" / name).mkdir(parents=True)
    for known in files_of_most_visits():
        content = known.content()
        if is_worth_compressing(known.name, content):
            at = f"{site.base}{known.path}".lstrip("/")
            _write(site.folder / "gzip" / f"{at}.gz", gzipped(content))
            if brotli := made_brotli(known):
                _write(site.folder / "brotli" / at, brotli)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _files() -> int:
    """That nginx may have open: a page that is open is one of its visitor, and one of its process."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)


def _server(site: Site, process: str, more: str = "") -> str:
    return f"server unix:{site.socket_of(process)} max_fails=0{more};"


def _upstream(site: Site, process: str) -> str:
    """A process, and the others where it is gone."""
    others = [_server(site, one, " backup") for one in site.processes if one != process]
    lines = _lines(8, (_server(site, process), *others, "keepalive 32;"))
    return f"    upstream process_{process} {{\n{lines}\n    }}"


def _tls(site: Site) -> list[str]:
    if not site.certificate:
        return []
    return [
        f'ssl_certificate     "{site.certificate}";',
        f'ssl_certificate_key "{site.key}";',
        "ssl_protocols       TLSv1.2 TLSv1.3;",
        "ssl_session_cache   shared:tls:5m;",
    ]


def _headers(site: Site) -> list[str]:
    """Those that the app sets on whatever it answers: nginx answers these files in its place."""
    found: Mapping[str, str] = {**FILE_HEADERS, **(OVER_HTTPS if site.certificate else {})}
    return [f'add_header {name} "{text}" always;' for name, text in found.items()]


def _user() -> str:
    """Started by root, its workers would be another account, which may not open the sockets."""
    return f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""


def _bound(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _lines(indent: int, lines: Iterable[str]) -> str:
    return "\n".join(" " * indent + line for line in lines)


def _filled(text: str, said: Mapping[str, str]) -> str:
    for name, value in said.items():
        text = text.replace(f"%{name}%", value)
    return text

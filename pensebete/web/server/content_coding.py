"""Brotli and gzip as HTTP speaks of them: who takes which, and how bytes become gzip."""

import gzip
import re

from starlette.datastructures import Headers

_REFUSED = re.compile(r"q=0(\.0{0,3})?")


def accepts_gzip(headers: Headers) -> bool:
    """Tell whether a request takes gzip: by name or by `*`, and not refused with a weight of zero."""
    offered = _offered(headers)
    return _taken(offered.get("gzip", offered.get("*")))


def accepts_brotli(headers: Headers) -> bool:
    """By name alone: whoever takes whatever comes, `*`, may know no other coding than gzip."""
    return _taken(_offered(headers).get("br"))


def _offered(headers: Headers) -> dict[str, str]:
    parameters_of: dict[str, str] = {}
    for offer in ",".join(headers.getlist("accept-encoding")).lower().split(","):
        coding, _, parameters = offer.partition(";")
        parameters_of[coding.strip()] = parameters.replace(" ", "")
    return parameters_of


def _taken(parameters: str | None) -> bool:
    return parameters is not None and not _REFUSED.fullmatch(parameters)


def gzipped(content: bytes) -> bytes:
    """Compress as far as gzip goes. The same content always gives the same bytes, on every server."""
    return gzip.compress(content, compresslevel=9, mtime=0)

"""Gzip as HTTP speaks of it: who takes it, and how bytes become it."""

import gzip
import re

from starlette.datastructures import Headers

_REFUSED = re.compile(r"q=0(\.0{0,3})?")


def accepts_gzip(headers: Headers) -> bool:
    """Tell whether a request takes gzip: by name or by `*`, and not refused with a weight of zero."""
    parameters_of: dict[str, str] = {}
    for offer in ",".join(headers.getlist("accept-encoding")).lower().split(","):
        coding, _, parameters = offer.partition(";")
        parameters_of[coding.strip()] = parameters.replace(" ", "")
    offer_of_gzip = parameters_of.get("gzip", parameters_of.get("*"))
    return offer_of_gzip is not None and not _REFUSED.fullmatch(offer_of_gzip)


def gzipped(content: bytes) -> bytes:
    """Compress as far as gzip goes. The same content always gives the same bytes, on every server."""
    return gzip.compress(content, compresslevel=9, mtime=0)

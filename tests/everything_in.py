"""All that a file says to whoever takes it apart: each stream, the words of each page, what is in it in turn."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pikepdf
from pypdf import PdfReader

from tests.pdf_reading import squashed


def everything_in(content: bytes) -> Iterator[bytes]:
    """The bytes as they are, then unfolded; the words of pages without spaces, or lines would part them."""
    yield content
    if content.startswith(b"%PDF-"):
        yield from _in_pdf(content)
    elif content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from everything_in(archive.read(name))
    elif content.startswith(b"\x1f\x8b"):
        yield from everything_in(zlib.decompress(content, wbits=31))


def _in_pdf(content: bytes) -> Iterator[bytes]:
    with pikepdf.open(BytesIO(content)) as pdf:
        for found in pdf.objects:
            yield repr(found).encode("utf-8", "replace")
            if isinstance(found, pikepdf.Stream):
                yield from everything_in(found.read_bytes())
    reader = PdfReader(BytesIO(content))
    for page in reader.pages:
        yield squashed(page.extract_text()).encode()
    for contents in reader.attachments.values():
        yield from (inside for one in contents for inside in everything_in(one))


_ENCODINGS = ("utf-8", "utf-16-be", "utf-16-le", "latin-1")


def says(content: bytes, words: str) -> bool:
    """Whether these words stand anywhere in it, in any of the ways a text is written in such files."""
    forms = {words, squashed(words), ascii(words)[1:-1], json.dumps(words)[1:-1], words.replace(" ", "")}
    wanted = {form.encode(encoding, "replace") for form in forms for encoding in _ENCODINGS}
    wanted |= {re.escape(form).encode() for form in forms}
    return any(any(one in part for one in wanted) for part in everything_in(content))

"""The bytes of a file as text: which encoding they seem to be in, and which files hold no plain text at all."""

from __future__ import annotations

import re

# What a file of another program begins with -> what it is called in `diagnostics.not-text.KIND`.
_BEGINNINGS = {
    b"PK\x03\x04": "docx",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "doc",
    b"%PDF-": "pdf",
    b"{\\rtf": "rtf",
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
# What a sentence calls them.
KINDS = {"docx": "Word (.docx)", "doc": "Word (.doc)", "odt": "LibreOffice (.odt)", "pdf": "PDF", "rtf": "RTF"}
NAMES = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252"}
MARKS_OF_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_LOOKED_AT = 4_000  # bytes at the beginning, enough to see what they are


class NotTextError(Exception):
    """A document of a word processor, or another file that is no plain text; `kind` says which."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def decoded(source: bytes) -> tuple[str, str]:
    """The text of the bytes, and the name of the encoding that they seem to be in.

    `utf-8-sig` is UTF-8 with or without its mark. Raises NotTextError for what holds no plain text.
    """
    if kind := _kind_of_document(source):
        raise NotTextError(kind)
    if encoding := _of_two_bytes(source):
        try:
            return source.decode(encoding).removeprefix("\ufeff"), encoding
        except UnicodeDecodeError:
            raise NotTextError("other") from None
    try:
        return source.decode("utf-8-sig"), "utf-8-sig"
    except UnicodeDecodeError:
        pass
    if b"\0" in source:
        raise NotTextError("other")
    try:
        return source.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:  # five bytes of Windows-1252 stand for nothing
        raise NotTextError("other") from None


def _kind_of_document(source: bytes) -> str:
    kind = next((kind for began, kind in _BEGINNINGS.items() if source.startswith(began)), "")
    return "odt" if kind == "docx" and _OPEN_DOCUMENT in source[:_LOOKED_AT] else kind


def _of_two_bytes(source: bytes) -> str:
    """UTF-16, by its mark, or by the NUL that every other byte of Western words is."""
    if source[:4] in MARKS_OF_UTF_32:  # UTF-32, which no editor writes by itself
        raise NotTextError("other")
    if encoding := _UTF_16.get(source[:2]):
        return encoding
    beginning = source[:_LOOKED_AT]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nul, other = beginning[first::2], beginning[1 - first :: 2]
        if nul and nul.count(0) > 0.7 * len(nul) and other.count(0) == 0:
            return encoding
    return ""


# What people type beyond ASCII, in French and in English.
_TYPED = "éèêëàâäçîïôöùûüÿœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆ«»’‘“”–—…°·€•→−×½\u00a0\u202f"


def _misread(sign: str) -> str:
    """What its UTF-8 becomes where it is read as Windows-1252; a byte that means nothing there stands for itself."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in sign.encode())


_MISREAD = {_misread(sign): sign for sign in _TYPED}
MISREAD_BEGIN = frozenset(misread[0] for misread in _MISREAD)
# `Ã©` of é, `â€™` of ’, `Â ` of a no-break space.
MOJIBAKE = re.compile("|".join(sorted(map(re.escape, _MISREAD), key=len, reverse=True)))


def read_again(text: str) -> str:
    """The text as it was before its UTF-8 was read as Windows-1252."""
    return MOJIBAKE.sub(lambda found: _MISREAD[found[0]], text)

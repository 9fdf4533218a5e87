"""What a file is, by its first bytes: its name may be anything after it came by mail."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Literal

from pensebete.assessment.dossier_file import is_json
from pensebete.assessment.pdf_file import is_pdf

# « dossier » may be any JSON: reading it says whose it is. « document », « spreadsheet », « slides » are of an office
# suite; « archive » is a kind of container that is not opened here; « outlook » is mail as that program saves it.
Kind = Literal[
    "dossier", "pdf", "zip", "gzip", "mail",
    "empty", "document", "spreadsheet", "slides", "image", "web_page", "outlook", "archive", "another",
]  # fmt: skip

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"BM", "image"),
    (b"{\\rtf", "document"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"BZh", "archive"),
)
# A file of an office suite is a zip: of one maker with folders of these names, of another with a file that says so.
_OFFICE: tuple[tuple[str, Kind], ...] = (("word/", "document"), ("xl/", "spreadsheet"), ("ppt/", "slides"))
_OPEN: tuple[tuple[bytes, Kind], ...] = (
    (b"application/vnd.oasis.opendocument.text", "document"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
    (b"application/vnd.oasis.opendocument.presentation", "slides"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams of the older format, as they stand in it.
_IN_OLE: tuple[tuple[str, Kind], ...] = (
    ("__properties_version1.0", "outlook"),
    ("WordDocument", "document"),
    ("Workbook", "spreadsheet"),
    ("Book", "spreadsheet"),
    ("PowerPoint Document", "slides"),
    ("EncryptedPackage", "document"),
)
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FIELD = re.compile(
    rb"(?:From |[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]?)[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,200}"
)
_OF_MAIL = re.compile(
    rb"^(?:From|To|Subject|Received|Return-Path|MIME-Version|Content-Type|Delivered-To|Date|Message-ID):",
    re.IGNORECASE | re.MULTILINE,
)
_LEAST_FIELDS = 2
_MOST_OF_FIELDS = 200_000  # bytes before the text of a letter
_TEXT_OF_MAIL = re.compile(rb"\n\r?\n")
_MOST_OF_OFFICE = 5_000  # files in a document


def kind_of(content: bytes) -> Kind:
    if not content.strip(b"\0\t\n\r "):
        return "empty"
    if not content.startswith(b"{\\rtf") and (is_json(content) or content[:1024].lstrip().startswith(b"[")):
        return "dossier"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_or_office(content)
    if content.startswith(_OLE):
        return next((kind for name, kind in _IN_OLE if name.encode("utf-16-le") in content), "another")
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[257:262] == b"ustar":
        return "archive"
    if _is_image(content):
        return "image"
    if _is_mail(content):
        return "mail"
    if is_pdf(content):
        return "pdf"
    return "web_page" if _PAGE.match(content[:4096].removeprefix(b"\xef\xbb\xbf")) else "another"


def _zip_or_office(content: bytes) -> Kind:
    if b"mimetype" in content[30:50]:
        return next((kind for sign, kind in _OPEN if sign in content[30:200]), "zip")
    if content.count(b"PK\x01\x02") > _MOST_OF_OFFICE:
        return "zip"
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except Exception:  # of a file made to harm, the directory may be anything
        return "zip"
    if "[Content_Types].xml" not in names:
        return "zip"
    return next((kind for folder, kind in _OFFICE if any(name.startswith(folder) for name in names)), "zip")


def _is_image(content: bytes) -> bool:
    return (content[:4] == b"RIFF" and content[8:12] == b"WEBP") or (
        content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"hevc")
    )


def _is_mail(content: bytes) -> bool:
    """It begins with the fields of a message, two of them at least, one of them of mail."""
    place, fields = 0, 0
    head = content[:20_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    while fields < _LEAST_FIELDS and (found := _FIELD.match(head, place)):
        place, fields = found.end(), fields + 1
    return (
        fields >= _LEAST_FIELDS
        and _OF_MAIL.search(head) is not None
        and (len(content) <= _MOST_OF_FIELDS or _TEXT_OF_MAIL.search(content, 0, _MOST_OF_FIELDS) is not None)
    )

"""What somebody's PDF holds for this program: dossiers, reviews, comments; without a dossier, what its pages show.

Only this file knows pypdf. Everything is bounded but the time, which is up to who calls.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from pypdf import Configuration, PageObject, PasswordType, PdfReader, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from pensebete.assessment.pdf_file import ATTACHMENT, PDF_START, REVIEW, Comment, PdfContents, PdfFaultError, Shown
from pensebete.text.wording import LANGUAGES, wording

MOST_INFLATED = 10_000_000  # bytes, of one part of a PDF
MOST_COMMENTS = 200
_MOST_OF_A_COMMENT = 2_000  # characters
_MOST_ATTACHED = 1_000  # files
_MOST_REVIEWS = 20
_MOST_NODES = 10_000  # of the trees of pages and of names
_MOST_ANNOTATIONS = 20_000
_PAGES_READ = 60  # for what they show; the longest plan has thirty
_MOST_DRAWN = 300_000  # bytes of what a page draws; one of ours has thirty thousand
_MOST_DRAWN_IN_ALL = 1_200_000
_OF_A_DOSSIER = b'"pensebete-dossier"'
_OF_A_REVIEW = b'"pensebete-review"'
# The second line of what fpdf2 writes; each program that writes a PDF anew has its own.
_OUR_HEAD = b"%\xe9\xeb\xf1\xbf\n"
# Annotations by which somebody says something; not links, fields, or the window of another annotation.
_COMMENTS = {
    f"/{name}"
    for name in (
        "Text", "FreeText", "Highlight", "Underline", "StrikeOut", "Squiggly", "Caret", "Stamp", "Ink",
        "Line", "Square", "Circle", "Polygon", "PolyLine", "FileAttachment", "Redact",
    )
}  # fmt: skip
_TAG = re.compile(r"<[^<>]*>")

# What pypdf says of a damaged file, in English and with bytes of that file, is for nobody: the manager gets a sentence,
# and the server's log holds nothing of what people hand in.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


def pdf_contents(content: bytes) -> PdfContents:
    """Raises PdfFaultError."""
    pdf = _alone(content)
    if b" obj" not in pdf:  # looking for what is not there would take its time
        raise PdfFaultError("broken_pdf")
    try:
        with apply_configuration(_bounds(MOST_INFLATED)):
            return _contents(PdfReader(BytesIO(pdf)), untouched=_untouched(pdf))
    except PdfFaultError:
        raise
    except Exception:  # the parser raises anything at all on a file made to harm, or cut short
        raise PdfFaultError("broken_pdf") from None


def _alone(content: bytes) -> bytes:
    """Without what stands before and after it: places in a PDF are counted from its first byte."""
    start = found.start() if (found := PDF_START.search(content)) else 0
    end = content.rfind(b"%%EOF")
    return content[start : end + 5] if end > start else content[start:]


def _untouched(pdf: bytes) -> bool:
    """Whether it is as this program wrote it: nothing was added, and no other program wrote it anew."""
    return pdf[8:15].lstrip(b"\r\n").startswith(_OUR_HEAD) and pdf.count(b"startxref") == 1


def _bounds(most: int) -> Configuration:
    return Configuration(
        zlib_maximum_output_length=most,
        array_based_stream_maximum_output_length=most,
        lzw_maximum_output_length=most,
        run_length_maximum_output_length=most,
    )


def _contents(reader: PdfReader, untouched: bool) -> PdfContents:
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise PdfFaultError("pdf.password")
    root = reader.root_object
    files = list(_attached(root))
    pages: list[DictionaryObject] = []
    comments: tuple[Comment, ...] = ()
    more = 0
    if not untouched:
        pages = list(_pages(root))
        comments, more, by_hand = _added(pages)
        files += by_hand
    dossiers, reviews, inside = _sorted_out(files)
    if dossiers:
        lost = 0 if untouched else _lost(reader, pages, len(dossiers))
        return PdfContents(dossiers, reviews, comments, more, inside, lost=lost)
    shown = None if inside else _shown(reader, pages or list(_pages(root)))
    return PdfContents((), reviews, comments, more, inside, shown)


# What is attached


def _attached(root: DictionaryObject) -> Iterator[tuple[str, StreamObject]]:
    """Every file, once each: those of the tree of names, and those that are only associated."""
    seen: set[int] = set()
    names = _dictionary(root.get("/Names"))
    left = [names.get("/EmbeddedFiles")] if names else []
    specifications: list[tuple[Any, Any]] = []
    for _ in range(_MOST_NODES):
        if not left:
            break
        node = _dictionary(left.pop(0))
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        left += list(_array(node.get("/Kids")))[:_MOST_ATTACHED]
        pairs = _array(node.get("/Names"))
        specifications += zip(pairs[::2], pairs[1::2], strict=False)
    specifications += (("", one) for one in _array(root.get("/AF")))
    for name, one in specifications[:_MOST_ATTACHED]:
        yield from _file(one, str(name), seen)


def _file(specification: Any, name: str, seen: set[int]) -> Iterator[tuple[str, StreamObject]]:
    found = _dictionary(specification)
    streams = _dictionary(found.get("/EF")) if found else None
    if found is None or streams is None:
        return
    stream = _resolved(streams.get("/UF") or streams.get("/F"))
    if isinstance(stream, StreamObject) and id(stream) not in seen:
        seen.add(id(stream))
        yield str(found.get("/UF") or found.get("/F") or name), stream


def _sorted_out(
    files: list[tuple[str, StreamObject]],
) -> tuple[tuple[bytes, ...], tuple[bytes, ...], tuple[tuple[str, bytes], ...]]:
    """Dossiers by what they are, whatever they are called; one of the right name where none says that it is one.

    Those called a review come last: whatever is wrong with them, no dossier is lost by it.
    """
    dossiers: dict[bytes, None] = {}
    by_name: list[bytes] = []
    reviews: dict[bytes, None] = {}
    inside = []
    weighed = 0
    for name, stream in sorted(files, key=lambda file: file[0] == REVIEW):
        if name == REVIEW and (weighed > 2 * MOST_INFLATED or len(reviews) == _MOST_REVIEWS):
            break
        try:
            content = bytes(stream.get_data())
        except Exception:
            if name != REVIEW:
                raise
            reviews[b""] = None
            weighed += MOST_INFLATED
            continue
        weighed += len(content)
        if weighed > 2 * MOST_INFLATED and name != REVIEW:
            raise PdfFaultError("broken_pdf")
        says_dossier, says_review = _OF_A_DOSSIER in content, _OF_A_REVIEW in content
        if content[:1024].lstrip().startswith(b"%PDF-"):
            inside.append((name, content))
        elif says_dossier and not (says_review and name == REVIEW):  # each may quote the name of the other
            dossiers[content] = None
        elif says_review or name == REVIEW:
            reviews[content] = None
        elif name == ATTACHMENT:
            by_name.append(content)
    return tuple(dossiers) or tuple(by_name[:1]), tuple(reviews), tuple(inside)


# What was added in a reader


def _pages(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """In order; a tree that leads back to where it began ends."""
    seen: set[int] = set()
    left: list[tuple[Any, Any]] = [(root.get("/Pages"), None)]
    for _ in range(_MOST_NODES):
        if not left:
            return
        reference, resources = left.pop()
        node = _dictionary(reference)
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        resources = node.get("/Resources", resources)
        if "/Kids" in node:
            left += [(kid, resources) for kid in reversed(_array(node["/Kids"])[:_MOST_NODES])]
        else:
            if resources is not None and "/Resources" not in node:
                node[NameObject("/Resources")] = resources
            yield node


def _added(
    pages: list[DictionaryObject],
) -> tuple[tuple[Comment, ...], int, list[tuple[str, StreamObject]]]:
    """Comments, how many more there are, and files that were pinned to a page."""
    comments: list[Comment] = []
    more, looked_at = 0, 0
    files: list[tuple[str, StreamObject]] = []
    seen: set[int] = set()
    for number, page in enumerate(pages, 1):
        for reference in _array(page.get("/Annots")):
            looked_at += 1
            if looked_at > _MOST_ANNOTATIONS:
                return tuple(comments), more, files
            annotation = _dictionary(reference)
            kind = _resolved(annotation.get("/Subtype")) if annotation else None
            # A reply that only says « accepted » has a state; it is of the reader's own making.
            if (
                annotation is None
                or _resolved(annotation.get("/Subtype")) not in _COMMENTS
                or "/StateModel" in annotation
            ):
                continue
            if kind == "/FileAttachment" and len(files) < _MOST_ATTACHED:
                files += _file(annotation.get("/FS"), "", seen)
            if len(comments) == MOST_COMMENTS:
                more += 1
                continue
            comments.append(Comment(_words(annotation.get("/T"))[:200], number, _said(annotation)))
    return tuple(comments), more, files


def _said(annotation: DictionaryObject) -> str:
    text = _words(annotation.get("/Contents"))
    rich = "" if text else _words(annotation.get("/RC"))
    return text or _TAG.sub(" ", rich)[:_MOST_OF_A_COMMENT].strip()


def _words(value: Any) -> str:
    found = _resolved(value)
    if not isinstance(found, str):
        return ""
    # A word of UTF-16 whose half is missing can be written nowhere.
    return found[:_MOST_OF_A_COMMENT].encode("utf-8", "replace").decode().replace("\r", "\n").strip()


# What its pages show


def _lost(reader: PdfReader, pages: list[DictionaryObject], dossiers: int) -> int:
    """How many plans have their pages here and their dossier no more, as where two files became one.

    The last page counts the pages of its own plan; only where these are not all, all are read.
    """
    text = _Text(reader)
    counted = [int(most) for most in _counts().findall(text.of(pages[-1]))] if pages else []
    if not counted or len(pages) in counted:
        return 0
    return max(0, _plans("".join(text.of(page) for page in pages[:_PAGES_READ])) - dossiers)


def _shown(reader: PdfReader, pages: list[DictionaryObject]) -> Shown:
    read = [*pages[-1:], *pages[:-1][:_PAGES_READ]]  # the last one says of a plan that it carries its dossier
    pictures = any(map(_has_pictures, read))
    pages_text = _Text(reader)
    text = _squashed(_words(_properties(reader).get("/Title")))
    for page in read:
        text += pages_text.of(page)
        if _plans(text):
            return "plan"
    if not text:
        return "images" if pictures else "another"
    for shown, ids in _SIGNS.items():
        if any(sign in text for id in ids for sign in _signs(id)):
            return shown
    return "another"


def _properties(reader: PdfReader) -> DictionaryObject:
    return _dictionary(reader.trailer.get("/Info")) or DictionaryObject()


def _has_pictures(page: DictionaryObject) -> bool:
    resources = _dictionary(page.get("/Resources"))
    return bool(resources and _dictionary(resources.get("/XObject")))


# By what is written on them, the first that fits.
_SIGNS: dict[Shown, tuple[str, ...]] = {
    "board": ("report.board.title",),
    "lender": ("report.lender.title",),
    "blank": ("report.blank",),
    "partial": ("report.without_notes", "report.without_not_applicable", "report.without_contact"),
    "sheet": ("report.sheet.title",),
    "plan": ("report.document_title",),  # a page or two of one
}


def _plans(text: str) -> int:
    return sum(text.count(sign) for sign in _signs("report.attachment"))


@cache
def _signs(id: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_squashed(wording(language)(id, organisation="")) for language in LANGUAGES))


@cache
def _counts() -> re.Pattern[str]:
    """« page 7 de 8 », squashed; what it gives is the 8."""
    feet = (_squashed(wording(language)("report.page", page="0", of="1")) for language in LANGUAGES)
    shapes = dict.fromkeys(re.escape(foot.removesuffix("1")).replace("0", r"\d+") for foot in feet)
    return re.compile(rf"(?:{'|'.join(shapes)})(\d+)")


def _squashed(text: str) -> str:
    return "".join(text.split()).casefold()


class _Text:
    """What pages say, squashed; not what forms say, which may be drawn, and hold each other, a million times."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self._left = _MOST_DRAWN_IN_ALL

    def of(self, page: DictionaryObject) -> str:
        try:
            resources = _dictionary(page.get("/Resources"))
            if resources is not None:
                resources.pop("/XObject", None)
            whole = PageObject(self._reader)
            whole.update(page)
            with apply_configuration(_bounds(_MOST_DRAWN)):
                contents = whole.get_contents()
                self._left -= len(contents.get_data()) if contents is not None else 0
                return _squashed(whole.extract_text()) if self._left >= 0 else ""
        except Exception:  # a page that cannot be read shows nothing
            return ""


# Objects, whatever they are


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionary(value: Any) -> DictionaryObject | None:
    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else None


def _array(value: Any) -> list[Any]:
    found = _resolved(value)
    return list(found) if isinstance(found, ArrayObject) else []

"""The file as a whole: its bytes, its catalog, what it carries, its colours."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from tests.unit.pdf.conformance.elements import LANGUAGE

ACTIONS = {"/GoTo", "/URI", "/Named"}


def byte_faults(data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", data):
        yield "A 6.1.2-1: the first two lines"
    if not re.search(rb"%%EOF\r?\n?\Z", data):
        yield "A 6.1.3-3: something follows the end"


def file_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    root, trailer = pdf.Root, pdf.trailer
    if pdf.is_encrypted:
        yield "A 6.1.3-2: it is encrypted"
    if "/ID" not in trailer:
        yield "A 6.1.3-1: no ID"
    if root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "UA 6.2-1: it is not said to be tagged"
    if root.get("/MarkInfo", {}).get("/Suspects") is True:
        yield "UA 7.1-4: its tags are suspect"
    if not LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield "UA 7.2-34: its language is not said"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "UA 7.1-10: its title is not shown"
    for key in ("/AcroForm", "/OCProperties", "/AA", "/Perms", "/Requirements", "/NeedsRendering"):
        if key in root:
            yield f"A 6.4 to 6.11: {key} is not looked into"
    if "/Outlines" not in root:
        yield "UA 7.17: no bookmarks"
    yield from _colours(root)
    yield from _files(pdf)
    yield from _objects(pdf)


def _colours(root: pikepdf.Object) -> Iterator[str]:
    intents = [intent for intent in root.get("/OutputIntents", []) if intent.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield "A 6.2.4.3-2: device colours without an output intent"
        return
    profile = intents[0].DestOutputProfile
    bytes_ = profile.read_bytes()
    if bytes_[8] >= 5 or bytes_[12:16] not in (b"mntr", b"prtr") or bytes_[16:20] != b"RGB " or profile.get("/N") != 3:
        yield "A 6.2.3-1: the profile of the output intent"


def _files(pdf: pikepdf.Pdf) -> Iterator[str]:
    associated = {file.objgen for file in pdf.Root.get("/AF", [])}
    names = list(pdf.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", []))
    if len(names) // 2 != len(associated):
        yield "A 6.8-4: a file that is carried is not associated"
    for file in names[1::2]:
        inside = file.get("/EF", {}).get("/F")
        if inside is None or not str(file.get("/F", "")) or not str(file.get("/UF", "")):
            yield "A 6.8-2: a file without its names"
        elif not re.fullmatch(r"/[-\w+.]+/[-\w+.]+", str(inside.get("/Subtype", ""))):
            yield "A 6.8-1: a file without its type"
        elif "/ModDate" not in inside.get("/Params", {}):
            yield "A 6.8: a file without its date"
        if "/AFRelationship" not in file:
            yield "A 6.8-3: a file without its relationship"
        if file.objgen not in associated:
            yield "A 6.8-4: a file that is carried is not associated"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        box = [float(side) for side in page.mediabox]
        if not all(3 <= side <= 14400 for side in (box[2] - box[0], box[3] - box[1])):
            yield "A 6.1.13-11: the size of a page"
        if "/Resources" not in page.obj:
            yield "A 6.2.2-2: a page without its resources"
        if "/AA" in page.obj or "/PresSteps" in page.obj:
            yield "A 6.5.2-2: a page with an action"
        if page.obj.get("/Group") is not None:
            yield "A 6.2.10: transparency is not looked into"
        for kind in ("/XObject", "/ExtGState", "/Pattern", "/Shading", "/ColorSpace", "/Properties"):
            if page.obj.get("/Resources", {}).get(kind):
                yield f"A 6.2: {kind} is not looked into"
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            if "/F" in thing or "/FFilter" in thing:
                yield "A 6.1.7.1-3: a stream in another file"
            if thing.get("/Filter") not in (None, "/FlateDecode"):
                yield f"A 6.1.7.2-1: {thing.get('/Filter')} is not looked into"
        elif isinstance(thing, pikepdf.Dictionary):
            yield from _dictionary(thing)


def _dictionary(thing: pikepdf.Object) -> Iterator[str]:
    action = thing.get("/A")
    if isinstance(action, pikepdf.Dictionary) and "/S" in action and action.S not in ACTIONS:
        yield f"A 6.5.1-1: action {action.S}"
    for _, value in thing.items():
        if isinstance(value, pikepdf.String) and len(bytes(value)) >= 32768:
            yield "A 6.1.13-3: a string is too long"

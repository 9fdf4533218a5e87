"""XMP: which standards the file says it follows, its title, and the same words as the document information."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pikepdf

PDFA, PDFUA = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
DC, XMP, PDF = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}", "{http://ns.adobe.com/pdf/1.3/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SCHEMA, PROPERTY = "{http://www.aiim.org/pdfa/ns/schema#}", "{http://www.aiim.org/pdfa/ns/property#}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
PAIRS = {
    "/Title": f"{DC}title",
    "/Author": f"{DC}creator",
    "/Creator": f"{XMP}CreatorTool",
    "/Producer": f"{PDF}Producer",
}
PREDEFINED = {
    *(f"{DC}{name}" for name in ("title", "creator", "language", "description", "format")),
    *(f"{XMP}{name}" for name in ("CreatorTool", "CreateDate", "ModifyDate", "MetadataDate")),
    f"{PDF}Producer",
    f"{PDFA}part",
    f"{PDFA}conformance",
    f"{EXTENSION}schemas",
}


def metadata_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "UA 7.1-8: no metadata"
        return
    raw = stream.read_raw_bytes()
    if stream.get("/Type") != "/Metadata" or stream.get("/Subtype") != "/XML":
        yield "A 6.6.2.1-1: the metadata is not said to be XML"
    head = re.match(rb'<\?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"\?>', raw)
    if not head:
        yield "A 6.6.2.1-4: the metadata is not a packet in UTF-8"
    try:
        tree = ElementTree.fromstring(raw.decode("utf-8"))
    except (ElementTree.ParseError, UnicodeDecodeError) as error:
        yield f"A 6.6.2.1-4: {error}"
        return
    told = {child.tag: child for description in tree.iter(f"{RDF}Description") for child in description}

    def text(tag: str) -> str:
        return "".join(told[tag].itertext()).strip() if tag in told else ""

    if (text(f"{PDFA}part"), text(f"{PDFA}conformance")) != ("3", "A"):
        yield "A 6.6.4-2: it does not say that it follows PDF/A-3a"
    if text(f"{PDFUA}part") != "1":
        yield "UA 5-2: it does not say that it follows PDF/UA-1"
    if not text(f"{DC}title"):
        yield "UA 7.1-9: no title"
    described = {
        f"{{{uri.text}}}{name.text}"
        for schema in (told[f"{EXTENSION}schemas"].iter() if f"{EXTENSION}schemas" in told else ())
        if (uri := schema.find(f"{SCHEMA}namespaceURI")) is not None
        for name in schema.iter(f"{PROPERTY}name")
    }
    if strange := sorted(told.keys() - PREDEFINED - described):
        yield f"A 6.6.2.3.1-1: {strange} are not described"
    yield from _alike(pdf, text)


def _alike(pdf: pikepdf.Pdf, text) -> Iterator[str]:
    pairs = {
        "/Title": f"{DC}title",
        "/Author": f"{DC}creator",
        "/Creator": f"{XMP}CreatorTool",
        "/Producer": f"{PDF}Producer",
    }
    for key, tag in pairs.items():
        if key in pdf.docinfo and " ".join(str(pdf.docinfo[key]).split()) != " ".join(text(tag).split()):
            yield f"A 6.6.3: {key} is not the same in the document information and in the metadata"
    digits = re.sub(r"\D", "", text(f"{XMP}CreateDate"))[:14]
    if "/CreationDate" in pdf.docinfo and digits not in str(pdf.docinfo["/CreationDate"]):
        yield "A 6.6.3: the date is not the same in the document information and in the metadata"

"""A smaller file: the many small objects of tags and bookmarks compressed together (object and xref streams, PDF 1.5).

fpdf2 writes each object on its own and a table of their places; here that file is rewritten, which costs a
millisecond and takes the tags of a document from half its size to a tenth.
"""

from __future__ import annotations

import re
import zlib

from fpdf.outline import OutlineItemDictionary
from fpdf.output import OutputProducer

from pensebete.pdf.tagging.element import Element

_LEVEL = 6
# Objects of one stream: a reader unfolds it whole for any of them, and a place has two bytes for which of them.
MOST_TOGETHER = 10_000


class PackedOutput(OutputProducer):
    """Writes elements and bookmarks into compressed streams, and the places of all objects into another."""

    def bufferize(self) -> bytearray:
        plain = super().bufferize()
        table = plain.rindex(b"\nxref\n") + 1
        packed = [o.id for o in self.pdf_objs if isinstance(o, Element | OutlineItemDictionary)]
        apart = set(packed)
        ends = dict(zip(self.offsets, [*list(self.offsets.values())[1:], table], strict=True))

        file = plain[: min(self.offsets.values())]
        places: dict[int, bytes] = {0: _place(0, 0, 65535)}
        holder = self.obj_id + 1
        for id, start in self.offsets.items():
            if id not in apart:
                places[id] = _place(1, len(file), 0)
                file += plain[start : ends[id]]
        for start in range(0, len(packed), MOST_TOGETHER):
            together = packed[start : start + MOST_TOGETHER]
            bodies = [_body(plain[self.offsets[id] : ends[id]]) for id in together]
            places |= {id: _place(2, holder, n) for n, id in enumerate(together)}
            places[holder] = _place(1, len(file), 0)
            file += _object_stream(holder, together, bodies)
            holder += 1
        places[holder] = _place(1, len(file), 0)
        rest = re.search(rb"/Root .*?(?=>>\s*startxref)", plain[table:], re.DOTALL)
        assert rest, "no trailer"
        start = len(file)
        file += _xref_stream(holder, [places[id] for id in range(holder + 1)], rest[0].strip())
        file += b"startxref\n%d\n%%%%EOF\n" % start
        self.buffer = file
        return file


def _place(kind: int, where: int, which: int) -> bytes:
    """0 free; 1 at an offset; 2 in an object stream, and which of its objects."""
    return bytes([kind]) + where.to_bytes(4, "big") + which.to_bytes(2, "big")


def _body(written: bytearray) -> bytes:
    """Without `7 0 obj` and `endobj`."""
    return bytes(written[written.index(b"obj\n") + 4 : written.rindex(b"endobj")])


def _object_stream(id: int, ids: list[int], bodies: list[bytes]) -> bytes:
    at, index = 0, []
    for number, body in zip(ids, bodies, strict=True):
        index.append(f"{number} {at}")
        at += len(body)
    first = " ".join(index).encode() + b"\n"
    return _stream(id, b"/Type/ObjStm/N %d/First %d" % (len(ids), len(first)), first + b"".join(bodies))


def _xref_stream(id: int, places: list[bytes], trailer: bytes) -> bytes:
    return _stream(id, b"/Type/XRef/Size %d/W[1 4 2]\n%s" % (len(places), trailer), b"".join(places))


def _stream(id: int, entries: bytes, contents: bytes) -> bytes:
    short = zlib.compress(contents, _LEVEL)
    head = b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n" % (id, entries, len(short))
    return head + short + b"\nendstream\nendobj\n"

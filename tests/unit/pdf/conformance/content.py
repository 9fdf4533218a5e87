"""What a page paints, and in which marked sequence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pikepdf

PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI", "Tj", "TJ", "'", '"'}
# What else fpdf2 and this program write; anything more is reported, since nobody has thought of its rules here.
_OTHER_NAMES = """
q Q cm w J j M d m l c v y h re n W W* rg RG g G BT ET Td Tm Tf BMC BDC EMC
"""
OTHER = set(_OTHER_NAMES.split())


@dataclass
class Content:
    """One page: the tag of each marked sequence, the codes that each font shows, and the faults."""

    page: pikepdf.Object
    number: int
    tags: dict[int, str] = field(default_factory=dict)  # MCID -> the tag it is marked with
    codes: dict[str, set[int]] = field(default_factory=dict)  # name of a font -> the codes shown in it
    faults: list[str] = field(default_factory=list)
    painted: Counter[str] = field(default_factory=Counter)  # "artifact", "tagged", "bare"


@dataclass(frozen=True)
class _Sequence:
    artifact: bool
    number: int | None


def read_content(page: pikepdf.Object, number: int) -> Content:
    found = Content(page, number)
    stack: list[_Sequence] = []
    saved, deepest, in_text, font = 0, 0, False, ""

    def fault(words: str) -> None:
        found.faults.append(f"{words} (page {number})")

    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in PAINTING:
            _paint(found, stack, fault)
        elif name not in OTHER:
            fault(f"A 6.2.2-1: operator {name} is not one that is checked")
        if name in ("BDC", "BMC"):
            sequence = _begin(operands)
            _nesting(sequence, stack, fault)
            if sequence.number is not None:
                if sequence.number in found.tags:
                    fault(f"UA 7.1-3: marked sequence {sequence.number} is there twice")
                found.tags[sequence.number] = str(operands[0])[1:]
            stack.append(sequence)
        elif name == "EMC":
            if stack:
                stack.pop()
            else:
                fault("A 6.1: EMC without its beginning")
        elif name == "q":
            saved += 1
            deepest = max(deepest, saved)
        elif name == "Q":
            saved -= 1
        elif name in ("BT", "ET"):
            if in_text == (name == "BT"):
                fault("A 6.1: text objects overlap")
            in_text = name == "BT"
        elif name == "Tf":
            font = str(operands[0])
        elif name == "Tj":
            codes = bytes(operands[0])
            shown = {int.from_bytes(codes[n : n + 2], "big") for n in range(0, len(codes), 2)}
            found.codes.setdefault(font, set()).update(shown)
        elif name in ("TJ", "'", '"', "Do", "sh", "EI"):
            fault(f"A 6.2: {name} is not looked into")
    if stack:
        fault("A 6.1: a marked sequence does not end")
    if saved or in_text:
        fault("A 6.1: q and Q, or BT and ET, do not match")
    if deepest > 28:
        fault("A 6.1.13-8: q is nested too deep")
    return found


def _begin(operands: list[pikepdf.Object]) -> _Sequence:
    properties = operands[1] if len(operands) > 1 else {}
    number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
    return _Sequence(str(operands[0]) == "/Artifact", None if number is None else int(number))


def _nesting(sequence: _Sequence, stack: list[_Sequence], fault) -> None:
    tagged = any(around.number is not None for around in stack)
    if sequence.artifact and tagged:
        fault("UA 7.1-1: an artifact inside tagged content")
    if sequence.number is not None and any(around.artifact for around in stack):
        fault("UA 7.1-2: tagged content inside an artifact")
    if sequence.number is not None and tagged:
        fault("UA 7.1-3: tagged content inside tagged content")


def _paint(found: Content, stack: list[_Sequence], fault) -> None:
    if any(around.artifact for around in stack):
        found.painted["artifact"] += 1
    elif any(around.number is not None for around in stack):
        found.painted["tagged"] += 1
    else:
        found.painted["bare"] += 1
        fault("UA 7.1-3: something is painted that is neither tagged nor an artifact")

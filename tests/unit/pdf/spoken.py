"""The text of a PDF by its tags, as a screen reader says it: element after element, words for pictures and boxes."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf

from tests.unit.pdf.conformance.elements import Node, node_of, several


def spoken(pdf: bytes) -> list[str]:
    """What each element that holds text of its own says, in reading order; a picture says its alternative text."""
    with pikepdf.open(BytesIO(pdf)) as file:
        pages = {page.obj.objgen: n for n, page in enumerate(file.pages, 1)}
        said: dict[tuple[int, int], str] = {}
        tables: dict[tuple[int, int], dict[int, str]] = {}
        for n, page in enumerate(file.pages, 1):
            said |= {(n, number): text for number, text in _sequences(page.obj, tables).items()}
        root = file.Root.StructTreeRoot
        nodes = [node for kid in several(root.K) for node in node_of(kid, None, root, pages, []).under()]
        return [_words(node, said) for node in nodes if node.marks]


def _words(node: Node, said: dict[tuple[int, int], str]) -> str:
    for key in ("/Alt", "/ActualText"):
        if key in node.element:
            return str(node.element[key])
    return "".join(said[mark] for mark in node.marks)


def _sequences(page: pikepdf.Object, tables: dict) -> dict[int, str]:
    """The text of each marked sequence of a page."""
    found: dict[int, str] = {}
    stack: list[tuple[int | None, str | None]] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            number, actual = properties.get("/MCID"), properties.get("/ActualText")
            outer = stack[-1] if stack else (None, None)
            if actual is not None and outer[0] is not None:
                found[outer[0]] = found.get(outer[0], "") + str(actual)
            stack.append((outer[0] if number is None else int(number), None if actual is None else str(actual)))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = _to_unicode(page.Resources.Font[str(operands[0])], tables)
        elif name == "Tj" and stack and stack[-1][0] is not None and stack[-1][1] is None:
            codes = bytes(operands[0])
            text = "".join(font[int.from_bytes(codes[n : n + 2], "big")] for n in range(0, len(codes), 2))
            found[stack[-1][0]] = found.get(stack[-1][0], "") + text
    return found


def _to_unicode(font: pikepdf.Object, tables: dict) -> dict[int, str]:
    if font.objgen not in tables:
        pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", font.ToUnicode.read_bytes())
        tables[font.objgen] = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
    return tables[font.objgen]

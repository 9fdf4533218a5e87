"""The structure tree: every marked sequence in it once, and each element where its type may be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from tests.unit.pdf.conformance.content import Content

_STANDARD_NAMES = """
Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6
L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot
Ruby Warichu RB RT RP WT WP Figure Formula Form
"""
STANDARD = set(_STANDARD_NAMES.split())
PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "Lbl": {"LI", "Note", "BibEntry"},
    "Document": {""},
}
KIDS = {"Table": {"TR"}, "TR": {"TH", "TD"}, "L": {"LI"}, "LI": {"Lbl", "LBody"}}
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


@dataclass
class Node:
    element: pikepdf.Object
    tag: str
    parent: Node | None
    kids: list[Node]
    marks: list[tuple[int, int]]  # page and number
    objects: list[pikepdf.Object]  # annotations

    def under(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            yield from kid.under()


def element_faults(pdf: pikepdf.Pdf, contents: list[Content]) -> list[str]:
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return ["UA 7.1-11: no structure tree"]
    found: list[str] = []
    pages = {content.page.objgen: content.number for content in contents}
    top = [node_of(kid, None, root, pages, found) for kid in several(root.get("/K"))]
    nodes = [node for node in top for node in node.under()]
    for node in nodes:
        found += _of_one(node, bool(pdf.Root.get("/Lang")))
    found += _types(root, nodes)
    found += _headings(nodes)
    found += [fault for node in nodes if node.tag == "Table" for fault in _table(node)]
    found += _marks(nodes, contents)
    found += _parent_tree(root, nodes, contents)
    found += _annotations(nodes, contents)
    return found


def several(value: pikepdf.Object | None) -> list[pikepdf.Object]:
    return [] if value is None else list(value) if isinstance(value, pikepdf.Array) else [value]


def node_of(element, parent: Node | None, above, pages: dict, found: list[str]) -> Node:
    node = Node(element, str(element.get("/S", "/"))[1:], parent, [], [], [])
    if element.get("/P") is None or element.P.objgen != above.objgen:
        found.append(f"UA 7.1-12: {node.tag} does not name the element it is in")
    own_page = element.get("/Pg")
    for kid in several(element.get("/K")):
        if isinstance(kid, int):
            node.marks.append((pages[own_page.objgen], kid))
        elif kid.get("/Type") == "/MCR":
            node.marks.append((pages[kid.get("/Pg", own_page).objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            node.objects.append(kid.Obj)
        else:
            node.kids.append(node_of(kid, node, element, pages, found))
    return node


def _of_one(node: Node, has_language: bool) -> Iterator[str]:
    element, tag = node.element, node.tag
    around = node.parent.tag if node.parent else ""
    if tag in PARENTS and around not in PARENTS[tag]:
        yield f"UA 7.2-3 to 20: {tag} in {around or 'the root'}"
    if tag in KIDS and (strange := {kid.tag for kid in node.kids} - KIDS[tag]):
        yield f"UA 7.2-3 to 20: {sorted(strange)} in {tag}"
    if tag in KIDS and node.marks:
        yield f"UA 7.2-3 to 20: text in {tag} itself"
    if tag in ("Figure", "Formula") and not str(element.get("/Alt", "")) and not str(element.get("/ActualText", "")):
        yield f"UA 7.3-1: a {tag} without alternative text"
    if tag == "TH" and _attribute(element, "/Table", "/Scope") not in ("/Column", "/Row", "/Both"):
        yield "UA 7.5-1: TH without Scope"
    if tag == "L" and any(kid.tag == "Lbl" for item in node.kids for kid in item.kids):
        numbering = _attribute(element, "/List", "/ListNumbering")
        if numbering is None or numbering == "/None":
            yield "UA 7.6: a list with labels, and no ListNumbering"
    language = element.get("/Lang")
    if language is not None and not LANGUAGE.fullmatch(str(language)):
        yield f"UA 7.2-29: Lang {language}"
    if not has_language and language is None and (node.marks or "/Alt" in element or "/ActualText" in element):
        yield f"UA 7.2-34: the language of a {tag} is not said"
    if not node.kids and not node.marks and not node.objects and tag not in ("TD", "TH"):
        yield f"UA 7.1: {tag} is empty"


def _attribute(element: pikepdf.Object, owner: str, name: str) -> str | None:
    for attributes in several(element.get("/A")):
        if attributes.get("/O") == owner and name in attributes:
            return str(attributes[name])
    return None


def _types(root: pikepdf.Object, nodes: list[Node]) -> list[str]:
    roles = {str(name)[1:]: str(role)[1:] for name, role in root.get("/RoleMap", pikepdf.Dictionary()).items()}
    found = [f"UA 7.1-7: standard type {name} is mapped" for name in roles if name in STANDARD]
    for tag in {node.tag for node in nodes} - STANDARD:
        seen = set()
        while tag in roles and tag not in seen:
            seen.add(tag)
            tag = roles[tag]
        if tag not in STANDARD:
            found.append(f"UA 7.1-{6 if tag in seen else 5}: type {tag} is not standard")
    return found


def _headings(nodes: list[Node]) -> list[str]:
    found, before = [], 0
    for node in nodes:
        if node.tag == "H":
            found.append("UA 7.4.4: H among numbered headings")
        elif re.fullmatch(r"H[1-6]", node.tag):
            level = int(node.tag[1])
            if level > before + 1:
                found.append(f"UA 7.4.2-1: {node.tag} after {f'H{before}' if before else 'no heading'}")
            before = level
    return found if before else [*found, "UA 7.4: no heading"]


def _table(table: Node) -> Iterator[str]:
    if any("/ColSpan" in str(node.element.get("/A", "")) for node in table.under()):
        yield "UA 7.2-42: spans are not looked into"
    sizes = {len(row.kids) for row in table.kids}
    if len(sizes) > 1:
        yield f"UA 7.2-42: rows of {sorted(sizes)} cells in one table"
    heads = table.kids[0].kids if table.kids else []
    for row in table.kids[1:]:
        for head, cell in zip(heads, row.kids, strict=False):
            by_row = any(c.tag == "TH" and _attribute(c.element, "/Table", "/Scope") == "/Row" for c in row.kids)
            if cell.tag == "TD" and head.tag != "TH" and not by_row:
                yield "UA 7.5-1: a cell under no head"


def _marks(nodes: list[Node], contents: list[Content]) -> Iterator[str]:
    held = Counter(mark for node in nodes for mark in node.marks)
    drawn = {(content.number, number) for content in contents for number in content.tags}
    for mark in sorted(drawn - held.keys()):
        yield f"UA 7.1-3: marked sequence {mark[1]} of page {mark[0]} is in no element"
    for mark in sorted(held.keys() - drawn):
        yield f"UA 7.1-3: marked sequence {mark[1]} of page {mark[0]} is not drawn"
    for mark in sorted(mark for mark, times in held.items() if times > 1):
        yield f"UA 7.1-3: marked sequence {mark[1]} of page {mark[0]} is in two elements"


def _parent_tree(root: pikepdf.Object, nodes: list[Node], contents: list[Content]) -> Iterator[str]:
    tree = root.get("/ParentTree")
    numbers = list(tree.get("/Nums", [])) if tree is not None else []
    entries = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
    if list(entries) != sorted(entries):
        yield "UA 7.1: the parent tree is not in order"
    holders = {mark: node.element.objgen for node in nodes for mark in node.marks}
    for content in contents:
        listed = entries.get(int(content.page.get("/StructParents", -1)), pikepdf.Array())
        for number in content.tags:
            back = getattr(listed[number], "objgen", None) if number < len(listed) else None
            if back != holders.get((content.number, number)):
                yield f"UA 7.1: the parent tree misses sequence {number} of page {content.number}"
    for node in nodes:
        for thing in node.objects:
            back = entries.get(int(thing.get("/StructParent", -1)))
            if back is None or back.objgen != node.element.objgen:
                yield "UA 7.18.1: the parent tree misses an annotation"


def _annotations(nodes: list[Node], contents: list[Content]) -> Iterator[str]:
    holders = {thing.objgen: node.tag for node in nodes for thing in node.objects}
    for content in contents:
        notes = several(content.page.get("/Annots"))
        if (notes or content.tags) and content.page.get("/Tabs") != "/S":
            yield f"UA 7.18.3-1: Tabs of page {content.number}"
        for note in notes:
            wanted = "Link" if note.get("/Subtype") == "/Link" else "Annot"
            if holders.get(note.objgen) != wanted:
                yield f"UA 7.18.5-1: an annotation of page {content.number} is in no {wanted}"
            if not str(note.get("/Contents", "")):
                yield f"UA 7.18.5-2: an annotation of page {content.number} says nothing"
            if int(note.get("/F", 0)) & 0b100100111 != 4:
                yield f"A 6.3.2-2: an annotation of page {content.number} is hidden or not printed"
            if note.get("/Subtype") != "/Link":
                yield f"A 6.3.3: {note.get('/Subtype')} is not looked into"

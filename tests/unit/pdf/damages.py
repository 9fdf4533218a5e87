"""Ways to damage a sound file, each against one clause: a checker that finds none of them would be worth nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Damage = Callable[[pikepdf.Pdf], None]


def damaged(data: bytes, damage: Damage) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        damage(pdf)
        out = BytesIO()
        pdf.save(out, fix_metadata_version=False)
        return out.getvalue()


def elements(pdf: pikepdf.Pdf, tag: str) -> Iterator[pikepdf.Object]:
    found = [thing for thing in pdf.objects if isinstance(thing, Dictionary) and thing.get("/S") == f"/{tag}"]
    assert found, tag
    return iter(found)


def first(pdf: pikepdf.Pdf, tag: str) -> pikepdf.Object:
    return next(elements(pdf, tag))


def _operators(change: Callable[[list], list]) -> Damage:
    def damage(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        before = list(pikepdf.parse_content_stream(page))
        after = change(before)
        assert after != before
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(after))

    return damage


def _without(operator: str, operand: str = "") -> Damage:
    """Takes away the first such operator and, of a marked sequence, its end."""

    def change(instructions: list) -> list:
        at = next(
            n
            for n, (operands, name) in enumerate(instructions)
            if str(name) == operator and (not operand or str(operands[0]) == operand)
        )
        kept = instructions[:at] + instructions[at + 1 :]
        if operator == "BDC":
            end = next(n for n in range(at, len(kept)) if str(kept[n][1]) == "EMC")
            del kept[end]
        return kept

    return _operators(change)


def _around(tag: str) -> Damage:
    """Puts an artifact around the first marked sequence of that tag, or tagged content around an artifact."""

    def change(instructions: list) -> list:
        at = next(n for n, (o, name) in enumerate(instructions) if str(name) == "BDC" and str(o[0]) == tag)
        end = next(n for n in range(at, len(instructions)) if str(instructions[n][1]) == "EMC")
        begin = (
            [[Name.P, Dictionary(MCID=900)], pikepdf.Operator("BDC")]
            if tag == "/Artifact"
            else [[Name.Artifact], pikepdf.Operator("BMC")]
        )
        finish = [[], pikepdf.Operator("EMC")]
        return [*instructions[:at], begin, *instructions[at : end + 1], finish, *instructions[end + 1 :]]

    return _operators(change)


def _set(where: Callable[[pikepdf.Pdf], pikepdf.Object], key: str, value: object = None) -> Damage:
    """Another value, or none."""

    def damage(pdf: pikepdf.Pdf) -> None:
        thing = where(pdf)
        if value is None:
            del thing[key]
        else:
            thing[key] = value

    return damage


def _tag(old: str, new: str) -> Damage:
    return lambda pdf: first(pdf, old).__setitem__("/S", Name(f"/{new}"))


def _root(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def _inner(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return _font(pdf).DescendantFonts[0]


def _page(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj


def _another_parent(pdf: pikepdf.Pdf) -> None:
    first(pdf, "P").P = first(pdf, "H1")


def _map_a_standard_type(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.Span)


def _file(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.Root.AF[0]


def _link(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(thing for thing in pdf.objects if isinstance(thing, Dictionary) and thing.get("/Subtype") == "/Link")


def _drop_a_kid(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "Document").K[5]


def _twice(pdf: pikepdf.Pdf) -> None:
    one = next(e for e in elements(pdf, "P") if isinstance(e.get("/K"), int))
    one.K = Array([one.K, one.K])


def _shift_the_parent_tree(pdf: pikepdf.Pdf) -> None:
    listed = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    listed[0], listed[1] = listed[1], listed[0]


def _a_cell_less(pdf: pikepdf.Pdf) -> None:
    row = list(elements(pdf, "TR"))[2]
    del row.K[len(row.K) - 1]


def _metadata(old: bytes, new: bytes) -> Damage:
    def damage(pdf: pikepdf.Pdf) -> None:
        text = pdf.Root.Metadata.read_bytes()
        assert old in text
        pdf.Root.Metadata.write(text.replace(old, new))

    return damage


def _narrow_a_glyph(pdf: pikepdf.Pdf) -> None:
    _inner(pdf).W[1][0] = 1


def _forget_a_character(pdf: pikepdf.Pdf) -> None:
    table = _font(pdf).ToUnicode
    lines = table.read_bytes().split(b"\n")
    del lines[next(n for n, line in enumerate(lines) if line.endswith(b"beginbfchar")) + 1]
    table.write(b"\n".join(lines))


def _incomplete_cid_set(pdf: pikepdf.Pdf) -> None:
    _inner(pdf).FontDescriptor.CIDSet = pdf.make_stream(b"\0" * 300)


def _unassociated(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/AF"]


DAMAGES: list[tuple[str, str, Damage]] = [
    ("an artifact's mark gone", "UA 7.1-3", _without("BDC", "/Artifact")),
    ("a paragraph's mark gone", "UA 7.1-3", _without("BDC", "/P")),
    ("an end of text gone", "A 6.1", _without("ET")),
    ("an end of a marked sequence gone", "A 6.1", _without("EMC")),
    ("tagged content in an artifact", "UA 7.1-2", _around("/P")),
    ("an artifact in tagged content", "UA 7.1-1", _around("/Artifact")),
    ("no structure tree", "UA 7.1-11", _set(_root, "/StructTreeRoot")),
    ("not said to be tagged", "UA 6.2-1", _set(_root, "/MarkInfo")),
    ("an element out of the tree", "UA 7.1-3", _drop_a_kid),
    ("a sequence in the tree twice", "UA 7.1-3", _twice),
    ("a wrong way back", "UA 7.1", _shift_the_parent_tree),
    (
        "an element that names another parent",
        "UA 7.1-12",
        _another_parent,
    ),
    ("a type of nobody's", "UA 7.1-5", _tag("H2", "Heading")),
    (
        "a standard type mapped",
        "UA 7.1-7",
        _map_a_standard_type,
    ),
    ("a heading level skipped", "UA 7.4.2-1", _tag("H2", "H4")),
    ("a heading without a number", "UA 7.4.4", _tag("H1", "H")),
    ("a cell outside a row", "UA 7.2-3 to 20", _tag("TR", "P")),
    ("an item outside a list", "UA 7.2-3 to 20", _tag("L", "Div")),
    ("a row of fewer cells", "UA 7.2-42", _a_cell_less),
    ("a head without scope", "UA 7.5-1", lambda pdf: first(pdf, "TH").__delitem__("/A")),
    ("a list without numbering", "UA 7.6", lambda pdf: first(pdf, "L").__delitem__("/A")),
    ("a figure without words", "UA 7.3-1", lambda pdf: first(pdf, "Figure").__delitem__("/Alt")),
    ("no language", "UA 7.2-34", _set(_root, "/Lang")),
    ("a language that is none", "UA 7.2-29", lambda pdf: first(pdf, "P").__setitem__("/Lang", String("français"))),
    ("the title not shown", "UA 7.1-10", _set(_root, "/ViewerPreferences")),
    ("no tab order", "UA 7.18.3-1", _set(_page, "/Tabs")),
    ("a link that says nothing", "UA 7.18.5-2", _set(_link, "/Contents")),
    ("a link in a paragraph only", "UA 7.18.5-1", _tag("Link", "Span")),
    ("a link that does not print", "A 6.3.2-2", _set(_link, "/F", 0)),
    ("a link that runs a script", "A 6.5.1-1", lambda pdf: _link(pdf).A.__setitem__("/S", Name.JavaScript)),
    ("a font outside", "UA 7.21.4.1-1", lambda pdf: _inner(pdf).FontDescriptor.__delitem__("/FontFile2")),
    ("no map of glyphs", "UA 7.21.3.2-1", lambda pdf: _inner(pdf).__delitem__("/CIDToGIDMap")),
    ("a font not readable back", "UA 7.21.7-1", lambda pdf: _font(pdf).__delitem__("/ToUnicode")),
    ("a character not readable back", "UA 7.21.7-1", _forget_a_character),
    ("a wrong width", "UA 7.21.5-1", _narrow_a_glyph),
    ("an incomplete CIDSet", "UA 7.21.4.2-2", _incomplete_cid_set),
    ("no metadata", "UA 7.1-8", _set(_root, "/Metadata")),
    ("not said to follow PDF/UA", "UA 5-2", _metadata(b"<pdfuaid:part>1</pdfuaid:part>", b"")),
    ("not said to follow PDF/A", "A 6.6.4-2", _metadata(b"conformance>A<", b"conformance>B<")),
    (
        "a property nobody described",
        "A 6.6.2.3.1-1",
        _metadata(b"name>part<", b"name>amd<"),
    ),
    ("another title in the metadata", "A 6.6.3", _metadata(b'x-default">Plan', b'x-default">Plans')),
    ("metadata that is no XML", "A 6.6.2.1-4", _metadata(b"</rdf:RDF>", b"")),
    ("no output intent", "A 6.2.4.3-2", _set(_root, "/OutputIntents")),
    ("no relationship of the file", "A 6.8-3", _set(_file, "/AFRelationship")),
    ("a file not associated", "A 6.8-4", _unassociated),
    ("a file without its type", "A 6.8-1", lambda pdf: _file(pdf).EF.F.__delitem__("/Subtype")),
    (
        "a transparent page",
        "A 6.2.10",
        _set(_page, "/Group", Dictionary()),
    ),
    ("a script at the opening", "A 6.4 to 6.11", _set(_root, "/AA", Dictionary())),
]

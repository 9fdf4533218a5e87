"""Files as life leaves them: what holds a dossier opens, and the rest is named for what it is."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from functools import cache
from io import BytesIO
from itertools import combinations
from time import process_time

import pikepdf
import pytest

from pensebete.assessment.dossier_file import MAX_BYTES, Problem
from pensebete.desk.intake import BOUNDS, Bounds, Comment, Refused, Taken, taken_in
from pensebete.desk.opened import opened
from pensebete.export.build import export
from pensebete.pdf.edition import Edition
from pensebete.text.wording import read_sentences, wording
from tests.builders import ROOT, evaluate
from tests.unit.desk import lived
from tests.unit.desk.lived import CHECKLIST, OPEN, REFUSED, REVIEW, by, carried, edited, letter, made, plan, zipped
from tests.yardstick import slowness


def taken(name: str, content: bytes, bounds: Bounds = BOUNDS) -> list[Taken]:
    found = taken_in(name, content, bounds)
    assert all(isinstance(one, Taken) for one in found), found
    return [one for one in found if isinstance(one, Taken)]


def why(content: bytes, bounds: Bounds = BOUNDS) -> list[str]:
    """The reasons of all that is refused; there is nothing else."""
    found = taken_in("fichier", content, bounds)
    assert found
    assert all(isinstance(one, Refused) for one in found), found
    return [problem.id for one in found if isinstance(one, Refused) for problem in one.problems]


# What opens


@pytest.mark.parametrize("how", OPEN)
def test_a_plan_opens_byte_for_byte_whatever_happened_to_it_and_whatever_it_is_called(how):
    content = made(OPEN[how])
    for name in ("plan.pdf", "ATT00001.bin", "plan"):
        [one] = taken(name, content)
        assert one.dossier == carried()
        assert (one.comments, one.notes, one.review) == ((), (), None)
        assert one.file == name or one.file.startswith(f"{name}/")


def test_files_in_a_file_are_called_by_both_names():
    content = zipped(("Nos plans/a.pdf", plan()), ("b.eml", letter(("plan d’action.pdf", plan("02"))).as_bytes()))
    assert [(one.file, one.dossier) for one in taken("envoi.zip", content)] == [
        ("envoi.zip/Nos plans/a.pdf", carried()),
        ("envoi.zip/b.eml/plan d’action.pdf", carried("02")),
    ]


def test_a_plan_inside_another_pdf_opens():
    [one] = taken("porte.pdf", edited(lived.with_plan_inside))
    assert (one.file, one.dossier) == ("porte.pdf/plan.pdf", carried("02"))


def test_a_dossier_pinned_to_a_page_opens_and_the_pin_is_a_comment():
    [one] = taken("plan.pdf", edited(lived.pinned_to_a_page))
    assert (one.dossier, one.comments) == (carried(), (Comment("", 2, ""),))


def test_a_review_beside_the_dossier_comes_with_it():
    [one] = taken("plan.pdf", edited(lived.with_review))
    assert (one.dossier, one.review) == (carried(), REVIEW)


def test_a_plan_of_before_opens():
    for file in sorted((ROOT / "tests" / "fixtures" / "versions" / "2026.1").glob("*.pdf")):
        [one] = taken(file.name, file.read_bytes())
        assert one.dossier == file.with_suffix(".json").read_bytes()


# Comments


def test_comments_added_by_mupdf_after_the_end_of_the_file_are_read():
    content = by("mutool", "run", "comment.js")
    assert content.startswith(plan())
    [one] = taken("plan.pdf", content)
    assert one.dossier == carried()
    assert one.comments == (
        Comment("Luc", 1, ""),
        Comment("Marie Tremblay", 2, "Et la paie du 15 ? <b>**Vite**</b>"),
        Comment("", 2, "à revoir"),
    )


def test_answers_to_a_comment_are_comments_and_what_a_reader_adds_by_itself_is_not():
    [one] = taken("plan.pdf", edited(lived.talked_over))
    assert [(c.author, c.page, " ".join(c.text.split())) for c in one.comments] == [
        ("Ève", 3, "Qui ?"),
        ("Jo", 3, "Moi, lundi"),
    ]


def test_comments_stay_when_the_file_is_encrypted_or_written_anew():
    commented = by("mutool", "run", "comment.js")
    [plain] = taken("plan.pdf", commented)
    for command in (
        ("qpdf", "--encrypt", "", "owner", "256", "--", "a.pdf", "out.pdf"),
        ("qpdf", "--linearize", "a.pdf", "out.pdf"),
    ):
        [one] = taken("plan.pdf", by(*command, a=commented))
        assert one.comments == plain.comments


def test_ten_thousand_comments_are_counted_and_two_hundred_read():
    def noisy(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="x" * 9_000
        )
        one = pdf.make_indirect(note)
        pdf.pages[0].Annots = pikepdf.Array([one] * 10_000)

    [one] = taken("plan.pdf", edited(noisy))
    assert len(one.comments) == 200
    assert {len(comment.text) for comment in one.comments} == {2_000}
    assert one.notes == (Problem("pdf.more_comments", {"count": "9800"}),)


# Two dossiers


def test_both_dossiers_of_one_file_are_there_and_it_is_said():
    found = taken("plans.pdf", edited(lived.with_second))
    assert {one.dossier for one in found} == {carried(), carried("02")}
    assert [one.notes for one in found] == [(Problem("several", {"count": "2"}),)] * 2


@pytest.mark.parametrize(
    "command",
    [
        ("pdfunite", "a.pdf", "b.pdf", "out.pdf"),
        ("qpdf", "a.pdf", "--pages", "a.pdf", "b.pdf", "--", "out.pdf"),
        ("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-sOutputFile=out.pdf", "a.pdf", "b.pdf"),
    ],
    ids=" ".join,
)
def test_where_two_plans_became_one_file_the_dossier_that_is_gone_is_said(command):
    """Which one is left depends on the program, and for one of them on more than that."""
    [one] = taken("plans.pdf", by(*command))
    assert one.dossier in (carried(), carried("02"))
    assert one.notes == (Problem("pdf.some_lost", {"lost": "1"}),)


def test_a_plan_with_a_page_more_has_lost_nothing():
    def with_cover(pdf: pikepdf.Pdf) -> None:
        pdf.add_blank_page()

    [one] = taken("plan.pdf", edited(with_cover))
    assert (one.dossier, one.notes) == (carried(), ())


def test_the_same_dossier_twice_is_one_and_two_are_two():
    content = zipped(("plan.pdf", plan()), ("dossier.json", carried()), ("autre.pdf", plan("02")))
    found, refused = opened(taken_in("envoi.zip", content), CHECKLIST)
    assert [one.taken.file for one in found] == ["envoi.zip/plan.pdf", "envoi.zip/autre.pdf"]
    assert refused == ()
    assert [one.assessment.organisation for one in found] == ["Coop du Fleuve", lived.of("02").organisation]


# What does not open


@pytest.mark.parametrize("how", REFUSED)
def test_a_pdf_that_carries_no_dossier_is_named_for_what_it_is(how):
    make, expected = REFUSED[how]
    assert why(made(make)) == [expected]


def of_office(folder: str) -> bytes:
    return zipped(("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b""), (f"{folder}/document.xml", b"<w/>"))


def open_document(kind: str) -> bytes:
    return zipped(("mimetype", f"application/vnd.oasis.opendocument.{kind}".encode()), packing=zipfile.ZIP_STORED)


def older_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + stream.encode("utf-16-le") + b"\0" * 500


def locked_zip() -> bytes:
    content = bytearray(zipped(("plan.pdf", plan())))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def deep(levels: int) -> bytes:
    content = plan()
    for n in range(levels):
        content = zipped((f"{n}.zip", content))
    return content


NAMED = {
    "empty": (b"", "file.empty"),
    "blank": (b"\r\n\0 ", "file.empty"),
    "Word": (of_office("word"), "file.document"),
    "Excel": (of_office("xl"), "file.spreadsheet"),
    "PowerPoint": (of_office("ppt"), "file.slides"),
    "Writer": (open_document("text"), "file.document"),
    "Calc": (open_document("spreadsheet"), "file.spreadsheet"),
    "Impress": (open_document("presentation"), "file.slides"),
    "an older Word": (older_office("WordDocument"), "file.document"),
    "an older Excel": (older_office("Workbook"), "file.spreadsheet"),
    "Outlook": (older_office("__properties_version1.0"), "file.outlook"),
    "RTF": (b"{\\rtf1\\ansi bonjour}", "file.document"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.image"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "file.image"),
    "the photo of a telephone": (b"\0\0\0\x24ftypheic\0\0", "file.image"),
    "a page of the web": (b"\xef\xbb\xbf\n<!-- x -->\n<!DOCTYPE html><html><body>%PDF</body></html>", "file.web_page"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", "file.archive"),
    "RAR": (b"Rar!\x1a\x07\x01\0", "file.archive"),
    "tar": (b"plan.pdf".ljust(257, b"\0") + b"ustar\0", "file.archive"),
    "a zip cut short": (zipped(("plan.pdf", plan()))[:-100], "file.broken"),
    "a zip damaged": (zipped(("plan.pdf", plan())).replace(b"PK\x03\x04", b"PK\x03\x05"), "not_json"),
    "gzip cut short": (gzip.compress(plan())[:-100], "file.broken"),
    "gzip of nothing that opens": (b"\x1f\x8b\x08\x00garbage!", "file.broken"),
    "a zip with a password": (locked_zip(), "file.password"),
    "an empty zip": (zipped(), "file.nothing_inside"),
    "a letter without a file": (letter().as_bytes(), "file.mail_alone"),
    "a letter with a picture": (
        letter(("logo.png", b"\x89PNG\r\n\x1a\n")).as_bytes().replace(b"application/octet-stream", b"image/png"),
        "file.mail_alone",
    ),
    "a letter with a document": (letter(("plan.docx", of_office("word"))).as_bytes(), "file.document"),
    "a zip in a zip in a zip in a zip": (deep(4), "file.too_deep"),
    "text": ("Bonjour, voici le plan.".encode("utf-16"), "not_json"),
    "a PDF too large": (plan() + b" " * MAX_BYTES, "too_large"),
    "a dossier too large": (b"{" + b" " * MAX_BYTES, "too_large"),
}  # fmt: skip


@pytest.mark.parametrize("what", NAMED)
def test_what_is_no_dossier_is_named_for_what_it_is(what):
    content, expected = NAMED[what]
    assert why(content) == [expected]


def test_the_workbook_of_the_program_is_a_spreadsheet():
    assert why(export("xlsx", evaluate(CHECKLIST, lived.of("01")), "fr", "plan")) == ["file.spreadsheet"]


def test_three_containers_in_each_other_open():
    assert [one.dossier for one in taken("plan.zip", deep(3))] == [carried()]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((b'"id": "covid-19"', b'"id": "grippe"'), "another_checklist"),
        ((b'"format_version": 1', b'"format_version": 2'), "format_version"),
    ],
)
def test_another_checklist_and_a_newer_format_are_named(changes, expected):
    content = carried().replace(*changes, 1)
    found, [refused] = opened(taken_in("envoi.zip", zipped(("plan.json", content))), CHECKLIST)
    assert found == ()
    assert (refused.file, [problem.id for problem in refused.problems]) == ("envoi.zip/plan.json", [expected])


def test_every_sentence_about_a_file_has_a_file_that_earns_it():
    ids = (id for id in read_sentences("fr", "dossier")._catalog if isinstance(id, str) and id)  # no plurals
    known = {id.removeprefix("dossier.") for id in ids}
    earned = {expected for _, expected in (*NAMED.values(), *REFUSED.values())}
    elsewhere = {
        "pdf.some_lost",
        "pdf.more_comments",
        "file.too_many",
        "file.unfolds",
        "file.unreadable",
    }  # tried elsewhere
    assert {id for id in known if id.startswith(("file.", "pdf."))} <= earned | elsewhere


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_reason_is_whole_sentences(language):
    for content, expected in (*NAMED.values(), *((made(make), id) for make, id in REFUSED.values())):
        [refused] = taken_in("fichier", content)
        assert isinstance(refused, Refused)
        [sentence] = [problem.sentence(wording(language)) for problem in refused.problems]
        assert sentence.endswith("."), expected
        assert "{" not in sentence, expected


# What is made to harm


def test_a_zip_of_more_files_than_are_read_gives_those_and_says_so():
    content = zipped(*((f"{n}.json", carried()) for n in range(30)))
    *first, last = taken_in("envoi.zip", content, Bounds(files=10))
    assert [isinstance(one, Taken) for one in first] == [True] * 10
    assert last == Refused("envoi.zip/10.json", (Problem("file.too_many", {"most": "10"}),))


def test_a_zip_that_unfolds_to_more_than_is_read_gives_what_fits_and_says_so():
    content = zipped(
        ("plan.pdf", plan()), ("zeros", b"\0" * 40_000_000), ("more", b"\0" * 40_000_000), ("b.pdf", plan())
    )
    found = taken_in("envoi.zip", content, Bounds(unfolded=60_000_000))
    assert isinstance(found[0], Taken)
    assert found[-1] == Refused("envoi.zip/more", (Problem("file.unfolds", {"limit": "60"}),))
    assert len(found) == 3


def bomb(levels: int, each: int = 10) -> bytes:
    content = gzip.compress(b"\0" * 40_000_000)
    for n in range(levels):
        content = zipped(*((f"{n}-{m}.zip", content) for m in range(each)))
    return content


@cache
def many_entries() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for n in range(60_000):
            archive.writestr(str(n), b"")
    return made.getvalue()


def nested_parts(levels: int) -> bytes:
    head = b"From: a@b.ca\r\nSubject: x\r\n"
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(levels))
    return head + parts + b"\r\n" + b"x\r\n" * 1_400_000


def pdf_of(change) -> bytes:
    made = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    change(pdf)
    pdf.save(made)
    return made.getvalue()


def looping_names(pdf: pikepdf.Pdf) -> None:
    tree = pdf.make_indirect(pikepdf.Dictionary())
    tree.Kids = pikepdf.Array([tree] * 50)
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree)


def many_files(pdf: pikepdf.Pdf) -> None:
    packed = zlib.compress(b"\0" * 9_000_000)
    names: list[object] = []
    for n in range(400):
        stream = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)
        one = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary(F=stream))
        names += [pikepdf.String(f"{n:06}"), pdf.make_indirect(one)]
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array(names)))


def hundred_thousand_objects(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Own = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(N=n)) for n in range(100_000)])


WORDS = b"BT /F 9 Tf (a) Tj ET "


def with_font(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    return pikepdf.Dictionary(F=pdf.make_indirect(font))


def form_drawn_often(pdf: pikepdf.Pdf) -> None:
    form = pikepdf.Stream(pdf, WORDS * 10_000)
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 9, 9]
    form.Resources = pikepdf.Dictionary(Font=with_font(pdf))
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form), Font=with_font(pdf))
    page.Contents = pikepdf.Stream(pdf, b"/A Do " * 1000)


def many_long_pages(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=with_font(pdf))
    page.Contents = pikepdf.Stream(pdf, WORDS * 13_000)
    for _ in range(500):
        pdf.pages.append(page)


def endless_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = pikepdf.Stream(pdf, b"q Q " * 20_000_000)


def looping_pages() -> bytes:
    def loop(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Own = pdf.Root.Pages

    content = pdf_of(loop)
    with pikepdf.open(BytesIO(content)) as pdf:
        tree = pdf.Root.Pages
        tree.Kids = pikepdf.Array([tree, tree.Kids[0], tree])
        made = BytesIO()
        try:
            pdf.save(made)
        except (pikepdf.PdfError, RuntimeError):
            return content
        return made.getvalue()


def test_the_list_of_a_zip_that_names_far_too_many_files_is_not_even_read(monkeypatch):
    content = many_entries()
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert why(content) == ["file.too_many"]


HOSTILE = {
    "zips in zips of zeros": lambda: bomb(2),
    "a zip of 60,000 files": many_entries,
    "seven parts in each other": lambda: nested_parts(7),
    "a hundred parts in each other": lambda: nested_parts(100),
    "a thousand parts in each other": lambda: nested_parts(1_000),
    "a million fields of a letter": lambda: b"From: x\r\n" + b"To: y\r\n" * 500_000,
    "names that lead back to themselves": lambda: pdf_of(looping_names),
    "pages that lead back to themselves": looping_pages,
    "400 files of 9 MB, each packed in 9 kB": lambda: pdf_of(many_files),
    "100,000 objects": lambda: pdf_of(hundred_thousand_objects),
    "a form drawn a thousand times": lambda: pdf_of(form_drawn_often),
    "500 pages of ten thousand words": lambda: pdf_of(many_long_pages),
    "a page that draws 80 MB": lambda: pdf_of(endless_page),
    "5 MB of brackets": lambda: b"%PDF-1.7\n" + b"[" * 4_900_000,
    "5 MB of the first words of a PDF": lambda: b"%PDF-1.7\n" * 540_000,
}


# A hundred parts are refused as a thousand are; many words are read of one form as of many pages.
_AS_OTHERS = ("a hundred parts in each other", "500 pages of ten thousand words")


@pytest.mark.parametrize("what", [pytest.param(one, marks=[pytest.mark.soak] * (one in _AS_OTHERS)) for one in HOSTILE])
def test_a_file_made_to_harm_is_refused_within_the_time_that_a_child_has(what):
    content = HOSTILE[what]()
    begun = process_time()
    assert why(content)
    assert process_time() - begun < 4 * slowness()


STARTS = [b"%PDF-1.7\n", b"PK\x03\x04", b"\x1f\x8b", b"From: a\r\nTo: b\r\n\r\n", b"{"]


@pytest.mark.parametrize(("first", "second"), list(combinations(STARTS, 2)))
def test_what_begins_as_two_things_is_refused_in_words(first, second):
    for content in (first + second, second + first, first + second * 1000):
        assert all(problem for one in taken_in("x", content) if isinstance(one, Refused) for problem in one.problems)


def test_an_edition_is_known_though_its_title_is_all_that_is_left():
    def only_title(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Names = pikepdf.Dictionary()
        del pdf.Root.AF
        del pdf.pages[1:]
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"")

    assert why(edited(only_title)) == ["pdf.lost"]
    assert why(plan("01", Edition("board"))) == ["pdf.board"]

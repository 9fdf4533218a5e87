"""On the first page, a file as mail leaves it: opened, asked about, or named for what it is; comments are told."""

from __future__ import annotations

import pikepdf
import pytest

from pensebete.text.wording import wording
from tests.pages.visit import Visit
from tests.unit.desk import lived
from tests.unit.desk.lived import edited, letter, plan, zipped

SAY = wording("fr")
DOCUMENT = zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"))


def give(visit: Visit, name: str, content: bytes) -> Visit:
    [uploader] = visit.app.get("file_uploader")
    uploader.upload(name, content, "application/octet-stream").run()  # type: ignore[attr-defined]
    return visit._sound()


def shown_as_typed(visit: Visit) -> str:
    """What the framework is given to draw, escapes included."""
    return "\n".join(str(one.value) for kind in ("success", "markdown") for one in getattr(visit.app, kind))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ATT00001.bin", plan()),
        ("plan", edited(lambda pdf: None, encryption=pikepdf.Encryption(owner="owner", R=6))),
        ("courriel.eml", letter(("plan.pdf", plan())).as_bytes()),
        ("envoi.zip", zipped(("plan.pdf", plan()))),
    ],
)
def test_a_plan_opens_at_once_whatever_mail_made_of_it(visit, name, content):
    give(visit, name, content)
    assert visit.assessment.organisation == "Coop du Fleuve"
    assert "Dossier repris" in visit.texts()


def test_comments_are_told_when_a_plan_opens_with_page_and_author_and_command_nothing(visit):
    def commented(pdf: pikepdf.Pdf) -> None:
        lived.talked_over(pdf)
        pdf.pages[2].Annots[0].Contents = "# <b>Qui</b> **paie** $x$ :red[?]"

    give(visit, "plan.pdf", edited(commented))
    assert visit.assessment.organisation == "Coop du Fleuve"
    shown = visit.texts()
    assert SAY("dossier.comments", 2) in shown
    assert SAY("dossier.comment", page=3, author="Ève", text="# <b>Qui</b> **paie** $x$ :red[?]") in shown.replace(
        "\u2060", ""
    )
    assert SAY("dossier.comment", page=3, author="Jo", text="Moi, lundi") in shown
    assert "<b>Qui" not in shown_as_typed(visit)
    assert "**paie" not in shown_as_typed(visit)


def test_of_many_comments_the_first_are_told_and_the_rest_counted(visit):
    def commented(pdf: pikepdf.Pdf) -> None:
        notes = [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=f"n{n} " + "x" * 900
            )
            for n in range(30)
        ]
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(one) for one in notes])

    shown = give(visit, "plan.pdf", edited(commented)).texts()
    assert SAY("dossier.comments", 30) in shown
    assert SAY("resume.more_comments", 20) in shown
    assert "n9 " in shown
    assert "n10 " not in shown
    assert "x" * 301 not in shown


@pytest.mark.parametrize(
    ("name", "content"),
    [("plans.pdf", edited(lived.with_second)), ("envoi.zip", zipped(("a.pdf", plan()), ("b.pdf", plan("02"))))],
)
def test_of_two_dossiers_none_opens_until_one_is_chosen(visit, name, content):
    give(visit, name, content)
    assert visit.assessment.organisation == ""
    radio = visit.widget("radio", "resume.which")
    assert (radio.label, radio.value) == (SAY("resume.which"), None)
    assert [lived.of("02").organisation in choice for choice in radio.options] in ([False, True], [True, False])
    chosen = next(choice for choice in radio.options if lived.of("02").organisation in choice)
    radio.set_value(str(radio.options.index(chosen))).run()
    assert visit.assessment.organisation == ""
    visit.press(SAY("resume.open"))
    assert visit.assessment.organisation == lived.of("02").organisation


def test_what_was_chosen_in_one_file_chooses_nothing_in_the_next(visit):
    give(visit, "envoi.zip", zipped(("a.pdf", plan()), ("b.pdf", plan("02"))))
    visit.widget("radio", "resume.which").set_value("0").run()
    give(visit, "autre.zip", zipped(("a.pdf", plan("03")), ("b.pdf", plan("02"))))
    assert visit.widget("radio", "resume.which").value is None


def test_where_another_dossier_was_lost_the_one_that_is_left_does_not_open_unasked(visit):
    content = lived.by("pdfunite", "a.pdf", "b.pdf", "out.pdf")
    give(visit, "plans.pdf", content)
    assert visit.assessment.organisation == ""
    assert SAY("dossier.pdf.some_lost", lost="1") in visit.texts()
    visit.press(SAY("resume.open"))
    assert visit.assessment.organisation == "Coop du Fleuve"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.pdf", DOCUMENT, "file.document"),
        ("plan.pdf", b"", "file.empty"),
        ("plan.pdf", plan("01", lived.Edition("board")), "pdf.board"),
    ],
)
def test_what_is_no_dossier_is_named_and_changes_nothing(visit, name, content, said):
    before = visit.assessment
    give(visit, name, content)
    assert [error.value.replace("\\", "") for error in visit.app.error] == [SAY(f"dossier.{said}")]
    assert visit.assessment == before


def test_a_file_that_is_refused_beside_a_dossier_is_named_before_that_opens(visit):
    give(visit, "envoi.zip", zipped(("a.pdf", plan()), ("lettre.docx", DOCUMENT)))
    assert SAY("dossier.of_file", file="lettre.docx", said=SAY("dossier.file.document")) in visit.texts()
    assert visit.assessment.organisation == ""
    visit.press(SAY("resume.open"))
    assert visit.assessment.organisation == "Coop du Fleuve"

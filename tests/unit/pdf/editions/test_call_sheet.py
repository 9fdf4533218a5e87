"""Call sheets on paper: a page an enterprise, whatever its dossier, with the words of the sheet and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer, Assessment
from pensebete.desk.call_sheet import CallSheet
from pensebete.desk.call_sheet_text import (
    figure_line,
    heard_words,
    late_line,
    money_words,
    noted_words,
    profile_words,
    question_words,
    since_words,
    who_words,
    why_lines,
)
from pensebete.pdf.build import call_sheets_pdf
from pensebete.pdf.editions.call_sheet import _SHARES
from pensebete.pdf.layout.canvas import Document, Line
from pensebete.pdf.tagging import object_streams
from pensebete.text.addresses import address_of
from pensebete.text.wording import Wording, wording
from tests.builders import MONDAY, NOW
from tests.builders import assessments as any_assessment
from tests.call_sheets import ASKED, as_of, sheets
from tests.cases_tried import few
from tests.dossiers import PROFILE
from tests.pdf_reading import bookmarks, has, pages, squashed
from tests.portfolio_files import dossiers
from tests.unit.desk.test_triage import dossier
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.damages import elements
from tests.unit.pdf.editions.test_editions import LONG, crowded, everywhere_in
from tests.unit.pdf.spoken import spoken

CASES = list(dossiers(12))
IN_MARCH = as_of(MONDAY)


def made(found: Iterable[CallSheet], language: str = "fr", paper: str = "letter") -> bytes:
    return call_sheets_pdf(found, wording(language), ASKED.today or date.min, paper)


def of(*assessments: Assessment) -> list[CallSheet]:
    return sheets([(f"{n}.json", dossier_file.dump(one)) for n, one in enumerate(assessments)], IN_MARCH)


def room_left(found: Iterable[CallSheet], paper: str = "letter") -> float:
    """Points between the lowest line of the fullest page and where the footer may begin."""
    left = []
    put = Document.put

    def noted(document: Document, x: float, y: float, line: Line) -> None:
        if y < document.paper.height - 50:  # not the footer itself
            left.append(document.bottom - y - line.style.line)
        put(document, x, y, line)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Document, "put", noted)
        made(found, paper=paper)
    return round(min(left), 3)


def uncut(sheet: CallSheet, say: Wording) -> Iterable[str]:
    """What none of these sheets has too much of."""
    yield from (sheet.row.organisation, who_words(sheet, say), heard_words(sheet, say), sheet.row.contact.phone)
    yield from (*why_lines(sheet, say), *money_words(sheet, say), profile_words(sheet, say), figure_line(sheet, say))
    yield from (question_words(question, sheet.evaluation, say) for question in sheet.questions)
    for state in sheet.essentials:
        yield f"{state.item.ref} · "
        yield noted_words(state)
    if sheet.since:
        yield since_words(sheet.since, say)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_say_what_the_sheets_say_in_the_order_of_calls(language):
    say, found = wording(language), sheets(CASES)
    texts = pages(made(found, language))
    assert len(texts) == len(found) == 11
    for sheet, text in zip(found, texts, strict=True):
        assert has(squashed(text), *filter(None, uncut(sheet, say))), sheet.row.organisation
        for action in sheet.late[:5]:
            assert sheet.evaluation is not None
            # Of a long one the end is cut.
            assert squashed(late_line(action, sheet.evaluation.checklist, say))[:60] in squashed(text)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_they_conform_to_pdf_a_and_pdf_ua(language, paper):
    assert faults(made(sheets(CASES), language, paper)) == []


def test_each_has_its_bookmark_and_its_title_and_notes_have_their_language():
    found = sheets(CASES)
    pdf = made(found, "fr")
    assert [(level, page) for level, _, page in bookmarks(pdf)] == [(0, n) for n in range(1, 12)]
    with pikepdf.open(BytesIO(pdf)) as file:
        headings = list(elements(file, "H1"))
        spoken_in = [str(element.Lang) for element in elements(file, "P") if "/Lang" in element]
        assert str(file.docinfo["/Title"]) == "Fiches d’appel"
    assert len(headings) == 11
    english = sum(bool(noted_words(s)) for sheet in found if sheet.row.language == "en" for s in sheet.essentials)
    assert spoken_in.count("en") == english > 3
    with pikepdf.open(BytesIO(made(found[:1]))) as file:
        assert str(file.docinfo["/Title"]).endswith(found[0].row.organisation)


def test_a_number_and_an_email_can_be_tapped():
    (sheet,) = of(dossier(contact={"phone": "418 555-0142", "email": "m@coop.example"}))
    with pikepdf.open(BytesIO(made([sheet]))) as file:
        links = [str(annotation.A.URI) for annotation in file.pages[0].Annots]
    assert links == [address_of("418 555-0142"), "mailto:m@coop.example"]
    assert faults(made([sheet])) == []


def test_what_does_not_fit_on_a_page_is_shortened_and_counted(checklist):
    notes = {
        id: Answer(status="to_do", answered_at=NOW, note=f"Début de {n}. " + LONG * 30)
        for n, id in enumerate(checklist.items)
    }
    full = crowded(checklist).model_copy(update={"answers": notes, "profile": PROFILE})
    for paper in ("letter", "a4"):
        pdf = made(of(full), paper=paper)
        [text] = pages(pdf)
        assert faults(pdf) == []
        assert room_left(of(full), paper) >= 0
        assert "…" in text
        assert has(squashed(text), "et 1 autre") or has(squashed(text), "autres")
        assert has(squashed(text), "Début de")


def test_the_longest_head_and_every_reason_still_leave_one_page(checklist):
    contact = {
        **dict.fromkeys(("name", "phone", "email", "municipality", "when"), LONG[:120]),
        "call_wanted": True, "next_pay": "unknown", "weeks_of_money": 0.5,
    }  # fmt: skip
    answers = {id: Answer(status="to_do", answered_at=NOW, note=LONG * 5) for id in checklist.items}
    before = dossier(organisation=LONG[:120], contact=contact, profile=PROFILE)
    after = crowded(checklist).model_copy(
        update={"id": before.id, "organisation": LONG[:120], "answers": answers, "contact": before.contact}
    )
    [sheet] = of(before, after.model_copy(update={"updated_at": NOW.replace(year=2027)}))
    assert sheet.since is not None
    assert len(pages(made([sheet]))) == 1
    assert room_left([sheet]) >= 0
    assert faults(made([sheet])) == []


@few(6)
@given(any_assessment(organisation="Coop", updated_at=NOW))
def test_any_dossier_takes_one_page(assessment):
    found = of(assessment, assessment.model_copy(update={"id": dossier().id}))
    assert len(pages(made(found))) == 2
    assert room_left(found) >= 0


def test_shares_only_ever_give_way():
    for more, less in pairwise(_SHARES):
        assert all(a >= b for a, b in zip(more, less, strict=True))
        assert more != less


def test_no_dossier_travels_and_the_file_says_what_it_is():
    pdf = made(sheets(CASES))
    with pikepdf.open(BytesIO(pdf)) as file:
        assert len(file.attachments) == 0
    assert "pensebete-dossier" not in everywhere_in(pdf)
    with pytest.raises(dossier_file.DossierError) as refused:
        dossier_file.attached(pdf)
    assert refused.value.problems[0].id == "pdf.sheet"


def test_the_same_sheets_give_the_same_bytes_and_none_gives_no_file():
    found = sheets(CASES[:3])
    assert made(iter(found)) == made(found)
    with pytest.raises(ValueError, match="no call sheets"):
        made([])


def test_a_character_that_cannot_be_drawn_is_told_on_its_own_page_alone():
    said = {"cash-weeks": Answer(status="to_do", answered_at=NOW, note="Merci 🙏")}
    texts = pages(made(of(dossier(n=1, answers=said, contact={"call_wanted": True}), dossier(n=2))))
    sentence = wording("fr")("report.replaced_only")
    assert [has(squashed(text), sentence) for text in texts] == [True, False]


def test_a_sheet_is_heard_in_the_order_it_is_read():
    (sheet,) = of(dossier(contact={"call_wanted": True, "phone": "418 555-0142"}))
    heard = spoken(made([sheet]))
    say = wording("fr")
    order = [say("desk.column.why"), say("report.readiness"), say("report.sheet.to_write_on")]
    assert [heard.index(words) for words in order] == sorted(heard.index(words) for words in order)


def test_the_tags_of_a_thousand_sheets_lie_in_several_streams(monkeypatch):
    """The place of an object in its stream has two bytes."""
    assert object_streams.MOST_TOGETHER < 2**16
    whole = made(sheets(CASES))
    monkeypatch.setattr(object_streams, "MOST_TOGETHER", 50)
    pdf = made(sheets(CASES))
    assert faults(pdf) == []
    assert pdf.count(b"/Type/ObjStm") > 10 * whole.count(b"/Type/ObjStm")
    assert list(pages(pdf)) == list(pages(whole))

"""Files that a visitor hands in, and a checklist that staff broke."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfWriter

from devtools.steps import answer, card, drawn, go, hand_in, see_answered
from pensebete.assessment import dossier_file
from pensebete.assessment.bounds import MOST_BYTES
from pensebete.assessment.model import Answer, Assessment
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import ChecklistRef
from pensebete.pdf.build import action_plan_pdf
from pensebete.text.wording import wording
from tests.builders import evaluate

CHECKLIST = load(published_path())
SAY = wording("fr")
DOSSIER = Assessment(
    checklist=ChecklistRef(id=CHECKLIST.id, version=CHECKLIST.version),
    organisation="Coop du Fleuve",
    answers={"board-position": Answer(status="in_progress", note="réunion jeudi")},
)


def take_in(page: Page, name: str, content: bytes) -> None:
    go(page, "start")
    drawn(page)
    page.get_by_text(SAY("resume.title"), exact=True).or_(page.get_by_text(SAY("welcome.other"), exact=True)).click()
    kind = "application/pdf" if name.endswith("pdf") else "application/json"
    hand_in(page.locator("input[type=file]"), {"name": name, "mimeType": kind, "buffer": content})


def pdf_with(attachment: bytes) -> bytes:
    from io import BytesIO

    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(612, 792)
    writer.add_attachment(dossier_file.ATTACHMENT, attachment)
    writer.write(made)
    return made.getvalue()


def a_plan(today) -> bytes:
    return action_plan_pdf(evaluate(CHECKLIST, DOSSIER, today), "fr")


def test_a_dossier_of_another_version_is_resumed_and_the_page_names_the_fields_it_keeps(open_page):
    newer = DOSSIER.model_validate({**dict(DOSSIER), "<b>zone</b>": "America/Toronto"})
    page = open_page()
    take_in(page, "dossier.json", dossier_file.dump(newer))
    expect(page.get_by_text(SAY("resume.done", n=1))).to_be_visible()
    expect(page.get_by_text("ne connaît pas ce champ du dossier : « <b>zone</b> ».")).to_be_visible()
    go(page, "action_plan")
    with page.expect_download() as kept:
        page.get_by_role("button", name=SAY("download.dossier")).click()
    assert json.loads(kept.value.path().read_bytes())["<b>zone</b>"] == "America/Toronto"


# A dossier as JSON is handed in by half of the tests of this folder.
@pytest.mark.parametrize("kind", [pytest.param("json", marks=pytest.mark.soak), "pdf"])
def test_a_dossier_is_resumed_from_either_file(open_page, kind, today):
    page = open_page()
    take_in(page, f"dossier.{kind}", dossier_file.dump(DOSSIER) if kind == "json" else a_plan(today))
    expect(page.get_by_text(SAY("resume.done", n=1))).to_be_visible()
    go(page, "questionnaire")
    item = CHECKLIST.items["board-position"]
    expect(card(page, item).get_by_role("radio", name="En cours", exact=True)).to_be_checked()
    card(page, item).get_by_text(SAY("item.note", ref=item.ref), exact=True).click()
    expect(card(page, item).get_by_role("textbox")).to_have_value("réunion jeudi")


RUBBISH = {
    "a PDF cut short": ("plan.pdf", lambda today: a_plan(today)[:4000], "broken_pdf"),
    "a PDF without a dossier": ("plan.pdf", lambda _: pdf_with(b"")[:0] or _blank_pdf(), "nothing_attached"),
    "a PDF with a hostile attachment": (
        "plan.pdf",
        lambda _: pdf_with(b'{"format":' + b"[" * 200_000),
        "too_many_values",
    ),
    "a bomb of brackets": ("dossier.json", lambda _: b"[" * 1_000_000, "too_many_values"),
    "another program's JSON": ("dossier.json", lambda _: json.dumps({"name": "x"}).encode(), "another_program"),
    "noise": ("dossier.json", lambda _: bytes(range(256)) * 100, "not_json"),
    "a file at the limit of size": (
        "dossier.json",
        lambda _: b"{" + b" " * (dossier_file.MAX_BYTES - 2),
        "too_much_of.bytes",
    ),
}


def _blank_pdf() -> bytes:
    from io import BytesIO

    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(612, 792)
    writer.write(made)
    return made.getvalue()


# The rest is refused by the same lines of dossier_file.py, which its own tests try one by one.
_QUICK = ("a PDF without a dossier", "a bomb of brackets")


@pytest.mark.parametrize(
    "what", [what if what in _QUICK else pytest.param(what, marks=pytest.mark.soak) for what in RUBBISH]
)
def test_rubbish_gets_a_sentence_and_changes_nothing(open_page, what, today):
    name, content, problem = RUBBISH[what]
    page, item, domain = open_page("/questionnaire"), CHECKLIST.items["board-position"], CHECKLIST.domains[0]
    answer(page, CHECKLIST, item, "done")
    see_answered(page, domain, 1, len(domain.items))
    take_in(page, name, content(today))
    said = SAY(f"dossier.{problem}", found=len(content(today)), most=MOST_BYTES)
    expect(page.get_by_text(said)).to_be_visible()
    go(page, "questionnaire")
    see_answered(page, domain, 1, len(domain.items))
    expect(card(page, item).get_by_role("radio", name="Fait", exact=True)).to_be_checked()


def test_a_dossier_replaces_answers_only_after_a_word_from_the_manager(open_page):
    page, item, domain = open_page("/questionnaire"), CHECKLIST.items["board-position"], CHECKLIST.domains[0]
    answer(page, CHECKLIST, item, "done")
    see_answered(page, domain, 1, len(domain.items))
    take_in(page, "dossier.json", dossier_file.dump(DOSSIER))
    expect(page.get_by_text(SAY("resume.another", held=SAY("aside.unnamed")))).to_be_visible()
    page.get_by_role("button", name=SAY("resume.open")).click()
    expect(page.get_by_text(SAY("resume.done", n=1))).to_be_visible()
    go(page, "questionnaire")
    expect(card(page, item).get_by_role("radio", name="En cours", exact=True)).to_be_checked()

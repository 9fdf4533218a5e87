"""The empty checklist to print."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from pensebete.assessment.dossier_file import DossierError, attached
from pensebete.checklist.status import STATUSES
from pensebete.pdf.build import blank_checklist_pdf
from tests.builders import MONDAY
from tests.pdf_reading import bookmarks, pages, squashed


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_holds_every_item_with_its_criteria_and_five_boxes(checklist, language):
    text = squashed("".join(pages(blank_checklist_pdf(checklist, language, MONDAY))))
    for item in checklist.items.values():
        assert squashed(item.title[language]) in text
        assert squashed(item.criteria.done[language]) in text
        assert squashed(item.criteria.in_progress[language]) in text
    boxes = squashed("".join(checklist.statuses[status].label[language] for status in STATUSES))
    assert text.count(boxes) == len(checklist.items)


def test_it_holds_the_profile_and_says_where_several_may_be_ticked(checklist):
    text = squashed("".join(pages(blank_checklist_pdf(checklist, "fr", MONDAY))))
    for question in checklist.profile:
        assert squashed(question.question["fr"]) in text
        assert all(squashed(option.label["fr"]) in text for option in question.options)
    several = [question for question in checklist.profile if question.choose == "several"]
    assert text.count(squashed("(plusieurs réponses possibles)")) == len(several) > 0


def test_an_item_is_never_cut_by_a_page(checklist):
    for page in pages(blank_checklist_pdf(checklist, "fr", MONDAY)):
        for item in checklist.items.values():
            text = squashed(page)
            assert (squashed(item.title["fr"]) in text) == (squashed(item.criteria.in_progress["fr"]) in text)


def test_the_same_checklist_language_and_date_give_the_same_bytes(checklist):
    first = blank_checklist_pdf(checklist, "fr", MONDAY)
    assert first == blank_checklist_pdf(checklist, "fr", MONDAY)
    assert first != blank_checklist_pdf(checklist, "en", MONDAY)


def test_it_carries_no_dossier_and_says_its_title_and_parts(checklist):
    pdf = blank_checklist_pdf(checklist, "en", MONDAY)
    with pytest.raises(DossierError):
        attached(pdf)
    assert PdfReader(BytesIO(pdf)).metadata.title == checklist.title["en"]
    titles = [title for _, title, _ in bookmarks(pdf)]
    assert [t for t in titles if t in {d.title["en"] for d in checklist.domains}] == [
        d.title["en"] for d in checklist.domains
    ]
    assert "attach" not in "".join(pages(pdf))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_question_of_the_profile_is_alone_on_a_page(checklist, language):
    texts = [squashed(page) for page in pages(blank_checklist_pdf(checklist, language, MONDAY))]
    on = [sum(squashed(question.question[language]) in text for question in checklist.profile) for text in texts]
    assert sum(on) == len(checklist.profile)
    assert 1 not in on


def test_with_a_question_more_than_a_page_holds_two_go_over(checklist):
    asked = checklist.profile[1]
    for n in range(10, 24, 3):
        questions = tuple(asked.model_copy(update={"id": f"q{k}"}) for k in range(n))
        wide = checklist.model_copy(update={"profile": questions})
        found = [
            squashed(page).count(squashed(asked.question["fr"]))
            for page in pages(blank_checklist_pdf(wide, "fr", MONDAY))
        ]
        assert sum(found) == n
        assert 1 not in found

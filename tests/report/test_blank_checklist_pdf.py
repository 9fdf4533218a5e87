"""The empty checklist to print."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from pensebete.checklist import STATUSES
from pensebete.dossier import DossierError, attached
from pensebete.report import blank_checklist_pdf
from tests.builders import MONDAY
from tests.report.reading import bookmarks, pages, squashed


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

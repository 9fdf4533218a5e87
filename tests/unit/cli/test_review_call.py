"""`review` prints what was remarked in a PDF; and no remark is lost by passing through a command."""

from __future__ import annotations

import json

import pytest

from pensebete.assessment.pdf_contents import pdf_contents
from pensebete.assessment.review.file import dump, read_review
from pensebete.assessment.review.merge import merged
from pensebete.assessment.review.model import Review
from pensebete.pdf.build import action_plan_pdf
from tests.builders import MONDAY, evaluate
from tests.pdf_reading import has, pages, squashed
from tests.unit.assessment.review.reviews import event, remark
from tests.unit.cli.test_files_from_life import put, run
from tests.unit.desk.lived import CHECKLIST, carried, letter, of, plan
from tests.unit.desk.test_attached_reviews import BROKEN, with_files

__all__ = ["put", "run"]  # fixtures

ID = of("01").id
assert ID
REVIEW = Review(dossier=ID, remarks=(remark(1, text="Quelle résolution?", events=(event(9, "reply", text="Oui"),)),))
OTHER = Review(dossier=ID, remarks=(remark(2, kind="advice", text="Appelez-moi."),))


def sent_back(review: Review = REVIEW) -> bytes:
    return action_plan_pdf(evaluate(CHECKLIST, of("01"), MONDAY), "fr", review=review, dossier=carried())


def test_it_prints_the_remarks_that_a_pdf_carries(run, put):
    code, out, err = run("review", put("plan.pdf", sent_back()))
    assert (code, err) == (0, "")
    assert out.encode() == dump(REVIEW) + b"\n"
    assert json.loads(out)["format"] == "pensebete-review"


def test_the_same_plan_from_two_advisors_in_one_letter_gives_the_remarks_of_both(run, put):
    mail = letter(("a.pdf", sent_back()), ("b.pdf", sent_back(OTHER))).as_bytes()
    assert read_review(run("review", put("courriel.eml", mail))[1].encode()) == merged(REVIEW, OTHER)


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Ce PDF ne porte aucune remarque."), ("en", "This PDF carries no remark.")]
)
def test_where_there_is_none_it_says_so(run, put, language, said):
    for content in (plan(), with_files(dump(Review(dossier=ID)))):
        code, out, err = run("review", put("plan.pdf", content), "--lang", language)
        assert (code, out, err.splitlines()) == (1, "", [said])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_one_is_said_once_and_nothing_is_printed(run, put, how, language):
    code, out, err = run("review", put("plan.pdf", with_files(BROKEN[how][0])), "--lang", language)
    assert (code, out, len(err.splitlines())) == (1, "", 1)


def test_that_of_another_dossier_is_not_printed(run, put):
    theirs = Review(dossier=of("02").id or ID, remarks=(remark(1, text="Le secret d’une autre"),))
    code, out, err = run("review", put("plan.pdf", with_files(dump(theirs))))
    assert (code, out) == (1, "")
    assert err == "Les remarques jointes sont d’un autre dossier\u00a0: elles sont laissées de côté.\n"


def test_beside_a_broken_one_the_other_is_printed_and_the_broken_one_is_said(run, put):
    code, out, err = run("review", put("plan.pdf", with_files(b"{", dump(REVIEW))))
    assert (code, out.encode()) == (0, dump(REVIEW) + b"\n")
    assert "abîmé" in err


def test_of_two_copies_of_a_plan_in_a_letter_what_is_wrong_with_either_is_said(run, put):
    plans = ("a.pdf", sent_back()), ("b.pdf", with_files(b"{"))
    for order in (plans, plans[::-1]):
        code, out, err = run("review", put("courriel.eml", letter(*order).as_bytes()))
        assert (code, out.encode()) == (0, dump(REVIEW) + b"\n")
        assert err.count("abîmé") == 1


def test_a_json_dossier_is_no_pdf(run, put):
    code, out, err = run("review", put("dossier.json", carried()))
    assert (code, out, err.split(".")[0]) == (1, "", "Ce fichier n’est pas un PDF")


def test_extract_gives_the_dossier_and_no_word_of_the_review(run, put):
    assert run("extract", put("plan.pdf", sent_back())) == run("extract", put("plain.pdf", plan()))


def test_the_review_stays_in_a_plan_made_from_a_plan(run, put, tmp_path):
    assert run("pdf", put("plan.pdf", sent_back()), "-o", tmp_path / "again.pdf")[0] == 0
    again = (tmp_path / "again.pdf").read_bytes()
    assert has(squashed("".join(pages(again))), "Quelle résolution?")
    assert pdf_contents(again).reviews == (dump(REVIEW),)


def test_it_stays_in_each_plan_of_a_folder_with_its_own_dossier(run, put, tmp_path):
    other = put("b.pdf", plan("02"))
    assert run("pdf", put("a.pdf", sent_back()), other, "-o", tmp_path / "plans")[0] == 0
    made = {pdf_contents(file.read_bytes()).reviews for file in (tmp_path / "plans").iterdir()}
    assert made == {(dump(REVIEW),), ()}


@pytest.mark.parametrize(
    "options", [("--edition", "board"), ("--edition", "lender"), ("--without-notes",), ("--without-contact",)]
)
def test_an_edition_that_leaves_something_out_leaves_out_the_remarks(run, put, tmp_path, options):
    assert run("pdf", put("plan.pdf", sent_back()), *options, "-o", tmp_path / "made.pdf")[0] == 0
    made = (tmp_path / "made.pdf").read_bytes()
    assert pdf_contents(made).reviews == ()
    assert not has(squashed("".join(pages(made))), "Quelle résolution?")


def test_a_dossier_as_json_gives_a_plan_without_remarks(run, put, tmp_path):
    assert run("pdf", put("dossier.json", carried()), "-o", tmp_path / "made.pdf")[0] == 0
    assert pdf_contents((tmp_path / "made.pdf").read_bytes()).reviews == ()

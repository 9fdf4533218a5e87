"""Reviews in a PDF: each comes with the dossier it is about, and whatever they are, the dossier opens."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.pdf_contents import pdf_contents
from pensebete.assessment.review.file import MOST_BYTES_READ, dump
from pensebete.assessment.review.model import Author, Review
from pensebete.desk.intake import Taken, taken_in
from pensebete.text.wording import wording
from tests.unit.assessment.review.reviews import event, remark
from tests.unit.desk.lived import carried, edited, of, plan

ID = of("01").id
assert ID
FIRST = Review(dossier=ID, remarks=(remark(1, text="Qui?"), remark(2)))
SECOND = Review(dossier=ID, remarks=(remark(1, text="Qui?", events=(event(9, "reply"),)), remark(3)))
BOTH = Review(dossier=ID, remarks=(remark(1, text="Qui?", events=(event(9, "reply"),)), remark(2), remark(3)))
OTHERS = Review(dossier=UUID(int=8), remarks=(remark(1, text="Le secret d’une autre"),))


def with_files(*reviews: bytes, named: str = "revue.json", **more: bytes) -> bytes:
    """A plan with files attached; those after the first under names that readers of PDFs give to a second one."""

    def attach(pdf: pikepdf.Pdf) -> None:
        for n, content in enumerate(reviews):
            spec = pikepdf.AttachedFileSpec(pdf, content, filename=named)
            pdf.attachments[named if n == 0 else f"{n}-{named}"] = spec
        for name, content in more.items():
            pdf.attachments[f"{name}.json"] = pikepdf.AttachedFileSpec(pdf, content, filename=f"{name}.json")

    return edited(attach)


def one_in(content: bytes) -> Taken:
    [one] = taken_in("plan.pdf", content)
    assert isinstance(one, Taken)
    assert one.dossier == carried()
    return one


def test_one_review_comes_byte_for_byte():
    as_written = json.dumps(json.loads(dump(FIRST)), indent=5).encode()
    assert one_in(with_files(as_written)).review == as_written


def test_two_reviews_of_one_dossier_come_as_one_whatever_their_order():
    for reviews in ((FIRST, SECOND), (SECOND, FIRST)):
        one = one_in(with_files(*map(dump, reviews)))
        assert (one.review, one.notes) == (dump(BOTH), ())


def test_a_review_is_known_by_what_it_is_whatever_it_is_called():
    assert one_in(with_files(dump(FIRST), named="remarques de Marie.txt")).review == dump(FIRST)


@pytest.mark.parametrize("named", ["revue.json", "autre.json"])
def test_the_review_of_another_dossier_gives_a_sentence_and_no_remark(named):
    one = one_in(with_files(dump(OTHERS), named=named))
    assert one.review is None
    assert [note.id for note in one.notes] == ["review.another_dossier"]
    assert b"secret" not in (one.review or b"")
    for language in ("fr", "en"):
        assert one.notes[0].sentence(wording(language)).endswith(".")


def test_beside_the_review_of_another_dossier_its_own_comes():
    one = one_in(with_files(dump(OTHERS), dump(FIRST)))
    assert one.review == dump(FIRST)
    assert [note.id for note in one.notes] == ["review.another_dossier"]


BROKEN = {
    "empty": (b"", "review.not_json"),
    "cut short": (dump(FIRST)[:-40], "review.not_json"),
    "of a later version": (dump(FIRST).replace(b'"format_version": 1', b'"format_version": 2'), "review.newer"),
    "with a value that is none": (dump(FIRST).replace(b'"clarify"', b"5"), "review.wrong_value"),
    "too large": (dump(FIRST) + b" " * MOST_BYTES_READ, "review.too_large"),
    "of lists in lists": (b'{"format": "pensebete-review", "x": ' + b"[" * 90_000, "review.not_json"),
    "something else": (b"PK\x03\x04 a zip", "review.not_json"),
    "in its own format's name only": (b'["pensebete-review"]', "review.another_program"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_review_gives_a_sentence_and_the_dossier_opens(how):
    content, problem = BROKEN[how]
    one = one_in(with_files(content))
    assert (one.review, [note.id for note in one.notes]) == (None, [problem])
    assert one_in(with_files(content, dump(FIRST))).review == dump(FIRST)


def damaged(content: bytes) -> bytes:
    """Its stream cannot be inflated."""
    attached = with_files(content)
    with pikepdf.open(BytesIO(attached)) as pdf:
        spec = pdf.attachments["revue.json"].obj
        spec.EF.F.write(b"not deflated at all", filter=pikepdf.Name.FlateDecode)
        spec.EF.UF = spec.EF.F
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_a_review_whose_stream_is_damaged_loses_no_dossier():
    assert [note.id for note in one_in(damaged(dump(FIRST))).notes] == ["review.not_json"]


def test_reviews_made_to_fill_memory_lose_no_dossier():
    bomb = b'{"format": "pensebete-review"}' + b" " * 30_000_000
    assert [note.id for note in one_in(with_files(*(bomb + bytes([32 + n]) for n in range(4)))).notes] == [
        "review.not_json"
    ]


def test_a_review_that_quotes_the_mark_of_a_dossier_is_no_second_dossier():
    quoting = remark(1, author=Author(name="pensebete-dossier", organisation="pensebete-review"))
    review = Review(dossier=ID, remarks=(quoting,))
    assert one_in(with_files(dump(review))).review == dump(review)


def test_a_dossier_that_quotes_the_mark_of_a_review_is_a_dossier():
    named = of("01").model_copy(update={"organisation": "pensebete-review"})
    found = pdf_contents(with_files(two := dossier_file.dump(named), named="b.json"))
    assert (set(found.dossiers), found.reviews) == ({carried(), two}, ())


def test_two_plans_in_one_file_each_have_their_own_review():
    second = of("02").id
    assert second
    theirs = Review(dossier=second, remarks=(remark(7, text="Autre chose"),))
    found = taken_in("deux.pdf", with_files(dump(FIRST), dump(theirs), second=carried("02")))
    told = {one.dossier: (one.review, [note.id for note in one.notes]) for one in found if isinstance(one, Taken)}
    assert told == {carried(): (dump(FIRST), ["several"]), carried("02"): (dump(theirs), ["several"])}


def test_where_two_enterprises_have_one_id_nobody_gets_the_words_about_the_other():
    copied = dossier_file.dump(of("01").model_copy(update={"organisation": "Une autre entreprise"}))
    found = taken_in("deux.pdf", with_files(dump(FIRST), copied=copied))
    assert len(found) == 2
    for one in found:
        assert isinstance(one, Taken)
        assert (one.review, [note.id for note in one.notes]) == (None, ["several", "review.of_several"])


def test_a_dossier_without_an_id_has_no_review():
    unnamed = dossier_file.dump(of("01").model_copy(update={"id": None}))

    def without_id(pdf: pikepdf.Pdf) -> None:
        del pdf.attachments["dossier.json"]
        pdf.Root.AF = pikepdf.Array()
        pdf.attachments["dossier.json"] = pikepdf.AttachedFileSpec(pdf, unnamed, filename="dossier.json")
        pdf.attachments["revue.json"] = pikepdf.AttachedFileSpec(pdf, dump(FIRST), filename="revue.json")

    [one] = taken_in("plan.pdf", edited(without_id))
    assert isinstance(one, Taken)
    assert (one.dossier, one.review, [note.id for note in one.notes]) == (unnamed, None, ["review.another_dossier"])


def test_without_a_review_nothing_is_said():
    one = one_in(plan())
    assert replace(one, file="") == Taken("", carried())

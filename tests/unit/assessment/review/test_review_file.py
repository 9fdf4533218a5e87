"""revue.json: read as it was written, whole or not at all, whoever wrote it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from pensebete.assessment.review.file import MOST_BYTES_READ, MOST_REMARKS_READ, ReviewError, dump, read_review
from pensebete.text.wording import wording
from tests.unit.assessment.review.reviews import event, remark, review, reviews


@given(reviews)
def test_a_review_comes_back_as_it_was_and_writes_the_same_bytes(one):
    assert read_review(dump(one)) == one
    assert dump(read_review(dump(one))) == dump(one)


def test_the_file_says_what_the_contract_says():
    said = json.loads(
        dump(review(remark(1, kind="status", proposed="in_progress", text="?", events=(event(2, "reply"),))))
    )
    assert said["format"] == "pensebete-review"
    assert said["format_version"] == 1
    assert said["dossier"] == "00000000-0000-0000-0000-000000000007"
    (one,) = said["remarks"]
    assert list(one) == ["id", "about", "kind", "text", "proposed", "author", "at", "seen", "events"]
    assert one["about"] == {"item": "board-position"}
    assert list(one["events"][0]) == ["id", "kind", "author", "at", "text"]


def test_what_a_later_version_wrote_beside_is_written_back():
    said = json.loads(dump(review(remark(1))))
    said["weather"] = "rain"
    said["remarks"][0]["colour"] = "red"
    said["remarks"][0]["kind"] = "praise"
    again = json.loads(dump(read_review(json.dumps(said).encode())))
    assert (again["weather"], again["remarks"][0]["colour"], again["remarks"][0]["kind"]) == ("rain", "red", "praise")


def without(name: str) -> bytes:
    said = json.loads(dump(review(remark(1))))
    del said["remarks"][0][name]
    return json.dumps(said).encode()


BROKEN = {
    "review.not_json": b'{"format": "pensebete-review", ',
    "review.another_program": b'{"format": "something"}',
    "review.newer": b'{"format": "pensebete-review", "format_version": 2, "dossier": "", "remarks": []}',
    "review.wrong_value": without("at"),
    "review.too_large": b'{"format": "pensebete-review"}' + b" " * MOST_BYTES_READ,
}


@pytest.mark.parametrize("id", BROKEN)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_file_that_is_no_review_gets_a_sentence(id, language):
    with pytest.raises(ReviewError) as caught:
        read_review(BROKEN[id])
    assert caught.value.problem.id == id
    assert caught.value.problem.sentence(wording(language)).endswith(".")


@pytest.mark.parametrize("at", ["2026-03-20T09:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_has_no_place_among_the_others_is_refused(at):
    said = json.loads(dump(review(remark(1))))
    said["remarks"][0]["at"] = at
    with pytest.raises(ReviewError, match="wrong_value"):
        read_review(json.dumps(said).encode())


def test_a_mark_of_byte_order_before_it_is_no_part_of_it():
    assert read_review(b"\xef\xbb\xbf" + dump(review(remark(1)))) == review(remark(1))


def test_more_remarks_than_anybody_makes_are_not_read():
    one = json.loads(dump(review(remark(1))))["remarks"][0]
    said = {"format": "pensebete-review", "format_version": 1, "dossier": str(review().dossier)}
    said["remarks"] = [{"id": one["id"]}] * (MOST_REMARKS_READ + 1)
    with pytest.raises(ReviewError, match="too_large"):
        read_review(json.dumps(said).encode())

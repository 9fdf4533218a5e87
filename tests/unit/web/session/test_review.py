"""What was remarked about a dossier stays with that dossier, whatever comes into the visit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import new_cycle, with_answer, with_details
from pensebete.assessment.review import file as review_file
from pensebete.assessment.review.file import MOST_BYTES_READ
from pensebete.assessment.review.model import Review
from pensebete.web import session
from pensebete.web.layout import tab_backup
from tests.builders import assess
from tests.unit.assessment.review.reviews import remark
from tests.unit.web.session.visits import PUBLISHED, begin, run, tab_copy

assert PUBLISHED is not None
CHECKLIST = PUBLISHED.checklist


@pytest.fixture(autouse=True)
def visit(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A dossier with two remarks about it."""
    held = begin(monkeypatch)
    session.apply_edit(with_answer, "board-position", status="done")
    session.add_to_review(of(dossier(), 1, 2))
    return held


def dossier() -> UUID:
    id = session.assessment().id
    assert id is not None
    return id


def of(dossier: UUID, *numbers: int) -> Review:
    return Review(dossier=dossier, remarks=tuple(remark(n) for n in numbers))


def numbers() -> list[int]:
    return [one.id.int for one in session.review().remarks]


def another() -> None:
    session.resume(assess({"board-position": "to_do"}, id=uuid4()))


def without_id() -> None:
    session.resume(assess({"board-position": "to_do"}))


def cycle() -> None:
    session.start_cycle(lambda said, id, now: new_cycle(said, id, now, frozenset()))


def trial() -> None:
    session.try_out(session.published())


@pytest.mark.parametrize("comes_in", [another, without_id, cycle, session.erase, trial])
def test_another_dossier_that_comes_in_has_none_of_the_remarks(comes_in: Callable[[], None]):
    comes_in()
    assert session.review() == Review(dossier=dossier())


def test_a_review_of_another_dossier_is_refused_and_changes_nothing():
    before = session.review()
    with pytest.raises(ValueError, match="two dossiers"):
        session.add_to_review(of(uuid4(), 3))
    assert session.review() == before


def test_the_same_dossier_from_a_file_adds_its_remarks_to_those_known():
    session.resume(session.assessment(), remarked=of(dossier(), 2, 3))
    assert numbers() == [1, 2, 3]


def aside() -> list[int]:
    found = session.displaced_review()
    return [one.id.int for one in found.remarks] if found else []


def test_the_remarks_of_a_dossier_set_aside_come_back_with_it_and_go_with_it():
    known = dossier()
    another()
    assert aside() == [1, 2]
    tab_backup._take_up(session.displaced())  # type: ignore[arg-type]
    assert (dossier(), numbers(), aside()) == (known, [1, 2], [])
    another()
    session.forget_displaced()
    assert aside() == []


def test_a_dossier_that_leaves_for_good_leaves_no_remark_behind(visit):
    known = dossier()
    another()
    another()
    assert aside() == []
    assert str(known) not in str(visit)


def test_an_enterprise_that_began_from_the_file_of_another_has_none_of_its_remarks():
    """They have one id, and two names."""
    session.apply_edit(with_details, organisation="Coop Alpha")
    beta = session.assessment().model_copy(update={"organisation": "Coop Beta"})
    session.resume(beta, remarked=of(dossier(), 7))
    assert (numbers(), aside()) == ([7], [1, 2])
    tab_backup._take_up(session.displaced())  # type: ignore[arg-type]
    assert (session.assessment().organisation, numbers(), aside()) == ("Coop Alpha", [1, 2], [7])


@pytest.mark.parametrize("name", ["", "coop  ALPHA"])
def test_a_dossier_that_was_not_named_yet_is_the_same_one(name):
    session.apply_edit(with_details, organisation="Coop Alpha")
    session.resume(session.assessment().model_copy(update={"organisation": name}), remarked=of(dossier(), 7))
    assert numbers() == [1, 2, 7]


def test_erased_is_erased_and_for_two_minutes_taken_back(visit):
    session.erase()
    assert tab_copy() == ""
    assert "reviews" not in visit or not visit["reviews"]
    undo = session.offered_undo()
    assert undo is not None
    undo.restore()
    assert numbers() == [1, 2]
    assert tab_copy()


def test_a_dossier_in_which_nothing_is_said_but_remarked_is_erased_and_taken_back_too():
    session.resume(assess(id=uuid4()))
    session.add_to_review(of(dossier(), 4))
    session.erase()
    undo = session.offered_undo()
    assert undo is not None
    undo.restore()
    assert numbers() == [4]
    assert not session.erased()


def test_a_trial_gives_the_remarks_back_as_they_were():
    trial()
    session.add_to_review(of(dossier(), 9))
    assert tab_copy() is None
    session.end_trial()
    assert numbers() == [1, 2]


def test_a_newer_version_takes_no_dossier_away_that_was_remarked_about():
    session.resume(assess(id=uuid4()))
    session.add_to_review(of(dossier(), 4))
    session.begin(replace(session.published(), checklist=CHECKLIST.model_copy(update={"version": "9999.1"})), "fr")
    assert numbers() == [4]


def test_the_copy_in_the_tab_gives_the_remarks_back_to_a_new_visit(monkeypatch):
    known, copy = dossier(), tab_copy()
    begin(monkeypatch)
    tab_backup.take_back(CHECKLIST, str(copy))
    run()
    assert (dossier(), numbers()) == (known, [1, 2])
    assert session.assessment().answer("board-position").status == "done"


def test_the_copy_of_a_dossier_without_remarks_is_as_it_was():
    another()
    assert "review" not in json.loads(str(tab_copy()))


def in_the_copy(written: object) -> str:
    copy = json.loads(str(tab_copy()))
    return json.dumps({**copy, "review": written})


@pytest.mark.parametrize(
    "written",
    [
        lambda: review_file.dump(of(uuid4(), 3)).decode(),
        lambda: "{",
        lambda: "{}",
        lambda: 7,
        lambda: {"remarks": []},
        lambda: "\ud800",
        lambda: '"' + "x" * MOST_BYTES_READ + '"',
        lambda: "[" * 100_000,
    ],
    ids=["another dossier", "no JSON", "no review", "a number", "an object", "a surrogate", "too long", "too deep"],
)
def test_what_a_copy_holds_and_is_no_review_of_its_dossier_is_left_out(monkeypatch, written):
    copy = in_the_copy(written())
    begin(monkeypatch)
    tab_backup.take_back(CHECKLIST, copy)
    assert session.assessment().answer("board-position").status == "done"
    assert numbers() == []


def test_what_the_browser_set_aside_is_heard_with_its_remarks(monkeypatch):
    copy = tab_copy()
    begin(monkeypatch)
    session.resume(assess({"board-position": "to_do"}, id=uuid4()))
    tab_backup.hear_of_aside(CHECKLIST, str(copy))
    assert (numbers(), aside()) == ([], [1, 2])


def test_a_copy_of_a_dossier_that_says_nothing_holds_its_remarks_all_the_same(monkeypatch):
    session.resume(assess(id=uuid4()))
    session.add_to_review(of(dossier(), 4))
    copy = json.loads(str(tab_copy()))
    assert copy["unsaved"]
    assert dossier_file.read_json(copy["dossier"].encode(), CHECKLIST).id == dossier()
    assert [one.id.int for one in review_file.read_review(copy["review"].encode()).remarks] == [4]


def test_a_reply_that_was_begun_survives_a_reload_and_goes_to_no_other_dossier(monkeypatch):
    one, two = (remark.id for remark in session.review().remarks)
    session.write_reply(one, "Depuis mardi")
    known, copy = dossier(), tab_copy()
    begin(monkeypatch)
    tab_backup.take_back(CHECKLIST, str(copy))
    tab_backup.take_drafts(CHECKLIST, json.dumps({"of": str(known), "fields": {f"reply-{two}": "La dire"}}))
    tab_backup.take_drafts(CHECKLIST, json.dumps({"of": str(uuid4()), "fields": {f"reply-{one}": "Autre"}}))
    assert (session.reply_being_written(one), session.reply_being_written(two)) == ("Depuis mardi", "La dire")
    another()
    assert session.reply_being_written(one) == ""


@pytest.mark.parametrize("replies", [7, ["x"], {"1": "x"}, {str(UUID(int=1)): 7}, {str(UUID(int=1)): "x" * 20_000}])
def test_what_is_no_reply_in_a_copy_is_left_out(monkeypatch, replies):
    copy = json.loads(str(tab_copy()))
    begin(monkeypatch)
    tab_backup.take_back(CHECKLIST, json.dumps({**copy, "replies": replies}))
    assert numbers() == [1, 2]
    assert session.replies_being_written() == {}

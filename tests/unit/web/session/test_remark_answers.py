"""What a manager answers to a remark: kept as an event; until it has left, taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pensebete.assessment.edits import with_answer, with_details
from pensebete.assessment.model import Answer
from pensebete.assessment.review.digest import digest_of
from pensebete.assessment.review.model import MANAGER, Event, Remark, Review
from pensebete.assessment.review.standing import standing
from pensebete.web import session
from tests.builders import assess
from tests.unit.assessment.review.reviews import MARIE, event, remark
from tests.unit.web.session.visits import begin

LONG_AGO = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
BEFORE = Answer(status="done", note="Oui", answered_at=LONG_AGO)


@pytest.fixture(autouse=True)
def visit(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    held = begin(monkeypatch)
    session.resume(assess({"board-position": BEFORE}, id=session.assessment().id, timezone="UTC"))
    session.apply_edit(with_details, organisation="Coop du Fleuve ", prepared_by="direction")
    return held


def remarked(**details: Any) -> Remark:
    said = session.assessment()
    assert said.id is not None
    one = remark(1, **details)
    session.add_to_review(
        Review(dossier=said.id, remarks=(one.model_copy(update={"seen": digest_of(said, one.about)}),))
    )
    return here()


def here() -> Remark:
    [found] = session.review().remarks
    return found


def proposal() -> Remark:
    return remarked(kind="status", proposed="in_progress")


def take_back() -> None:
    session.take_answer_back(here().id, here().events[-1].id)


def stands() -> str:
    return standing(here(), session.assessment())


@pytest.mark.parametrize(("kind", "text"), [("corrected", ""), ("reply", "Depuis mardi"), ("upheld", "")])
def test_an_answer_is_an_event_in_the_name_of_who_prepared_the_dossier(kind, text):
    session.answer_remark(remarked(), kind, text)
    [said] = here().events
    assert (said.kind, said.text, said.author.role) == (kind, text, MANAGER)
    assert (said.author.name, said.author.organisation) == ("direction", "Coop du Fleuve")
    assert abs(said.at - session.now()) < timedelta(minutes=1)
    assert stands() == "answered"


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(hours=3)])
def test_an_answer_comes_after_what_it_answers_whatever_their_clocks_say(ahead):
    one = remarked(events=(event(5, "reply", MARIE, at=datetime.now(UTC) + ahead),))
    for kind in ("reply", "upheld"):
        session.answer_remark(here(), kind)
        assert stands() == "answered"
        assert here().events[-1].kind == kind
    assert one.events[0].at < here().events[1].at < here().events[2].at


def test_a_date_of_another_century_is_not_followed():
    session.answer_remark(remarked(at=datetime(9999, 12, 31, tzinfo=UTC)), "upheld")
    assert here().events[-1].at.year < 9999


def test_a_status_that_is_proposed_is_taken_in_one_go():
    session.take_proposal(proposal())
    answer = session.assessment().answer("board-position")
    assert (answer.status, answer.note) == ("in_progress", "Oui")
    assert answer.answered_at != LONG_AGO
    assert [one.kind for one in here().events] == ["corrected"]


def test_taken_back_the_answer_is_as_it_was_with_its_day():
    session.take_proposal(proposal())
    take_back()
    assert session.assessment().answer("board-position") == BEFORE
    assert (here().events, stands()) == ((), "open")


def test_what_was_changed_since_stays_though_the_answer_is_taken_back():
    session.take_proposal(proposal())
    session.apply_edit(with_answer, "board-position", note="Résolution du 12 mars")
    take_back()
    assert session.assessment().answer("board-position").status == "in_progress"
    assert here().events == ()


def test_a_reply_stays_in_its_field_taken_back_too_until_it_has_left():
    session.answer_remark(remarked(), "reply", "Depuis mardi")
    assert session.reply_being_written(here().id) == "Depuis mardi"
    assert session.replies_being_written() == {}
    take_back()
    assert session.reply_being_written(here().id) == "Depuis mardi"
    session.answer_remark(here(), "reply", "Depuis mercredi")
    session.answers_left()
    assert session.reply_being_written(here().id) == ""


def test_a_detail_goes_with_the_correction_and_each_is_taken_back_alone():
    session.take_proposal(proposal())
    session.answer_remark(here(), "reply", "Depuis mardi")
    assert [one.kind for one in here().events] == ["corrected", "reply"]
    take_back()
    assert session.assessment().answer("board-position").status == "in_progress"
    assert [one.kind for one in here().events] == ["corrected"]


def test_what_has_left_is_not_taken_back():
    session.answer_remark(remarked(), "upheld")
    assert session.unsent_answers(here().id)
    session.answers_left()
    take_back()
    assert session.unsent_answers(here().id) == ()
    assert [one.kind for one in here().events] == ["upheld"]


def test_the_answers_of_others_are_nobody_elses_to_take_back():
    theirs: Event = event(5, "reply")
    one = remarked(events=(theirs,))
    session.take_answer_back(one.id, theirs.id)
    assert here().events == (theirs,)


def test_an_answer_to_a_remark_that_is_no_longer_here_changes_nothing():
    """As from a page that still shows the dossier before."""
    gone = proposal()
    session.resume(assess({"board-position": "to_do"}))
    before = session.review(), session.assessment()
    session.answer_remark(gone, "upheld")
    session.take_proposal(gone)
    assert (session.review(), session.assessment()) == before

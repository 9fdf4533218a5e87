"""Where a remark stands, and whether its line says something else since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pensebete.assessment.model import Assessment
from pensebete.assessment.review.digest import changed_since, digest_of
from pensebete.assessment.review.merge import moment_after
from pensebete.assessment.review.model import About, Author
from pensebete.assessment.review.standing import standing, still_open
from tests.builders import answer, assess
from tests.unit.assessment.review.reviews import MARIE, PAUL, THEN, event, remark

BEFORE = assess({"board-position": answer("done", note="Oui")}, profile={"staff": "0"})
ABOUT = About(item="board-position")
SEEN = digest_of(BEFORE, ABOUT)


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ((), "open"),
        ((event(9, "reply"),), "answered"),
        ((event(9, "corrected"),), "answered"),
        ((event(9, "upheld"),), "answered"),
        ((event(9, "reply"), event(10, "reply", PAUL)), "open"),
        ((event(9, "reply", PAUL), event(10, "upheld")), "answered"),
        ((event(9, "closed", MARIE),), "closed"),
        ((event(9, "closed", PAUL), event(10, "reply")), "closed"),
        ((event(9, "withdrawn", MARIE), event(8, "closed", PAUL)), "withdrawn"),
        ((event(9, "of-a-later-version"),), "open"),
    ],
)
def test_the_events_of_a_remark_say_where_it_stands(events, found):
    assert standing(remark(1, seen=SEEN, events=events), BEFORE) == found


@pytest.mark.parametrize("kind", ["closed", "withdrawn"])
def test_only_an_advisor_ends_a_remark(kind):
    assert standing(remark(1, seen=SEEN, events=(event(9, kind),)), BEFORE) == "open"


def changed(**changes: object) -> Assessment:
    return assess({"board-position": BEFORE.answer("board-position").model_copy(update=changes)})


def test_a_status_changed_after_a_remark_answers_it_until_an_advisor_comes_back_to_it():
    after = changed(status="in_progress", answered_at=THEN + timedelta(days=1))
    assert standing(remark(1, seen=SEEN), after) == "answered"
    assert standing(remark(1, seen=SEEN, events=(event(9, "reply", MARIE),)), after) == "open"


@pytest.mark.parametrize(
    "changes",
    [
        {"note": "Résolution du 12 mars"},
        {"status": "in_progress", "answered_at": THEN - timedelta(days=1)},
        {"status": None, "answered_at": None},
        {"answered_at": THEN + timedelta(days=1)},
    ],
)
def test_what_was_changed_before_a_remark_or_is_no_other_answer_answers_nothing(changes):
    assert standing(remark(1, seen=SEEN), changed(**changes)) == "open"


def test_the_last_word_is_dated_after_what_it_answers_whatever_the_clocks_say():
    ahead = remark(1, events=(event(9, "reply", MARIE, at=datetime(2099, 1, 1, tzinfo=UTC)),))
    reply = event(10, "reply", at=moment_after(ahead, THEN))
    assert standing(ahead.model_copy(update={"events": (*ahead.events, reply)}), BEFORE) == "answered"
    assert moment_after(remark(1, at=THEN), THEN + timedelta(hours=1)) == THEN + timedelta(hours=1)


@pytest.mark.parametrize(
    ("about", "after"),
    [
        (ABOUT, assess({"board-position": answer("done", note="Oui")}, profile={"staff": "10-49"})),
        (About(question="staff"), assess({}, profile={"staff": "0"})),
        (About(), assess({})),
        (About(item="board-position", action="x"), assess({"board-position": answer("done", note="Oui")})),
    ],
)
def test_what_changed_elsewhere_changes_no_other_line(about: About, after: Assessment):
    assert not changed_since(after, remark(1, about=about, seen=digest_of(BEFORE, about)))


def test_several_choices_are_the_same_in_any_order():
    one, other = (assess({}, profile={"operations": choice}) for choice in (("stock", "site"), ("site", "stock")))
    assert digest_of(one, About(question="operations")) == digest_of(other, About(question="operations"))


def test_seen_asks_nothing():
    assert still_open([remark(1, kind="seen"), remark(2)], BEFORE) == (remark(2),)


def test_an_author_is_whoever_they_say_they_are():
    assert Author(role="manager").is_manager
    assert not Author(role="agente de développement").is_manager

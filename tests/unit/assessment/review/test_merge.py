"""Files cross in the mail: whatever the order, and however often each arrives, everybody ends with the same."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.review.merge import merged, with_event, with_remark
from pensebete.assessment.review.model import Author, Event, Remark, Review
from tests.unit.assessment.review.reviews import (
    DOSSIER,
    MANAGER_OF_COOP,
    MARIE,
    PAUL,
    event,
    remark,
    review,
    reviews,
)


@given(reviews, reviews, reviews)
def test_the_union_is_the_same_in_any_order_and_any_number_of_times(one, two, three):
    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert merged(merged(one, two), two) == merged(one, two)
    assert merged(one, one) == one


@given(reviews, reviews)
def test_nothing_that_was_said_is_lost(one, two):
    whole = merged(one, two)
    assert {r.id for r in whole.remarks} == {r.id for r in (*one.remarks, *two.remarks)}
    said = {(r.id, e.id) for r in (*one.remarks, *two.remarks) for e in r.events}
    assert {(r.id, e.id) for r in whole.remarks for e in r.events} == said


def test_reviews_of_two_dossiers_never_become_one():
    with pytest.raises(ValueError, match="two dossiers"):
        merged(review(remark(1)), Review(dossier=UUID(int=8), remarks=(remark(2),)))


def test_an_event_about_a_remark_that_is_not_there_changes_nothing():
    assert with_event(review(remark(1)), UUID(int=2), event(9, "reply")) == review(remark(1))


PEOPLE: dict[str, Author] = {"marie": MARIE, "paul": PAUL, "manager": MANAGER_OF_COOP}


@given(st.data())
def test_two_advisors_and_a_manager_end_with_the_same_whatever_crosses_in_the_mail(data):
    """Each adds to the copy they have, sends it at any moment, and reads what came in any order, or twice."""
    held = dict.fromkeys(PEOPLE, Review(dossier=DOSSIER))
    sent: list[Review] = []
    said: set[UUID] = set()
    for n in range(1, data.draw(st.integers(1, 25)) + 1):
        who = data.draw(st.sampled_from(sorted(PEOPLE)))
        match data.draw(st.sampled_from(["say", "send", "read"])):
            case "say" if who == "manager" and held[who].remarks:
                about = data.draw(st.sampled_from(held[who].remarks))
                held[who] = with_event(held[who], about.id, event(n, "reply"))
                said.add(UUID(int=n))
            case "say" if who != "manager":
                held[who] = with_remark(held[who], remark(n, author=PEOPLE[who]))
                said.add(UUID(int=n))
            case "send":
                sent.append(held[who])
            case "read" if sent:
                held[who] = merged(held[who], data.draw(st.sampled_from(sent)))
    everything = list(held.values()) + sent
    ends = set()
    for order in (everything, everything[::-1], [*everything, *everything]):
        whole = Review(dossier=DOSSIER)
        for one in order:
            whole = merged(whole, one)
        ends.add(whole.model_dump_json())
        assert ids(whole) == said
    assert len(ends) == 1


def ids(whole: Review) -> set[UUID]:
    return {one.id for one in each(whole)}


def each(whole: Review) -> list[Remark | Event]:
    return [*whole.remarks, *(e for r in whole.remarks for e in r.events)]

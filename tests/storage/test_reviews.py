"""The review of a saved dossier: it only grows, is the same whoever added first, and goes with the dossier."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event as sqlalchemy_event

from pensebete.assessment.review.file import MOST_OF_A_REMARK, dump, read_review
from pensebete.assessment.review.merge import merged, with_event, with_remark
from pensebete.assessment.review.model import Review
from pensebete.storage import reviews as reviews_module
from pensebete.storage import sync
from pensebete.storage.changes import changes_since
from pensebete.storage.dossiers import Kept, keep, open_link
from pensebete.storage.engine import outside_transactions
from pensebete.storage.errors import LinkGoneError, ReadingOnlyError, ReviewFullError, StoreUnavailableError
from pensebete.storage.links import add_link, revoke
from pensebete.storage.milestones import add_milestone, milestones_of
from pensebete.storage.retention import purge
from pensebete.storage.reviews import BOUNDS, Bound, add_to_review, review_of
from tests.builders import NOW, assess
from tests.storage.visit import SAVED_AT, Visit, rows, two_visits
from tests.unit.assessment.review.reviews import DOSSIER, MANAGER_OF_COOP, MARIE, PAUL, event, remark, review, reviews

LATER = NOW + timedelta(days=400)


@pytest.fixture
def kept(store) -> Kept:
    return keep(store, assess(id=DOSSIER), "the checklist", NOW, "direction")


def advisor(store, kept: Kept) -> int:
    """The id of a link for reading."""
    return add_link(store, kept.dossier_id, kept.link_id, "read", "conseil", NOW).link_id


def both(store):
    """The manager who writes, the advisor who reads."""
    return two_visits(store, assess(id=DOSSIER), access="read")


def add(store, kept: Kept, added: Review, link: int | None = None) -> Review:
    return add_to_review(store, kept.dossier_id, link or kept.link_id, added, NOW)


def test_nothing_is_remarked_at_first(store, kept):
    assert review_of(store, kept.dossier_id, kept.link_id) == review()


@given(st.lists(reviews, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_added_in_any_order_and_twice_is_the_union(store, some, random):
    kept = keep(store, assess(id=DOSSIER), "the checklist", NOW)
    whole = review()
    for one in some:
        whole = merged(whole, one)
    arriving = [*some, *some]
    random.shuffle(arriving)
    for one in arriving:
        add(store, kept, one)
    found = review_of(store, kept.dossier_id, kept.link_id)
    assert found == whole
    assert dump(found) == dump(whole)
    assert open_link(store, kept.token, NOW).review == whole


def test_what_a_later_version_writes_is_kept(store, kept):
    later = Review(dossier=DOSSIER, remarks=(remark(1, text="\0", kind="verified", weight=2),), season="spring")
    for one in (review(remark(2)), later):
        add(store, kept, one)
    assert review_of(store, kept.dossier_id, kept.link_id) == merged(later, review(remark(2)))


def test_two_who_write_at_once_both_have_their_say(store, kept):
    links = [kept.link_id, *(advisor(store, kept) for _ in range(3))]

    def write(n: int) -> None:
        for turn in range(5):
            add(store, kept, review(remark(10 * n + turn)), links[n])

    with ThreadPoolExecutor(4) as all_at_once:
        list(all_at_once.map(write, range(1, 4)))
    assert {r.id.int for r in review_of(store, kept.dossier_id, kept.link_id).remarks} == {
        10 * n + turn for n in range(1, 4) for turn in range(5)
    }


# By which link


def test_a_reading_link_remarks_and_closes_and_leaves_the_dossier_as_it_is(store, kept):
    link, before = advisor(store, kept), rows(store)["facts"]
    add(store, kept, review(remark(1)), link)
    add(store, kept, with_event(review(remark(1)), UUID(int=1), event(2, "reply", MANAGER_OF_COOP)))
    closed = review(remark(1, events=(event(2, "reply"), event(3, "closed", MARIE))))
    assert add(store, kept, closed, link) == closed
    assert review_of(store, kept.dossier_id, link) == closed
    assert rows(store)["facts"] == before


WRITTEN = "Voir la résolution"


@pytest.mark.parametrize(
    "added",
    [
        review(remark(2, author=MANAGER_OF_COOP)),
        review(remark(1, text=WRITTEN, events=(event(3, "upheld", MANAGER_OF_COOP),))),
        review(remark(1, text=WRITTEN, events=(event(3, "withdrawn", PAUL),))),
        review(remark(1, text="!")),
        review(remark(1, text="Tout va bien", author=PAUL)),
        Review(dossier=DOSSIER, season="spring"),
    ],
    ids=[
        "a manager's remark",
        "a manager's answer",
        "another's remark withdrawn",
        "another text",
        "another author",
        "something else",
    ],
)
def test_a_reading_link_says_nothing_for_the_manager_and_replaces_nothing(store, kept, added):
    link = advisor(store, kept)
    add(store, kept, review(remark(1, text=WRITTEN)))
    before = rows(store)
    with pytest.raises(ReadingOnlyError):
        add(store, kept, added, link)
    assert rows(store) == before


def test_a_revoked_link_and_one_of_another_dossier_read_and_add_nothing(store, kept):
    link = advisor(store, kept)
    stranger = keep(store, assess(id=DOSSIER), "the checklist", NOW)
    revoke(store, kept.dossier_id, kept.link_id, link, NOW)
    for gone in (link, stranger.link_id):
        with pytest.raises(LinkGoneError):
            add(store, kept, review(remark(1)), gone)
        with pytest.raises(LinkGoneError):
            review_of(store, kept.dossier_id, gone)
    assert rows(store)["remarks"] == []


def test_the_remarks_of_one_enterprise_never_come_into_anothers_dossier(store, kept):
    other = Review(dossier=UUID(int=8), remarks=(remark(1),))
    with pytest.raises(ValueError, match="two dossiers"):
        add(store, kept, other)
    second = keep(store, assess(id=UUID(int=8)), "the checklist", NOW)
    add(store, second, other)
    assert review_of(store, kept.dossier_id, kept.link_id) == review()
    assert review_of(store, second.dossier_id, second.link_id) == other


def test_a_dossier_kept_without_an_id_is_the_same_for_all_who_open_it(store):
    writer, reader = two_visits(store)
    assert writer.saving.review == reader.saving.review
    reader.saving.add(reader.saving.review.model_copy(update={"remarks": (remark(1),)}), NOW)
    writer.look()
    assert writer.saving.review.remarks == (remark(1),)


# Bounds


def test_a_stranger_with_a_reading_link_fills_neither_the_disk_nor_the_room_to_answer(store, kept, monkeypatch):
    monkeypatch.setitem(BOUNDS, "read", Bound(2, 10_000))
    link = advisor(store, kept)
    add(store, kept, review(remark(1), remark(2)), link)
    before = rows(store)
    for too_much in (review(remark(3)), review(remark(1, events=(event(4, "reply", MARIE, text="é" * 5_000),)))):
        with pytest.raises(ReviewFullError):
            add(store, kept, too_much, link)
    assert rows(store) == before
    add(store, kept, review(remark(1, events=(event(5, "reply"),))))
    assert add(store, kept, review(remark(1)), link), "what is there already is no more than that"


@pytest.mark.parametrize("text", ["", "é\n" * (MOST_OF_A_REMARK // 2)], ids=["many events", "long ones"])
def test_what_fits_can_be_read_again_as_a_file(sqlite_store, text):
    kept = keep(sqlite_store, assess(id=DOSSIER), "the checklist", NOW)
    many = 50 if text else 1_000

    def fill() -> None:
        for n in range(5, 100_000, many):
            said = tuple(event(n + i, "reply", text=text) for i in range(many))
            add(sqlite_store, kept, review(remark(1, events=said)))

    with pytest.raises(ReviewFullError):
        fill()
    found = review_of(sqlite_store, kept.dossier_id, kept.link_id)
    assert len(found.remarks[0].events) > 100
    assert read_review(dump(found)) == found


# With the dossier


def test_a_remark_keeps_a_dossier_from_being_purged_and_a_purge_takes_the_remarks(store, kept):
    add_to_review(store, kept.dossier_id, advisor(store, kept), review(remark(1)), LATER)
    assert purge(store, LATER, force=True) == []
    assert purge(store, LATER + timedelta(days=1), force=True) == [(kept.dossier_id, LATER)]
    assert rows(store)["remarks"] == []


def test_a_milestone_holds_no_remark(store, kept):
    add(store, kept, review(remark(1, text="Voir la résolution")))
    add_milestone(store, kept.dossier_id, kept.link_id, "Avant le CA", NOW.date(), NOW)
    [milestone] = milestones_of(store, kept.dossier_id, kept.link_id)
    assert "résolution" not in milestone.assessment.model_dump_json()


# Open pages


def test_an_open_page_hears_what_others_remark_and_answer_and_says_it_once(store):
    manager, marie = both(store)
    marie.saving.add(review(remark(1)), SAVED_AT)
    assert marie.saving.saved_at == SAVED_AT
    manager.look()
    assert manager.saving.review == review(remark(1))
    [heard] = manager.saving.unsaid_remarks()
    assert (heard.remark.author, heard.event) == (MARIE, None)
    manager.saving.add(with_event(manager.saving.review, UUID(int=1), event(2, "corrected")), SAVED_AT)
    for visit in (marie, manager):
        visit.look()
    [heard] = marie.saving.unsaid_remarks()
    assert heard.event == event(2, "corrected")
    assert manager.saving.unsaid_remarks() == []
    assert marie.saving.review == manager.saving.review


def test_the_question_of_every_open_page_stays_one_question(store):
    one, _ = both(store)
    one.saving.add(review(*(remark(n) for n in range(1, 40))), NOW)
    one.look()
    asked = []
    sqlalchemy_event.listen(store.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    one.look()
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1
    assert not any(statement.startswith(("INSERT", "UPDATE")) for statement in asked)


def test_of_a_long_review_only_what_is_new_is_told(store):
    manager, marie = both(store)
    marie.saving.add(review(*(remark(n) for n in range(1, 40))), NOW)
    manager.look()
    marie.saving.add(with_event(marie.saving.review, UUID(int=7), event(100, "closed", MARIE)), NOW)
    news = changes_since(store, manager.dossier_id, manager.link_id, manager.revision, manager.saving.remarks)
    assert [r.id.int for r in news.review.remarks] == [7]


def test_what_was_remarked_while_the_database_is_away_is_shown_kept_and_saved_afterwards(store, monkeypatch):
    manager, marie = both(store)

    def refuse(*_what, **_more):
        raise StoreUnavailableError("locked", "OperationalError")

    monkeypatch.setattr(sync, "add_to_review", refuse)
    for n in (1, 2):
        marie.saving.add(review(remark(n)), SAVED_AT)
        assert marie.waits_for == "locked"
    manager.saving.add(with_remark(manager.saving.review, remark(3)), SAVED_AT)
    manager.write("Voir Paul")
    assert manager.waits_for == "locked", "the note is saved, the remark is not"
    monkeypatch.setattr(sync, "add_to_review", add_to_review)
    for visit in (marie, manager, marie):
        visit.look()
        assert visit.waits_for is None
    assert marie.saving.review == manager.saving.review == review(remark(1), remark(2), remark(3))
    assert marie.saving.saved_at == SAVED_AT


def test_what_is_refused_is_shown_no_more(store, monkeypatch):
    _, marie = both(store)
    monkeypatch.setitem(reviews_module.BOUNDS, "read", Bound(1, 10_000))
    marie.saving.add(review(remark(1)), NOW)
    with pytest.raises(ReviewFullError):
        marie.saving.add(review(remark(2)), NOW)
    assert marie.saving.review == review(remark(1))


def test_what_a_restored_copy_does_not_have_is_said_again_by_the_page_of_the_manager(sqlite_store):
    manager, marie = both(sqlite_store)
    copy = sqlite_store.file.with_name("copy")
    with outside_transactions(sqlite_store) as execute:
        execute(f"VACUUM INTO '{copy}'")
    marie.saving.add(review(remark(1)), NOW)
    manager.look()
    copy.replace(sqlite_store.file)
    for ending in ("wal", "shm"):
        sqlite_store.file.with_name(f"{sqlite_store.file.name}-{ending}").unlink()
    for _ in range(2):
        manager.look()
    assert Visit.by(sqlite_store, manager.token).saving.review == review(remark(1))

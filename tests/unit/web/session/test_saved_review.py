"""A saved dossier keeps its review: it comes with the link, what is said is saved, what others say comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from uuid import UUID, uuid4

import pytest

from pensebete.assessment.review.merge import with_event
from pensebete.assessment.review.model import Review
from pensebete.storage import current, sync
from pensebete.storage.dossiers import Kept, keep, open_link, short_id
from pensebete.storage.engine import Store
from pensebete.storage.errors import StoreUnavailableError
from pensebete.storage.links import Access, add_link, revoke
from pensebete.storage.reviews import BOUNDS, Bound, add_to_review, review_of
from pensebete.web import session
from pensebete.web.layout import save_status, tab_backup, tab_dossier
from tests.builders import NOW, assess
from tests.databases import new_store
from tests.unit.assessment.review.reviews import MARIE, event, remark
from tests.unit.web.session.visits import PUBLISHED, begin, tab_copy

assert PUBLISHED is not None
CHECKLIST = PUBLISHED.checklist

ASSESSMENT = assess({"board-position": "done"}, id=uuid4(), organisation="Coop du Fleuve")
DOSSIER = ASSESSMENT.id or UUID(int=0)


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{tmp_path}/dossiers.sqlite3")
    current.store.cache_clear()
    with closing(new_store(tmp_path)) as found:
        begin(monkeypatch)
        yield found
    current.store().close()
    current.store.cache_clear()


@pytest.fixture
def kept(store: Store) -> Kept:
    return keep(store, ASSESSMENT, PUBLISHED.text, NOW, "direction")


@pytest.fixture
def saved(store: Store, kept: Kept) -> Callable[[], list[int]]:
    """The numbers of the remarks in the database."""
    return lambda: [one.id.int for one in review_of(store, kept.dossier_id, kept.link_id).remarks]


def of(*numbers: int) -> Review:
    return Review(dossier=DOSSIER, remarks=tuple(remark(n) for n in numbers))


def said_by_somebody_else(store: Store, kept: Kept, review: Review) -> None:
    add_to_review(store, kept.dossier_id, kept.link_id, review, NOW)


def follow(store: Store, kept: Kept, access: Access = "write") -> int:
    """Open the dossier by a link of its own in this visit; the id of the link."""
    link = add_link(store, kept.dossier_id, kept.link_id, access, "conseil", NOW)
    tab_dossier.open_dossier(short_id(kept.dossier_id), link.token)
    assert session.saving() is not None
    return link.link_id


def look() -> bool:
    saving = session.saving()
    assert saving
    return session.sync(saving.pull)


def shown() -> list[int]:
    return [one.id.int for one in session.review().remarks]


@pytest.mark.parametrize("access", ["read", "write"])
def test_the_link_opens_the_remarks_too_and_what_is_said_is_saved(store, kept, saved, access):
    said_by_somebody_else(store, kept, of(1))
    follow(store, kept, access)
    assert shown() == [1]
    assert session.add_to_review(of(2))
    assert shown() == saved() == [1, 2]


def test_what_others_say_comes_into_the_open_page(store, kept):
    follow(store, kept)
    assert not look()
    said_by_somebody_else(store, kept, of(1))
    assert look()
    assert not look()
    assert shown() == [1]
    said_by_somebody_else(store, kept, with_event(of(1), UUID(int=1), event(2, "closed", MARIE)))
    assert look()
    assert session.review().remarks[0].events[0].kind == "closed"


def test_a_dossier_kept_for_the_first_time_takes_its_remarks_along(store):
    session.resume(ASSESSMENT, remarked=of(1, 2))
    save_status.keep_and_show_link("direction")
    [link] = session.links_to_show()
    opened = open_link(store, link.token, NOW)
    assert opened
    assert [one.id.int for one in opened.review.remarks] == [1, 2]


@pytest.mark.parametrize(("access", "expected"), [("write", [1, 2]), ("read", [2])])
def test_what_the_tab_alone_knows_of_the_dossier_is_saved_by_a_writing_link_alone(store, kept, saved, access, expected):
    session.resume(ASSESSMENT, remarked=of(1))
    said_by_somebody_else(store, kept, of(2))
    follow(store, kept, access)
    assert shown() == [1, 2]
    assert saved() == expected


def test_the_remarks_of_another_dossier_in_the_tab_stay_out_of_the_saved_one(store, kept, saved):
    other = assess(id=uuid4(), organisation="Autre")
    session.resume(other, remarked=Review(dossier=other.id or DOSSIER, remarks=(remark(9),)))
    follow(store, kept)
    assert shown() == saved() == []


def test_a_dossier_kept_long_ago_without_an_id_keeps_its_remarks(store):
    kept = keep(store, assess({"board-position": "done"}), PUBLISHED.text, NOW)
    follow(store, kept, "read")
    mine = Review(dossier=session.review().dossier, remarks=(remark(1),))
    assert session.add_to_review(mine)
    assert review_of(store, kept.dossier_id, kept.link_id) == mine


def test_what_is_refused_is_said_and_not_shown_as_said(store, kept, saved, monkeypatch):
    monkeypatch.setitem(BOUNDS, "read", Bound(1, 10_000))
    follow(store, kept, "read")
    session.add_to_review(of(1))
    assert not session.add_to_review(of(2))
    assert shown() == saved() == [1]
    assert session.notices(in_view=True) == [session.say()("store.review_full")]


def test_what_waits_for_the_database_is_shown_and_saved_once_it_is_back(store, kept, saved, monkeypatch):
    follow(store, kept, "read")

    def refuse(*_what: object, **_more: object) -> Review:
        raise StoreUnavailableError("locked", "OperationalError")

    monkeypatch.setattr(sync, "add_to_review", refuse)
    assert session.add_to_review(of(1))
    saving = session.saving()
    assert saving
    assert saving.waits_for
    assert (shown(), saved()) == ([1], [])
    monkeypatch.setattr(sync, "add_to_review", add_to_review)
    look()
    assert saving.waits_for is None
    assert saved() == [1]


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The database takes no remark, until what this returns is called."""

    def refuse(*_what: object, **_more: object) -> Review:
        raise StoreUnavailableError("locked", "OperationalError")

    monkeypatch.setattr(sync, "add_to_review", refuse)
    return lambda: monkeypatch.setattr(sync, "add_to_review", add_to_review)


def test_of_what_waited_only_what_is_refused_is_not_saved(store, kept, saved, away, monkeypatch):
    monkeypatch.setitem(BOUNDS, "read", Bound(1, 10_000))
    follow(store, kept, "read")
    assert session.add_to_review(of(1))
    assert session.add_to_review(of(2))
    away()
    look()
    assert saved() == [1]
    assert session.notices(in_view=True) == [session.say()("store.review_full")]
    saving = session.saving()
    assert saving
    assert (saving.waits_for, saving.refused) == (None, None)


def test_a_remark_is_refused_alone_where_another_one_waited(store, kept, saved, away, monkeypatch):
    monkeypatch.setitem(BOUNDS, "read", Bound(1, 10_000))
    follow(store, kept, "read")
    session.add_to_review(of(1))
    away()
    assert not session.add_to_review(of(2))
    assert saved() == [1]


@pytest.fixture
def opened_anew(store: Store, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> Callable[[Access], str]:
    """The server has forgotten the visit, and the link opens the dossier in a new one; the copy that the tab held."""

    def reload(access: Access) -> str:
        copy = tab_copy()
        assert copy
        begin(monkeypatch)
        follow(store, kept, access)
        return copy

    return reload


@pytest.mark.parametrize("access", ["read", "write"])
def test_what_waited_for_the_database_when_the_tab_was_reloaded_is_saved_all_the_same(
    store, kept, saved, away, opened_anew, access
):
    said_by_somebody_else(store, kept, of(1))
    follow(store, kept, access)
    session.add_to_review(with_event(of(1, 2), UUID(int=1), event(5, "closed", MARIE)))
    copy = opened_anew(access)
    assert shown() == saved() == [1]
    away()
    assert not session.copy_heard()
    tab_backup.hear_of_remarks(CHECKLIST, copy)
    assert shown() == saved() == [1, 2]
    [closed] = review_of(store, kept.dossier_id, kept.link_id).remarks[0].events
    assert closed.kind == "closed"
    assert session.copy_heard()


def test_a_manager_s_answer_that_waited_and_one_being_written_outlive_a_reload(store, kept, away, opened_anew):
    said_by_somebody_else(store, kept, of(1, 2))
    follow(store, kept)
    one, two = session.review().remarks
    session.answer_remark(one, "upheld")
    session.write_reply(two.id, "Depuis mardi")
    copy = opened_anew("write")
    away()
    tab_backup.hear_of_remarks(CHECKLIST, copy)
    [said] = review_of(store, kept.dossier_id, kept.link_id).remarks[0].events
    assert said.kind == "upheld"
    assert session.reply_being_written(two.id) == "Depuis mardi"


def test_a_reading_link_saves_nothing_of_a_manager_s_that_the_tab_held(store, kept, away, opened_anew):
    said_by_somebody_else(store, kept, of(1))
    follow(store, kept)
    session.answer_remark(session.review().remarks[0], "upheld")
    copy = opened_anew("read")
    away()
    tab_backup.hear_of_remarks(CHECKLIST, copy)
    assert review_of(store, kept.dossier_id, kept.link_id).remarks[0].events == ()
    assert [one.kind for one in session.review().remarks[0].events] == ["upheld"]
    assert session.notices(in_view=True) == []


@pytest.mark.parametrize("other", [{"organisation": "Coop du Lac"}, {"id": uuid4()}])
def test_the_remarks_of_a_copy_of_another_dossier_are_not_taken(store, kept, saved, monkeypatch, other):
    file = ASSESSMENT.model_copy(update=other)
    session.resume(file, remarked=Review(dossier=file.id or DOSSIER, remarks=(remark(9),)))
    copy = tab_copy()
    assert copy
    begin(monkeypatch)
    follow(store, kept)
    tab_backup.hear_of_remarks(CHECKLIST, copy)
    assert shown() == saved() == []


def test_a_review_longer_than_what_is_saved_keeps_nobody_from_an_answer(store, kept, saved, monkeypatch):
    monkeypatch.setitem(BOUNDS, "write", Bound(2, 10_000))
    session.resume(ASSESSMENT, remarked=of(1, 2, 3))
    follow(store, kept)
    assert saved() == []
    full, not_kept = session.say()("store.review_full"), session.say()("saved.remarks_not_kept")
    assert session.notices(in_view=True) == [full, not_kept]
    session.answer_remark(session.review().remarks[1], "upheld")
    assert saved() == [2]
    assert [event.kind for event in session.review().remarks[1].events] == ["upheld"]


def test_by_a_revoked_link_nothing_is_saved_any_more_and_it_is_said(store, kept, saved):
    link = follow(store, kept, "read")
    revoke(store, kept.dossier_id, kept.link_id, link, NOW)
    assert session.add_to_review(of(1))
    assert (shown(), saved()) == ([1], [])
    assert session.saving() is None
    assert session.notices()


def test_leaving_a_saved_dossier_takes_its_remarks_out_of_the_visit(store, kept):
    follow(store, kept)
    session.add_to_review(of(1))
    session.erase()
    assert shown() == []

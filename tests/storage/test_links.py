"""The links of a dossier: for writing or for reading, revoked, renewed, and what a page they opened may still do."""

from __future__ import annotations

import pytest

from pensebete.assessment.edits import with_answer
from pensebete.storage.changes import changes_since, mark_seen, save
from pensebete.storage.dossiers import Kept, delete_dossier, keep, open_link
from pensebete.storage.engine import Store
from pensebete.storage.errors import LastLinkError, LinkGoneError, ReadingOnlyError
from pensebete.storage.links import NewLink, add_link, links_of, renew, revoke
from pensebete.storage.milestones import add_milestone, milestones_of
from tests.builders import NOW, assess
from tests.storage.visit import Visit, rows, two_visits


@pytest.fixture
def kept(store: Store) -> Kept:
    return keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW, "direction")


def read_link(store: Store, kept: Kept) -> NewLink:
    return add_link(store, kept.dossier_id, kept.link_id, "read", "conseil", NOW)


def test_a_second_link_gives_reading_only(store, kept):
    link = read_link(store, kept)
    opened = open_link(store, link.token, NOW)
    assert (opened.access, opened.label) == ("read", "conseil")
    assert opened.assessment.answer("cash-forecast").status == "done"


def test_a_reading_link_learns_what_others_save(store, kept):
    reader, writer = Visit.by(store, read_link(store, kept).token), Visit.by(store, kept.token)
    writer.edit(lambda a: with_answer(a, "cash-forecast", NOW, status="to_do"))
    reader.look()
    assert reader.assessment.answer("cash-forecast").status == "to_do"


@pytest.mark.parametrize(
    "change",
    [
        lambda *by: save(*by, 1, {("detail", "organisation"): "Coop"}, "one", NOW),
        lambda *by: save(*by, 1, {}, "one", NOW),
        lambda *by: add_link(*by, "write", "", NOW),
        lambda *by: revoke(*by, by[2], NOW),
        lambda *by: renew(*by, by[2], NOW),
        lambda *by: add_milestone(*by, "Avant le CA", NOW.date(), NOW),
        lambda *by: mark_seen(*by, [1]),
        lambda *by: delete_dossier(*by),
    ],
    ids=["save", "save nothing", "add_link", "revoke", "renew", "add_milestone", "mark_seen", "delete"],
)
def test_a_reading_link_changes_nothing_and_a_revoked_one_neither(store, kept, change):
    link = read_link(store, kept)
    before = rows(store)
    with pytest.raises(ReadingOnlyError):
        change(store, kept.dossier_id, link.link_id)
    assert rows(store) == before
    writing = add_link(store, kept.dossier_id, kept.link_id, "write", "", NOW)
    revoke(store, kept.dossier_id, kept.link_id, writing.link_id, NOW)
    before = rows(store)
    with pytest.raises(LinkGoneError):
        change(store, kept.dossier_id, writing.link_id)
    assert rows(store) == before


def test_a_link_of_one_dossier_does_nothing_in_another(store, kept):
    stranger = keep(store, assess(), "the checklist", NOW)
    for use in (delete_dossier, links_of, milestones_of):
        with pytest.raises(LinkGoneError):
            use(store, kept.dossier_id, stranger.link_id)
    with pytest.raises(LinkGoneError):
        revoke(store, stranger.dossier_id, stranger.link_id, kept.link_id, NOW)
    assert open_link(store, kept.token, NOW)


def test_a_revoked_link_opens_nothing_and_a_page_it_opened_saves_and_learns_nothing(store):
    one, other = two_visits(store)
    revoke(store, one.dossier_id, one.link_id, other.link_id, NOW)
    for use in (other.look, lambda: other.edit(lambda a: with_answer(a, "cash-forecast", NOW, status="done"))):
        with pytest.raises(LinkGoneError):
            use()
    one.look()
    assert one.assessment.answers == {}


def test_a_renewed_link_is_another_with_the_same_access_and_label(store, kept):
    link = read_link(store, kept)
    renewed = renew(store, kept.dossier_id, kept.link_id, link.link_id, NOW)
    assert open_link(store, link.token, NOW) is None
    opened = open_link(store, renewed.token, NOW)
    assert (opened.access, opened.label, opened.link_id) == ("read", "conseil", renewed.link_id)
    with pytest.raises(LinkGoneError):
        changes_since(store, kept.dossier_id, link.link_id, 1)


def test_the_only_writing_link_can_be_renewed_by_itself_and_not_revoked(store, kept):
    read_link(store, kept)
    with pytest.raises(LastLinkError):
        revoke(store, kept.dossier_id, kept.link_id, kept.link_id, NOW)
    renewed = renew(store, kept.dossier_id, kept.link_id, kept.link_id, NOW)
    assert open_link(store, kept.token, NOW) is None
    assert open_link(store, renewed.token, NOW).access == "write"


def test_links_are_listed_with_those_that_were_revoked(store, kept):
    link = read_link(store, kept)
    revoke(store, kept.dossier_id, kept.link_id, link.link_id, NOW)
    listed = links_of(store, kept.dossier_id, kept.link_id)
    assert [(link.label, link.access, link.revoked_at) for link in listed] == [
        ("direction", "write", None),
        ("conseil", "read", NOW),
    ]

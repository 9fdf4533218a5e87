"""Shared drafts: what a token opens and until when, remarks by line, and that nothing of two people is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from pensebete.storage import drafts as shared
from pensebete.storage.dossiers import keep
from pensebete.storage.drafts import (
    MOST_BYTES,
    MOST_LINKS,
    MOST_OF_A_REMARK,
    NewDraft,
    add_draft_link,
    add_remark,
    answer_remark,
    delete_draft,
    delete_listed_draft,
    expired_drafts,
    glance_at_draft,
    list_drafts,
    open_draft,
    purge_drafts,
    revoke_draft_link,
    settle_remark,
    share_draft,
    update_draft,
)
from pensebete.storage.engine import Store, reading
from pensebete.storage.errors import (
    DraftGoneError,
    DraftRemarksFullError,
    DraftTooLargeError,
    ReadingOnlyError,
    TooManyDraftLinksError,
    TooManyDraftsError,
)
from pensebete.storage.tables import draft_links, draft_remarks, drafts
from tests.builders import NOW, assess
from tests.storage.visit import rows

TEXT = "id: small\ntitle: Liste\nurgency: 3\n"
LATER = NOW + timedelta(days=1)
HOSTILE = "**gras** <script>alert(1)</script> \u202e à l’envers \u2066"


@pytest.fixture
def made(store: Store) -> NewDraft:
    return share_draft(store, TEXT, "remark", "Camille", 14, NOW)


def remark(store: Store, token: str, text: str = "À revoir", line: int = 2, **other: object) -> str:
    said = {"number": 1, "line_text": "", "author": "Camille", "id": str(uuid4()), **other}
    add_remark(store, token, said["id"], line, said["number"], said["line_text"], said["author"], text, LATER)  # type: ignore[arg-type]
    return str(said["id"])


def test_the_link_opens_the_text_and_lists_no_other_link(store, made):
    found = open_draft(store, made.link.token, LATER)
    assert (found.access, found.content, found.number, found.links) == ("remark", TEXT, 1, ())
    assert found.expires_at == NOW + timedelta(days=14)


def test_its_author_sees_the_links_too(store, made):
    add_draft_link(store, made.owner, "read", "Conseil", 30, NOW)
    found = open_draft(store, made.owner, LATER)
    assert found.access == "own"
    assert [(one.label, one.access) for one in found.links] == [("Camille", "remark"), ("Conseil", "read")]
    assert found.expires_at == NOW + timedelta(days=30)


def test_only_the_hashes_of_tokens_are_kept(store, made):
    with reading(store) as connection:
        kept = str([connection.execute(select(table)).all() for table in (drafts, draft_links)])
    assert made.owner not in kept
    assert made.link.token not in kept
    assert len({made.owner, made.link.token}) == 2
    assert min(map(len, (made.owner, made.link.token))) == 43


@pytest.mark.parametrize("token", ["", "x" * 43, "\0", "' or 1=1 --"])
def test_a_token_that_was_never_given_opens_nothing(store, made, token):
    assert glance_at_draft(store, token, NOW) is None
    with pytest.raises(DraftGoneError):
        open_draft(store, token, NOW)


def test_a_link_ends_on_its_day_and_the_draft_with_the_last_of_them(store, made):
    short = add_draft_link(store, made.owner, "read", "", 3, NOW).token
    almost, then = NOW + timedelta(days=14, seconds=-1), NOW + timedelta(days=14)
    assert glance_at_draft(store, short, NOW + timedelta(days=3)) is None
    assert glance_at_draft(store, made.link.token, almost) == (made.id, "remark")
    assert glance_at_draft(store, made.link.token, then) is None
    assert glance_at_draft(store, made.owner, then) is None


def test_a_link_that_was_revoked_opens_nothing_and_adds_nothing(store, made):
    other = add_draft_link(store, made.owner, "remark", "", 14, NOW).token
    [link, _] = open_draft(store, made.owner, NOW).links
    revoke_draft_link(store, made.owner, link.id, NOW)
    with pytest.raises(DraftGoneError):
        open_draft(store, made.link.token, NOW)
    with pytest.raises(DraftGoneError):
        remark(store, made.link.token)
    assert open_draft(store, other, NOW).remarks == ()


@pytest.mark.parametrize(
    "use",
    [
        lambda store, token: add_draft_link(store, token, "read", "", 3, NOW),
        lambda store, token: update_draft(store, token, "id: other\n", NOW),
        lambda store, token: revoke_draft_link(store, token, 1, NOW),
        lambda store, token: settle_remark(store, token, "x", True, NOW),
        lambda store, token: delete_draft(store, token, NOW),
    ],
    ids=["link", "update", "revoke", "settle", "delete"],
)
def test_a_colleague_does_nothing_that_is_the_authors(store, made, use):
    before = rows(store)
    with pytest.raises(DraftGoneError):
        use(store, made.link.token)
    assert rows(store) == before


def test_a_link_for_reading_adds_no_remark(store, made):
    token = add_draft_link(store, made.owner, "read", "", 14, NOW).token
    said = remark(store, made.link.token)
    for add in (
        lambda: remark(store, token),
        lambda: answer_remark(store, token, str(uuid4()), said, "", "Non", LATER),
    ):
        with pytest.raises(ReadingOnlyError):
            add()


def test_remarks_are_read_with_their_lines_and_answers(store, made):
    second = remark(store, made.link.token, "Trop urgent", line=3)
    first = remark(store, made.link.token, HOSTILE, line=2)
    answer_remark(store, made.owner, str(uuid4()), first, "Dominique", "Corrigé", LATER)
    settle_remark(store, made.owner, first, True, LATER)
    one, two = open_draft(store, made.link.token, LATER).remarks
    assert (one.id, one.line, one.line_text, one.text, one.author) == (first, 2, "title: Liste", HOSTILE, "Camille")
    assert [(a.author, a.text, a.own) for a in one.answers] == [("Dominique", "Corrigé", True)]
    assert one.settled_at == LATER
    assert (two.id, two.line, two.settled_at) == (second, 3, None)
    settle_remark(store, made.owner, first, False, LATER)
    assert open_draft(store, made.owner, LATER).remarks[0].settled_at is None


def test_a_remark_that_is_sent_twice_is_there_once(store, made):
    id = remark(store, made.link.token)
    remark(store, made.link.token, id=id)
    assert len(open_draft(store, made.link.token, LATER).remarks) == 1


def test_what_is_answered_is_a_remark_of_that_draft(store, made):
    other = share_draft(store, TEXT, "remark", "", 14, NOW)
    said = remark(store, other.link.token)
    with pytest.raises(DraftGoneError):
        answer_remark(store, made.link.token, str(uuid4()), said, "", "Ici", LATER)


def test_remarks_follow_their_lines_into_the_next_text(store, made):
    on_title, on_urgency = remark(store, made.link.token, line=2), remark(store, made.link.token, line=3)
    lost = update_draft(store, made.owner, "id: small\n# nouveau\ntitle: Une liste\n", LATER)
    found = {one.id: one for one in open_draft(store, made.link.token, LATER).remarks}
    assert lost == 1
    assert found[on_title].line == 3
    assert (found[on_urgency].line, found[on_urgency].line_text) == (None, "urgency: 3")
    update_draft(store, made.owner, TEXT, LATER)
    assert {one.id: one.line for one in open_draft(store, made.link.token, LATER).remarks} == {
        on_title: 2,
        on_urgency: 3,
    }


def test_a_remark_about_the_text_of_before_finds_its_line_in_the_one_of_now(store, made):
    update_draft(store, made.owner, f"# nouveau\n{TEXT}", LATER)
    remark(store, made.link.token, line=3, number=1, line_text="urgency: 3")
    remark(store, made.link.token, line=2, number=1, line_text="ce qui n’y est plus")
    placed, lost = open_draft(store, made.link.token, LATER).remarks
    assert (placed.line, lost.line, lost.line_text) == (4, None, "ce qui n’y est plus")


def test_a_line_that_is_not_there_is_no_line(store, made):
    remark(store, made.link.token, line=10**9)
    assert open_draft(store, made.link.token, LATER).remarks[0].line is None


def test_many_who_remark_at_once_while_the_author_goes_on_lose_nothing(store, made):
    def do(n: int) -> None:
        if n % 5 == 0:
            update_draft(store, made.owner, f"# {n}\n{TEXT}", LATER)
        else:
            remark(store, made.link.token, f"remarque {n}", line=2, line_text="title: Liste")

    with ThreadPoolExecutor(5) as all_at_once:
        list(all_at_once.map(do, range(20)))
    said = open_draft(store, made.owner, LATER).remarks
    assert {one.text for one in said} == {f"remarque {n}" for n in range(20) if n % 5}
    assert {one.line for one in said} <= {2, 3}


def test_what_is_too_long_is_shortened_or_refused(store, made):
    remark(store, made.link.token, "é" * 100_000, author="x" * 100_000, number=7, line_text="z" * 100_000)
    [said] = open_draft(store, made.link.token, LATER).remarks
    assert (len(said.text), len(said.author), len(said.line_text)) == (MOST_OF_A_REMARK, 80, 300)
    for refused in (
        lambda: share_draft(store, "é" * MOST_BYTES, "read", "", 3, NOW),
        lambda: update_draft(store, made.owner, "é" * MOST_BYTES, NOW),
    ):
        with pytest.raises(DraftTooLargeError):
            refused()


def test_a_flood_of_remarks_is_stopped_and_leaves_what_was_there(store, made, monkeypatch):
    monkeypatch.setattr(shared, "MOST_REMARKS", 3)
    for _ in range(3):
        remark(store, made.link.token)
    with pytest.raises(DraftRemarksFullError):
        remark(store, made.link.token)
    assert len(open_draft(store, made.link.token, LATER).remarks) == 3


def test_links_and_drafts_are_so_many_at_most(store, made, monkeypatch):
    for _ in range(MOST_LINKS - 1):
        add_draft_link(store, made.owner, "read", "", 3, NOW)
    with pytest.raises(TooManyDraftLinksError):
        add_draft_link(store, made.owner, "read", "", 3, NOW)
    monkeypatch.setattr(shared, "MOST_DRAFTS", 1)
    with pytest.raises(TooManyDraftsError):
        share_draft(store, TEXT, "read", "", 3, NOW)
    share_draft(store, TEXT, "read", "", 3, NOW + timedelta(days=15))  # the one before has expired


def test_a_null_character_is_left_out(store):
    made = share_draft(store, "id: a\0b\n", "remark", "\0", 3, NOW)
    remark(store, made.link.token, "x\0y", line=1, author="\0")
    found = open_draft(store, made.link.token, NOW)
    assert (found.content, found.remarks[0].text) == ("id: ab\n", "xy")


def test_its_author_deletes_all_of_it(store, made):
    other = share_draft(store, TEXT, "remark", "", 14, NOW)
    remark(store, made.link.token)
    delete_draft(store, made.owner, LATER)
    with reading(store) as connection:
        assert connection.execute(select(draft_remarks)).all() == []
        assert [row.id for row in connection.execute(select(drafts))] == [other.id]
        assert [row.draft_id for row in connection.execute(select(draft_links))] == [other.id]


def test_staff_see_all_of_them_without_their_text_and_end_any(store, made):
    remark(store, made.link.token)
    second = share_draft(store, TEXT, "read", "", 3, LATER)
    listed = list_drafts(store, LATER)
    assert [(one.id, one.remarks, one.links) for one in listed] == [(second.id, 0, 1), (made.id, 1, 1)]
    delete_listed_draft(store, made.id)
    assert [one.id for one in list_drafts(store, LATER)] == [second.id]
    assert glance_at_draft(store, made.link.token, LATER) is None


def test_what_has_expired_is_counted_and_then_deleted(store, made):
    keep(store, assess({"cash-forecast": "done"}), "the checklist", NOW)
    remark(store, made.link.token)
    then = NOW + timedelta(days=14)
    assert (expired_drafts(store, LATER), purge_drafts(store, LATER)) == (0, 0)
    assert expired_drafts(store, then) == 1
    assert purge_drafts(store, then) == 1
    with reading(store) as connection:
        assert [connection.execute(select(table)).all() for table in (drafts, draft_links, draft_remarks)] == [[]] * 3


def test_one_that_goes_because_another_is_shared_leaves_nothing_on_the_disk(sqlite_store):
    secret = "un secret que personne ne relira"
    share_draft(sqlite_store, f"{secret}\n" * 50, "remark", "", 3, NOW)
    share_draft(sqlite_store, "id: x\n", "remark", "", 3, NOW + timedelta(days=4))
    file = sqlite_store.file
    beside = [file, file.with_name(f"{file.name}-wal")]
    assert not any(secret.encode() in each.read_bytes() for each in beside if each.exists())


def test_a_program_of_before_goes_on_beside_these_tables(store, made):
    """It names no column of theirs; what it deletes is by dossier."""
    for table in (drafts, draft_links, draft_remarks):
        assert "dossier_id" not in table.c

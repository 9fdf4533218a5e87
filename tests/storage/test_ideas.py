"""Ideas of managers in the database: sent, sorted by two staff at once, withdrawn, kept for so long, in every copy."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from pensebete.checklist.idea import NewIdea, clean, clean_line
from pensebete.cli.main import main
from pensebete.storage.backup import backup, restore
from pensebete.storage.dossiers import keep
from pensebete.storage.engine import Store, open_store
from pensebete.storage.errors import IdeaChangedError, IdeasFullError, StoreUnavailableError
from pensebete.storage.ideas import (
    MOST_SHOWN,
    add_idea,
    count_ideas,
    delete_idea,
    ideas_by_id,
    ideas_of,
    mark_answered,
    published_ideas,
    restore_idea,
    sort_idea,
    withdraw_idea,
)
from pensebete.storage.limits import FREE, IDEAS
from pensebete.text.wording import wording
from tests.builders import NOW, assess
from tests.storage.visit import rows

IDEA = NewIdea(
    "covid-19", "communication", "fr", "Un tour de table\nchaque lundi", True, "Coop du Lac", "a@example.org"
)
LATER = NOW + timedelta(days=3)
HOSTILE = (
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script> **gras** [lien](javascript:x)",
    "avant\u202eerdro\u202c après \x1b[31mrouge\x07",
    "'; DROP TABLE ideas; --\0",
    "\U0001f469\u200d\U0001f33e مرحبا",
)


def sent(store: Store, text: str = IDEA.text, now: datetime = NOW, **others):
    return add_idea(store, replace(IDEA, text=text, **others), now)


def test_an_idea_is_kept_as_it_was_sent_under_a_code_of_its_own(store):
    one, other = sent(store), sent(store, "Autre")
    assert one.sent == IDEA
    assert (one.state, one.answered_at, one.created_at, one.revision) == ("new", None, NOW, 0)
    assert one.code != other.code
    assert ideas_of(store) == (other, one)
    assert ideas_of(store, "new", most=1) == (other,)
    assert ideas_by_id(store, [one.id, 999]) == {one.id: one}


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_was_written_is_kept_as_text_that_commands_nothing(store, text):
    taken = clean(text)
    assert sent(store, text, name=text, contact=text).sent.text == taken
    [one] = ideas_of(store)
    assert (one.sent.text, one.sent.name, one.sent.contact) == (taken, clean_line(text), clean_line(text))
    assert not {"\0", "\x07", "\x1b", "\u202e"}.intersection(one.sent.text)


@pytest.mark.parametrize(
    "bad", [{"text": " \n\u200b"}, {"text": "x" * 2_001}, {"name": "x" * 121}, {"contact": "x" * 121}]
)
def test_what_is_empty_or_too_long_is_not_kept(store, bad):
    with pytest.raises(ValueError, match="idea"):
        sent(store, **bad)
    assert ideas_of(store) == ()


def test_each_filter_shows_its_own_and_counts_them(store):
    ideas = [sent(store, str(n)) for n in range(5)]
    sort_idea(store, ideas[0], "kept", LATER)
    published = sort_idea(store, ideas[1], "published", LATER)
    sort_idea(store, ideas[2], "refused", LATER)
    mark_answered(store, published, True, LATER)
    assert dict(count_ideas(store).of) == {"new": 2, "kept": 1, "published": 1, "refused": 1, "answered": 1}
    assert [one.id for one in ideas_of(store, "answered")] == [published.id]
    assert ideas_of(store, "answered")[0].answered_at == LATER


def test_of_two_staff_the_second_is_told_and_goes_over_nothing(store):
    seen = sent(store)
    published = sort_idea(store, seen, "published", LATER)
    for late in (
        lambda: sort_idea(store, seen, "refused", LATER),
        lambda: mark_answered(store, seen, True, LATER),
        lambda: delete_idea(store, seen),
    ):
        with pytest.raises(IdeaChangedError):
            late()
    assert ideas_of(store) == (published,)
    assert sort_idea(store, published, "new", LATER).state == "new"


def test_one_that_may_not_be_quoted_is_never_published(store):
    seen = sent(store, may_be_quoted=False)
    with pytest.raises(ValueError, match="quoted"):
        sort_idea(store, seen, "published", LATER)
    assert published_ideas(store) == {}


def test_managers_are_shown_the_newest_published_ones_of_each_domain_and_no_others(store):
    kept = sent(store, "gardée")
    sort_idea(store, kept, "kept", LATER)
    for n in range(MOST_SHOWN + 2):
        sort_idea(store, sent(store, str(n)), "published", LATER)
    sort_idea(store, sent(store, "ailleurs", domain="money"), "published", LATER)
    sort_idea(store, sent(store, "autre liste", checklist_id="flood"), "published", LATER)
    found = published_ideas(store)
    assert [one.sent.text for one in found["covid-19", "communication"]] == [
        str(n) for n in reversed(range(2, MOST_SHOWN + 2))
    ]
    assert [one.sent.text for one in found["covid-19", "money"]] == ["ailleurs"]
    assert len(found) == 3


def test_its_sender_withdraws_it_by_its_code_alone_published_or_not(store):
    one, other = sent(store), sent(store)
    sort_idea(store, one, "published", LATER)
    withdraw_idea(store, replace(one, code="another"), LATER)
    assert len(ideas_of(store)) == 2
    withdraw_idea(store, one, LATER)
    withdraw_idea(store, one, LATER)
    assert ideas_of(store) == (other,)
    assert published_ideas(store) == {}


def test_an_idea_that_was_deleted_is_put_back_under_the_code_that_its_sender_has(store):
    published = sort_idea(store, sent(store), "published", LATER)
    delete_idea(store, published)
    assert ideas_of(store) == ()
    back = restore_idea(store, published)
    assert (back.code, back.sent, back.state) == (published.code, published.sent, "published")
    assert restore_idea(store, published) == back  # by two staff: once


def test_its_sender_withdraws_one_that_was_put_back_too(store):
    one = sent(store)
    delete_idea(store, one)
    other = sent(store)  # which may have the number that was free
    restore_idea(store, one)
    withdraw_idea(store, one, LATER)
    assert ideas_of(store) == (other,)


def test_one_that_its_sender_withdrew_after_staff_deleted_it_is_put_back_no_more(store):
    one = sent(store)
    delete_idea(store, one)
    withdraw_idea(store, one, LATER)
    with pytest.raises(IdeaChangedError):
        restore_idea(store, one)
    assert ideas_of(store) == ()
    assert one.code not in str(rows(store)["allowances"])
    withdraw_idea(store, sent(store), LATER + timedelta(days=8))
    withdraw_idea(store, one, LATER + timedelta(days=8))
    assert len(rows(store)["allowances"]) == 1


def test_a_withdrawn_idea_leaves_nothing_on_the_disk(sqlite_store):
    secret = "un secret que personne ne relira"
    one = sent(sqlite_store, secret)
    withdraw_idea(sqlite_store, one, LATER)
    file = sqlite_store.file
    beside = [file, file.with_name(f"{file.name}-wal")]
    assert not any(secret.encode() in each.read_bytes() for each in beside if each.exists())


def test_so_many_are_kept_and_no_more(store, monkeypatch):
    monkeypatch.setenv(IDEAS.name, "2")
    sent(store)
    sent(store)
    with pytest.raises(IdeasFullError) as full:
        sent(store)
    assert full.value.sentence(wording("fr")).startswith("Votre pôle a reçu trop d’idées")
    assert len(ideas_of(store)) == 2


def test_on_a_disk_that_is_nearly_full_none_is_taken(sqlite_store, monkeypatch):
    monkeypatch.setenv(FREE.name, str(10**9))
    with pytest.raises(StoreUnavailableError, match="nearly_full"):
        sent(sqlite_store)


def test_ideas_are_in_a_copy_and_come_back_with_it(sqlite_url, tmp_path):
    copy = tmp_path / "copy.sqlite3"
    with closing(open_store(sqlite_url)) as store:
        one = sent(store)
        backup(store, copy)
    with closing(open_store(f"sqlite:///{tmp_path}/other/new.sqlite3")) as empty:
        restore(empty, copy)
        assert ideas_of(empty) == (one,)


# On the command line


@pytest.fixture
def ready(url, store, monkeypatch):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
    monkeypatch.delenv("PENSEBETE_KEEP_MONTHS", raising=False)
    return store


def test_ideas_prints_them_as_json_the_newest_first(ready, capsys):
    sent(ready)
    one = sort_idea(ready, sent(ready, "Deux"), "kept", LATER)
    assert main(["ideas"]) == 0
    assert [found["text"] for found in json.loads(capsys.readouterr().out)] == ["Deux", IDEA.text]
    assert main(["ideas", "--state", "kept"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "code": one.code,
            "sent_at": NOW.isoformat(),
            "state": "kept",
            "answered_at": None,
            "checklist": "covid-19",
            "domain": "communication",
            "language": "fr",
            "text": "Deux",
            "may_be_quoted": True,
            "name": "Coop du Lac",
            "contact": "a@example.org",
        }
    ]


@pytest.mark.parametrize(("language", "separator", "text"), [("fr", ";", "Idée"), ("en", ",", "Idea")])
def test_ideas_as_csv_are_computed_by_no_spreadsheet(ready, capfdbinary, language, separator, text):
    sent(ready, HOSTILE[0], name="+1 418", contact="@x")
    assert main(["ideas", "--to", "csv", "--lang", language]) == 0
    said = capfdbinary.readouterr().out.decode("utf-8-sig")
    [row] = csv.DictReader(StringIO(said), delimiter=separator)
    assert row[text] == f"'{HOSTILE[0]}"
    assert [value for value in row.values() if value.startswith(("=", "+", "-", "@"))] == []


def test_ideas_without_a_database_is_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite3")
    assert main(["ideas"]) == 2
    assert "python -m pensebete migrate" in capsys.readouterr().err


@pytest.mark.parametrize("call", [("--to", "pdf"), ("--state", "lost")])
def test_ideas_refuses_what_it_does_not_know(call, capsys):
    assert main(["ideas", *call]) == 2
    assert call[1] in capsys.readouterr().err


def old_and_new(store: Store):
    day = datetime(2025, 3, 29, 12, tzinfo=UTC)
    return [sent(store, "vieille", day), sent(store, "neuve", day.replace(year=2026)), sent(store, "neuve aussi")]


def test_purge_deletes_the_ideas_that_nobody_sorted_for_so_long_and_says_which(ready, capsys):
    old, *others = old_and_new(ready)
    keep(ready, assess(), "x", datetime(2026, 3, 29, tzinfo=UTC))
    call = ["purge", "--today", "2026-03-30"]
    assert main([*call, "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        f"idée {old.code}, sans suite depuis le 2025-03-29",
        "1 idée sur 3 serait supprimée, sans suite depuis plus de 12 mois.",
    ]
    assert len(ideas_of(ready)) == 3
    assert main(call) == 0
    assert "1 idée supprimée, sans suite depuis plus de 12 mois." in capsys.readouterr().out
    assert {one.code for one in ideas_of(ready)} == {one.code for one in others}


def test_an_idea_that_was_sorted_since_is_kept_from_then_on(ready):
    old, *_ = old_and_new(ready)
    keep(ready, assess(), "x", datetime(2026, 3, 29, tzinfo=UTC))
    sort_idea(ready, old, "published", datetime(2026, 3, 1, tzinfo=UTC))
    assert main(["purge", "--today", "2026-03-30"]) == 0
    assert len(ideas_of(ready)) == 3


def test_all_the_ideas_of_a_crisis_go_together_where_dossiers_say_that_the_clock_is_right(ready):
    sent(ready, now=datetime(2025, 3, 1, tzinfo=UTC))
    keep(ready, assess(), "x", datetime(2026, 3, 29, tzinfo=UTC))
    assert main(["purge", "--today", "2026-03-30"]) == 0
    assert ideas_of(ready) == ()


def test_a_clock_in_2099_deletes_no_idea(ready, capsys):
    old_and_new(ready)
    assert main(["purge", "--today", "2099-03-30"]) == 2
    assert "Aucune idée n’a été supprimée" in capsys.readouterr().err
    keep(ready, assess(), "x", datetime(2026, 3, 29, tzinfo=UTC))
    assert main(["purge", "--today", "2099-03-30"]) == 2
    assert len(ideas_of(ready)) == 3
    assert main(["purge", "--today", "2099-03-30", "--force"]) == 0
    assert ideas_of(ready) == ()

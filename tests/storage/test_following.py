"""Several servers, each with its own disk and copy of the file, and one log: the newest entry serves everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pensebete.checklist import accepted as on_disk
from pensebete.checklist.loading import read
from pensebete.checklist.model import ChecklistRef
from pensebete.storage import current
from pensebete.storage.accepted import entries, publish
from pensebete.storage.engine import Store
from pensebete.storage.errors import PublishedMeanwhileError, StoreUnavailableError
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server import accepted_log, live
from pensebete.web.server.accepted_log import follow_log, restore_accepted
from pensebete.web.server.live import Published, Seen, look
from pensebete.web.server.publishing import publish_text
from tests.builders import NOW, mended, sound
from tests.other_checklists import FLOOD


def version(number: str, title: str = "") -> str:
    changed = [("title: {fr: Compter, en: Count}", f"title: {{fr: {title}, en: {title}}}")] if title else []
    return mended(('version: "1"', f'version: "{number}"'), *changed)


ONE, TWO, THREE = version("1"), version("2", "Deux"), version("3", "Trois")


class Machines:
    """Each has the file at the same path, and a disk of its own; one is in use at a time."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
        self.path, self.monkeypatch, self.store = path, monkeypatch, store
        self.seen: dict[str, dict[Path, Seen]] = {}
        self.files: dict[str, str] = {}

    def use(self, name: str, file: str | None = None) -> Machines:
        """Go on with a machine, whose file is now that one."""
        self.files[name] = self.files[name] if file is None else file
        self.monkeypatch.setattr(on_disk, "_beside_the_dossiers", lambda: self.path.parent / name)
        self.monkeypatch.setattr(live, "_seen", self.seen.setdefault(name, {}))
        if not self.path.exists() or self.path.read_text(encoding="utf-8") != self.files[name]:
            self.path.write_text(self.files[name], encoding="utf-8")
        return self

    def restarted(self, name: str, file: str | None = None, new_disk: bool = False) -> Machines:
        self.seen.pop(name, None)
        if new_disk:
            for kept in (self.path.parent / name).rglob("*.*"):
                kept.unlink()
        self.use(name, file)
        restore_accepted()
        return self

    def serves(self) -> str:
        return follow_log().serving.checklist.version

    def publish(self, text: str, who: str = "Ana") -> None:
        checklist, _ = read(text)
        log = entries(self.store, self.path)
        ref = ChecklistRef(id=checklist.id, version=checklist.version)
        publish(self.store, self.path, ref, text, NOW, over=log[-1] if log else None, who=who, why="x")

    def log(self) -> list[str]:
        return [f"{one.version} {one.source}" for one in entries(self.store, self.path)]


@pytest.fixture
def machines(sqlite_url, sqlite_store, tmp_path, monkeypatch) -> Iterator[Machines]:
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(tmp_path / "srv" / "checklist.yaml"))
    (tmp_path / "srv").mkdir()
    current.store.cache_clear()
    yield Machines(tmp_path / "srv" / "checklist.yaml", monkeypatch, sqlite_store)
    current.store().close()
    current.store.cache_clear()


def test_what_is_published_is_served_by_the_others_whose_files_stay_as_they_are(machines):
    assert machines.use("a", ONE).serves() == "1"
    assert machines.use("b", ONE).serves() == "1"
    machines.publish(TWO)
    for name in ("a", "b"):
        assert machines.use(name).serves() == "2"
        assert look().is_older
        assert not look().refused
        assert look().entry.who == "Ana"
        assert look().entry_of_file.number == 1
    assert machines.log() == ["1 file", "2 published"]


def test_a_restart_with_the_old_file_goes_on_with_what_was_published_with_the_database_away_too(machines, monkeypatch):
    machines.use("a", ONE).serves()
    machines.publish(TWO)
    machines.use("a").serves()
    machines.restarted("a")
    with monkeypatch.context() as away:
        away.setattr(current, "store", _away)
        assert look().serving.checklist.version == "2"
        with pytest.raises(StoreUnavailableError):
            follow_log()
        assert look().serving.checklist.version == "2"
        assert look().entry.who == "Ana"
    assert machines.serves() == "2"
    assert machines.log() == ["1 file", "2 published"]


def _away() -> Store:
    raise StoreUnavailableError("unreachable", "Gone")


def test_a_container_made_anew_from_an_image_with_the_old_file_serves_what_was_published(machines):
    machines.use("a", ONE).serves()
    machines.publish(TWO)
    assert machines.restarted("a", ONE, new_disk=True).serves() == "2"
    assert machines.log() == ["1 file", "2 published"]


def test_an_image_with_a_new_file_is_news(machines):
    machines.use("a", ONE).serves()
    machines.publish(TWO)
    assert machines.restarted("a", THREE, new_disk=True).serves() == "3"
    assert machines.log() == ["1 file", "2 published", "3 file"]


def test_a_file_changed_on_the_disk_is_accepted_over_what_was_published(machines):
    machines.use("a", ONE).serves()
    machines.publish(TWO)
    machines.use("a").serves()
    assert machines.use("a", THREE).serves() == "3"
    assert machines.log() == ["1 file", "2 published", "3 file"]


def test_a_file_put_back_on_the_disk_is_a_rollback(machines):
    machines.use("a", ONE).serves()
    machines.use("a", TWO).serves()
    machines.publish(THREE)
    machines.use("a").serves()
    assert machines.use("a", ONE).serves() == "1"
    assert machines.use("b", ONE).serves() == "1"
    assert machines.log() == ["1 file", "2 file", "3 published", "1 file"]


def test_a_file_copied_to_the_second_machine_after_somebody_published_takes_nothing_back(machines):
    for name in ("a", "b"):
        machines.use(name, ONE).serves()
    machines.use("a", TWO).serves()
    machines.publish(THREE)
    assert machines.use("b", TWO).serves() == "3"
    assert look().is_older
    assert machines.log() == ["1 file", "2 file", "3 published"]


def test_two_machines_with_different_files_do_not_take_turns(machines):
    machines.use("a", ONE).serves()
    machines.use("b", TWO).serves()
    for _ in range(3):
        assert machines.use("a").serves() == "2"
        assert machines.use("b").serves() == "2"
        assert machines.restarted("a").serves() == "2"
    assert machines.log() == ["1 file", "2 file"]


def test_a_file_accepted_while_the_database_was_away_comes_after_what_was_published_meanwhile(machines, monkeypatch):
    machines.use("a", ONE).serves()
    with monkeypatch.context() as away:
        away.setattr(current, "store", _away)
        machines.use("a", THREE)
        assert look().serving.checklist.version == "3"
        machines.use("a", ONE)  # and back, while nobody can know
        assert look().serving.checklist.version == "1"
        machines.use("a", THREE)
        look()
    machines.publish(TWO)  # by a machine that reaches it
    assert machines.use("a").serves() == "3"
    assert machines.log() == ["1 file", "2 published", "3 file"]


def test_a_file_that_would_lose_what_was_published_meanwhile_is_refused_and_says_why(machines, monkeypatch):
    machines.use("a", ONE).serves()
    with monkeypatch.context() as away:
        away.setattr(current, "store", _away)
        machines.use("a", version("2", "Autre"))
        assert look().serving.checklist.version == "2"
    machines.publish(TWO)
    assert machines.use("a").serves() == "2"
    assert look().serving.text == TWO
    assert "same-version" in [one.code for one in look().diagnostics]
    assert look().refused


def test_a_refused_file_does_not_come_back_by_itself_once_another_version_is_published(machines):
    machines.use("a", ONE).serves()
    machines.publish(TWO)
    machines.use("a").serves()
    refused = version("2", "Autre")
    assert machines.use("a", refused).serves() == "2"
    machines.publish(THREE)
    assert machines.use("a").serves() == "3"
    assert machines.restarted("a").serves() == "3"
    assert look().is_older
    assert machines.use("a", version("4", "Autre")).serves() == "4"


def test_an_empty_log_of_a_new_database_learns_what_the_disk_serves(machines):
    machines.use("a", ONE)
    assert look().serving.text == ONE
    assert machines.log() == []
    machines.serves()
    assert machines.log() == ["1 file"]


def test_a_broken_file_changes_nothing_and_what_is_published_meanwhile_is_served(machines):
    machines.use("a", ONE).serves()
    assert machines.use("a", "title: 'open").serves() == "1"
    machines.publish(TWO)
    assert machines.use("a").serves() == "2"
    assert look().refused
    assert machines.use("a", ONE).serves() == "2"  # as it was: nobody went back to it
    assert look().is_older


def test_another_checklist_published_is_served_and_the_disk_knows_which_is_the_newest(machines, monkeypatch):
    flood = FLOOD.read_text(encoding="utf-8")
    machines.use("a", ONE).serves()
    machines.publish(flood)
    served = machines.use("a").serves()
    machines.publish(ONE)
    assert machines.use("a").serves() == "1"
    machines.restarted("a")
    with monkeypatch.context() as away:
        away.setattr(current, "store", _away)
        assert look().serving.text == ONE
    assert served == read(flood)[0].version


def test_a_text_that_this_program_cannot_read_yet_changes_nothing_even_where_another_checklist_came_before(
    machines, monkeypatch, caplog
):
    flood = FLOOD.read_text(encoding="utf-8")
    machines.use("a", flood).serves()
    machines.publish(ONE)
    assert machines.use("a").serves() == "1"
    machines.publish(TWO)
    reads = live.read
    with monkeypatch.context() as older:  # a rule of a later program, say
        older.setattr(live, "read", lambda text, *rest: reads("" if text == TWO else text, *rest))
        assert machines.use("a").serves() == "1"
        for language in LANGUAGES:
            told = wording(language)("reload.unread", file=machines.path, number=3, version="1")
            assert caplog.messages.count(told) == 1
        # Nor can who sees version 1 here publish over the one that nobody could see.
        with pytest.raises(PublishedMeanwhileError):
            publish_text(Published(sound(THREE), THREE), look().compared_with, "Bo", "x", "published", None)
        older.setattr(on_disk, "read", live.read)
        machines.restarted("a")
        assert machines.serves() == "1"
        assert look().accepted[0].text == ONE  # what its file would be compared with
    assert machines.restarted("a").serves() == "2"
    assert machines.log()[-1] == "2 published"


def test_a_look_at_an_unchanged_log_reads_no_text(machines, monkeypatch):
    machines.use("a", ONE).serves()
    monkeypatch.setattr(accepted_log, "follow", None)
    assert follow_log() is look()

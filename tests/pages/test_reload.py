"""The checklist's file is edited while the app runs: what new visits see, what those under way see, what is logged."""

from __future__ import annotations

import json
import logging
import os
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pensebete.storage.dossiers import keep, open_link
from pensebete.storage.engine import Store
from pensebete.storage.sync import saving_of_kept, saving_of_opened
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server import live
from tests.builders import NOW, mended
from tests.pages.visit import ROUTER, Visit
from tests.yardstick import slowness

NEWER = ('version: "1"', 'version: "2"')
REWORDED = ("title: {fr: Parler, en: Talk}", "title: {fr: Dire, en: Say}")
SAY = wording("fr")


class Publisher:
    """The staff's editor: each save is a file of its own time, however quick the test."""

    def __init__(self, file: Path) -> None:
        self.file, self.saves = file, 0

    def save(self, text: str) -> None:
        self.saves += 1
        self.file.write_text(text, encoding="utf-8")
        os.utime(self.file, (self.saves, self.saves))


@pytest.fixture
def publisher(tmp_path, monkeypatch) -> Publisher:
    found = Publisher(tmp_path / "checklist.yaml")
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(found.file))
    found.save(mended())
    return found


def run(visit: Visit) -> str:
    visit.app.run()
    return visit.texts()


def notice(version: str) -> str:
    return SAY("reload.newer", version=version)


def test_a_new_visit_sees_the_version_saved_a_moment_ago(publisher):
    Visit()
    publisher.save(mended(NEWER, ("{fr: Petite liste,", "{fr: Nouvelle liste,")))
    assert Visit().app.title[0].value == "Nouvelle liste"


def test_a_visit_that_said_nothing_yet_takes_the_new_version_without_a_word(publisher):
    visit = Visit()
    publisher.save(mended(NEWER))
    assert notice("2") not in run(visit)
    assert visit.assessment.checklist.version == "2"


def test_a_visit_under_way_is_told_and_goes_on_with_the_version_it_began(publisher):
    visit = Visit().open("questionnaire").set("radio", "status.cash", "done")
    publisher.save(mended(NEWER, REWORDED))
    for page in ("questionnaire", "results", "action_plan", "start"):
        assert notice("2") in visit.open(page).texts()
    visit.open("questionnaire").press("Suivant\u00a0: Personnes")
    assert visit.widget("radio", "status.talk").label == "Parler"
    visit.set("radio", "status.talk", "in_progress")
    assert visit.assessment.checklist.version == "1"


def test_it_takes_the_new_version_when_it_chooses_and_its_answers_follow(publisher):
    visit = Visit().open("questionnaire").set("radio", "status.cash", "done").press("Suivant\u00a0: Personnes")
    visit.set("radio", "status.talk", "done")
    publisher.save(mended(NEWER, REWORDED))
    visit.app.run()
    visit.press(SAY("reload.take"))
    assert notice("2") not in visit.texts()
    assert "La liste est passée de la version 1 à la version 2" in visit.texts()
    assert visit.widget("radio", "status.talk").label == "Dire"
    assert visit.assessment.answers["cash"].status == "done"
    assert visit.assessment.answers["talk"].confirm
    assert visit.assessment.checklist.version == "2"


def test_a_comment_is_no_new_version(publisher):
    visit = Visit().open("questionnaire").set("radio", "status.cash", "done")
    publisher.save(mended() + "\n# un commentaire\n")
    assert "nouvelle version" not in run(visit)


def test_another_checklist_under_the_same_path_leaves_a_visit_under_way_alone(publisher):
    visit = Visit().open("questionnaire").set("radio", "status.cash", "done")
    publisher.save(mended(("id: small", "id: other")))
    assert SAY("reload.another") in run(visit)
    assert not [button for button in visit.app.button if button.label == SAY("reload.take")]
    visit.open("results")
    assert visit.assessment.answers["cash"].status == "done"


BROKEN = [
    ("a mistake", mended(("vital: true", "vitl: true"))),
    ("no YAML", "title: 'open"),
    ("an empty file", ""),
]


@pytest.mark.parametrize("text", [text for _, text in BROKEN], ids=[name for name, _ in BROKEN])
def test_a_broken_file_leaves_the_last_sound_version_to_everybody_and_tells_the_operator(publisher, caplog, text):
    visit = Visit().open("questionnaire").set("radio", "status.cash", "done")
    with caplog.at_level(logging.WARNING, logger=live.__name__):
        publisher.save(text)
        assert "révision" not in run(visit)
        new = Visit()
        assert new.app.title[0].value == "Petite liste"
        Visit()
    said = [record.getMessage() for record in caplog.records if record.name == live.__name__]
    assert any(line.startswith(f"{publisher.file}:") for line in said)
    assert len(said) == len(set(said)), "told once, not at each visit"
    assert SAY("reload.goes_on", version="1") in said


def test_a_file_that_is_gone_leaves_the_last_sound_version_too_and_comes_back(publisher, caplog):
    Visit()
    publisher.file.unlink()
    assert Visit().app.title[0].value == "Petite liste"
    assert "cannot be read" in caplog.text
    publisher.save(mended(NEWER))
    assert Visit().assessment.checklist.version == "2"


def test_a_mended_file_is_served_at_once(publisher, caplog):
    Visit()
    publisher.save("title: 'open")
    Visit()
    publisher.save(mended(NEWER))
    assert Visit().assessment.checklist.version == "2"
    assert SAY("reload.serves", file=publisher.file, version="2") in caplog.text


def test_what_a_broken_file_says_can_forge_no_line_of_the_log(publisher, caplog):
    Visit()
    publisher.save(mended(("vital: true", '"a\\nb\\e[2J": true')))
    Visit()
    assert all("\n" not in record.getMessage() and "\x1b" not in record.getMessage() for record in caplog.records)


# What is served while the file cannot be


def restarted() -> None:
    """As a server that starts anew: it knows what its disk knows."""
    live._seen.clear()


def test_a_broken_file_and_a_restart_leave_visitors_with_the_text_accepted_last(publisher):
    Visit()
    publisher.save("title: 'open")
    restarted()
    visit = Visit()
    assert visit.assessment.checklist.version == "1"
    assert visit.open("questionnaire").widget("radio", "status.cash").label == "Compter"


def test_a_missing_file_and_a_restart_do_the_same(publisher):
    Visit()
    publisher.file.unlink()
    restarted()
    assert Visit().assessment.checklist.version == "1"


def test_a_text_that_loses_an_id_is_not_served_and_the_operator_is_told(publisher, caplog):
    Visit()
    publisher.save(mended(NEWER, ("id: listen", "id: hark"), ("{hear: listen}", "{hear: hark}")))
    with caplog.at_level(logging.ERROR, logger=live.__name__):
        assert Visit().assessment.checklist.version == "1"
    assert "vanished-id" in caplog.text
    assert "listen" in caplog.text


def test_other_content_under_the_same_version_is_not_served_and_under_a_new_one_it_is(publisher):
    Visit()
    publisher.save(mended(REWORDED))
    assert live.look().serving.checklist.items["talk"].title["fr"] == "Parler"
    assert [one.code for one in live.look().diagnostics if one.severity == "mistake"] == ["same-version"]
    publisher.save(mended(NEWER, REWORDED))
    assert live.look().serving.checklist.items["talk"].title["fr"] == "Dire"
    assert not live.look().refused


def test_a_comment_is_accepted_under_the_same_version_and_no_visit_hears_of_it(publisher):
    visit = Visit()
    publisher.save(mended(("version:", "# a word among ourselves\nversion:")))
    assert notice("1") not in run(visit)
    assert "among ourselves" in live.look().serving.text


def test_where_no_text_was_ever_accepted_managers_read_two_sentences_and_staff_mend_it_in_the_workshop(
    publisher, monkeypatch
):
    publisher.file = publisher.file.with_name("other.yaml")
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(publisher.file))
    publisher.save(mended(("vital: true", "vitl: true")))
    app = AppTest.from_file(ROUTER, default_timeout=120).run()
    assert not app.exception
    for language in LANGUAGES:
        assert wording(language)("unsound.explained") in [element.value for element in app.markdown]
    assert not any("vitl" in element.value for element in app.markdown)
    app.switch_page("../../pages/workshop.py").run()
    assert not app.exception
    said = app.markdown[1].value.replace("\\", "")
    assert SAY("workshop.disk.refused", n=1) in said
    assert SAY("workshop.disk.nothing_served") in said
    app.button(key="workshop.disk.show").click().run()
    assert not app.exception
    assert "vitl: true" in app.text_area(key="workshop.text").value
    assert app.error[0].value.replace("\\", "").startswith(SAY("workshop.unsound", n=1))
    publisher.save(mended())
    app.run()
    assert not app.exception
    assert app.session_state["assessment"].checklist.id == "small"


def test_a_dossier_resumed_after_the_change_is_asked_to_confirm_what_was_reworded(publisher):
    visit = Visit().open("questionnaire").press("Suivant\u00a0: Personnes").set("radio", "status.talk", "done")
    made = visit.assessment
    publisher.save(mended(NEWER, REWORDED))
    Visit()
    assert live.version_served(made.checklist).items["talk"].title["fr"] == "Parler"


# A saved dossier


def saving_visit(store: Store, token: str = "") -> tuple[Visit, str]:
    """A visit that answered and saved its dossier, or that opened the one of a link; and the link."""
    visit = Visit().open("questionnaire")
    if not token:
        visit.set("radio", "status.cash", "done")
        text = live.look().serving.text
        kept = keep(store, visit.assessment, text, NOW)
        visit.app.session_state["saving"] = saving_of_kept(store, kept, visit.assessment, text, NOW)
        return visit, kept.token
    opened = open_link(store, token, NOW)
    visit.app.session_state["assessment"] = opened.assessment
    visit.app.session_state["saving"] = saving_of_opened(store, opened, live.look().serving.text)
    visit.app.run()
    return visit, token


def test_a_saved_dossier_keeps_its_checklist_beside_it_when_it_moves_to_the_new_version(publisher, store):
    visit, token = saving_visit(store)
    publisher.save(mended(NEWER, REWORDED))
    visit.app.run()
    assert open_link(store, token, NOW).checklist_text == mended()
    visit.press(SAY("reload.take")).set("radio", "status.cash", "in_progress")
    opened = open_link(store, token, NOW)
    assert opened.checklist_text == mended(NEWER, REWORDED)
    assert opened.assessment.checklist.version == "2"


def test_who_shares_a_dossier_moves_with_whoever_moved_it_to_the_new_version(publisher, store):
    first, token = saving_visit(store)
    second, _ = saving_visit(store, token)
    publisher.save(mended(NEWER, REWORDED))
    second.app.run()
    second.press(SAY("reload.take")).set("radio", "status.cash", "in_progress")
    first.app.run()
    first.app.run()
    assert first.assessment.checklist.version == "2"
    assert SAY("reload.newer", version="2") not in first.texts()
    assert first.app.session_state["published"].checklist.version == "2"


def test_looking_at_a_file_that_did_not_change_takes_less_than_a_tenth_of_a_millisecond(publisher):
    live.look()

    def a_look() -> float:
        start = time.perf_counter()
        live.look()
        return time.perf_counter() - start

    assert min(a_look() for _ in range(500)) < 0.0001 * slowness()


def drafts_of(of: str | None, **fields: object) -> str:
    return json.dumps({"of": of, "fields": fields})


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (lambda own: drafts_of(own, **{"note-board-position": "coupée"}), "coupée"),
        (lambda own: drafts_of("00000000-0000-0000-0000-000000000001", **{"note-board-position": "x"}), ""),
        (lambda _: drafts_of(None, **{"note-board-position": "x"}), ""),
        (lambda own: drafts_of(own, **{"note-board-position": ["x"], "status-board-position": "done"}), ""),
        (lambda _: "[" * 100_000, ""),
        (lambda _: "null", ""),
    ],
)
def test_words_that_a_reload_cut_off_go_into_the_dossier_they_were_typed_for_and_rubbish_nowhere(visit, told, kept):
    visit.open("questionnaire").set("radio", "status.board-position", "to_do")
    state = visit.app.session_state
    told_now = told(str(visit.assessment.id))

    def script(words: str) -> None:
        from pensebete.web import session
        from pensebete.web.layout.tab_backup import take_drafts

        take_drafts(session.checklist(), words)

    hearing = AppTest.from_function(script, kwargs={"words": told_now})
    for name in ("assessment", "published", "latest", "said_something", "edition"):
        hearing.session_state[name] = state[name]
    hearing.run()
    assert not hearing.exception
    answer = hearing.session_state["assessment"].answer("board-position")
    assert (answer.note, answer.status) == (kept, "to_do")

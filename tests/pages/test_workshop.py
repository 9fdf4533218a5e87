"""The workshop: a draft checked, previewed and compared in one visit; nothing is written, nothing of one's own lost."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit
from streamlit.runtime.uploaded_file_manager import DeletedFile

from pensebete.checklist.diagnostics.text_edit import of_line
from pensebete.checklist.item_template import item_skeleton
from pensebete.checklist.loading import read
from pensebete.text.wording import wording
from pensebete.web.server import reading
from pensebete.web.views.workshop import draft
from tests.builders import MINIMAL, ROOT, SHIPPED, mended, sound
from tests.other_checklists import CYBER, FLOOD
from tests.pages.staff import as_staff
from tests.pages.visit import Visit

SAY = wording("fr")
NEWER = ('version: "1"', 'version: "2"')


@pytest.fixture
def visit(monkeypatch) -> Visit:
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(MINIMAL))
    return Visit()


def give(visit: Visit, text: str) -> Visit:
    """Paste a text into the workshop."""
    visit.open("workshop")
    visit.app.text_area(key="workshop.text").set_value(text).run()
    return visit._sound()


def view(visit: Visit, name: str, part: str = "") -> Visit:
    visit.app.button_group(key="workshop.view").set_value(name).run()
    if part:
        visit.app.button_group(key="workshop.part").set_value(part).run()
    return visit._sound()


def html(visit: Visit) -> str:
    return "\n".join(element.proto.body for element in visit.app.get("html"))


def test_the_workshop_is_a_quiet_link_at_the_foot_of_every_page_and_not_a_step_of_the_journey(visit):
    for page in ("start", "results"):
        visit.open(page)
        links = [link.proto.label for link in visit.app.get("page_link")]
        assert links[-1] == SAY("workshop.link")
        assert SAY("pages.workshop") not in links


def test_with_nothing_given_it_says_how_to_begin(visit):
    assert SAY("workshop.nothing_given") in visit.open("workshop").texts()


def test_each_mistake_stands_under_its_line_with_the_lines_around(visit):
    give(visit, mended(NEWER, ("urgency: 1", "urgency: 9"), ("vital: true", "vitl: true")))
    assert SAY("workshop.unsound", n=2) in visit.texts()
    shown = html(visit)
    assert (
        "   45      <mark>    vital: true</mark>".replace("vital", "vitl").replace("      <mark>", "  <mark>") in shown
    )
    assert "   44    - id: money\n" in shown
    assert "Vouliez-vous dire «\u00a0vital\u00a0»?" in shown
    assert shown.index("vitl") < shown.index("urgency: 9")


def test_the_mistakes_are_said_in_english_too(visit):
    give(visit, mended(("vital: true", "vitl: true"))).press("English").open("workshop")
    assert "Did you mean “vital”?" in html(visit)


def test_a_text_that_is_no_checklist_is_shown_as_text_and_runs_nothing(visit):
    give(visit, "<script>alert(1)</script>: [<img src=x onerror=alert(1)>")
    assert "<script>" not in html(visit)
    assert "<img src=x" not in html(visit)


def test_a_sound_draft_says_its_version_and_how_many_items(visit):
    give(visit, mended(NEWER))
    assert SAY("workshop.sound", version="2", n=3) in visit.texts()


def test_the_draft_is_still_there_after_other_pages_and_in_the_other_language(visit):
    give(visit, mended(NEWER)).open("results").open("workshop")
    assert visit.app.text_area(key="workshop.text").value == mended(NEWER)
    visit.press("English")
    assert visit.app.text_area(key="workshop.text").value == mended(NEWER)


def test_it_can_begin_from_the_published_checklist(visit):
    visit.open("workshop").press(SAY("workshop.from_published"))
    assert visit.app.text_area(key="workshop.text").value == MINIMAL.read_text(encoding="utf-8")
    view(visit, "differences")
    assert SAY("diff.nothing") in visit.texts()


def test_the_differences_from_the_published_checklist_are_in_words(visit):
    give(visit, mended(NEWER, ("weight: 1.5", "weight: 2")))
    view(visit, "differences")
    assert "Poids dans le résultat\u00a0: «\u00a01,5\u00a0» devient «\u00a02\u00a0»" in visit.texts()
    assert SAY("diff.effect.nothing_to_answer") in visit.texts()


def test_the_logic_of_the_draft_is_in_words(visit):
    give(visit, mended(NEWER))
    assert "Mis de côté" not in view(visit, "logic").texts()
    assert "la réponse à «\u00a0Du personnel?\u00a0» est «\u00a0Oui\u00a0»" in visit.texts()


def test_the_preview_asks_the_draft_and_leaves_the_visits_own_answers_aside(visit):
    visit.open("questionnaire").set("radio", "status.cash", "done")
    give(visit, mended(NEWER, ("title: {fr: Compter, en: Count}", "title: {fr: Recompter, en: Recount}")))
    view(visit, "preview", "questionnaire")
    assert SAY("trial.shown", version="2") in visit.texts()
    assert visit.widget("radio", "status.cash").label == "Recompter"
    assert visit.widget("radio", "status.cash").value is None
    visit.set("radio", "status.cash", "to_do")
    view(visit, "preview", "results")
    assert "Essentiels\u00a0: 0 sur 1" in visit.texts()
    visit.press(SAY("trial.end")).open("questionnaire")
    assert visit.widget("radio", "status.cash").label == "Compter"
    assert visit.widget("radio", "status.cash").value == "done"
    assert visit.assessment.checklist.version == "1"


def test_the_preview_goes_on_through_every_page_of_the_app(visit):
    view(give(visit, FLOOD.read_text(encoding="utf-8")), "preview")
    for page in ("start", "questionnaire", "results", "action_plan", "dossier"):
        assert SAY("trial.shown", version="3") in visit.open(page).texts()
    assert SAY("trial.nothing_kept") in visit.texts()
    assert not [button for button in visit.app.button if (button.key or "").startswith("keep")]
    assert visit.open("questionnaire").widget("radio", "status.cut-power").label == "Couper le courant"


def test_the_preview_follows_the_text_and_keeps_the_answers_of_the_trial(visit):
    view(give(visit, mended(NEWER)), "preview", "questionnaire")
    visit.set("radio", "status.cash", "in_progress")
    visit.app.text_area(key="workshop.text").set_value(
        mended(NEWER, ("title: {fr: Compter, en: Count}", "title: {fr: Recompter, en: Recount}"))
    ).run()
    assert visit.widget("radio", "status.cash").label == "Recompter"
    assert visit.widget("radio", "status.cash").value == "in_progress"


def test_while_the_draft_has_a_mistake_the_preview_asks_to_mend_it_first(visit):
    view(give(visit, mended(NEWER)), "preview")
    visit.app.text_area(key="workshop.text").set_value("title: 'open").run()
    assert SAY("workshop.mend_first") in visit.texts()


def test_a_draft_in_other_languages_is_previewed_in_one_of_them_and_the_visits_own_language_comes_back(visit):
    view(give(visit, CYBER.read_text(encoding="utf-8")), "preview")
    visit.press("Polski")
    view(visit, "preview", "questionnaire")
    assert visit.widget("radio", "status.unplug").label == "Odłączyć zarażone komputery"
    visit.press(SAY("trial.end"))
    assert visit.assessment.language == "fr"


def test_the_copy_kept_in_the_tab_stays_that_of_the_visit(visit):
    visit.open("questionnaire").set("radio", "status.cash", "done")
    assert "<pre hidden>" in html(visit.open("results"))
    view(give(visit, mended(NEWER)), "preview", "questionnaire")
    visit.set("radio", "status.cash", "to_do")
    visit.app.run()
    assert "<pre hidden>" not in html(visit)
    visit.press(SAY("trial.end"))
    copy = next(body for body in html(visit).splitlines() if body.startswith("<pre hidden>"))
    assert "&quot;done\\&quot;" in copy
    assert "to_do" not in copy


def test_a_new_version_published_meanwhile_leaves_the_trial_alone(visit, tmp_path, monkeypatch):
    view(give(visit, mended(NEWER)), "preview", "questionnaire").set("radio", "status.cash", "done")
    file = tmp_path / "checklist.yaml"
    file.write_text(mended(('version: "1"', 'version: "9"')), encoding="utf-8")
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(file))
    visit.app.run()
    assert visit.assessment.checklist.version == "2"
    assert SAY("reload.newer", version="9") not in visit.texts()
    visit.press(SAY("trial.end"))
    assert visit.assessment.checklist.version == "9"  # nothing was said of its own


def test_nothing_is_written_on_the_server(visit, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def disk() -> dict[Path, str]:
        files = [*ROOT.glob("*"), *(ROOT / "data").glob("*"), *(ROOT / "docs").glob("*"), *tmp_path.glob("*")]
        return {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()}

    before = disk()
    view(give(visit, mended(NEWER, ("weight: 1.5", "weight: 2"))), "preview", "questionnaire")
    visit.set("radio", "status.cash", "done")
    for name in ("differences", "dossier", "logic", "skeleton"):
        view(visit, name)
    for page in ("results", "action_plan", "dossier"):
        visit.open(page)
    assert disk() == before


@pytest.mark.parametrize("source", [SHIPPED, FLOOD, CYBER], ids=["shipped", "flood", "cyber attack"])
def test_the_new_item_to_copy_is_sound_under_any_domain_of_any_checklist(source):
    text = source.read_text(encoding="utf-8")
    checklist = sound(text)
    new = item_skeleton(checklist, SAY)
    longer = text.replace("    items:\n", f"    items:\n{new}", 1)
    found, diagnostics = read(longer)
    assert found is not None, [diagnostic.sentence("en") for diagnostic in diagnostics]
    assert len(found.items) == len(checklist.items) + 1
    assert "new-item-2" in item_skeleton(found, SAY)


def test_the_new_item_to_copy_is_shown(visit):
    view(give(visit, mended(NEWER)), "skeleton")
    assert "- id: new-item-1" in visit.app.code[0].value


def test_a_dropped_file_that_the_server_has_no_longer_is_said(visit, monkeypatch):
    visit.open("workshop")
    truly = streamlit.file_uploader

    def dropped_before_a_restart(label, **settings):
        if settings.get("key") == "workshop.file":
            streamlit.session_state["workshop.file.gone"] = DeletedFile("1")
            monkeypatch.setattr(draft, "_FILE", "workshop.file.gone")
            settings["on_change"]()
            monkeypatch.setattr(draft, "_FILE", "workshop.file")
        return truly(label, **settings)

    monkeypatch.setattr(streamlit, "file_uploader", dropped_before_a_restart)
    visit.app.run()
    monkeypatch.undo()
    visit.app.run()
    assert SAY("resume.upload_gone") in visit.texts()


def test_a_draft_whose_reading_is_given_up_is_a_sentence_and_the_next_one_is_read(visit, monkeypatch):
    with monkeypatch.context() as slow:
        slow.setitem(reading.SECONDS, "checklist", -10.0)  # the seconds that a child has to start are spent too
        give(visit, mended())
        assert SAY("workshop.given_up") in visit.texts()
    give(visit, mended(NEWER))
    assert SAY("workshop.given_up") not in visit.texts()


# One verdict


def test_the_workshop_says_what_publication_would_say_of_the_same_text(visit):
    give(visit, mended(("title: {fr: Compter, en: Count}", "title: {fr: Recompter, en: Recount}")))
    assert SAY("workshop.unsound", n=1) in visit.texts()
    assert "(same-version)" in html(visit)
    give(visit, mended(NEWER, ("id: listen", "id: hark"), ("{hear: listen}", "{hear: hark}")))
    assert "(vanished-id)" in html(visit)


def test_a_resource_that_nobody_looked_at_for_long_is_warned_of_as_check_does(visit):
    give(visit, mended(NEWER, ("verified_on: 2026-03-01", "verified_on: 2020-03-01")))
    assert "(stale-resource)" in html(visit)
    assert SAY("workshop.sound", version="2", n=3) in visit.texts()


# What the staff wrote is not replaced unasked, and not told to everybody


def test_another_text_asks_before_it_takes_the_place_of_the_draft(visit):
    give(visit, mended(NEWER)).press(SAY("workshop.from_published"))
    field = visit.app.text_area(key="workshop.text")
    assert field.value == mended(NEWER)
    visit.press(SAY("workshop.replace.no"))
    assert SAY("workshop.replace") not in visit.texts()
    visit.press(SAY("workshop.from_published")).press(SAY("workshop.replace.yes"))
    assert visit.app.text_area(key="workshop.text").value == MINIMAL.read_text(encoding="utf-8")
    visit.press(SAY("workshop.take_back"))
    assert visit.app.text_area(key="workshop.text").value == mended(NEWER)


def commented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    text = mended(
        ("version:", "# call the treasurer\nversion:"), ("languages: [fr, en]", "languages: [fr, en]  # both")
    )
    file = tmp_path / "checklist.yaml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(file))
    return text


def test_visitors_get_the_published_text_without_its_comments_and_staff_with_them(tmp_path, monkeypatch):
    text = commented(tmp_path, monkeypatch)
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", "sésame")
    visit = Visit().open("workshop").press(SAY("workshop.from_published"))
    given = visit.app.text_area(key="workshop.text").value
    assert "treasurer" not in given
    assert "# both" not in given
    assert read(given)[0] == read(text)[0]
    as_staff(visit)
    visit.press(SAY("workshop.from_published"))  # nothing was written here: nothing is asked
    assert visit.app.text_area(key="workshop.text").value == text
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", "another")
    visit.press(SAY("workshop.from_published"))
    assert visit.app.text_area(key="workshop.text").value == given


def test_where_no_key_is_set_nobody_is_staff_and_none_is_asked_for(tmp_path, monkeypatch):
    commented(tmp_path, monkeypatch)
    visit = Visit().open("workshop").press(SAY("workshop.from_published"))
    assert "treasurer" not in visit.app.text_area(key="workshop.text").value
    drawn = [one.proto.component_name for one in visit.app.get("bidi_component")]
    assert "staff_key" not in drawn
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", "sésame")
    visit.app.run()
    assert "staff_key" in [one.proto.component_name for one in visit.app.get("bidi_component")]


def test_a_server_may_have_no_workshop(visit, monkeypatch):
    monkeypatch.setenv("PENSEBETE_WORKSHOP", "off")
    visit.open("results")
    assert SAY("workshop.link") not in [link.proto.label for link in visit.app.get("page_link")]


# Edits


def test_the_edits_that_are_sure_are_made_at_once_and_taken_back(visit, monkeypatch):
    broken = mended(NEWER, ("vital: true", "vitl: true"))
    line = broken.splitlines().index("    vitl: true") + 1
    truly = draft.read_checklist

    def with_an_edit(*asked):
        checklist, diagnostics = truly(*asked)
        return checklist, tuple(
            replace(one, edit=of_line(line, "    vitl: true", "    vital: true"))
            if one.code == "unknown-field"
            else one
            for one in diagnostics
        )

    monkeypatch.setattr(draft, "read_checklist", with_an_edit)
    give(visit, broken)
    assert "data-edit=" in html(visit)
    visit.press(SAY("workshop.mend_all", n=1))
    assert SAY("workshop.sound", version="2", n=3) in visit.texts()
    visit.press(SAY("workshop.take_back"))
    assert visit.app.text_area(key="workshop.text").value == broken


# The file on the server's disk


def test_a_file_that_is_not_published_is_said_with_its_text_and_what_is_wrong_with_it(tmp_path, monkeypatch):
    text = commented(tmp_path, monkeypatch)
    Visit()
    (tmp_path / "checklist.yaml").write_text(text.replace("vital: true", "vitl: true"), encoding="utf-8")
    visit = Visit().open("workshop")
    assert SAY("workshop.disk.refused", n=1) in visit.texts()
    assert SAY("workshop.disk.served", version="1") in visit.texts()
    visit.press(SAY("workshop.disk.show"))
    assert "vitl: true" in visit.app.text_area(key="workshop.text").value
    assert "treasurer" not in visit.app.text_area(key="workshop.text").value
    assert SAY("workshop.unsound", n=1) in visit.texts()

"""« Publier » and « Versions »: seen before the click, over what was seen and nothing else, by the staff alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pensebete.checklist.loading import read
from pensebete.checklist.model import ChecklistRef
from pensebete.storage import current
from pensebete.storage.accepted import entries, publish
from pensebete.storage.engine import Store
from pensebete.storage.errors import StoreUnavailableError
from pensebete.text.wording import wording
from pensebete.web.server.accepted_log import follow_log
from pensebete.web.server.live import look
from tests.builders import NOW, mended
from tests.pages.staff import as_staff
from tests.pages.test_workshop import give, html, view
from tests.pages.visit import Visit

SAY = wording("fr")
NEWER = ('version: "1"', 'version: "2"')
COMMENTED = ("version:", "# call the treasurer\nversion:")
TWO = mended(COMMENTED, NEWER, ("weight: 1.5", "weight: 2"))


class Served:
    """A server whose file is the small checklist, with a comment of the staff."""

    def __init__(self, file: Path, store: Store) -> None:
        self.file, self.store = file, store

    @property
    def log(self) -> list[tuple[str, str, str]]:
        return [(one.version, one.source, one.who) for one in entries(self.store, self.file)]

    def publish_elsewhere(self, text: str, who: str = "Bo") -> None:
        checklist, _ = read(text)
        ref = ChecklistRef(id=checklist.id, version=checklist.version)
        over = entries(self.store, self.file)[-1]
        publish(self.store, self.file, ref, text, NOW, over=over, who=who, why="a number")


@pytest.fixture
def served(store, tmp_path, monkeypatch) -> Served:
    file = tmp_path / "checklist.yaml"
    file.write_text(mended(COMMENTED), encoding="utf-8")
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(file))
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{store.file}")
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", "sésame")
    monkeypatch.setattr(current, "store", lambda: store)
    follow_log()
    return Served(file, store)


def staff() -> Visit:
    return as_staff(Visit().open("workshop"))


def declare(visit: Visit, form: str = "publish", who: str = "Ana", why: str = "a weight") -> Visit:
    visit.widget("text_input", f"{form}.who").set_value(who)
    visit.widget("text_input", f"{form}.why").set_value(why)
    visit.app.run()
    return visit._sound()


def test_who_has_not_given_the_key_can_neither_publish_nor_see_who_did(served):
    served.publish_elsewhere(TWO, who="Bo Tremblay")
    follow_log()
    visit = Visit().open("workshop")
    of_staff = {SAY(f"workshop.view.{one}") for one in ("publish", "versions", "ideas")}
    assert not of_staff & set(visit.app.button_group(key="workshop.view").options)
    assert "Tremblay" not in visit.texts()
    assert of_staff <= set(as_staff(visit).app.button_group(key="workshop.view").options)
    assert "Tremblay" in visit.texts()


def test_the_difference_and_its_effect_stand_before_the_click_and_the_click_serves_it(served):
    visit = view(give(staff(), TWO), "publish")
    said = visit.texts()
    assert "Poids dans le résultat\u00a0: «\u00a01,5\u00a0» devient «\u00a02\u00a0»" in said
    assert SAY("diff.effect.nothing_to_answer") in said
    visit.press(SAY("publish.publish", version="2"))
    assert SAY("publish.who.missing") in visit.texts()
    assert SAY("publish.why.missing") in visit.texts()
    assert len(served.log) == 1
    declare(visit).press(SAY("publish.publish", version="2"))
    assert SAY("publish.done", version="2", number=2) in visit.texts()
    assert served.log[-1] == ("2", "published", "Ana")
    assert look().serving.text == TWO
    assert SAY("publish.same") in visit.texts()
    assert Visit().assessment.checklist.version == "2"
    # A visit in progress keeps its own, and is offered this one.
    assert SAY("served.older.staff", number=1) in visit.texts()
    assert SAY("served.older", number=1) in Visit().open("workshop").texts()  # who has no key has no « Versions »


def test_a_draft_that_has_a_mistake_or_the_number_of_what_is_served_cannot_be_published(served):
    for text in ("title: 'open", mended(COMMENTED, ("weight: 1.5", "weight: 2"))):
        visit = view(give(staff(), text), "publish")
        assert SAY("workshop.mend_first") in visit.texts()
        assert not [one for one in visit.app.button if (one.key or "").startswith("publish.")]


def test_what_was_published_since_the_draft_began_is_shown_beside_it_and_nothing_is_replaced(served):
    visit = staff().press(SAY("workshop.from_published"))
    mine = mended(COMMENTED, ('version: "1"', 'version: "3"'), ("vital: true", "vital: false"))
    visit.app.text_area(key="workshop.text").set_value(mine).run()
    served.publish_elsewhere(TWO)
    follow_log()
    view(visit, "publish")
    assert SAY("publish.meanwhile.by", number=2, who="Bo", why="a number") in visit.texts()
    assert not [one for one in visit.app.button if one.key == "publish.publish"]
    assert not [one for one in visit.app.button if one.key == "publish.keep_mine"]  # it would undo what they changed
    visit.press(SAY("draft.take_merge"))
    both = mended(
        COMMENTED, ('version: "1"', 'version: "3"'), ("vital: true", "vital: false"), ("weight: 1.5", "weight: 2")
    )
    assert visit.app.text_area(key="workshop.text").value == both
    declare(visit).press(SAY("publish.publish", version="3"))
    assert served.log[-1] == ("3", "published", "Ana")
    assert look().serving.text == both


def test_what_was_published_between_the_page_and_the_click_is_not_replaced(served):
    mine = mended(COMMENTED, ('version: "1"', 'version: "3"'), ("weight: 1.5", "weight: 3"))
    visit = declare(view(give(staff(), mine), "publish"))
    served.publish_elsewhere(TWO)  # this server has not heard of it
    visit.press(SAY("publish.publish", version="3"))
    assert served.log[-1] == ("2", "published", "Bo")
    assert SAY("publish.meanwhile.by", number=2, who="Bo", why="a number") in visit.texts()
    assert visit.app.text_area(key="workshop.text").value.startswith("id: small")
    visit.press(SAY("publish.keep_mine"))
    assert "«\u00a02\u00a0» devient «\u00a03\u00a0»" in visit.texts()  # what it would take back is said


def test_a_draft_begun_without_the_comments_does_not_take_them_out_of_the_file(served):
    visit = Visit().open("workshop").press(SAY("workshop.from_published"))
    text = visit.app.text_area(key="workshop.text").value
    assert "treasurer" not in text
    visit.app.text_area(key="workshop.text").set_value(
        text.replace(*NEWER).replace("vital: true", "vital: false")
    ).run()
    view(as_staff(visit), "publish")
    assert SAY("publish.comments_left") in visit.texts()
    visit.press(SAY("publish.comments"))
    assert visit.app.text_area(key="workshop.text").value == mended(COMMENTED, NEWER, ("vital: true", "vital: false"))


def test_a_database_that_is_away_publishes_nothing_and_keeps_the_draft(served, monkeypatch):
    visit = declare(view(give(staff(), TWO), "publish"))

    def away() -> Store:
        raise StoreUnavailableError("unreachable", "Gone")

    monkeypatch.setattr(current, "store", away)
    visit.press(SAY("publish.publish", version="2"))
    assert SAY("store.unavailable.unreachable") in visit.texts()
    assert visit.app.text_area(key="workshop.text").value == TWO
    assert look().serving.checklist.version == "1"


def test_where_the_key_was_changed_since_the_page_was_drawn_nothing_is_published(served, monkeypatch):
    visit = declare(view(give(staff(), TWO), "publish"))
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", "another")
    visit.press(SAY("publish.publish", version="2"))
    assert len(served.log) == 1
    assert visit.app.text_area(key="workshop.text").value == TWO


def test_a_version_says_when_who_why_and_what_it_changed_and_one_can_go_back_to_the_one_before(served):
    served.publish_elsewhere(TWO)
    follow_log()
    visit = view(staff(), "versions")
    listed = html(visit)
    assert listed.index("N°\u00a02") < listed.index("N°\u00a01")
    assert "Bo\u00a0: a number" in listed
    visit.app.selectbox(key="versions.chosen").set_value(2).run()
    assert "«\u00a01,5\u00a0» devient «\u00a02\u00a0»" in visit.texts()
    assert SAY("versions.back.title", number=2) not in visit.texts()
    visit.app.selectbox(key="versions.chosen").set_value(1).run()
    assert "«\u00a02\u00a0» devient «\u00a01,5\u00a0»" in visit.texts()
    declare(visit, "revert", why="a mistake").press(SAY("versions.back"))
    assert SAY("versions.back.done", version="1", number=3) in visit.texts()
    assert served.log[-1] == ("1", "reverted", "Ana")
    assert look().serving.text == mended(COMMENTED)
    assert "Retour au n°\u00a01." in html(visit)


def test_a_long_list_of_versions_is_short(served):
    for n in range(2, 12):
        served.publish_elsewhere(mended(COMMENTED, ('version: "1"', f'version: "{n}"')))
    follow_log()
    shown, folded = html(view(staff(), "versions")).split("<details>")
    assert shown.count("<li>") == 5
    assert folded.count("<li>") == 6
    assert SAY("versions.older", n=6) in folded


def test_a_name_and_a_reason_that_are_html_are_shown_as_they_were_written(served):
    served.publish_elsewhere(TWO, who="<img src=x onerror=alert(1)>")
    follow_log()
    visit = view(staff(), "versions")
    assert "<img src=x" not in html(visit)
    assert "&lt;img" in html(visit)


def test_who_is_no_longer_of_the_staff_opens_no_version_with_its_comments(served, monkeypatch):
    visit = view(staff(), "versions")
    visit.app.selectbox(key="versions.chosen").set_value(1).run()
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", "another")
    visit.press(SAY("versions.open"))
    assert SAY("publish.no_key") in visit.texts()
    assert "treasurer" not in visit.app.text_area(key="workshop.text").value


def test_who_is_no_longer_of_the_staff_gets_no_comments_back(served, monkeypatch):
    visit = Visit().open("workshop").press(SAY("workshop.from_published"))
    visit.app.text_area(key="workshop.text").set_value(mended(NEWER)).run()
    view(as_staff(visit), "publish")
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", "another")
    visit.press(SAY("publish.comments"))
    assert "treasurer" not in visit.app.text_area(key="workshop.text").value
    assert SAY("publish.no_key") in visit.texts()


def test_what_is_declared_is_one_line_of_no_more_than_its_field_takes_whatever_a_browser_says(served):
    visit = declare(view(give(staff(), TWO), "publish"))
    visit.app.session_state["declared_who"] = "A\u202en\na" * 500
    visit.press(SAY("publish.publish", version="2"))
    who = served.log[-1][2]
    assert len(who) <= 80
    assert who.startswith("An a")

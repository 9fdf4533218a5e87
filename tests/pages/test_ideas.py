"""Ideas, from the manager who writes one to the staff who sort it and the manager who keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from pensebete.assessment import dossier_file
from pensebete.checklist.idea import Idea, NewIdea
from pensebete.checklist.loading import load, published_path
from pensebete.storage import current
from pensebete.storage.engine import Store, open_store
from pensebete.storage.ideas import add_idea, delete_idea, ideas_of, restore_idea, sort_idea
from pensebete.storage.schema import migrate
from pensebete.text.wording import wording
from pensebete.web import session
from pensebete.web.server import ideas as server
from pensebete.web.server.allowance import Allowance, Rate
from tests.other_checklists import write_with_contact
from tests.pages.test_call_pole import EMAIL, html
from tests.pages.test_ready_message import messages
from tests.pages.visit import Visit

FR = wording("fr")
CHECKLIST = load(published_path())
DOMAIN = CHECKLIST.domains[0]
NOW = datetime(2026, 3, 20, 15, tzinfo=UTC)
TEXT = "Un tableau blanc à l’entrée\nvaut dix courriels."
HOSTILE = "# Titre **gras** <script>alert(1)</script> [x](javascript:y) \u202etourné"


@pytest.fixture
def database(tmp_path, monkeypatch) -> Iterator[Store]:
    """A database and a key of the staff: ideas are taken."""
    url = f"sqlite:///{tmp_path}/ideas.sqlite3"
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", "a key")
    allowance = Allowance(Rate(3, 3 / 3600))
    monkeypatch.setattr(server, "_allowance", lambda: allowance)
    monkeypatch.setattr(server, "_known", server._Known())
    current.store.cache_clear()
    with closing(open_store(url)) as found:
        migrate(found)
        yield found
    if current.store.cache_info().currsize:
        current.store().close()
    current.store.cache_clear()


@pytest.fixture
def staff(database, monkeypatch) -> Visit:
    """A visit to the ideas of the workshop."""
    monkeypatch.setattr(session, "is_staff", lambda: True)
    return Visit()


def questionnaire(visit: Visit, domain: str = DOMAIN.id) -> Visit:
    visit.app.query_params["step"] = domain
    return visit.open("questionnaire")


def write(visit: Visit, text: str = TEXT) -> Visit:
    questionnaire(visit).unfold(f"idea.{DOMAIN.id}")
    return visit.set("text_area", "idea.text", text)


def labels(visit: Visit) -> list[str]:
    return [button.label.replace("\\", "") for button in visit.app.button]


def folds(visit: Visit) -> list[str]:
    return [fold.label for fold in visit.app.expander]


def press(visit: Visit, name: str) -> Visit:
    visit.widget("button", name).click().run()
    return visit._sound()


def add(store: Store, text: str = TEXT, **others) -> Idea:
    return add_idea(store, replace(NewIdea(CHECKLIST.id, DOMAIN.id, "fr", text, True, "Coop du Lac"), **others), NOW)


# Whether it is offered


def test_without_a_key_and_an_address_nothing_is_offered_anywhere(visit):
    assert FR("ideas.share") not in folds(questionnaire(visit))
    assert FR("ideas.share") not in folds(visit.open("action_plan").unfold("next"))


def test_with_an_address_alone_it_is_an_email_made_ready(tmp_path, monkeypatch):
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(write_with_contact(tmp_path / "checklist.yaml", email=EMAIL)))
    visit = questionnaire(Visit()).unfold(f"idea.{DOMAIN.id}")
    [message] = messages(visit)
    assert message["address"] == EMAIL
    assert DOMAIN.title["fr"] in message["text"]
    assert not [area for area in visit.app.text_area if "idea" in area.key]


@pytest.mark.usefixtures("database")
def test_it_is_one_fold_of_each_domain_and_one_after_the_pdf_and_none_of_the_short_way(visit):
    for domain in CHECKLIST.domains:
        assert folds(questionnaire(visit, domain.id)).count(FR("ideas.share")) == 1
    assert FR("ideas.share") in folds(visit.open("action_plan").unfold("next"))
    assert FR("ideas.share") not in folds(questionnaire(visit, "essentials.first"))


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("what", ["reading_only", "trying_out"])
def test_who_reads_by_a_link_or_tries_a_draft_sends_nothing(visit, monkeypatch, what):
    questionnaire(visit)
    monkeypatch.setattr(session, what, lambda: True)
    visit.app.run()
    assert FR("ideas.share") not in folds(visit._sound())


# Written, seen again, sent, withdrawn


def test_an_idea_is_seen_again_sent_as_it_was_read_and_withdrawn(visit, database):
    write(visit).set("text_input", "idea.name", " Coop du\u202e Lac ").set("text_input", "idea.contact", "a@b.example")
    visit.set("checkbox", "idea.may_be_quoted", True)
    press(visit, "idea.review")
    assert ideas_of(database) == ()
    said = visit.texts()
    for words in ("Un tableau blanc à l’entrée", "Nom\u00a0: Coop du Lac", "a@b.example", FR("ideas.read.quoted")):
        assert words in said
    assert "12\u00a0mois" in said.replace(" mois", "\u00a0mois")
    press(visit, "idea.send")
    [sent] = ideas_of(database)
    assert sent.sent == NewIdea(CHECKLIST.id, DOMAIN.id, "fr", TEXT, True, "Coop du Lac", "a@b.example")
    assert sent.code in visit.texts()
    press(visit, f"idea.withdraw.{sent.code}")
    assert ideas_of(database) == ()
    assert FR("ideas.withdrawn") in visit.texts()
    assert visit.widget("text_area", "idea.text").value == TEXT  # to be mended


def test_another_one_keeps_the_name_and_asks_the_text_anew(visit, database):
    press(press(write(visit).set("text_input", "idea.name", "Coop"), "idea.review"), "idea.send")
    press(visit, "idea.another")
    assert visit.widget("text_area", "idea.text").value == ""
    assert visit.widget("text_input", "idea.name").value == "Coop"
    visit.set("text_area", "idea.text", "Une autre")
    press(press(visit, "idea.review"), "idea.send")
    assert [one.sent.text for one in ideas_of(database)] == ["Une autre", TEXT]


def test_the_domain_is_that_of_the_step_unless_another_one_is_chosen(visit, database):
    write(visit).set("selectbox", "idea.domain", "")
    press(press(visit, "idea.review"), "idea.send")
    assert ideas_of(database)[0].sent.domain == ""


def test_nothing_and_too_much_are_refused_in_a_sentence_and_nothing_is_lost(visit, database):
    press(write(visit, " \u200b "), "idea.review")
    assert FR("ideas.no_text") in visit.texts()
    for length in (2_001, 100_000):
        visit.set("text_area", "idea.text", "é" * length)
        press(visit, "idea.review")
        assert FR("ideas.too_long", found=FR.number(length), most=FR.number(2_000)) in visit.texts()
        assert visit.widget("text_area", "idea.text").value == "é" * length
    visit.set("text_area", "idea.text", "é" * 2_000).set("text_input", "idea.name", "x" * 121)
    press(visit, "idea.review")
    assert FR("ideas.line_too_long", found=121, most=120) in visit.texts()
    visit.set("text_input", "idea.name", "")
    press(press(visit, "idea.review"), "idea.send")
    assert len(ideas_of(database)[0].sent.text) == 2_000


def test_a_flood_is_refused_in_a_sentence_with_the_way_by_email(database, tmp_path, monkeypatch):
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(write_with_contact(tmp_path / "checklist.yaml", email=EMAIL)))
    visit = Visit()
    for n in range(3):
        press(press(write(visit, f"idée {n}"), "idea.review"), "idea.send")
        press(visit, "idea.another")
    press(press(write(visit, "de trop"), "idea.review"), "idea.send")
    assert len(ideas_of(database)) == 3
    assert "Trop d’idées viennent d’être envoyées de cette adresse." in visit.texts()
    assert f'<a href="mailto:{EMAIL}?subject=Une%20id%C3%A9e' in html(visit)
    assert "de%20trop" in html(visit)
    press(visit, "idea.mend")
    assert visit.widget("text_area", "idea.text").value == "de trop"


def test_an_idea_that_is_sent_by_two_taps_is_sent_once(visit, database):
    press(write(visit), "idea.review")
    send = visit.widget("button", "idea.send").click()
    visit.app.session_state["beside_review"][1]["idea"] = {}  # the first one was heard, the page not yet drawn anew
    send.run()
    visit._sound()
    assert ideas_of(database) == ()
    assert visit.widget("text_area", "idea.text").value == ""


def test_a_database_that_goes_away_loses_nothing_and_slows_no_tap(visit, database, monkeypatch):
    sort_idea(database, add(database), "published", NOW)
    server.look_at_ideas()
    press(write(visit, "à garder"), "idea.review")
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", "sqlite:////nowhere/none.sqlite3")
    current.store.cache_clear()
    press(visit, "idea.send")
    assert "Ce que vous avez écrit reste ici." in visit.texts()
    server.look_at_ideas()
    with monkeypatch.context() as away:
        away.setattr(current, "store", lambda: pytest.fail("a page asked the database"))
        questionnaire(visit).unfold(f"ideas.{DOMAIN.id}")
    assert TEXT.split("\n")[0] in visit.texts()  # what was there last


@pytest.mark.usefixtures("database")
def test_what_is_being_written_is_in_the_copy_of_the_tab_and_comes_back_with_it(visit):
    visit.open("questionnaire").set("radio", f"status.{DOMAIN.items[0].id}", "done")
    write(visit, "pas encore envoyée")
    assert "pas encore envoyée" in html(visit)


@pytest.mark.usefixtures("database")
def test_the_words_of_one_enterprise_are_not_in_the_form_of_another(visit):
    write(visit, "de la première")
    other = visit.assessment.model_copy(update={"id": uuid4()})
    visit.app.session_state["assessment"] = other
    visit.app.session_state["edition"] = "another"
    questionnaire(visit).unfold(f"idea.{DOMAIN.id}")
    assert visit.widget("text_area", "idea.text").value == ""


# Shown to the others


def published(store: Store, *ideas: Idea) -> None:
    for one in ideas:
        sort_idea(store, one, "published", NOW)
    server.look_at_ideas()


def test_a_published_idea_stands_under_its_domain_alone_dated_in_its_language_and_marked(visit, database):
    published(database, add(database), add(database, "We phone everybody", language="en", name=""))
    assert FR("ideas.others") not in folds(questionnaire(visit, CHECKLIST.domains[1].id))
    questionnaire(visit).unfold(f"ideas.{DOMAIN.id}")
    shown = html(visit)
    assert '<blockquote class="idea-text" lang="en" dir="auto">We phone everybody</blockquote>' in shown
    assert '<p class="idea-by" dir="auto">Coop du Lac · 20 mars 2026</p>' in shown
    assert '<p class="idea-by" dir="auto">20 mars 2026</p>' in shown
    assert FR("ideas.others.explained") in visit.texts()


def test_where_none_is_published_the_line_is_absent(visit, database):
    sort_idea(database, add(database), "kept", NOW)
    server.look_at_ideas()
    assert FR("ideas.others") not in folds(questionnaire(visit))


def test_a_hostile_idea_is_text(visit, database):
    published(database, add(database, HOSTILE, name="<img src=x onerror=y>"))
    shown = html(questionnaire(visit).unfold(f"ideas.{DOMAIN.id}"))
    assert "# Titre **gras** &lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:y) tourné" in shown
    assert "&lt;img src=x onerror=y&gt;" in shown
    assert not any(
        "onerror" in label and "<" in label and "\\<" not in label
        for label in [button.label for button in visit.app.button]
    )


def test_one_tap_keeps_it_as_an_action_of_ones_own_and_another_takes_it_out(visit, database):
    one = add(database)
    published(database, one)
    assert TEXT.split()[2] not in dossier_file.dump(visit.assessment).decode()
    questionnaire(visit).unfold(f"ideas.{DOMAIN.id}")
    press(visit, f"idea.keep.{one.id}")
    [own] = visit.assessment.own_actions
    assert (own.text, own.item, own.priority) == (" ".join(TEXT.split()), None, CHECKLIST.ranking[-1].class_)
    assert own.comment == FR("ideas.kept.comment", date="20 mars 2026")
    assert FR("ideas.kept") in visit.texts()
    assert visit.widget("button", f"idea.keep.{one.id}").disabled
    visit.press(FR("undo.idea_kept"))
    assert visit.assessment.own_actions == ()
    assert FR("undo.idea_kept.done") in visit.texts()


def test_one_that_was_kept_and_changed_elsewhere_meanwhile_is_not_kept_over_it(visit, database):
    one = add(database)
    published(database, one)
    press(questionnaire(visit).unfold(f"ideas.{DOMAIN.id}"), f"idea.keep.{one.id}")
    [own] = visit.assessment.own_actions
    mine = visit.assessment.model_copy(update={"own_actions": (own.model_copy(update={"text": "Fait autrement"}),)})
    visit.press(FR("undo.idea_kept"))
    keep = visit.widget("button", f"idea.keep.{one.id}").click()
    visit.app.session_state["assessment"] = mine
    keep.run()
    visit._sound()
    assert [own.text for own in visit.assessment.own_actions] == ["Fait autrement"]


def test_one_that_staff_deleted_and_put_back_is_still_known_in_the_plan(visit, database):
    one = add(database)
    published(database, one)
    press(questionnaire(visit).unfold(f"ideas.{DOMAIN.id}"), f"idea.keep.{one.id}")
    delete_idea(database, ideas_of(database)[0])
    add(database, "a le numéro qui était libre")
    back = restore_idea(database, replace(one, state="published", revision=1))
    server.look_at_ideas()
    visit.app.run()
    assert back.id != one.id
    assert visit.widget("button", f"idea.keep.{back.id}").disabled


def test_a_long_idea_is_kept_whole_in_the_comment_of_its_action(visit, database):
    one = add(database, "mot " * 499 + "fin")
    published(database, one)
    press(questionnaire(visit).unfold(f"ideas.{DOMAIN.id}"), f"idea.keep.{one.id}")
    [own] = visit.assessment.own_actions
    assert len(own.text) <= 500
    assert own.text.endswith("mot…")
    assert own.comment.endswith("mot fin")


# The staff


def staff_view(visit: Visit) -> Visit:
    visit.open("workshop")
    visit.app.button_group(key="workshop.view").set_value("ideas").run()
    return visit._sound()


def test_nobody_but_the_staff_has_the_view(visit, database):
    add(database)
    options = visit.open("workshop").app.button_group(key="workshop.view").options
    assert FR("workshop.view.ideas") not in str(options)


def test_staff_sort_by_a_tap_and_take_it_back_by_another_in_its_place(staff, database):
    one = add(database)
    staff_view(staff)
    assert staff.app.button_group(key="ideas.filter").options[0] == "Nouvelles\u00a0: 1"
    for state in ("kept", "published", "refused"):
        press(staff, f"idea.{state}.{one.code}")
        assert ideas_of(database)[0].state == state
        assert FR(f"ideas.state.{state}") in staff.texts()
        done = [button for button in staff.app.button if button.label.startswith("✓")]
        assert [button.label.split(" *")[0] for button in done] == [f"✓ {FR(f'ideas.state.{state}')}"]
    press(staff, f"idea.refused.{one.code}")
    press(staff, f"idea.answered.{one.code}")
    assert (ideas_of(database)[0].state, ideas_of(database)[0].answered_at is not None) == ("new", True)
    press(staff, f"idea.answered.{one.code}")
    assert ideas_of(database)[0].answered_at is None


def test_one_that_may_not_be_quoted_has_no_tap_to_publish_it(staff, database):
    one = add(database, may_be_quoted=False)
    staff_view(staff)
    assert FR("ideas.not_quoted") in staff.texts()
    assert not [button for button in staff.app.button if f"idea.published.{one.code}" in (button.key or "")]


def test_the_second_of_two_staff_is_told_and_sees_what_the_first_did(staff, database):
    one = add(database)
    staff_view(staff)
    sort_idea(database, one, "published", NOW)
    press(staff, f"idea.refused.{one.code}")
    assert ideas_of(database)[0].state == "published"
    assert FR("store.idea_changed") in staff.texts()
    assert FR("ideas.state.published") in staff.texts()


def test_a_deleted_idea_is_put_back_from_its_place(staff, database):
    one = add(database)
    press(staff_view(staff), f"idea.delete.{one.code}")
    assert ideas_of(database) == ()
    press(staff, f"idea.restore.{one.code}")
    assert [found.code for found in ideas_of(database)] == [one.code]
    press(staff, f"idea.kept.{one.code}")
    assert ideas_of(database)[0].state == "kept"


def test_one_that_its_sender_withdrew_meanwhile_says_so(staff, database):
    from pensebete.storage.ideas import withdraw_idea

    one = add(database)
    staff_view(staff)
    withdraw_idea(database, one, NOW)
    press(staff, f"idea.kept.{one.code}")
    assert FR("ideas.gone") in staff.texts()


def test_many_are_shown_ten_at_a_time(staff, database):
    for n in range(12):
        add(database, f"idée {n}")
    staff_view(staff)
    assert html(staff).count("idea-text") == 10
    press(staff, "ideas.more")
    assert html(staff).count("idea-text") == 12
    assert not [button for button in staff.app.button if button.label == FR("ideas.more")]


def test_one_tap_makes_it_an_item_of_the_draft_and_the_text_before_comes_back(staff, database):
    one = add(database, 'x"\n      - id: planted\n' + HOSTILE)
    staff_view(staff)
    before = staff.app.text_area(key="workshop.text").value
    press(staff, f"idea.draft.{one.code}")
    text = staff.app.text_area(key="workshop.text").value
    assert before == ""
    assert "- id: new-item-1" in text
    assert "- id: planted" not in [line.strip() for line in text.splitlines()]
    assert FR("ideas.drafted", id="new-item-1", domain=DOMAIN.title["fr"]) in staff.texts()
    staff.app.text_area(key="workshop.text").set_value("domains: broken [").run()
    press(staff, f"idea.draft.{one.code}")
    assert staff.app.text_area(key="workshop.text").value == "domains: broken ["
    assert FR("ideas.not_drafted") in staff.texts()
    assert "- id: new-item-1" in staff.app.code[0].value


def test_without_its_database_the_view_is_a_sentence(staff, monkeypatch):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", "sqlite:////nowhere/none.sqlite3")
    current.store.cache_clear()
    staff_view(staff)
    assert "python -m pensebete migrate" in staff.texts()

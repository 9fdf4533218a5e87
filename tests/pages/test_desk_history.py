"""An enterprise of the desk from one dossier to the next, without a browser: its rounds, the chart, two compared."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import new_cycle
from pensebete.assessment.model import Answer, Assessment, Planned
from pensebete.assessment.review.model import About, Review
from pensebete.desk.said import Said
from pensebete.text.wording import wording
from tests.builders import NOW, assess
from tests.pages.test_desk import desk_of, drop, look_at
from tests.pages.visit import Visit
from tests.unit.assessment.review.reviews import remark

NB = "\u00a0"
SAY = wording("fr")
FIRST = UUID(int=1)


@pytest.fixture
def visit() -> Visit:
    return Visit().open("desk")


def dossier(status: str, days: float = 0, **details) -> Assessment:
    at = NOW + timedelta(days=days)
    said = {"id": FIRST, "organisation": "Coop", "updated_at": at, "timezone": "America/Toronto", **details}
    return assess({"cash-forecast": Answer(status=status, answered_at=at, note="Noté en CA")}, **said)


def opened(visit: Visit, *dossiers: Assessment) -> Visit:
    """The page of the enterprise, with its rounds unfolded."""
    drop(visit, *((f"{n}.json", dossier_file.dump(one)) for n, one in enumerate(dossiers)))
    look_at(visit, "Coop")
    return visit.unfold(f"desk.rounds.{desk_of(visit).open}")


def test_one_dossier_has_no_rounds_and_nothing_is_read_before_it_is_asked_for(visit):
    drop(visit, ("a.json", dossier_file.dump(dossier("to_do"))))
    look_at(visit, "Coop")
    assert SAY("desk.rounds.title") not in visit.texts()
    drop(visit.press(SAY("desk.back")), ("b.json", dossier_file.dump(dossier("done", 30))))
    look_at(visit, "Coop")
    assert SAY("desk.rounds", n=2) in [fold.label for fold in visit.app.expander]
    assert "Degré de préparation entre" not in visit.texts()


def test_the_last_two_are_compared_each_at_its_day_and_others_where_they_are_chosen(visit):
    opened(visit, dossier("to_do"), dossier("done", 60), dossier("in_progress", 30))
    shown = visit.texts()
    assert f"«{NB}En cours{NB}» est devenu «{NB}Fait{NB}»" in shown
    assert f"Degré de préparation entre «{NB}27 avril 2026{NB}» et «{NB}27 mai 2026{NB}»" in shown
    for part in ("2026-03-28", "2026-04-27", "2026-05-27", "0.json", "1.json", "2.json"):
        assert part in shown
    before = visit.widget("selectbox", "desk.before")
    assert before.options == ["2026-03-28", "2026-04-27"]
    before.set_value(digests(visit)[0]).run()
    assert f"«{NB}À faire{NB}» est devenu «{NB}Fait{NB}»" in visit._sound().texts()


def digests(visit: Visit) -> list[str]:
    """Of the dossiers at the desk, the oldest first."""
    return [row.digest for _, row in sorted(desk_of(visit).found, key=lambda one: one[1].last_said_at)]


def test_the_sentences_are_those_of_my_dossier_actions_done_new_and_moved_too(visit):
    plan = {"lender-relief": {"call-lenders": Planned(state="done")}}
    opened(visit, dossier("in_progress"), dossier("to_do", 1, plan=plan))
    folds = [fold.label for fold in visit.app.expander]
    assert SAY("history.situation", n=1) in folds
    assert SAY("history.done", n=1) in folds
    assert any(fold.startswith("Actions nouvelles") for fold in folds)


def test_a_past_cycle_is_told_as_such_in_the_table_and_in_the_sentences(visit):
    first = dossier("done")
    again = new_cycle(first, UUID(int=2), NOW + timedelta(days=90), frozenset())
    opened(visit, again, first)
    shown = visit.texts()
    assert f"1.json · {SAY('desk.rounds.past_cycle')}" in shown
    assert f"entre «{NB}28 mars 2026, cycle d’avant{NB}» et «{NB}26 juin 2026{NB}»" in shown


def test_two_of_one_day_are_told_apart_by_the_hour(visit):
    opened(visit, dossier("to_do"), dossier("done", 0.1))
    assert list(visit.widget("selectbox", "desk.before").options) == [f"2026-03-28 · 10{NB}h{NB}30"]


@pytest.mark.parametrize("at", [datetime.min, datetime.max])
def test_a_forged_day_is_no_obstacle(visit, at):
    at = at.replace(tzinfo=UTC)
    opened(visit, *(dossier(status, updated_at=at) for status in ("to_do", "done")), dossier("unknown", updated_at=NOW))
    assert "Degré de préparation entre" in visit.texts()


def test_a_dossier_of_another_checklist_is_not_compared_and_it_is_said(visit):
    other = assess({}, checklist="cyber", id=FIRST, organisation="Coop", updated_at=NOW - timedelta(days=9))
    opened(visit, dossier("to_do"), dossier("done", 30), other)
    assert SAY("desk.rounds.left_out", n=1, most=20) in visit.texts()
    assert "Degré de préparation entre" in visit.texts()


def test_the_chart_stands_over_the_table(visit):
    opened(visit, dossier("to_do"), dossier("done", 30))
    (drawn,) = [html.proto.body for html in visit.app.get("html") if "trajectory" in html.proto.body]
    assert drawn.count("over-time-dot") == 2
    assert drawn.index('role="img"') < drawn.index("<table")


def test_a_private_note_follows_an_enterprise_into_its_new_cycle(visit):
    first = dossier("done")
    drop(visit, ("a.json", dossier_file.dump(first)))
    look_at(visit, "Coop").set("text_area", "desk.note", "Rappeler Marie")
    again = new_cycle(first, UUID(int=2), NOW + timedelta(days=90), frozenset())
    drop(visit.press(SAY("desk.back")), ("b.json", dossier_file.dump(again)))
    look_at(visit, "Coop")
    assert visit.widget("text_area", "desk.note").value == "Rappeler Marie"
    visit.set("text_area", "desk.note", "")
    assert not any(desk_of(visit).notes.values())


def test_a_private_note_of_an_id_with_two_names_goes_to_no_other_cycle(visit):
    first, other = dossier("done"), dossier("to_do", 1, organisation="Atelier")
    drop(visit, ("a.json", dossier_file.dump(first)), ("b.json", dossier_file.dump(other)))
    look_at(visit, "Atelier").set("text_area", "desk.note", "Rappeler l’atelier")
    again = new_cycle(first, UUID(int=2), NOW + timedelta(days=90), frozenset())
    drop(visit.press(SAY("desk.back")), ("c.json", dossier_file.dump(again)))
    look_at(visit, "Coop")
    assert visit.widget("text_area", "desk.note").value == ""


def test_what_was_remarked_of_the_cycle_before_is_read_there_and_nowhere_else(visit):
    first, other = dossier("done"), dossier("done", 1, organisation="Atelier")
    drop(visit, ("a.json", dossier_file.dump(first)), ("b.json", dossier_file.dump(other)))
    entries = desk_of(visit).made.entries  # type: ignore[union-attr]
    for entry in entries:
        one = remark(1, text=f"Une preuve, {entry.row.organisation}?", about=About(item="cash-forecast"))
        desk_of(visit).said[entry.key] = Said(Review(dossier=FIRST, remarks=(one,)))
    again = new_cycle(first, UUID(int=2), NOW + timedelta(days=90), frozenset())
    drop(visit, ("c.json", dossier_file.dump(again)))
    look_at(visit, "Coop").unfold(f"desk.rounds.{desk_of(visit).open}")
    shown = visit.texts()
    assert "Une preuve, Coop?" in shown
    assert "Atelier?" not in shown
    assert SAY("desk.rounds.past_remarks", n=1, date="28 mars 2026") in [fold.label for fold in visit.app.expander]

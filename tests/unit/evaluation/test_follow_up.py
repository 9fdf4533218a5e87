"""A dossier over the weeks: proofs to confirm, states of actions, what they propose, and a new cycle."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import confirmed, new_cycle, overruled, with_answer, with_planned
from pensebete.assessment.item_state import item_states, to_confirm
from pensebete.assessment.model import STATES, Answer, OwnAction, Planned
from pensebete.checklist.status import STATUSES
from pensebete.cli.main import main
from pensebete.evaluation.first_actions import first_actions
from pensebete.evaluation.history_text import (
    confirm_label,
    confirm_words,
    late_words,
    proposal_words,
    state_label,
    to_confirm_words,
)
from pensebete.text.wording import wording
from tests.builders import MONDAY, NOW, assess, assessments, evaluate, written_dossiers

NB = "\u00a0"
FR, EN = wording("fr"), wording("en")
DAY = timedelta(days=1)
NEW_ID = UUID(int=99)
OWN = OwnAction(id=UUID(int=7), item="lender-relief", text="Appeler la caisse", priority="P1")


def confirming(checklist, assessment, today):
    return [state.item.id for state in to_confirm(item_states(checklist, assessment, today, UTC))]


# Proofs that had their day


@pytest.mark.parametrize(
    ("item", "status", "age", "expected"),
    [
        ("cash-forecast", "done", 7, False),  # valid 7 days
        ("cash-forecast", "done", 8, True),
        ("cash-forecast", "done", -1, False),
        ("board-position", "done", 30, False),
        ("board-position", "done", 31, True),
        ("cash-forecast", "in_progress", 90, False),
        ("cash-forecast", "to_do", 90, False),
        ("cash-forecast", "not_applicable", 90, False),
        ("leave-and-pay", "done", 90, False),  # valid 90 days, like all that say nothing
        ("leave-and-pay", "done", 91, True),
    ],
)
def test_a_proof_older_than_its_days_is_to_confirm(checklist, item, status, age, expected):
    assessment = assess({item: Answer(status=status, answered_at=NOW)})
    assert confirming(checklist, assessment, NOW.date() + age * DAY) == ([item] if expected else [])


@pytest.mark.parametrize(("zone", "expired_on"), [("America/Toronto", date(2026, 4, 5)), ("UTC", date(2026, 4, 6))])
def test_the_day_of_an_answer_is_that_of_the_zone(checklist, zone, expired_on):
    late_evening = datetime.fromisoformat("2026-03-28T23:30:00-04:00")  # already the 29th in universal time
    assessment = assess({"cash-forecast": Answer(status="done", answered_at=late_evening)})
    for today, expired in ((expired_on - DAY, False), (expired_on, True)):
        (state,) = (s for s in item_states(checklist, assessment, today, ZoneInfo(zone)) if s.status)
        assert (state.expired, state.expires_on) == (expired, expired_on)


def test_an_answer_without_a_date_is_not_called_old(checklist):
    assert confirming(checklist, assess({"cash-forecast": "done"}), MONDAY) == []


@pytest.mark.parametrize("status", STATUSES)
def test_the_answer_to_a_reworded_item_is_to_confirm_whatever_it_is(checklist, status):
    assessment = assess({"lender-relief": Answer(status=status, confirm=True, answered_at=NOW)})
    assert confirming(checklist, assessment, NOW.date()) == ["lender-relief"]


def test_what_the_profile_sets_aside_is_not_to_confirm(checklist):
    assessment = assess({"lender-relief": Answer(status="done", confirm=True)}, profile={"borrowing": "no"})
    assert confirming(checklist, assessment, MONDAY) == []


def test_one_tap_confirms_an_answer_and_keeps_what_was_written(checklist):
    old = Answer(status="done", note="Fichier de Paul", reason="r", overrule=True, answered_at=NOW, confirm=True)
    later = NOW + 40 * DAY
    assessment = confirmed(assess({"cash-forecast": old}), "cash-forecast", later)
    assert assessment.answer("cash-forecast") == old.model_copy(update={"answered_at": later, "confirm": False})
    assert assessment.updated_at == later
    assert confirming(checklist, assessment, later.date()) == []


def test_there_is_nothing_to_confirm_of_an_item_without_an_answer():
    assessment = assess({"cash-forecast": Answer(note="Une note")})
    assert confirmed(assessment, "cash-forecast", NOW) == assessment


def test_a_new_answer_needs_no_confirming_and_a_note_leaves_it_to_confirm():
    assessment = assess({"cash-forecast": Answer(status="done", answered_at=NOW, confirm=True)})
    assert with_answer(assessment, "cash-forecast", NOW, note="Vu").answer("cash-forecast").confirm
    for status in {*STATUSES, None} - {"done"}:
        assert not with_answer(assessment, "cash-forecast", NOW, status=status).answer("cash-forecast").confirm


def test_the_same_answer_tapped_again_and_a_note_leave_its_date():
    assessment = assess({"cash-forecast": Answer(status="done", answered_at=NOW, confirm=True)})
    later = NOW + 9 * DAY
    for change in ({"status": "done"}, {"note": "Vu"}, {"reason": "r"}, {"status": "done", "note": "Vu"}):
        after = with_answer(assessment, "cash-forecast", later, **change).answer("cash-forecast")
        assert (after.answered_at, after.confirm) == (NOW, True)
    changed = with_answer(assessment, "cash-forecast", later, status="in_progress").answer("cash-forecast")
    assert changed.answered_at == later


def test_an_answer_can_be_taken_back_and_what_was_written_stays(checklist):
    assessment = assess({"cash-forecast": Answer(status="done", note="Vu", answered_at=NOW), "scale-back": "to_do"})
    after = with_answer(assessment, "cash-forecast", NOW, status=None)
    assert after.answer("cash-forecast") == Answer(note="Vu")
    assert with_answer(after, "scale-back", NOW, status=None).answers == {"cash-forecast": Answer(note="Vu")}


def test_having_reconfirmed_is_to_confirm(checklist):
    old = Answer(status="done", answered_at=NOW)
    assessment = assess({"cash-forecast": old}, plan={"cash-forecast": {"reconfirm": Planned(owner="Ana", due=MONDAY)}})
    later = NOW + 40 * DAY
    after = with_planned(assessment, "cash-forecast", "reconfirm", later, state="done")
    assert after.answer("cash-forecast").answered_at == later
    assert after.plan == {"cash-forecast": {"reconfirm": Planned(owner="Ana")}}
    assert evaluate(checklist, after, later.date()).plan == ()
    again = evaluate(checklist, after, later.date() + 8 * DAY).plan
    assert [(a.kind, a.state, a.owner) for a in again] == [("reconfirm", "to_start", "Ana")]


def test_to_overrule_the_profile_takes_back_a_not_applicable_and_no_other_answer(checklist):
    assessment = assess(
        {"lender-relief": Answer(status="not_applicable", reason="r"), "public-payment": "to_do"},
        profile={"borrowing": "no", "public-agreements": "no"},
    )
    for item, kept in (("lender-relief", None), ("public-payment", "to_do")):
        after = overruled(assessment, item, NOW, overrule=True)
        assert after.answer(item).status == kept
        assert evaluate(checklist, after).state_of(item).applies
        assert evaluate(checklist, overruled(after, item, NOW, overrule=False)).state_of(item).set_aside


dated_answers = st.builds(
    Answer,
    status=st.none() | st.sampled_from(STATUSES),
    answered_at=st.none() | st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    confirm=st.booleans(),
)


@st.composite
def dated(draw, checklist):
    answers = draw(st.dictionaries(st.sampled_from(list(checklist.items)), dated_answers, max_size=10))
    return draw(assessments()).model_copy(update={"answers": answers})


@given(st.data(), st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 100))
def test_what_is_to_confirm_one_day_is_the_next_too(checklist, data, today, later):
    assessment = data.draw(dated(checklist))
    now, then = (set(confirming(checklist, assessment, day)) for day in (today, today + later * DAY))
    assert now <= then


@given(st.data())
def test_confirming_everything_leaves_nothing_to_confirm_and_no_figure_lower(checklist, data):
    assessment = data.draw(dated(checklist))
    done = assessment
    for item in confirming(checklist, assessment, MONDAY):
        done = confirmed(done, item, datetime(2026, 3, 30, tzinfo=UTC))
    assert confirming(checklist, done, MONDAY) == []
    before, after = (evaluate(checklist, one).readiness.overall for one in (assessment, done))
    assert (after.score or 0) >= (before.score or 0)


# States of actions


@pytest.mark.parametrize(
    ("state", "due", "set_aside", "late"),
    [
        ("to_start", MONDAY - DAY, False, True),
        ("under_way", MONDAY - DAY, False, True),
        ("done", MONDAY - DAY, False, False),
        ("dropped", MONDAY - DAY, False, False),
        ("to_start", MONDAY, False, False),
        ("to_start", MONDAY - DAY, True, False),
        ("to_start", None, False, False),
    ],
)
def test_an_open_action_is_late_once_its_date_is_past(checklist, state, due, set_aside, late):
    own = OWN.model_copy(update={"state": state, "due": due, "set_aside": set_aside})
    assessment = assess(own_actions=(own,))
    (action,) = evaluate(checklist, assessment, MONDAY).plan
    assert (action.state, action.late) == (state, late)
    assert evaluate(checklist, assessment, MONDAY).missing.late == ((action,) if late else ())


def test_a_suggested_action_is_late_by_the_date_proposed_too(checklist):
    assessment = assess({"lender-relief": "to_do"}, plan_started_on=MONDAY)
    assessment = with_planned(assessment, "lender-relief", "call-lenders", NOW, state="done")
    actions = evaluate(checklist, assessment, MONDAY + 7 * DAY).plan
    assert [(a.id, a.state, a.late) for a in actions] == [
        ("list-loans", "to_start", True),
        ("call-lenders", "done", False),
        ("written-agreement", "to_start", False),
    ]


def test_where_to_begin_is_an_open_action(checklist):
    assessment = assess({"lender-relief": "to_do", "cash-forecast": "to_do"})
    for action in evaluate(checklist, assessment, MONDAY).plan:
        if action.item.id == "cash-forecast":
            assessment = with_planned(assessment, "cash-forecast", action.id, NOW, state="done")
    assessment = with_planned(assessment, "lender-relief", "list-loans", NOW, state="dropped")
    assert [a.id for a in first_actions(evaluate(checklist, assessment, MONDAY).plan)] == ["call-lenders"]


def test_a_done_action_misses_no_owner(checklist):
    done = OWN.model_copy(update={"state": "done"})
    for own, lacking in ((OWN, 1), (done, 0)):
        assessment = assess(own_actions=(own,))
        found = evaluate(checklist, assessment, MONDAY).missing
        assert len(found.without_owner) == lacking


def test_a_state_taken_back_leaves_no_trace():
    assessment = with_planned(assess(), "lender-relief", "list-loans", NOW, state="done")
    assert with_planned(assessment, "lender-relief", "list-loans", NOW, state="to_start").plan == {}


def test_states_are_in_the_dossier_file_and_a_state_nobody_knows_is_refused(checklist):
    done = OWN.model_copy(update={"state": "done"})
    assessment = with_planned(assess(own_actions=(done,)), "lender-relief", "list-loans", NOW, state="under_way")
    written = dossier_file.dump(assessment)
    assert dossier_file.read_json(written, checklist) == assessment
    with pytest.raises(dossier_file.DossierError) as refused:
        dossier_file.read_json(written.replace(b"under_way", b"half_done"), checklist)
    assert "half_done" in refused.value.sentences(EN)[0]


def test_the_plan_command_prints_states(checklist, tmp_path, capsys):
    assessment = assess({"lender-relief": "to_do"}, plan_started_on=MONDAY)
    file = tmp_path / "dossier.json"
    file.write_bytes(dossier_file.dump(with_planned(assessment, "lender-relief", "call-lenders", NOW, state="done")))
    assert main(["plan", str(file), "--today", "2026-04-07"]) == 0
    assert [(a["action"], a["state"], a["late"]) for a in json.loads(capsys.readouterr().out)] == [
        ("list-loans", "to_start", True),
        ("call-lenders", "done", False),
        ("written-agreement", "to_start", False),
    ]


# What they propose

DONE, STARTED, DROPPED, ASIDE = (
    Planned(state="done"),
    Planned(state="under_way"),
    Planned(state="dropped"),
    Planned(set_aside=True),
)
ALL_DONE = {"list-loans": DONE, "call-lenders": DONE, "written-agreement": DONE}


@pytest.mark.parametrize(
    ("status", "plan", "proposed"),
    [
        ("to_do", {}, None),
        ("to_do", {"list-loans": STARTED}, None),
        ("to_do", {"list-loans": DONE}, "in_progress"),
        ("to_do", ALL_DONE, "done"),
        ("to_do", {"list-loans": DONE, "call-lenders": DROPPED, "written-agreement": ASIDE}, "done"),
        ("to_do", {"list-loans": DROPPED, "call-lenders": DROPPED, "written-agreement": ASIDE}, None),
        # An action that the answer no longer calls for says nothing.
        ("in_progress", ALL_DONE, None),
        ("in_progress", {"finish": DONE}, "done"),
        ("to_do", {"finish": DONE, "verify": DONE, "bygone": DONE}, None),
        ("unknown", {"verify": DONE}, None),
        # Its actions come once it is answered.
        ("unknown", ALL_DONE, None),
        ("unknown", {**ALL_DONE, "verify": DONE}, None),
        ("done", ALL_DONE, None),
        ("not_applicable", ALL_DONE, None),
        (None, ALL_DONE, None),
    ],
)
def test_the_states_of_an_items_actions_propose_an_answer(checklist, status, plan, proposed):
    assessment = assess({"lender-relief": status}, plan={"lender-relief": plan})
    assert evaluate(checklist, assessment).proposed_statuses.get("lender-relief") == proposed


@pytest.mark.parametrize(
    ("status", "plan", "own", "proposed"),
    [
        ("to_do", ALL_DONE, "to_start", "in_progress"),
        ("to_do", ALL_DONE, "done", "done"),
        ("to_do", ALL_DONE, "dropped", "done"),
        ("to_do", {}, "done", "in_progress"),
        ("in_progress", {}, "done", None),
        ("in_progress", {"finish": DONE}, "to_start", None),
    ],
)
def test_own_actions_about_the_item_have_their_say(checklist, status, plan, own, proposed):
    other = OWN.model_copy(update={"id": UUID(int=8), "item": "cash-forecast"})
    assessment = assess(
        {"lender-relief": status},
        plan={"lender-relief": plan},
        own_actions=(OWN.model_copy(update={"state": own}), other),
    )
    assert evaluate(checklist, assessment).proposed_statuses.get("lender-relief") == proposed


def test_nothing_is_proposed_for_an_item_set_aside_by_the_profile(checklist):
    assessment = assess({"lender-relief": "to_do"}, plan={"lender-relief": ALL_DONE}, profile={"borrowing": "no"})
    assert evaluate(checklist, assessment).proposed_statuses.get("lender-relief") is None


@st.composite
def with_states(draw, checklist):
    assessment = draw(assessments())
    for action in evaluate(checklist, assessment, MONDAY).plan:
        if state := draw(st.none() | st.sampled_from(STATES)):
            assessment = with_planned(assessment, action.item.id, action.id, NOW, state=state)
    return assessment


@given(st.data())
def test_states_and_proposals_change_no_score_by_themselves(checklist, data):
    assessment = data.draw(with_states(checklist))
    before = assessment.model_copy(update={"plan": {}})
    proposals = {
        item.id: evaluate(checklist, assessment).proposed_statuses.get(item.id) for item in checklist.items.values()
    }
    assert set(proposals.values()) <= {"done", "in_progress", None}
    assert evaluate(checklist, assessment).readiness == evaluate(checklist, before).readiness


@given(st.data())
def test_an_answer_proposed_is_never_the_present_one_and_once_taken_no_longer_proposed(checklist, data):
    assessment = data.draw(with_states(checklist))
    for item in checklist.items.values():
        proposed = evaluate(checklist, assessment).proposed_statuses.get(item.id)
        assert proposed is None or proposed != assessment.answer(item.id).status
        if proposed:
            taken = with_answer(assessment, item.id, NOW, status=proposed)
            assert evaluate(checklist, taken).proposed_statuses.get(item.id) != proposed


@given(st.data())
def test_marking_one_more_action_done_never_takes_a_proposal_back(checklist, data):
    step = {None: 0, "in_progress": 1, "done": 2}
    assessment = data.draw(with_states(checklist))
    plan = evaluate(checklist, assessment, MONDAY).plan
    actions = [a for a in plan if a.state != "dropped" and a.kind != "reconfirm"]
    if actions:
        action = data.draw(st.sampled_from(actions))
        marked = with_planned(assessment, action.item.id, action.id, NOW, state="done")
        before, after = (evaluate(checklist, one).proposed_statuses.get(action.item.id) for one in (assessment, marked))
        assert step[before] <= step[after]


# A new cycle


def test_a_new_cycle_keeps_what_was_written_and_clears_what_was_done():
    assessment = assess(
        {
            "cash-forecast": Answer(status="done", note="Fichier de Paul", answered_at=NOW, confirm=True),
            "lender-relief": Answer(status="to_do", note="Voir Ana", answered_at=NOW),
            "stock-management": Answer(status="not_applicable", reason="Aucun stock", overrule=True),
            "public-aid": Answer(status="to_do", answered_at=NOW),
        },
        id=UUID(int=1),
        created_at=NOW,
        organisation="Coop du Fleuve",
        profile={"staff": "1-9"},
        plan_started_on=MONDAY,
        plan={
            "lender-relief": {
                "list-loans": Planned(owner="Ana", due=MONDAY, comment="c", state="done", set_aside=True)
            },
            "public-aid": {"verify": Planned(due=MONDAY, state="under_way")},
        },
        own_actions=(OWN.model_copy(update={"owner": "Ana", "due": MONDAY, "state": "dropped"}),),
    )
    later = NOW + 100 * DAY
    again = new_cycle(assessment, NEW_ID, later, frozenset({"done"}))
    assert (again.id, again.created_at, again.updated_at, again.plan_started_on) == (NEW_ID, later, later, None)
    assert again.previous_id == UUID(int=1)
    assert again.answers == {
        "cash-forecast": Answer(status="done", note="Fichier de Paul", answered_at=NOW, confirm=True),
        "lender-relief": Answer(note="Voir Ana"),
        "stock-management": Answer(reason="Aucun stock", overrule=True),
    }
    assert again.plan == {"lender-relief": {"list-loans": Planned(owner="Ana", comment="c", set_aside=True)}}
    assert again.own_actions == (OWN.model_copy(update={"owner": "Ana"}),)
    assert (again.organisation, again.profile) == ("Coop du Fleuve", {"staff": "1-9"})


@given(written_dossiers, st.frozensets(st.sampled_from(STATUSES)))
def test_a_new_cycle_loses_nothing_written_and_keeps_only_the_statuses_chosen(assessment, keep):
    def written(one):
        texts = [(id, text) for id, a in one.answers.items() for text in (a.note, a.reason) if text]
        for item, actions in one.plan.items():
            texts += [(item, id, t) for id, p in actions.items() for t in (p.owner, p.comment) if t]
        return texts, [(own.id, own.text, own.owner, own.comment) for own in one.own_actions], one.profile

    again = new_cycle(assessment, NEW_ID, NOW, keep)
    assert written(again) == written(assessment)
    kept = {id: answer.status for id, answer in assessment.answers.items() if answer.status in keep}
    assert {id: answer.status for id, answer in again.answers.items() if answer.status} == kept
    planned = [p for actions in again.plan.values() for p in actions.values()]
    assert all(p.due is None and p.state == "to_start" for p in (*planned, *again.own_actions))
    assert again.previous_id == assessment.id
    assert new_cycle(again, NEW_ID, NOW, keep) == again.model_copy(update={"previous_id": NEW_ID})


# In words


def test_states_are_said_of_an_action():
    assert [state_label(state, FR) for state in STATES] == ["À commencer", "En cours", "Faite", "Abandonnée"]
    assert [state_label(state, EN) for state in STATES] == ["To start", "Under way", "Done", "Dropped"]


@pytest.mark.parametrize(
    ("days", "french", "english"),
    [(1, "En retard de 1 jour", "1 day late"), (3, "En retard de 3 jours", "3 days late"), (0, "", "")],
)
def test_a_late_action_says_by_how_much(checklist, days, french, english):
    (action,) = evaluate(
        checklist, assess(own_actions=(OWN.model_copy(update={"due": MONDAY}),)), MONDAY + days * DAY
    ).plan
    assert (late_words(action, MONDAY + days * DAY, FR), late_words(action, MONDAY + days * DAY, EN)) == (
        french,
        english,
    )


def test_an_answer_to_confirm_says_why(checklist):
    assessment = assess(
        {
            "cash-forecast": Answer(status="done", answered_at=NOW),
            "lender-relief": Answer(status="to_do", confirm=True, answered_at=NOW),
        }
    )
    old, reworded = to_confirm(item_states(checklist, assessment, NOW.date() + 8 * DAY, UTC))
    assert confirm_words(old, FR) == f"À reconfirmer depuis le 5 avril 2026{NB}: est-ce encore vrai?"
    assert confirm_words(reworded, FR).startswith("Cet élément a été reformulé")
    assert confirm_label(checklist, old, FR) == f"Toujours «{NB}Fait{NB}»"
    assert confirm_label(checklist, reworded, EN) == "Still “To do”"
    assert (to_confirm_words(1, FR), to_confirm_words(2, EN)) == ("1 réponse à confirmer", "2 answers to confirm")


def test_a_proposal_is_a_question(checklist):
    item = checklist.items["lender-relief"]
    assert proposal_words(checklist, item, "done", FR) == (
        f"Toutes les actions gardées de «{NB}{item.title['fr']}{NB}» sont faites. Répondre «{NB}Fait{NB}»?"
    )
    assert proposal_words(checklist, item, "in_progress", EN).endswith("Answer “In progress”?")

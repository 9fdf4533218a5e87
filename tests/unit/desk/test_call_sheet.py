"""The call sheet: what it is made of, and that it is of one enterprise alone."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer, Assessment, Planned
from pensebete.desk.call_sheet import CallSheet
from pensebete.desk.call_sheet_text import (
    about_words,
    heard_words,
    late_line,
    money_words,
    noted_words,
    profile_words,
    question_words,
    since_lines,
    since_words,
    who_words,
    why_lines,
)
from pensebete.desk.row import Asked
from pensebete.text.wording import wording
from tests.builders import NOW
from tests.call_sheets import ASKED, as_of, sheets
from tests.portfolio_files import dossiers
from tests.unit.desk.test_triage import ASKED as IN_MARCH
from tests.unit.desk.test_triage import dossier

NB = "\u00a0"
SAY = wording("fr")
CASES = list(dossiers(12))
SHEETS = {sheet.row.organisation: sheet for sheet in sheets(CASES)}


MARCH = replace(IN_MARCH, answers=True, dossiers=True)


def of(*assessments: Assessment, asked: Asked = MARCH) -> list[CallSheet]:
    return sheets([(f"{n}.json", dossier_file.dump(one)) for n, one in enumerate(assessments)], asked)


def test_the_sheets_follow_the_order_of_calls():
    assert [sheet.entry.rank for sheet in sheets(CASES)] == list(range(1, 12))


def test_an_enterprise_sent_twice_has_what_changed_since_each_figure_at_its_own_day():
    since = SHEETS["Coop du Fleuve"].since
    assert since is not None
    assert since_words(since, SAY) == f"37{NB}% le 14 novembre 2026, 66{NB}% le 25 novembre 2026 (+29 points)"
    lines = list(since_lines(since, SAY))
    assert len(lines) == len(since.situation) + len(since.actions_done) == 14
    assert lines[0].startswith(f"C2b · «{NB}En cours{NB}» est devenu «{NB}Fait{NB}» · ")
    assert lines[-1].startswith(f"Action faite{NB}: L5 · ")
    # The day of the call changes neither.
    later = {sheet.row.organisation: sheet for sheet in sheets(CASES, as_of(date(2027, 6, 1)))}["Coop du Fleuve"].since
    assert later is not None
    assert since_words(later, SAY) == since_words(since, SAY)


def test_where_nothing_changed_one_sentence_says_so():
    (sheet,) = of(dossier(), dossier(at=NOW + timedelta(hours=1)))
    assert sheet.since is not None
    assert list(since_lines(sheet.since, SAY)) == ["Aucune réponse n’a changé."]
    assert of(dossier())[0].since is None


def test_essentials_are_told_open_ones_first_with_their_notes_word_for_word():
    said = {
        "board-position": Answer(status="done", answered_at=NOW, note="Résolution\ndu 12  mars"),
        "staff-position": Answer(status="in_progress", answered_at=NOW),
        "cash-weeks": Answer(status="to_do", answered_at=NOW, note="URGENT!!"),
        "public-aid": Answer(status="not_applicable", answered_at=NOW, reason="Aucun programme"),
        "leave-and-pay": Answer(status="done", answered_at=NOW),
        "regular-updates": Answer(status="done", answered_at=NOW, note="n’est pas essentiel"),
    }
    said |= {id: Answer(status="done", answered_at=NOW) for id in ("layoff-duties", "lender-relief", "public-payment")}
    (sheet,) = of(dossier(answers=said))
    assert [(state.item.ref, noted_words(state)) for state in sheet.essentials] == [
        ("L1a", "URGENT!!"),
        ("C2a", ""),
        ("C1", "Résolution\ndu 12  mars"),
        ("E1", "Aucun programme"),
    ]


def test_what_is_late_has_its_day_and_who_leads_first():
    plan = {"cash-weeks": {"finish": Planned(owner="Marie", due=date(2026, 3, 2))}}
    answers = {"cash-weeks": Answer(status="in_progress", answered_at=NOW, note="vu")}
    (sheet,) = of(dossier(answers=answers, plan=plan))
    assert sheet.evaluation is not None
    [line] = [late_line(action, sheet.evaluation.checklist, SAY) for action in sheet.late]
    assert line.startswith(f"2026-03-02 · Marie · P1 · L1a · Terminer{NB}: ")


def test_the_checks_that_are_not_asked_about_are_told_apart():
    sheet = SHEETS["Coop de solidarité Vélo-Cité"]
    assert {*sheet.other_checks} | {question.check for question in sheet.questions} == {*sheet.row.checks}
    assert len(sheet.other_checks) == len(sheet.row.checks) - 3 == 1


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "Dernières nouvelles : 28 mars 2026"),
        (0, "Dernières nouvelles : 28 mars 2026"),
        (1, "Sans nouvelles depuis le 28 mars 2026, il y a 1 jour"),
        (30, "Sans nouvelles depuis le 28 mars 2026, il y a 30 jours"),
    ],
)
def test_since_when_nothing_was_heard(days, words):
    asked = replace(IN_MARCH, today=NOW.date() + timedelta(days=days), dossiers=True)
    (sheet,) = of(dossier(), asked=asked)
    assert heard_words(sheet, SAY) == words.replace(" :", f"{NB}:")


def test_a_dossier_without_any_date_says_nothing_of_when():
    undated = dossier(None).model_copy(update={"updated_at": None})
    assert heard_words(of(undated)[0], SAY) == ""


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({}, "Personne n’est nommé · ni numéro ni courriel"),
        ({"prepared_by": "direction"}, f"Rempli par{NB}: direction · ni numéro ni courriel"),
        (
            {"prepared_by": "direction", "contact": {"phone": "418 555-0142", "when": "le matin"}},
            f"Rempli par{NB}: direction · le matin",
        ),
        ({"prepared_by": "direction", "contact": {"name": "Marie Roy", "email": "m@coop.example"}}, "Marie Roy"),
    ],
)
def test_whom_to_call(details, words):
    assert who_words(of(dossier(**details))[0], SAY) == words


def test_the_profile_fits_on_a_line_or_two_and_says_once_what_several_questions_share():
    profile = {
        "legal-form": "cooperative",
        "staff": "0",
        "layoffs": "no",
        "borrowing": "yes",
        "public-agreements": "yes",
    }
    (sheet,) = of(dossier(profile=profile))
    assert profile_words(sheet, SAY) == (
        f"Coopérative · Personnel{NB}: Aucune · Oui{NB}: entente publique, emprunts · Non{NB}: mises à pied"
    )
    assert profile_words(sheet, wording("en")).endswith("Yes: public agreement, loans · No: layoffs · None: staff")
    assert profile_words(of(dossier())[0], SAY) == ""


def test_the_money_is_told_as_it_was_said():
    (sheet,) = of(dossier(contact={"next_pay": "unknown", "weeks_of_money": 2.5}))
    assert money_words(sheet, SAY) == [f"Prochaine paie assurée{NB}: Ne sait pas", f"Semaines d’argent{NB}: 2,5"]
    assert question_words(sheet.questions[0], sheet.evaluation, SAY).startswith("La prochaine paie est-elle assurée?")


def test_a_checklist_that_is_not_at_hand_leaves_whom_to_call_and_why():
    said = json.loads(CASES[0][1]) | {"checklist": {"id": "grippe", "version": "1"}, "contact": {"next_pay": "no"}}
    (sheet,) = sheets([("a.json", json.dumps(said).encode())])
    assert sheet.evaluation is None
    assert (sheet.essentials, sheet.late, sheet.since) == ((), (), None)
    assert why_lines(sheet, SAY) == ["La prochaine paie n’est pas assurée", f"Autre liste{NB}: non évaluée"]
    assert [question.kind for question in sheet.questions] == ["payroll"]
    assert profile_words(sheet, SAY) == ""


def test_two_enterprises_of_one_dossier_id_never_see_each_others_words():
    """One began from the file of the other."""
    note = Answer(status="to_do", answered_at=NOW, note="Secret de A")
    first, second = (
        dossier(organisation="Coop A", answers={"cash-weeks": note}),
        dossier(organisation="Coop B", at=NOW + timedelta(days=1), answers={"cash-weeks": Answer(status="to_do")}),
    )
    found = {sheet.row.organisation: sheet for sheet in of(first, second)}
    assert found["Coop B"].since is None
    assert [noted_words(state) for state in found["Coop B"].essentials if noted_words(state)] == ["vu"] * 7
    assert "Secret de A" in [noted_words(state) for state in found["Coop A"].essentials]


def test_a_sheet_has_no_place_for_a_private_note():
    assert {field.name for field in fields(CallSheet)} == {
        "entry", "evaluation", "heard_on", "questions", "essentials", "late", "since",
    }  # fmt: skip


def test_the_lines_of_every_sheet_are_whole_sentences_in_both_languages():
    for sheet in sheets(CASES, ASKED):
        for say in (SAY, wording("en")):
            found = [*why_lines(sheet, say), who_words(sheet, say), profile_words(sheet, say), heard_words(sheet, say)]
            found += [about_words(state, say) for state in sheet.essentials]
            found += [*since_lines(sheet.since, say), since_words(sheet.since, say)] if sheet.since else []
            assert all(found)
            assert not any("{" in words for words in found)

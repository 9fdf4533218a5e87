"""What is worth a question before a call, and that nothing else is asked."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Answer, Assessment
from pensebete.desk.checks import CODES, Check, checks, checks_for_manager
from pensebete.desk.desk_text import check_words
from pensebete.evaluation.evaluation import Evaluation
from pensebete.text.wording import wording
from tests.builders import MONDAY, NOW, assess, evaluate, every
from tests.unit.evaluation.test_cases import CASES, READ_ON, ZONE

NB = "\u00a0"
# Each dossier of tests/fixtures/cases, and what is asked of it on 26 November.
ASKED = {
    "01-coop-du-fleuve": [],
    "02-ressourcerie-second-souffle": [],
    "03-atelier-boreal": [],
    "04-cpe-petits-castors": [],
    "05-cafe-coop-la-grange": [],
    "06-habitations-riviere-bleue": ["proof_expired", "answers_old", "profile_against_notes"],
    "07-townships-food-hub": [],
    "08-tele-communautaire": ["done_without_note", "too_fast"],
    "09-velo-cite": ["note_says_otherwise"] * 3 + ["excluded_answered"],
    "11-coop-du-fleuve-3-semaines": [],
}


def of_case(checklist, file) -> Evaluation:
    said = json.loads(file.read_bytes())
    assessment = Assessment.model_validate({k: v for k, v in said.items() if k not in ("format", "format_version")})
    return Evaluation(checklist, migrate(assessment, checklist, None).assessment, READ_ON, ZONE)


def codes(evaluation: Evaluation) -> list[str]:
    return [check.code for check in checks(evaluation)]


def answered(status: str, n: int, seconds: float, **more: object) -> dict[str, Answer]:
    """The first `n` items, each answered so many seconds after the one before."""
    items = ITEMS[:n]
    return {
        id: Answer(status=status, answered_at=NOW + timedelta(seconds=seconds * place), **more)
        for place, id in enumerate(items)
    }


@pytest.fixture(autouse=True)
def _items(checklist):
    global ITEMS
    ITEMS = list(checklist.items)


@pytest.mark.parametrize("file", CASES, ids=[file.stem for file in CASES])
def test_of_the_realistic_dossiers_only_what_was_meant_is_asked(checklist, file):
    assert codes(of_case(checklist, file)) == ASKED[file.stem]


def test_the_questions_of_those_dossiers_name_what_they_are_about(checklist):
    found = {file.stem[:2]: checks(of_case(checklist, file)) for file in CASES}
    say = wording("fr")
    asked = {case: [check_words(check, checklist, say) for check in some] for case, some in found.items()}
    assert asked["08"][1] == f"20 réponses ont été données en 36 secondes{NB}: les critères ont-ils été lus?"
    assert asked["09"][0] == (
        f"C1 est «{NB}Fait{NB}», et sa note dit «{NB}Pas encore de résolution{NB}»{NB}: est-ce bien le cas?"
    )
    assert asked["06"][0].startswith("La preuve de 4 éléments a dépassé sa durée (C1, C4, C5 et A1)")
    assert "L1b" in asked["06"][2]
    assert "Nos 12 employés saisonniers" in asked["06"][2]
    assert all(sentence.endswith("?") for some in asked.values() for sentence in some)


def test_every_check_has_its_question_in_both_languages(checklist):
    for code in CODES:
        for items in (("board-position",), ("board-position", "lender-relief")):
            check = Check(code, items, n=3, day=date(2026, 3, 1), quote="pas encore", seconds=12)
            french, english = (check_words(check, checklist, wording(language)) for language in ("fr", "en"))
            assert french.endswith("?")
            assert english.endswith("?")
            assert french != english


def test_checks_come_in_order_of_worth(checklist):
    found = codes(of_case(checklist, CASES[5])) + codes(of_case(checklist, CASES[8]))
    assert sorted(codes(of_case(checklist, CASES[5])), key=CODES.index) == codes(of_case(checklist, CASES[5]))
    assert set(found) <= set(CODES)


# Each of them, and what is nearly it


def test_a_proof_past_its_time_is_asked_about_and_lifts_the_row_where_it_is_half_of_what_was_done(checklist):
    old = Answer(status="done", answered_at=NOW - timedelta(days=100))
    new = Answer(status="done", answered_at=NOW, note="vu")
    one = evaluate(checklist, assess({"board-position": old, "scale-back": new, "public-aid": new}), MONDAY)
    assert checks(one) == (Check("proof_expired", ("board-position",), high=False),)
    half = evaluate(checklist, assess({"board-position": old, "scale-back": new}), MONDAY)
    assert checks(half) == (Check("proof_expired", ("board-position",), high=True),)


@pytest.mark.parametrize(("days", "asked"), [(30, []), (31, ["answers_old"])])
def test_answers_are_old_after_thirty_days(checklist, days, asked):
    at = datetime(2026, 3, 30, 15, tzinfo=UTC) - timedelta(days=days)
    answers = {
        "regular-updates": Answer(status="to_do", answered_at=at - timedelta(days=9)),
        "remote-work": Answer(status="to_do", answered_at=at),
    }
    assert codes(evaluate(checklist, assess(answers), MONDAY)) == asked


@pytest.mark.parametrize("status", ["in_progress", "to_do", "unknown", None])
def test_a_note_says_otherwise_only_beside_what_is_said_done(checklist, status):
    answers = {"board-position": Answer(status=status, note="Pas encore de résolution")}
    assert codes(evaluate(checklist, assess(answers), MONDAY)) == []
    answers = {"board-position": Answer(status="done", note="Pas encore de résolution")}
    assert codes(evaluate(checklist, assess(answers), MONDAY)) == ["note_says_otherwise"]


def test_all_done_is_asked_about_unless_a_note_or_an_answer_says_more(checklist):
    done = every(checklist, "done")
    assert codes(evaluate(checklist, assess(done), MONDAY)) == ["done_without_note"]
    noted = {**done, "board-position": Answer(status="done", note="Résolution du 12 mars")}
    assert codes(evaluate(checklist, assess(noted), MONDAY)) == []
    assert codes(evaluate(checklist, assess({**done, "remote-work": "in_progress"}), MONDAY)) == []
    assert codes(evaluate(checklist, assess({**done, "board-position": Answer(status="done", note="  ")}), MONDAY)) == [
        "done_without_note"
    ]
    few = dict.fromkeys(ITEMS[:4], "done")
    assert codes(evaluate(checklist, assess(few), MONDAY)) == []


@pytest.mark.parametrize(
    ("n", "seconds", "asked"),
    [(20, 1.9, True), (20, 3.9, True), (20, 4, False), (20, 30, False), (9, 1, False), (20, 0, False)],
)
def test_answers_given_in_under_four_seconds_each_are_asked_about(checklist, n, seconds, asked):
    evaluation = evaluate(checklist, assess(answered("to_do", n, seconds)), MONDAY)
    assert codes(evaluation) == (["too_fast"] if asked else [])


def test_one_answer_changed_a_day_later_makes_the_others_no_slower(checklist):
    answers = answered("to_do", 20, 2)
    answers[ITEMS[3]] = Answer(status="done", answered_at=NOW + timedelta(days=1))
    (found,) = checks(evaluate(checklist, assess(answers), MONDAY))
    assert (found.code, found.n, found.seconds) == ("too_fast", 18, 34)


def test_an_answer_that_the_profile_hides_is_asked_about_unless_it_says_the_same(checklist):
    profile = {"borrowing": "no"}
    hidden = assess({"lender-relief": "done"}, profile=profile)
    assert checks(evaluate(checklist, hidden)) == (Check("excluded_answered", ("lender-relief",)),)
    same = assess({"lender-relief": "not_applicable"}, profile=profile)
    noted = assess({"lender-relief": Answer(note="rien")}, profile=profile)
    overruled = assess({"lender-relief": Answer(status="to_do", overrule=True)}, profile=profile)
    for one in (same, noted, overruled):
        assert codes(evaluate(checklist, one)) == []


@pytest.mark.parametrize(
    ("staff", "note", "asked"),
    [
        ("0", "Nos 12 employés saisonniers sont payés par le fonds", True),
        ("0", "We pay 3 employees", True),
        ("1-9", "Nos 12 employés saisonniers", False),
        ("0", "Nous n’avons plus nos 12 employés", False),
        ("0", "Aucun des 12 employés", False),
        ("0", "Le comité parle aux employés de la caisse", False),
        ("0", "12 logements", False),
    ],
)
def test_people_counted_in_a_note_are_asked_about_where_the_profile_says_nobody(checklist, staff, note, asked):
    one = assess({"scale-back": Answer(status="to_do", note=note)}, profile={"staff": staff})
    assert codes(evaluate(checklist, one)) == (["profile_against_notes"] if asked else [])


def test_an_essential_said_not_applicable_is_asked_about_and_another_item_is_not(checklist):
    essential = assess({"lender-relief": "not_applicable", "everyday-tips": "not_applicable"})
    assert checks(evaluate(checklist, essential)) == (Check("essential_not_applicable", ("lender-relief",)),)
    without_reason = assess({"lender-relief": Answer(status="not_applicable")})
    assert codes(evaluate(checklist, without_reason)) == []


def test_a_date_to_come_is_asked_about_by_advisors_alone(checklist):
    tomorrow = datetime(2026, 3, 31, 15, tzinfo=UTC)
    ahead = evaluate(checklist, assess({"scale-back": Answer(status="to_do", answered_at=tomorrow)}), MONDAY)
    assert checks(ahead) == (Check("date_to_come", ("scale-back",), day=date(2026, 3, 31)),)
    assert checks_for_manager(ahead) == ()
    saved = evaluate(checklist, assess({"scale-back": "to_do"}, updated_at=tomorrow), MONDAY)
    assert codes(saved) == ["date_to_come"]


def test_managers_are_shown_the_others_before_their_pdf(checklist):
    for file in CASES:
        evaluation = of_case(checklist, file)
        assert checks_for_manager(evaluation) == checks(evaluation)


def test_a_dossier_that_says_nothing_is_asked_nothing(checklist, minimal):
    assert checks(evaluate(checklist, assess())) == ()
    assert checks(evaluate(minimal, assess(checklist="small"))) == ()

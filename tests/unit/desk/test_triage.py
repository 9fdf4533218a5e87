"""Whom to call first, and why; in an order that depends on nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer, Assessment, OwnAction
from pensebete.desk.desk_text import why_words
from pensebete.desk.intake import Refused, Taken
from pensebete.desk.portfolio import Portfolio, portfolio
from pensebete.desk.row import Asked, Row, row_of
from pensebete.desk.triage import LEVELS, urgency
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, NOW, assess
from tests.unit.evaluation.test_cases import CASES, READ_ON, ZONE

NB = "\u00a0"
TODAY = date(2026, 3, 30)
ASKED = Asked({CHECKLIST.id: CHECKLIST}, NOW, TODAY, UTC)


def row(assessment: Assessment, file: str = "a.json", asked: Asked = ASKED) -> Row:
    found = row_of(Taken(file, dossier_file.dump(assessment)), asked)
    assert isinstance(found, Row), found
    return found


def dossier(status: str | None = "done", n: int = 1, at: datetime = NOW, **details: object) -> Assessment:
    """Every item answered alike, but those that `answers` says."""
    answers = details.pop("answers", {})
    said = {id: Answer(status=status, answered_at=at, note="vu") for id in CHECKLIST.items} if status else {}
    return assess({**said, **answers}, id=UUID(int=n), updated_at=at, **{"organisation": f"Coop {n:03}", **details})


def reasons(assessment: Assessment) -> list[str]:
    return [why.reason for why in row(assessment).why]


def order(*assessments: Assessment) -> list[str]:
    found = portfolio(row(one, f"{n}.json") for n, one in enumerate(assessments))
    return [entry.row.organisation for entry in found.entries]


OPEN = {"board-position": Answer(status="to_do", answered_at=NOW)}
# One dossier for each level, the first level first: each has its own reason, and none of those before.
LADDER = (
    dossier(n=1, contact={"call_wanted": True}),
    dossier(n=2, contact={"next_pay": "no"}),
    dossier(
        n=3,
        answers={
            i: Answer(status="in_progress", answered_at=NOW)
            for d in CHECKLIST.domains
            if d.vital
            for i in (x.id for x in d.items)
        }
        | {
            i: Answer(status="to_do", answered_at=NOW)
            for i in (
                "scale-back",
                "variable-costs",
                "postpone-investment",
                "cash-forecast",
                "other-revenue",
                "interruption-insurance",
            )
        },
    ),
    dossier(n=4, answers=OPEN),
    dossier(n=5, at=NOW - timedelta(days=40), answers={i: Answer(status="done", note="vu") for i in ()}),
    dossier(
        n=6,
        own_actions=(OwnAction(id=UUID(int=1), text="Appeler", priority="P1", due=date(2026, 3, 2)),),
    ),
    dossier(n=7),
)


def test_the_levels_decide_one_before_the_other_whatever_the_figure():
    assert order(*reversed(LADDER)) == [f"Coop {n:03}" for n in range(1, 8)]
    assert [reasons(one)[:1] for one in LADDER] == [
        ["call_wanted"],
        ["payroll_not_assured"],
        ["vital_domain_weak"],
        ["essential_open"],
        ["answers_old"],
        ["late_first_class"],
        [],
    ]


def test_one_reason_of_a_level_outweighs_all_of_those_after():
    everything_later = dossier(
        None, 9, contact={"next_pay": "yes"}, answers={"board-position": Answer(status="to_do", answered_at=NOW)}
    )
    assert order(everything_later, dossier(n=1, contact={"call_wanted": True})) == ["Coop 001", "Coop 009"]
    assert order(everything_later, dossier(n=2, contact={"weeks_of_money": 3.5})) == ["Coop 002", "Coop 009"]


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ({}, []),
        ({"next_pay": "yes", "weeks_of_money": 4}, []),
        ({"next_pay": "no"}, ["payroll_not_assured"]),
        ({"next_pay": "unknown"}, ["payroll_unknown"]),
        ({"weeks_of_money": 3.9}, ["few_weeks"]),
        ({"weeks_of_money": 0}, ["few_weeks"]),
        ({"phone": "418 555-0142", "when": "le matin"}, []),
        (
            {"call_wanted": True, "next_pay": "no", "weeks_of_money": 1},
            ["call_wanted", "payroll_not_assured", "few_weeks"],
        ),
    ],
)
def test_what_was_said_of_the_call_and_of_the_money_is_read_as_it_was_said(contact, found):
    assert reasons(dossier(contact=contact)) == found


def test_payroll_and_weeks_are_one_level_and_two_of_its_reasons_count_no_more_than_one():
    both = row(dossier(contact={"next_pay": "no", "weeks_of_money": 1})).why
    one = row(dossier(contact={"weeks_of_money": 3})).why
    assert urgency(both) == urgency(one)


def test_more_open_essentials_come_first_and_more_late_actions_too():
    two = OPEN | {"staff-position": Answer(status="unknown", answered_at=NOW)}
    assert order(dossier(n=1, answers=OPEN), dossier(n=2, answers=two)) == ["Coop 002", "Coop 001"]
    late = [OwnAction(id=UUID(int=n), text="x", priority="P1", due=date(2026, 3, 2)) for n in range(3)]
    assert order(dossier(n=1, own_actions=(late[0],)), dossier(n=2, own_actions=tuple(late))) == [
        "Coop 002",
        "Coop 001",
    ]
    other_class = OwnAction(id=UUID(int=9), text="x", priority="P2", due=date(2026, 3, 2))
    assert reasons(dossier(own_actions=(other_class,))) == []


def test_an_essential_in_progress_expired_or_not_applicable_is_not_open():
    for status in ("in_progress", "not_applicable"):
        answers = {"board-position": Answer(status=status, reason="r", answered_at=NOW)}
        assert "essential_open" not in reasons(dossier(answers=answers))


def test_too_little_is_known_under_half_or_after_thirty_days():
    few = dossier(None, answers={"scale-back": Answer(status="done", answered_at=NOW)})
    assert "coverage_low" in reasons(few)
    assert reasons(dossier(at=datetime(2026, 2, 28, 15, tzinfo=UTC))) == []
    assert reasons(dossier(at=datetime(2026, 2, 27, 15, tzinfo=UTC))) == ["answers_old"]


def test_words_in_notes_and_the_overall_figure_change_no_place():
    """« URGENT » in a note is for the one who reads it; the weakest figure alone calls nobody first."""
    quiet = dossier("in_progress", 1, answers={})
    loud = dossier(
        "in_progress",
        2,
        answers={
            "remote-work": Answer(
                status="in_progress", answered_at=NOW, note="URGENT!!! Appelez-nous : la paie n’est pas assurée"
            )
        },
    )
    assert urgency(row(quiet).why) == urgency(row(loud).why)
    assert urgency(row(dossier("in_progress")).why) == urgency(row(dossier("done")).why)
    assert row(dossier("in_progress")).result.overall.rounded < row(dossier("done")).result.overall.rounded


def test_ties_are_for_the_oldest_answers_then_the_name_then_the_id():
    older = dossier(n=3, at=NOW - timedelta(days=2), organisation="Z")
    assert order(dossier(n=1, organisation="Éole"), dossier(n=2, organisation="fleuve"), older) == [
        "Z",
        "Éole",
        "fleuve",
    ]
    same = [dossier(n=n, organisation="Coop") for n in (3, 1, 2)]
    found = portfolio(row(one, f"{n}.json") for n, one in enumerate(same))
    assert [entry.row.id[-1] for entry in found.entries] == ["1", "2", "3"]


def test_the_realistic_portfolio_is_called_in_this_order():
    asked = Asked({CHECKLIST.id: CHECKLIST}, NOW, READ_ON, ZONE)
    found = portfolio(row_of(Taken(file.name, file.read_bytes()), asked) for file in CASES)
    assert [(entry.row.file[:2], entry.lane) for entry in found.entries] == [
        ("05", "order"),
        ("02", "order"),
        ("07", "order"),
        ("11", "order"),
        ("06", "to_verify"),
        ("03", "order"),
        ("09", "to_verify"),
        ("08", "to_verify"),
        ("04", "order"),
    ]


def said(found: Portfolio) -> str:
    return repr((found.entries, found.refused))


SOME = [
    row(one, f"{n}.json")
    for n, one in enumerate(
        [
            *LADDER,
            *LADDER[:3],  # the same bytes
            dossier(n=1, at=NOW - timedelta(days=3), contact={"call_wanted": True}),
            dossier(n=2, organisation="Une autre"),
            dossier(n=11, organisation="Coop 004"),
            dossier(n=12, organisation="Coop 004", contact={"municipality": "Lévis"}),
            assess({}, organisation=""),
            assess({"board-position": "done"}),
            assess({}, checklist="cyber", id=UUID(int=30), organisation="Cyber", contact={"call_wanted": True}),
        ]
    )
] + [Refused("z.pdf", (dossier_file.Problem("not_pdf"),)), Refused("y.pdf", (dossier_file.Problem("not_json"),))]


@given(st.permutations(SOME))
def test_the_order_in_which_files_come_changes_nothing(shuffled):
    assert said(portfolio(shuffled)) == said(portfolio(SOME))


@given(st.lists(st.sampled_from(SOME)))
def test_the_order_is_total_and_nothing_is_lost(some):
    found = portfolio(some)
    assert [entry.rank for entry in found.entries] == list(range(1, len(found.entries) + 1))
    files = [f for e in found.entries for f in (e.row.file, *e.same_in, *(old.file for old in e.earlier))]
    assert set(files) | {one.file for one in found.refused} == {one.file for one in some}
    places = [urgency(entry.row.why) for entry in found.entries]
    assert places == sorted(places)


def test_every_reason_is_told_in_both_languages():
    found = portfolio(SOME).entries
    told = {why.reason: (why, entry.row) for entry in found for why in entry.row.why}
    more = row(dossier(None, 40, contact={"next_pay": "unknown", "weeks_of_money": 1.5}))
    told |= {why.reason: (why, more) for why in more.why}
    assert set(told) == {reason for reasons, _ in LEVELS for reason in reasons}
    for why, of in told.values():
        french, english = (
            why_words(why, CHECKLIST if of.result else None, of.result, wording(la)) for la in ("fr", "en")
        )
        assert french
        assert english
        assert french != english


def test_weeks_are_said_as_they_were_given():
    (why,) = row(dossier(contact={"weeks_of_money": 1.5})).why
    assert why_words(why, CHECKLIST, None, wording("fr")) == "Il reste 1,5 semaine d’argent"
    assert why_words(why, CHECKLIST, None, wording("en")) == "1.5 weeks of money are left"

"""The calendar, read line by line as RFC 5545 says, and by the library that writes it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from icalendar import Calendar

from pensebete.assessment.model import Answer, Planned
from pensebete.export.build import NoDueDateError, export
from tests.builders import CHECKLIST, MONDAY, NOW, assess, evaluate, written_dossiers
from tests.cases_tried import few
from tests.dossiers import full, own_action
from tests.unit.export.reading import content_lines, events, made, unescaped

DUE = date(2026, 4, 2)  # a Thursday


def one_event(checklist, text="Appeler la caisse", language="fr", due=DUE, **details):
    """The event of a plan that holds one action."""
    (event,) = events(made("ics", checklist, planning(text, due=due, **details), language))
    return event


def planning(text="Appeler la caisse", due=DUE, **details):
    of_action = {key: details.pop(key) for key in ("owner", "comment", "state", "set_aside") if key in details}
    own = own_action(1, text, due=due, **of_action)
    return assess(own_actions=(own,), **{"id": UUID(int=7), "updated_at": NOW, **details})


def test_there_is_an_event_for_each_open_action_with_a_due_date(checklist):
    assessment = full(checklist)
    open_ones = [a for a in evaluate(checklist, assessment, MONDAY).plan if a.open and a.due]
    found = [event for event in events(made("ics", checklist, assessment)) if "STATUS" not in event]
    assert len(found) == len(open_ones) > 10
    assert [e["DTSTART;VALUE=DATE"] for e in found] == [[f"{a.due:%Y%m%d}"] for a in open_ones]


@pytest.mark.parametrize("closed", [{"set_aside": True}, {"set_aside": True, "state": "done"}, {"due": None}])
def test_without_an_action_that_has_a_due_date_there_is_no_calendar(checklist, closed):
    with pytest.raises(NoDueDateError):
        made("ics", checklist, planning(**closed))


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_what_is_done_or_dropped_is_cancelled_under_the_same_identity_and_recalls_nothing(checklist, state):
    before = one_event(checklist)
    after = one_event(checklist, state=state, updated_at=NOW + timedelta(minutes=1))
    assert before["UID"] == after["UID"]
    assert ("STATUS" in before, after["STATUS"]) == (False, ["CANCELLED"])
    assert not any(name.startswith("VALARM") for name in after)
    assert int(after["SEQUENCE"][0]) > int(before["SEQUENCE"][0])


def sequence(checklist, day=MONDAY, **details):
    (event,) = Calendar.from_ical(export("ics", evaluate(checklist, planning(**details), day), "fr")).walk("VEVENT")
    return event["UID"], event["SEQUENCE"], event["DTSTART"].dt


def test_a_due_date_that_moved_keeps_its_identity_and_is_a_newer_event(checklist):
    before = sequence(checklist)
    after = sequence(checklist, due=DUE + timedelta(days=7), updated_at=NOW + timedelta(seconds=1))
    assert before[0] == after[0]
    assert before[1] < after[1]
    assert after[2] == DUE + timedelta(days=7)


def test_the_number_of_an_event_never_falls_and_stays_within_what_a_calendar_reads(checklist):
    on = [sequence(checklist, MONDAY + timedelta(days=n))[1] for n in range(3)]
    assert on == sorted(on)
    assert on[1] < on[2]  # a new day, for due dates that go with it
    for year in (1999, 2069, 9998):
        assert 0 <= sequence(checklist, updated_at=NOW.replace(year=year))[1] < 2**31


def test_what_is_done_recalls_nothing(checklist):
    assessment = assess(
        {"cash-forecast": "to_do"}, plan={"cash-forecast": {"build-cash-budget": Planned(state="done")}}
    )
    found = events(made("ics", checklist, assessment))
    texts = [unescaped(event["SUMMARY"][0]) for event in found if "STATUS" not in event]
    done, *others = (action.text["fr"] for action in checklist.items["cash-forecast"].actions)
    assert texts == [f"L1b · {text}" for text in others]
    assert done not in " ".join(texts)


def test_an_event_lasts_the_day_and_takes_no_time_of_it(checklist):
    event = one_event(checklist)
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == (["20260402"], ["20260403"])
    assert event["TRANSP"] == ["TRANSPARENT"]


@pytest.mark.parametrize(
    ("due", "eve"),
    [
        (DUE, "-PT15H"),
        (date(2026, 4, 6), "-P2DT15H"),  # of a Monday, the Friday before
        (date(2026, 4, 5), "-P1DT15H"),  # of a Sunday too
        (date(2026, 4, 4), "-PT15H"),
    ],
)
def test_it_is_recalled_at_nine_on_the_working_day_before_and_on_the_day(checklist, due, eve):
    event = one_event(checklist, due=due)
    assert event["VALARM.TRIGGER"] == [eve, "PT9H"]
    assert event["VALARM.ACTION"] == ["DISPLAY", "DISPLAY"]
    assert event["VALARM.DESCRIPTION"] == ["Appeler la caisse"] * 2


def test_an_event_keeps_its_identity_when_the_plan_changes(checklist):
    before, after = full(checklist), full(checklist).model_copy(update={"organisation": "Autre nom", "answers": {}})
    dossier = {"id": UUID(int=7), "updated_at": NOW}
    before = before.model_copy(update=dossier)
    after = after.model_copy(
        update=dossier | {"answers": {"cash-forecast": Answer(status="to_do")}, "updated_at": NOW + timedelta(days=9)}
    )
    earlier = {unescaped(e["SUMMARY"][0]): e["UID"] for e in events(made("ics", checklist, before, "fr"))}
    later = {unescaped(e["SUMMARY"][0]): e["UID"] for e in events(made("ics", checklist, after, "fr"))}
    shared = earlier.keys() & later.keys()
    assert "Appeler la caisse" in shared
    assert all(earlier[text] == later[text] for text in shared)


def test_identities_are_all_different_and_those_of_another_dossier_too(checklist):
    one = full(checklist).model_copy(update={"id": UUID(int=7)})
    other = full(checklist).model_copy(update={"id": UUID(int=8)})
    uids = [event["UID"][0] for dossier in (one, other) for event in events(made("ics", checklist, dossier))]
    assert len(uids) == len(set(uids))


def test_an_event_is_stamped_with_the_last_change_of_the_dossier(checklist):
    assert one_event(checklist)["DTSTAMP"] == ["20260328T143000Z"]
    assert one_event(checklist, updated_at=None)["DTSTAMP"] == ["20260330T000000Z"]
    assert one_event(checklist, updated_at=datetime.min.replace(tzinfo=UTC))["DTSTAMP"] == ["20260330T000000Z"]


def test_it_says_what_why_whose_and_how_far_in_the_language_asked_for(checklist):
    assessment = assess({"cash-weeks": "to_do"}, plan={"cash-weeks": {"quick-runway": Planned(owner="Ginette")}})
    french, english = (events(made("ics", checklist, assessment, language))[0] for language in ("fr", "en"))
    item = checklist.items["cash-weeks"]
    about = [
        item.title["fr"],
        "P1 · À commencer d’ici 48\u00a0h",
        "Responsable\u00a0: Ginette",
        "État\u00a0: À commencer",
    ]
    assert unescaped(french["DESCRIPTION"][0]).split("\n") == about
    assert unescaped(english["SUMMARY"][0]) == f"L1a · {item.actions[0].text['en']}"
    assert french["PRIORITY"] == ["1"]


def test_notes_reasons_comments_and_the_name_of_the_enterprise_stay_out(checklist):
    assessment = full(checklist)
    text = made("ics", checklist, assessment).replace(b"\r\n ", b"").decode()
    private = [assessment.organisation, assessment.prepared_by, "Commentaire", "La paie"]
    private += [word for answer in assessment.answers.values() for word in (answer.note[:14], answer.reason[:14])]
    assert [word for word in private if word in text] == []


@pytest.mark.parametrize(
    "text",
    [
        "a, b; c \\ d: e",
        "END:VEVENT BEGIN:VEVENT",
        "é" * 200,
        "🙂" * 100,
        "日本語" * 40,
        "\\n n’est pas une fin de ligne",
        '"guillemets" et «\u00a0autres\u00a0»',
    ],
)
def test_any_text_is_escaped_and_folded_and_comes_back_as_it_was(checklist, text):
    assert unescaped(one_event(checklist, text)["SUMMARY"][0]) == text


def test_no_text_can_begin_a_line_of_its_own(checklist):
    event = one_event(checklist, "Appeler\r\nATTACH:https://ailleurs.example\nEND:VEVENT\x85X:1\u2028Y:2")
    assert unescaped(event["SUMMARY"][0]) == "Appeler ATTACH:https://ailleurs.example END:VEVENT X:1 Y:2"


def test_the_calendar_has_what_rfc_5545_requires(checklist):
    found = content_lines(made("ics", checklist, full(checklist)))
    head = dict(found[: found.index(("BEGIN", "VEVENT"))])
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    assert "METHOD" not in head  # with it, DTSTAMP would be the moment of the export
    for event in events(made("ics", checklist, full(checklist))):
        assert {name: len(event[name]) for name in ("UID", "DTSTAMP", "SUMMARY", "DESCRIPTION")} == dict.fromkeys(
            ("UID", "DTSTAMP", "SUMMARY", "DESCRIPTION"), 1
        )


@few(20)
@given(written_dossiers)
def test_any_dossier_makes_a_calendar_that_can_be_read(assessment):
    dated = [a for a in evaluate(CHECKLIST, assessment, MONDAY).plan if not a.set_aside and a.due]
    if not dated:
        with pytest.raises(NoDueDateError):
            made("ics", CHECKLIST, assessment)
        return
    content = made("ics", CHECKLIST, assessment)
    assert len(events(content)) == len(dated)
    assert len(Calendar.from_ical(content).walk("VEVENT")) == len(dated)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content.decode())


def test_the_same_dossier_gives_the_same_bytes(checklist):
    assert made("ics", checklist, full(checklist)) == made("ics", checklist, full(checklist))

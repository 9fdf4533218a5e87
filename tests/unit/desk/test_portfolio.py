"""Many files as one portfolio: the latest of each dossier, what tells enterprises apart, two days of a figure."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer
from pensebete.desk.desk_text import figure_words, name_words, remarks
from pensebete.desk.intake import Refused, Taken
from pensebete.desk.portfolio import portfolio
from pensebete.desk.row import Asked, row_of
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, NOW, assess
from tests.unit.desk.test_triage import ASKED, LADDER, dossier, row
from tests.unit.evaluation.test_cases import CASES, READ_ON, ZONE

NB = "\u00a0"
SAY = wording("fr")


def test_the_same_dossier_in_two_files_is_one_row_and_both_files_are_named():
    one = dossier()
    (entry,) = portfolio([row(one, "b.json"), row(one, "a.pdf"), row(one, "c.json")]).entries
    assert (entry.row.file, entry.same_in, entry.earlier) == ("a.pdf", ("b.json", "c.json"), ())


def test_the_latest_of_an_id_is_the_row_and_those_before_are_its_history():
    versions = [dossier(at=NOW - timedelta(days=days)) for days in (9, 0, 30)]
    (entry,) = portfolio(row(one, f"{n}.json") for n, one in enumerate(versions)).entries
    assert entry.row.file == "1.json"
    assert [old.file for old in entry.earlier] == ["0.json", "2.json"]
    assert any("2 versions plus anciennes" in said for said in remarks(entry, SAY))


def test_a_moment_without_a_zone_or_none_at_all_is_compared_all_the_same():
    without_zone = dossier(at=datetime(2026, 3, 29, 8))
    undated = assess({"board-position": "done"}, id=UUID(int=1), organisation="Coop 001")
    (entry,) = portfolio([row(undated, "c.json"), row(without_zone, "b.json"), row(dossier(), "a.json")]).entries
    assert [entry.row.file, *(old.file for old in entry.earlier)] == ["b.json", "a.json", "c.json"]


def test_one_id_with_two_organisations_is_two_rows_each_warned_of():
    """A dossier that another enterprise began from: were it one row, one of the two would never be called."""
    found = portfolio(
        [row(dossier(organisation="Coop A"), "a"), row(dossier(organisation="Coop B", at=NOW + timedelta(1)), "b")]
    )
    assert [entry.other_names for entry in found.entries] == [("Coop B",), ("Coop A",)]
    assert any("Coop B" in said and said.endswith("?") for said in remarks(found.entries[0], SAY))


def test_a_name_written_otherwise_or_not_yet_is_the_same_organisation():
    same = [
        dossier(organisation="COOP  du fleuve"),
        dossier(organisation="Coop du Fleuve", at=NOW + timedelta(1)),
        dossier(organisation="", at=NOW - timedelta(1)),
    ]
    (entry,) = portfolio(row(one, str(n)) for n, one in enumerate(same)).entries
    assert (len(entry.earlier), entry.other_names, entry.apart) == (2, (), "")


def test_homonyms_are_told_apart_by_municipality_and_id():
    first = dossier(n=0x81B2 << 112, organisation="Coop", contact={"municipality": "Lévis"})
    second = dossier(n=0x81B3 << 112, organisation="coop")
    found = {entry.row.id[:4]: entry for entry in portfolio([row(first, "a"), row(second, "b")]).entries}
    assert name_words(found["81b2"], SAY) == "Coop (Lévis · 81b2)"
    assert name_words(found["81b3"], SAY) == "coop (81b3)"
    longer = dossier(n=(0x81B2 << 112) + 1, organisation="Coop")
    apart = [entry.apart for entry in portfolio([row(first, "a"), row(longer, "b")]).entries]
    assert len(set(apart)) == 2


def test_dossiers_without_an_id_are_told_apart_by_what_they_say():
    one, other = assess({"board-position": "done"}), assess({"board-position": "to_do"})
    assert len(portfolio([row(one, "a"), row(other, "b"), row(one, "c")]).entries) == 2


def test_a_figure_is_that_of_its_day_and_that_of_today():
    asked = Asked({CHECKLIST.id: CHECKLIST}, NOW, READ_ON, ZONE)
    found = row_of(Taken("06", CASES[5].read_bytes()), asked)
    assert found.result.then_on == date(2026, 10, 2)
    assert figure_words(found.result, SAY) == f"60{NB}% le 2 octobre 2026 · 45{NB}% aujourd’hui"
    on_its_day = row_of(Taken("06", CASES[5].read_bytes()), replace(asked, today=date(2026, 10, 2)))
    assert on_its_day.result.overall == found.result.then
    assert figure_words(on_its_day.result, SAY) == f"60{NB}%"


def test_a_dossier_answered_tomorrow_has_the_figure_of_today():
    found = row(dossier(at=NOW + timedelta(days=9)))
    assert found.result.then_on == date(2026, 3, 30)


def test_a_dossier_of_another_version_is_said_to_be_read_again():
    asked = Asked({CHECKLIST.id: CHECKLIST}, NOW, READ_ON, ZONE)
    (entry,) = portfolio([row_of(Taken("01", CASES[0].read_bytes()), asked)]).entries
    assert (entry.row.version, entry.row.read_with, entry.row.reread) == ("2026.1", "2026.2", True)
    assert "Relu avec 2026.2; rempli avec 2026.1" in remarks(entry, SAY)
    assert not row(dossier()).reread


def test_a_dossier_of_another_checklist_is_a_row_without_a_figure_and_is_not_last_in_silence():
    other = assess(
        {"x": Answer(status="done", answered_at=NOW)},
        checklist="cyber",
        organisation="C",
        contact={"call_wanted": True},
    )
    (entry,) = portfolio([row(other)]).entries
    assert entry.row.result is None
    assert [why.reason for why in entry.row.why] == ["call_wanted", "another_checklist"]
    assert entry.row.answered == (NOW.date(), NOW.date())
    assert f"Autre liste (cyber){NB}: non évaluée" in remarks(entry, SAY)
    assert [e.row.organisation for e in portfolio([row(LADDER[6]), row(LADDER[3]), row(other)]).entries] == [
        "C",
        "Coop 004",
        "Coop 007",
    ]


def test_a_checklist_at_hand_reads_its_own_dossiers(minimal):
    asked = replace(ASKED, checklists={CHECKLIST.id: CHECKLIST, minimal.id: minimal})
    found = row_of(Taken("a", dossier_file.dump(assess({"listen": "done"}, checklist="small"))), asked)
    assert set(found.result.domains) == {domain.id for domain in minimal.domains}


def test_today_is_that_of_the_zone_of_each_dossier_unless_one_is_asked_for():
    late_evening = datetime(2026, 3, 31, 3, tzinfo=UTC)  # the 30th in Toronto, the 31st in Paris
    asked = Asked({CHECKLIST.id: CHECKLIST}, late_evening)
    assert row(assess(timezone="America/Toronto"), asked=asked).today == date(2026, 3, 30)
    assert row(assess(timezone="Europe/Paris"), asked=asked).today == date(2026, 3, 31)
    assert row(assess(timezone="Europe/Paris"), asked=replace(asked, today=date(2026, 5, 1))).today == date(2026, 5, 1)


def test_what_is_no_dossier_is_refused_with_its_reasons():
    for content, id in (
        (b"{}", "another_program"),
        (b"[", "not_json"),
        (b'{"format": "pensebete-dossier"}', "missing_field"),
    ):
        found = row_of(Taken("a.json", content), ASKED)
        assert isinstance(found, Refused)
        assert [problem.id for problem in found.problems] == [id]


def test_notes_in_another_language_are_marked():
    (entry,) = portfolio([row(dossier(language="en"))]).entries
    assert "Notes en anglais, laissées telles quelles" in remarks(entry, SAY)
    assert not any("Notes" in said for said in remarks(entry, wording("en")))


def test_a_row_is_light_whatever_its_dossier_holds():
    """A thousand go from process to process and stay in memory; notes do so only where they are asked for."""
    heavy = dossier(answers={id: Answer(status="done", answered_at=NOW, note="x" * 9_000) for id in CHECKLIST.items})
    assert len(pickle.dumps(row(heavy))) < 5_000
    whole = row(heavy, asked=replace(ASKED, answers=True))
    assert [line.note for line in whole.result.answers] == ["x" * 9_000] * len(CHECKLIST.items)

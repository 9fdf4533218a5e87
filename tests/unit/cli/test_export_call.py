"""`python -m pensebete export`: the file, the language, the day, and what is refused."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pensebete.assessment import dossier_file
from pensebete.cli.main import main
from pensebete.pdf.build import action_plan_pdf
from tests.builders import MINIMAL, MONDAY, assess, evaluate
from tests.dossiers import full
from tests.unit.export.reading import events, lines, made

TODAY = ("--today", MONDAY.isoformat())


@pytest.fixture
def export(checklist, tmp_path, capsys, monkeypatch):
    """Export a dossier: (exit code, the file or None, standard error)."""
    monkeypatch.delenv("PENSEBETE_CHECKLIST", raising=False)

    def call(content: bytes, *arguments: object) -> tuple[int, bytes | None, str]:
        source, target = tmp_path / "source", tmp_path / "made"
        source.write_bytes(content)
        code = main(["export", str(source), "-o", str(target), *map(str, arguments)])
        out, err = capsys.readouterr()
        assert out == ""
        return code, target.read_bytes() if target.exists() else None, err

    return call


@pytest.mark.parametrize("to", ["xlsx", "ics", "csv"])
def test_the_file_is_the_one_the_pages_hand_over(checklist, export, to):
    assert export(dossier_file.dump(full(checklist)), "--to", to, *TODAY) == (
        0,
        made(to, checklist, full(checklist)),
        "",
    )


@pytest.mark.parametrize("to", ["xlsx", "ics", "csv"])
def test_a_pdf_stands_for_its_dossier(checklist, export, to):
    pdf = action_plan_pdf(evaluate(checklist, full(checklist), MONDAY), "fr")
    assert export(pdf, "--to", to, *TODAY) == (0, made(to, checklist, full(checklist)), "")


def test_it_speaks_the_language_asked_for_else_that_of_the_dossier(checklist, export):
    english = dossier_file.dump(full(checklist).model_copy(update={"language": "en"}))
    sheets = [
        load_workbook(BytesIO(export(english, "--to", "xlsx", *more)[1] or b"")).sheetnames[0]
        for more in ((), ("--lang", "fr"))
    ]
    assert sheets == ["Action plan", "Plan d’action"]


def test_due_dates_count_from_the_day_given(export):
    _, content, _ = export(dossier_file.dump(assess({"cash-weeks": "to_do"})), "--to", "ics", "--today", "2026-05-04")
    first = events(content or b"")[0]
    assert first["DTSTART;VALUE=DATE"] == [f"{date(2026, 5, 6):%Y%m%d}"]


def test_a_reminder_is_at_nine_in_the_zone_of_the_call(checklist, export):
    content = dossier_file.dump(full(checklist))
    for zone, hour in (("UTC", "T090000Z"), ("America/Toronto", "T130000Z")):
        _, made, _ = export(content, "--to", "reminder", *TODAY, "--timezone", zone)
        assert events(made or b"")[0]["DTSTART"] == [f"20260420{hour}"]


def test_a_reminder_in_a_folder_is_called_one(checklist, tmp_path):
    source = tmp_path / "dossier.json"
    source.write_bytes(dossier_file.dump(full(checklist)))
    assert main(["export", str(source), "--to", "reminder", *TODAY, "-o", str(tmp_path)]) == 0
    assert [path.name[:12] for path in tmp_path.glob("*.ics")] == ["rappel-plan_"]


def test_a_csv_file_holds_the_plan_unless_another_sheet_is_named(checklist, export):
    content = dossier_file.dump(full(checklist))
    assert "Échéance" in lines(export(content, "--to", "csv")[1] or b"", ";")[0]
    assert "Note" in lines(export(content, "--to", "csv", "--sheet", "answers")[1] or b"", ";")[0]


def test_a_calendar_without_a_date_is_not_made_and_the_reason_is_said(export):
    code, content, err = export(dossier_file.dump(assess()), "--to", "ics")
    assert (code, content) == (1, None)
    assert err == "Aucune action à faire n’a d’échéance\u00a0: il n’y a rien à mettre dans un calendrier.\n"


def test_another_checklist_may_be_named(export):
    code, content, _ = export(
        dossier_file.dump(assess({"cash": "to_do"}, checklist="small")), "--to", "csv", "--checklist", MINIMAL
    )
    assert code == 0
    assert lines(content or b"", ";")


def test_ids_the_checklist_does_not_know_are_named_and_exported(export):
    code, content, err = export(dossier_file.dump(assess({"old-item": "done"})), "--to", "xlsx")
    assert code == 0
    assert "answers.old-item" in err
    cells = [c.value for row in load_workbook(BytesIO(content or b""))["Autres précisions"].iter_rows() for c in row]
    assert "old-item" in cells


def test_a_file_that_is_no_dossier_is_refused_with_a_sentence(export):
    code, content, err = export(b"{}", "--to", "xlsx")
    assert (code, content) == (1, None)
    assert err.startswith("Ce fichier vient d’un autre programme.")


def test_a_workbook_goes_down_a_pipe_too(checklist, tmp_path, capsysbinary):
    source = tmp_path / "source"
    source.write_bytes(dossier_file.dump(full(checklist)))
    assert main(["export", str(source), "--to", "csv", "-o", str(Path("/dev/null"))]) == 0

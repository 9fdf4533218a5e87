"""The dossiers of many enterprises in one call."""

from __future__ import annotations

import csv
import json
import os
import time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from openpyxl import load_workbook

from pensebete.assessment import dossier_file
from pensebete.assessment.dossier_file import Problem
from pensebete.assessment.model import Answer
from pensebete.cli import portfolio_reading
from pensebete.cli.main import main
from pensebete.cli.portfolio_reading import Source, read_all, read_source, sources
from pensebete.desk.intake import Refused
from pensebete.desk.row import Row
from pensebete.pdf.build import action_plan_pdf
from tests.builders import NOW, assess, evaluate
from tests.pdf_reading import has, pages, squashed
from tests.portfolio_files import dossiers
from tests.unit.desk.test_triage import ASKED
from tests.unit.evaluation.test_cases import CASES

NB = "\u00a0"
TODAY = ("--today", "2026-11-26", "--timezone", "America/Toronto")


@pytest.fixture
def call(capsysbinary, monkeypatch):
    """Run `portfolio`: (exit code, standard output, standard error)."""
    monkeypatch.delenv("PENSEBETE_CHECKLIST", raising=False)

    def run(*arguments: object) -> tuple[int, bytes, str]:
        code = main(["portfolio", *map(str, arguments), *TODAY])
        out, err = capsysbinary.readouterr()
        return code, out, err.decode()

    return run


@pytest.fixture
def folder(tmp_path) -> Path:
    """The realistic dossiers, in folders, a zip and a PDF, beside files that are no dossiers."""
    found = tmp_path / "recus"
    (found / "novembre").mkdir(parents=True)
    for file in CASES[:4]:
        (found / "novembre" / file.name).write_bytes(file.read_bytes())
    with ZipFile(found / "envoi.zip", "w") as zipped:
        for file in CASES[4:]:
            zipped.writestr(f"plans/{file.name}", file.read_bytes())
        zipped.writestr("__MACOSX/plans/._x.json", b"x")
        zipped.writestr("lisez-moi.docx", b"PK")
    (found / "ancien.json").write_bytes(b"{}")
    (found / "photo.jpg").write_bytes(b"not looked at")
    return found


def as_json(out: bytes) -> dict:
    return json.loads(out)


def test_folders_and_zips_are_read_whole_and_what_is_refused_is_named_with_its_reason(call, folder):
    code, out, err = call(folder)
    assert code == 0
    found = as_json(out)
    assert [row["rank"] for row in found["rows"]] == list(range(1, 10))
    assert [row["file"].rpartition("/")[2][:2] for row in found["rows"]][:4] == ["05", "02", "07", "11"]
    assert all(isinstance(row["why"], list) for row in found["rows"])
    assert {one["file"].rpartition("/")[2] for one in found["refused"]} == {"ancien.json", "lisez-moi.docx"}
    assert all(one["reason"].endswith(".") for one in found["refused"])
    assert err == "2 fichiers refusés sur 12; les raisons sont dans le résultat.\n"
    assert found["rows"][0]["file"] == f"{folder}/envoi.zip/plans/05-cafe-coop-la-grange.json"


def test_a_row_says_the_figures_that_score_says(call, capsysbinary):
    rows = as_json(call(CASES[5])[1])["rows"]
    assert main(["score", str(CASES[5]), *TODAY]) == 0
    score = json.loads(capsysbinary.readouterr().out)
    (row,) = rows
    assert row["overall"].pop("shown") == 45
    assert row["overall"] == score["overall"]
    assert row["domains"] == score["domains"]
    assert row["answered_on"] == score["answered_on"]
    assert row["then"]["on"] == "2026-10-02"
    assert row["then"]["shown"] == 60
    assert row["checklist"] == {"id": "covid-19", "version": "2026.1", "read_with": "2026.2"}
    assert [check["code"] for check in row["checks"]] == ["proof_expired", "answers_old", "profile_against_notes"]
    assert row["lane"] == "to_verify"


def test_it_speaks_the_language_asked_for(call):
    french, english = (as_json(call(CASES[1], "--lang", language)[1])["rows"][0]["why"] for language in ("fr", "en"))
    assert [why["reason"] for why in french] == [why["reason"] for why in english]
    assert french[0]["sentence"] == f"Liquidités{NB}: 0{NB}%"
    assert english[0]["sentence"] == "Liquidity: 0%"


def test_all_refused_is_exit_1_and_one_that_opens_is_exit_0(call, tmp_path):
    wrong = tmp_path / "wrong.json"
    wrong.write_bytes(b"[]")
    code, out, _ = call(wrong)
    assert (code, as_json(out)["rows"], len(as_json(out)["refused"])) == (1, [], 1)
    assert call(wrong, CASES[0])[0] == 0


def test_what_is_not_there_and_what_holds_nothing_is_said(call, tmp_path):
    code, out, err = call(tmp_path / "gone.json", CASES[0])
    assert (code, out) == (2, b"")
    assert "gone.json" in err
    (tmp_path / "empty").mkdir()
    assert call(tmp_path / "empty") == (1, b"", "Aucun dossier n’a été trouvé dans ce qui est nommé.\n")
    assert call()[0] == 2


def test_a_workbook_needs_a_file_and_a_sheet_is_for_csv(call):
    assert call(CASES[0], "--to", "xlsx")[0] == 2
    assert call(CASES[0], "--sheet", "late")[0] == 2
    assert call(CASES[0], "--to", "pdf")[0] == 2


def test_pdfs_and_json_of_one_dossier_are_one_row(call, tmp_path, checklist):
    assessment = dossier_file.read(CASES[0].read_bytes(), checklist)
    pdf = tmp_path / "plan.pdf"
    pdf.write_bytes(action_plan_pdf(evaluate(checklist, assessment), "fr"))
    (tmp_path / "plan.json").write_bytes(dossier_file.attached(pdf.read_bytes()))
    (row,) = as_json(call(tmp_path)[1])["rows"]
    assert [Path(file).name for file in (row["file"], *row["same_in"])] == ["plan.json", "plan.pdf"]


def test_csv_has_a_table_each_and_guards_what_a_spreadsheet_would_compute(call, tmp_path):
    evil = assess(
        {"board-position": Answer(status="done", note="=1+1", answered_at=NOW)},
        organisation="=cmd()",
        contact={"phone": "+14185550142", "weeks_of_money": 3.5, "call_wanted": True},
    )
    (tmp_path / "a.json").write_bytes(dossier_file.dump(evil))
    code, out, _ = call(tmp_path, "--to", "csv")
    assert code == 0
    heads, row = csv.reader(StringIO(out.decode("utf-8-sig")), delimiter=";")
    said = dict(zip(heads, row, strict=True))
    assert said["Entreprise"] == "'=cmd()"
    assert said["Téléphone"] == "'+14185550142"
    assert said["Semaines d’argent"] == "3,5"
    assert said["Pourquoi appeler"].startswith("Demande un appel · Il reste 3,5 semaines d’argent")
    english = call(tmp_path, "--to", "csv", "--lang", "en")[1].decode("utf-8-sig")
    assert next(csv.reader(StringIO(english)))[2] == "Organization"
    answers = call(tmp_path, "--to", "csv", "--sheet", "answers")[1].decode("utf-8-sig")
    assert "'=1+1" in answers
    for sheet in ("late", "checks", "refused"):
        assert call(tmp_path, "--to", "csv", "--sheet", sheet)[0] == 0


def test_a_workbook_has_a_typed_sheet_each(call, folder, tmp_path):
    made = tmp_path / "p.xlsx"
    assert call(folder, "--to", "xlsx", "-o", made)[:2] == (0, b"")
    book = load_workbook(BytesIO(made.read_bytes()))
    assert book.sheetnames == [
        "Portefeuille", "Réponses", "Actions en retard", "À vérifier", "Fichiers refusés", "À propos",
    ]  # fmt: skip
    heads = [cell.value for cell in book["Portefeuille"][1]]
    first = dict(zip(heads, (cell.value for cell in book["Portefeuille"][2]), strict=True))
    assert first["Entreprise"] == "Café coop La Grange"
    assert (first["Degré, sur 100"], first["Liquidités"]) == (3, 0)
    assert first["Dernière réponse"].year == 2026
    assert book["Portefeuille"].max_row == 10
    assert book["Réponses"].max_row > 150
    late = book["Actions en retard"]
    assert {type(late.cell(row, 6).value).__name__ for row in range(2, late.max_row + 1)} == {"datetime"}
    assert {type(late.cell(row, 7).value).__name__ for row in range(2, late.max_row + 1)} == {"int"}
    assert book["À vérifier"].max_row == 10
    assert book["Fichiers refusés"].max_row == 3
    again = tmp_path / "q.xlsx"
    call(folder, "--to", "csv", "-o", again)
    assert again.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_result_of_before_in_the_same_folder_is_not_read(call, folder):
    out = folder / "portefeuille.json"
    assert call(folder, "-o", out)[0] == 0
    before = out.read_bytes()
    assert call(folder, "-o", out)[0] == 0
    assert out.read_bytes() == before


def test_nothing_is_told_about_progress_where_nobody_waits_at_a_terminal(call, folder, monkeypatch):
    assert "lus sur" not in call(folder)[2]
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert "12 fichiers lus sur 12" in call(folder)[2]


# Reading


@pytest.mark.parametrize("to", ["json", "csv"])
def test_a_file_whose_name_is_no_text_is_named_as_well_as_can_be(call, tmp_path, to):
    file = tmp_path / os.fsdecode(b"caf\xe9.json")
    file.write_bytes(CASES[0].read_bytes())
    code, out, _ = call(tmp_path, "--to", to)
    assert code == 0
    assert b"caf\\udce9.json" in out.replace(b"\\\\", b"\\")


def test_one_file_that_takes_too_long_is_refused_and_stops_no_other(monkeypatch, tmp_path):
    def slow(*_: object) -> object:
        while True:
            pass

    monkeypatch.setattr(portfolio_reading, "SECONDS", 0.05)
    monkeypatch.setattr(portfolio_reading, "row_of", slow)
    assert read_source(ASKED, "fr", Source(CASES[0])) == [Refused(str(CASES[0]), (Problem("too_much"),))]
    monkeypatch.undo()
    (row,) = read_source(ASKED, "fr", Source(CASES[0]))
    assert row.organisation == "Coop du Fleuve"


def test_a_machine_that_is_busy_is_no_fault_of_a_file(monkeypatch):
    read = portfolio_reading.row_of
    read_source(ASKED, "fr", Source(CASES[0]))  # what is imported and read once is not counted below

    def without_a_turn(*arguments: Any) -> object:
        time.sleep(1)  # its clock goes on
        return read(*arguments)

    monkeypatch.setattr(portfolio_reading, "SECONDS", 0.5)
    monkeypatch.setattr(portfolio_reading, "BY_THE_CLOCK", 1000)  # as long as a starved machine needs
    monkeypatch.setattr(portfolio_reading, "row_of", without_a_turn)
    (row,) = read_source(ASKED, "fr", Source(CASES[0]))
    assert isinstance(row, Row)


def test_a_file_that_is_waited_for_in_vain_is_refused(monkeypatch):
    monkeypatch.setattr(portfolio_reading, "SECONDS", 0.02)
    monkeypatch.setattr(portfolio_reading, "row_of", lambda *_: time.sleep(60))
    assert read_source(ASKED, "fr", Source(CASES[0])) == [Refused(str(CASES[0]), (Problem("too_much"),))]


def test_a_file_that_takes_too_much_memory_is_refused(monkeypatch):
    def greedy(*_: object) -> object:
        raise MemoryError

    monkeypatch.setattr(portfolio_reading, "row_of", greedy)
    assert read_source(ASKED, "fr", Source(CASES[0])) == [Refused(str(CASES[0]), (Problem("too_much"),))]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_refused_with_the_reason(tmp_path):
    closed = tmp_path / "a.json"
    closed.write_bytes(b"{}")
    closed.chmod(0)
    ((refused),) = read_source(ASKED, "fr", Source(closed))
    assert refused.problems[0].id == "file.unreadable"


def test_a_file_that_is_gone_once_it_is_read_is_refused_with_the_reason(tmp_path):
    (refused,) = read_source(ASKED, "fr", Source(tmp_path / "gone.json"))
    assert refused.problems == (Problem("file.unreadable", {"reason": "il n’y a rien de ce nom"}),)


def test_a_damaged_zip_is_refused_once_and_a_damaged_file_in_one_alone(tmp_path):
    whole = BytesIO()
    with ZipFile(whole, "w") as zipped:
        zipped.writestr("a.json", CASES[0].read_bytes())
        zipped.writestr("b.json", CASES[1].read_bytes())
    content = whole.getvalue()
    damaged = tmp_path / "d.zip"
    damaged.write_bytes(content.replace(b"Coop du Fleuve", b"Coop du fleuve"))
    found = [one for source in sources([damaged], None) for one in read_source(ASKED, "fr", source)]
    assert [isinstance(one, Refused) for one in found] == [True, False]
    assert found[0].problems == (Problem("file.broken"),)
    cut = tmp_path / "c.zip"
    cut.write_bytes(content[:200])
    ((refused,),) = [read_source(ASKED, "fr", source) for source in sources([cut], None)]
    assert refused.problems == (Problem("file.broken"),)


def test_a_zip_has_no_bound_on_how_many_files_it_holds(tmp_path):
    many = tmp_path / "m.zip"
    with ZipFile(many, "w") as zipped:
        for n in range(3_000):
            zipped.writestr(f"{n}.json", b"{}")
    assert len(list(sources([many], None))) == 3_000


def test_three_hundred_dossiers_are_read_on_every_core_and_said_in_order(call, tmp_path):
    """All the realistic ones, two of this version, and the rest made; bench/measures/portfolio.py reads a thousand."""
    for name, content in dossiers(300):
        (tmp_path / name).write_bytes(content)
    code, out, err = call(tmp_path)
    assert (code, err) == (0, "")
    found = as_json(out)
    assert found["refused"] == []
    assert len(found["rows"]) == 299  # one of the cases is the same enterprise three weeks later
    assert [row["rank"] for row in found["rows"]] == list(range(1, 300))
    wanted = [any(why["reason"] == "call_wanted" for why in row["why"]) for row in found["rows"]]
    assert wanted == sorted(wanted, reverse=True)
    assert 15 < sum(wanted) < 60
    names = {row["organisation"] for row in found["rows"]}
    assert {"Organisation 1", "Coop du Fleuve", "Townships Food Hub Co-operative"} <= names
    assert sum(1 for row in found["rows"] if row["apart"]) > 270  # eighty names for three hundred enterprises


def test_processes_give_the_same_rows_as_one(tmp_path):
    for name, content in dossiers(90):
        (tmp_path / name).write_bytes(content)
    found = list(sources([tmp_path], None))
    assert list(read_all(found, ASKED, "fr")) == [one for source in found for one in read_source(ASKED, "fr", source)]


def ends_its_process(source: Source) -> list[Row | Refused]:
    if source.path.name == CASES[0].name:
        os._exit(1)
    return portfolio_reading._read(source)


@pytest.mark.soak  # nine processes, one after the other
def test_a_file_that_ends_its_process_is_refused_and_stops_no_other(tmp_path):
    for name, content in dossiers(82):
        (tmp_path / name).write_bytes(content)
    # The one that ends it first: those handed out with it are read again, each in a process of its own.
    found = sorted(sources([tmp_path], None), key=lambda source: source.path.name != CASES[0].name)
    rows = list(read_all(found, ASKED, "fr", ends_its_process))
    assert [row for row in rows if isinstance(row, Refused)] == [
        Refused(str(tmp_path / CASES[0].name), (Problem("too_much"),))
    ]
    assert [row.file for row in rows] == [source.name for source in found]


def test_call_sheets_are_one_pdf_in_the_order_of_calls_and_what_is_refused_is_said(call, folder, tmp_path):
    out = tmp_path / "fiches.pdf"
    code, said, err = call(folder, "--to", "sheets", "-o", out)
    assert (code, said) == (0, b"")
    assert [line.partition(f"{NB}: ")[0] for line in err.splitlines()] == [
        f"{folder}/ancien.json",
        f"{folder}/envoi.zip/lisez-moi.docx",
    ]
    texts = pages(out.read_bytes())
    rows = as_json(call(folder)[1])["rows"]
    assert len(texts) == len(rows) == 9
    assert all(has(squashed(text), row["organisation"]) for text, row in zip(texts, rows, strict=True))


def test_the_first_sheets_alone_on_the_paper_and_in_the_language_asked_for(call, folder, tmp_path):
    out = tmp_path / "sheets.pdf"
    assert call(folder, "--to", "sheets", "--top", "2", "--paper", "a4", "--lang", "en", "-o", out)[0] == 0
    texts = pages(out.read_bytes())
    assert len(texts) == 2
    assert has(squashed(texts[0]), "Why call", "To ask")
    with pikepdf.open(out) as file:
        assert round(float(file.pages[0].mediabox[3])) == 842


def test_the_sheets_of_many_files_are_those_of_few(call, tmp_path, monkeypatch):
    """Dossiers come back from the processes that read them."""
    plans = tmp_path / "plans"
    plans.mkdir()
    for name, content in dossiers(12):
        (plans / name).write_bytes(content)
    for few, name in ((40, "one.pdf"), (4, "many.pdf")):
        monkeypatch.setattr(portfolio_reading, "_FEW", few)
        assert call(plans, "--to", "sheets", "-o", tmp_path / name)[0] == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "many.pdf").read_bytes()


def test_without_a_dossier_there_are_no_sheets_and_the_exit_code_says_so(call, tmp_path):
    (tmp_path / "a.json").write_bytes(b"{}")
    code, _, err = call(tmp_path, "--to", "sheets", "-o", tmp_path / "fiches.pdf")
    assert code == 1
    assert f"a.json{NB}: " in err
    assert not (tmp_path / "fiches.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--to", "sheets"), "Il manque -o."),
        (("--top", "3"), "--top et --paper vont avec --to sheets."),
        (("--to", "csv", "--paper", "a4"), "--top et --paper vont avec --to sheets."),
        (("--to", "sheets", "--top", "0", "-o", "x.pdf"), "--top prend un nombre à partir de 1."),
        (("--to", "sheets", "--sheet", "late", "-o", "x.pdf"), "--sheet choisit"),
    ],
)
def test_a_wrong_call_for_sheets_is_a_sentence_and_exit_2(call, folder, arguments, says):
    code, _, err = call(folder, *arguments)
    assert code == 2
    assert says in err.replace(NB, " ")

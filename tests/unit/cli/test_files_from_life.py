"""The commands that take a dossier take what mail made of it; what is said of the file goes to standard error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pensebete.cli.main import main
from pensebete.text.wording import wording
from tests.builders import MONDAY
from tests.unit.desk import lived
from tests.unit.desk.lived import by, carried, edited, letter, plan, zipped

SAY = wording("fr")


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a call: (exit code, standard output, standard error)."""
    monkeypatch.delenv("PENSEBETE_CHECKLIST", raising=False)

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([*map(str, arguments), "--today", MONDAY.isoformat()])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def put(tmp_path):
    def write(name: str, content: bytes) -> Path:
        file = tmp_path / name
        file.write_bytes(content)
        return file

    return write


def test_every_command_takes_a_plan_in_a_letter(run, put, tmp_path):
    plain, mailed = put("dossier.json", carried()), put("courriel.eml", letter(("plan.pdf", plan())).as_bytes())
    for call in ("score", "plan"):
        assert run(call, mailed) == run(call, plain)
    for call in (("pdf",), ("export", "--to", "csv")):
        made = [tmp_path / f"made-{n}" for n in range(2)]
        for source, target in zip((plain, mailed), made, strict=True):
            assert run(*call, source, "-o", target)[0] == 0
        assert made[0].read_bytes() == made[1].read_bytes()
    assert json.loads(run("extract", mailed)[1]) == json.loads(carried())


def test_extract_says_the_comments_on_standard_error_a_line_each(run, put):
    code, out, err = run("extract", put("plan.pdf", by("mutool", "run", "comment.js")))
    assert code == 0
    assert json.loads(out) == json.loads(carried())
    assert err.splitlines() == [
        SAY("dossier.comments", 3),
        SAY("dossier.comment.mark", page=1, author="Luc"),
        SAY("dossier.comment", page=2, author="Marie Tremblay", text="Et la paie du 15 ? <b>**Vite**</b>"),
        SAY("dossier.comment", page=2, author=SAY("dossier.comment.nobody"), text="à revoir"),
    ]


def test_a_comment_commands_no_terminal(run, put):
    def commented(pdf) -> None:
        lived.talked_over(pdf)
        pdf.pages[2].Annots[0].Contents = "a\nb\x1b[2Jc\u202ed"

    err = run("extract", put("plan.pdf", edited(commented)))[2]
    assert len(err.splitlines()) == 3
    assert "\x1b" not in err
    assert "\u202e" not in err


@pytest.mark.parametrize("call", ["extract", "score"])
def test_a_file_of_two_dossiers_is_refused_with_the_name_of_each(run, put, call):
    code, out, err = run(call, put("envoi.zip", zipped(("a.pdf", plan()), ("b.pdf", plan("02")))))
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        SAY("dossier.several", count="2"),
        SAY("dossier.of_file", file="envoi.zip/a.pdf", said="Coop du Fleuve"),
        SAY("dossier.of_file", file="envoi.zip/b.pdf", said=lived.of("02").organisation),
    ]


def test_each_file_that_is_refused_in_a_file_is_named(run, put):
    content = zipped(("a.docx", zipped(("[Content_Types].xml", b""), ("word/a", b""))), ("vide.pdf", b""))
    code, out, err = run("score", put("envoi.zip", content))
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        SAY("dossier.of_file", file="a.docx", said=SAY("dossier.file.document")),
        SAY("dossier.of_file", file="vide.pdf", said=SAY("dossier.file.empty")),
    ]


def test_a_plan_whose_companion_was_lost_is_read_and_that_is_said(run, put):
    code, out, err = run("extract", put("plans.pdf", by("pdfunite", "a.pdf", "b.pdf", "out.pdf")))
    assert code == 0
    assert json.loads(out)["organisation"] == "Coop du Fleuve"
    assert err == SAY("dossier.pdf.some_lost", lost="1") + "\n"

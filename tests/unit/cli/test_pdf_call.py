"""The `pdf` command: each edition, its paper and what is left out of it."""

from __future__ import annotations

from io import BytesIO
from itertools import cycle

import pytest
from pypdf import PdfReader

from pensebete.assessment import dossier_file
from pensebete.cli.main import main
from pensebete.pdf.build import blank_checklist_pdf, edition_pdf
from pensebete.pdf.edition import Edition
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import MONDAY, ROOT, evaluate

EXAMPLE = ROOT / "docs" / "example-dossier.json"
TODAY = ("--today", MONDAY.isoformat())


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a call: (exit code, standard output, standard error)."""
    monkeypatch.delenv("PENSEBETE_CHECKLIST", raising=False)

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([*map(str, arguments), *TODAY])
        return code, *capsys.readouterr()

    return call


CALLS = {
    ("--edition", "full"): Edition(),
    ("--paper", "a4"): Edition(paper="a4"),
    ("--without-notes",): Edition(notes=False),
    ("--without-not-applicable", "--paper", "a4"): Edition(not_applicable=False, paper="a4"),
    ("--edition", "board"): Edition("board"),
    ("--edition", "board", "--paper", "a4"): Edition("board", "a4"),
    ("--edition", "lender"): Edition("lender"),
    ("--without-contact",): Edition(contact=False),
    ("--edition", "board", "--with-contact"): Edition("board", contact=True),
}


@pytest.mark.parametrize(("options", "language"), list(zip(CALLS, cycle(LANGUAGES), strict=False)))
def test_each_edition_is_made_as_asked_for(run, tmp_path, checklist, options, language):
    made = tmp_path / "made.pdf"
    assert run("pdf", EXAMPLE, *options, "-o", made, "--lang", language) == (0, "", "")
    example = dossier_file.read(EXAMPLE.read_bytes(), checklist)
    assert made.read_bytes() == edition_pdf(CALLS[options], evaluate(checklist, example, MONDAY), language)


@pytest.mark.parametrize("options", [("--blank",), ("--edition", "blank"), ("--blank", "--edition", "blank")])
def test_blank_is_short_for_the_edition_of_that_name(run, tmp_path, checklist, options):
    made = tmp_path / "blank.pdf"
    assert run("pdf", *options, "--paper", "a4", "-o", made) == (0, "", "")
    assert made.read_bytes() == blank_checklist_pdf(checklist, "fr", MONDAY, "a4")


# What is said of an edition without a dossier; of the full one, where a part of it was left out.
SAID = {"board": "pdf.board", "lender": "pdf.lender", "blank": "pdf.blank", "full": "pdf.partial"}


@pytest.mark.parametrize(
    "options", [options for options, edition in CALLS.items() if not edition.complete], ids=" ".join
)
def test_only_the_complete_edition_gives_the_dossier_back(run, tmp_path, options):
    made = tmp_path / "made.pdf"
    run("pdf", EXAMPLE, *options, "-o", made)
    for language in LANGUAGES:
        code, out, err = run("extract", made, "--lang", language)
        assert (code, out, err) == (1, "", wording(language)(f"dossier.{SAID[CALLS[options].name]}") + "\n")


def test_a_folder_of_dossiers_becomes_a_folder_of_one_edition(run, tmp_path):
    second = tmp_path / "second.json"
    second.write_bytes(EXAMPLE.read_bytes())
    assert run("pdf", EXAMPLE, second, "--edition", "board", "--paper", "a4", "-o", tmp_path / "made") == (0, "", "")
    made = sorted((tmp_path / "made").iterdir())
    assert len(made) == 2
    for pdf in made:
        (page,) = PdfReader(BytesIO(pdf.read_bytes())).pages
        assert tuple(page.mediabox) == (0, 0, 595.28, 841.89)


WRONG = [
    ((EXAMPLE, "--blank", "--edition", "board"), "cli.blank_and_edition", {"edition": "board"}),
    (("--blank", "--edition", "lender"), "cli.blank_and_edition", {"edition": "lender"}),
    ((EXAMPLE, "--edition", "board", "--without-notes"), "cli.without_of_full", {"edition": "board"}),
    (("--blank", "--without-notes"), "cli.without_of_full", {"edition": "blank"}),
    ((EXAMPLE, "--edition", "lender", "--without-not-applicable"), "cli.without_of_full", {"edition": "lender"}),
    ((EXAMPLE, "--edition", "blank"), "cli.dossier_or_blank", {}),
    (("--edition", "board"), "cli.dossier_or_blank", {}),
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("arguments", "id", "values"), WRONG)
def test_what_does_not_go_together_is_said_and_nothing_is_written(run, tmp_path, arguments, id, values, language):
    made = tmp_path / "made.pdf"
    code, out, err = run("pdf", *arguments, "-o", made, "--lang", language)
    assert (code, out, err) == (2, "", wording(language)(id, **values) + "\n")
    assert not made.exists()


@pytest.mark.parametrize("options", [("--edition", "short"), ("--paper", "legal"), ("--edition",)])
def test_an_edition_or_a_paper_that_does_not_exist_is_wrong_use(run, tmp_path, options):
    code, out, err = run("pdf", EXAMPLE, "-o", tmp_path / "made.pdf", *options)
    assert (code, out) == (2, "")
    assert options[0] in err

"""Many dossiers to PDF in one call."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from pensebete.assessment import dossier_file
from pensebete.cli.main import main
from pensebete.pdf.build import action_plan_pdf
from tests.builders import MINIMAL, MONDAY, assess, evaluate, with_unknown

TODAY = ("--today", MONDAY.isoformat())


@pytest.fixture
def pdf(capsys, monkeypatch):
    """Run `pdf`: (exit code, standard error)."""
    monkeypatch.delenv("PENSEBETE_CHECKLIST", raising=False)

    def call(*arguments: object) -> tuple[int, str]:
        code = main(["pdf", *map(str, arguments), *TODAY])
        out, err = capsys.readouterr()
        assert out == ""
        return code, err

    return call


@pytest.fixture
def dossiers(tmp_path):
    """A function that saves a dossier for each name, the name being that of the enterprise."""

    def save(*names: str) -> list[Path]:
        files = [tmp_path / f"{name}.json" for name in names]
        for file in files:
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(dossier_file.dump(assess({"cash-forecast": "to_do"}, organisation=file.stem)))
        return files

    return save


def plan_of(name: str = "", *rest: str) -> str:
    """What the plan of an enterprise is called, in French."""
    return "_".join(filter(None, ("plan-action", name, MONDAY.isoformat(), *rest))) + ".pdf"


def test_each_dossier_has_its_plan_in_the_folder_under_the_name_of_its_enterprise(pdf, dossiers, tmp_path, checklist):
    files = dossiers(*(f"coop-{n}" for n in range(12)))
    assert pdf(*files, "-o", tmp_path / "plans") == (0, "")
    made = sorted((tmp_path / "plans").iterdir())
    assert {plan.name for plan in made} == {plan_of(file.stem) for file in files}
    for plan in made:
        assert plan_of(dossier_file.read(plan.read_bytes(), checklist).organisation) == plan.name


def test_a_plan_made_with_others_is_the_same_as_one_made_alone(pdf, dossiers, tmp_path, checklist):
    pdf(*dossiers("a", "b"), "-o", tmp_path / "plans")
    alone = action_plan_pdf(evaluate(checklist, assess({"cash-forecast": "to_do"}, organisation="b"), MONDAY), "fr")
    assert (tmp_path / "plans" / plan_of("b")).read_bytes() == alone


def test_one_dossier_may_go_to_a_folder_that_is_there(pdf, dossiers, tmp_path):
    (tmp_path / "plans").mkdir()
    assert pdf(*dossiers("a"), "-o", tmp_path / "plans") == (0, "")
    assert (tmp_path / "plans" / plan_of("a")).exists()


def test_a_dossier_that_cannot_be_read_is_named_and_stops_no_other(pdf, dossiers, tmp_path):
    wrong = tmp_path / "wrong.json"
    wrong.write_bytes(b"{}")
    code, err = pdf(*dossiers("a"), wrong, *dossiers("b"), "-o", tmp_path / "plans")
    assert code == 1
    assert err.startswith(f"{wrong}\u00a0: Ce fichier vient d’un autre programme.")
    assert {plan.name for plan in (tmp_path / "plans").iterdir()} == {plan_of("a"), plan_of("b")}
    code, err = pdf(*dossiers("a"), tmp_path / "gone.json", "-o", tmp_path / "plans")
    assert (code, err) == (2, f"{tmp_path / 'gone.json'}\u00a0: il n’y a rien de ce nom\n")


def test_unknown_ids_are_named_with_their_dossier(pdf, dossiers, tmp_path):
    old = tmp_path / "old.json"
    old.write_bytes(dossier_file.dump(assess({"old-item": "done"})))
    code, err = pdf(*dossiers("a"), old, "-o", tmp_path / "plans")
    assert code == 0
    assert err.startswith(f"{old}\u00a0: answers.old-item\u00a0: ")


def test_fields_that_another_version_wrote_are_named_with_their_dossier_and_kept(pdf, dossiers, tmp_path, checklist):
    newer = tmp_path / "newer.json"
    newer.write_bytes(dossier_file.dump(with_unknown(assess({"cash-forecast": "done"}), {"weather": "cold"})))
    code, err = pdf(*dossiers("a"), newer, "-o", tmp_path / "plans")
    assert code == 0
    assert err.startswith(f"{newer}\u00a0: Cette version du programme ne connaît pas ce champ du dossier\u00a0: ")
    assert err.count("\n") == 1
    assert dossier_file.attached((tmp_path / "plans" / plan_of()).read_bytes()) == newer.read_bytes()


def test_ids_renamed_since_are_carried_as_in_a_call_for_one(pdf, tmp_path):
    old = tmp_path / "old.json"
    old.write_bytes(dossier_file.dump(assess({"hear": "done"}, checklist="small")))
    options = ("--checklist", MINIMAL)
    alone = pdf(old, "-o", tmp_path / "alone.pdf", *options)
    (tmp_path / "plans").mkdir()
    assert pdf(old, "-o", tmp_path / "plans", *options) == (0, f"{old}\u00a0: {alone[1]}")
    assert (tmp_path / "plans" / plan_of()).read_bytes() == (tmp_path / "alone.pdf").read_bytes()
    assert "listen" in alone[1]


def with_id(tmp_path: Path, name: str, id: str) -> Path:
    file = tmp_path / f"{name}.json"
    file.write_bytes(dossier_file.dump(assess({"cash-forecast": "to_do"}, organisation="Coop", id=UUID(id))))
    return file


def test_where_two_plans_would_have_one_name_the_later_has_more_of_the_id(pdf, tmp_path, checklist):
    ids = ("81b2c000", "81b2c111", "81b2c111", "90000000")
    ids = tuple(f"{id}-0000-4000-8000-00000000000{n}" for n, id in enumerate(ids))
    files = [with_id(tmp_path, str(n), id) for n, id in enumerate(ids)]
    assert pdf(*files, "-o", tmp_path / "plans") == (0, "")
    names = ("81b2", "81b2c111", ids[2].replace("-", ""), "9000")
    assert {plan.name for plan in (tmp_path / "plans").iterdir()} == {plan_of("coop", name) for name in names}
    for id, name in zip(ids, names, strict=True):
        plan = (tmp_path / "plans" / plan_of("coop", name)).read_bytes()
        assert dossier_file.read(plan, checklist).id == UUID(id)


def test_one_dossier_twice_and_those_without_an_id_are_numbered(pdf, tmp_path, dossiers):
    twice = with_id(tmp_path, "twice", "81b2c000-0000-4000-8000-000000000000")
    assert pdf(twice, twice, twice, twice, *dossiers("x/a", "y/a", "z/a"), "-o", tmp_path / "plans") == (0, "")
    id = UUID("81b2c000-0000-4000-8000-000000000000").hex
    assert {plan.name for plan in (tmp_path / "plans").iterdir()} == {
        *(plan_of("coop", name) for name in (id[:4], id[:8], id, f"{id}-2")),
        *(plan_of("a"), plan_of("a").replace(".pdf", "-2.pdf"), plan_of("a").replace(".pdf", "-3.pdf")),
    }


def test_no_plan_is_written_over_a_dossier(pdf, tmp_path):
    dossier = with_id(tmp_path, "x", "81b2c000-0000-4000-8000-000000000000").rename(tmp_path / plan_of("coop", "81b2"))
    before = dossier.read_bytes()
    assert pdf(dossier, "-o", tmp_path) == (0, "")
    assert dossier.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {dossier.name, plan_of("coop", "81b2c000")}


def test_the_same_call_again_writes_the_same_plans_again(pdf, tmp_path, dossiers):
    files = [*dossiers("a", "b"), with_id(tmp_path, "x", "81b2c000-0000-4000-8000-000000000000")]
    pdf(*files, "-o", tmp_path / "plans")
    before = {plan.name: plan.read_bytes() for plan in (tmp_path / "plans").iterdir()}
    assert len(before) == 3
    pdf(*files, "-o", tmp_path / "plans")
    assert {plan.name: plan.read_bytes() for plan in (tmp_path / "plans").iterdir()} == before


def test_a_file_in_place_of_the_folder_is_wrong_use(pdf, dossiers, tmp_path):
    (tmp_path / "plans").write_text("")
    code, err = pdf(*dossiers("a", "b"), "-o", tmp_path / "plans")
    assert code == 2
    assert "un fichier porte déjà ce nom" in err

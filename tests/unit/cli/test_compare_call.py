"""Two dossiers compared in one call: what it prints, what it says of them, each at its own day."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from shutil import which
from subprocess import run as run_program
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import new_cycle
from pensebete.assessment.model import Answer, Assessment, OwnAction, Planned
from pensebete.checklist.model import ChecklistRef
from pensebete.checklist.status import STATUSES
from pensebete.cli.main import main
from pensebete.pdf.build import action_plan_pdf
from tests.builders import NOW, assess, evaluate, mended
from tests.unit.assessment.test_migration import RENAMED, TALK, TALK_BELONGS, V2
from tests.unit.evaluation.test_cases import CASES

NB = "\u00a0"
DAY = timedelta(days=1)
FIRST, LATER = UUID(int=1), UUID(int=2)


@pytest.fixture
def call(capsys, monkeypatch):
    """Run `compare`: (exit code, what standard output holds, standard error)."""
    monkeypatch.delenv("PENSEBETE_CHECKLIST", raising=False)
    monkeypatch.setenv("PENSEBETE_TIMEZONE", "America/Toronto")

    def run(*arguments: object):
        code = main(["compare", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, json.loads(out) if out else None, err

    return run


@pytest.fixture
def saved(tmp_path):
    def save(name: str, content: Assessment | bytes) -> Path:
        file: Path = tmp_path / name
        file.write_bytes(dossier_file.dump(content) if isinstance(content, Assessment) else content)
        return file

    return save


def dossier(answers=None, at=NOW, **details) -> Assessment:
    said = {"id": FIRST, "organisation": "Coop", "updated_at": at, **details}
    return assess(answers or {}, **said)


def test_a_pdf_and_a_json_of_three_weeks_later_are_compared_each_at_its_day(call, saved, checklist):
    older = dossier_file.read(CASES[0].read_bytes(), checklist)
    pdf = saved("plan.pdf", action_plan_pdf(evaluate(checklist, older), "fr"))
    newer = next(file for file in CASES if file.name.startswith("11-"))
    code, found, err = call(pdf, newer)
    assert code == 0
    assert list(found) == ["situation", "checklist", "actions", "score"]
    assert [(one["day"], one["shown"], one["organisation"]) for one in found["score"]] == [
        ("2026-11-14", 37, "Coop du Fleuve"),
        ("2026-11-25", 66, "Coop du Fleuve"),
    ]
    change = found["situation"][0]
    assert [change["item"], change["ref"], change["before"]["status"], change["after"]["status"]] == [
        "leave-and-pay",
        "C2b",
        "in_progress",
        "done",
    ]
    assert change["sentence"].startswith(f"C2b, {change['title']}{NB}: «{NB}En cours{NB}»")
    assert {action["change"] for action in found["actions"]} == {"done", "new", "moved"}
    assert all("Relu avec 2026.2; rempli avec 2026.1" in line for line in err.splitlines())


def test_what_the_profile_excludes_since_says_by_which_question_and_not_applicable_says_its_reason(call, saved):
    before = saved("a.json", dossier({"remote-work": "to_do", "stock-management": "to_do"}))
    after = dossier(
        {"remote-work": "to_do", "stock-management": Answer(status="not_applicable", reason="Aucun stock")},
        NOW + DAY,
        profile={"remote-posts": "none"},
    )
    _, found, _ = call(before, saved("b.json", after))
    changes = {change["item"]: change for change in found["situation"]}
    assert (changes["remote-work"]["before"], changes["remote-work"]["after"]) == (
        {"status": "to_do", "reason": "", "set_aside": None},
        {"status": None, "reason": "", "set_aside": ["remote-posts"]},
    )
    assert changes["stock-management"]["after"]["reason"] == "Aucun stock"


def test_actions_done_new_and_moved_are_told_apart(call, saved):
    own = OwnAction(id=UUID(int=7), item="lender-relief", text="Appeler la caisse", priority="P1")
    plan = {"list-loans": Planned(due=NOW.date() + 5 * DAY), "call-lenders": Planned(due=NOW.date() + 9 * DAY)}
    done = {"list-loans": Planned(state="done"), "call-lenders": Planned(due=NOW.date() + 16 * DAY)}
    start = {"plan_started_on": NOW.date()}
    before = dossier({"lender-relief": "to_do"}, plan={"lender-relief": plan}, **start)
    after = dossier({"lender-relief": "to_do"}, NOW + DAY, plan={"lender-relief": done}, own_actions=(own,), **start)
    _, found, _ = call(saved("a.json", before), saved("b.json", after), "--lang", "en")
    assert [(one["change"], one["item"], one["action"]) for one in found["actions"]] == [
        ("done", "lender-relief", "list-loans"),
        ("new", "lender-relief", str(own.id)),
        ("moved", "lender-relief", "call-lenders"),
    ]
    moved = found["actions"][2]
    assert (moved["due_before"], moved["due"]) == ("2026-04-06", "2026-04-13")
    assert moved["sentence"].endswith(": due April 6, 2026, then due April 13, 2026")
    assert found["actions"][1]["sentence"] == "L5 · Appeler la caisse"


def test_days_that_nobody_chose_move_without_being_told(call, saved):
    """A plan that was never asked for counts from today, whichever day that is."""
    before, after = dossier({"lender-relief": "to_do"}), dossier({"lender-relief": "to_do"}, NOW + 30 * DAY)
    _, found, _ = call(saved("a.json", before), saved("b.json", after))
    assert found["actions"] == []


def test_today_is_the_day_of_the_newer_one_alone(call, saved):
    done = {"cash-forecast": Answer(status="done", answered_at=NOW)}
    files = saved("a.json", dossier(done)), saved("b.json", dossier(done, NOW + DAY))
    _, found, _ = call(*files)
    assert [one["day"] for one in found["score"]] == ["2026-03-28", "2026-03-29"]
    _, found, _ = call(*files, "--today", "2026-09-01")
    assert [(one["day"], one["expired"]) for one in found["score"]] == [("2026-03-28", 0), ("2026-09-01", 1)]
    assert [change["after"]["status"] for change in found["situation"]] == ["expired"]


def test_a_day_is_that_of_the_dossiers_zone_and_of_its_last_answer_where_it_does_not_say_when_it_changed(call, saved):
    evening = datetime(2026, 3, 28, 23, tzinfo=ZoneInfo("America/Toronto"))
    answered = {"cash-forecast": Answer(status="done", answered_at=evening)}
    tokyo = dossier(answered, NOW + DAY, timezone="Asia/Tokyo")
    undated = dossier(answered, None)
    _, found, _ = call(saved("a.json", undated), saved("b.json", tokyo))
    assert [one["day"] for one in found["score"]] == ["2026-03-28", "2026-03-29"]
    _, found, _ = call(saved("a.json", undated), saved("b.json", tokyo), "--timezone", "Asia/Tokyo")
    assert [one["day"] for one in found["score"]] == ["2026-03-29", "2026-03-29"]


def test_two_given_in_the_wrong_order_are_compared_in_that_of_time_and_it_is_said(call, saved):
    files = saved("mars.json", dossier()), saved("avril.json", dossier({"cash-forecast": "done"}, NOW + 30 * DAY))
    right = call(*files)
    code, found, err = call(*reversed(files))
    assert (code, found) == (0, right[1])
    assert "mars.json" in err.split("est d’avant")[0]
    assert right[2] == ""


def test_a_new_cycle_is_after_the_dossier_it_was_copied_from_whatever_was_changed_since(call, saved):
    first = dossier({"cash-forecast": "done"}, NOW + 90 * DAY)
    again = new_cycle(first, LATER, NOW + 60 * DAY, frozenset(STATUSES))
    code, found, err = call(saved("cycle-1.json", first), saved("cycle-2.json", again))
    assert (code, err, [one["id"] for one in found["score"]]) == (0, "", [str(FIRST), str(LATER)])
    _, found, err = call(saved("cycle-2.json", again), saved("cycle-1.json", first))
    assert "est d’avant" in err
    assert [one["id"] for one in found["score"]] == [str(FIRST), str(LATER)]


@pytest.mark.parametrize(
    ("newer", "said"),
    [
        ({}, ""),
        ({"organisation": ""}, ""),
        ({"organisation": "COOP"}, ""),
        ({"organisation": "Atelier"}, f"porte deux noms, «{NB}Coop{NB}» puis «{NB}Atelier{NB}»"),
        ({"id": LATER, "previous_id": FIRST}, ""),
        ({"id": LATER, "previous_id": FIRST, "organisation": "Atelier"}, "deux noms"),
        ({"id": LATER}, "n’ont pas de lien"),
        ({"id": LATER, "organisation": ""}, f"et «{NB}sans nom{NB}»"),
        ({"id": None}, ""),
        ({"id": None, "organisation": "Atelier"}, "n’ont pas de lien"),
        ({"id": LATER, "previous_id": LATER}, "n’ont pas de lien"),
    ],
)
def test_two_enterprises_are_compared_with_a_warning(call, saved, newer, said):
    code, found, err = call(saved("a.json", dossier()), saved("b.json", dossier(at=NOW + DAY, **newer)))
    assert (code, found["situation"]) == (0, [])
    assert (said in err) if said else (err == "")


def test_a_file_that_cannot_be_compared_is_named_with_every_reason_and_nothing_is_printed(call, saved, tmp_path):
    other = saved("autre.json", assess({}, checklist="cyber"))
    code, found, err = call(saved("vide.json", b""), other)
    assert (code, found) == (1, None)
    first, second = err.splitlines()
    assert "vide.json" in first
    assert "autre.json" in second
    assert "cyber" in second
    code, found, err = call(other, tmp_path / "rien.json")
    assert (code, found) == (2, None)
    assert "rien.json" in err


@pytest.mark.skipif(which("git") is None, reason="git is not there, and compare does without it")
def test_a_dossier_of_a_version_that_git_knows_is_read_with_it(call, saved, tmp_path):
    """Then the checklist's own changes are told; else both are read with the present one, which is said."""
    checklist = saved("checklist.yaml", mended().encode())
    ref = {"id": "small", "version": "1"}
    before = dossier({"talk": "done"}).model_copy(update={"checklist": ChecklistRef(**ref)})
    after = before.model_copy(update={"updated_at": NOW + DAY, "checklist": ChecklistRef(**ref | {"version": "2"})})
    files = saved("a.json", before), saved("b.json", after)
    newer = mended(V2, TALK, TALK_BELONGS, RENAMED, ("weight: 1.5", "weight: 3"))
    git = which("git")
    assert git
    for arguments in (["init", "-q"], ["add", "checklist.yaml"], ["commit", "-qm", "1"]):
        run_program([git, "-c", "user.name=a", "-c", "user.email=a@b", *arguments], cwd=tmp_path, check=True)
    checklist.write_text(newer, encoding="utf-8")
    _, found, err = call(*files, "--checklist", checklist)
    assert err == ""
    assert [(change["item"], change["was"], change["changes"]) for change in found["checklist"]] == [
        ("cash", [], ["reweighted"]),
        ("speak", ["talk"], ["renamed"]),
    ]
    assert found["situation"] == []
    (tmp_path / ".git").rename(tmp_path / "gone")
    _, found, err = call(*files, "--checklist", checklist)
    assert found["checklist"] == []
    assert err.strip().endswith(f"a.json{NB}: Relu avec 2; rempli avec 1")

"""The command line: what each call prints, on which stream, with which exit code."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import which
from typing import IO

import jsonschema
import pytest
import yaml

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer, Planned
from pensebete.checklist.model import ChecklistRef
from pensebete.cli.main import main
from tests.builders import CHECKLIST, MINIMAL, ROOT, SHIPPED, assess, every, mended

EXAMPLE = ROOT / "tests" / "fixtures" / "dossier.json"
TODAY = ("--today", "2026-03-30")


@pytest.fixture(autouse=True)
def checklist_that_ships(monkeypatch):
    monkeypatch.delenv("PENSEBETE_CHECKLIST", raising=False)


@pytest.fixture
def run(capsys):
    """Run one call: (exit code, standard output, standard error)."""

    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = left.code
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call


@pytest.fixture
def saved(tmp_path):
    """A file with that content: text, bytes or an assessment."""

    def save(content, name="file"):
        file = tmp_path / name
        file.write_bytes(
            content
            if isinstance(content, bytes)
            else content.encode()
            if isinstance(content, str)
            else dossier_file.dump(content)
        )
        return file

    return save


# check

_RESOURCES = [r for item in CHECKLIST.items.values() for r in item.resources] + list(CHECKLIST.resources)
DATED = sum(resource.verified_on is not None for resource in _RESOURCES)
IN_SPRING = ("--today", "2026-03-28")  # when the resources had just been verified


def test_check_says_nothing_of_a_sound_file(run):
    assert run("check", MINIMAL, *IN_SPRING) == (0, "", "")
    assert run("check", MINIMAL, "--format", "json", *IN_SPRING) == (0, "[]\n", "")


def test_the_shipped_file_has_the_warnings_it_deserves(run):
    """Nobody invents a phone number, and nothing was verified anew since March."""
    for named in ((), (SHIPPED,)):
        code, out, err = run("check", *named, *IN_SPRING)
        assert (code, err) == (0, "")
        assert [line.split()[1] for line in out.splitlines()] == ["contact-without-way"]
    code, out, _ = run("check", SHIPPED, "--today", "2026-11-26")
    codes = Counter(line.split()[1] for line in out.splitlines())
    assert code == 0
    assert codes == {"contact-without-way": 1, "stale-resource": DATED}


def test_check_says_each_mistake_with_file_line_column_and_code(run, saved):
    file = saved(mended(("urgency: 1", "urgency: 9"), ("vital: true", "vitl: true")))
    code, out, err = run("check", file, "--lang", "en", *IN_SPRING)
    assert (code, err) == (1, "")
    first, second = out.splitlines()
    assert first.startswith(
        f"{file}:45:5: unknown-field Domain “money” has an unknown field “vitl”. Did you mean “vital”?"
    )
    assert second.startswith(f"{file}:71:9: wrong-value Item “talk”, field “urgency”: ")


def test_check_speaks_french_unless_told_otherwise(run, saved):
    file = saved(mended(("vital: true", "vitl: true")))
    assert "Vouliez-vous dire" in run("check", file, *IN_SPRING)[1]
    assert "Vouliez-vous dire" in run("check", file, "--lang", "fr", *IN_SPRING)[1]


def test_check_as_json(run, saved):
    file = saved(mended(("vital: true", "vitl: true")))
    code, out, _ = run("check", file, "--format", "json", "--lang", "en", *IN_SPRING)
    assert code == 1
    assert json.loads(out) == [
        {
            "file": str(file),
            "line": 45,
            "column": 5,
            "code": "unknown-field",
            "severity": "mistake",
            "sentence": "Domain “money” has an unknown field “vitl”. Did you mean “vital”?",
            "remedy": "Fix the name or remove the field.",
            "edit": {"line": 45, "column": 5, "end_line": 45, "end_column": 9, "text": "vital"},
        }
    ]


def test_a_warning_is_said_and_leaves_exit_0(run, saved):
    only_english = re.sub(r"\{fr: [^{}]*?, (?=en: )", "{", MINIMAL.read_text(encoding="utf-8"))
    file = saved(only_english.replace("languages: [fr, en]", "languages: [en]"))
    code, out, err = run("check", file, *IN_SPRING)
    assert (code, err) == (0, "")
    assert "no-french" in out


def test_check_against_an_older_version_says_what_dossiers_would_lose(run, saved):
    newer = saved(mended(("id: cash", "id: till"), ('version: "1"', 'version: "2"')))
    assert run("check", newer, *IN_SPRING) == (0, "", "")
    code, out, _ = run("check", newer, "--against", MINIMAL, *IN_SPRING)
    assert code == 1
    assert "vanished-id" in out
    assert run("check", MINIMAL, "--against", MINIMAL, *IN_SPRING) == (0, "", "")


def test_mistakes_of_the_older_version_are_said_of_that_file(run, saved):
    older = saved(mended(("vital: true", "vitl: true")), "older.yaml")
    code, out, err = run("check", MINIMAL, "--against", older, *IN_SPRING)
    assert (code, out) == (1, "")
    assert err.startswith(f"{older}:45:5: unknown-field ")
    assert err.splitlines()[-1] == f"Rien ne peut être comparé à {older} tant que ce fichier a des erreurs."


def test_a_file_is_checked_all_the_same_where_the_older_version_is_not_sound(run, saved):
    older = saved(mended(("vital: true", "vitl: true")), "older.yaml")
    newer = saved(mended(("urgency: 1", "urgency: 9")), "newer.yaml")
    code, out, err = run("check", newer, "--against", older, *IN_SPRING)
    assert (code, out) == (1, run("check", newer, *IN_SPRING)[1])
    assert out.startswith(f"{newer}:71:")
    assert f"{older}:45:5: unknown-field" in err


def test_check_warns_of_a_resource_that_nobody_verified_for_six_months(run):
    code, out, _ = run("check", MINIMAL, "--today", "2026-09-02", "--lang", "en")
    assert (code, len(out.splitlines())) == (0, 1)
    assert ":61:86: stale-resource Item “cash”: the resource was verified on 2026-03-01" in out


def committed(folder: Path, text: str) -> Path:
    """A checklist that git knows."""
    file = folder / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    for call in (("init", "-q"), ("add", "mine.yaml"), ("commit", "-qm", "x")):
        subprocess.run((*git, *call), cwd=folder, check=True)
    return file


@pytest.mark.skipif(which("git") is None, reason="git is not there, and check does without it")
def test_check_compares_with_the_version_that_git_knows_unless_told_of_another(run, saved, tmp_path):
    file = committed(tmp_path, mended())
    assert run("check", file, *IN_SPRING) == (0, "", "")
    file.write_text(mended(("id: cash", "id: till")), encoding="utf-8")
    code, out, _ = run("check", file, *IN_SPRING)
    assert code == 1
    assert [line.split()[1] for line in out.splitlines()] == ["same-version", "vanished-id"]
    same = saved(file.read_text(encoding="utf-8"), "same.yaml")
    assert run("check", file, "--against", same, *IN_SPRING) == (0, "", "")


@pytest.mark.skipif(which("git") is None, reason="git is not there, and check does without it")
def test_check_says_nothing_of_a_committed_version_that_is_not_sound(run, tmp_path):
    file = committed(tmp_path, "bonjour")
    file.write_text(mended(), encoding="utf-8")
    assert run("check", file, *IN_SPRING) == (0, "", "")


def test_check_does_without_git(run, saved, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert run("check", saved(mended()), *IN_SPRING) == (0, "", "")


# schema


def test_the_schema_in_docs_is_the_one_the_program_writes(run):
    """Else: `make schema`."""
    assert (ROOT / "docs" / "checklist.schema.json").read_text(encoding="utf-8") == run("schema")[1]


def editors_view(text: str) -> object:
    """The file as editors read it, by YAML 1.2: `yes` is a word and so is a date, `1.5` is a number."""

    class Loader(yaml.CSafeLoader):
        yaml_implicit_resolvers = {
            first: [
                (tag, re.compile("^(?:true|false)$") if tag.endswith(":bool") else pattern)
                for tag, pattern in resolvers
                if not tag.endswith((":timestamp", ":merge"))
            ]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return yaml.load(text, Loader)


def test_the_schema_is_a_json_schema_that_the_shipped_file_obeys(run):
    code, out, err = run("schema")
    assert (code, err) == (0, "")
    schema = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for file in (SHIPPED, MINIMAL):
        faults = [
            error.message[:200] for error in validator.iter_errors(editors_view(file.read_text(encoding="utf-8")))
        ]
        assert faults == []


@pytest.mark.parametrize(
    "change",
    [
        ("vital: true", "vitl: true"),
        ("urgency: 1", "urgency: 9"),
        ("within: 30d, owner: management", "within: soon, owner: management"),
        ("choose: one", "choose: two"),
        ("        ref: P1\n", ""),
        ("{staff: [some]}\n        urgency", "{staff: some}\n        urgency"),
        ("weight: 1.5", "weight: 0"),
    ],
)
def test_an_editor_with_the_schema_sees_the_mistake(run, change):
    validator = jsonschema.Draft202012Validator(json.loads(run("schema")[1]))
    assert list(validator.iter_errors(editors_view(mended(change))))


# score

FIGURES = [
    "score",
    "high",
    "coverage",
    "band",
    "provisional",
    "held_back_by",
    "essentials",
    "not_applicable",
    "expired",
]


def test_score_of_the_example(run):
    code, out, err = run("score", EXAMPLE, *TODAY)
    assert (code, err) == (0, "")
    result = json.loads(out)
    assert list(result) == ["id", "organisation", "answered_on", "overall", "domains"]
    assert (result["id"][:8], result["organisation"]) == ("6f0c8a1e", "Coop du Fleuve")
    assert result["answered_on"] == {"from": "2026-03-28", "to": "2026-03-28"}
    assert list(result["domains"]) == ["communication", "human-resources", "liquidity", "debt", "supply"]
    assert all(list(score) == FIGURES for score in (result["overall"], *result["domains"].values()))
    # 3 done of the 52 that count, 5 answered.
    overall = result["overall"]
    assert overall["score"] == pytest.approx(100 * 3 / 52)
    assert overall["high"] == pytest.approx(100 * 50 / 52)
    assert overall["coverage"] == pytest.approx(5 / 52)
    assert (overall["band"], overall["provisional"], overall["held_back_by"]) == ("act_now", True, [])
    assert (overall["essentials"], overall["not_applicable"], overall["expired"]) == ({"done": 1, "of": 8}, 1, 0)


def test_score_is_unrounded(run, saved, checklist):
    result = json.loads(run("score", saved(assess(every(checklist, "done", scale_back="to_do"))))[1])
    assert result["overall"]["score"] == pytest.approx(100 * 52 / 54, abs=1e-9)


def test_a_reason_names_an_item_or_a_domain(run, saved, checklist):
    some = every(checklist, "done", public_aid="in_progress", work_with_staff="to_do", regular_updates="to_do")
    profile = {"layoffs": "no", "remote-posts": "none"}
    result = json.loads(run("score", saved(assess(some, profile=profile)))[1])
    assert result["overall"]["held_back_by"] == [
        {"reason": "essential_in_progress", "item": "public-aid"},
        {"reason": "domain_weak", "domain": "human-resources"},
    ]
    many = every(checklist, "done") | dict.fromkeys(
        list(checklist.items)[3:6] + list(checklist.items)[19:], "not_applicable"
    )
    result = json.loads(run("score", saved(assess(many)))[1])
    assert {"reason": "many_not_applicable"} in result["overall"]["held_back_by"]


def test_score_of_nothing_answered(run, saved):
    result = json.loads(run("score", saved(assess()))[1])
    assert (result["id"], result["answered_on"]) == (None, {"from": None, "to": None})
    for score in (result["overall"], *result["domains"].values()):
        essentials = score.pop("essentials")
        assert essentials["done"] == 0
        assert score == {
            "score": None, "high": 100, "coverage": 0, "band": None, "provisional": True, "held_back_by": [],
            "not_applicable": 0, "expired": 0,
        }  # fmt: skip
    assert essentials == {"done": 0, "of": 0}
    assert result["overall"]["score"] is None


def test_score_where_nothing_counts(run, saved, checklist):
    result = json.loads(run("score", saved(assess(every(checklist, "not_applicable"))))[1])
    for score in (result["overall"], *result["domains"].values()):
        assert [score[figure] for figure in FIGURES[:6]] == [None, None, None, None, False, []]
    assert (result["overall"]["not_applicable"], result["overall"]["essentials"]) == (26, {"done": 0, "of": 8})


# The day, and the zone it is the day of

AT_NIGHT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 21:30 on the 28th in Quebec


@pytest.mark.parametrize(
    ("of_dossier", "of_server", "asked", "day"),
    [
        ("", None, (), "2026-03-28"),
        ("", "UTC", (), "2026-03-29"),
        ("America/Vancouver", "UTC", (), "2026-03-28"),
        ("America/Vancouver", None, ("--timezone", "Asia/Tokyo"), "2026-03-29"),
    ],
)
def test_an_instant_has_its_date_in_the_zone_asked_for_else_the_dossiers_else_the_servers(
    run, saved, monkeypatch, of_dossier, of_server, asked, day
):
    monkeypatch.delenv("PENSEBETE_TIMEZONE", raising=False)
    if of_server:
        monkeypatch.setenv("PENSEBETE_TIMEZONE", of_server)
    answered = Answer(status="done", answered_at=AT_NIGHT)
    dossier = saved(assess({"cash-forecast": answered}, timezone=of_dossier))
    result = json.loads(run("score", dossier, "--today", "2026-04-05", *asked)[1])
    assert result["answered_on"] == {"from": day, "to": day}
    assert result["overall"]["expired"] == (day == "2026-03-28")


def test_today_is_the_date_in_that_zone(run, saved):
    """Somewhere it is always another day."""
    dossier = saved(assess({"cash-weeks": "to_do"}))
    west, east = (
        date.fromisoformat(json.loads(run("plan", dossier, "--timezone", zone)[1])[0]["due"])
        for zone in ("Pacific/Midway", "Pacific/Kiritimati")
    )
    assert west <= east
    with_dates = [
        run("plan", dossier, "--today", "2026-03-30", "--timezone", zone)[1] for zone in ("UTC", "Asia/Tokyo")
    ]
    assert with_dates[0] == with_dates[1]


def test_a_strange_zone_is_a_sentence(run, saved, monkeypatch):
    dossier = saved(assess({"cash-weeks": "to_do"}))
    code, out, err = run("score", dossier, "--timezone", "Mars/Base", "--lang", "en")
    assert (code, out, err) == (2, "", "“Mars/Base” is not a time zone. Write it like America/Toronto.\n")
    strange = saved(dossier_file.dump(assess(timezone="Asia/Tokyo")).replace(b"Asia/Tokyo", b"Mars/Base"), "strange")
    code, out, err = run("score", strange)
    assert (code, out) == (1, "")
    assert "Mars/Base" in err
    monkeypatch.setenv("PENSEBETE_TIMEZONE", "Mars/Base")
    for call in (("score", dossier), ("plan", dossier), ("check",), ("pdf", dossier, dossier, "-o", dossier.parent)):
        code, out, err = run(*call, "--lang", "en")
        if call[0] == "pdf":
            assert code == 2
            continue
        assert (code, out) == (2, "")
        assert err == "PENSEBETE_TIMEZONE: “Mars/Base” is not a time zone. Write it like America/Toronto.\n"
    assert run("score", dossier, "--timezone", "UTC")[0] == 0


# A dossier of before


def test_what_a_dossier_of_before_said_counts_where_it_is_asked_now_and_is_said(run, saved):
    before = assess(
        {"cash-forecast": "done"},
        profile={"operations": ("stock", "none")},
        plan={"cash-forecast": {"quick-runway": Planned(owner="Ana")}},
    )
    before = before.model_copy(update={"checklist": ChecklistRef(id="covid-19", version="2026.1")})
    code, out, err = run("plan", saved(before), "--lang", "en", *TODAY)
    assert code == 0
    assert [(a["item"], a["action"]) for a in json.loads(out)] == [("cash-weeks", "finish")]
    assert err.splitlines() == [
        "cash-weeks was part of cash-forecast: its answer is carried over, to be confirmed.",
        "cash-forecast/quick-runway is now called cash-weeks/quick-runway: what was said of it is carried there.",
        "profile.operations.none: this choice excludes the others, which are ticked too; it is dropped.",
    ]


def test_unknown_ids_are_named_on_standard_error_and_not_counted(run, saved):
    known = assess({"cash-forecast": "done"})
    strange = assess(
        {"cash-forecast": "done", "old-item": "to_do"}, profile={"old-question": "yes", "staff": "a-dozen"}
    )
    code, out, err = run("score", saved(strange))
    assert code == 0
    assert out == run("score", saved(known))[1]
    for id in ("old-item", "old-question", "a-dozen"):
        assert id in err
    assert len(err.splitlines()) == 3
    assert "does not know" in run("plan", saved(strange), "--lang", "en")[2]


NEWER = b"""{"format": "pensebete-dossier", "format_version": 1, "language": "%s",
 "checklist": {"id": "covid-19", "version": "2026.2"}, "weather": "cold",
 "answers": {"cash-forecast": {"status": "done", "weight": 3}}}"""
UNKNOWN_FIELDS = {
    "fr": "Cette version du programme ne connaît pas ces 2\u00a0champs du dossier\u00a0: «\u00a0weather\u00a0» et "
    "«\u00a0answers.cash-forecast.weight\u00a0». Elle ne s’en sert pas et les garde tels quels.\n",
    "en": "This version of the program does not know these 2 fields of the file: “weather” and "
    "“answers.cash-forecast.weight”. It does not use them, and keeps them as they are.\n",
}


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
def test_fields_of_a_dossier_that_another_version_wrote_are_named_on_standard_error_by_every_call(
    run, saved, tmp_path, language
):
    newer, known = (
        saved(NEWER.replace(b"%s", language.encode()), "newer.json"),
        saved(assess({"cash-forecast": "done"}, language=language), "known.json"),
    )
    made = tmp_path / "plan.pdf"
    said = UNKNOWN_FIELDS[language]
    assert run("pdf", newer, "-o", made, *TODAY) == (0, "", said)
    for call in (
        ("score",),
        ("plan", *TODAY),
        ("pdf", "--edition", "board", "-o", tmp_path / "board.pdf", *TODAY),
        ("export", "--to", "csv", "-o", tmp_path / "plan.csv", *TODAY),
        ("diff", SHIPPED, SHIPPED, "--dossier"),
    ):
        code, out, err = run(*call, known)
        assert (code, err) == (0, "")
        assert run(*call, newer) == run(*call, made) == (0, out, said)
    code, out, err = run("extract", made)
    assert (code, err) == (0, said)
    assert json.loads(out) == json.loads(newer.read_bytes())
    other = "en" if language == "fr" else "fr"
    assert run("score", newer, "--lang", other)[2] == UNKNOWN_FIELDS[other]


def test_what_was_said_under_an_id_renamed_since_counts_under_its_new_name(run, saved, tmp_path):
    renamed = tmp_path / "renamed.yaml"
    text = SHIPPED.read_text(encoding="utf-8")
    assert "renamed:\n" in text
    renamed.write_text(text.replace("renamed:\n", "renamed:\n  old-forecast: cash-forecast\n"), encoding="utf-8")
    older = saved(assess({"old-forecast": "done"}))
    code, out, err = run("score", older, "--checklist", renamed, "--lang", "en")
    assert code == 0
    assert out == run("score", saved(assess({"cash-forecast": "done"})))[1]
    assert err == "old-forecast is now called cash-forecast: what was said of it is carried there.\n"


# plan


def test_plan_of_the_example(run):
    code, out, err = run("plan", EXAMPLE, *TODAY)
    assert (code, err) == (0, "")
    actions = json.loads(out)
    assert [(a["item"], a["action"], a["priority"], a["owner"], a["due"], a["set_aside"]) for a in actions] == [
        ("remote-work", "list-needs", "P1", "human-resources", "2026-03-30", False),
        ("lender-relief", "0b8a4c52-8f0e-4c77-8d7c-2f4f6a1b2c3d", "P1", "finance", "2026-04-02", False),
        ("remote-work", "equip-and-test", "P2", "operations", "2026-04-13", False),
    ]
    assert actions[0]["text"].startswith("Dresser la liste")
    assert actions[1]["text"] == "Appeler la caisse"


def test_plan_speaks_the_language_of_the_dossier_unless_told_otherwise(run, saved):
    file = saved(assess({"cash-weeks": "unknown", "scale-back": "in_progress"}, language="en"))
    verify, *_, finish = json.loads(run("plan", file)[1])[0], json.loads(run("plan", file)[1])[-1]
    assert verify["text"].isascii() or "é" not in verify["text"]
    french = json.loads(run("plan", file, "--lang", "fr")[1])
    assert french[0]["text"].startswith("À vérifier\u00a0: ")
    assert french[-1]["text"].startswith("Terminer\u00a0: ")
    assert finish["text"] != french[-1]["text"]


def test_plan_counts_due_dates_from_today_where_the_plan_was_never_shown(run, saved):
    file = saved(assess({"cash-weeks": "to_do"}))
    assert json.loads(run("plan", file, "--today", "2026-05-04")[1])[0]["due"] == "2026-05-06"
    assert json.loads(run("plan", file, "--today", "2026-05-07")[1])[0]["due"] == "2026-05-11"


def test_plan_of_the_last_days_there_are(run, saved):
    file = saved(assess({"cash-weeks": "to_do"}))
    due = json.loads(run("plan", file, "--today", "2199-12-31")[1])[0]["due"]
    assert due == "2200-01-02"
    too_late = {**json.loads(EXAMPLE.read_bytes()), "plan_started_on": "9999-12-31"}
    code, out, err = run("plan", saved(json.dumps(too_late)))
    assert (code, out) == (1, "")
    assert err.startswith("La date «\u00a0plan_started_on\u00a0» doit être entre 2000-01-01 et 2199-12-31")


def test_plan_of_nothing_answered_is_empty(run, saved):
    assert run("plan", saved(assess())) == (0, "[]\n", "")


# pdf and extract


def test_a_pdf_gives_back_the_dossier_that_made_it(run, tmp_path):
    made = tmp_path / "plan.pdf"
    assert run("pdf", EXAMPLE, "-o", made, *TODAY) == (0, "", "")
    assert made.read_bytes().startswith(b"%PDF-")
    code, out, err = run("extract", made)
    assert (code, err) == (0, "")
    assert json.loads(out)["organisation"] == "Coop du Fleuve"


def test_what_is_extracted_is_equal_as_a_model_to_what_was_put_in(run, tmp_path, checklist):
    made = tmp_path / "plan.pdf"
    run("pdf", EXAMPLE, "-o", made, "--lang", "en")
    extracted = run("extract", made)[1]
    assert dossier_file.read(extracted.encode(), checklist) == dossier_file.read(EXAMPLE.read_bytes(), checklist)


def test_a_pdf_stands_for_its_dossier_in_every_call(run, tmp_path):
    made = tmp_path / "plan.pdf"
    run("pdf", EXAMPLE, "-o", made, *TODAY)
    for call in ("score", "plan"):
        assert run(call, made, *TODAY) == run(call, EXAMPLE, *TODAY)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_blank_checklist_carries_no_dossier_and_extract_says_so(run, tmp_path, language):
    made = tmp_path / "blank.pdf"
    assert run("pdf", "--blank", "-o", made, "--lang", language) == (0, "", "")
    code, out, err = run("extract", made, "--lang", language)
    assert (code, out) == (1, "")
    assert ("Ce PDF ne porte pas de dossier" if language == "fr" else "This PDF carries no ") in err


def test_extract_of_a_file_that_is_no_pdf_says_so(run):
    code, out, err = run("extract", EXAMPLE)
    assert (code, out) == (1, "")
    assert err.strip()


# What every call shares


@pytest.mark.parametrize("call", ["score", "plan"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\x00\xff" * 50,
        b"%PDF-1.7\n",
        EXAMPLE.read_bytes().replace(b'"done"', b'"finished"'),
        EXAMPLE.read_bytes().replace(b"covid-19", b"grippe"),
        EXAMPLE.read_bytes().replace(b'version": 1', b'version": 2'),
    ],
)
def test_a_dossier_that_cannot_be_opened_is_exit_1_and_a_sentence(run, saved, call, content):
    code, out, err = run(call, saved(content))
    assert (code, out) == (1, "")
    assert err.strip().endswith(".")
    english = run(call, saved(content), "--lang", "en")
    assert english[:2] == (1, "")
    assert english[2] != err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("no-such-command",),
        ("score",),
        ("score", EXAMPLE, "--today", "tomorrow"),
        ("score", EXAMPLE, "--today", "2026-02-30"),
        ("score", EXAMPLE, "--lang", "es"),
        ("score", EXAMPLE, "--colour", "red"),
        ("check", "--format", "xml"),
        ("check", "no-such-file.yaml"),
        ("check", MINIMAL, "--against", "no-such-file.yaml"),
        ("score", "no-such-file.json"),
        ("score", EXAMPLE, "--checklist", "no-such-file.yaml"),
        ("extract", "no-such-file.pdf"),
        ("pdf", EXAMPLE),
        ("pdf", "-o", "plan.pdf"),
        ("pdf", EXAMPLE, "--blank", "-o", "plan.pdf"),
        ("pdf", EXAMPLE, "--with-contact", "-o", "plan.pdf"),
        ("pdf", EXAMPLE, "--edition", "board", "--without-contact", "-o", "plan.pdf"),
        ("export", EXAMPLE, "-o", "plan.xlsx"),
        ("export", EXAMPLE, "--to", "docx", "-o", "plan.docx"),
        ("export", EXAMPLE, "--to", "csv"),
        ("export", "--to", "csv", "-o", "plan.csv"),
        ("export", EXAMPLE, "--to", "xlsx", "--sheet", "plan", "-o", "plan.xlsx"),
        ("export", EXAMPLE, "--to", "csv", "--sheet", "notes", "-o", "plan.csv"),
        ("export", "no-such-file.json", "--to", "csv", "-o", "plan.csv"),
        ("export", EXAMPLE, "--to", "csv", "-o", "no-such-folder/plan.csv"),
    ],
    ids=lambda arguments: " ".join(Path(str(argument)).name for argument in arguments),
)
def test_wrong_use_is_exit_2_and_a_sentence(run, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.strip()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("call", ["score", "plan", "check"])
def test_a_folder_in_place_of_a_file_is_wrong_use(run, tmp_path, call):
    code, out, err = run(call, tmp_path)
    assert (code, out) == (2, "")
    assert str(tmp_path) in err


def test_another_checklist_may_be_named_by_option_or_by_environment(run, saved, monkeypatch):
    file = saved(assess({"cash": "done"}, checklist="small"))
    assert run("score", file)[0] == 1
    by_option = run("score", file, "--checklist", MINIMAL)
    assert by_option[0] == 0
    assert list(json.loads(by_option[1])["domains"]) == ["money", "people"]
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(MINIMAL))
    assert run("score", file) == by_option
    assert run("check", *IN_SPRING) == (0, "", "")


def test_a_checklist_with_mistakes_stops_every_call_with_its_mistakes(run, saved):
    broken = saved(mended(("vital: true", "vitl: true")), "broken.yaml")
    for call in (("score", EXAMPLE), ("plan", EXAMPLE), ("extract", EXAMPLE), ("pdf", "--blank", "-o", os.devnull)):
        code, out, err = run(*call, "--checklist", broken)
        assert (code, out) == (1, "")
        assert err.startswith(f"{broken}:45:5: unknown-field ")


SAID = [
    ((), "Il manque COMMANDE.", "Missing: COMMAND."),
    (
        ("dance",),
        "COMMANDE\u00a0: «\u00a0dance\u00a0» n’existe pas. "
        "Choisissez un de ceux-ci\u00a0: "
        "check, schema, outline, diff, score, plan, pdf, export, extract, review, compare, portfolio, "
        "publish, versions, migrate, backup, restore, purge, ideas.",
        "COMMAND: there is no “dance”. "
        "Choose one of these: "
        "check, schema, outline, diff, score, plan, pdf, export, extract, review, compare, portfolio, "
        "publish, versions, migrate, backup, restore, purge, ideas.",
    ),
    (("score",), "Il manque DOSSIER.", "Missing: FILE."),
    (("pdf", "x"), "Il manque -o/--output.", "Missing: -o/--output."),
    (("score", "a", "b"), "Le programme ne connaît pas b.", "The program does not know b."),
    (("score", "a", "--colour"), "Le programme ne connaît pas --colour.", "The program does not know --colour."),
    (
        ("check", "--format", "xml"),
        "--format\u00a0: «\u00a0xml\u00a0» n’existe pas. Choisissez un de ceux-ci\u00a0: text, json, github.",
        "--format: there is no “xml”. Choose one of these: text, json, github.",
    ),
    (("score", "a", "--today"), "Il manque une valeur après --today.", "A value is missing after --today."),
    (("pdf", "--blank=yes"), "--blank ne prend pas de valeur.", "--blank takes no value."),
    *(
        (
            ("score", EXAMPLE, "--today", day),
            f"«\u00a0{day}\u00a0» n’est pas une date entre 2000-01-01 et 2199-12-31. Écrivez-la comme 2026-03-28.",
            f"“{day}” is not a date between 2000-01-01 and 2199-12-31. Write it as 2026-03-28.",
        )
        for day in ("tomorrow", "9999-12-31", "1999-12-31", "2026-02-30")
    ),
    (("purge", "--months", "x"), "«\u00a0x\u00a0» n’est pas un nombre entier.", "“x” is not a whole number."),
    (
        ("score", "nothing.json"),
        "Le fichier nothing.json ne s’ouvre pas\u00a0: il n’y a rien de ce nom.",
        "The file nothing.json cannot be opened: there is nothing of that name.",
    ),
    (
        ("score", "/"),
        "Le fichier / ne s’ouvre pas\u00a0: c’est un répertoire.",
        "The file / cannot be opened: it is a folder.",
    ),
    (
        ("pdf", "--blank", "-o", "/dev/full"),
        "L’écriture n’a pas pu se faire dans /dev/full\u00a0: il n’y a plus de place.",
        "Writing to /dev/full failed: there is no space left.",
    ),
]


@pytest.mark.parametrize(("arguments", "french", "english"), SAID)
def test_what_is_wrong_with_a_call_is_said_in_the_language_asked_for(run, arguments, french, english):
    code, out, err = run(*arguments)
    assert (code, out, err.splitlines()[0]) == (2, "", french)
    if arguments:  # a language without a command is no command
        code, out, err = run(arguments[0], "--lang", "en", *arguments[1:])
        assert (code, out, err.splitlines()[0]) == (2, "", english)


@pytest.mark.parametrize("call", [(), ("check",), ("pdf",), ("export",), ("purge",)])
def test_no_word_of_argparse_is_left_in_the_french_help(run, call):
    code, out, err = run(*call, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Utilisation\u00a0: python -m pensebete")
    assert not re.search("usage:|positional|show this|and exit|default|FILE|TODAY|OUTPUT", out)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_help_names_each_call_in_the_language_asked_for(run, language):
    code, out, _ = run("--help") if language == "fr" else run("score", "--help", "--lang", "en")
    assert code == 0
    if language == "fr":
        assert all(call in out for call in ("check", "schema", "score", "plan", "pdf", "export", "extract"))
    else:
        assert "compute the readiness" in out


# What a file can hold


def test_an_id_can_neither_clear_the_screen_nor_forge_a_line(run, saved):
    strange = saved(assess({"\x1b[2J\ncash-forecast: tout va bien\u202e\x9b": "done"}))
    for call in ("score", "plan"):
        code, _, err = run(call, strange)
        assert (code, err.count("\n")) == (0, 1)
        assert err.startswith(r"answers.\x1b[2J\ncash-forecast: tout va bien\u202e\x9b")
    example = json.loads(EXAMPLE.read_bytes())
    for code, strange in ((0, {"\x1b[2J\n": 1}), (1, {"answers": {"\x1b[2J\n": 1}})):
        said = run("score", saved(json.dumps({**example, **strange})))
        assert (said[0], said[2].count("\n")) == (code, 1)
        assert r"\x1b[2J\n" in said[2]
        assert "\x1b" not in said[2]


def test_a_mistake_shows_what_the_file_holds_and_no_command_to_the_terminal(run, saved):
    file = saved(mended(("vital: true", r'"vi\e[2J\ntl": true')))
    code, out, _ = run("check", file, *IN_SPRING)
    assert (code, out.count("\n")) == (1, 1)
    assert r"vi\x1b[2J\ntl" in out


def test_extract_names_unknown_ids_and_gives_them_back(run, saved, checklist, tmp_path):
    made = tmp_path / "plan.pdf"
    run("pdf", saved(assess({"old-item": "done"})), "-o", made, *TODAY)
    code, out, err = run("extract", made)
    assert code == 0
    assert "old-item" in json.loads(out)["answers"]
    assert err.startswith("answers.old-item\u00a0: ")


def test_extract_of_a_json_dossier_says_that_it_is_no_pdf(run):
    assert run("extract", EXAMPLE)[2].startswith("Ce fichier n’est pas un PDF.")
    assert run("extract", EXAMPLE, "--lang", "en")[2].startswith("This file is not a PDF.")


@pytest.mark.parametrize(
    "call",
    [("score",), ("plan",), ("extract",), ("pdf", "-o", os.devnull), ("export", "--to", "csv", "-o", os.devnull)],
)
def test_a_file_without_end_is_refused(run, call):
    code, out, err = run(*call, "/dev/zero")
    assert (code, out) == (1, "")
    assert err.startswith("Ce fichier dépasse 5")


def test_a_checklist_without_end_is_refused(run):
    assert "file-too-large" in run("check", "/dev/zero")[1]
    assert "file-too-large" in run("score", EXAMPLE, "--checklist", "/dev/zero")[2]


# Where a file is written


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (("--to", "xlsx"), "plan-action_coop-du-fleuve_2026-03-30_6f0c.xlsx"),
        (("--to", "csv", "--sheet", "profile", "--lang", "en"), "profile_coop-du-fleuve_2026-03-30_6f0c.csv"),
    ],
)
def test_an_export_into_a_folder_says_whose_it_is_and_of_when(run, tmp_path, options, name):
    assert run("export", EXAMPLE, *options, "-o", tmp_path, "--today", "2026-03-30") == (0, "", "")
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_pdf_that_cannot_be_written_leaves_the_one_before(run, tmp_path, monkeypatch):
    made = tmp_path / "plan.pdf"
    assert run("pdf", EXAMPLE, "-o", made, *TODAY)[0] == 0
    made.chmod(0o640)
    before = made.read_bytes()

    def full(self, target):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        code, _, err = run("pdf", "--blank", "-o", made)
    assert code == 2
    assert err == f"L’écriture n’a pas pu se faire dans {made}\u00a0: il n’y a plus de place.\n"
    assert made.read_bytes() == before
    assert list(tmp_path.iterdir()) == [made]
    assert run("pdf", "--blank", "-o", made) == (0, "", "")
    assert made.read_bytes() != before
    assert made.stat().st_mode & 0o777 == 0o640


def test_a_pdf_is_written_through_a_link(run, tmp_path):
    target, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    link.symlink_to(target)
    assert run("pdf", "--blank", "-o", link)[0] == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"%PDF-")


# As a program


def program(
    *arguments: object, stdout: int | IO[bytes] = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pensebete", *(a if isinstance(a, bytes) else str(a) for a in arguments)],
        cwd=ROOT,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
        check=False,
        timeout=300,
    )


def test_as_a_program_it_writes_utf_8_whatever_the_system_says():
    done = program("plan", EXAMPLE, *TODAY, PYTHONIOENCODING="latin-1", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Dresser la liste des postes visés, du matériel" in done.stdout.decode("utf-8")


def test_as_a_program_it_writes_a_pdf_to_a_pipe():
    done = program("pdf", "--blank", "-o", "/dev/stdout")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "unbuffered"),
    [
        (("--help",), ""),
        (("schema",), "1"),
        pytest.param(("score", EXAMPLE), "", marks=pytest.mark.soak),
        pytest.param(("--help",), "1", marks=pytest.mark.soak),
        pytest.param(("schema",), "", marks=pytest.mark.soak),
        pytest.param(("score", EXAMPLE), "1", marks=pytest.mark.soak),
    ],
)
def test_as_a_program_it_says_that_the_output_is_full(arguments, unbuffered):
    with Path("/dev/full").open("wb") as full:
        done = program(*arguments, stdout=full, PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    assert (
        done.stderr.decode()
        == "L’écriture n’a pas pu se faire dans la sortie standard\u00a0: il n’y a plus de place.\n"
    )


def test_as_a_program_it_says_a_name_that_is_no_text():
    done = program("check", b"nothing-\xff.yaml")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("Le fichier nothing-\\udcff.yaml ne s’ouvre pas")


def test_as_json_a_name_that_is_no_text_is_given_back_as_it_was(run, tmp_path):
    file = bytes(tmp_path) + b"/\xff.yaml"
    Path(os.fsdecode(file)).write_text(mended(("vital: true", "vitl: true")), encoding="utf-8")
    (told,) = json.loads(run("check", os.fsdecode(file), "--format", "json", *IN_SPRING)[1])
    assert told["file"].encode("utf-8", "surrogateescape") == file


def test_as_a_program_it_checks_a_file_whose_name_is_no_text(tmp_path):
    file = bytes(tmp_path) + b"/\xff.yaml"
    Path(os.fsdecode(file)).write_text(mended(("vital: true", "vitl: true")), encoding="utf-8")
    assert b"/\\udcff.yaml:45:5: unknown-field" in program("check", file).stdout


def test_an_empty_file_is_refused_in_a_sentence(run, tmp_path):
    (tmp_path / "empty.json").touch()
    code, out, err = run("score", tmp_path / "empty.json", "--lang", "en")
    assert (code, out) == (1, "")
    assert err.startswith("This file is empty: ")

"""Dossiers read as an advisor would, realistic and perverse: docs/method.md shows their figures, held to here.

After a change of the method, `python -m tests.unit.evaluation.test_cases` prints both tables anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Answer, Assessment
from pensebete.checklist.loading import load
from pensebete.checklist.model import Checklist
from pensebete.cli.main import main
from pensebete.evaluation.evaluation import Evaluation
from tests.builders import ROOT, SHIPPED, answer, assess, every

CASES = sorted((ROOT / "tests" / "fixtures" / "cases").glob("*.json"))
METHOD = ROOT / "docs" / "method.md"
ZONE = ZoneInfo("America/Toronto")
READ_ON = date(2026, 11, 26)  # the realistic ones
SPRING = date(2026, 3, 30)  # the perverse ones, where nothing else is said
HEAD = (
    "| dossier | figure | up to | band | provisional | held back by | essentials | n. a. | expired | first |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)
FOUR = ("scale-back", "variable-costs", "other-revenue", "regular-updates")


def realistic(checklist: Checklist) -> Iterator[tuple[str, Evaluation]]:
    for file in CASES:
        said = json.loads(file.read_bytes())
        assessment = Assessment.model_validate({k: v for k, v in said.items() if k not in ("format", "format_version")})
        yield file.stem, Evaluation(checklist, migrate(assessment, checklist, None).assessment, READ_ON, ZONE)


def perverse(checklist: Checklist) -> Iterator[tuple[str, Evaluation]]:
    done, to_do = every(checklist, "done"), every(checklist, "to_do")
    march = {id: Answer(status="done", answered_at=datetime(2026, 3, 2, 15, tzinfo=UTC)) for id in done}
    essentials = [id for id, item in checklist.items.items() if checklist.readiness.essential.match(item)]
    others = [id for id in done if id not in essentials][:17]
    half = {id: answer("not_applicable", reason="r" if n % 2 else "") for n, id in enumerate(others)}
    sixteen = dict.fromkeys(list(done)[:16], "done")
    late = Answer(status="to_do", answered_at=datetime(2026, 3, 25, 15, tzinfo=UTC))
    nobody = {
        "staff": "0",
        "layoffs": "no",
        "remote-posts": "none",
        "public-agreements": "no",
        "borrowing": "no",
        "planned-investment": "no",
        "interruption-insurance": "no",
        "operations": ("none",),
    }

    def case(answers: object, today: date = SPRING, **details: object) -> Evaluation:
        return Evaluation(checklist, assess(answers, **details), today, ZONE)  # type: ignore[arg-type]

    yield "nothing answered", case({})
    yield "all done, no dates", case(done)
    yield "all done on 2 March, read then", case(march, date(2026, 3, 2))
    yield "the same, read on 26 November", case(march, READ_ON)
    yield "all done but four left blank", case({**done, **dict.fromkeys(FOUR)})
    yield "the same four to do", case({**done, **dict.fromkeys(FOUR, "to_do")})
    yield "sixteen done, ten left blank", case(sixteen)
    yield "the same ten under way", case({**every(checklist, "in_progress"), **sixteen})
    yield "seventeen n. a., half without a reason", case({**done, **half})
    yield "seventeen n. a., each with its reason", case({**done, **dict.fromkeys(others, "not_applicable")})
    yield "all done but A1 and A2 to do", case({**done, "supplier-contact": "to_do", "stock-management": "to_do"})
    both = dict.fromkeys(("supplier-contact", "stock-management"), "not_applicable")
    yield "all done but A1 and A2 n. a.", case({**done, **both})
    yield "all n. a., each with its reason", case(every(checklist, "not_applicable"))
    yield "all n. a., no reason", case({id: Answer(status="not_applicable") for id in done})
    yield "all unknown", case(every(checklist, "unknown"))
    yield "all to do, layoffs included", case(to_do, profile={"layoffs": "yes"})
    yield "all under way", case(every(checklist, "in_progress"))
    yield "only the essentials done", case({**to_do, **dict.fromkeys(essentials, "done")})
    yield "essentials n. a., the rest done", case({**done, **dict.fromkeys(essentials, "not_applicable")})
    yield "layoffs, RH4 done, RH4a blank", case({**done, "layoff-duties": None}, profile={"layoffs": "yes"})
    yield "all to do behind a profile that excludes most", case(to_do, profile=nobody)
    overruled = {"lender-relief": answer("not_applicable", overrule=True)}
    yield "all done, L5 overruled and n. a.", case({**done, **overruled}, profile={"borrowing": "no"})
    yield (
        "L5 to do since 25 March, plan since 2 March",
        case({**done, "lender-relief": late}, date(2026, 3, 25), plan_started_on=date(2026, 3, 2)),
    )


def row(name: str, found: Evaluation) -> str:
    overall = found.readiness.overall
    held = [
        f"{why.reason} {found.checklist.items[why.item].ref if why.item else why.domain or ''}".strip()
        for why in overall.held_back_by
    ]
    first = [
        f"{action.item.ref if action.item else action.text} {action.id} {action.due}" for action in found.first_actions
    ]
    cells = (
        name,
        "–" if overall.rounded is None else overall.rounded,
        "–" if overall.rounded_high is None else overall.rounded_high,
        overall.band or "–",
        "yes" if overall.provisional else "no",
        ", ".join(held) if len(held) < 4 else f"{held[0]} and {len(held) - 1} more",
        f"{overall.essentials.done} of {overall.essentials.of}",
        overall.not_applicable,
        overall.expired,
        "; ".join(first[:2]),
    )
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def tables(checklist: Checklist) -> list[str]:
    return ["\n".join((*HEAD, *(row(*one) for one in some(checklist)))) for some in (realistic, perverse)]


def test_the_documented_figures_of_each_dossier_are_those_of_the_program(checklist):
    text = METHOD.read_text(encoding="utf-8")
    realistic_ones, perverse_ones = tables(checklist)
    assert realistic_ones in text
    assert perverse_ones in text
    assert realistic_ones.count("\n") == len(CASES) + 1 == 11
    assert perverse_ones.count("\n") > 20


@pytest.mark.parametrize("file", CASES, ids=[file.stem for file in CASES])
def test_the_command_line_says_the_same_of_each(checklist, file, capsys):
    expected = dict(realistic(checklist))[file.stem]
    assert main(["score", str(file), "--today", READ_ON.isoformat(), "--timezone", ZONE.key]) == 0
    overall = json.loads(capsys.readouterr().out)["overall"]
    assert overall["score"] == expected.readiness.overall.score
    assert overall["band"] == expected.readiness.overall.band
    assert main(["plan", str(file), "--today", READ_ON.isoformat(), "--timezone", ZONE.key]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert [(a["action"], a["due"]) for a in plan] == [
        (a.id, a.due.isoformat() if a.due else None) for a in expected.plan
    ]


# The worked example of docs/method.md

EXAMPLE = {
    "board-position": "done",
    "staff-position": "in_progress",
    "leave-and-pay": "to_do",
    "ecosystem-channels": "unknown",
    "customer-contact": Answer(status="done", answered_at=datetime(2026, 3, 2, 15, tzinfo=UTC)),
    "community-roots": answer("not_applicable"),
}


def test_the_worked_example_is_as_it_is_told(checklist):
    profile = {"staff": "1-9"}
    score = Evaluation(checklist, assess(EXAMPLE, profile=profile), SPRING, ZONE).readiness.domains["communication"]
    # C1 3 × 1, C2a 1.5 × ½, C2b 1.5 × 0, C3 2 × 0, C4 2 × ½ (valid 14 days, answered 28 days ago); C5 counts nowhere.
    assert score.score == pytest.approx(100 * 4.75 / 10)
    assert (score.rounded, score.band, score.coverage) == (48, "strengthen", 1)
    assert score.high == pytest.approx(100 * 6.75 / 10)
    assert (score.rounded_high, score.provisional) == (68, True)
    assert (score.essentials, score.not_applicable, score.expired) == ((1, 3), 1, 1)
    text = METHOD.read_text(encoding="utf-8")
    for said in ("4.75 ÷ 10 = 47.5, shown as 48", "6.75 ÷ 10 = 67.5, shown as 68", "1 of 3"):
        assert said in text


if __name__ == "__main__":
    print("\n\n".join(tables(load(Path(SHIPPED)))))

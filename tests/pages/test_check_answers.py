"""The answers to look over: what was said of the enterprise, each answer with its reason and its note, folds."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from pensebete.assessment.model import Answer
from pensebete.assessment.profile import may_exclude
from pensebete.text.wording import wording
from pensebete.web.views.check_answers.view import shortened
from tests.builders import CHECKLIST, assess, every

FR = wording("fr")


def opened(visit, answers, **fields):
    now = datetime.now(UTC)
    said = {
        id: answer if isinstance(answer, Answer) else Answer(status=answer, answered_at=now)
        for id, answer in answers.items()
    }
    visit.app.session_state["assessment"] = assess(said, created_at=now, updated_at=now, timezone="UTC", **fields)
    return visit.open("check_answers")


def folds(visit):
    return {fold.label: fold.proto.expanded for fold in visit.app.expander}


def test_the_note_and_the_reason_stand_under_their_answer(visit):
    note = "Résolution du 12 mars <b>& copie</b> " + "x" * 200
    answers = every(CHECKLIST, "to_do")
    answers["board-position"] = Answer(status="to_do", note=note)
    answers["lender-relief"] = Answer(status="not_applicable", reason="Aucun prêt")
    text = opened(visit, answers).texts()
    assert FR("check.note", note="Résolution du 12 mars <b>& copie</b>")[:30] in text
    assert "x" * 100 in text
    assert "x" * 140 not in text
    assert FR("check.reason.given", reason="Aucun prêt") in text
    assert "<b>& copie" not in "".join(element.proto.body for element in visit.app.get("html"))


def test_a_reason_of_an_answer_that_asks_for_none_is_not_shown(visit):
    answers = every(CHECKLIST, "to_do") | {"lender-relief": Answer(status="done", reason="Aucun prêt")}
    assert "Aucun prêt" not in opened(visit, answers).texts()


def test_what_was_said_of_the_enterprise_is_there_and_leads_to_its_page(visit):
    visit = opened(visit, every(CHECKLIST, "to_do"), profile={"staff": "10-49", "operations": ("stock",)})
    staff = CHECKLIST.questions["staff"]
    label = next(option.label["fr"] for option in staff.options if option.id == "10-49")
    assert re.search(re.escape(staff.question["fr"]) + r"\s+" + re.escape(label), visit.texts())
    assert FR("check.profile", n=2, of=len(CHECKLIST.profile)) in folds(visit)
    left = may_exclude(CHECKLIST, {"staff": ("10-49",), "operations": ("stock",)})
    said = FR("check.profile.open", n=len(CHECKLIST.profile) - 2), FR("check.profile.may", n=len(left))
    assert " ".join(said) in visit.texts()
    visit.press(FR("check.profile.change"))
    assert FR("profile.explained") in visit.texts()  # the fold of the first page is open
    assert folds(visit)[FR("welcome.profile")]


def test_each_domain_is_a_fold_with_its_counts_open_where_something_is_left(visit):
    answers = every(CHECKLIST, "done")
    del answers["community-roots"]
    found = folds(opened(visit, answers))
    opens = [label for label, expanded in found.items() if expanded]
    assert opens == ["**Communication** · 5 sur 6 (Fait\u00a0:\u00a05, Sans réponse\u00a0:\u00a01)"]
    assert "**Aide et endettement** · 2 sur 2 (Fait\u00a0:\u00a02)" in found


def test_with_nothing_answered_every_domain_is_folded_and_named_above(visit):
    visit.open("check_answers")
    assert not any(folds(visit).values())
    assert [button.label for button in visit.app.button if "sans réponse" in button.label]


def test_a_note_is_cut_after_140_characters_and_says_so():
    assert shortened("a\n b") == "a b"
    assert shortened("x" * 140) == "x" * 140
    assert shortened("x" * 141) == "x" * 140 + "…"

"""The first page of the action plan, and the language of the whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pensebete.assessment.model import Answer, Contact
from pensebete.evaluation.action_text import action_text, owner_label
from pensebete.evaluation.contact_text import contact_words
from pensebete.evaluation.first_actions import first_actions
from pensebete.evaluation.readiness_text import (
    band_words,
    domain_score_words,
    essentials_words,
    held_back_words,
    range_words,
    score_words,
)
from pensebete.pdf.build import action_plan_pdf
from pensebete.text.wording import wording
from tests.builders import MONDAY, NOW, assess, evaluate, every
from tests.dossiers import full
from tests.pdf_reading import body, has, pages, read, squashed

FR = wording("fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_first_page_is_enough_for_a_board(checklist, language):
    assessment, say = full(checklist), wording(language)
    first = squashed(pages(action_plan_pdf(evaluate(checklist, assessment, MONDAY), language))[0])
    result = evaluate(checklist, assessment).readiness
    overall = result.overall
    assert has(first, assessment.organisation, assessment.prepared_by, say.date(assessment.updated_at.date()))
    assert has(first, say.percent(overall.rounded), band_words(checklist, overall, say), range_words(overall, say))
    assert has(first, essentials_words(result.overall, say), checklist.readiness.caption[language])
    for domain in checklist.domains:
        score = result.domains[domain.id]
        assert squashed(domain.title[language] + domain_score_words(checklist, score, say)) in first
    firsts = first_actions(evaluate(checklist, assessment, MONDAY).plan)
    assert sum(action.stands_for for action in firsts) == 5
    for action in firsts:
        beginning = f"{action.item.ref} · {action_text(action, say)}"[:40] if action.item else action_text(action, say)
        assert has(first, beginning, owner_label(checklist, action.owner, language).split()[0])
    assert overall.held_back_by
    assert squashed(held_back_words(checklist, overall.held_back_by[0], say))[:40] in first
    for why in overall.held_back_by:
        assert has(first, checklist.items[why.item].ref if why.item else why.domain)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_says_whom_to_call_and_how_soon_once_and_the_profile_says_it_whole(checklist, language):
    assessment, say = full(checklist), wording(language)
    texts = pages(action_plan_pdf(evaluate(checklist, assessment, MONDAY), language))
    words = contact_words(assessment.contact, say)
    assert squashed(texts[0]).count(squashed(words)) == 1
    assert squashed("".join(texts[1:])).count(squashed(say("contact.title") + words)) == 1
    assert "418 555-0199, avant midi" in words
    assert say("contact.pay.no") in words
    assert ("2,5\u00a0semaines" if language == "fr" else "2.5 weeks") in words


def test_who_said_nothing_of_a_call_has_no_line_of_it_and_who_asks_for_nothing_more_has_one(checklist):
    quiet = full(checklist).model_copy(update={"contact": Contact(not_counted=True)})
    texts = pages(action_plan_pdf(evaluate(checklist, quiet, MONDAY), "fr"))
    assert not has(squashed(texts[0]), "Appel souhaité")
    assert not has(squashed(texts[0]), "Pour joindre l’entreprise")
    assert has(squashed("".join(texts[1:])), "Ne pas compter nos réponses, même sans nom")
    assert not has(squashed("".join(texts[1:])), "Pour vous joindre")
    asking = full(checklist).model_copy(update={"contact": Contact(call_wanted=True)})
    assert has(squashed(pages(action_plan_pdf(evaluate(checklist, asking, MONDAY), "fr"))[0]), "Appel souhaité")


def test_it_says_where_the_score_would_stand_once_actions_are_done(checklist, whole):
    first = squashed(pages(whole)[0])
    stages = [score_words(score, FR) for _, score in evaluate(checklist, full(checklist)).projection]
    assert has(first, f"les actions P1, {stages[0]}", f"les actions P1 et P2, {stages[1]}")
    assert has(first, f"toutes les actions, {stages[2]}")


def test_a_provisional_result_says_so_and_another_does_not(checklist):
    said = {item.id: "done" for item in checklist.domains[0].items}
    assert has(read(checklist, assess(said)), "Résultat provisoire")
    assert not has(read(checklist, assess(every(checklist, "done"))), "Résultat provisoire")


def test_with_the_longest_names_the_first_page_still_holds_on_one_page(checklist):
    long = "Corporation de développement communautaire " * 4
    answers = {id: ("to_do", "unknown", "done")[n % 3] for n, id in enumerate(checklist.items)}
    assessment = assess(answers, organisation=long[:120], prepared_by=long[:120])
    parts = dict.fromkeys(("name", "phone", "email", "municipality", "when"), long[:120])
    assessment = assessment.model_copy(update={"contact": Contact(**parts, next_pay="unknown", weeks_of_money=2.5)})
    texts = pages(action_plan_pdf(evaluate(checklist, assessment, MONDAY), "fr"))
    assert has(squashed(texts[0]), checklist.readiness.caption["fr"])
    assert squashed(texts[1]).startswith(squashed("Plan d’action"))


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_a_document_speaks_one_language(checklist, language, other):
    quiet = full(checklist).model_copy(update={"own_actions": (), "plan": {}})
    quiet = quiet.model_copy(update={"answers": {id: Answer(status=a.status) for id, a in quiet.answers.items()}})
    pdf = action_plan_pdf(evaluate(checklist, quiet, MONDAY), language)
    text = body(pdf, checklist.contact.name[language])
    titles = [thing.title for thing in (*checklist.domains, *checklist.items.values())]
    texts = [*titles, checklist.disclaimer, checklist.readiness.caption, *checklist.not_covered, checklist.title]
    texts += [question.question for question in checklist.profile]
    different = [t for t in texts if squashed(t["fr"]) != squashed(t["en"])]
    assert len(different) > 30
    assert [t[language] for t in different if squashed(t[language]) not in text] == []
    assert [
        t[other] for t in different if squashed(t[other]) in text and squashed(t[other]) not in squashed(t[language])
    ] == []
    for id in (
        "report.plan",
        "report.answers",
        "report.first_actions",
        "report.about",
        "report.readiness",
        "report.owner",
    ):
        assert squashed(wording(language)(id)) in text
        assert squashed(wording(other)(id)) not in text


def test_whom_to_call_the_disclaimer_and_what_is_not_covered_are_said(checklist, whole):
    text = squashed("".join(pages(whole)))
    assert has(text, checklist.disclaimer["fr"], *(t["fr"] for t in checklist.not_covered))
    assert text.count(squashed(checklist.contact.name["fr"])) > len(pages(whole))
    filled = checklist.model_copy(update={"contact": checklist.contact.model_copy(update={"phone": "418 555-0100"})})
    assert all("418 555-0100" in page for page in pages(action_plan_pdf(evaluate(filled, assess(), MONDAY), "fr")))


def test_it_counts_what_is_late_to_reconfirm_and_not_applicable(checklist):
    assessment = assess(
        every(checklist, "done")
        | {
            "board-position": Answer(status="to_do", answered_at=NOW - timedelta(days=40)),
            "public-aid": Answer(status="done", answered_at=NOW - timedelta(days=40)),
            "remote-work": Answer(status="not_applicable", reason="Tout se fait sur place", answered_at=NOW),
        },
        plan_started_on=(NOW - timedelta(days=40)).date(),
    )
    first = squashed(pages(action_plan_pdf(evaluate(checklist, assessment, MONDAY), "fr"))[0])
    assert has(first, "2 actions en retard", "1 dit sans objet", "1 à reconfirmer")


def test_it_quotes_the_notes_of_open_essentials_or_says_where_they_stand(checklist):
    noted = Answer(status="to_do", note="La paie de jeudi n’est pas couverte.", answered_at=NOW)
    answers = every(checklist, "done") | {"lender-relief": noted}
    whole = pages(action_plan_pdf(evaluate(checklist, assess(answers), MONDAY), "fr"))
    assert has(squashed(whole[0]), "Essentiels encore ouverts", "La paie de jeudi n’est pas couverte.")
    long = noted.model_copy(update={"note": "La paie de jeudi n’est pas couverte. " * 120})
    whole = pages(action_plan_pdf(evaluate(checklist, assess(answers | {"lender-relief": long}), MONDAY), "fr"))
    assert has(squashed(whole[0]), "Essentiel encore ouvert", "L5", "plus loin, sous «")


def test_while_an_answer_is_missing_to_answer_comes_first_and_nothing_is_projected(checklist):
    answers = {id: "to_do" for id in checklist.items if id != "public-aid"}
    first = squashed(pages(action_plan_pdf(evaluate(checklist, assess(answers), MONDAY), "fr"))[0])
    assert has(first, "D’abord, répondez au point qui reste.", checklist.items["public-aid"].title["fr"])
    assert not has(first, "Une fois faites")

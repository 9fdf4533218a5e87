"""What to say on the phone: short, of this dossier alone, whole sentences whatever is missing, and no note."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.model import Contact
from pensebete.evaluation.call_text import call_email, call_words
from pensebete.text.wording import wording
from tests.builders import answer, assess, evaluate, every

FR, EN = wording("fr"), wording("en")
NB = "\u00a0"
MARIE = Contact(name="Marie Roy", phone="418 555-0100", email="marie@coop.example")


def said(checklist, answers, say=FR, **details):
    return call_words(evaluate(checklist, assess(answers, **details)), say)


def test_who_calls_what_presses_what_nobody_knew_and_ten_minutes(checklist):
    answers = {"cash-weeks": "to_do", "public-aid": "unknown", "board-position": "done"}
    assert said(checklist, answers, organisation="Coop du Fleuve", contact=MARIE) == (
        f"Bonjour, je m’appelle Marie Roy, de Coop du Fleuve. Voici ce qui presse{NB}: Savoir combien de semaines "
        f"durera l’argent en caisse. Je n’ai pas de réponse pour{NB}: Bien connaître tous les programmes d’aide "
        "gouvernementaux et les utiliser d’abord quand on y a droit. Avez-vous dix minutes?"
    )
    assert said(checklist, answers, EN, organisation="Coop du Fleuve", contact=MARIE) == (
        "Hello, my name is Marie Roy, from Coop du Fleuve. Here is what is pressing: Know how many weeks the cash on "
        "hand will last. I have no answer for: Know all government assistance programs well and use them first when "
        "you qualify. Do you have ten minutes?"
    )


@pytest.mark.parametrize(
    ("name", "organisation", "hello"),
    [
        ("", "", "Bonjour. "),
        (" ", "\n", "Bonjour. "),
        ("Marie Roy", "", "Bonjour, je m’appelle Marie Roy. "),
        ("", "Coop inc.", "Bonjour, j’appelle pour Coop inc. Voici"),
        ("Marie Roy", "Atelier Boréal", "Bonjour, je m’appelle Marie Roy, d’Atelier Boréal. "),
        ("Marie Roy", "Habitations du Lac", "Bonjour, je m’appelle Marie Roy, de Habitations du Lac. "),
        ("Marie", "Ça roule!", "Bonjour, je m’appelle Marie, de Ça roule! "),
    ],
)
def test_one_says_the_names_that_one_has(checklist, name, organisation, hello):
    found = said(checklist, {"cash-weeks": "to_do"}, organisation=organisation, contact=Contact(name=name))
    assert found.startswith(hello)


def test_a_role_is_nobodys_name(checklist):
    assert "direction" not in said(checklist, {"cash-weeks": "to_do"}, prepared_by="direction générale")


def test_more_than_one_says_in_a_breath_is_counted_and_comes_in_the_order_of_the_plan(checklist):
    evaluation = evaluate(checklist, assess(every(checklist, "to_do"), profile={"layoffs": "yes"}))
    firsts = [action.item.title["fr"] for action in evaluation.first_actions if action.item]
    found = call_words(evaluation, FR)
    assert f"Voici ce qui presse{NB}: {firsts[0]}; {firsts[1]}; et 6 autres points. " in found
    assert "Je n’ai pas de réponse" not in found
    unknown = said(checklist, every(checklist, "unknown"))
    assert "Voici ce qui presse" not in unknown
    assert unknown.count(";") == 3
    assert f"; et {len(checklist.items) - 3} autres points. " in unknown


def test_where_the_result_is_not_bad_only_what_nobody_knew_is_told(checklist):
    found = said(checklist, every(checklist, "done", remote_work="unknown", cost_plan="to_do"))
    assert found.startswith("Bonjour. Je n’ai pas de réponse pour")
    assert "Voici" not in found


def test_the_lowest_band_without_an_essential_to_do_tells_what_comes_first(checklist):
    essentials = {item.id for item in checklist.items.values() if item.urgency == item.impact == 3}
    answers = {id: "in_progress" if id in essentials else "to_do" for id in checklist.items}
    evaluation = evaluate(checklist, assess(answers))
    first = next(action.item for action in evaluation.first_actions if action.item)
    assert first.title["fr"] in call_words(evaluation, FR)


def test_no_note_no_reason_and_no_comment_is_told(checklist):
    answers = {
        id: answer("unknown" if n % 2 else "to_do", note="SECRET", reason="SECRET")
        for n, id in enumerate(checklist.items)
    }
    evaluation = evaluate(checklist, assess(answers, organisation="Coop", contact=MARIE))
    for say in (FR, EN):
        assert "SECRET" not in call_words(evaluation, say)
        assert "SECRET" not in str(call_email(evaluation, say))


def test_an_email_says_the_same_and_is_signed_with_where_to_call_back(checklist):
    evaluation = evaluate(checklist, assess({"cash-weeks": "unknown"}, organisation="Coop du Fleuve", contact=MARIE))
    found = call_email(evaluation, FR)
    assert found.subject == f"Coop du Fleuve{NB}: pouvons-nous parler dix minutes?"
    assert found.text == (
        f"Bonjour,\n\nJe n’ai pas de réponse pour{NB}: Savoir combien de semaines durera l’argent en caisse.\n\n"
        "Avez-vous dix minutes pour en parler?\n\nMarie Roy, Coop du Fleuve, 418 555-0100"
    )
    nobody = call_email(evaluate(checklist, assess({"cash-weeks": "unknown"})), FR)
    assert nobody.subject == "Pouvons-nous parler dix minutes?"
    assert nobody.text.endswith("pour en parler?")


@given(
    data=st.data(), names=st.lists(st.text(max_size=30), min_size=3, max_size=3), language=st.sampled_from(["fr", "en"])
)
def test_whatever_is_missing_or_odd_sentences_are_whole(checklist, data, names, language):
    statuses = data.draw(
        st.fixed_dictionaries(
            {id: st.sampled_from([None, "done", "in_progress", "to_do", "unknown"]) for id in checklist.items}
        )
    )
    # What a name is made of is its owner's; between names, every sign is ours.
    typed = ["".join(sign for sign in name if sign.isalpha() or sign in " \n") for name in names]
    contact = Contact(name=typed[0], phone=typed[1])
    evaluation = evaluate(checklist, assess(statuses, organisation=typed[2], contact=contact))
    say = wording(language)
    spoken, email = call_words(evaluation, say), call_email(evaluation, say)
    for text in (spoken, email.subject, *email.text.split("\n\n")):
        assert text == text.strip() != ""
        assert not re.search(r"\s{2}|[{}]|____|None|[.;:,!?]\s*[.;:]|[;:]\s*$", text), text
    assert spoken.endswith("?")
    assert "\n" not in spoken

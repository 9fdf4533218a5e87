"""States of actions in the PDF: said where there is one, and nothing late of what is done or dropped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pensebete.assessment.model import Answer, Planned
from tests.builders import MONDAY, NOW, assess
from tests.dossiers import own_action
from tests.pdf_reading import has, read

YESTERDAY = MONDAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "said", "late"),
    [
        ("to_start", None, True),
        ("under_way", "État : En cours", True),
        ("done", "Ce qui est fait", False),
        ("dropped", "État : Abandonnée", False),
    ],
)
def test_a_state_is_said_and_only_an_open_action_can_be_late(checklist, state, said, late):
    text = read(checklist, assess(own_actions=(own_action(1, "Appeler la caisse", due=YESTERDAY, state=state),)))
    assert has(text, "Appeler la caisse")
    assert has(text, said) if said else not has(text, "État :")
    assert has(text, "dépassée") == late


def test_the_first_page_begins_with_what_is_still_to_do(checklist):
    done, to_do = own_action(1, "Action déjà faite", state="done"), own_action(2, "Action qui reste")
    text = read(checklist, assess(own_actions=(done, to_do)))
    counts = [text.count(words) for words in ("Actiondéjàfaite", "Actionquireste")]
    assert counts == [1, 2]


def test_with_every_action_done_the_first_page_says_so_and_the_plan_lists_them(checklist):
    text = read(checklist, assess(own_actions=(own_action(1, "Appeler la caisse", state="done"),)))
    assert has(text, "Toutes les actions du plan sont faites ou abandonnées.", "Appeler la caisse")
    assert not has(text, "Aucune action au plan")


def test_the_state_of_an_action_no_longer_called_for_is_kept(checklist):
    item = next(iter(checklist.items.values()))
    state = Planned(state="under_way")
    text = read(checklist, assess({item.id: "done"}, plan={item.id: {item.actions[0].id: state}}))
    assert has(text, "Précisions sur des actions qui ne sont plus au plan", "État : En cours")


def test_what_led_to_a_done_stands_with_it_under_what_is_done_and_nowhere_else(checklist):
    item = next(iter(checklist.items.values()))
    done = Planned(state="done", owner="Madame Roy", comment="le CA a suivi")
    answers = {item.id: Answer(status="done", answered_at=NOW)}
    text = read(checklist, assess(answers, plan={item.id: {item.actions[0].id: done}}))
    assert has(
        text, "Ce qui est fait", "fait le 28 mars 2026", item.actions[0].text["fr"], "Madame Roy", "le CA a suivi"
    )
    assert not has(text, "Précisions sur des actions qui ne sont plus au plan")

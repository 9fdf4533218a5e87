"""What answers about the enterprise may still set aside."""

from __future__ import annotations

from itertools import product

from pensebete.assessment.profile import known_choices, may_exclude
from pensebete.checklist.conditions import choices
from tests.builders import CHECKLIST, assess, evaluate


def refs(items):
    return {item.ref for item in items}


def excluded(profile):
    return {s.item.ref for s in evaluate(CHECKLIST, assess(profile=profile)).item_states if s.set_aside}


def test_before_any_answer_whatever_some_answers_exclude_may_be_excluded():
    named = sorted({q for item in CHECKLIST.items.values() if item.applies_when for q, _ in choices(item.applies_when)})
    ways = [[(q, o.id) for o in CHECKLIST.questions[q].options] for q in named]
    found = set()
    for answers in product(*ways):
        profile = {q: (o,) if CHECKLIST.questions[q].kind.many else o for q, o in answers}
        found |= excluded(profile)
    assert found
    assert refs(may_exclude(CHECKLIST, {})) == found


def test_an_answer_settles_what_it_decides():
    for profile in ({"borrowing": "yes"}, {"borrowing": "no"}):
        known = known_choices(CHECKLIST, assess(profile=profile).profile)
        assert "L5" not in refs(may_exclude(CHECKLIST, known))
    assert "L5" in refs(may_exclude(CHECKLIST, {}))

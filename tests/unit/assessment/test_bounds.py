"""A dossier has bounds: what is new is refused in words, what was longer before is read whole, and nobody is slowed."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.bounds import (
    MOST_ANSWERS,
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_OWN_ACTIONS,
    MOST_OWN_ACTIONS_READ,
    new_excess,
    size,
)
from pensebete.assessment.dossier_file import DossierError, dump, read_json
from pensebete.assessment.edits import with_answer, with_contact, with_details, with_own_action, with_planned
from pensebete.assessment.field_map import facts_of
from pensebete.assessment.model import Answer, Assessment, OwnAction
from pensebete.checklist.model import Checklist
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import Edition
from pensebete.text.typography import kept_together
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import NOW, assess, evaluate
from tests.yardstick import slowness

ITEM = "cash-forecast"
TEXTS = {
    "organisation": lambda text: with_details(assess(), NOW, organisation=text),
    "prepared_by": lambda text: with_details(assess(), NOW, prepared_by=text),
    "contact": lambda text: with_contact(assess(), NOW, municipality=text),
    "note": lambda text: with_answer(assess(), ITEM, NOW, note=text),
    "reason": lambda text: with_answer(assess(), ITEM, NOW, reason=text),
    "owner": lambda text: with_planned(assess(), ITEM, "count", NOW, owner=text),
    "comment": lambda text: with_planned(assess(), ITEM, "count", NOW, comment=text),
    "text": lambda text: with_own_action(assess(), own(text), NOW),
}


def own(text: str = "Appeler", id: UUID | None = None) -> OwnAction:
    return OwnAction(id=id or uuid4(), text=text, priority="P1")


@pytest.mark.parametrize("bound", MOST_CHARACTERS)
def test_a_text_is_kept_up_to_its_bound_and_refused_beyond(bound):
    most = MOST_CHARACTERS[bound]
    assert new_excess(assess(), TEXTS[bound]("x" * most)) is None
    excess = new_excess(assess(), TEXTS[bound]("x" * (most + 1)))
    assert excess
    assert (excess.bound, excess.found, excess.most) == (bound, most + 1, most)
    for language in LANGUAGES:
        said = wording(language)(f"bounds.{bound}", found=excess.found, most=excess.most)
        assert str(most + 1) in said
        assert str(most) in said


def test_a_text_that_was_longer_before_may_be_shortened_and_everything_else_changed_but_not_made_longer():
    old = assess({ITEM: Answer(note="x" * 50_000)}, organisation="y" * 500)
    assert new_excess(old, with_answer(old, ITEM, NOW, note="x" * 40_000)) is None
    assert new_excess(old, with_answer(old, ITEM, NOW, status="done")) is None
    assert new_excess(old, with_answer(old, "remote-work", NOW, note="short")) is None
    assert new_excess(old, with_answer(old, ITEM, NOW, note="x" * 50_001))
    assert new_excess(old, with_details(old, NOW, organisation="y" * 501))


def test_own_actions_answers_and_the_whole_have_bounds():
    full = assess(own_actions=tuple(own() for _ in range(MOST_OWN_ACTIONS)))
    assert new_excess(full, with_own_action(full, own(), NOW)).bound == "own_actions"  # type: ignore[union-attr]
    answered = assess({f"i{n}": "done" for n in range(MOST_ANSWERS)})
    assert new_excess(answered, with_answer(answered, "more", NOW, status="done")).bound == "answers"  # type: ignore[union-attr]
    filled = assess({f"i{n}": Answer(note="x" * 10_000) for n in range(49)})
    assert new_excess(filled, with_answer(filled, "more", NOW, note="x" * 10_000)).bound == "bytes"  # type: ignore[union-attr]
    assert new_excess(filled, with_answer(filled, "more", NOW, note="x" * 100)) is None
    for bound in ("own_actions", "answers", "bytes"):
        assert all(wording(language)(f"bounds.{bound}", found=1, most=2) for language in LANGUAGES)


def as_file(assessment: Assessment) -> bytes:
    said = assessment.model_dump(mode="json", exclude_defaults=True)
    return json.dumps({"format": "pensebete-dossier", "format_version": 1, **said}).encode()


def test_a_file_of_before_is_read_whole_up_to_half_a_megabyte(checklist: Checklist):
    long = assess({ITEM: Answer(status="to_do", note="x" * 480_000)}, organisation="y" * 1_000)
    assert read_json(dump(long), checklist) == long


@pytest.mark.parametrize(
    ("assessment", "bound"),
    [
        (lambda: assess({ITEM: Answer(note="x" * 500_000)}), "bytes"),
        (lambda: assess(own_actions=tuple(own() for _ in range(MOST_OWN_ACTIONS_READ + 1))), "own_actions"),
        (lambda: assess({f"i{n}": "done" for n in range(MOST_ANSWERS + 1)}), "answers"),
    ],
)
def test_more_than_that_is_refused_in_words(checklist: Checklist, assessment, bound):
    with pytest.raises(DossierError) as refused:
        read_json(as_file(assessment()), checklist)
    assert [problem.id for problem in refused.value.problems] == [f"too_much_of.{bound}"]
    assert all(refused.value.sentences(wording(language)) for language in LANGUAGES)


def test_own_actions_of_one_id_are_all_kept_each_with_its_own(checklist: Checklist):
    id = uuid4()
    found = read_json(as_file(assess(own_actions=tuple(own(f"{n}", id) for n in range(5)))), checklist)
    assert [action.text for action in found.own_actions] == list("01234")
    assert len({action.id for action in found.own_actions}) == 5
    assert read_json(dump(found), checklist) == found


# What took seconds: quadratic parts, each at the largest size that comes in

LONG = {
    "an organisation": lambda: assess({ITEM: "to_do"}, organisation="Coop du Fleuve " * 11_000),
    "an organisation in one word": lambda: assess({ITEM: "to_do"}, organisation="W" * 160_000),
    "a note": lambda: assess({ITEM: Answer(status="to_do", note="Voir Paul. " * 44_000)}),
    "a note of colons": lambda: assess({ITEM: Answer(status="to_do", note=": " * 240_000)}),
    "own actions": lambda: assess(own_actions=tuple(own("x" * 800) for _ in range(500))),
    "long priorities": lambda: assess(
        own_actions=tuple(own().model_copy(update={"priority": f"{'W' * 195}{n}"}) for n in range(500))
    ),
}


@pytest.mark.parametrize("assessment", LONG.values(), ids=LONG)
def test_the_pdf_of_the_longest_dossier_takes_a_second_at_most(checklist: Checklist, assessment):
    evaluation = evaluate(checklist, assessment())
    assert size(evaluation.assessment) < MOST_BYTES
    begun = time.process_time()
    for name in ("full", "board", "lender"):
        edition_pdf(Edition(name), evaluation, "fr")  # type: ignore[arg-type]
    assert time.process_time() - begun < 3 * slowness()


def test_the_facts_of_many_own_actions_of_one_id_are_found_at_once():
    many = assess(own_actions=tuple(own(f"{n}", UUID(int=1)) for n in range(8_000)))
    begun = time.process_time()
    assert len([key for key in facts_of(many) if key[0] == "own"]) == 8_000
    assert time.process_time() - begun < 1 * slowness()


def test_words_are_kept_together_in_one_go():
    begun = time.process_time()
    assert list(kept_together([":"] * 200_000)) == [" ".join(":" * 200_000)]
    assert time.process_time() - begun < 1 * slowness()


def test_what_is_checked_at_each_tap_takes_a_few_milliseconds():
    filled = assess({f"i{n}": Answer(status="done", note="x" * 5_000) for n in range(90)})
    begun = time.process_time()
    for _ in range(10):
        assert new_excess(filled, with_answer(filled, "i3", NOW + timedelta(seconds=1), status="to_do")) is None
    assert time.process_time() - begun < 0.2 * slowness()
    assert dossier_file.MAX_BYTES > MOST_BYTES

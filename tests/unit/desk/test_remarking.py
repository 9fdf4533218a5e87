"""An advisor's words become remarks, each with what its line said at that moment; « vu » is said of a whole round."""

from __future__ import annotations

from datetime import UTC, timedelta
from itertools import count
from uuid import UUID

import pytest

from pensebete.assessment.review.digest import changed_since
from pensebete.assessment.review.merge import merged
from pensebete.assessment.review.model import About, Review
from pensebete.assessment.review.standing import standing
from pensebete.desk.phrases import MOST_PHRASES, Phrase, phrases, with_phrase, without_phrase
from pensebete.desk.remarking import (
    MOST_OF_A_REMARK,
    MOST_REMARKS,
    SPOKEN_KINDS,
    advisor_event,
    has_room,
    new_remark,
    says_something,
    seen_of,
    seen_of_all,
    signed,
)
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.review_text import author_words
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import CHECKLIST, MONDAY, assess, evaluate
from tests.unit.assessment.review.reviews import DOSSIER, MARIE, PAUL, THEN, event, remark, review

SAID = assess({"cash-forecast": "done"})
CASH = About(item="cash-forecast")


def seen_in(evaluation: Evaluation, known: Review, author=MARIE, at=THEN) -> Review:  # type: ignore[no-untyped-def]
    ids = count(len(known.remarks) + 1)
    said = tuple(seen_of_all(evaluation, known, author, at, lambda: UUID(int=next(ids))))
    return merged(known, Review(dossier=DOSSIER, remarks=said))


def test_a_remark_holds_what_its_line_said_and_knows_when_that_changes():
    made = new_remark(SAID, CASH, "clarify", "  Pour quand?  ", MARIE, THEN, UUID(int=1), proposed="to_do")
    assert (made.text, made.proposed, made.about, made.at) == ("Pour quand?", None, CASH, THEN)
    assert not changed_since(SAID, made)
    assert changed_since(assess({"cash-forecast": "in_progress"}), made)
    assert standing(made, SAID) == "open"


def test_another_answer_is_proposed_of_an_item_alone():
    assert new_remark(SAID, CASH, "status", "", MARIE, THEN, UUID(int=1), "in_progress").proposed == "in_progress"
    for about in (About(), About(question="staff"), About(item="cash-forecast", action="a"), About(action="b")):
        with pytest.raises(ValueError, match="of an item"):
            new_remark(SAID, about, "status", "", MARIE, THEN, UUID(int=1), "in_progress")


def test_what_says_nothing_is_not_to_be_sent():
    assert not says_something("clarify", " \n")
    assert not says_something("status", "En partie")
    assert says_something("status", "", "in_progress")
    assert says_something("advice", "Appelez-moi")


def test_a_text_is_cut_at_what_a_remark_may_hold():
    assert len(new_remark(SAID, CASH, "advice", "é" * 9_000, MARIE, THEN, UUID(int=1)).text) == MOST_OF_A_REMARK
    assert len(advisor_event("reply", MARIE, THEN, UUID(int=1), "é" * 9_000).text) == MOST_OF_A_REMARK


def test_a_review_has_room_for_so_many_remarks():
    full = review(*(remark(n) for n in range(1, MOST_REMARKS + 1)))
    assert not has_room(full)
    assert has_room(review(remark(1)), MOST_REMARKS - 1)
    assert not has_room(review(remark(1)), MOST_REMARKS)


def test_a_round_is_seen_line_by_line_and_leaves_out_what_the_profile_sets_aside():
    evaluation = evaluate(CHECKLIST, assess({}, profile={"staff": "0"}))
    seen = seen_in(evaluation, review())
    applying = {state.item.id for state in evaluation.item_states if state.applies}
    assert {remark.about.item for remark in seen.remarks} == applying
    assert len(applying) < len(CHECKLIST.items)
    assert {remark.kind for remark in seen.remarks} == {"seen"}
    assert all(remark.seen for remark in seen.remarks)


def test_a_line_is_seen_once_a_day_by_each_unless_it_changed():
    before, after = (evaluate(CHECKLIST, assess({"cash-forecast": status})) for status in ("to_do", "done"))
    once = seen_in(before, review())
    assert seen_in(before, once) == once
    assert len(seen_in(after, once).remarks) == len(once.remarks) + 1
    assert len(seen_in(before, once, PAUL).remarks) == 2 * len(once.remarks)
    assert len(seen_in(before, once, at=THEN + timedelta(days=1)).remarks) == 2 * len(once.remarks)
    one = review(seen_of(before.assessment, "cash-forecast", MARIE, THEN, UUID(int=999)))
    assert len(seen_in(before, one).remarks) == len(once.remarks)


def test_a_day_is_that_of_the_dossier():
    evening = THEN.replace(hour=23, tzinfo=UTC)
    evaluation = Evaluation(CHECKLIST, SAID, MONDAY, UTC)
    once = seen_in(evaluation, review(), at=evening)
    assert len(seen_in(evaluation, once, at=evening + timedelta(hours=2)).remarks) == 2 * len(once.remarks)


def test_what_an_advisor_says_of_a_remark_ends_it():
    for kind in ("closed", "withdrawn"):
        ended = remark(1, events=(advisor_event(kind, MARIE, THEN, UUID(int=2)),))  # type: ignore[arg-type]
        assert standing(ended, SAID) == kind
    replied = remark(1, events=(event(3, "reply"), advisor_event("reply", MARIE, THEN, UUID(int=4), "Merci")))
    assert standing(replied, SAID) == "open"


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_phrases_of_each_kind_in_the_language_of_the_dossier(language):
    say = wording(language)
    of_all = [phrase for kind in SPOKEN_KINDS for phrase in phrases(kind, (), say)]
    assert len(of_all) == len(set(of_all)) >= 8
    assert all(len(phrases(kind, (), say)) >= 3 for kind in SPOKEN_KINDS)
    assert phrases("seen", (), say) == []


def test_ones_own_phrases_come_first_and_each_once():
    own = with_phrase((), "clarify", "  Qui signe?  ")
    assert with_phrase(own, "clarify", "Qui signe?") == own == with_phrase(own, "clarify", " ")
    own = with_phrase(own, "advice", "Qui signe?")
    assert phrases("clarify", own, wording("fr"))[0] == "Qui signe?"
    assert phrases("clarify", own, wording("fr")).count("Qui signe?") == 1
    assert without_phrase(own, Phrase("clarify", "Qui signe?")) == (Phrase("advice", "Qui signe?"),)
    for n in range(2 * MOST_PHRASES):
        own = with_phrase(own, "advice", str(n))
    assert len(own) == MOST_PHRASES


@pytest.mark.parametrize("function", ["", " ", "agente", "manager", " manager ", "advisor"])
def test_who_signs_as_an_advisor_is_never_taken_for_the_manager(function):
    author = signed(" Ana Roy ", function, "CDR")
    assert not author.is_manager
    assert (author.name, author.organisation) == ("Ana Roy", "CDR")


def test_a_function_that_is_called_manager_is_told_as_such():
    assert author_words(signed("Ana Roy", "manager"), wording("en")) == "Ana Roy, Manager"
    assert author_words(signed("Ana Roy"), wording("en")) == "Ana Roy"

"""What to say to whom the checklist names: a few sentences to read aloud on the phone, or to send.

Of this dossier, what its manager has on the page already: its names, and items by title. No note, no reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pensebete.assessment.item_state import ItemState
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.message_text import ReadyMessage
from pensebete.evaluation.worth_a_call import is_bad
from pensebete.text.typography import begins_with_vowel, one_line
from pensebete.text.wording import Wording

# More is more than one says in a breath: the others are counted.
_MOST_PRESSING, _MOST_UNKNOWN = 2, 3
_ENDED = tuple(".!?…")


def call_words(evaluation: Evaluation, say: Wording) -> str:
    """« Bonjour, je m’appelle Marie Roy, de Coop du Fleuve. Voici ce qui presse : … Avez-vous dix minutes? »"""
    return " ".join([_hello(evaluation, say), *_facts(evaluation, say), say("call.ten_minutes")])


def call_email(evaluation: Evaluation, say: Wording) -> ReadyMessage:
    """The same to send, signed, with the number to be called back at."""
    whose, contact = _name(evaluation.assessment.organisation), evaluation.assessment.contact
    signed = ", ".join(filter(None, (_name(contact.name), whose, one_line(contact.phone))))
    paragraphs = [say("call.email.hello"), *_facts(evaluation, say), say("call.email.ten_minutes"), signed]
    subject = say("call.email.subject.of", organisation=whose) if whose else say("call.email.subject")
    return ReadyMessage(subject, "\n\n".join(filter(None, paragraphs)))


def _hello(evaluation: Evaluation, say: Wording) -> str:
    """Who prepared the dossier is often a role: only the contact person is called by name."""
    name, whose = _name(evaluation.assessment.contact.name), _name(evaluation.assessment.organisation)
    if name and whose:
        of = "call.hello.both.vowel" if begins_with_vowel(whose) else "call.hello.both"
        return _ended(say(of, name=name, organisation=whose))
    if name or whose:
        return _ended(say("call.hello.name", name=name) if name else say("call.hello.organisation", organisation=whose))
    return say("call.hello")


def _facts(evaluation: Evaluation, say: Wording) -> list[str]:
    """What presses, where the result is bad; then what nobody knew."""
    states = _in_order_of_plan(evaluation)
    facts = []
    if is_bad(evaluation) and (titles := _titles(_pressing(evaluation, states), _MOST_PRESSING, say)):
        facts.append(_ended(say("call.pressing", titles=titles)))
    if titles := _titles([state for state in states if state.current == "unknown"], _MOST_UNKNOWN, say):
        facts.append(_ended(say("call.unknown", titles=titles)))
    return facts or [say("call.a_hand")]


def _in_order_of_plan(evaluation: Evaluation) -> list[ItemState]:
    """One list of what comes first, everywhere."""
    places: dict[str, int] = {}
    for place, action in enumerate(evaluation.plan):
        if action.item and action.open:
            places.setdefault(action.item.id, place)
    counting = [state for state in evaluation.item_states if state.counts]
    return sorted(counting, key=lambda state: places.get(state.item.id, len(evaluation.plan)))


def _pressing(evaluation: Evaluation, states: Iterable[ItemState]) -> list[ItemState]:
    """The essentials to do; where there is none, what comes first."""
    essential, known = evaluation.checklist.readiness.essential, [s for s in states if s.current != "unknown"]
    first = {action.item.id for action in evaluation.first_actions if action.item and action.kind != "own"}
    to_do = [s for s in known if s.current == "to_do" and essential.match(s.item)]
    return to_do or [s for s in known if s.item.id in first]


def _titles(states: Sequence[ItemState], most: int, say: Wording) -> str:
    told = [_name(state.item.title[say.language]) for state in states[:most]]
    left = len(states) - len(told)
    return "; ".join([*told, *([say("call.others", n=left)] if left else [])])


def _name(typed: str) -> str:
    """A name as it stands in a sentence, whose full stop is not its own."""
    return one_line(typed).rstrip(". ")


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(_ENDED) else f"{sentence}."

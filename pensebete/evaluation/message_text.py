"""A ready message with what this dossier knows: its inserts filled, a blank for what nobody said, so that none is sent
with a hole that nobody sees. Nothing of it is kept: its sender mends it, and sends it from where they write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pensebete.checklist.inserts import BLANK, INSERT, Insert
from pensebete.checklist.model import Message
from pensebete.evaluation.action_plan import Action, due_date
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.plan_text import when_words
from pensebete.text.wording import Wording, own_name, wording

_A_BLANK = re.compile("_{3,}")


@dataclass(frozen=True, slots=True)
class ReadyMessage:
    subject: str
    text: str
    address: str = ""  # of whom it goes to, where the checklist knows it
    french_first: bool = False  # in French, then in the reader's language
    to_all_staff: bool = False

    @property
    def blanks(self) -> int:
        """How many words are left to fill in."""
        return len(_A_BLANK.findall(self.subject)) + len(_A_BLANK.findall(self.text))


def message_of(action: Action) -> Message | None:
    """The message with which an action is done; None where its checklist has none, or it is none of the checklist's."""
    if action.kind != "suggested" or action.item is None:
        return None
    return next((suggested.message for suggested in action.item.actions if suggested.id == action.id), None)


def ready_message(evaluation: Evaluation, action: Action, say: Wording) -> ReadyMessage | None:
    """In the reader's language; to all staff, the public and public bodies in French first, the other beside it."""
    message = message_of(action)
    if message is None:
        return None
    spoken = _spoken(evaluation, say, message.french_first)
    values = [(one, _values(evaluation, action, one)) for one in spoken]
    subjects = [re.sub(r"\s*\n\s*", " ", _filled(message.subject[one.language], known)) for one, known in values]
    texts = [_paragraphs(_filled(message.text[one.language], known)) for one, known in values]
    return ReadyMessage(
        subject=" / ".join(dict.fromkeys(subjects)),
        text=_beside(texts, say),
        address=(evaluation.checklist.contact.email or "") if message.to == "hub" else "",
        french_first=len(spoken) > 1,
        to_all_staff=message.to == "staff",
    )


def entrusting_message(evaluation: Evaluation, action: Action, say: Wording) -> ReadyMessage:
    """What asks the lead of any action to take it on: what, by when; at work, in French first."""
    checklist, today = evaluation.checklist, evaluation.today
    spoken = _spoken(evaluation, say, french_first=True)
    subjects, texts = [], []
    for one in spoken:
        what, known = action_text(action, one), _values(evaluation, action, one)
        # A role is nobody's name.
        named = action.owner.strip() and action.owner not in checklist.owners
        hello = one("entrust.hello.named", name=action.owner.strip()) if named else one("entrust.hello")
        when = one("entrust.late") if action.late else when_words(action, today, one)
        who = ", ".join(filter(None, (known["nom"] or BLANK, known["organisation"])))
        subjects.append(one("entrust.subject", what=what))
        texts.append(_paragraphs(one("entrust.text", hello=hello, what=what, when=when, who=who)))
    return ReadyMessage(" / ".join(dict.fromkeys(subjects)), _beside(texts, say), french_first=len(spoken) > 1)


def _spoken(evaluation: Evaluation, say: Wording, french_first: bool) -> list[Wording]:
    """The languages of a message, one after the other."""
    languages = evaluation.checklist.languages
    if french_first and say.language != "fr" and "fr" in languages:
        return [wording("fr", languages), say]
    return [say]


def _beside(texts: list[str], say: Wording) -> str:
    """The other language under French, by its own name."""
    return f"\n\n— {own_name(say.language)} —\n\n".join(texts)


def _filled(text: str, values: dict[str, str]) -> str:
    return INSERT.sub(lambda found: values.get(found[1]) or BLANK, text)


def _paragraphs(text: str) -> str:
    """Each line is a paragraph: one empty line between them, whatever the way it was written in YAML."""
    return "\n\n".join(line.strip() for line in text.split("\n") if line.strip())


def _values(evaluation: Evaluation, action: Action, say: Wording) -> dict[str, str]:
    """What each insert becomes in a language; empty where nobody said it."""
    assessment, checklist, today = evaluation.assessment, evaluation.checklist, evaluation.today
    contact = assessment.contact

    def day(when: date | None) -> str:
        return say.weekday(when, today) if when is not None and when >= today else ""

    found: dict[Insert, str] = {
        "organisation": assessment.organisation,
        "nom": assessment.prepared_by if assessment.prepared_by.strip() else contact.name,
        "telephone": contact.phone,
        "courriel": contact.email,
        "date": say.date(today),
        "dans_une_semaine": day(due_date(checklist, today, "1w")),
        "echeance": day(action.due),
        "pole": checklist.contact.name[say.language],
    }
    return {str(name): said.replace("\n", " ").strip() for name, said in found.items()}

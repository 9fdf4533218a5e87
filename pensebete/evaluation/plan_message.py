"""What goes with the plan to whom it is sent: that it is attached, and what comes first. Its sender sends it."""

from __future__ import annotations

from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.message_text import ReadyMessage
from pensebete.text.typography import one_line
from pensebete.text.wording import Wording

_MOST = 3  # first things: the rest is in the plan


def plan_message(evaluation: Evaluation, say: Wording) -> ReadyMessage:
    """To the pole, to the board, to those in charge: it says the same to each. No note is in it."""
    assessment, contact = evaluation.assessment, evaluation.assessment.contact
    whose = one_line(assessment.organisation)
    names = (one_line(assessment.prepared_by) or one_line(contact.name), whose, one_line(contact.phone))
    firsts = [one_line(action_text(action, say)) for action in evaluation.first_actions[:_MOST]]
    lines = "\n".join(f"{n}. {text}" for n, text in enumerate(firsts, 1))
    paragraphs = [
        say("next.message.hello"),
        say("next.message.attached", date=say.date(evaluation.today)),
        f"{say('next.message.first')}\n{lines}" if firsts else "",
        say("next.message.asked"),
        ", ".join(filter(None, names)),
    ]
    subject = say("next.message.subject.of", organisation=whose) if whose else say("next.message.subject")
    email = evaluation.checklist.contact.email or ""
    return ReadyMessage(subject, "\n\n".join(filter(None, paragraphs)), email)

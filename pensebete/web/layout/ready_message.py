"""« Message prêt », folded under an action: the message with which it is done, as this dossier fills it."""

from __future__ import annotations

import json
from hashlib import sha256

import streamlit as st

from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.message_text import ReadyMessage, hand_over_message, message_of, ready_message
from pensebete.text.markdown_escape import plain
from pensebete.text.wording import Wording
from pensebete.web import session
from pensebete.web.components.message_to_send import message_to_send

# What stands around a message, each a sentence message.…
_WORDS = (
    "subject",
    "text",
    "copy",
    "copied",
    "refused",
    "share",
    "email",
    "sms",
    "again",
    "to_paste",
    "too_long",
    "explained",
)


def message_fold(
    evaluation: Evaluation, action: Action, called: str, where: str = "", handed_over: bool = False
) -> None:
    """Nothing where the action has none. `called`: what tells it from others; `where`: which of two on a page.

    `handed_over`: where it has none, the one that asks its lead to do it. It is made only when opened, as the form of
    an action is.
    """
    if message_of(action) is None and not handed_over:
        return
    say = session.say()
    name = f"{where}{action.name}"
    fold = st.expander(
        say("message.title", which=plain(called)), key=session.key(f"letter.{name}"), type="compact", on_change="rerun"
    )
    if fold.open:
        message = ready_message(evaluation, action, say) or hand_over_message(evaluation, action, say)
        with fold:
            message_to_send(
                name=_name(message, action),
                subject=message.subject,
                text=message.text,
                address=message.address,
                words=_words(message, called, say),
                key=session.key(f"message.{name}"),
            )


def _name(message: ReadyMessage, action: Action) -> str:
    """Of this dossier, this enterprise and these words: a tab may open a copy of one that is another enterprise's, and
    what was mended before a fact changed says the old one."""
    said = session.assessment()
    filled = [str(said.id), said.organisation, message.subject, message.text]
    return f"{action.name} {sha256(json.dumps(filled).encode()).hexdigest()[:20]}"


def _words(message: ReadyMessage, called: str, say: Wording) -> dict[str, str]:
    note = ""
    if message.french_first:
        note = say("message.french_first.staff") if message.to_all_staff else say("message.french_first")
    return {
        **{name: say(f"message.{name}") for name in _WORDS},
        "title": say("message.section", which=called),
        "note": note,
        # Which of the two it is changes as one writes: the page counts.
        "to_fill_one": say("message.to_fill.one"),
        "to_fill_many": say("message.to_fill.many", count="$1"),
    }

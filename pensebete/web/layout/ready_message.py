"""« Message prêt », folded under an action: the message with which it is done, as this dossier fills it."""

from __future__ import annotations

import json
from hashlib import sha256

import streamlit as st

from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.message_text import ReadyMessage, entrusting_message, message_of, ready_message
from pensebete.text.markdown_escape import plain
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


def message_fold(evaluation: Evaluation, action: Action, called: str, where: str = "", entrusted: bool = False) -> None:
    """Nothing where the action has none. `called`: what tells it from others; `where`: which of two on a page.

    `entrusted`: where it has none, the one that asks its lead to do it. It is made only when opened, as the form of
    an action is.
    """
    if message_of(action) is None and not entrusted:
        return
    say = session.say()
    name = f"{where}{action.name}"
    fold = st.expander(
        say("message.title", which=plain(called)), key=session.key(f"letter.{name}"), type="compact", on_change="rerun"
    )
    if fold.open:
        message = ready_message(evaluation, action, say) or entrusting_message(evaluation, action, say)
        with fold:
            note = ""
            if message.french_first:
                note = say("message.french_first.staff") if message.to_all_staff else say("message.french_first")
            message_to_mend(action.name, message, say("message.section", which=called), where, note)


def message_to_mend(about: str, message: ReadyMessage, title: str, where: str = "", note: str = "") -> None:
    """A message to read, mend and send; `about` tells it from others, `title` is what it is called by ear."""
    say = session.say()
    words = {
        **{name: say(f"message.{name}") for name in _WORDS},
        "title": title,
        "note": note,
        # Which of the two it is changes as one writes: the page counts.
        "to_fill_one": say("message.to_fill.one"),
        "to_fill_many": say("message.to_fill.many", count="$1"),
    }
    message_to_send(
        name=_name(message, about),
        subject=message.subject,
        text=message.text,
        address=message.address,
        words=words,
        key=session.key(f"message.{where}{about}"),
    )


def _name(message: ReadyMessage, about: str) -> str:
    """Of this dossier, this enterprise and these words: a tab may open a copy of one that is another enterprise's, and
    what was mended before a fact changed says the old one."""
    said = session.assessment()
    filled = [str(said.id), said.organisation, message.subject, message.text]
    return f"{about} {sha256(json.dumps(filled).encode()).hexdigest()[:20]}"

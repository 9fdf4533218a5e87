"""Actions and owners in words: the same on screen, in the PDF and on the command line."""

from __future__ import annotations

from typing import Protocol

from pensebete.checklist.model import Checklist, Item, Text
from pensebete.evaluation.action_plan import Kind
from pensebete.text.wording import Wording


class Worded(Protocol):
    """An action of the plan, or one that was in it: `text` is what `kind` is said about."""

    @property
    def kind(self) -> Kind: ...

    @property
    def text(self) -> Text | str: ...


def action_text(action: Worded, say: Wording) -> str:
    """What is to be done, in one line."""
    text = action.text if isinstance(action.text, str) else action.text[say.language]
    if action.kind == "verify":
        return say("action.verify", title=text)
    if action.kind == "verify_together":
        return say("action.verify_together", refs=text)
    if action.kind == "reconfirm":
        return say("action.reconfirm", title=text)
    if action.kind == "finish":
        return say("action.finish", criterion=text)
    return text


class OfItem(Worded, Protocol):
    @property
    def id(self) -> str: ...

    @property
    def item(self) -> Item | None: ...


def named(action: OfItem, say: Wording) -> str:
    """« L1 · Faire une prévision »: an action under the reference of its item."""
    return (f"{action.item.ref} · " if action.item else "") + action_text(action, say)


def owner_label(checklist: Checklist, owner: str, language: str) -> str:
    """The name of a role; any other text as the manager wrote it."""
    return checklist.owners[owner][language] if owner in checklist.owners else owner

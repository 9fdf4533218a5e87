"""The idea that a manager is writing to the staff, and those sent in this visit: of its dossier, and beside it.

Another dossier that comes into the tab has neither: what was typed for one enterprise is sent by no other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st

from pensebete.checklist.idea import MOST_OF_A_NAME, MOST_OF_AN_IDEA, Idea
from pensebete.web.session.review import of_this_dossier
from pensebete.web.session.widgets import widget_forgets

_LONGEST_KEPT = 5 * MOST_OF_AN_IDEA  # characters that a reload brings back
IDEA_FIELDS = ("text", "name", "contact")  # what is typed
_MOST = {"text": _LONGEST_KEPT, "name": 5 * MOST_OF_A_NAME, "contact": 5 * MOST_OF_A_NAME}

Stage = Literal["writing", "reading"]


@dataclass(frozen=True)
class IdeaDraft:
    """What the form holds; `domain` is None until one is chosen, and then that of the step."""

    text: str = ""
    domain: str | None = None
    may_be_quoted: bool = False
    name: str = ""
    contact: str = ""
    stage: Stage = "writing"
    refusal: tuple[str, str] = ("", "")  # the field that must change, and what is said of it


def idea_draft() -> IdeaDraft:
    found: IdeaDraft = _kept().get("draft", IdeaDraft())
    return found


def write_idea(**changes: Any) -> None:
    """What was typed or tapped; what was refused is said no more."""
    _kept()["draft"] = replace(idea_draft(), **{"refusal": ("", ""), **changes})


def show_idea(draft: IdeaDraft) -> None:
    """Have the form hold this, whatever its fields held."""
    _kept()["draft"] = draft
    for name in (*IDEA_FIELDS, "may_be_quoted"):
        widget_forgets(f"idea.{name}")


def sent_ideas() -> tuple[Idea, ...]:
    """Those that can still be withdrawn from here."""
    found: tuple[Idea, ...] = _kept().get("sent", ())
    return found


def idea_was_sent(idea: Idea) -> None:
    _kept()["sent"] = (*sent_ideas(), idea)
    show_idea(IdeaDraft(name=idea.sent.name, contact=idea.sent.contact))


def idea_was_withdrawn(idea: Idea) -> None:
    """Its words stay with who wrote them, unless others are being written."""
    _kept()["sent"] = tuple(one for one in sent_ideas() if one.code != idea.code)
    if not idea_draft().text:
        sent = idea.sent
        show_idea(IdeaDraft(sent.text, sent.domain, sent.may_be_quoted, sent.name, sent.contact))


def writes_another_idea() -> bool:
    """Whether the form is shown though something was sent already."""
    return bool(_kept().get("another")) or bool(idea_draft().text) or not sent_ideas()


def write_another_idea(another: bool) -> None:
    _kept()["another"] = another


def idea_as_kept() -> dict[str, Any] | None:
    """The same as the copy in the tab keeps it; None while nothing is typed."""
    draft = idea_draft()
    if not draft.text or len(draft.text) > _LONGEST_KEPT:
        return None
    return {name: getattr(draft, name) for name in (*IDEA_FIELDS, "domain", "may_be_quoted") if getattr(draft, name)}


def take_back_idea(kept: object) -> None:
    """Take it from the copy in the tab, or from what was being typed at a reload; it may be anything."""
    if not isinstance(kept, dict):
        return
    said = {
        name: kept[name] for name in IDEA_FIELDS if isinstance(kept.get(name), str) and len(kept[name]) <= _MOST[name]
    }
    if isinstance(kept.get("domain"), str):
        said["domain"] = kept["domain"]
    if kept.get("may_be_quoted") is True:
        said["may_be_quoted"] = True
    if said:
        show_idea(replace(idea_draft(), **said))
        _kept()["came_back"] = "text" in said


def idea_came_back() -> bool:
    """Whether what was being written is to be before the eyes again: once."""
    return bool(_kept().pop("came_back", False))


def _kept() -> dict[str, Any]:
    found: dict[str, Any] = of_this_dossier("idea", {})
    return found


# What the staff look at


@dataclass(frozen=True)
class IdeasShown:
    """The ideas of a filter as they were listed: one that is sorted stays in its place until one looks again."""

    filter: str
    codes: tuple[tuple[int, str], ...]  # the id and the code of each: an id may be used again
    deleted: tuple[Idea, ...] = ()  # in this list, to be put back

    def without_one(self, idea: Idea) -> IdeasShown:
        return replace(self, deleted=tuple(one for one in self.deleted if one.code != idea.code))


def ideas_shown(filter: str) -> IdeasShown | None:
    """None where the list of that filter is to be made anew."""
    found: IdeasShown | None = st.session_state.get("ideas_shown")
    return found if found and found.filter == filter else None


def set_ideas_shown(shown: IdeasShown | None) -> None:
    st.session_state["ideas_shown"] = shown

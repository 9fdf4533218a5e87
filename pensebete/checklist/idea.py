"""What a manager says to the staff beside every answer: an idea, of a domain of the checklist or of none.

It is plain text of a stranger's. Cleaned when it is taken (`clean`), and written as text wherever it is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from pensebete.text.typography import one_line

State = Literal["new", "kept", "published", "refused"]
STATES: Final[tuple[State, ...]] = ("new", "kept", "published", "refused")

MOST_OF_AN_IDEA = 2_000  # characters
MOST_OF_A_NAME = 120  # of the name, and of the way to be answered

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What commands a terminal, turns the words around it, is seen by nobody, or is no character of any text: controls,
# overrides and isolates of direction, invisible spaces that part words, tags, private use, halves of pairs.
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_MANY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class NewIdea:
    """What is sent; without a domain it is about the whole checklist."""

    checklist_id: str
    domain: str
    language: str
    text: str
    may_be_quoted: bool = False
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea as it is kept. `revision` counts what was done with it, so that two staff never go over each other."""

    id: int
    code: str  # what its sender may quote to the staff
    created_at: datetime
    sent: NewIdea
    state: State
    answered_at: datetime | None
    changed_at: datetime
    revision: int


def clean(text: str) -> str:
    """The text as lines that command nothing and hide nothing; three empty lines are one."""
    lines = _HARMFUL.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " ").split("\n")
    return _MANY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def clean_line(text: str) -> str:
    """The same on one line: a name, an address."""
    return one_line(clean(text))

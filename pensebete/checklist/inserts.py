"""What a ready message may hold between braces, which the dossier fills: `{organisation}`, the same in every language.

What nobody knows when a message is written is a blank, `____`, for its sender to fill in. Square brackets would do too,
but YAML takes one that begins a text for a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, get_args

# Named so that those who tend the checklist can read them; evaluation/message_text.py says what each becomes.
Insert = Literal[
    "organisation",
    "nom",
    "telephone",
    "courriel",
    "date",
    "dans_une_semaine",
    "echeance",
    "pole",
]
INSERTS: tuple[Insert, ...] = get_args(Insert)
INSERT = re.compile(r"\{([^{}\n]{1,60})\}")
BLANK = "____"
# What an email or a text message takes by way of a link, and what a list of emails shows of a subject.
MOST_OF_SUBJECT, MOST_OF_TEXT = 120, 1_500


def inserts_of(text: str) -> Iterator[str]:
    """What stands between braces, known or not, as it is written."""
    return (found[1] for found in INSERT.finditer(text))


def open_brace(text: str) -> int | None:
    """Where the first brace stands that has no other, or holds nothing."""
    found = re.search("[{}]", INSERT.sub(lambda one: " " * len(one[0]), text))
    return found.start() if found else None

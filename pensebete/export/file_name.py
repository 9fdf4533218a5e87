"""What a file that leaves is called: what, whose, of when, as in `plan-action_coop-du-fleuve_2026-11-26_81b2.pdf`.

Lower-case ASCII, so that mail, disks and archives of any kind leave it as it is.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal
from unicodedata import normalize

from pensebete.assessment.model import Assessment
from pensebete.text.wording import Wording

# What a file is: an edition of the PDF (Edition.file_kind), one that goes back with remarks, a table, the dossier, a
# reminder.
Kind = Literal["plan", "reviewed", "board", "lender", "blank", "answers", "readiness", "profile", "dossier", "reminder"]
SHORT_ID = 4  # characters of the id: enough to tell apart two dossiers of one enterprise and one day
_MOST = 40  # characters of the name of the enterprise
_UNFOLDED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "’": "-", "‘": "-"})


def file_name(
    kind: Kind, extension: str, day: date, say: Wording, whose: Assessment | None = None, letters: int = SHORT_ID
) -> str:
    """`letters` is how much of the id is in it, more where two files would have one name."""
    parts = [say(f"file_name.{kind}"), slug(whose.organisation) if whose else "", day.isoformat()]
    if whose and whose.id:
        parts.append(whose.id.hex[:letters])
    return f"{'_'.join(filter(None, parts))}.{extension}"


def slug(name: str) -> str:
    """A name in lower-case ASCII, its words with hyphens between them; empty where it has no Latin letter or digit."""
    folded = normalize("NFKD", name[: 8 * _MOST]).casefold().translate(_UNFOLDED)
    words = re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-")
    if len(words) <= _MOST:
        return words
    # Whole words, unless the first of them is longer than that by itself.
    return (words[: _MOST + 1].rpartition("-")[0] or words[:_MOST]).strip("-")

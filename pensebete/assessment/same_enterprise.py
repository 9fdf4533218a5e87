"""Whether two dossiers of one id may be two enterprises: one began from a copy of the other's file."""

from __future__ import annotations

from pensebete.assessment.model import Assessment
from pensebete.text.folded import folded


def may_be_another_enterprise(one: Assessment, other: Assessment) -> bool:
    """Both are named, and otherwise; spelled with another apostrophe or without an accent, a name is the same."""
    names = [folded(said.organisation) for said in (one, other)]
    return all(names) and names[0] != names[1]

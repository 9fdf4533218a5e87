"""Whether two dossiers of one id may be two enterprises: one began from a copy of the other's file."""

from __future__ import annotations

from pensebete.assessment.model import Assessment


def may_be_another_enterprise(one: Assessment, other: Assessment) -> bool:
    """Both are named, and otherwise."""
    names = [" ".join(said.organisation.split()).casefold() for said in (one, other)]
    return all(names) and names[0] != names[1]

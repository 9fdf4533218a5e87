"""What is said of Quebec's holidays without the library is what the library says."""

from __future__ import annotations

import holidays

from pensebete.checklist.model import Calendar
from pensebete.checklist.working_days import KNOWN_OF_OURS, has_holidays


def test_the_kinds_of_holidays_known_of_quebec_are_those_that_the_library_has():
    assert set(holidays.country_holidays("CA", subdiv="QC").supported_categories) == KNOWN_OF_OURS
    ours = Calendar(country="CA", subdivision="QC", categories=("public", "optional"))
    assert has_holidays(ours)
    assert not has_holidays(ours.model_copy(update={"categories": ("public", "of-nobody")}))
    assert has_holidays(Calendar(country="CA", subdivision="ON"))
    assert not has_holidays(Calendar(country="CA", subdivision="XX"))

"""The moments of a dossier that can be compared, each told from the others by its words."""

from __future__ import annotations

from datetime import date

from pensebete.checklist.loading import load, published_path
from pensebete.evaluation.comparison import Moment
from pensebete.text.wording import wording
from pensebete.web.components.comparison import told_apart
from tests.builders import assess


def test_two_moments_of_one_name_and_day_have_two_labels():
    moment = Moment("avant le CA", date(2026, 3, 28), load(published_path()), assess({}))
    found = told_apart({"1": moment, "2": moment, "today": moment}, wording("fr"))
    assert list(found) == ["1", "2", "today"]
    assert len(set(found.values())) == 3
    assert found["2"] == f"{found['1']} (2)"

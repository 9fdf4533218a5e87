"""Remarks at the desk, without a browser: made beside lines, kept under their row, sent back, answered."""

from __future__ import annotations

import pytest

from pensebete.text.wording import wording
from tests.pages.test_desk import desk_of, drop, look_at
from tests.pages.visit import Visit
from tests.portfolio_files import dossiers

SAY = wording("fr")
FEW = list(dossiers(12))
NAME = "Coop du Fleuve"
ITEM = "cash-forecast"


@pytest.fixture
def visit() -> Visit:
    return Visit().open("desk")


def tap(visit: Visit, component: str, opens: str) -> Visit:
    """A button of our own HTML, which AppTest cannot press: its callback, with what it says."""
    raise NotImplementedError


def test_the_page_of_an_enterprise_ends_with_remarks(visit):
    drop(visit, *FEW)
    look_at(visit, NAME)
    assert SAY("remarks.title") in visit.texts()
    assert SAY("remarks.see_all") in [b.label for b in visit.app.button]
    visit.press(SAY("remarks.see_all"))
    print(visit.texts())
    print([b.label for b in visit.app.button])
    visit.press(SAY("remarks.back.pdf"))
    print(desk_of(visit).said)

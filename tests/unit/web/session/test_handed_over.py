"""The PDF that was handed over: known of the dossier that left in it, while it says the same, and of no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from pensebete.assessment.edits import with_answer, with_details
from pensebete.web import session
from pensebete.web.layout import tab_backup
from tests.builders import assess
from tests.unit.web.session.visits import PUBLISHED, begin, tab_copy

assert PUBLISHED is not None
CHECKLIST = PUBLISHED.checklist
NAME = "plan-action_coop-du-fleuve_2026-03-28_1111.pdf"


@pytest.fixture(autouse=True)
def _handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    begin(monkeypatch)
    session.apply_edit(with_details, organisation="Coop du Fleuve")
    session.apply_edit(with_answer, "board-position", status="done")
    session.set_pdf_handed_over(NAME)


def another() -> None:
    session.resume(assess({"board-position": "to_do"}, id=uuid4()))


def copy_of_another_enterprise() -> None:
    held = session.assessment()
    session.resume(held.model_copy(update={"organisation": "Garage Roy"}))
    session.resume(held)


def said_since() -> None:
    later = session.now() + timedelta(seconds=1)
    session.apply_edit(lambda said, now: said.model_copy(update={"updated_at": later}))


def test_it_is_known_while_the_dossier_says_the_same():
    assert session.pdf_handed_over() == NAME


@pytest.mark.parametrize("change", [another, copy_of_another_enterprise, said_since, session.erase])
def test_it_is_not_that_of_another_dossier_nor_of_what_was_said_since(change: Callable[[], None]):
    change()
    assert session.pdf_handed_over() is None


def test_the_tab_hands_it_back_after_a_reload(monkeypatch):
    copy = tab_copy()
    begin(monkeypatch)
    tab_backup.take_back(CHECKLIST, str(copy))
    assert session.pdf_handed_over() == NAME


def test_a_saved_dossier_that_is_opened_anew_hears_of_it_once_and_another_does_not():
    text = str(tab_copy())
    held = session.assessment()
    another()
    tab_backup.hear_of_handed_over(CHECKLIST, text)
    assert session.handed_over_heard()
    assert session.pdf_handed_over() is None
    session.resume(held)
    assert session.pdf_handed_over() is None
    tab_backup.hear_of_handed_over(CHECKLIST, text)
    assert session.pdf_handed_over() == NAME


MOMENT = "2026-03-28T14:30:00+00:00"


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "x",
        [],
        {"name": 1, "updated_at": 2},
        {"name": "x", "updated_at": MOMENT},
        {"name": "x", "updated_at": "hier"},
        {"name": "x", "updated_at": MOMENT[:-6]},
    ],
)
def test_what_is_no_memory_of_this_dossier_is_left_alone(kept):
    another()
    session.hear_of_handed_over(kept)
    assert session.pdf_handed_over() is None


def test_a_name_longer_than_that_of_a_file_is_none():
    moment = session.assessment().updated_at
    assert moment is not None
    another_name = {"name": "x" * 256, "updated_at": moment.isoformat()}
    session.hear_of_handed_over(another_name)
    assert session.pdf_handed_over() == NAME

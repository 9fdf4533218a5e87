"""A dossier opened from a file: never in the place of another one, nor of a newer one, without a word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.storage.dossiers import keep, open_link
from pensebete.storage.engine import Store
from pensebete.storage.sync import saving_of_kept
from pensebete.text.wording import wording
from pensebete.web.server import live
from pensebete.web.server.reading import TooMuchError
from pensebete.web.session import dropped_dossier
from pensebete.web.views.start.resume_form import compared
from tests.builders import NOW, assess
from tests.pages.conftest import Visit

SAY = wording("fr")


def saved_visit(store: Store) -> tuple[Visit, str]:
    """A visit whose dossier, « Coop Alpha », is saved; and its link."""
    visit = Visit()
    said = visit.assessment.model_copy(update={"organisation": "Coop Alpha", "updated_at": NOW})
    text = live.look().serving.text  # type: ignore[union-attr]
    kept = keep(store, said, text, NOW, "direction")
    visit.app.session_state["assessment"] = said
    visit.app.session_state["saving"] = saving_of_kept(store, kept, said, text, NOW)
    visit.app.session_state["said_something"] = True
    visit.app.run()
    return visit, kept.token


def give(visit: Visit, name: str, content: bytes) -> None:
    [uploader] = visit.app.get("file_uploader")
    uploader.upload(name, content, "application/octet-stream").run()  # type: ignore[attr-defined]


def give_file(visit: Visit, file: Assessment) -> None:
    give(visit, "dossier.json", dossier_file.dump(file))


def of_covid(**details: Any) -> Assessment:
    return assess({"cash-forecast": "to_do"}, organisation="Atelier Beta", **details)


def test_a_file_of_another_dossier_is_named_and_never_goes_into_the_saved_one(store):
    visit, token = saved_visit(store)
    give_file(visit, of_covid(id=uuid4(), updated_at=NOW))
    shown = visit.texts()
    assert "Atelier Beta" in shown
    assert SAY("resume.another", held="Coop Alpha") in shown
    visit.press(SAY("resume.open"))
    assert visit.app.session_state["saving"] is None
    assert visit.assessment.organisation == "Atelier Beta"
    opened = open_link(store, token, NOW)
    assert opened is not None
    assert (opened.assessment.organisation, dict(opened.assessment.answers)) == ("Coop Alpha", {})


def test_an_older_file_of_the_same_dossier_is_opened_only_by_a_button_that_says_so(store):
    visit, token = saved_visit(store)
    older = of_covid(id=visit.assessment.id, updated_at=NOW - timedelta(days=3))
    give_file(visit, older)
    shown = visit.texts()
    assert "plus ancien" in shown
    assert visit.assessment.organisation == "Coop Alpha"
    opened = open_link(store, token, NOW)
    assert opened is not None
    assert opened.assessment.organisation == "Coop Alpha"
    visit.press(SAY("resume.open.older"))
    assert visit.assessment.organisation == "Atelier Beta"


@pytest.mark.parametrize(
    ("days", "same", "expected"),
    [(-1, True, "older"), (0, True, "same"), (1, True, "newer"), (None, True, "undated"), (1, False, "another")],
)
def test_a_file_is_compared_with_what_the_tab_holds(days, same, expected):
    held = of_covid(id=uuid4(), updated_at=NOW)
    at = None if days is None else NOW + timedelta(days=days)
    assert compared(of_covid(id=held.id if same else uuid4(), updated_at=at), held) == expected


def test_a_file_is_read_once_however_often_the_page_is_drawn(store, monkeypatch):
    visit, _ = saved_visit(store)
    times: list[bytes] = []
    truly = dropped_dossier.taken_in

    def counted(name: str, content: bytes) -> Any:
        times.append(content)
        return truly(name, content)

    monkeypatch.setattr(dropped_dossier, "taken_in", counted)
    give_file(visit, of_covid(id=uuid4(), updated_at=NOW))
    for _ in range(3):
        visit.app.run()
    assert len(times) == 1


def test_a_file_that_takes_too_long_is_said_and_changes_nothing(store, monkeypatch):
    visit, _ = saved_visit(store)
    before = visit.assessment

    def endless(*_: Any) -> Any:
        raise TooMuchError

    monkeypatch.setattr(dropped_dossier, "taken_in_file", endless)
    give(visit, "plan.pdf", b"%PDF-1.7")
    assert SAY("dossier.too_much") in visit.texts()
    assert visit.assessment == before

"""The addresses of calendars on « Mon dossier »: made, renewed, revoked; what is said of who reads them."""

from __future__ import annotations

from uuid import UUID

import pytest

from pensebete.storage.calendars import add_calendar, calendars_of, read_calendar
from pensebete.storage.dossiers import Kept, keep, open_link
from pensebete.storage.engine import Store
from pensebete.storage.links import Access, add_link, revoke
from pensebete.storage.sync import saving_of_opened
from pensebete.web import session
from pensebete.web.server import live
from tests.builders import NOW, assess
from tests.pages.visit import Visit


@pytest.fixture
def kept(store: Store) -> Kept:
    return keep(store, assess({"cash-weeks": "to_do"}, id=UUID(int=7)), live.look().serving.text, NOW, "direction")


def visit(store: Store, token: str, language: str = "fr") -> Visit:
    opened, found = open_link(store, token, NOW), Visit()
    assert opened
    found.app.session_state["assessment"] = opened.assessment.model_copy(update={"language": language})
    found.app.session_state["said_something"] = True
    found.app.session_state["saving"] = saving_of_opened(store, opened, live.look().serving.text)
    found.app.run()
    return found.open("dossier")


def listed(store: Store, kept: Kept) -> list[str]:
    return [one.label for one in calendars_of(store, kept.dossier_id, kept.link_id)]


def shown(visit: Visit) -> list[str]:
    """The tokens that the page gives the tab."""
    return [one.token for one in visit.app.session_state["links_to_show"] if one.kind == "calendar"]


def make(visit: Visit, name: str = "") -> str:
    visit.widget("text_input", "calendar.label").set_value(name)
    visit.widget("button", "calendar.add").click().run()
    visit._sound()
    return shown(visit)[-1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_reads_it_is_said_before_an_address_is_made(store, kept, language):
    page = visit(store, kept.token, language)
    assert page.say("calendar.who") in page.texts()
    assert listed(store, kept) == []


def test_an_address_is_made_listed_and_told_once(store, kept):
    page = visit(store, kept.token)
    token = make(page, "Téléphone")
    assert read_calendar(store, token)
    assert "Téléphone" in page.texts()
    page.open("results").open("dossier")
    assert "links_to_show" not in page.app.session_state
    assert listed(store, kept) == ["Téléphone"]


def test_without_a_name_it_has_one(store, kept):
    make(visit(store, kept.token), "  ")
    assert listed(store, kept) == ["Mon calendrier"]


def test_renewed_it_is_another_and_revoked_it_is_gone(store, kept):
    page = visit(store, kept.token)
    first = make(page, "Téléphone")
    page.widget("button", "calendar.renew").click().run()
    second = shown(page._sound())[-1]
    assert (read_calendar(store, first), bool(read_calendar(store, second))) == (None, True)
    page.widget("button", "calendar.revoke").click().run()
    page._sound()
    assert listed(store, kept) == []
    assert read_calendar(store, second) is None
    assert page.say("calendar.revoked", label="Téléphone") in page.texts()


@pytest.mark.parametrize("access", ["read", "write"])
def test_a_reading_link_neither_sees_nor_makes_any(store, kept, access: Access):
    add_calendar(store, kept.dossier_id, kept.link_id, "Téléphone", NOW)
    page = visit(store, add_link(store, kept.dossier_id, kept.link_id, access, "conseil", NOW).token)
    assert ("Téléphone" in page.texts()) == (access == "write")
    assert any(button.key.startswith("calendar.add") for button in page.app.button) == (access == "write")


def test_a_link_revoked_meanwhile_makes_none_and_the_page_says_so(store, kept):
    other = add_link(store, kept.dossier_id, kept.link_id, "write", "finance", NOW)
    page = visit(store, other.token)
    revoke(store, kept.dossier_id, kept.link_id, other.link_id, NOW)
    page.widget("button", "calendar.add").click().run()
    page._sound()
    assert page.say("store.link_gone") in page.texts()
    assert listed(store, kept) == []


def test_over_a_line_that_all_can_read_none_is_made_and_the_page_says_why(store, kept, monkeypatch):
    monkeypatch.setattr(session, "can_keep_links", lambda: False)
    page = visit(store, kept.token)
    assert page.say("calendar.insecure") in page.texts()
    assert not any(button.key.startswith("calendar.add") for button in page.app.button)

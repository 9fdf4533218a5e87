"""« Mon dossier » offers to save where that can be done, and says calmly where it cannot."""

from __future__ import annotations

import pytest

from pensebete.storage import current
from pensebete.storage.engine import open_store
from pensebete.storage.schema import migrate
from pensebete.text.wording import wording
from tests.pages.visit import Visit


@pytest.fixture(autouse=True)
def _asked_anew():
    current.store.cache_clear()
    yield
    if current.store.cache_info().currsize:
        current.store().close()
    current.store.cache_clear()


@pytest.fixture
def address(tmp_path, monkeypatch) -> str:
    found = f"sqlite:///{tmp_path}/dossiers.sqlite3"
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", found)
    return found


def test_where_nothing_can_be_saved_nothing_is_offered_and_it_is_as_soon_as_it_can(address, visit: Visit):
    visit.open("dossier")
    keep = visit.say("saved.keep")
    assert keep not in [button.label for button in visit.app.button]
    said = visit.texts()
    assert wording("fr")("saved.not_offered") in said
    assert "migrate" not in said, "commands are for whoever runs the server"
    store = open_store(address)
    migrate(store)
    store.close()
    visit.open("dossier")
    assert keep in [button.label for button in visit.app.button]
    assert wording("fr")("saved.not_offered") not in visit.texts()


def test_a_disk_that_is_nearly_full_offers_no_new_dossier(address, visit: Visit, monkeypatch):
    store = open_store(address)
    migrate(store)
    store.close()
    monkeypatch.setenv("PENSEBETE_FREE_MEGABYTES", "999999999")
    visit.open("dossier")
    assert visit.say("saved.keep") not in [button.label for button in visit.app.button]
    assert wording("fr")("saved.not_offered") in visit.texts()

"""How many ideas an address sends in an hour; what this server knows of those that were published."""

from __future__ import annotations

import pytest

from pensebete.storage.errors import StoreUnavailableError
from pensebete.text.wording import wording
from pensebete.web.server import ideas
from pensebete.web.server.allowance import Allowance, Rate
from pensebete.web.server.limits import Limits


def test_an_address_sends_thirty_and_the_next_one_is_told_when(monkeypatch):
    monkeypatch.setattr(ideas, "network_of_visit", lambda: "192.0.2.1")
    allowance = Allowance(Limits().idea_rate)
    monkeypatch.setattr(ideas, "_allowance", lambda: allowance)
    for _ in range(30):
        with ideas.may_send_idea():
            pass
    with pytest.raises(ideas.TooManyIdeasError) as refused, ideas.may_send_idea():
        pytest.fail("one too many")
    for language, words in (("fr", "dans 2\u00a0minutes"), ("en", "in 2 minutes")):
        assert words.replace("\u00a0", " ") in refused.value.sentence(wording(language)).replace("\u00a0", " ")
    monkeypatch.setattr(ideas, "network_of_visit", lambda: "192.0.2.2")
    with ideas.may_send_idea():
        pass


def test_what_a_database_that_is_away_did_not_take_is_not_counted(monkeypatch):
    monkeypatch.setattr(ideas, "network_of_visit", lambda: "192.0.2.1")
    allowance = Allowance(Rate(2, 2 / 3600))
    monkeypatch.setattr(ideas, "_allowance", lambda: allowance)
    for _ in range(9):
        with pytest.raises(StoreUnavailableError), ideas.may_send_idea():
            raise StoreUnavailableError("unreachable", "file")
    assert allowance.wait("192.0.2.1", 2) == 0


def test_without_a_key_of_the_staff_no_database_is_asked_and_no_idea_is_taken(monkeypatch):
    monkeypatch.delenv("PENSEBETE_STAFF_KEY", raising=False)
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", "postgresql://nobody@192.0.2.1:1/none")
    ideas.look_at_ideas()
    assert not ideas.takes_ideas()
    assert ideas.published_of("covid-19", "communication") == ()

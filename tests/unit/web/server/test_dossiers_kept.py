"""How many dossiers one address has saved."""

from __future__ import annotations

import pytest

from pensebete.text.wording import wording
from pensebete.web.server import dossiers_kept
from pensebete.web.server.allowance import Allowance
from pensebete.web.server.limits import Limits


def test_a_room_saves_sixty_and_the_next_one_is_told_when(monkeypatch):
    monkeypatch.setattr(dossiers_kept, "network_of_visit", lambda: "192.0.2.1")
    allowance = Allowance(Limits().dossier_rate)
    monkeypatch.setattr(dossiers_kept, "_allowance", lambda: allowance)
    for _ in range(60):
        dossiers_kept.may_keep()
    with pytest.raises(dossiers_kept.TooManyKeptError) as refused:
        dossiers_kept.may_keep()
    assert "1\u00a0min" in refused.value.sentence(wording("fr"))
    monkeypatch.setattr(dossiers_kept, "network_of_visit", lambda: "192.0.2.2")
    dossiers_kept.may_keep()

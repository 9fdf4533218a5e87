"""How long a dossier is kept, as the page says it."""

from __future__ import annotations

import pytest

from pensebete.storage.months_kept import months_kept


@pytest.mark.parametrize(("told", "said"), [("", 12), ("6", 6), ("soon", 12), ("²", 12)])
def test_the_page_says_the_months_that_purge_counts(monkeypatch, told, said):
    monkeypatch.setenv("PENSEBETE_KEEP_MONTHS", told)
    assert months_kept() == said

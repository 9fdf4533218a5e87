"""Facts in words, for whoever reads them."""

from __future__ import annotations

import pytest

from pensebete.text.wording import wording
from pensebete.web import session
from pensebete.web.layout.field_text import link_words


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("Premier lien", "First link"),
        ("Lire et remarquer", "Read and remark"),
        ("Lire seulement", "Read and remark"),
        ("Ginette", "Ginette"),
    ],
)
def test_a_link_that_nobody_named_is_called_in_the_language_of_who_reads(monkeypatch, kept, read):
    monkeypatch.setattr(session, "say", lambda: wording("en"))
    assert link_words(kept) == read

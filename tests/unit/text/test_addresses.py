"""What one taps to call, to write or to visit."""

from __future__ import annotations

import pytest

from pensebete.text.addresses import address_of, as_copied


@pytest.mark.parametrize(
    ("way", "address"),
    [
        ("211", "tel:211"),
        ("418 555-0100", "tel:+14185550100"),
        ("(418) 555.0100", "tel:+14185550100"),
        ("1 888 555-0100", "tel:+18885550100"),
        ("+33 1 55 55 01 00", "tel:+33155550100"),
        ("418\u00a0555\u20110100".replace("\u2011", "-"), "tel:+14185550100"),
        ("418 555-0100, poste 3", "tel:+14185550100;ext=3"),
        ("418 555-0100 ext. 42", "tel:+14185550100;ext=42"),
        ("bonjour@pole.example", "mailto:bonjour@pole.example"),
        ("https://pole.example/aide", "https://pole.example/aide"),
        ("à venir", ""),
    ],
)
def test_a_tap_calls_writes_or_visits(way, address):
    assert address_of(way) == address


def test_nothing_hidden_is_copied():
    assert as_copied("\ufeff418\u00a0555\u200b-0100\u2060 ") == "418 555-0100"
    assert address_of("bonjour@\u2060pole.example") == "mailto:bonjour@pole.example"

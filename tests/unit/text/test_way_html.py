"""Links of numbers and addresses, as HTML."""

from __future__ import annotations

from pensebete.text.way_html import way_html


def test_a_number_and_an_email_are_links_and_are_copied_as_they_are():
    assert way_html("418\u00a0555-0100") == '<a href="tel:+14185550100">418 555-0100</a>'
    assert way_html("bonjour@pole.example") == '<a href="mailto:bonjour@pole.example">bonjour@pole.example</a>'


def test_a_site_opens_beside_the_answers():
    assert way_html("https://www.pole.example/?a=1&b=2") == (
        '<a href="https://www.pole.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">'
        "https://www.pole.example/?a=1&amp;b=2</a>"
    )


def test_what_is_no_address_is_words():
    assert way_html("<à venir>") == "&lt;à venir&gt;"

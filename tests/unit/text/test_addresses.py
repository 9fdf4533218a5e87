"""What one taps to call, to write or to visit."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from pensebete.text.addresses import Phone, address_of, as_copied, mail_to, phone_in


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
        ("418-555-0100 x42", "tel:+14185550100;ext=42"),
        ("418 555\u20110100", "tel:+14185550100"),
        ("Tél. : 418 555-0100", "tel:+14185550100"),
        ("12", ""),
        ("bonjour@pole.example", "mailto:bonjour@pole.example"),
        ("https://pole.example/aide", "https://pole.example/aide"),
        ("à venir", ""),
    ],
)
def test_a_tap_calls_writes_or_visits(way, address):
    assert address_of(way) == address


@pytest.mark.parametrize(
    "way", ["roy@coop.example?bcc=x@elsewhere.example&body=Oui", "roy@coop.example#x", 'roy@"><b>']
)
def test_what_somebody_typed_after_an_email_begins_no_words_and_names_nobody_else(way):
    address = urlsplit(address_of(way))
    assert (address.scheme, address.query, address.fragment) == ("mailto", "", "")
    assert unquote(address.path) == way


def test_nothing_hidden_is_copied():
    assert as_copied("\ufeff418\u00a0555\u200b-0100\u2060 ") == "418 555-0100"
    assert address_of("bonjour@\u2060pole.example") == "mailto:bonjour@pole.example"


@pytest.mark.parametrize(
    ("written", "number", "extension"),
    [
        ("4185550100", "418 555-0100", ""),
        ("(418) 555.0100", "418 555-0100", ""),
        ("418-555-0100", "418 555-0100", ""),
        ("418 555\u20110100, poste\u00a03", "418 555-0100", "3"),
        ("418 555-0100 (ext. 42)", "418 555-0100", "42"),
        ("Tél. : 418 555-0100", "418 555-0100", ""),
        ("1-888-555-0100", "1 888 555-0100", ""),
        ("+1 418 555 0100", "1 418 555-0100", ""),
        ("211", "211", ""),
        # What says more than a number, or is another country's, is shown as it was written.
        ("+33 1 55 55 01 00", "+33 1 55 55 01 00", ""),
        ("418 555-0100 ou 1 888 555-0100", "418 555-0100 ou 1 888 555-0100", ""),
        ("418 555-0100, avant midi", "418 555-0100, avant midi", ""),
    ],
)
def test_a_number_is_shown_as_people_read_it_and_called_as_machines_do(written, number, extension):
    assert phone_in(written) == Phone(number, extension, address_of(written))


@pytest.mark.parametrize("written", ["", "à venir", "bonjour@pole.example", "https://pole.example", "1"])
def test_what_is_no_number_calls_nobody(written):
    assert phone_in(written) is None


def test_an_email_that_is_begun_holds_every_sign_and_its_own_ends_of_line():
    subject, text = "Été & hiver: 50 %?", "Bonjour,\n\n« a+b=c #1 »"
    address = urlsplit(mail_to("bonjour@\u2060pole.example", subject, text))
    assert (address.scheme, address.path) == ("mailto", "bonjour@pole.example")
    assert parse_qs(address.query) == {"subject": [subject], "body": [text.replace("\n", "\r\n")]}
    assert "body" not in mail_to("bonjour@pole.example", subject)

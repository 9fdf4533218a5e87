"""A new item in a text of the checklist, with the words of somebody who may mean harm as its help."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pensebete.checklist.idea import clean
from pensebete.checklist.item_template import new_item_id, with_new_item
from pensebete.checklist.loading import read
from pensebete.checklist.parsing.quoting import double_quoted
from pensebete.text.wording import wording
from tests.builders import MINIMAL, SHIPPED, sound
from tests.other_checklists import CYBER, FLOOD

SAY = wording("fr")
INJECTED = (
    'x"\n      - id: planted\n        ref: P1',
    '\'\nversion: "9"\n',
    "# not a comment\n--- \n...",
    "&a *a !!python/object:os.system [x] {y: z} | > - ? : %TAG @ `",
    '\\x41 \\u0041 \\\\ \\" ${HOME}',
    "\u2028---\u2029\x85\x00\x07\ufeff\ud800 end",
    "{organisation} {action}",
    "x" * 2_000,
)


def letters(text: str) -> str:
    """What is left of a text whose spaces and points are typeset."""
    return "".join(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize("source", [SHIPPED, MINIMAL, FLOOD, CYBER], ids=["shipped", "minimal", "flood", "cyber"])
def test_it_is_put_first_under_each_domain_and_nothing_else_changes(source):
    text = source.read_text(encoding="utf-8")
    checklist = sound(text)
    language = checklist.languages[0]
    for domain in checklist.domains:
        longer = with_new_item(text, domain.id, checklist, SAY, {language: "Une idée"})
        assert longer is not None
        found = sound(longer)
        first, *others = next(one for one in found.domains if one.id == domain.id).items
        assert (first.id, first.help[language]) == (new_item_id(checklist), "Une idée")
        assert others == list(domain.items)
        assert [one for one in found.domains if one.id != domain.id] == [
            one for one in checklist.domains if one.id != domain.id
        ]


@pytest.mark.parametrize("words", INJECTED)
def test_whatever_the_words_are_they_are_the_help_and_nothing_else(words):
    words = clean(words)  # as they are kept
    text = MINIMAL.read_text(encoding="utf-8")
    checklist = sound(text)
    domain = checklist.domains[0].id
    longer = with_new_item(text, domain, checklist, SAY, {"fr": words})
    assert longer is not None
    plain = with_new_item(text, domain, checklist, SAY, {"fr": "Une idée"})
    assert plain is not None
    assert len(longer.splitlines()) == len(plain.splitlines()), "one line, whatever it holds"
    found, diagnostics = read(longer)
    said = {one.code for one in diagnostics if one.severity == "mistake"}
    assert found is not None, said
    assert letters(found.items["new-item-1"].help["fr"]) == letters(words)
    assert (found.version, len(found.items)) == (checklist.version, len(checklist.items) + 1)


@given(st.text(max_size=60))
def test_any_words_of_an_idea_are_read_again_as_they_were_taken(words):
    text = MINIMAL.read_text(encoding="utf-8")
    checklist, taken = sound(text), clean(words)
    longer = with_new_item(text, checklist.domains[0].id, checklist, SAY, {"fr": taken})
    assert longer is not None
    found, _ = read(longer)
    if found is not None:
        assert letters(found.items["new-item-1"].help["fr"]) == letters(taken)


@pytest.mark.parametrize("words", INJECTED)
def test_as_they_were_typed_they_write_one_line_of_yaml_too(words):
    assert len(double_quoted(words).splitlines()) == 1
    assert list(yaml.safe_load(f"title: {double_quoted(words)}")) == ["title"]


def test_a_second_one_has_another_id_even_in_a_text_that_cannot_be_read():
    text = MINIMAL.read_text(encoding="utf-8")
    checklist = sound(text)
    domain = checklist.domains[0].id
    once = with_new_item(text, domain, checklist, SAY, {})
    assert once is not None
    twice = with_new_item(f"{once}\nbroken: [", domain, checklist, SAY, {})
    assert twice is not None
    assert "- id: new-item-2" in twice
    assert twice.count("- id: new-item-1") == 1


def test_the_line_ends_of_the_text_stay():
    text = MINIMAL.read_text(encoding="utf-8").replace("\n", "\r\n")
    checklist = sound(text)
    longer = with_new_item(text, checklist.domains[0].id, checklist, SAY, {"fr": "Une idée"})
    assert longer is not None
    assert "\n" not in longer.replace("\r\n", "")


@pytest.mark.parametrize("text", ["", "domains: []\n", "domains:\n  - {id: money, items: []}\n", "title: x\n"])
def test_a_text_that_is_written_otherwise_is_left_to_its_author(text, minimal):
    assert with_new_item(text, minimal.domains[0].id, minimal, SAY, {}) is None


def test_a_domain_that_is_not_there_takes_nothing(minimal):
    assert with_new_item(MINIMAL.read_text(encoding="utf-8"), "lost", minimal, SAY, {}) is None

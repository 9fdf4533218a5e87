"""Each « Fait » of the shipped checklist is reached by the actions of its item: docs/content.md says which by which."""

from __future__ import annotations

import re

import pytest

from tests.builders import ROOT

PAGE = ROOT / "docs" / "content.md"
ROW = re.compile(r"^\| (\S+) \| `(\S+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))
WHOLE = {"fr": "tout", "en": "all"}
# What only ties the parts of a criterion together.
TIES = {"fr": {"et", "ou", "de", "dans", "avec", "sur"}, "en": {"and", "or", "in", "on", "with", "a"}}


def test_every_action_stands_in_the_table_once_in_the_order_of_the_file(checklist):
    actions = [(item.ref, action.id) for item in checklist.items.values() for action in item.actions]
    assert [(ref, action) for ref, action, *_ in ROWS] == actions
    assert len(actions) == 48


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_actions_reach_is_the_whole_criterion_word_for_word(checklist, language):
    for item in checklist.items.values():
        done = item.criteria.done[language]
        missed = list(done)
        for ref, action, *reached in ROWS:
            if ref != item.ref:
                continue
            said = reached[language == "en"]
            for part in [done] if said == WHOLE[language] else said.split(" … "):
                assert part in done, (item.ref, action, part)
                at = done.index(part)
                missed[at : at + len(part)] = " " * len(part)
        left = "".join(missed)
        assert set(re.findall(r"[\w’]+", left)) <= TIES[language], (item.ref, left)


def test_the_page_of_the_method_names_the_table():
    assert "(content.md)" in (ROOT / "docs" / "method.md").read_text(encoding="utf-8")


def test_the_page_names_every_ready_message_in_the_order_of_the_file(checklist):
    told = re.findall(r"^\| `(\S+)` \| (\w+) \| [^|]+ \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    ready = [(a.id, a.message.to) for item in checklist.items.values() for a in item.actions if a.message]
    assert told == ready

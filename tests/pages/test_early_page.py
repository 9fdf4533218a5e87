"""What stands in the page until the app has come says what the app says, in the same words and the same order."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pensebete.web.server.early_page import EarlyPages
from tests.builders import CHECKLIST
from tests.pages.visit import Visit

EARLY = EarlyPages(CHECKLIST)


def read_in(html: str) -> str:
    """As a reader sees it, on one line."""
    apart = re.sub(r"<style>.*?</style>|<(?!/?strong)[^>]+>", " ", html, flags=re.DOTALL)
    return one_line(unescape(re.sub(r"</?strong>", "", apart)))


def one_line(text: str) -> str:
    """Without the marks that only the framework reads."""
    return " ".join(re.sub("[*\\\\\u2060]|:small\\[|\\]", "", text).split())


def stand_in_order(words: list[str], text: str) -> None:
    at = 0
    for one in map(one_line, words):
        found = text.find(one, at)
        assert found >= 0, f"{one!r} is not there, or stands before what comes first in the app"
        at = found + len(one)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_first_page_is_said_before_the_app_has_come_as_the_app_says_it(visit: Visit, language: str) -> None:
    if language == "en":
        visit.press("English")
    app = visit.app
    lines = [line.removeprefix("- ") for one in app.markdown[:2] for line in one.value.split("\n")]
    folds = [visit.say(name) for name in ("start.preface", "resume.title", "start.resources")]
    doors = [visit.widget("button", f"door.{which}").label for which in ("short", "whole")]
    stand_in_order([app.title[0].value, *lines, *folds, *doors], read_in(EARLY.html(language, "/")))


@pytest.mark.parametrize("step", ["essentials.first", "liquidity"])
def test_a_step_is_asked_before_the_app_has_come_as_the_app_asks_it(step: str) -> None:
    visit = Visit()
    visit.app.query_params["step"] = step
    visit.open("questionnaire")
    app = visit.app
    asked = [app.header[0].value]
    for group in app.button_group:
        asked += [group.label, *group.options]
    answers = [radio for radio in app.radio if (radio.key or "").startswith("status.")]
    assert len(answers) >= 8
    for radio in answers:
        asked += [radio.label]
        for pair in zip(radio.options, radio.proto.captions, strict=True):
            asked += filter(None, pair)
    bar = ("previous", "next", "to_results")
    asked += [button.label for button in app.button if (button.key or "").split(".")[0] in bar]
    stand_in_order(asked, read_in(EARLY.html("fr", EARLY.shown_at("questionnaire", step))))

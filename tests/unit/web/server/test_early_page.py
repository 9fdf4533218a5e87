"""What stands in the page until the app has come: when, of which checklist, and what can be tapped there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.requests import HTTPConnection

from pensebete.checklist.loading import load
from pensebete.web.server.early_page import EarlyPages
from pensebete.web.server.index_html import PAGES
from pensebete.web.server.served_page import ServedPages
from tests.builders import CHECKLIST
from tests.other_checklists import FLOOD, write_with_contact

PHONE = "418 555-0100"


def served(path: str = "/", query: str = "", cookie: str = "", pages: ServedPages | None = None, of=CHECKLIST) -> str:  # type: ignore[no-untyped-def]
    scope = {"type": "http", "path": path, "query_string": query.encode(), "headers": [(b"cookie", cookie.encode())]}
    return (pages or ServedPages(PAGES)).body(HTTPConnection(scope), "fr", of, compressed=False).decode()


@pytest.mark.parametrize("path", ["/", "/questionnaire"])
def test_who_comes_for_the_first_time_reads_the_page_before_the_app_has_come(path: str) -> None:
    assert served(path).count('<div id="early"') == 1


@pytest.mark.parametrize(
    "path", ["/results", "/action_plan", "/dossier", "/desk", "/workshop", "/draft", "/no-such-page"]
)
def test_what_only_the_app_can_say_is_waited_for(path: str) -> None:
    assert served(path) == PAGES["fr"]


@pytest.mark.parametrize(
    "name",
    ["pensebete-link", "pensebete-link-0123456789", "__Host-pensebete-link-0123456789", "pensebete-link-opened"],
)
def test_whom_a_dossier_waits_for_is_shown_no_first_page(name: str) -> None:
    assert served(cookie=f"{name}=x") == PAGES["fr"]
    assert served(cookie="pensebete-lang=fr; pensebete-visit=x") != PAGES["fr"]


def test_another_checklist_that_is_served_is_the_one_that_is_read() -> None:
    pages, flood = ServedPages(PAGES), load(FLOOD)
    assert CHECKLIST.title["fr"] in served(pages=pages)
    page = served(pages=pages, of=flood)
    assert flood.title["fr"] in page
    assert CHECKLIST.title["fr"] not in page
    assert served(pages=pages, of=None) == PAGES["fr"]


def test_a_page_is_made_once_however_many_ask_and_whatever_they_name() -> None:
    pages = ServedPages(PAGES)
    of_first = served("/questionnaire", pages=pages)
    for step in ("no-such-step", "communication", "<script>", "%22%3E"):
        assert served("/questionnaire", f"step={step}", pages=pages) == of_first
    assert len(pages._bodies) == 1


@pytest.mark.parametrize("step", ["essentials.first", "urgent.first.2"])
def test_the_step_of_the_essentials_is_asked_by_every_address_that_leads_there(step: str) -> None:
    early = EarlyPages(CHECKLIST)
    assert early.shown_at("questionnaire", step) == "essentials.first"


def test_every_control_leads_somewhere_without_a_script_or_names_the_one_of_the_app() -> None:
    early = EarlyPages(CHECKLIST)
    for shown in ("/", "essentials.first", "liquidity"):
        html = early.html("fr", shown).partition('<div class="early-advice">')[0]
        for control in re.findall(r"<(?:button|input)\b[^>]*>", html):
            assert "data-own=" in control
        for link in re.findall(r"<a\b[^>]*>", html):
            assert "href=" in link
    doors = early.html("fr", "/")
    for step in ("essentials.first", CHECKLIST.domains[0].id):
        assert f'href="questionnaire?step={step}"' in doors
    assert 'href="?lang=en"' in doors
    assert 'href="?lang=en&amp;step=liquidity"' in early.html("fr", "liquidity")


def test_where_the_app_does_not_come_both_languages_say_what_to_do_and_whom_to_call(tmp_path: Path) -> None:
    early = EarlyPages(load(write_with_contact(tmp_path / "checklist.yaml", phone=PHONE)))
    advice = early.html("fr", "/").partition('<div class="early-advice">')[2]
    assert re.findall(r'<div lang="(\w\w)">', advice) == ["fr", "en"]
    assert advice.count('href="tel:+14185550100"') == 2
    assert advice.count('<a href="">') == 2


def test_what_staff_write_is_text_in_the_page_and_nothing_else() -> None:
    hostile = '"><img src=x onerror=alert(1)>'
    item = CHECKLIST.domains[0].items[0]
    title = item.title.model_copy(update={"root": {"fr": hostile, "en": hostile}})
    domain = CHECKLIST.domains[0].model_copy(
        update={
            "title": title,
            "items": (item.model_copy(update={"title": title, "help": title}), *CHECKLIST.domains[0].items[1:]),
        }
    )
    checklist = CHECKLIST.model_copy(update={"title": title, "domains": (domain, *CHECKLIST.domains[1:])})
    early = EarlyPages(checklist)
    for shown in ("/", domain.id):
        html = early.html("fr", shown)
        assert "<img src=x" not in html
        assert "&lt;img src=x" in html

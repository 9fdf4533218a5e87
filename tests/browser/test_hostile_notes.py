"""What people type is shown as typed and does nothing: no script, no image, no link, no mark-up, no other host."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import card, go, hand_in, no_sideways_scroll, unfold_later_actions
from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer, Assessment, OwnAction, Planned
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import ChecklistRef
from pensebete.text.wording import wording

CHECKLIST = load(published_path())
SAY = wording("fr")
ITEMS = [item for item in CHECKLIST.items.values() if item.actions and item.actions[0].applies_when is None]
HOSTILE = {
    "scripts": '<script>window.pwned=1</script><img src=x onerror="window.pwned=1"><svg/onload=window.pwned=1>',
    "remote images": "![x](https://example.org/a.png) <img src='https://example.org/b.png'> ![](//example.org/c.gif)",
    "links": "[cliquez](javascript:window.pwned=1) https://example.org <a href=//e.org>e</a>",
    "directives": ":red[rouge] :material/delete: :streamlit: :blue-background[x] :smile: &lt;b&gt; -> <- >= :badge[x]",
    "Markdown": "# titre **gras** _it_ `code` ~~non~~ > cité\n- liste\n| a | b |\n|---|---|\n| 1 | 2 |",
    "LaTeX": r"$\href{javascript:alert(1)}{x}$ $$\def\a{\a}\a$$ $\includegraphics{https://example.org/a.png}$",
    "bidirectional overrides": "plan \u202e\u2066fdp.exe\u2069 \u202dabc\u202c \u200f\u200e fin",
    "letters without a face": "zéro\u200blargeur\u00adtrait fin",
}


def taking_in(page: Page, texts: list[str]) -> None:
    """A dossier with a text each on as many items, wherever one can write, by the door that anybody's file takes."""
    items = ITEMS[: len(texts)]
    made = Assessment(
        checklist=ChecklistRef(id=CHECKLIST.id, version=CHECKLIST.version),
        organisation=texts[0][:120],
        prepared_by=texts[-1][:120],
        answers={
            item.id: Answer(status="to_do", note=text, reason=text[:500])
            for item, text in zip(items, texts, strict=True)
        },
        plan={
            item.id: {item.actions[0].id: Planned(owner=text[:100], comment=text)}
            for item, text in zip(items, texts, strict=True)
        },
        own_actions=tuple(
            OwnAction(id=UUID(int=n), text=text[:500], priority="P1", owner=text[:100], comment=text[:20_000])
            for n, text in enumerate(texts)
        ),
    )
    page.get_by_text(SAY("resume.title"), exact=True).click()
    file = {"name": "dossier.json", "mimeType": "application/json", "buffer": dossier_file.dump(made)}
    hand_in(page.locator("input[type=file]"), file)
    expect(page.get_by_text(SAY("resume.done", n=len(texts)))).to_be_visible()


def nothing_happened(page: Page) -> None:
    assert page.evaluate("window.pwned") is None
    ours = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stMain"] :is(img, iframe, object, embed, script, a)')]
                   .map((e) => e.src || e.href || e.outerHTML.slice(0, 80))
                   .filter((address) => new URL(address, location).origin !== location.origin)"""
    )
    assert set(ours) <= {"tel:211"}  # of the checklist
    assert page.locator(".katex, [data-testid=stMain] h1 em, .stMarkdownBadge").count() == 0


def seen(text: str) -> str:
    """As a reader has it: line breaks are spaces, and joiners that keep signs apart are nothing."""
    return " ".join(text.replace("\u2060", "").split())


def test_hostile_words_are_shown_as_typed_and_do_nothing(open_page):
    page, texts = open_page(width=360), list(HOSTILE.values())
    taking_in(page, texts)
    nothing_happened(page)
    go(page, "questionnaire")
    first = ITEMS[0]
    card(page, first).get_by_text(SAY("item.note", ref=first.ref), exact=True).click()
    expect(card(page, first).get_by_role("textbox")).to_have_value(texts[0])
    go(page, "results")
    nothing_happened(page)
    go(page, "action_plan")
    unfold_later_actions(page)
    for item, text in zip(ITEMS, texts, strict=False):
        action = page.locator(f".st-key-action-{item.id}-{item.actions[0].id}")
        expect(action).to_be_visible()
        assert seen(text) in seen(action.inner_text())
    own = seen(page.get_by_test_id("stMain").inner_text())
    assert all(own.count(seen(text)) >= 2 for text in texts)
    nothing_happened(page)
    no_sideways_scroll(page)


@pytest.mark.soak  # tests/unit/assessment/test_bounds.py; notes as they are drawn: the test above
def test_a_note_of_100000_characters_is_kept_whole_and_harms_no_page(open_page):
    page, text = open_page(width=360), "mot très long-" + "x" * 300 + " " + "🧾é<&> " * 16_700
    assert len(text) > 100_000
    taking_in(page, [text])
    for name in ("questionnaire", "results", "action_plan"):
        go(page, name)
        no_sideways_scroll(page)
    kept = json.loads(json.loads(page.evaluate("sessionStorage.getItem('pensebete')"))["dossier"])
    assert kept["answers"][ITEMS[0].id]["note"] == text

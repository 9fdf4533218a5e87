"""The workshop in a browser: files dropped, PDF made of a draft, keyboard, small screen, axe."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from devtools.steps import answer, card, drawn, go, hand_in, no_sideways_scroll, see_answered
from pensebete.assessment import dossier_file
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings
from tests.browser.test_keyboard import tab_to
from tests.builders import assess

CHECKLIST = load(published_path())
SAY = wording("fr")
PUBLISHED = published_path().read_text(encoding="utf-8")
ITEM = CHECKLIST.items["board-position"]
NEWER = PUBLISHED.replace(f'version: "{CHECKLIST.version}"', 'version: "next"').replace(
    "Réunir le conseil d’administration (CA)", "Réunir le CA sans tarder", 1
)
BROKEN = NEWER.replace("    vital: true", "    vitl: true", 1)


def drop(page: Page, text: str) -> None:
    name = f"{'broken' if text is BROKEN else 'sound'}.yaml"
    content = {"name": name, "mimeType": "application/yaml", "buffer": text.encode()}
    hand_in(page.locator(".st-key-workshop-file input[type=file]"), content)  # type: ignore[arg-type]


def paste(page: Page, text: str) -> None:
    """In the place of all there was, and leave the field. At once, as a paste: `fill` types it, for half a minute."""
    drawn(page)
    field = page.get_by_role("textbox", name=SAY("workshop.text"))
    field.focus()
    field.evaluate(
        """(field, text) => {
             Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text)
             field.dispatchEvent(new Event("input", { bubbles: true }))
           }""",
        text,
    )
    field.blur()


def view(page: Page, name: str, part: str = "") -> None:
    for key in (f"view.{name}", f"part.{part}"):
        if not key.endswith("."):
            choice = page.get_by_role("radio", name=SAY(f"workshop.{key}"), exact=True)
            choice.click()
            expect(choice).to_be_checked()


def test_a_file_dropped_is_checked_mended_in_place_and_previewed_down_to_its_pdf(open_page):
    page, domain = open_page("/questionnaire"), CHECKLIST.domains[0]
    answer(page, CHECKLIST, ITEM, "done")
    see_answered(page, domain, 1, len(domain.items))
    page.get_by_role("link", name=SAY("workshop.link")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SAY("workshop.title"))
    drop(page, BROKEN)
    line = BROKEN.splitlines().index("    vitl: true") + 1
    expect(page.get_by_role("heading", name=SAY("workshop.line", line=line), exact=True)).to_be_visible()
    expect(page.locator(".draft-mistakes mark")).to_have_text("    vitl: true")
    paste(page, NEWER)
    expect(page.get_by_text(SAY("workshop.sound", version="next", n=26))).to_be_visible()
    view(page, "preview", "questionnaire")
    expect(card(page, ITEM)).to_contain_text("Réunir le CA sans tarder")
    answer(page, CHECKLIST, ITEM, "to_do")
    see_answered(page, domain, 1, len(domain.items))
    view(page, "preview", "pdf")
    with page.expect_download() as started:
        page.get_by_role("button", name=SAY("download.pdf")).click()
    made = Path(started.value.path()).read_bytes()
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    assert "Réunir le CA sans tarder" in " ".join(text.split())
    page.get_by_role("button", name=SAY("trial.end")).click()
    expect(page.get_by_text("Essai d’un brouillon")).to_have_count(0)
    go(page, "questionnaire")
    expect(card(page, ITEM)).to_contain_text(ITEM.title["fr"])
    expect(card(page, ITEM).get_by_role("radio", name="Fait", exact=True)).to_be_checked()


def test_a_dossier_dropped_is_told_what_the_draft_does_to_it_and_is_tried(open_page):
    page = open_page("/workshop")
    drop(page, NEWER)
    expect(page.get_by_text(SAY("workshop.sound", version="next", n=26))).to_be_visible()
    view(page, "dossier")
    made = assess({"board-position": "done", "cash-forecast": "to_do"}).model_copy(
        update={"checklist": assess().checklist.model_copy(update={"version": CHECKLIST.version})}
    )
    hand_in(
        page.locator(".st-key-workshop-dossier input[type=file]"),
        {"name": "dossier.json", "mimeType": "application/json", "buffer": dossier_file.dump(made)},
    )
    expect(page.get_by_text(SAY("diff.effect.reworded_items", n=1, refs=ITEM.ref))).to_be_visible()
    page.get_by_role("button", name=SAY("workshop.dossier.try")).click()
    expect(page.get_by_text(SAY("readiness.coverage", n=2, of=26))).to_be_visible()
    go(page, "questionnaire")
    expect(card(page, ITEM)).to_contain_text(SAY("followup.confirm.reworded"))


@pytest.mark.parametrize(("width", "scheme"), [pytest.param(1280, "dark", marks=pytest.mark.soak), (360, "light")])
def test_every_view_of_the_workshop_can_be_read_by_all_on_any_screen(open_page, width, scheme):
    page = open_page("/workshop", width=width, scheme=scheme)
    assert findings(page) == []
    drop(page, BROKEN)
    expect(page.locator(".draft-mistakes mark")).to_be_visible()
    assert findings(page) == []
    no_sideways_scroll(page)
    drop(page, NEWER)
    expect(page.get_by_text(SAY("workshop.sound", version="next", n=26))).to_be_visible()
    seen = {
        ("preview", "results"): page.get_by_text(SAY("results.nothing_answered")),
        ("differences", ""): page.get_by_role("heading", name=SAY("diff.effect.title")),
        ("dossier", ""): page.get_by_text(SAY("workshop.dossier.explained")),
        ("logic", ""): page.get_by_role("heading", name=SAY("outline.ranking")),
        ("skeleton", ""): page.get_by_text("new-item-1"),
    }
    for (name, part), sign in seen.items():
        view(page, name, part)
        expect(sign.first).to_be_visible()
        assert findings(page) == [], name
        no_sideways_scroll(page)


def test_the_workshop_is_used_by_keyboard_alone(open_page):
    page = open_page("/workshop", width=360)
    tab_to(page, "button", SAY("workshop.from_published"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(SAY("workshop.sound", version=CHECKLIST.version, n=26))).to_be_visible()
    tab_to(page, "textbox", SAY("workshop.text"))
    page.keyboard.press("Control+Home")
    page.keyboard.type("efort: 1\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".draft-mistakes mark")).to_have_text("efort: 1")
    drawn(page)
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    expect(page.get_by_text(SAY("workshop.sound", version=CHECKLIST.version, n=26))).to_be_visible()
    tab_to(page, "radio", SAY("workshop.view.mistakes"))
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_text(SAY("diff.nothing"))).to_be_visible()

"""The draft in a browser: it survives a reload, its mistakes lead to their lines, an edit is made where one says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from devtools.server import serving
from devtools.steps import drawn, go, hand_in
from pensebete.text.wording import LANGUAGES, wording
from tests.browser.test_accessibility import findings
from tests.browser.test_workshop import BROKEN, NEWER, drop, paste
from tests.builders import SHIPPED, mended

SAY = wording("fr")
LINE = BROKEN.split("\n").index("    vitl: true") + 1


def field(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("textbox", name=SAY("workshop.text"))


def selected(page: Page) -> str:
    return field(page).evaluate("(field) => field.value.slice(field.selectionStart, field.selectionEnd)")


def verdict(page: Page, broken: bool):  # type: ignore[no-untyped-def]
    return page.get_by_text(SAY("workshop.unsound", n=1) if broken else SAY("workshop.sound", version="next", n=26))


def test_a_draft_survives_a_reload_whether_it_was_dropped_or_typed(open_page):
    page = open_page("/workshop")
    drop(page, BROKEN)
    expect(verdict(page, broken=True)).to_be_visible()
    page.reload()
    expect(field(page)).to_have_value(BROKEN)
    expect(verdict(page, broken=True)).to_be_visible()
    paste(page, NEWER)
    expect(verdict(page, broken=False)).to_be_visible()
    go(page, "results")
    page.reload()
    drawn(page)
    page.get_by_role("link", name=SAY("workshop.link")).click()
    expect(field(page)).to_have_value(NEWER)
    expect(verdict(page, broken=False)).to_be_visible()


def test_a_text_still_being_typed_survives_a_reload_too(open_page):
    page = open_page("/workshop")
    field(page).press_sequentially("id: sma")
    page.reload()
    expect(field(page)).to_have_value("id: sma")


def test_a_mistake_leads_to_its_line_in_the_text_by_keyboard(open_page):
    page = open_page("/workshop", width=360)
    drop(page, BROKEN)
    place = page.get_by_role("button", name=SAY("workshop.line", line=LINE), exact=True)
    place.wait_for()
    drawn(page)
    place.focus()
    page.keyboard.press("Enter")
    assert selected(page) == "    vitl: true"
    expect(field(page)).to_be_focused()
    shown = field(page).evaluate(
        "(field) => { const height = parseFloat(getComputedStyle(field).lineHeight)\n"
        "  return [field.scrollTop / height, (field.scrollTop + field.clientHeight) / height] }"
    )
    assert shown[0] < LINE < shown[1]
    assert field(page).bounding_box()["y"] < 640  # type: ignore[index]


def test_an_edit_is_made_in_the_text_where_one_says_so_and_the_verdict_follows(open_page):
    page = open_page("/workshop")
    drop(page, BROKEN)
    expect(verdict(page, broken=True)).to_be_visible()
    assert findings(page) == []
    page.get_by_role("button", name=SAY("workshop.mend"), exact=True).click()
    expect(field(page)).to_have_value(NEWER)
    expect(verdict(page, broken=False)).to_be_visible()
    field(page).press("Control+z")  # the browser's own
    expect(field(page)).to_have_value(BROKEN)


def test_another_file_asks_before_it_takes_the_place_of_the_draft(open_page):
    page = open_page("/workshop")
    paste(page, NEWER)
    expect(verdict(page, broken=False)).to_be_visible()
    drop(page, BROKEN)
    expect(page.get_by_text(SAY("workshop.replace"))).to_be_visible()
    expect(field(page)).to_have_value(NEWER)
    page.get_by_role("button", name=SAY("workshop.replace.yes")).click()
    expect(field(page)).to_have_value(BROKEN)
    page.get_by_role("button", name=SAY("workshop.take_back")).click()
    expect(field(page)).to_have_value(NEWER)


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Windows-1252"), pytest.param("utf-16", "UTF-16", marks=pytest.mark.soak)]
)
def test_a_file_in_another_encoding_is_converted_and_that_is_said(open_page, encoding, name):
    page, text = open_page("/workshop"), mended(('version: "1"', 'version: "été"'))
    file = {"name": "checklist.yaml", "mimeType": "application/yaml", "buffer": text.encode(encoding)}
    hand_in(page.locator(".st-key-workshop-file input[type=file]"), file)
    expect(page.get_by_text(SAY("workshop.converted", encoding=name))).to_be_visible()
    expect(field(page)).to_have_value(text)


@pytest.fixture
def file(tmp_path) -> Path:
    found = tmp_path / "checklist.yaml"
    found.write_bytes(SHIPPED.read_bytes())
    return found


# tests/pages/test_reload.py breaks the file and restarts; what staff then see in a browser: the test below.
@pytest.mark.soak
def test_a_broken_file_and_a_restart_leave_managers_with_the_list_and_staff_with_the_workshop(
    open_page, file, tmp_path
):
    settings = {"PENSEBETE_CHECKLIST": str(file), "PENSEBETE_DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3"}
    with serving(**settings) as server:
        page = open_page(server=server.url)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.close()
    file.write_text(BROKEN, encoding="utf-8")
    with serving(**settings) as server:
        page = open_page("/workshop", server=server.url)
        expect(page.get_by_text(SAY("workshop.disk.refused", n=1))).to_be_visible()
        page.get_by_role("button", name=SAY("workshop.disk.show")).click()
        expect(page.get_by_role("button", name=SAY("workshop.line", line=LINE), exact=True)).to_be_visible()
        go(page, "questionnaire")
        expect(page.locator(".st-key-page").get_by_role("radiogroup").first).to_be_visible()
        page.close()  # before the server stops, which a page left open would call an error


@pytest.mark.soak  # tests/pages/test_reload.py reads both sentences
def test_a_file_that_was_never_sound_leaves_two_sentences_and_the_workshop(open_page, file, tmp_path):
    file.write_text(mended(("vital: true", "vitl: true")), encoding="utf-8")
    settings = {"PENSEBETE_CHECKLIST": str(file), "PENSEBETE_DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3"}
    with serving(**settings) as server:
        page = open_page(server=server.url, width=360)
        for language in LANGUAGES:
            expect(page.get_by_text(wording(language)("unsound.explained"))).to_be_visible()
        assert findings(page) == []
        page.get_by_role("link", name=SAY("unsound.to_workshop")).click()
        page.get_by_role("button", name=SAY("workshop.disk.show")).click()
        expect(field(page)).to_have_value(file.read_text(encoding="utf-8"))
        drawn(page)
        page.get_by_role("button", name=SAY("workshop.line", line=45), exact=True).click()
        assert selected(page) == "    vitl: true"
        drawn(page)
        page.close()

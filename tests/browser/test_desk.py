"""The desk in a browser: two hundred dossiers dropped, a thousand from a working file, by keyboard, on a phone, axe."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import drawn, hand_in, no_sideways_scroll
from pensebete.desk.intake import Taken
from pensebete.desk.working_file import WorkingFile, written
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings
from tests.browser.test_way_through import SMALL_TARGETS
from tests.pdf_reading import pages
from tests.portfolio_files import dossiers

SAY = wording("fr")
STORED = "() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }])"
ROWS = ".desk-rows tbody tr"


@cache
def zipped(number: int) -> bytes:
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as made:
        for name, content in dossiers(number):
            made.writestr(name, content)
    return into.getvalue()


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    given = [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    hand_in(page.locator(".st-key-desk input[type=file]"), given)  # type: ignore[arg-type]


def read(page: Page, n: int, language: str = "fr") -> None:
    expect(page.get_by_role("heading", name=wording(language)("desk.order", n=n))).to_be_visible()
    expect(page.locator(".st-key-desk-reading")).to_have_count(0)
    drawn(page)


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fr", 360, "light"), pytest.param("en", 1280, "dark", marks=pytest.mark.soak)]
)
def test_two_hundred_in_one_zip_are_triaged_by_keyboard_and_nothing_is_lost_on_the_way(
    open_page, language, width, scheme
):
    page, say = open_page(f"/desk?lang={language}", width=width, scheme=scheme), wording(language)
    drop(page, ("envoi.zip", zipped(200)), ("photo.jpg", b"\xff\xd8\xff\xe0 no dossier"))
    read(page, 199, language)
    expect(page.locator(".desk-refused li")).to_contain_text("photo.jpg")
    expect(page.locator(ROWS)).to_have_count(50)
    table = page.get_by_role("table", name=say("desk.table"))
    expect(table.get_by_role("rowheader")).to_have_count(50)
    expect(table.get_by_role("columnheader").first).to_have_text(say("desk.head.name"))
    no_sideways_scroll(page)
    assert findings(page) == []
    assert [target for target in page.evaluate(SMALL_TARGETS) if "data-open" in target] == []

    first = page.locator("button[data-open]").first
    name = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=2, name=name)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    drawn(page)
    no_sideways_scroll(page)
    assert findings(page) == []
    page.get_by_role("button", name=say("desk.back")).press("Enter")
    expect(page.locator("button[data-open]").first).to_be_focused()
    page.get_by_role("button", name=say("desk.page.after")).press("Enter")
    expect(page.locator("button[data-open]").first).to_contain_text("51. ")
    expect(page.locator("button[data-open]").first).to_be_focused()


@pytest.mark.soak  # two hundred in one zip are; nothing in a storage: below
def test_many_files_at_once_are_each_read_and_a_reload_loses_them_as_the_page_says(open_page):
    page = open_page("/desk")
    expect(page.get_by_text(SAY("desk.nothing_kept"))).to_be_visible()
    drop(page, *dossiers(60))
    read(page, 59)
    assert "Fleuve" not in page.evaluate(STORED)
    page.reload()
    expect(page.get_by_text(SAY("desk.nothing_kept"))).to_be_visible()
    drawn(page)
    expect(page.locator(ROWS)).to_have_count(0)


@pytest.mark.soak
def test_a_thousand_from_a_working_file_are_searched_at_ease(open_page):
    page = open_page("/desk")
    kept = WorkingFile(tuple(Taken(name, content) for name, content in dossiers(1000)))
    drop(page, ("bureau.pensebete", written(kept)))
    read(page, 999)
    expect(page.locator(ROWS)).to_have_count(50)
    assert findings(page) == []
    field = page.get_by_label(SAY("desk.search"))
    field.fill("coop du fleuve")
    field.press("Enter")
    expect(page.locator(ROWS).first).to_contain_text("Coop du Fleuve")
    expect(page.locator(".st-key-desk-filtered")).to_be_visible()


def heavy(number: int) -> Iterator[Taken]:
    """Dossiers of hundreds of actions of one's own, which take a twentieth of a second each to read."""
    [(_, content)] = dossiers(1)
    said = json.loads(content)
    for n in range(number):
        said |= {"id": str(UUID(int=n)), "organisation": f"Organisation {n}"}
        said["own_actions"] = [{"id": str(UUID(int=k)), "text": f"Action {k}", "priority": "P1"} for k in range(450)]
        yield Taken(f"{n}.json", json.dumps(said).encode())


STOPPED_WHILE_READING = r"""() => {
  const reading = document.querySelector(".st-key-desk-reading")
  // The working file is the first one read.
  if (!reading || !/(?:[3-9]|\d\d+) sur 151/.test(reading.textContent)) return false
  reading.querySelector("button").click()
  return true
}"""


def test_a_reading_is_stopped_and_what_was_read_stays(open_page):
    page = open_page("/desk")
    drop(page, ("bureau.pensebete", written(WorkingFile(tuple(heavy(150))))))
    # Looked at with each frame, and tapped there and then: what looks every second may come when all is read.
    page.wait_for_function(STOPPED_WHILE_READING)
    expect(page.locator(".st-key-desk-reading")).to_have_count(0)
    expect(page.locator(".st-key-told")).to_contain_text("Arrêté")
    drawn(page)
    expect(page.locator(".desk-rows")).to_be_visible()


def test_what_is_typed_at_the_desk_lies_in_no_storage_and_rows_are_filtered_sorted_and_given_columns(open_page):
    page = open_page("/desk", width=360)
    drop(page, *dossiers(12))
    read(page, 11)
    page.locator("summary", has_text=SAY("plan.filter")).click()
    drawn(page)
    page.get_by_role("button", name=SAY("desk.head.town"), exact=True).click()
    # Seen or not: on a phone a column that has nothing to say of a row takes no line of it.
    expect(page.locator(f'.desk-rows td[data-column="{SAY("desk.head.town")}"]')).to_have_count(11)
    page.get_by_role("radio", name=SAY("desk.sort.name"), exact=True).click()
    expect(page.locator("button[data-open]").first).to_contain_text("Atelier")
    drawn(page)
    no_sideways_scroll(page)
    assert findings(page) == []
    page.get_by_role("radio", name=re.compile(SAY("desk.lane.to_verify"))).click()
    expect(page.locator(".st-key-desk-filtered")).to_be_visible()
    drawn(page)
    expect(page.locator(".desk-rows .lane")).to_have_count(page.locator(ROWS).count())
    page.locator("button[data-open]").first.click()
    note = page.get_by_label(SAY("desk.note"))
    note.press_sequentially("Rappeler Marie")
    note.blur()
    drawn(page)
    assert "Marie" not in page.evaluate(STORED)
    page.get_by_role("button", name=SAY("desk.back")).click()
    expect(page.locator(".st-key-desk-filtered")).to_be_visible()
    drawn(page)


def test_what_a_stranger_wrote_in_a_dossier_is_text(open_page):
    [(name, content)] = dossiers(1)
    page = open_page("/desk")
    drop(page, (f"<img src=x>{name}", content.replace(b"Coop du Fleuve", b"<img src=x onerror=alert(1)>Coop")))
    read(page, 1)
    expect(page.locator("button[data-open]")).to_contain_text("<img src=x onerror=alert(1)>Coop")
    page.locator("button[data-open]").click()
    expect(page.locator(".st-key-desk-details h2")).to_contain_text("<img src=x onerror")


@pytest.mark.soak  # tests/unit/desk/test_working_file.py, tests/pages/test_desk.py
def test_the_working_file_downloaded_opens_again(open_page, tmp_path: Path):
    page = open_page("/desk")
    drop(page, *list(dossiers(3)))
    read(page, 3)
    page.locator("summary", has_text=SAY("desk.save")).click()
    drawn(page)
    with page.expect_download() as started:
        page.get_by_role("button", name=SAY("desk.save.download")).click()
    started.value.save_as(tmp_path / "bureau.pensebete")
    page.reload()
    drawn(page)
    drop(page, ("bureau.pensebete", (tmp_path / "bureau.pensebete").read_bytes()))
    read(page, 3)


OUT_OF_SIGHT = """() => [...document.querySelectorAll('.st-key-desk-details :is(h2, li, .call-who, .call-phone)')]
    .filter((one) => one.getBoundingClientRect().bottom > innerHeight || one.getBoundingClientRect().top < 0).length"""


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fr", 1280, "light"), pytest.param("en", 360, "dark", marks=pytest.mark.soak)]
)
def test_three_enterprises_are_read_by_keyboard_alone_and_their_sheets_are_taken_away(
    open_page, language, width, scheme
):
    page, say = open_page(f"/desk?lang={language}", width=width, scheme=scheme), wording(language)
    drop(page, ("envoi.zip", zipped(12)))
    read(page, 11, language)
    names = page.locator("button[data-open]").all_inner_texts()
    page.locator("button[data-open]").first.press("Enter")

    def stands_at(n: int) -> None:
        heading = page.get_by_role("heading", level=2, name=names[n], exact=True)
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport()
        drawn(page)

    stands_at(0)
    if width == 1280:
        assert page.evaluate(OUT_OF_SIGHT) == 0  # whom to call, why and what to ask, without scrolling
    no_sideways_scroll(page)
    assert findings(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    for key, n in (("Shift+ArrowRight", 1), ("Shift+ArrowRight", 2), ("ArrowLeft", 1), ("ArrowRight", 2)):
        page.keyboard.press(key)
        stands_at(n)
    assert findings(page) == []
    # In a field they are the keys of the field.
    note = page.get_by_label(say("desk.note"))
    note.focus()
    page.keyboard.type("Rappeler")
    for key in ("ArrowLeft", "Shift+ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    page.keyboard.type("·")
    expect(note).to_have_value("Rappele·r")
    page.get_by_role("button", name=say("desk.back")).press("Enter")
    expect(page.locator(".desk-rows .read")).to_have_count(2)
    drawn(page)
    assert findings(page) == []
    with page.expect_download() as started:
        page.get_by_role("button", name=say("desk.call.pdfs", n=11)).press("Enter")
    assert started.value.suggested_filename.startswith(say("file_name.sheets"))
    assert len(pages(Path(started.value.path()).read_bytes())) == 11


def test_the_keys_of_a_button_are_told_on_it_in_the_language_of_the_page(open_page):
    page = open_page("/desk")
    drop(page, *dossiers(3))
    read(page, 3)
    page.locator("button[data-open]").nth(1).click()
    drawn(page)
    for name in ("Précédente touche ←", "Suivante touche →", "Lue touches Maj + →"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()

"""A dossier kept in the browser beyond its tab: asked for, found on the next visit, kept true, removed, never lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from devtools.browser import FLAGS, executable
from devtools.steps import answer, card, drawn, go, hand_in, no_sideways_scroll, press_erase, write_note
from pensebete.assessment import dossier_file
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings
from tests.builders import assess

CHECKLIST = load(published_path())
SAY = wording("fr")
HERE = SAY("keep.device")
FIRST, SECOND = CHECKLIST.domains[0].items[:2]
KEEP, REMOVE = SAY("keep.keep", here=HERE), SAY("keep.remove", here=HERE)
# A Wednesday, 14:05 in Montreal.
CHANGED = datetime(2026, 11, 25, 19, 5, tzinfo=UTC)
WHEN = "mercredi\u00a025 nov. à\u00a014\u00a0h\u00a005"


def open_file(page: Page, **said: Any) -> None:
    dossier = assess({FIRST.id: "done"}, created_at=CHANGED, updated_at=CHANGED, timezone="America/Montreal", **said)
    page.get_by_text(SAY("resume.title"), exact=True).click()
    file = {"name": "dossier.json", "mimeType": "application/json", "buffer": dossier_file.dump(dossier)}
    hand_in(page.locator("input[type=file]").first, [file])
    page.get_by_text(SAY("resume.done", n=1)).wait_for()
    drawn(page)


def offer(page: Page) -> Locator:
    return page.locator(".st-key-kept-offer")


def found(page: Page) -> Locator:
    return page.locator(".st-key-kept-found")


def keep(page: Page) -> None:
    go(page, "dossier")
    drawn(page)
    offer(page).get_by_role("button", name=KEEP).click()
    expect(offer(page).get_by_role("button", name=REMOVE)).to_be_visible()


def in_browser(page: Page) -> list[dict[str, Any]]:
    """The dossiers that the browser keeps."""
    names = "Object.keys(localStorage).filter((name) => name.startsWith('pensebete-kept-')).sort()"
    kept = page.evaluate(f"{names}.map((name) => localStorage.getItem(name))")
    return [json.loads(json.loads(json.loads(one)["copy"])["dossier"]) for one in kept]


def next_visit(page: Page, path: str = "/") -> Page:
    """The tab is closed; another one is opened."""
    server, context = "/".join(page.url.split("/")[:3]), page.context
    other = context.new_page()
    page.close()
    other.goto(server + path)
    other.locator("h1").first.wait_for()
    drawn(other)
    return other


def named(page: Page, item: str, kept: str) -> None:
    """Wait until the browser keeps that note."""
    page.wait_for_function(
        """([item, note]) => Object.entries(localStorage).some(([name, text]) => name.startsWith("pensebete-kept-")
          && JSON.parse(JSON.parse(JSON.parse(text).copy).dossier).answers[item]?.note === note)""",
        arg=[item, kept],
    )


def test_kept_as_asked_it_is_found_on_the_next_visit_gone_on_with_and_removed(open_page):
    page = open_page("/", width=360)
    open_file(page, organisation="Coop du Fleuve")
    assert in_browser(page) == []  # never unasked
    go(page, "dossier")
    drawn(page)
    expect(offer(page)).to_contain_text(SAY("keep.shared"))
    offer(page).get_by_role("button", name=KEEP).focus()
    page.keyboard.press("Enter")
    expect(offer(page).get_by_role("status")).to_be_focused()
    assert [one["organisation"] for one in in_browser(page)] == ["Coop du Fleuve"]
    expect(page.locator(".in-browser")).to_be_visible()
    expect(page.locator(".in-tab")).to_be_hidden()
    assert findings(page) == []
    no_sideways_scroll(page)

    page = next_visit(page)
    expect(found(page)).to_contain_text(SAY("keep.found.one", here=HERE, name="Coop du Fleuve", when=WHEN))
    expect(page.get_by_role("heading", level=1)).to_have_text(CHECKLIST.title["fr"])  # nothing opens by itself
    assert page.evaluate("sessionStorage.getItem('pensebete')") is None
    assert findings(page) == []
    buttons = found(page).get_by_role("button").all()
    assert len(buttons) == 2
    assert all(box and box["height"] >= 44 for box in (one.bounding_box() for one in buttons))
    buttons[0].focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Coop du Fleuve")
    expect(page.get_by_text(SAY("keep.welcome"))).to_be_visible()
    expect(found(page).get_by_role("button")).to_have_count(0)

    go(page, "questionnaire")
    write_note(page, FIRST, "réunion jeudi")
    named(page, FIRST.id, "réunion jeudi")
    go(page, "dossier")
    drawn(page)
    offer(page).get_by_role("button", name=REMOVE).click()
    expect(offer(page)).to_contain_text(SAY("keep.removed", here=HERE))
    assert in_browser(page) == []
    expect(page.locator(".in-tab")).to_be_visible()
    go(page, "questionnaire")
    answer(page, CHECKLIST, SECOND, "to_do")
    drawn(page)
    assert in_browser(page) == []
    page.close()


@pytest.mark.soak
def test_a_word_that_was_still_being_typed_is_kept_too(open_page):
    page = open_page("/", width=360)
    open_file(page, organisation="Coop du Fleuve")
    go(page, "dossier")
    drawn(page)
    assert findings(page) == []
    keep(page)
    go(page, "questionnaire")
    write_note(page, FIRST, "réunion jeudi")
    named(page, FIRST.id, "réunion jeudi")
    card(page, FIRST).get_by_role("textbox").fill("réunion jeudi, à Lévis")
    page.wait_for_function("() => Object.values(localStorage).some((text) => text.includes('Lévis'))")
    page = next_visit(page)
    found(page).get_by_role("button", name=SAY("keep.resume")).click()
    go(page, "questionnaire")
    named(page, FIRST.id, "réunion jeudi, à Lévis")
    page.close()


def test_two_tabs_of_one_dossier_write_over_nothing_of_each_other(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop du Fleuve")
    keep(page)
    other = next_visit_beside(page)
    found(other).get_by_role("button", name=SAY("keep.resume")).click()
    go(other, "questionnaire")
    write_note(other, FIRST, "de l’autre onglet")
    named(page, FIRST.id, "de l’autre onglet")
    expect(found(page)).to_contain_text(SAY("keep.changed.resume"))  # told before one types
    expect(offer(page).get_by_role("button")).to_have_count(0)  # the other tab's words are removed by no slip
    go(page, "questionnaire")
    write_note(page, FIRST, "de cet onglet")
    drawn(page)
    assert [one["answers"][FIRST.id]["note"] for one in in_browser(page)] == ["de l’autre onglet"]
    assert findings(page) == []
    found(page).get_by_role("button", name=SAY("keep.changed.keep")).click()
    expect(found(page).get_by_role("status")).to_have_text(SAY("keep.both", here=HERE))
    expect(found(page).get_by_role("status")).to_be_focused()
    assert {one["answers"][FIRST.id]["note"] for one in in_browser(page)} == {"de l’autre onglet", "de cet onglet"}
    # Each tab goes on with its own.
    write_note(page, SECOND, "ensuite")
    named(page, SECOND.id, "ensuite")
    assert len(in_browser(page)) == 2
    other.close()


def next_visit_beside(page: Page) -> Page:
    other = page.context.new_page()
    other.goto("/".join(page.url.split("/")[:3]))
    other.locator("h1").first.wait_for()
    drawn(other)
    return other


@pytest.mark.soak
def test_where_the_other_version_is_taken_what_this_tab_typed_is_set_aside_and_outlives_a_reload(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop du Fleuve")
    keep(page)
    other = next_visit_beside(page)
    found(other).get_by_role("button", name=SAY("keep.resume")).click()
    go(other, "questionnaire")
    write_note(other, FIRST, "de l’autre onglet")
    named(page, FIRST.id, "de l’autre onglet")
    go(page, "questionnaire")
    write_note(page, FIRST, "de cet onglet")
    found(page).get_by_role("button", name=SAY("keep.changed.resume")).click()
    expect(page.get_by_role("button", name=SAY("aside.take_up"))).to_be_visible()
    drawn(page)
    page.reload()
    page.get_by_role("button", name=SAY("aside.take_up")).click()
    drawn(page)
    assert "de cet onglet" in page.evaluate("sessionStorage.getItem('pensebete')")
    assert [one["answers"][FIRST.id]["note"] for one in in_browser(page)] == ["de l’autre onglet"]
    other.close()


@pytest.mark.soak
def test_what_is_erased_is_kept_nowhere_and_the_dossier_of_another_enterprise_stays(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop du Fleuve")
    keep(page)
    page = next_visit(page)
    open_file(page, organisation="Vélo Cité")
    keep(page)
    expect(page.locator(".st-key-kept-others")).to_contain_text("Coop du Fleuve")
    press_erase(page)
    expect(page.get_by_role("dialog")).to_contain_text("Une copie gardée sur cet appareil est retirée aussi.")
    page.get_by_role("button", name=SAY("frame.erase.yes")).click()
    expect(page.get_by_text(SAY("frame.erased"))).to_be_visible()
    expect(found(page)).to_contain_text("Coop du Fleuve")
    assert [one["organisation"] for one in in_browser(page)] == ["Coop du Fleuve"]
    # What is removed where no tab has it comes back by a tap.
    found(page).get_by_role("button", name=REMOVE).click()
    assert in_browser(page) == []
    found(page).get_by_role("button", name=SAY("keep.bring_back")).click()
    assert [one["organisation"] for one in in_browser(page)] == ["Coop du Fleuve"]
    page.close()


@pytest.mark.soak
def test_two_enterprises_of_one_id_are_kept_each_for_itself(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop Alpha", id="11111111-1111-4111-8111-111111111111")
    keep(page)
    page = next_visit(page)
    open_file(page, organisation="Coop Beta", id="11111111-1111-4111-8111-111111111111")
    go(page, "dossier")
    expect(offer(page)).not_to_contain_text("autre version")
    keep(page)
    assert {one["organisation"] for one in in_browser(page)} == {"Coop Alpha", "Coop Beta"}
    press_erase(page)
    page.get_by_role("button", name=SAY("frame.erase.yes")).click()
    expect(page.get_by_text(SAY("frame.erased"))).to_be_visible()
    assert [one["organisation"] for one in in_browser(page)] == ["Coop Alpha"]
    page.close()


@pytest.mark.soak
def test_a_fourth_dossier_takes_the_place_of_the_oldest_only_once_that_one_was_named(open_page):
    page = open_page("/")
    for name in ("Un", "Deux", "Trois"):
        open_file(page, organisation=name)
        keep(page)
        page = next_visit(page)
    expect(found(page)).to_contain_text(SAY("keep.found.several", here=HERE, count=3))
    open_file(page, organisation="Quatre")
    go(page, "dossier")
    drawn(page)
    offer(page).get_by_role("button", name=KEEP).click()
    expect(offer(page)).to_contain_text("«\u00a0Un\u00a0»")
    offer(page).get_by_role("button", name=SAY("keep.full.no")).click()
    assert {one["organisation"] for one in in_browser(page)} == {"Un", "Deux", "Trois"}
    offer(page).get_by_role("button", name=KEEP).click()
    offer(page).get_by_role("button", name=SAY("keep.full.yes", name="Un")).click()
    expect(offer(page).get_by_role("button", name=REMOVE)).to_be_visible()
    assert {one["organisation"] for one in in_browser(page)} == {"Quatre", "Deux", "Trois"}
    page.close()


REFUSES = (
    "() => { Storage.prototype.setItem = new Proxy(Storage.prototype.setItem, { apply(set, where, [name, value]) {\
  if (where === localStorage && name.startsWith('pensebete')) throw new DOMException('full', 'QuotaExceededError');\
  return Reflect.apply(set, where, [name, value]) } }) }"
)


@pytest.mark.soak
def test_a_browser_that_refuses_or_is_full_says_so_and_the_tab_loses_nothing(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop du Fleuve")
    go(page, "dossier")
    drawn(page)
    page.evaluate(REFUSES)
    offer(page).get_by_role("button", name=KEEP).click()
    expect(offer(page)).to_contain_text(SAY("keep.refused"))
    assert findings(page) == []
    page.reload()  # and takes it again
    drawn(page)
    keep(page)
    page.evaluate(REFUSES)
    go(page, "questionnaire")
    write_note(page, FIRST, "de trop")
    expect(found(page)).to_contain_text(SAY("keep.failed", here=HERE))
    expect(page.locator(".in-tab")).to_be_visible()
    page.reload()
    drawn(page)
    named(page, FIRST.id, "de trop")
    expect(found(page).get_by_role("status")).to_have_count(0)


HOSTILE = {
    "pensebete-kept-1": "{",
    "pensebete-kept-2": json.dumps({"version": 9, "copy": "{}"}),
    "pensebete-kept-3": json.dumps(
        {
            "version": 1,
            "stamp": "s",
            "since": "2026-11-25T00:00:00Z",
            "at": "2026-11-25T00:00:00Z",
            "copy": json.dumps(
                {
                    "id": "x",
                    "dossier": json.dumps(
                        {"organisation": "<img src=x onerror=alert(1)>$when", "updated_at": CHANGED.isoformat()}
                    ),
                }
            ),
        }
    ),
}


@pytest.mark.soak
def test_what_lies_there_and_is_no_dossier_is_left_as_it_is_with_a_sentence(open_page):
    page = open_page("/")
    page.evaluate("(all) => Object.entries(all).forEach(([name, text]) => localStorage.setItem(name, text))", HOSTILE)
    page.evaluate("(at) => localStorage.setItem('pensebete-kept-4', at)", "null")
    page.reload()
    page.locator("h1").first.wait_for()
    drawn(page)
    expect(found(page)).to_contain_text("<img src=x onerror=alert(1)>$when, modifié mercredi")
    expect(found(page).get_by_text(SAY("keep.damaged", here=HERE))).to_have_count(3)
    found(page).get_by_role("button", name=SAY("keep.resume")).click()
    expect(page.get_by_text(SAY("keep.unreadable"))).to_be_visible()
    assert page.evaluate("(name) => localStorage.getItem(name)", "pensebete-kept-1") == "{"
    assert len(page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('pensebete-kept-'))")) == 4
    found(page).get_by_role("button", name=REMOVE, exact=True).first.click()
    assert len(page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('pensebete-kept-'))")) == 3


@pytest.mark.soak
def test_a_copy_whose_name_is_no_text_neither_hides_the_offer_nor_keeps_anything_from_being_erased(open_page):
    page = open_page("/")
    said = json.loads(HOSTILE["pensebete-kept-3"])
    said["copy"] = json.dumps({"id": "x", "dossier": json.dumps({"organisation": 7})})
    page.evaluate("(text) => localStorage.setItem('pensebete-kept-1', text)", json.dumps(said))
    open_file(page, organisation="Coop du Fleuve")
    keep(page)
    press_erase(page)
    page.get_by_role("button", name=SAY("frame.erase.yes")).click()
    expect(page.get_by_text(SAY("frame.erased"))).to_be_visible()
    drawn(page)
    assert page.evaluate("sessionStorage.getItem('pensebete')") is None
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('pensebete-kept-'))") == [
        "pensebete-kept-1"
    ]


@pytest.mark.soak
def test_what_is_removed_and_finds_no_room_any_more_can_be_brought_back_later(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop du Fleuve")
    keep(page)
    page = next_visit(page)
    found(page).get_by_role("button", name=REMOVE).click()
    page.evaluate("() => { window.before = Storage.prototype.setItem }")
    page.evaluate(REFUSES)
    found(page).get_by_role("button", name=SAY("keep.bring_back")).click()
    assert in_browser(page) == []
    page.evaluate("() => { Storage.prototype.setItem = window.before }")
    found(page).get_by_role("button", name=SAY("keep.bring_back")).click()
    assert [one["organisation"] for one in in_browser(page)] == ["Coop du Fleuve"]
    page.close()


def as_if_changed(page: Page, at: str) -> None:
    """Every copy in the browser, as if it had last been changed then."""
    page.evaluate(
        """(at) => Object.keys(localStorage).filter((name) => name.startsWith("pensebete-kept-")).forEach((name) =>
          localStorage.setItem(name, JSON.stringify({ ...JSON.parse(localStorage.getItem(name)), at })))""",
        at,
    )


@pytest.mark.soak
def test_what_a_wrong_clock_kept_on_a_day_to_come_is_counted_from_the_visit(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop du Fleuve")
    keep(page)
    as_if_changed(page, "2036-02-01T00:00:00Z")
    page = next_visit(page)
    expect(found(page)).to_contain_text("Coop du Fleuve")
    name = page.evaluate("Object.keys(localStorage).find((name) => name.startsWith('pensebete-kept-'))")
    kept = page.evaluate("(name) => JSON.parse(localStorage.getItem(name)).at", name)
    assert datetime.fromisoformat(kept) <= datetime.now(UTC)
    page.close()


@pytest.mark.soak
def test_what_nobody_changed_for_ninety_days_goes_with_a_sentence(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop du Fleuve")
    keep(page)
    as_if_changed(page, (datetime.now(UTC) - timedelta(days=91)).isoformat())
    page = next_visit(page)
    expect(found(page)).to_contain_text(SAY("keep.expired", name="Coop du Fleuve", days=90, here=HERE))
    assert in_browser(page) == []
    page.close()


@pytest.mark.soak
def test_a_dossier_that_is_saved_is_kept_by_its_link_and_a_copy_from_before_says_what_it_is(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop du Fleuve")
    keep(page)
    page.get_by_role("button", name=SAY("saved.keep")).click()
    page.get_by_role("heading", name=SAY("saved.links"), exact=True).wait_for()
    drawn(page)
    expect(offer(page)).to_contain_text(SAY("keep.before_saved", when=WHEN, here=HERE))
    expect(page.get_by_role("heading", name=SAY("keep.others", here=HERE))).to_have_count(0)  # it is told once
    go(page, "questionnaire")
    write_note(page, FIRST, "enregistré")
    assert ["note" in one["answers"][FIRST.id] for one in in_browser(page)] == [False]
    go(page, "dossier")
    drawn(page)
    offer(page).get_by_role("button", name=REMOVE).click()
    expect(offer(page).get_by_role("button")).to_have_count(0)
    assert in_browser(page) == []


@pytest.mark.soak
def test_removed_in_another_tab_it_goes_on_in_this_one_which_says_so(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop du Fleuve")
    keep(page)
    other = next_visit_beside(page)
    found(other).get_by_role("button", name=REMOVE).click()
    expect(found(page)).to_contain_text(SAY("keep.gone", here=HERE))
    go(page, "questionnaire")
    write_note(page, FIRST, "ici")
    assert in_browser(page) == []
    found(page).get_by_role("button", name=SAY("keep.seen")).click()
    expect(found(page).get_by_role("button")).to_have_count(0)
    other.close()


@pytest.mark.soak
def test_the_desk_and_the_workshop_say_nothing_of_it(open_page):
    page = open_page("/")
    open_file(page, organisation="Coop du Fleuve")
    keep(page)
    for path in ("/desk", "/workshop"):
        page = next_visit(page, path)
        expect(page.locator(".kept-here > *")).to_have_count(0)
        expect(page.get_by_text("Coop du Fleuve")).to_have_count(0)
    page.close()


@pytest.fixture
def phone(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """A browser on a phone, which is closed and started again with the disk that it had."""
    playwright: Playwright = browser.browser_type  # type: ignore[assignment]
    opened = []

    def start() -> Page:
        context = playwright.launch_persistent_context(  # type: ignore[attr-defined]
            str(tmp_path / "disk"),
            executable_path=executable(),
            args=FLAGS,
            viewport={"width": 360, "height": 640},
            has_touch=True,
            is_mobile=True,
            locale="fr-CA",
            timezone_id="America/Montreal",
        )
        opened.append(context)
        return context.new_page()  # type: ignore[no-any-return]

    yield start
    for context in opened:
        context.close()


@pytest.mark.soak
def test_it_outlives_the_browser_and_a_phone_is_called_one(phone, address):
    page = phone()
    page.goto(address)
    page.locator("h1").first.wait_for()
    open_file(page, organisation="Coop du Fleuve")
    go(page, "dossier")
    drawn(page)
    offer(page).get_by_role("button", name="Garder sur ce téléphone").tap()
    expect(offer(page).get_by_role("button", name="Retirer de ce téléphone")).to_be_visible()
    page.context.close()
    page = phone()
    page.goto(address)
    expect(found(page)).to_contain_text(f"Un dossier est gardé sur ce téléphone\u00a0: Coop du Fleuve, modifié {WHEN}.")


def test_chromium_finds_nothing_against_putting_the_app_on_the_home_screen(open_page):
    page = open_page("/results?d=tab")
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest.webmanifest?lang=fr")
    assert manifest["manifest"]["startUrl"] == "/".join(page.url.split("/")[:3]) + "/"
    icons = json.loads(manifest["data"])["icons"]
    apple = page.locator("link[rel='apple-touch-icon']").get_attribute("href")
    for icon in [*(one["src"] for one in icons), apple]:
        got = page.request.get(urljoin(manifest["url"], icon))
        assert (got.status, got.headers["content-type"]) == (200, "image/png")
    # A headless shell, which the tests prefer, has no opinion; a whole Chromium has, and where it has no profile of its
    # own, as here, it says that too.
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {one["errorId"] for one in errors} <= {"in-incognito"}

"""The plan on a phone and on a desktop: nothing typed vanishes, nothing jumps, what was tapped is undone by a tap."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.steps import action_row, drawn, no_sideways_scroll, open_action, unfold_later_actions
from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.builders import assess

CHECKLIST = load(published_path())
SAY = wording("fr")
ITEM = CHECKLIST.items["lender-relief"]
ACTION = ITEM.actions[0]


def plan_of_all(open_page, width: int = 360, **said: object) -> Page:  # type: ignore[no-untyped-def]
    """The plan of a dossier whose items are done, in progress, to do and unknown in turn."""
    now, statuses = datetime.now(UTC), ("done", "in_progress", "to_do", "unknown")
    answers = {id: Answer(status=statuses[n % 4], answered_at=now) for n, id in enumerate(CHECKLIST.items)}  # type: ignore[arg-type]
    answers[ITEM.id] = Answer(status="to_do", answered_at=now)
    dossier = assess(answers, created_at=now, updated_at=now, timezone="UTC", plan_started_on=now.date(), **said)
    page: Page = open_page("/action_plan", width=width, dossier=dossier)
    if width == 360:
        page.set_viewport_size({"width": 360, "height": 640})
    page.locator(".plan-progress").wait_for()
    drawn(page)
    return page


@pytest.fixture(scope="module")
def phone(open_page_to_share) -> Page:
    """The plan on a phone, which some tests look at and leave folded as it was."""
    return plan_of_all(open_page_to_share)


@pytest.fixture(scope="module")
def opened(open_page_to_share) -> Locator:
    """The row of an action on a phone, open: each test of its form types into a field that no other one looks at."""
    return open_action(plan_of_all(open_page_to_share), ITEM.id, ACTION.id)


def kept(page: Page) -> dossier_file.Assessment:
    """The dossier as the tab keeps it, which the end of a run writes."""
    drawn(page)
    text = page.evaluate("JSON.parse(sessionStorage.getItem('pensebete')).dossier")
    return dossier_file.read(text.encode(), CHECKLIST)


def test_the_whole_plan_is_short_enough_for_a_phone(phone):
    page = phone
    no_sideways_scroll(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= 3200
    told = page.locator(".st-key-told").inner_text().split()  # that the answers are there goes by itself
    assert len(page.get_by_test_id("stMain").inner_text().split()) - len(told) <= 380
    heights = page.locator("[class*='st-key-action-']:visible").evaluate_all(
        "(rows) => rows.map((row) => row.getBoundingClientRect().height)"
    )
    assert heights
    assert sum(heights) / len(heights) <= 120


def test_on_a_desktop_the_actions_are_rows_of_a_table_opened_in_place(open_page):
    page = plan_of_all(open_page, width=1280)
    unfold_later_actions(page)
    rows = page.locator("[class*='st-key-action-']:visible")
    lefts = rows.evaluate_all(
        """(rows) => rows.map((row) => ['.action-title', '.action-about', '.action-when', 'summary']
             .map((cell) => Math.round(row.querySelector(cell).getBoundingClientRect().left)))"""
    )
    assert len(lefts) > 20
    assert len({tuple(left) for left in lefts}) == 1
    assert lefts[0] == sorted(set(lefts[0]))
    row = rows.first
    row.locator("summary").first.click()
    row.get_by_role("textbox", name=SAY("plan.comment")).wait_for()
    wide, whole = (row.locator("textarea").bounding_box(), row.bounding_box())
    assert wide
    assert whole
    assert wide["width"] > whole["width"] / 2


def test_a_lead_typed_is_kept_when_the_field_is_left(opened):
    row, page = opened, opened.page
    row.get_by_role("textbox", name=SAY("plan.owner.other")).fill("Madame Tremblay")
    page.locator("h1").click(delay=80)
    expect(row.locator(".action-about")).to_contain_text("Madame Tremblay")
    assert kept(page).planned(ITEM.id, ACTION.id).owner == "Madame Tremblay"


def test_after_going_to_the_files_nothing_jumps_when_an_action_is_opened(phone):
    page = phone
    page.get_by_role("link", name=SAY("download.others")).click()
    expect(page.get_by_role("heading", name=SAY("download.title"))).to_be_in_viewport()
    expect(page.get_by_role("heading", name=SAY("download.title"))).to_be_focused()
    assert "#" not in page.url
    row = page.locator("[class*='st-key-action-']:visible").first
    row.locator("summary").first.scroll_into_view_if_needed()
    drawn(page)
    before = row.bounding_box()  # on the screen: a notice far above may go meanwhile, and nothing jump for it
    row.locator("summary").first.click()
    row.get_by_role("textbox", name=SAY("plan.comment")).wait_for()
    drawn(page)
    after = row.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 5
    row.locator("summary").first.click()


def test_what_is_taken_out_leaves_the_way_back_in_view_with_the_keyboard_on_it(open_page):
    page = plan_of_all(open_page)
    row = open_action(page, ITEM.id, ACTION.id)
    row.get_by_role("button", name=SAY("plan.put_aside")).click()
    back = page.get_by_role("button", name=SAY("plan.bring_back"), exact=True)
    expect(back).to_be_focused()
    expect(back).to_be_in_viewport()
    back.click()
    expect(action_row(page, ITEM.id, ACTION.id).get_by_role("checkbox")).to_be_focused()
    assert not kept(page).planned(ITEM.id, ACTION.id).set_aside


def test_one_tap_is_done_the_next_one_is_not_and_the_row_stays_under_the_thumb(open_page):
    page = plan_of_all(open_page)
    unfold_later_actions(page)
    row = action_row(page, ITEM.id, ACTION.id)
    row.scroll_into_view_if_needed()
    drawn(page)
    before = row.bounding_box()
    row.locator("label").first.click()
    expect(row.locator(".urgency-done")).to_be_visible()
    expect(page.locator(f".st-key-proposal-{ITEM.id}")).to_be_in_viewport()
    drawn(page)
    after = row.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 60
    row.locator("label").first.click()
    expect(row.locator(".urgency-done")).to_have_count(0)


def test_an_action_of_ones_own_that_is_refused_keeps_its_words_and_leads_to_what_is_missing(open_page):
    page = plan_of_all(open_page)
    page.get_by_text(SAY("plan.add.title"), exact=True).click()
    page.get_by_label(SAY("plan.owner.other")).last.fill("Madame Tremblay")
    drawn(page)
    page.get_by_role("button", name=SAY("plan.add"), exact=True).click()
    expect(page.get_by_text(SAY("plan.add.no_text"))).to_be_in_viewport()
    expect(page.get_by_label(SAY("plan.add.text"))).to_be_focused()
    expect(page.get_by_label(SAY("plan.owner.other")).last).to_have_value("Madame Tremblay")
    page.keyboard.type("Appeler la caisse")
    page.get_by_role("button", name=SAY("plan.add"), exact=True).click()
    expect(page.get_by_label(SAY("plan.add.text"))).to_have_value("")
    assert [own.owner for own in kept(page).own_actions] == ["Madame Tremblay"]


def type_date(page: Page, row, typed: str) -> None:  # type: ignore[no-untyped-def]
    row.locator("[data-type=year]").first.click()
    page.keyboard.type(typed)
    row.get_by_role("textbox", name=SAY("plan.comment")).click()


def test_a_date_that_is_refused_or_moved_is_said_under_its_field(opened):
    row, page = opened, opened.page
    type_date(page, row, "9999")
    said = row.get_by_role("alert")
    expect(said).to_contain_text("au plus tard le 31 décembre 2199")
    assert (said.bounding_box() or {"height": 0})["height"] > 15
    assert kept(page).planned(ITEM.id, ACTION.id).due is None
    type_date(page, row, "20270231")
    expect(row.get_by_text(SAY("plan.due.no_such_day", typed="31", month="février", day="28"))).to_be_visible()


def test_a_date_is_removed_by_one_tap_and_stays_so_in_the_file(opened):
    row, page = opened, opened.page
    row.locator("label", has_text=SAY("due.none")).click()
    expect(row.locator(".action-when")).to_contain_text(SAY("due.none"))
    expect(row.locator("[data-type=year]").first).to_have_attribute("data-placeholder", "true")
    assert kept(page).planned(ITEM.id, ACTION.id).undated


def test_the_pdf_is_handed_over_from_wherever_one_is_and_what_comes_next_is_said_in_view(phone):
    page = phone
    button = page.get_by_role("button", name=SAY("download.pdf"))
    expect(button).to_be_in_viewport()
    with page.expect_download() as started:
        button.click()
    name = started.value.suggested_filename
    assert name.endswith(".pdf")
    way = page.locator(".st-key-handed-over").get_by_role("link", name=SAY("next.title"))
    expect(way).to_be_in_viewport()
    way.press("Enter")
    heading = page.get_by_role("heading", name=SAY("next.title"))
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()
    no_sideways_scroll(page)

    # After a reload too, until the dossier says something else than the file.
    page.reload()
    expect(page.locator(".st-key-what-next")).to_contain_text(name)
    expect(heading).to_be_visible()
    drawn(page)
    unfold_later_actions(page)
    action_row(page, ITEM.id, ACTION.id).get_by_role("checkbox").press("Space")
    drawn(page)
    expect(heading).to_be_visible()  # what is read does not go under one's eyes
    page.reload()
    expect(page.locator(".st-key-what-next summary")).to_contain_text(SAY("next.title"))
    expect(heading).to_have_count(0)


@pytest.mark.soak  # tests/pages/test_action_plan.py filters and clears
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_a_filter_shows_what_it_lets_through_and_says_so(open_page, scheme):
    page = plan_of_all(open_page)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.get_by_text(SAY("plan.filter"), exact=True).click()
    drawn(page)
    page.locator(".st-key-filters").get_by_role("radio", name=SAY("followup.state.under_way")).click()
    expect(page.locator(".st-key-filtered")).to_contain_text("0")
    page.get_by_role("button", name=SAY("plan.filter.clear")).click()
    expect(page.locator(".st-key-filtered")).to_have_count(0)
    expect(page.locator("[class*='st-key-action-']:visible").first).to_be_visible()

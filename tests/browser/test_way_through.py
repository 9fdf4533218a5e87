"""The way through: how many taps it takes, what the thumb reaches, where the keyboard is after each thing done."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from devtools.steps import (
    answer,
    card,
    choose_first,
    drawn,
    go,
    no_sideways_scroll,
    see_answered,
    way_on,
    write_note,
)
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording

CHECKLIST = load(published_path())
SAY = wording("fr")
DOMAIN = CHECKLIST.domains[0]
ITEM = DOMAIN.items[0]

COUNT_TAPS = "window.taps = 0; addEventListener('click', (event) => { if (event.isTrusted) window.taps++ }, true)"
# What is to be tapped and is not 44 px high.
SMALL_TARGETS = """() => {
  const seen = [...document.querySelectorAll('button, a[href], summary, label:has(input), select, textarea')]
    .filter((e) => !e.matches('button:not([kind], [data-variant])')) // inside a field, which is as high
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 1)
  if (seen.length < 3) throw new Error("nothing was measured")
  return seen.filter((e) => e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML.slice(0, 120))
}"""


@pytest.mark.soak
def test_the_quickest_full_assessment_takes_33_taps_on_a_phone(open_page):
    page = open_page(width=390)
    page.evaluate(COUNT_TAPS)
    way_on(page).click()
    for domain in CHECKLIST.domains:
        expect(page.get_by_role("heading", level=2, name=domain.title["fr"])).to_be_visible()
        for item in domain.items:
            group = page.get_by_role("radiogroup", name=item.title["fr"])
            group.locator("label", has_text="En cours").click()
        see_answered(page, domain, len(domain.items), len(domain.items))
        way_on(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SAY("check.title"))
    way_on(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SAY("results.title"))
    expect(page.locator(".st-key-verdict")).to_contain_text("50\u00a0%")
    assert page.evaluate("taps") == 33  # one to begin, 26 answers, five steps, one look over them


def test_the_way_on_is_at_the_same_place_of_each_page_and_in_reach(open_page):
    page, widths = open_page(), (320, 390, 1280)
    places: dict[int, set[tuple[int, int]]] = {width: set() for width in widths}
    for name in ("start", "questionnaire", "results"):
        go(page, name)
        drawn(page)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            expect(way_on(page)).to_be_in_viewport(ratio=1)
            box = way_on(page).bounding_box()
            assert box
            places[width].add((round(box["x"] + box["width"]), round(box["y"] + box["height"])))
            assert box["height"] >= 44
    for width in widths:
        ((_, bottom),) = places[width]  # one and the same
        assert bottom > 800 * 2 / 3


def test_each_answer_looked_over_leads_to_its_card_with_the_keyboard_in_it(open_page):
    page, domain = open_page("/check_answers", width=390), CHECKLIST.domains[2]
    item = domain.items[3]
    page.locator(f".st-key-checked-{domain.id} summary").click()
    drawn(page)
    page.get_by_role("button", name=SAY("check.change", ref=item.ref), exact=True).click()
    expect(card(page, item).get_by_role("radio").first).to_be_focused()
    expect(card(page, item).locator("h3")).to_be_in_viewport()


def test_a_step_that_is_not_to_be_seen_yet_has_the_keyboard_once_it_is(open_page):
    """As while the code of its answers is on its way."""
    page, domain = open_page("/check_answers", width=390), CHECKLIST.domains[2]
    item = domain.items[3]
    page.locator(f".st-key-checked-{domain.id} summary").click()
    drawn(page)
    page.evaluate("document.head.append(window.hides = document.createElement('style'))")
    page.evaluate("window.hides.textContent = '.st-key-step { visibility: hidden }'")
    page.get_by_role("button", name=SAY("check.change", ref=item.ref), exact=True).click()
    card(page, item).get_by_role("radio", include_hidden=True).first.wait_for(state="attached")
    drawn(page)
    page.evaluate("window.hides.remove()")
    expect(card(page, item).get_by_role("radio").first).to_be_focused()


def test_a_missing_reason_leads_to_its_field(open_page):
    page = open_page("/questionnaire", width=390)
    answer(page, CHECKLIST, ITEM, "not_applicable")
    expect(card(page, ITEM).get_by_label(SAY("item.reason"))).to_be_visible()
    see_answered(page, DOMAIN, 0, len(DOMAIN.items))
    page.goto(page.url.replace("/questionnaire", "/check_answers"))
    drawn(page)
    page.get_by_role("button", name=SAY("check.reason", ref=ITEM.ref)).click()
    expect(card(page, ITEM).get_by_label(SAY("item.reason"))).to_be_focused()


def test_whatever_is_tapped_is_44_pixels_high(open_page):
    page, small = open_page("/check_answers", width=320), {}
    for name in ("check_answers", "start", "questionnaire", "results", "action_plan", "dossier"):
        if name != "check_answers":
            go(page, name)
        page.locator(".st-key-footer summary").wait_for()
        drawn(page)
        if found := page.evaluate(SMALL_TARGETS):
            small[name] = found
    assert small == {}


def test_at_200_percent_and_with_wide_spacing_the_card_is_whole(open_page):
    """Of a window of 640 by 400: half the pixels each way; then the spacing of WCAG 1.4.12."""
    page = open_page("/questionnaire", width=320)
    page.set_viewport_size({"width": 320, "height": 400})
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    )
    no_sideways_scroll(page)
    cut = card(page, ITEM).evaluate(
        """(card) => [...card.querySelectorAll('p, h3, label, summary')]
             .filter((e) => e.checkVisibility({ contentVisibilityAuto: true }))
             .filter((e) => e.scrollWidth > e.clientWidth + 2 || e.getBoundingClientRect().right > innerWidth)
             .map((e) => e.outerHTML.slice(0, 100))"""
    )
    assert cut == []


@pytest.mark.soak  # test_accessibility_tree.py hears it in both languages
def test_an_answer_is_announced_with_the_progress_it_makes(open_page):
    page = open_page("/questionnaire")
    answer(page, CHECKLIST, ITEM, "done")
    said = page.locator("body > .out-of-sight[role=status]")
    expect(said).to_contain_text(f"{SAY('frame.kept')} {DOMAIN.title['fr']}\u00a0: 1 sur")
    answer(page, CHECKLIST, DOMAIN.items[1], "done")
    expect(said).to_contain_text(": 2 sur")


def test_the_keyboard_is_never_under_the_bar_of_the_ways_on(open_page):
    page = open_page("/questionnaire", width=390)
    way_on(page).wait_for()
    drawn(page)
    page.locator("h1").evaluate("(heading) => { heading.tabIndex = -1; heading.focus() }")
    for _ in range(25):
        page.keyboard.press("Tab")
        page.wait_for_function(
            """() => {
                 const e = document.activeElement, bar = document.querySelector('.st-key-ways-on')
                 const box = (e.closest('label') ?? e).getBoundingClientRect()
                 const { top, bottom } = bar.getBoundingClientRect()
                 return e.matches('main') || bar.contains(e) || top >= box.bottom || bottom <= box.top
               }"""
        )


def test_after_each_thing_done_the_keyboard_is_where_it_belongs(open_page):
    page = open_page(width=1280)
    go(page, "questionnaire")
    choose_first(page, "staff")
    aside = next(item for item in DOMAIN.items if item.applies_when)
    page.locator("summary", has_text="selon votre profil").click()
    overrule = page.locator(f".st-key-set-aside-{aside.id}").get_by_role("button")
    overrule.focus()
    page.keyboard.press("Enter")
    expect(card(page, aside).get_by_role("radio").first).to_be_focused()

    erase = page.get_by_role("button", name=SAY("frame.erase"), exact=True)
    erase.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=SAY("frame.erase.no")).wait_for()
    page.keyboard.press("Escape")
    expect(erase).to_be_focused()

    go(page, "action_plan")
    page.get_by_text(SAY("plan.add.title"), exact=True).click()
    text = page.get_by_label(SAY("plan.add.text"))
    text.fill("Appeler la caisse")
    add = page.get_by_role("button", name=SAY("plan.add"), exact=True)
    add.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMain")).to_contain_text("Appeler la caisse")
    drawn(page)
    expect(add).to_be_focused()


def test_the_way_past_the_ways_to_the_pages_leads_to_the_heading_and_the_page_one_is_on_is_told(open_page):
    page = open_page("/results")
    drawn(page)
    current = page.get_by_role("navigation").locator("a[aria-current=page]")
    expect(current).to_have_text(SAY("pages.results"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    go(page, "start")
    expect(current).to_have_text(SAY("pages.start"))
    expect(page.get_by_role("button", name="English")).to_have_attribute("lang", "en")


def test_with_reduced_motion_nothing_moves(open_page):
    page = open_page("/questionnaire")
    way_on(page).wait_for()
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((e) => {
             const s = getComputedStyle(e)
             const lasting = `${s.animationDuration},${s.transitionDuration}`.split(',')
             return lasting.some((duration) => parseFloat(duration) > 0.01)
           }).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_in_high_contrast_the_signs_and_what_is_chosen_can_be_seen(open_page):
    page = open_page("/check_answers")
    page.emulate_media(forced_colors="active")
    sign = page.locator(".sign").first
    ink = sign.evaluate(
        "(sign) => [getComputedStyle(sign).backgroundColor, getComputedStyle(sign.parentElement).color]"
    )
    assert ink[0] == ink[1]


def test_a_note_once_kept_stays_open_and_folded_it_is_read_in_a_line(open_page):
    page = open_page("/questionnaire", width=390)
    write_note(page, ITEM, "Résolution du 12 mars")
    note = card(page, ITEM).get_by_role("textbox", name=SAY("item.note.label"))
    expect(note).to_be_visible()
    expect(note).to_have_value("Résolution du 12 mars")
    card(page, ITEM).get_by_text(SAY("item.note", ref=ITEM.ref), exact=True).click()
    expect(card(page, ITEM).locator(".note-line")).to_have_text("Résolution du 12 mars")

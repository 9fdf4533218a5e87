"""What a visitor does in a browser, by mouse, and what is then to be seen."""

from __future__ import annotations

from itertools import count
from typing import Any

from playwright.sync_api import Locator, Page, expect

from pensebete.checklist.model import Checklist, Domain, Item
from pensebete.checklist.status import Status
from pensebete.text.wording import wording


def card(page: Page, item: Item) -> Locator:
    return page.locator(f".st-key-card-{item.id}")


def progress(page: Page) -> Locator:
    return page.locator(".st-key-where .progress")


def answer(page: Page, checklist: Checklist, item: Item, status: Status, language: str = "fr") -> None:
    """Tap an answer, and see that it is taken: its radio is checked."""
    label = checklist.statuses[status].label[language]
    drawn(page)
    option = card(page, item).get_by_role("radio", name=label, exact=True)
    card(page, item).locator("label", has=page.get_by_role("radio", name=label, exact=True)).click()
    expect(option).to_be_checked()


def choose_first(page: Page, question: str) -> None:
    """Tap the first choice of a question of the profile, and see that it is taken."""
    choice = page.locator(f".st-key-profile-{question}").get_by_role("radio").first
    drawn(page)
    choice.click()
    expect(choice).to_be_checked()
    kept = """question => {
      const copy = sessionStorage.getItem("pensebete")
      return copy && question in (JSON.parse(JSON.parse(copy).dossier).profile ?? {})
    }"""
    page.wait_for_function(kept, arg=question)
    drawn(page)


def write_note(page: Page, item: Item, note: str, language: str = "fr") -> None:
    """Open the note of a card, type, and leave the field, until the copy in the tab has it."""
    say = wording(language)
    drawn(page)
    card(page, item).get_by_text(say("item.note", ref=item.ref), exact=True).click()
    card(page, item).get_by_role("textbox", name=say("item.note.label")).fill(note)
    card(page, item).get_by_role("textbox", name=say("item.note.label")).blur()
    kept = """([item, note]) => {
      const copy = sessionStorage.getItem("pensebete")
      return copy && JSON.parse(JSON.parse(copy).dossier).answers?.[item]?.note === note
    }"""
    page.wait_for_function(kept, arg=[item.id, note])
    drawn(page)


def give_reason(page: Page, item: Item, reason: str, language: str = "fr") -> None:
    """Say why an item is not applicable: until then it has no answer."""
    drawn(page)
    field = card(page, item).get_by_label(wording(language)("item.reason"))
    field.fill(reason)
    field.blur()


def see_answered(page: Page, domain: Domain, n: int, of: int, language: str = "fr") -> None:
    step = wording(language)("questionnaire.progress.step", n, step=domain.title[language], of=of)
    expect(progress(page)).to_contain_text(step)


def ways_to_pages(page: Page, language: str = "fr") -> Locator:
    """The links to the pages, unfolded where the screen has no room for them."""
    page.locator(":is(.st-key-journey, .st-key-menu):visible").first.wait_for()
    drawn(page)
    row = page.locator(".st-key-journey")
    if row.is_visible():
        return row
    ways = page.locator(".st-key-menu-ways")
    if not ways.is_visible():
        page.get_by_role("button", name=wording(language)("frame.menu"), exact=True).click()
    return ways


def go(page: Page, name: str, language: str = "fr") -> None:
    """To another page of the journey, by its link."""
    say = wording(language)
    ways_to_pages(page, language).get_by_role("link", name=say(f"pages.{name}")).click()
    title = {
        "results": "results.title",
        "action_plan": "plan.title",
        "questionnaire": "questionnaire.title",
        "dossier": "saved.title",
    }
    heading = say(title[name]) if name in title else ""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    drawn(page)


def press_erase(page: Page, language: str = "fr") -> None:
    """« Effacer », at the end of a page, or in the menu of a phone."""
    page.locator(":is(.st-key-for-few, .st-key-menu):visible").first.wait_for()
    drawn(page)
    place = page.locator(".st-key-for-few")
    if not place.is_visible():
        ways_to_pages(page, language)
        place = page.locator(".st-key-menu-last")
    place.get_by_role("button", name=wording(language)("frame.erase"), exact=True).click()
    drawn(page)


# What was tapped is on its way once the framework's timer went off, and is being done once the server says that it has
# begun, with the whole page or with the part that asked; until then the page is as it was before, however long a busy
# machine takes, and so it is between a run that gave way and the next one. What asks by itself every few seconds is not
# waited for: where its part is there no more, it is never answered. Still: but for what turns as long as something
# lasts.
#
# Playwright looks with each frame, and takes the promise of an answer for a yes: of each look the answer is kept, for
# the next one to find.
_DRAWN = """(who) => {
  const before = window.lookedAt
  if (before?.who === who) {
    if (before.isDrawn === false) delete window.lookedAt
    return before.isDrawn
  }
  const look = (window.lookedAt = { who })
  const answer = (isDrawn) => { look.isDrawn = isDrawn }
  requestAnimationFrame(() => setTimeout(() => {
    const app = document.querySelector('[data-testid="stApp"]')
    if (!app || document.getElementById("early")) return answer(false)
    let fibre = app[Object.keys(app).find((name) => name.startsWith("__reactFiber$"))]
    while (fibre && fibre.stateNode?.hasReceivedNewSession === undefined) fibre = fibre.return
    const run = fibre?.stateNode
    if (!run) return answer(false)
    if (!run.told) {
      const WHOLE = ""
      // What was asked before anybody looked may be what asks by itself.
      const since = run.hasReceivedNewSession ? -Infinity : performance.now()
      const told = (run.told = { running: false, asked: new Set(), since })
      const { handleNewSession, handleScriptFinished, sendBackMsg } = run
      run.sendBackMsg = (message) => {
        const { fragmentId, isAutoRerun } = message.rerunScript ?? { isAutoRerun: true }
        if (!isAutoRerun) told.asked.add(fragmentId || WHOLE)
        return sendBackMsg.call(run, message)
      }
      run.handleNewSession = (session, about) => {
        const parts = about?.run?.fragmentIds ?? []
        if (parts.length) parts.forEach((part) => told.asked.delete(part))
        else told.asked.clear()
        told.since = -Infinity
        told.running = true
        return handleNewSession.call(run, session, about)
      }
      const GAVE_WAY = 2
      run.handleScriptFinished = (how, ...of) => {
        told.running = how === GAVE_WAY
        return handleScriptFinished.call(run, how, ...of)
      }
    }
    const waits = run.told.asked.size || performance.now() - run.told.since < 5_000
    const still = document.getAnimations().every(
      (one) => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)
    answer(!waits && !run.told.running && app.dataset.testScriptState === "notRunning" && still)
  }))
}"""
_looks = count()


def drawn(page: Page) -> None:
    """Wait until what was tapped is done, and the page whole and still.

    While it is drawn, a place on it may hold what stood there before; while a fold opens, what is in it moves away
    between the press of a tap and its release.
    """
    page.wait_for_function(_DRAWN, arg=next(_looks))


def hand_in(field: Locator, files: Any) -> None:
    """Hand files to a field, once the page is drawn: one that is drawn anew holds none."""
    drawn(field.page)
    field.set_input_files(files)


def way_on(page: Page) -> Locator:
    """The button that leads on, the last one of the bar."""
    return page.locator(".st-key-ways-on").get_by_role("button").last


def choose_door(page: Page, short: bool = False) -> None:
    """From the first page of a newcomer: through everything, or by the short way; and see where it leads."""
    drawn(page)
    doors = page.locator(".st-key-doors").get_by_role("button")
    (doors.first if short else doors.last).click()
    page.locator("[class*='st-key-card-']").first.wait_for()
    drawn(page)


def go_on(page: Page) -> None:
    """Tap the way on, and see that it leads somewhere."""
    drawn(page)
    name = way_on(page).inner_text()
    way_on(page).click()
    expect(page.locator(".st-key-ways-on").get_by_role("button", name=name, exact=True)).to_have_count(0)
    drawn(page)


def show_all_domains(page: Page, language: str = "fr") -> Locator:
    """The buttons of the list of domains: beside the questions, or unfolded where the screen has no room for it."""
    drawn(page)
    beside = page.locator(".st-key-tasks-beside")
    if beside.is_visible():
        return beside.get_by_role("button")
    buttons = page.locator(".st-key-task-list").get_by_role("button")
    page.locator(".st-key-all-steps summary").click()
    buttons.last.wait_for()
    drawn(page)  # before that, the last button is not yet that of the last domain
    return buttons


def go_to_the_last_domain(page: Page, checklist: Checklist, language: str = "fr") -> None:
    """From the first domain, by the way on: a list that has just been unfolded may be drawn anew under the tap."""
    for _ in checklist.domains[1:]:
        go_on(page)
    expect(page.get_by_role("heading", level=2, name=checklist.domains[-1].title[language])).to_be_visible()


def unfold_later_actions(page: Page) -> None:
    """Open the folds of the plan: what « D’abord » names, and what is due later than in a week."""
    drawn(page)
    for place in page.locator("[class*='st-key-later-']").all():
        place.locator("summary").first.click()
    drawn(page)


def action_row(page: Page, item: str, action: str) -> Locator:
    return page.locator(f".st-key-action-{item}-{action}")


def open_action(page: Page, item: str, action: str) -> Locator:
    """Unfold the plan, then the form of an action; its row."""
    unfold_later_actions(page)
    row = action_row(page, item, action)
    row.locator("summary").first.click()
    row.get_by_role(
        "textbox", name=wording(page.locator("html").get_attribute("lang") or "fr")("plan.comment")
    ).wait_for()
    drawn(page)
    return row


def no_sideways_scroll(page: Page) -> None:
    wide = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stMain"], body')]
                  .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert wide == []

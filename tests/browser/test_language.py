"""Every word on every page is of the language chosen, the framework's own words included.

The browser speaks the other language, so that nothing is right by chance. A word is of a language if it stands in its
catalogues, in its texts of the checklist, or among its names of months and days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.dates import get_day_names, get_month_names
from playwright.sync_api import Page, expect

from devtools.server import serving
from devtools.steps import (
    answer,
    card,
    drawn,
    go,
    hand_in,
    open_action,
    press_erase,
    see_answered,
    show_all_domains,
    unfold_later_actions,
)
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import LANGUAGES, wording
from tests.unit.desk.lived import zipped
from tests.unit.text.test_wording import sentences

CHECKLIST = load(published_path())
# A document of a word processor, as far as its kind goes.
DOCUMENT = zipped(("[Content_Types].xml", b""), ("word/document.xml", b""))
# Words on the page that are of no language, each for a reason.
JUSTIFIED = {
    "pense-bête": "the name of the program",
    "français": "the way to the other language, in that language",
    "english": "the way to the other language, in that language",
    "json": "a kind of file",
    "pdf": "a kind of file",
    "txt": "the file that was handed in",
    "essai": "the file that was handed in",
    "text": "its media type",
    "plain": "its media type",
    "zut": "typed by the visitor",
    "mm": "month, in both languages",
}
# It has these words in both languages.
SAID_BY_THE_FRAMEWORK = {
    "fr": ["o ko Mo", "aujourd’hui", "sélectionné", "1er"],
    "en": ["B KB MB", "today", "selected"],
}
# Everything that is read or heard, but for the letters of icons, which are drawn as signs.
COLLECT = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  const attributes = ["aria-label", "title", "placeholder", "alt", "aria-roledescription", "aria-description",
                      "aria-valuetext"]
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement.closest('script, style, noscript, pre[hidden], [data-testid="stIconMaterial"]'))
        found.push(node.data)
    } else for (const name of attributes) found.push(node.getAttribute(name) ?? "")
  }
  return [document.title, ...found].filter((text) => text.trim())
}"""

# Resolves when nothing has been written on the page for a while.
QUIET = """() => new Promise((resolve) => {
  let waiting = setTimeout(resolve, 150)
  new MutationObserver(() => { clearTimeout(waiting); waiting = setTimeout(resolve, 150) })
    .observe(document.body, { subtree: true, childList: true, characterData: true })
})"""


def words(text: str) -> list[str]:
    return [word.lower().strip("-’") for word in re.findall(r"[^\W\d_][\w’-]*", text.replace("'", "’"))]


def texts_of(checklist: object, language: str) -> Iterator[str]:
    """Every text of the checklist in a language."""
    if isinstance(checklist, dict):
        for key, value in checklist.items():
            if key in LANGUAGES:
                if key == language:
                    yield from value if isinstance(value, list | tuple) else [value]
            else:
                yield from texts_of(value, language)
    elif isinstance(checklist, list | tuple):
        for value in checklist:
            yield from texts_of(value, language)


def vocabulary(language: str) -> set[str]:
    corpus = [form for forms in sentences(language).values() for form in forms]
    corpus += texts_of(CHECKLIST.model_dump(), language)
    corpus += [ref for item in CHECKLIST.items.values() for ref in (item.ref,)]
    corpus += [row.class_ for row in CHECKLIST.ranking]
    for width in ("wide", "abbreviated", "narrow"):
        locale = f"{language}_CA"
        corpus += [*get_month_names(width, locale=locale).values(), *get_day_names(width, locale=locale).values()]
    corpus += SAID_BY_THE_FRAMEWORK[language]
    return {word for text in corpus for word in words(text)} | set(JUSTIFIED)


def strangers(page: Page, known: set[str]) -> list[str]:
    page.evaluate(QUIET)
    found = page.evaluate(COLLECT)
    assert len(found) > 10, "nothing was read"
    return sorted({text.strip()[:100] for text in found if set(words(text)) - known})


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
@pytest.mark.soak  # what is heard of each page, to the word: test_accessibility_tree.py
def test_no_word_of_the_other_language_is_on_any_page(open_page, language):
    say, known, strange = wording(language), vocabulary(language), {}
    other = next(one for one in LANGUAGES if one != language)
    page = open_page(f"/?lang={language}", language=other)

    def look(where: str) -> None:
        drawn(page)
        if found := strangers(page, known):
            strange[where] = found

    for fold in ("start.preface", "resume.title", "start.resources", "frame.not_covered"):
        page.get_by_text(say(fold), exact=True).click()
    look("start")
    file = page.locator("input[type=file]")
    hand_in(file, {"name": "essai.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(page.get_by_text("essai.txt").first).to_be_visible()
    look("a file of another kind")
    hand_in(file, {"name": "essai.json", "mimeType": "application/json", "buffer": b"x" * 2000})
    expect(page.get_by_text(say("dossier.not_json"))).to_be_visible()
    look("a file that is no dossier")
    hand_in(file, {"name": "essai.json", "mimeType": "application/json", "buffer": b"x" * 6_000_000})
    look("a file too big")

    go(page, "questionnaire", language)
    first, second = CHECKLIST.domains[0].items[:2]
    answer(page, CHECKLIST, first, "to_do", language)
    answer(page, CHECKLIST, second, "not_applicable", language)
    beyond = next(item for item in CHECKLIST.domains[0].items if not CHECKLIST.readiness.essential.match(item))
    answer(page, CHECKLIST, beyond, "in_progress", language)  # of the essentials alone there is no figure to look at
    card(page, first).locator("summary").first.click()
    drawn(page)
    card(page, first).get_by_text(say("item.note", ref=first.ref), exact=True).click()
    card(page, first).get_by_role("textbox", name=say("item.note.label")).fill("zut")
    show_all_domains(page, language)
    look("questionnaire")
    card(page, second).get_by_label(say("item.reason")).fill("zut")
    look("a reason half typed")

    page.goto(page.url.replace("/questionnaire", "/check_answers"))
    page.get_by_role("heading", name=say("check.title")).wait_for()
    look("answers")
    go(page, "results", language)
    expect(page.locator(".domain-bars")).to_be_visible()
    drawn(page)
    for fold in page.locator(".st-key-folds summary").all():
        fold.click()
    look("results")

    go(page, "action_plan", language)
    unfold_later_actions(page)
    page.locator("[class*='st-key-action-'] summary").first.click()
    page.get_by_label(say("plan.comment")).first.wait_for()
    drawn(page)
    page.get_by_text(say("plan.add.title"), exact=True).click()
    page.get_by_label(say("plan.add.text")).wait_for()
    look("plan")
    page.get_by_label(say("plan.add.text")).fill("zut")
    look("an action half typed")
    items = page.get_by_role("combobox", name=say("plan.add.item"))
    items.fill("zut")
    look("no item of that name")
    items.press("Escape")
    page.get_by_label(say("plan.owner.other")).last.fill("zut")
    look("an owner of one's own")
    page.get_by_role("button", name=say("framework.choose_date")).last.click()
    look("calendar")
    page.keyboard.press("Escape")

    go(page, "dossier", language)
    look("dossier")
    press_erase(page, language)
    page.get_by_role("button", name=say("frame.erase.yes")).wait_for()
    look("dialog")
    assert strange == {}


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
def test_an_address_that_leads_nowhere_says_so_in_the_language_of_the_page(open_page, language):
    page = open_page(f"/nope?lang={language}", wrongs_expected=True)  # the framework writes it on the console too
    expect(page.get_by_text(wording(language)("framework.not_found.why"))).to_be_visible()
    assert strangers(page, vocabulary(language)) == []


def test_the_framework_speaks_the_new_language_when_it_is_changed_inside_a_visit(open_page):
    page = open_page(language="en")
    skip = page.get_by_text(wording("fr")("framework.skip"), exact=True)
    expect(skip).to_have_count(1)
    drawn(page)  # what a run still redraws would lose the tap
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.get_by_text(wording("en")("framework.skip"), exact=True)).to_have_count(1)
    drawn(page)
    page.get_by_role("button", name="Français", exact=True).click()
    expect(skip).to_have_count(1)


def test_a_visitors_own_words_are_left_as_they_are_though_the_framework_says_the_same(open_page):
    page, say = open_page("/questionnaire"), wording("fr")
    item = CHECKLIST.domains[0].items[0]
    answer(page, CHECKLIST, item, "to_do")
    see_answered(page, CHECKLIST.domains[0], 1, len(CHECKLIST.domains[0].items))
    go(page, "action_plan")
    action = open_action(page, item.id, item.actions[0].id)
    owner = action.get_by_role("textbox", name=say("plan.owner.other"))
    owner.fill("Upload")
    owner.press("Enter")
    expect(action).to_contain_text("· Upload")
    page.locator(".st-key-journey").hover()
    expect(action).to_contain_text("· Upload")


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
@pytest.mark.soak  # test_line.py, and the test below
def test_a_lost_connection_is_said_in_the_language_of_the_page(open_page, language):
    say = wording(language)
    with serving() as server:
        page = open_page(f"/?lang={language}", server=server.url, wrongs_expected=True)
        page.locator(".st-key-doors button").last.wait_for()
        page.wait_for_load_state("networkidle")
    expect(page.get_by_text(say("framework.connection.why"))).to_be_visible()
    assert strangers(page, vocabulary(language)) == []


def test_a_server_that_is_gone_is_said_in_french_without_a_word_of_the_framework_or_its_commands(open_page):
    with serving() as server:
        local = server.url.replace("127.0.0.1", "localhost")
        page = open_page("/?lang=fr", width=360, server=local, wrongs_expected=True)
        page.locator(".st-key-doors button").last.wait_for()
        server.process.kill()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(wording("fr")("framework.connection.why"))).to_be_visible()
    page.evaluate(QUIET)
    assert "streamlit" not in page.evaluate("document.documentElement.innerText + document.body.textContent").lower()
    expect(dialog.locator("pre")).to_be_hidden()


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
def test_a_field_that_takes_few_kinds_of_file_says_before_the_eyes_which(open_page, language):
    page = open_page(f"/workshop?lang={language}", width=360)
    file = page.locator(".st-key-workshop-file input[type=file]")
    hand_in(file, {"name": "liste.png", "mimeType": "image/png", "buffer": b"x"})
    kinds = "YAML, YML ou TXT" if language == "fr" else "YAML, YML or TXT"
    why = page.locator(".st-key-workshop-file").get_by_role("alert")
    expect(why).to_contain_text(wording(language)("framework.kind", kinds=kinds))
    expect(why).not_to_contain_text("image/png")


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
def test_a_file_that_is_refused_is_named_before_the_eyes_and_so_is_what_to_choose(open_page, language):
    say = wording(language)
    page = open_page(f"/?lang={language}", width=360)
    page.get_by_text(say("resume.title"), exact=True).click()
    file = page.locator("input[type=file]")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    hand_in(file, {"name": "plan.docx", "mimeType": kind, "buffer": DOCUMENT})
    expect(page.get_by_text(say("dossier.file.document"))).to_be_visible()
    hand_in(file, {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"x" * 6_000_000})
    size = "5\u00a0Mo" if language == "fr" else "5\u00a0MB"
    why = page.get_by_test_id("stFileUploader").get_by_role("alert")
    expect(why.last).to_contain_text(say("framework.too_big", first=size))
    for one in why.all():
        box = one.bounding_box()
        assert box
        assert box["width"] > 150
        assert box["height"] > 15
        assert box["x"] + box["width"] <= 360

"""Each page as a screen reader is given it: names, roles, states, live regions; kept in trees/, and reviewed there.

axe says whether a rule is broken; a tree shows what is heard, and in which order. Where a page differs from the tree
that is kept, the test shows a diff. To accept it, write the trees anew, and read what changed as one reads code:

    PENSEBETE_WRITE_TREES=1 python -m pytest tests/browser/test_accessibility_tree.py
    git diff tests/browser/trees

A fold that is closed is a group with its title alone: a tree has no state for it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from difflib import unified_diff
from itertools import pairwise
from os import environ
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from devtools.steps import (
    answer,
    card,
    choose_first,
    drawn,
    go,
    go_on,
    hand_in,
    press_erase,
    show_all_domains,
    unfold_later_actions,
)
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording
from tests.builders import ROOT

CHECKLIST = load(published_path())
DOMAIN = CHECKLIST.domains[0]
EXAMPLE = ROOT / "docs" / "example-dossier.json"
TREES = Path(__file__).parent / "trees"
WRITING = bool(environ.get("PENSEBETE_WRITE_TREES"))
TO_ACCEPT = f"""To accept what is heard now, write the trees anew and read what changed in them:

    PENSEBETE_WRITE_TREES=1 python -m pytest {Path(__file__).relative_to(ROOT)}
    git diff {TREES.relative_to(ROOT)}"""

# Does what a visitor does, and names the state it leads to: that of the tree.
Journey = Callable[[Page, str], Iterator[str]]

# Of these a screen reader says the name and goes no further in.
HEARD_BY_NAME_ALONE = ("button", "checkbox", "radio", "switch")
# What is operated: without a name nobody could tell what for.
OPERATED = (*HEARD_BY_NAME_ALONE, "combobox", "link", "slider", "spinbutton", "tab", "textbox")
# What only makes sense as a whole with a name.
NAMED_AS_A_WHOLE = ("dialog", "figure", "progressbar", "radiogroup", "table", "toolbar")

# Whether something is written on the page before so many milliseconds have passed.
IS_WRITTEN_ON = """(patience) => new Promise((resolve) => {
  const observer = new MutationObserver(() => told(true))
  const told = (written) => { clearTimeout(still); observer.disconnect(); resolve(written) }
  const still = setTimeout(() => told(false), patience)
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
})"""
# The framework asks for the script of a kind of field only when it first shows one.
UNTIL_WHOLE = 3000
# Longer than browser_bridge/ waits before it says that an answer is kept; both count from the same change.
UNTIL_SAID = 600
PATIENCE = 60  # seconds

# Notes down whatever live regions say from now on, also those that come with what they say.
LISTEN = """() => {
  const live = "[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]"
  const around = (node) => (node.closest ? node : node.parentElement)?.closest(live)
  const inside = (node) => (node.querySelectorAll ? [...node.querySelectorAll(live)] : [])
  window.saidSoFar = []
  new MutationObserver((changes) => {
    const regions = changes.flatMap(({ target, addedNodes }) => [target, ...addedNodes].map(around)
      .concat([...addedNodes].flatMap(inside)))
    for (const region of new Set(regions)) if (region?.textContent.trim()) saidSoFar.push(region.textContent.trim())
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}"""


def first_steps(page: Page, language: str) -> Iterator[str]:
    """What is met before any file: the pages that stand apart, the first answers, the way to erase them."""
    say, (first, second) = wording(language), DOMAIN.items[:2]
    page.get_by_role("link", name=say("workshop.link")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("workshop.title"))
    yield "workshop"
    go(page, "dossier", language)
    yield "dossier"
    go(page, "questionnaire", language)
    yield "questionnaire"
    answer(page, CHECKLIST, first, "done", language)
    yield "questionnaire, one answered"
    answer(page, CHECKLIST, second, "not_applicable", language)
    expect(card(page, second).get_by_label(say("item.reason"))).to_be_visible()
    yield "questionnaire, one not applicable"
    press_erase(page, language)
    page.get_by_role("button", name=say("frame.erase.yes")).wait_for()
    expect(page.locator("#root")).to_have_attribute("inert", "")
    yield "erase"
    page.keyboard.press("Escape")
    go(page, "start", language)
    page.get_by_text(say("welcome.profile"), exact=True).click()
    choose_first(page, "staff")
    yield "start, one chosen"


def start_and_results(page: Page, language: str) -> Iterator[str]:
    """The first page with nothing said, then the results of the example."""
    say = wording(language)
    yield "start"
    page.get_by_text(say("resume.title"), exact=True).click()
    hand_in(page.locator("input[type=file]"), EXAMPLE)
    page.get_by_text(say("resume.done", n=24)).wait_for()
    go(page, "results", language)
    yield "results"


def the_example(page: Page, language: str) -> Iterator[str]:
    """From the results to what is done about them, and back over the answers."""
    say = wording(language)
    yield from start_and_results(page, language)
    go(page, "action_plan", language)
    unfold_later_actions(page)
    page.locator("[class*='st-key-action-'] summary").first.click()
    page.get_by_role("textbox", name=say("plan.comment")).wait_for()
    yield "action plan, one open"
    go(page, "questionnaire", language)
    last = show_all_domains(page, language).last
    yield "questionnaire, all domains"
    last.click()
    expect(page.get_by_role("heading", level=2, name=CHECKLIST.domains[-1].title[language])).to_be_visible()
    go_on(page)
    yield "check answers"


def steady(tree: str, language: str) -> str:
    """The tree without what passes with the time of the day, or the day.

    The example is of March 2026, and no answer in it holds for longer than a month: what is late or to be confirmed
    stays so, and only by how many days changes, and for which day confirming them is asked. That a file was opened is
    told for ten seconds.
    """
    opened = re.escape(wording(language)("resume.done", n=24).replace("\u00a0", " "))
    tree = re.sub(rf'\n *- status:\n *- paragraph: "?{opened}"?(?=\n)', "", tree)
    tree = re.sub(r"(?<=D’ici le )\w+ \w+ [^\W\d]+( 20\d\d)?|(?<=\bBy )\w+, \w+ \d+(, 20\d\d)?", "…", tree)
    tree = re.sub(r"(?<=En retard : )(\w+ \w+ \w+) 20\d\d|(?<=Late: )(\w+, \w+ \d+), 20\d\d", r"\1\2", tree)
    for year, month, said in (*_dates(tree, language),):
        if (year, month) > LAST_OF_THE_EXAMPLE:
            tree = tree.replace(said, "…")
    return re.sub(r"(?<=\(En retard de )\d+(?= jours)", "…", tree)


LAST_OF_THE_EXAMPLE = (2026, 6)  # year and month of the last date that follows from the example alone


def _dates(tree: str, language: str) -> Iterator[tuple[int, int, str]]:
    months = {wording(language).locale.months["format"]["wide"][n]: n for n in range(1, 13)}
    for said in re.finditer(r"(?:\d+|1er)\s(?P<month>\w+)\s(?P<year>20\d\d)", tree):
        if said["month"] in months:
            yield int(said["year"]), months[said["month"]], said[0]


def heard(tree: str) -> str:
    """The tree without what is inside a button or a choice: a screen reader says its name, made of it, and no more."""
    lines, inside = [], None
    for line in tree.splitlines():
        depth = len(line) - len(line.lstrip())
        if inside is not None and depth > inside:
            continue
        inside = depth if re.match(rf" *- '?(?:{'|'.join(HEARD_BY_NAME_ALONE)})\b", line) else None
        lines.append(line.removesuffix(":") if inside is not None else line)
    return "\n".join(lines) + "\n"


def tree_of(page: Page, language: str) -> str:
    """What is heard of the page. A dialog makes the rest inert, which this tree would tell all the same."""
    dialog = page.get_by_test_id("stDialog")
    return steady(heard((dialog if dialog.count() else page.locator("body")).aria_snapshot()), language)


def settled_tree(page: Page, language: str, wanted: str) -> str:
    """The tree as soon as it is the one wanted; another one only once nothing more is written on the page."""
    drawn(page)
    until = time.monotonic() + PATIENCE
    while (found := tree_of(page, language)) != wanted and time.monotonic() < until:
        if not page.evaluate(IS_WRITTEN_ON, UNTIL_WHOLE):
            return tree_of(page, language)
    return found


def difference(page: Page, state: str, language: str) -> str:
    """What is heard now and was not, or no more, line by line; nothing where the tree is the one that is kept."""
    file = TREES / f"{state.replace(', ', '-').replace(' ', '-')}.{language}.yaml"
    kept = file.read_text(encoding="utf-8") if file.exists() and not WRITING else ""
    found = settled_tree(page, language, kept)
    if WRITING:
        file.write_text(found, encoding="utf-8")
        return ""
    lines = unified_diff(kept.splitlines(), found.splitlines(), f"{file.name}, kept", f"{file.name}, now", lineterm="")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("journey", "language"),
    [
        (first_steps, "fr"),
        (the_example, "fr"),
        pytest.param(start_and_results, "en", marks=pytest.mark.soak),
    ],
)
def test_each_page_is_heard_as_its_tree_says(open_page, journey, language):
    page = open_page(f"/?lang={language}", language=language)
    differences = [found for state in journey(page, language) if (found := difference(page, state, language))]
    if differences:
        pytest.fail("\n\n".join([*differences, TO_ACCEPT]), pytrace=False)


def said(page: Page) -> list[str]:
    """What was said aloud since it was last asked, once all that follows from what was done is on the page."""
    drawn(page)
    until = time.monotonic() + PATIENCE
    while page.evaluate(IS_WRITTEN_ON, UNTIL_SAID) and time.monotonic() < until:
        pass
    found: list[str] = page.evaluate("() => saidSoFar.splice(0)")
    return found


def kept(language: str, answered: int) -> str:
    say, of_domain, of_all = wording(language), len(DOMAIN.items), len(CHECKLIST.items)
    here = say("questionnaire.progress.step", answered, step=DOMAIN.title[language], of=of_domain)
    return f"{say('frame.kept')} {here} · {say('questionnaire.progress', answered, of=of_all)}"


def test_an_answer_is_said_to_be_kept_once_and_nothing_else_is(open_page):
    page, (first, second), say = open_page("/questionnaire"), DOMAIN.items[:2], wording("fr")
    page.evaluate(LISTEN)
    answer(page, CHECKLIST, first, "done")
    assert said(page) == [kept("fr", 1)]
    answer(page, CHECKLIST, second, "not_applicable")  # of the five answers the one that draws the whole page anew
    expect(card(page, second).get_by_label(say("item.reason"))).to_be_visible()
    assert said(page) == [kept("fr", 1)]  # it is kept, and counts once it has its reason

    card(page, first).get_by_text(say("item.note", ref=first.ref), exact=True).click()
    expect(card(page, first).get_by_role("textbox")).to_be_visible()
    assert said(page) == []
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=2, name=DOMAIN.title["en"])).to_be_visible()
    assert said(page) == []
    go(page, "results", "en")
    assert said(page) == []

    say = wording("en")
    press_erase(page, "en")
    page.get_by_role("button", name=say("frame.erase.yes")).click()
    page.get_by_text(say("frame.erased")).wait_for()
    assert said(page) == [say("frame.erased")]
    go(page, "questionnaire", "en")
    answer(page, CHECKLIST, first, "done", "en")
    assert said(page) == [kept("en", 1)]


def trees() -> Iterator[tuple[str, str]]:
    return ((file.name, file.read_text(encoding="utf-8")) for file in sorted(TREES.glob("*.yaml")))


def test_whatever_is_operated_has_a_name():
    roles = "|".join((*OPERATED, *NAMED_AS_A_WHOLE))
    nameless = [
        f"{name}: {line.strip()}"
        for name, tree in trees()
        for line in tree.splitlines()
        if re.match(rf" *- '?(?:{roles})\b(?! \"[^\"])", line)
    ]
    assert nameless == []


def test_headings_begin_at_one_and_skip_no_level():
    for name, tree in trees():
        levels = [int(level) for level in re.findall(r"- '?heading .*\[level=(\d)\]", tree)]
        if "- dialog" not in tree:  # one has its own title, a level below that of the page it stands before
            assert levels[0] == 1, name
            assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name

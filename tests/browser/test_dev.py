"""`make dev`: what is saved in an editor is seen at once, and so is what goes wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from devtools.server import serving
from devtools.steps import drawn
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import ROOT

NEEDED = (".streamlit", "app.py", "checklist.yaml", "devtools", "docs/example-dossier.json", "pages", "pensebete")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, to be edited."""
    copy = tmp_path_factory.mktemp("house")
    for name in NEEDED:
        (copy / name).parent.mkdir(exist_ok=True)
        shutil.copytree(ROOT / name, copy / name) if (ROOT / name).is_dir() else shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def server(house: Path) -> Iterator[str]:
    # As `make dev` starts it: what is imported is below the folder where it runs, and nowhere else.
    with serving(house / "devtools" / "dev" / "app.py", cwd=house, PYTHONPATH="") as found:
        yield found.url


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_saved_is_seen_at_once_and_so_is_a_traceback_over_the_example_dossier(open_page, house, server):
    title, say = house / "pensebete" / "text" / "locale" / "fr" / "web.po", wording("fr")
    view = house / "pensebete" / "web" / "views" / "results" / "view.py"
    page = open_page("/results", server=server)
    heading, verdict = page.get_by_role("heading", level=1), page.locator(".st-key-verdict")
    expect(verdict).to_contain_text("%")
    edit(title, f'"{say("results.title")}"', '"Un autre titre"')
    expect(heading).to_have_text("Un autre titre")
    edit(view, "    verdict(evaluation)\n", "    1 / 0\n")
    expect(page.get_by_test_id("stException")).to_contain_text("ZeroDivisionError")
    expect(page.get_by_test_id("stException")).to_contain_text("views/results/view.py")
    edit(view, "    1 / 0\n", "    verdict(evaluation)\n")
    expect(verdict).to_contain_text("%")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator(".st-key-newer-version")).to_have_count(0)
    page.close()  # before the server stops, which a page left open would call an error


@pytest.mark.soak
def test_what_was_typed_and_the_language_outlive_a_change_of_the_code(open_page, house, server):
    page = open_page("/action_plan", server=server)
    page.get_by_role("button", name="English", exact=True).click()
    field = page.get_by_label(wording("en")("download.organisation"))
    drawn(page)
    field.fill("River Co-op")
    field.blur()
    page.wait_for_function("() => sessionStorage.getItem('pensebete')?.includes('River Co-op')")
    edit(house / "pages" / "action_plan.py", 'say("plan.title")', '"Another title"')
    expect(page.get_by_role("heading", level=1)).to_have_text("Another title")
    edit(house / "pensebete" / "text" / "locale" / "en" / "web.po", f'"{wording("en")("pages.results")}"', '"Outcome"')
    expect(page.locator(".st-key-journey")).to_contain_text("Outcome")
    drawn(page)
    expect(field).to_have_value("River Co-op")
    page.close()


def test_in_service_the_same_is_a_sentence_and_no_word_of_it_is_on_the_page(open_page, house):
    edit(house / "pages" / "check_answers.py", "import streamlit as st\n", "import streamlit as st\n\n1 / 0\n")
    with serving(house / "app.py", cwd=house, PYTHONPATH="") as server:
        page = open_page("/", server=server.url)
        page.goto(f"{server.url}/check_answers")
        for language in LANGUAGES:
            expect(page.get_by_text(wording(language)("unsound.fault"))).to_be_visible()
        assert "ZeroDivision" not in page.content()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        page.close()

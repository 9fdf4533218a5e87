"""The pictures of the README and docs/, made anew from the app itself: `make screenshots`."""

from __future__ import annotations

import subprocess
from datetime import UTC, date
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, expect

from devtools.browser import browsing
from devtools.server import ROOT, serving
from devtools.steps import go, hand_in
from pensebete.assessment import dossier_file
from pensebete.checklist.loading import load, published_path
from pensebete.evaluation.evaluation import Evaluation
from pensebete.pdf.build import action_plan_pdf
from pensebete.text.wording import LANGUAGES, wording

IMAGES = ROOT / "docs" / "images"
EXAMPLE = ROOT / "docs" / "example-dossier.json"
CASES = ROOT / "tests" / "fixtures" / "cases"
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
PAGES = ("start", "questionnaire", "check_answers", "results", "action_plan")


def screens(page: Page, language: str, size: str) -> None:
    """Each page with the example dossier in it, as far down as one screen shows."""
    say = wording(language)
    page.get_by_text(say("resume.title"), exact=True).click()
    hand_in(page.locator("input[type=file]"), EXAMPLE)
    page.get_by_text(say("resume.done", n=24)).wait_for()
    for name in PAGES:
        if name == "check_answers":  # it has no way of its own from everywhere
            page.goto(page.url.replace("/questionnaire", "/check_answers"))
            page.get_by_role("heading", name=say("check.title")).wait_for()
        else:
            go(page, name, language)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        keep(page.screenshot(), IMAGES / f"{name.replace('_', '-')}-{language}-{size}.png")


def desk(page: Page, language: str) -> None:
    """The order of calls with the realistic dossiers in it."""
    hand_in(page.locator(".st-key-desk input[type=file]"), sorted(CASES.glob("*.json")))
    page.locator(".desk-rows").wait_for()
    expect(page.locator(".st-key-desk-reading")).to_have_count(0)
    page.locator(".st-key-desk h2").first.evaluate("found => found.scrollIntoView()")
    keep(page.screenshot(), IMAGES / f"desk-{language}-desktop.png")


def first_page_of_the_plan(language: str) -> None:
    checklist = load(published_path())
    assessment = dossier_file.read(EXAMPLE.read_bytes(), checklist)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plan.pdf"
        file.write_bytes(action_plan_pdf(Evaluation(checklist, assessment, date(2026, 3, 28), UTC), language))
        subprocess.run(["pdftoppm", "-r", "80", "-png", "-singlefile", file, file.with_suffix("")], check=True)
        keep(file.with_suffix(".png").read_bytes(), IMAGES / f"plan-{language}-page-1.png")


def keep(png: bytes, path: Path) -> None:
    """In 128 colours: a third of the weight, and the same to the eye."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png)
    with Image.open(path) as image:
        image.convert("RGB").quantize(128).save(path, optimize=True)


def main() -> None:
    with serving() as server, browsing() as browser:
        for size, (width, height) in SIZES.items():
            for language in LANGUAGES:
                context = browser.new_context(viewport={"width": width, "height": height}, locale=f"{language}-CA")
                page = context.new_page()
                page.goto(f"{server.url}/?lang={language}")
                page.locator("h1").wait_for()
                screens(page, language, size)
                if size == "desktop":
                    page.goto(f"{server.url}/desk?lang={language}")
                    desk(page, language)
                context.close()
    for language in LANGUAGES:
        first_page_of_the_plan(language)


if __name__ == "__main__":
    main()

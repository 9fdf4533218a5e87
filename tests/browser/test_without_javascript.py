"""Without JavaScript the page says so, in both languages, and gives the blank list to fill in by hand."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from pensebete.text.wording import LANGUAGES, wording


def test_without_javascript_the_page_says_so_in_both_languages_and_gives_the_blank_list(browser: Browser, address: str):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{address}/results")
    for language in LANGUAGES:
        say = wording(language)
        said = page.locator(f"noscript [lang={language}]")  # by its place: what stands there has no text for the driver
        expect(said.locator("p").first).to_be_visible()
        assert said.locator("p").first.text_content() == say("loading.without_javascript")
        link = said.locator("a")
        assert link.text_content() == say("loading.blank_list")
        expect(link).to_be_visible()
        answer = context.request.get(f"{address}/{(link.get_attribute('href') or '').removeprefix('./')}")
        assert answer.status == 200
        assert answer.body().startswith(b"%PDF-")
        assert "content-security-policy" in answer.headers
    expect(page.locator("#root")).to_be_hidden()
    context.close()

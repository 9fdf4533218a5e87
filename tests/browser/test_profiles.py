"""A browser lent to one test after the other brings nothing along."""

from __future__ import annotations

SETTINGS = (1280, "light", "fr")
LEFT = "document.cookie = 'left=1'; localStorage.left = '1'; sessionStorage.left = '1'; indexedDB.open('left')"
FOUND = """async () => [document.cookie.includes("left"), localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, (await navigator.permissions.query({ name: 'clipboard-read' })).state]"""


def test_a_browser_that_comes_back_knows_nobody(profiles, address):
    profiles.free.clear()
    context = profiles.take(*SETTINGS)
    context.grant_permissions(["clipboard-read"])
    for page in (context.new_page(), context.new_page()):
        page.goto(f"{address}/_stcore/health")
        page.evaluate(LEFT)
    profiles.give_back(context, *SETTINGS, address)
    again = profiles.take(*SETTINGS)
    assert again is context
    assert again.pages == []
    page = again.new_page()
    page.goto(f"{address}/_stcore/health")
    assert page.evaluate(FOUND) == [False, 0, 0, 0, "prompt"]
    profiles.give_back(again, *SETTINGS, address)

"""A ready message on a phone, by keyboard: filled in, copied, shared, handed to others; no server hears of it."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import expect

from devtools.steps import action_row, drawn, go, no_sideways_scroll, press_erase, unfold_later_actions
from pensebete.text.wording import wording
from tests.browser.test_accessibility import findings
from tests.browser.test_action_plan import ACTION, ITEM, plan_of_all

SAY = wording("fr")
TYPED = "RBQ 5512-31"
# What the server is told over the line that is open already.
LISTEN = """() => {
  const { send } = WebSocket.prototype
  window.told = []
  WebSocket.prototype.send = function (what) {
    told.push(new TextDecoder().decode(what))
    return send.call(this, what)
  }
}"""


def test_a_message_is_filled_in_and_sent_from_the_phone_alone(open_page):
    page = plan_of_all(open_page, organisation="Coop du Fleuve", prepared_by="Marie Roy")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url + (request.post_data or "")))
    page.evaluate(LISTEN)
    page.evaluate("navigator.share = async (what) => { window.shared = what }")
    unfold_later_actions(page)
    row = action_row(page, ITEM.id, ACTION.id)
    fold = row.locator("[class*='st-key-letter-'] summary")
    fold.focus()
    page.keyboard.press("Enter")
    message = row.locator(".message-to-send")
    subject = message.get_by_label(SAY("message.subject"))
    expect(subject).to_have_value("Coop du Fleuve\u00a0: pouvons-nous parler de notre prêt?")
    drawn(page)
    assert findings(page) == []
    no_sideways_scroll(page)
    targets = message.locator(":is(input, textarea, button, a):visible").all()
    assert len(targets) == 7
    assert all(box and min(box["height"], box["width"]) >= 44 for box in (one.bounding_box() for one in targets))

    # From the count of what is left to the first blank, and over it.
    text = message.get_by_label(SAY("message.text"), exact=True)
    to_fill = message.locator(".to-fill")
    expect(to_fill).to_have_text(SAY("message.to_fill.many", count=4))
    to_fill.focus()
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    page.keyboard.type(TYPED)
    expect(to_fill).to_have_text(SAY("message.to_fill.many", count=3))
    written = text.input_value()
    assert f"Notre prêt {TYPED} a un versement de ____" in written
    message.get_by_role("button", name=SAY("message.copy"), exact=True).click()
    said = f"{SAY('message.copied')} {SAY('message.to_fill.many', count=3)}"
    expect(message.get_by_role("status")).to_have_text(said)
    assert page.evaluate("navigator.clipboard.readText()") == written

    message.get_by_role("button", name=SAY("message.share")).click()
    assert page.evaluate("shared") == {"title": subject.input_value(), "text": written}
    sms = message.get_by_role("link", name=SAY("message.sms")).get_attribute("href") or ""
    assert sms.startswith("sms:?&body=")
    assert unquote(sms.partition("body=")[2]) == written
    mail = message.get_by_role("link", name=SAY("message.email")).get_attribute("href")
    assert parse_qs(urlsplit(mail).query) == {
        "subject": [subject.input_value()],
        "body": [written.replace("\n", "\r\n")],
    }

    # Another run, and the fold closed and opened again: what was written is there, in this page alone.
    row.get_by_role("checkbox").press("Space")
    drawn(page)
    expect(text).to_have_value(written)
    fold.click()
    expect(message).to_have_count(0)
    drawn(page)
    fold.click()
    drawn(page)  # while a fold opens, what is in it moves away under a tap
    expect(text).to_have_value(written)
    stored = "JSON.stringify([...Object.values(sessionStorage), ...Object.values(localStorage)])"
    assert TYPED not in page.evaluate(stored)
    message.get_by_role("button", name=SAY("message.again")).click()
    expect(to_fill).to_have_text(SAY("message.to_fill.many", count=4))
    expect(text).to_be_focused()
    heard += page.evaluate("told")
    assert [one for one in heard if "tick." in one]
    assert [one for one in heard if TYPED in one] == []

    # « Effacer » takes what was written too, even where it is taken back.
    text.fill(written)
    expect(to_fill).to_have_text(SAY("message.to_fill.many", count=3))
    press_erase(page)
    page.get_by_role("button", name=SAY("frame.erase.yes")).click()
    page.get_by_role("button", name=SAY("undo.erase")).click()
    expect(page.get_by_text(SAY("undo.erase.done"))).to_be_visible()
    drawn(page)
    go(page, "action_plan")
    page.locator(".plan-progress").wait_for()
    drawn(page)
    unfold_later_actions(page)
    row.locator("[class*='st-key-letter-'] summary").click()
    expect(to_fill).to_have_text(SAY("message.to_fill.many", count=4))

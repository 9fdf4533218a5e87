"""What the answers of a card draw alone is what the page draws whole, and what did not change is not sent again."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable

from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from devtools.steps import answer, card, drawn, give_reason, see_answered
from pensebete.checklist.loading import load, published_path
from pensebete.text.wording import wording

CHECKLIST = load(published_path())
SAY = wording("fr")
DOMAIN = CHECKLIST.domains[0]
# What an answer changes on the page, and what its tab keeps; without what a class or an id is called in this visit.
SHOWN = """() => {
  const where = ".st-key-where, .st-key-tasks-beside, .st-key-header, [class*=st-key-card-], .st-key-tab-copy"
  const answers = (copy) => JSON.parse(JSON.parse(copy).dossier).answers
  const held = (one) => [...one.querySelectorAll("input, button")].map((e) => [e.checked, e.value, e.innerText])
  const words = (e) => e.matches(".st-key-tab-copy") ? answers(e.textContent) : e.innerText
  return [...document.querySelectorAll(where)].map((e) => [words(e), held(e)])
}"""
MOST_OF_AN_ANSWER = 12  # messages, of which the framework's own are four


def heard(page: Page) -> list[ForwardMsg]:
    """The messages that come from the server from now on."""
    found: list[ForwardMsg] = []
    devtools = page.context.new_cdp_session(page)
    devtools.on(
        "Network.webSocketFrameReceived",
        lambda event: found.append(ForwardMsg.FromString(b64decode(event["response"]["payloadData"]))),
    )
    devtools.send("Network.enable")
    return found


def see_the_same_whole(page: Page, answered: int) -> None:
    """What is shown now is what the page shows once it is drawn whole."""
    see_answered(page, DOMAIN, answered, len(DOMAIN.items))
    drawn(page)
    alone = page.evaluate(SHOWN)
    page.reload()
    see_answered(page, DOMAIN, answered, len(DOMAIN.items))
    drawn(page)
    assert page.evaluate(SHOWN) == alone


def test_cards_that_run_alone_leave_the_page_as_the_whole_page_is(open_page: Callable[..., Page]):
    page = open_page("/questionnaire")
    first, second, third, *_ = DOMAIN.items
    answer(page, CHECKLIST, first, "unknown")
    drawn(page)
    came = heard(page)
    answer(page, CHECKLIST, second, "done")
    drawn(page)
    sent = len(came)
    answer(page, CHECKLIST, first, "to_do")
    answer(page, CHECKLIST, third, "unknown")
    see_answered(page, DOMAIN, 3, len(DOMAIN.items))
    answer(page, CHECKLIST, second, "in_progress")
    see_the_same_whole(page, 3)
    assert 4 < sent <= MOST_OF_AN_ANSWER, [message.WhichOneof("type") for message in came[:sent]]

    card(page, second).get_by_role("button", name=SAY("item.take_back", ref=second.ref)).click()
    see_answered(page, DOMAIN, 2, len(DOMAIN.items))
    expect(card(page, second).get_by_role("radio", checked=True)).to_have_count(0)
    answer(page, CHECKLIST, second, "not_applicable")
    give_reason(page, second, "Aucun prêt")
    see_the_same_whole(page, 3)

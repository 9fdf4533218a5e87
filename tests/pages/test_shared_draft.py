"""A draft is shared from the workshop, a colleague remarks about its lines, its author answers and goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import streamlit as st

from pensebete.storage import current
from pensebete.storage.drafts import (
    DraftAccess,
    SharedDraft,
    add_draft_link,
    add_remark,
    delete_draft,
    list_drafts,
    open_draft,
    share_draft,
    short_id,
)
from pensebete.storage.engine import Store
from pensebete.text.wording import wording
from pensebete.web import session
from pensebete.web.server import drafts_shared
from pensebete.web.server.allowance import Allowance, Rate
from pensebete.web.session import shared_draft
from pensebete.web.views.workshop import colleague, draft_remarks
from pensebete.web.views.workshop import share_draft as sharing
from tests.builders import MINIMAL, mended
from tests.pages.visit import Visit

SAY = wording("fr")
TEXT = mended(('version: "1"', 'version: "2"'), ("en: Do talk}", "en: Talk now}"))
HELP = TEXT.split("\n").index('        help: {fr: "Parlez, sans tarder", en: Talk now}') + 1
HOSTILE = "**gras** <script>alert(1)</script> $x$ :red[x] \u202eà l’envers"


@pytest.fixture(autouse=True)
def _here(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(MINIMAL))
    monkeypatch.delenv("PENSEBETE_STAFF_KEY", raising=False)
    for place in (current, colleague, sharing, draft_remarks):
        monkeypatch.setattr(place, "store", lambda: store)
    for name in ("_SHARED", "_REMARKED"):
        monkeypatch.setattr(drafts_shared, name, Allowance(Rate(100, 1)))


def now() -> datetime:
    return datetime.now(UTC)


def author(text: str = TEXT) -> Visit:
    visit = Visit().open("workshop")
    visit.app.text_area(key="workshop.text").set_value(text).run()
    return unfold(visit)


def unfold(visit: Visit, name: str = "draft.fold") -> Visit:
    visit.app.session_state[name] = True
    visit.app.run()
    return visit._sound()


def click(visit: Visit, key: str) -> Visit:
    found = [one for one in visit.app.button if (one.key or "").startswith(key)]
    assert found, [one.key for one in visit.app.button]
    found[0].click().run()
    return visit._sound()


def owner_of(visit: Visit) -> tuple[str, str]:
    [(short, token)] = visit.app.session_state["own_drafts"].items()
    return short, token


def follows(monkeypatch: pytest.MonkeyPatch, short: str, token: str, language: str = "fr") -> Visit:
    """A colleague who followed the link in a browser of their own."""
    monkeypatch.setattr(shared_draft, "cookies_shown", lambda: {f"pensebete-draft-{short}": token})
    visit = Visit()
    visit.app.query_params["draft"] = short
    if language != "fr":
        visit.press("English")
    return visit.open("draft")


def kept(store: Store, access: DraftAccess = "remark") -> tuple[str, str, str]:
    """A shared draft: its short id, its author's token, that of its link."""
    made = share_draft(store, TEXT, access, "Camille", 14, now())  # type: ignore[arg-type]
    return short_id(made.id), made.owner, made.link.token


def read(store: Store, owner: str) -> SharedDraft:
    return open_draft(store, owner, now())


def lines(visit: Visit) -> str:
    """What our own HTML with buttons shows."""
    return "".join(one.proto.json + str(one.proto) for one in visit.app.get("bidi_component"))


def test_folded_it_asks_the_database_nothing(monkeypatch):
    def nobody() -> Store:
        raise AssertionError

    monkeypatch.setattr(sharing, "store", nobody)
    visit = Visit().open("workshop")
    assert SAY("draft.share") in [one.label for one in visit.app.expander]


def test_the_author_makes_a_link_that_opens_the_text_for_the_days_chosen(store):
    visit = author()
    visit.app.radio(key="draft.days").set_value(30).run()
    visit.app.text_input(key="draft.label").set_value("Camille").run()
    click(visit, "draft.make_link")
    short, owner = owner_of(visit)
    [link] = read(store, owner).links
    assert (link.label, link.access) == ("Camille", "remark")
    assert timedelta(days=29) < link.expires_at - now() <= timedelta(days=30)
    [shown] = visit.app.session_state["links_to_show"]
    assert open_draft(store, shown.token, now()).content == TEXT
    assert visit.app.session_state["link_orders"][-1][1] == f"own-draft:{owner}"
    assert short == short_id(read(store, owner).id)
    assert SAY("draft.shared.same", until="").rstrip(" .") in visit.texts()


def test_the_colleague_sees_the_lines_that_change_and_remarks_about_one(store, monkeypatch):
    short, owner, token = kept(store)
    visit = follows(monkeypatch, short, token)
    assert SAY("draft.page.remark") in visit.texts()
    visit.app.session_state["line_of_draft"] = HELP
    visit.app.run()
    visit.widget("text_area", "draft.remark.text").set_value(HOSTILE).run()
    visit.widget("text_input", "draft.remark.name").set_value("Camille").run()
    click(visit, "draft.remark.send")
    [said] = read(store, owner).remarks
    assert (said.line, said.text, said.author) == (HELP, HOSTILE, "Camille")
    assert said.line_text == TEXT.split("\n")[HELP - 1]
    assert SAY("draft.remark.sent") in visit.texts()
    assert visit.app.session_state["line_of_draft"] is None


def test_an_empty_remark_is_not_sent(store, monkeypatch):
    short, owner, token = kept(store)
    visit = follows(monkeypatch, short, token)
    visit.app.session_state["line_of_draft"] = HELP
    visit.app.run()
    click(visit, "draft.remark.send")
    assert SAY("draft.remark.empty") in visit.texts()
    assert read(store, owner).remarks == ()


def test_what_was_typed_stays_where_it_is_refused(store, monkeypatch):
    short, owner, token = kept(store)
    visit = follows(monkeypatch, short, token)
    visit.app.session_state["line_of_draft"] = HELP
    visit.app.run()
    visit.widget("text_area", "draft.remark.text").set_value("À revoir").run()
    none = Allowance(Rate(1, 1 / 3600))
    none.take("")
    monkeypatch.setattr(drafts_shared, "_REMARKED", none)
    click(visit, "draft.remark.send")
    assert SAY("draft.too_often", n=60) in visit.texts()
    assert visit.widget("text_area", "draft.remark.text").value == "À revoir"
    assert read(store, owner).remarks == ()


def test_a_link_for_reading_has_no_line_to_pick(store, monkeypatch):
    short, _, token = kept(store, "read")
    visit = follows(monkeypatch, short, token)
    assert SAY("draft.page.read") in visit.texts()
    visit.app.session_state["line_of_draft"] = HELP
    visit.app.run()
    assert not [one for one in visit.app.text_area if "remark" in (one.key or "")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_colleague_tries_it_out_and_compares_it(store, monkeypatch, language):
    short, _, token = kept(store)
    visit, say = follows(monkeypatch, short, token, language), wording(language)
    visit.app.button_group(key="draft.view").set_value("differences").run()
    assert "Talk now" in visit._sound().texts()
    visit.app.button_group(key="draft.view").set_value("preview").run()
    assert say("trial.shown", version="2") in visit._sound().texts()
    visit.press(say("trial.end"))
    assert say("trial.shown", version="2") not in visit.texts()


def test_a_draft_with_a_mistake_is_shared_too_and_the_mistake_stands_at_its_line(store, monkeypatch):
    made = share_draft(store, TEXT.replace("vital: true", "vitl: true"), "remark", "", 3, now())
    visit = follows(monkeypatch, short_id(made.id), made.link.token)
    assert SAY("workshop.unsound", n=1) in visit.texts()
    assert not [one for one in visit.app.button if "mend_all" in (one.key or "")]
    visit.app.button_group(key="draft.view").set_value("preview").run()
    assert SAY("draft.not_sound") in visit._sound().texts()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("cut", "draft.refused.cut"),
        ("gone", "draft.store.gone"),
        ("insecure", "draft.refused.insecure"),
        ("0123456789", "draft.store.gone"),
        ("<script>", "draft.none_followed"),
    ],
)
def test_what_opens_nothing_is_said(said, sentence):
    visit = Visit()
    visit.app.query_params["draft"] = said
    assert SAY(sentence) in visit.open("draft").texts()


def test_once_it_was_taken_back_the_colleague_reads_why(store, monkeypatch):
    short, owner, token = kept(store)
    visit = follows(monkeypatch, short, token)
    delete_draft(store, owner, now())
    visit.app.run()
    assert SAY("draft.store.gone") in visit._sound().texts()


def with_remark(store: Store, text: str = "À revoir") -> tuple[Visit, str]:
    visit = click(author(), "draft.make_link")
    _, owner = owner_of(visit)
    token = visit.app.session_state["links_to_show"][0].token
    add_remark(store, token, "r1", HELP, 1, "", "Camille", text, now())
    visit.app.run()
    visit.app.button_group(key="workshop.view").set_value("remarks").run()
    return visit._sound(), owner


def test_the_author_reads_remarks_at_their_lines_answers_and_settles(store):
    visit, owner = with_remark(store, HOSTILE)
    own = "".join(one.proto.body for one in visit.app.get("html"))
    assert f'data-line="{HELP}"' in own
    assert "&lt;script&gt;alert(1)" in own
    assert "<script>alert" not in own
    assert SAY("draft.waiting", n=1) in visit.texts()
    unfold(visit, "draft.answer.fold.r1")
    visit.widget("text_area", "draft.answer.text").set_value("Corrigé").run()
    click(visit, "draft.answer.send")
    click(visit, "draft.settle")
    [said] = read(store, owner).remarks
    assert [(one.text, one.own) for one in said.answers] == [("Corrigé", True)]
    assert said.settled_at is not None
    assert SAY("draft.all_settled") in visit.texts()
    click(visit, "draft.settle")
    assert read(store, owner).remarks[0].settled_at is None


def test_the_line_of_a_remark_is_that_of_the_text_being_written_and_then_of_the_one_shared(store):
    visit, owner = with_remark(store)
    visit.app.text_area(key="workshop.text").set_value(f"# un\n# deux\n{TEXT}").run()
    assert f'data-line="{HELP + 2}"' in "".join(one.proto.body for one in visit.app.get("html"))
    assert read(store, owner).remarks[0].line == HELP
    click(visit, "draft.update")
    assert read(store, owner).remarks[0].line == HELP + 2
    assert SAY("draft.updated") in visit.texts()


def test_a_remark_whose_line_is_gone_is_kept_and_told(store):
    visit, owner = with_remark(store)
    visit.app.text_area(key="workshop.text").set_value("id: autre\n").run()
    assert SAY("draft.line_gone") in visit.texts()
    click(visit, "draft.update")
    assert SAY("draft.updated.lost", n=1) in visit.texts()
    assert [(one.line, one.text) for one in read(store, owner).remarks] == [(None, "À revoir")]


def test_the_author_takes_a_link_back_and_then_all_of_it(store):
    visit = click(author(), "draft.make_link")
    _, owner = owner_of(visit)
    click(visit, "draft.revoke")
    assert read(store, owner).links == ()
    assert SAY("draft.no_link") in visit.texts()
    click(visit, "draft.end")
    assert SAY("draft.end.sure") in visit.texts()
    click(visit, "draft.end.yes")
    assert list_drafts(store, now()) == []
    assert SAY("draft.share.explained") in visit.texts()
    assert visit.app.session_state["draft"] == TEXT


def test_a_share_that_expired_leaves_the_text_and_says_so(store):
    visit = click(author(), "draft.make_link")
    delete_draft(store, owner_of(visit)[1], now())
    visit.app.run()
    assert SAY("draft.ended") in visit._sound().texts()
    assert visit.app.session_state["draft"] == TEXT


def test_from_one_address_so_many_are_shared_in_an_hour(store, monkeypatch):
    visit = author()
    none = Allowance(Rate(1, 1 / 3600))
    none.take("")
    monkeypatch.setattr(drafts_shared, "_SHARED", none)
    click(visit, "draft.make_link")
    assert SAY("draft.too_often", n=60) in visit.texts()
    assert list_drafts(store, now()) == []


def test_where_staff_have_a_key_they_alone_share_and_see_all(store, monkeypatch):
    kept(store)
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", "la clé de l’équipe")
    visit = author()
    assert SAY("draft.share.staff_only") in visit.texts()
    assert SAY("draft.all") not in [one.label for one in visit.app.expander]
    monkeypatch.setattr(session, "is_staff", lambda: True)
    unfold(visit, "draft.all.fold")
    assert SAY("draft.share.explained") in visit.texts()
    assert SAY("draft.remarks", n=0) in visit.texts()
    click(visit, "draft.end.")
    assert list_drafts(store, now()) == []


def test_who_is_no_longer_of_the_staff_adds_no_link_and_shares_no_later_text(store, monkeypatch):
    monkeypatch.setenv("PENSEBETE_STAFF_KEY", "la clé de l’équipe")
    monkeypatch.setattr(session, "is_staff", lambda: True)
    visit = click(click(author(), "draft.make_link"), "draft.another")
    _, owner = owner_of(visit)
    visit.app.text_area(key="workshop.text").set_value(f"{TEXT}# of later").run()
    monkeypatch.setattr(session, "is_staff", lambda: False)  # the key was changed, while the page was open
    click(visit, "draft.make_link")
    assert SAY("draft.share.staff_only") in visit.texts()
    click(visit, "draft.update")
    assert SAY("draft.share.staff_only") in visit.texts()
    shared = read(store, owner)
    assert (len(shared.links), shared.content) == (1, TEXT)
    click(visit, "draft.revoke")  # to take back is always theirs
    assert read(store, owner).links == ()


@pytest.mark.parametrize("line", ["9" * 5_000, "-1", "²", "0", "999999999", "x"])
def test_a_line_that_no_page_offers_is_not_picked_or_opens_nothing(store, monkeypatch, line):
    short, _, token = kept(store)
    visit = follows(monkeypatch, short, token)
    with monkeypatch.context() as picking:
        state: dict[str, Any] = {}
        picking.setattr(st, "session_state", state)
        colleague._pick(line)
    visit.app.session_state["line_of_draft"] = state.get("line_of_draft")
    visit.app.run()
    assert not [one for one in visit._sound().app.button if (one.key or "").startswith("draft.remark.send")]


def test_a_database_that_is_away_is_a_sentence(monkeypatch):
    from pensebete.storage.errors import StoreUnavailableError

    visit = author()

    def away() -> Store:
        raise StoreUnavailableError("unreachable", "test")

    monkeypatch.setattr(sharing, "store", away)
    click(visit, "draft.make_link")
    assert SAY("store.unavailable.unreachable") in visit.texts()
    assert visit.app.session_state["draft"] == TEXT


def test_a_second_link_reads_only(store):
    visit = click(click(author(), "draft.make_link"), "draft.another")
    visit.app.radio(key="draft.access").set_value("read").run()
    click(visit, "draft.make_link")
    _, owner = owner_of(visit)
    assert [one.access for one in read(store, owner).links] == ["remark", "read"]
    assert add_draft_link(store, owner, "read", "", 3, now()).token


def test_a_text_taken_up_another_day_still_knows_what_it_began_from(store, monkeypatch):
    visit = click(author(), "draft.make_link")
    short, owner = owner_of(visit)
    began = visit.app.session_state["draft_base"]
    assert read(store, owner).base == began.as_text()
    monkeypatch.setattr(shared_draft, "cookies_shown", lambda: {f"pensebete-own-draft-{short}": owner})
    later = Visit().open("workshop")
    later.app.button_group(key="workshop.view").set_value("remarks").run()
    click(later, "draft.resume")
    assert later.app.session_state["draft"] == TEXT
    assert later.app.session_state["draft_base"] == began

"""A PDF that came back: its remarks come into the visit, are answered, and go back with the answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.assessment.pdf_contents import pdf_contents
from pensebete.assessment.review import file as review_file
from pensebete.assessment.review.digest import digest_of
from pensebete.assessment.review.merge import ordered
from pensebete.assessment.review.model import About, Author, Event, Remark, Review
from pensebete.assessment.review.standing import standing
from pensebete.desk.intake import Taken
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import COMPLETE
from pensebete.storage.dossiers import open_link
from pensebete.storage.reviews import BOUNDS, Bound
from pensebete.text.wording import wording
from pensebete.web.views.action_plan import downloads
from tests.builders import CHECKLIST, NOW, answer, assess, evaluate
from tests.pages.test_dossier_files import saved_visit
from tests.pages.visit import Visit

SAY = wording("fr")
BOARD, CHANNELS, STAFF = "board-position", "ecosystem-channels", "staff-position"
FILE = assess(
    {BOARD: answer("done", note="Oui"), CHANNELS: "in_progress", STAFF: "done"},
    id=UUID(int=5),
    organisation="Coop du Fleuve",
    prepared_by="direction",
    updated_at=NOW,
    timezone="UTC",
)
MARIE = Author(name="Marie Roy", role="advisor", organisation="Pôle de Québec")
THREE = "3 remarques de Marie Roy, Pôle de Québec"


def remark(n: int, kind: str = "clarify", about: About = About(item=BOARD), **details: Any) -> Remark:  # noqa: B008
    at = NOW + timedelta(minutes=n)
    return Remark(
        **{"id": UUID(int=n), "about": about, "kind": kind, "author": MARIE, "at": at, "seen": digest_of(FILE, about)}
        | details
    )


STATUS = remark(1, "status", proposed="in_progress", text="Il en reste une partie.")
CLARIFY = remark(2, about=About(item=CHANNELS), text="Qui s’en occupe?")
ADVICE = remark(3, "advice", About(), text="Appelez-moi avant de signer.")
REVIEW = Review(dossier=UUID(int=5), remarks=(STATUS, CLARIFY, ADVICE))


@cache
def returned(review: Review = REVIEW) -> bytes:
    return edition_pdf(COMPLETE, evaluate(CHECKLIST, FILE), "fr", review, dossier_file.dump(FILE))


@pytest.fixture(autouse=True)
def files_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not by a child process, which takes a second to begin."""
    from pensebete.desk.intake import taken_in
    from pensebete.web.session import dropped_dossier

    monkeypatch.setattr(dropped_dossier, "taken_in_file", lambda name, content, _: taken_in(name, content))


def give(visit: Visit, content: bytes) -> Visit:
    [uploader] = visit.app.get("file_uploader")
    uploader.upload("plan.pdf", content, "application/pdf").run()  # type: ignore[attr-defined]
    return visit._sound()


def came_back(review: Review = REVIEW) -> Visit:
    return give(Visit(), returned(review))


def with_review(review: Review = REVIEW, said: Assessment = FILE) -> Visit:
    """A visit that holds a dossier and its remarks already."""
    visit = Visit()
    visit.app.session_state["assessment"] = said
    visit.app.session_state["said_something"] = True
    visit.app.session_state["reviews"] = {review.dossier: review}
    visit.app.run()
    return visit._sound()


def review_of(visit: Visit) -> Review:
    found: Review = visit.app.session_state["reviews"][visit.assessment.id]
    return found


def events(visit: Visit, one: Remark) -> list[tuple[str, str]]:
    [here] = [r for r in review_of(visit).remarks if r.id == one.id]
    return [(event.kind, event.text) for event in here.events]


def tap(visit: Visit, name: str, one: Remark) -> Visit:
    visit.widget("button", f"{name}.{one.id}").click().run()
    return visit._sound()


def reply(visit: Visit, one: Remark, text: str) -> Visit:
    visit.unfold(f"detail.{one.id}")
    visit.widget("text_area", f"reply.{one.id}").set_value(text).run()
    return tap(visit, "keep", one)


def texts(visit: Visit) -> str:
    """What is read on the page, and not the copy for the tab."""
    return "\n".join(line for line in visit.texts().split("\n") if '"times_kept"' not in line)


def names(visit: Visit) -> list[str]:
    return [str(button.key) for button in visit.app.button]


def test_opened_it_says_whose_remarks_it_brings_and_leads_to_them():
    visit = came_back()
    assert THREE in texts(visit)
    assert review_of(visit) == REVIEW
    visit.press(SAY("received.see"))
    assert visit.app.title[0].value == SAY("received.title")
    shown = texts(visit)
    for one in (STATUS, CLARIFY, ADVICE):
        assert one.text in shown
    assert CHECKLIST.items[BOARD].criteria["in_progress"]["fr"] in shown


def held(**details: Any) -> Visit:
    """A tab that holds the same dossier, newer by a day."""
    visit = Visit()
    visit.app.session_state["assessment"] = FILE.model_copy(
        update={"prepared_by": "direction générale", "updated_at": NOW + timedelta(days=1), **details}
    )
    visit.app.session_state["said_something"] = True
    visit.app.run()
    return visit._sound()


def test_a_tab_with_newer_answers_takes_the_remarks_alone():
    visit = give(held(), returned())
    assert THREE in texts(visit)
    offered = [button.label for button in visit.app.button if button.label in choices()]
    assert offered == [SAY("received.take"), SAY("resume.open.older")]
    before = visit.assessment
    visit.press(SAY("received.take"))
    assert visit.assessment == before
    assert review_of(visit) == REVIEW
    assert visit.app.title[0].value == SAY("received.title")
    assert SAY("received.taken") in texts(visit)
    assert SAY("received.take") not in [button.label for button in visit.open("start").app.button]


def choices() -> tuple[str, ...]:
    return SAY("received.take"), SAY("resume.open.older"), SAY("resume.open")


def test_the_older_answers_may_be_opened_all_the_same_and_bring_the_remarks_too():
    visit = give(held(), returned())
    visit.press(SAY("resume.open.older"))
    assert visit.assessment.prepared_by == "direction"
    assert review_of(visit) == REVIEW


def test_the_remarks_about_another_name_are_taken_only_after_a_word():
    """As where one enterprise began from a copy of the other's file: their dossiers have one id."""
    visit = give(held(organisation="Coop du Lac"), returned())
    assert SAY("received.other_name", name="Coop du Fleuve", held="Coop du Lac") in texts(visit)
    assert SAY("received.other_name", name="Coop du Fleuve", held="Coop du Fleuve") not in texts(
        give(held(), returned())
    )


def test_the_same_file_a_second_time_changes_nothing_and_says_so():
    visit = give(held(), returned())
    visit.press(SAY("received.take")).open("start")
    give(visit, returned())
    visit.press(SAY("received.take"))
    assert SAY("received.known") in texts(visit)
    assert review_of(visit) == REVIEW


def test_a_saved_dossier_takes_the_remarks_and_keeps_what_is_saved(store):
    visit, token = saved_visit(store)
    mine = visit.assessment
    assert mine.id is not None
    file = FILE.model_copy(update={"id": mine.id, "updated_at": NOW + timedelta(days=3)})
    review = REVIEW.model_copy(update={"dossier": mine.id})
    give(visit, edition_pdf(COMPLETE, evaluate(CHECKLIST, file), "fr", review, dossier_file.dump(file)))
    assert next(button.label for button in visit.app.button if button.label in choices()) == SAY("received.take")
    visit.press(SAY("received.take"))
    assert visit.assessment.answers == mine.answers
    assert visit.app.session_state["saving"] is not None
    opened = open_link(store, token, NOW)
    assert opened is not None
    assert opened.assessment.organisation == "Coop Alpha"


@pytest.mark.parametrize("access", ["read", "write"])
def test_remarks_that_are_not_taken_are_not_said_to_be_here(store, monkeypatch, access):
    visit, _ = saved_visit(store)
    mine = visit.assessment
    assert mine.id is not None
    file = FILE.model_copy(update={"id": mine.id, "updated_at": NOW + timedelta(days=3)})
    review = REVIEW.model_copy(update={"dossier": mine.id})
    monkeypatch.setitem(BOUNDS, "write", Bound(1, 10_000))
    visit.app.session_state["saving"].access = access
    visit.app.run()
    give(visit, edition_pdf(COMPLETE, evaluate(CHECKLIST, file), "fr", review, dossier_file.dump(file)))
    taking = next(button for button in visit.app.button if button.label == SAY("received.take"))
    assert taking.disabled == (access == "read")
    if access == "write":
        visit.press(SAY("received.take"))
        assert SAY("store.review_full") in texts(visit)
        assert SAY("received.known") not in texts(visit)
        assert mine.id not in visit.app.session_state["reviews"]


@pytest.mark.parametrize(
    ("attached", "problem"),
    [
        (review_file.dump(Review(dossier=uuid4(), remarks=(ADVICE,))), "dossier.review.another_dossier"),
        (b"{", "dossier.review.not_json"),
    ],
    ids=["of another dossier", "broken"],
)
def test_remarks_that_cannot_be_taken_are_said_and_the_dossier_opens_without_them(monkeypatch, attached, problem):
    from pensebete.web.session import dropped_dossier

    taken = Taken("plan.pdf", dossier_file.dump(FILE), attached)
    monkeypatch.setattr(dropped_dossier, "taken_in_file", lambda *_: (taken,))
    visit = give(Visit(), b"%PDF-1.7")
    assert SAY(problem) in texts(visit)
    visit.press(SAY("resume.open"))
    assert visit.assessment.organisation == "Coop du Fleuve"
    assert not visit.app.session_state["reviews"]
    assert ADVICE.text not in texts(visit.open("remarks"))


def test_two_advisors_who_sent_the_same_dossier_back_are_both_heard(monkeypatch):
    from pensebete.web.session import dropped_dossier

    mine, theirs = (review_file.dump(REVIEW.model_copy(update={"remarks": (one,)})) for one in (STATUS, ADVICE))
    dossier = dossier_file.dump(FILE)
    both = (Taken("a.pdf", dossier, mine), Taken("b.pdf", dossier, theirs))
    monkeypatch.setattr(dropped_dossier, "taken_in_file", lambda *_: both)
    visit = give(Visit(), b"PK")
    assert ordered(review_of(visit)).remarks == (STATUS, ADVICE)


def test_in_one_tap_the_status_proposed_is_taken_and_by_another_taken_back():
    visit = with_review().open("remarks")
    tap(visit, "corrected", STATUS)
    assert visit.assessment.answer(BOARD).status == "in_progress"
    assert events(visit, STATUS) == [("corrected", "")]
    assert SAY("received.waiting", n=2) in texts(visit)
    tap(visit, "corrected", STATUS)
    assert visit.assessment.answer(BOARD) == FILE.answer(BOARD)
    assert events(visit, STATUS) == []
    assert SAY("received.waiting", n=3) in texts(visit)


def test_each_remark_is_answered_by_its_own_taps():
    visit = with_review().open("remarks")
    tap(visit, "upheld", STATUS)
    reply(visit, CLARIFY, "  La direction, d’ici vendredi ")
    tap(visit, "corrected", ADVICE)
    assert events(visit, STATUS) == [("upheld", "")]
    assert events(visit, CLARIFY) == [("reply", "La direction, d’ici vendredi")]
    assert events(visit, ADVICE) == [("corrected", "")]
    assert visit.assessment.answers == FILE.answers
    shown = texts(visit)
    assert "La direction, d’ici vendredi" in shown
    assert SAY("received.answered") in shown
    tap(visit, "corrected", STATUS)
    assert events(visit, STATUS) == [("corrected", "")], "one takes the place of the other"


def test_a_reply_of_nothing_and_one_too_long_stay_in_their_field():
    visit = with_review().open("remarks")
    reply(visit, CLARIFY, " ")
    assert SAY("received.detail.empty") in texts(visit)
    reply(visit, CLARIFY, "x" * 2001)
    assert events(visit, CLARIFY) == []
    assert visit.widget("text_area", f"reply.{CLARIFY.id}").value == "x" * 2001


def test_a_reply_being_written_is_there_after_another_page():
    visit = with_review().open("remarks")
    visit.unfold(f"detail.{CLARIFY.id}")
    visit.widget("text_area", f"reply.{CLARIFY.id}").set_value("La direction").run()
    visit.open("results").open("remarks").unfold(f"detail.{CLARIFY.id}")
    assert visit.widget("text_area", f"reply.{CLARIFY.id}").value == "La direction"


def test_a_status_that_asks_for_a_reason_leads_to_the_card_that_asks_for_it():
    proposed = STATUS.model_copy(update={"proposed": "not_applicable"})
    visit = with_review(Review(dossier=UUID(int=5), remarks=(proposed,))).open("remarks")
    tap(visit, "corrected", proposed)
    assert visit.assessment.answer(BOARD).status == "not_applicable"
    assert visit.assessment.answer(BOARD).reason == ""
    assert visit.widget("text_input", f"reason.{BOARD}")


def test_where_nothing_is_proposed_corriger_answers_and_leads_to_the_card_in_one_tap():
    visit = with_review().open("remarks")
    tap(visit, "corrected", CLARIFY)
    assert visit.widget("radio", f"status.{CHANNELS}")
    assert events(visit, CLARIFY) == [("corrected", "")]
    assert CLARIFY.text in texts(visit), "what one corrects by"
    tap(visit.open("remarks"), "corrected", CLARIFY)
    assert visit.app.title[0].value == SAY("received.title"), "it is taken back where one is"
    assert events(visit, CLARIFY) == []


def test_corriger_takes_the_place_of_another_answer_and_once_gone_it_leads_there_again(handed):
    visit = with_review().open("remarks")
    tap(visit, "upheld", CLARIFY)
    tap(visit, "corrected", CLARIFY).open("remarks")
    assert events(visit, CLARIFY) == [("corrected", "")]
    visit.widget("button", "pdf").click().run()
    tap(visit, "corrected", CLARIFY)
    assert visit.widget("radio", f"status.{CHANNELS}")
    assert events(visit, CLARIFY) == [("corrected", "")]


def test_corriger_of_a_question_answers_and_leads_to_the_profile():
    about = remark(4, about=About(question=next(iter(CHECKLIST.questions))), text="Est-ce encore vrai?")
    visit = with_review(Review(dossier=UUID(int=5), remarks=(about,))).open("remarks")
    tap(visit, "corrected", about)
    assert visit.app.title[0].value != SAY("received.title")
    assert events(visit, about) == [("corrected", "")]


def test_of_a_remark_whose_item_changed_it_is_not_said_that_it_has_its_answer():
    given = answer("to_do", answered_at=NOW + timedelta(days=1))
    said = FILE.model_copy(update={"answers": {**FILE.answers, BOARD: given}})
    visit = with_review(Review(dossier=UUID(int=5), remarks=(STATUS,)), said).open("remarks")
    assert SAY("received.none_waits") in texts(visit)
    assert SAY("received.answered") not in texts(visit)
    tap(visit, "upheld", STATUS)
    assert SAY("received.answered") in texts(visit)


def test_on_its_card_a_remark_waits_and_is_answered_by_the_answer_that_changes():
    visit = with_review().open("questionnaire")
    assert STATUS.text in texts(visit)
    assert ADVICE.text not in texts(visit)
    visit.set("radio", f"status.{BOARD}", "to_do")
    assert SAY("received.changed") in texts(visit)
    assert f"upheld.{STATUS.id}" in ".".join(names(visit)), "it stays where it is while one is on this screen"
    visit.open("results").open("questionnaire")
    assert STATUS.text not in texts(visit)
    assert standing(STATUS, visit.assessment) == "answered"


def test_on_its_card_the_status_proposed_is_taken_in_one_tap():
    visit = with_review().open("questionnaire")
    tap(visit, "corrected", STATUS)
    assert visit.widget("radio", f"status.{BOARD}").value == "in_progress"
    assert events(visit, STATUS) == [("corrected", "")]


@pytest.mark.parametrize("page", ["start", "questionnaire", "check_answers", "results", "action_plan", "dossier"])
def test_a_dossier_without_remarks_has_nothing_of_them_on_any_page(page):
    visit = with_review(Review(dossier=UUID(int=5)))
    visit.open(page)
    told = (SAY("received.travels"), SAY("saved.what"), SAY("saved.who_may"))  # what would travel, be saved, be allowed
    shown = texts(visit)
    for words in told:
        shown = shown.replace(words, "")
    assert "emarq" not in shown
    assert not [name for name in names(visit) if "remark" in name or "received" in name]
    links = [str(link.proto.page) for link in visit.app.get("page_link")]
    assert links
    assert "remarks" not in links


@pytest.mark.parametrize("page", ["start", "check_answers", "action_plan"])
def test_while_one_waits_the_pages_say_so_and_lead_there(page):
    visit = with_review().open(page)
    assert THREE in texts(visit)
    visit.press(SAY("received.see"))
    assert visit.app.title[0].value == SAY("received.title")


def test_what_an_advisor_settled_is_folded_and_asks_nothing_more():
    closed = Event(id=UUID(int=90), kind="closed", author=MARIE, at=NOW + timedelta(days=1))
    settled = ADVICE.model_copy(update={"events": (closed,)})
    visit = with_review(Review(dossier=UUID(int=5), remarks=(STATUS, settled))).open("remarks")
    assert [fold.label for fold in visit.app.expander if "réglée" in fold.label] == [SAY("received.ended", n=1)]
    assert not [name for name in names(visit) if str(settled.id) in name]


def test_only_seen_is_said_with_what_changed_since():
    seen = remark(4, "seen", at=datetime(2026, 3, 27, 12, 0, tzinfo=UTC))
    changed = FILE.model_copy(update={"answers": {**FILE.answers, BOARD: answer("to_do")}})
    visit = with_review(Review(dossier=UUID(int=5), remarks=(seen,)), changed)
    words = SAY("review.seen", n=1, date="27 mars 2026", who="Marie Roy, Pôle de Québec")
    assert words in texts(visit)
    shown = texts(visit.press(SAY("received.see")))
    assert words in shown
    assert SAY("review.declared") in shown
    assert not [name for name in names(visit) if str(seen.id) in name]


def test_who_may_only_read_answers_nothing_in_the_managers_name(store):
    visit, _ = saved_visit(store)
    mine = visit.assessment
    assert mine.id is not None
    review = REVIEW.model_copy(update={"dossier": mine.id})
    visit.app.session_state["reviews"] = {mine.id: review}
    visit.app.session_state["saving"].access = "read"
    visit.open("remarks")
    assert ADVICE.text in texts(visit)
    answers = tuple(f"{name}.{ADVICE.id}" for name in ("corrected", "correct", "detail", "upheld"))
    assert not [name for name in names(visit) if name.startswith((*answers, "pdf."))]


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    found: list[bytes] = []
    monkeypatch.setattr(downloads, "hand_over", lambda content, *_: found.append(content))
    return found


def test_the_pdf_carries_the_remarks_and_the_answers_which_then_stay(handed):
    visit = with_review().open("remarks")
    tap(visit, "upheld", STATUS)
    visit.widget("button", "pdf").click().run()
    [made] = handed
    found = pdf_contents(made)
    [review] = found.reviews
    assert review_file.read_review(review) == review_of(visit)
    assert dossier_file.read_json(found.dossiers[0], CHECKLIST).answers == FILE.answers
    assert SAY("received.send_back") in texts(visit)
    tap(visit, "upheld", STATUS)
    assert events(visit, STATUS) == [("upheld", "")], "it has left"
    tap(visit, "corrected", STATUS)
    assert events(visit, STATUS) == [("upheld", ""), ("corrected", "")]


def test_beside_the_json_it_is_said_that_it_carries_no_remark(handed):
    visit = with_review().open("action_plan")
    assert SAY("received.not_in_json") in texts(visit)
    visit.widget("button", "dossier").click().run()
    assert ADVICE.text.encode() not in handed[0]

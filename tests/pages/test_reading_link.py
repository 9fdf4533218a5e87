"""An advisor with a reading link remarks beside each line; whoever keeps the dossier sees it, and never the forms."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest

from pensebete.assessment.model import OwnAction
from pensebete.assessment.review.digest import digest_of
from pensebete.assessment.review.merge import with_event
from pensebete.assessment.review.model import ADVISOR, About, Author, Remark, Review
from pensebete.storage.dossiers import Kept, keep, open_link
from pensebete.storage.engine import Store
from pensebete.storage.links import Access, add_link
from pensebete.storage.reviews import BOUNDS, Bound, add_to_review, review_of
from pensebete.storage.sync import saving_of_opened
from pensebete.text.wording import wording
from pensebete.web.server import live
from tests.builders import NOW, assess
from tests.pages.visit import Visit
from tests.unit.assessment.review.reviews import MARIE, event, remark

SAY = wording("fr")
ITEM = "board-position"
OWN = UUID(int=5)
DOSSIER = UUID(int=7)
ADVISORS = Author(name="Ana Roy", role="agente", organisation="CDR")


@pytest.fixture
def kept(store: Store) -> Kept:
    own = OwnAction(id=OWN, text="Appeler la caisse", priority="P1")
    said = assess({ITEM: "done"}, id=DOSSIER, organisation="Coop du Fleuve", own_actions=(own,))
    return keep(store, said, live.look().serving.text, NOW, "direction")


def visit(
    store: Store, kept: Kept, access: Access, page: str = "questionnaire", link: str = "", language: str = "fr"
) -> Visit:
    """A visit that a link of the dossier opened."""
    token = link or add_link(store, kept.dossier_id, kept.link_id, access, "conseil", NOW).token
    opened, found = open_link(store, token, NOW), Visit()
    assert opened
    found.app.session_state["assessment"] = opened.assessment.model_copy(update={"language": language})
    found.app.session_state["said_something"] = True
    found.app.session_state["saving"] = saving_of_opened(store, opened, live.look().serving.text)
    found.app.session_state["reviews"] = {opened.review.dossier: opened.review}
    found.app.run()
    return found.open(page)


def said(store: Store, kept: Kept) -> Review:
    return review_of(store, kept.dossier_id, kept.link_id)


def said_by_the_manager(store: Store, kept: Kept, review: Review) -> None:
    add_to_review(store, kept.dossier_id, kept.link_id, review, NOW)


def of(*remarks: Remark) -> Review:
    return Review(dossier=DOSSIER, remarks=remarks)


def line(about: About) -> str:
    return "-".join(part or "" for part in ("line", about.item, about.action, about.question))


def write(visit: Visit, about: About, text: str, kind: str = "", proposed: str = "") -> None:
    """Unfold « Remarquer », fill what is to be filled, and add it."""
    visit.unfold(f"say.fold.{line(about)}")
    if kind:
        visit.set("pills", f"say.kind.{line(about)}", kind)
    if proposed:
        visit.set("pills", f"say.proposed.{line(about)}", proposed)
    visit.set("text_area", f"say.text.{line(about)}", text)
    add(visit, about)


def add(visit: Visit, about: About) -> None:
    visit.widget("button", f"say.add.{line(about)}").click().run()
    assert not visit.app.exception


def sign(visit: Visit) -> None:
    for name, value in (("name", ADVISORS.name), ("role", ADVISORS.role), ("organisation", ADVISORS.organisation)):
        visit.set("text_input", f"advisor.{name}", value)


@pytest.mark.parametrize("page", ["start", "questionnaire", "action_plan", "remarks"])
def test_who_may_write_never_meets_the_forms_of_an_advisor(store, kept, page):
    said_by_the_manager(store, kept, of(remark(1)))
    manager = visit(store, kept, "write", page)
    assert not [fold.label for fold in manager.app.expander if fold.label.startswith(SAY("remarks.remark"))]
    words = manager.texts() + " ".join(button.label for button in manager.app.button)
    for id in ("saved.remark.explained", "remarks.see_all", "remarks.close"):
        assert SAY(id) not in words


def test_a_remark_goes_to_the_database_with_the_digest_of_its_line_and_who_says_to_have_written_it(store, kept):
    advisor = visit(store, kept, "read")
    advisor.unfold(f"say.fold.{line(About(item=ITEM))}")
    sign(advisor)
    write(advisor, About(item=ITEM), "La résolution manque.", "status", "in_progress")
    [made] = said(store, kept).remarks
    assert (made.kind, made.proposed, made.text) == ("status", "in_progress", "La résolution manque.")
    assert (made.about, made.author) == (About(item=ITEM), ADVISORS)
    assert made.seen == digest_of(advisor.assessment, made.about)
    assert "Ana Roy, agente, CDR" in advisor.texts()
    assert advisor.assessment.answer(ITEM).status == "done", "the manager's own answer stays"


def test_who_writes_is_asked_once_a_visit_and_known_again_by_the_link(store, kept):
    link = add_link(store, kept.dossier_id, kept.link_id, "read", "conseil", NOW).token
    advisor = visit(store, kept, "read", link=link)
    advisor.unfold(f"say.fold.{line(About(item=ITEM))}")
    sign(advisor)
    write(advisor, About(item=ITEM), "Quand?")
    again = visit(store, kept, "read", link=link)
    for one in (advisor, again):
        one.unfold(f"say.fold.{line(About(item=ITEM))}")
        assert not one.app.text_input
        assert SAY("saved.remark.signed", author="Ana Roy, agente, CDR") in one.texts()


def test_nothing_is_added_that_says_nothing_and_what_was_typed_stays(store, kept):
    advisor = visit(store, kept, "read")
    about = About(item=ITEM)
    write(advisor, about, "  ")
    assert SAY("remarks.form.no_text") in advisor.texts()
    advisor.set("pills", f"say.kind.{line(about)}", "status").set("text_area", f"say.text.{line(about)}", "À revoir")
    add(advisor, about)
    assert SAY("remarks.form.no_status") in advisor.texts()
    for status in ("to_do", None):  # tapped, and tapped again
        advisor.set("pills", f"say.proposed.{line(about)}", status)
    add(advisor, about)
    assert SAY("remarks.form.no_status") in advisor.texts()
    assert said(store, kept).remarks == ()
    advisor.open("results").open("questionnaire").unfold(f"say.fold.{line(about)}")
    assert advisor.widget("text_area", f"say.text.{line(about)}").value == "À revoir"


def test_a_ready_phrase_is_put_after_what_was_typed(store, kept):
    advisor, about = visit(store, kept, "read"), About(item=ITEM)
    advisor.unfold(f"say.fold.{line(about)}").set("text_area", f"say.text.{line(about)}", "Bravo.")
    phrase = SAY("remarks.phrase.clarify.trace")
    advisor.set("selectbox", f"say.phrase.{line(about)}", phrase)
    add(advisor, about)
    assert said(store, kept).remarks[0].text == f"Bravo. {phrase}"


def test_a_ready_phrase_is_in_the_language_of_whoever_keeps_the_dossier(store):
    said_in_english = assess({ITEM: "done"}, id=DOSSIER, language="en")
    kept = keep(store, said_in_english, live.look().serving.text, NOW)
    advisor, about = visit(store, kept, "read", language="fr"), About(item=ITEM)
    advisor.unfold(f"say.fold.{line(about)}")
    assert (
        wording("en")("remarks.phrase.clarify.trace")
        in advisor.widget("selectbox", f"say.phrase.{line(about)}").options
    )
    assert SAY("remarks.form.language", language=SAY.language_name("en")) in advisor.texts()


@pytest.mark.parametrize(
    ("page", "about", "unfold"),
    [
        ("start", About(question="staff"), "profile_fold"),
        ("action_plan", About(action=str(OWN)), f"change..{OWN}"),
    ],
    ids=["a question of the profile", "an action of one's own"],
)
def test_other_lines_are_remarked_on_too_without_proposing_an_answer(store, kept, page, about, unfold):
    advisor = visit(store, kept, "read", page).unfold(unfold)
    advisor.unfold(f"say.fold.{line(about)}")
    assert advisor.widget("pills", f"say.kind.{line(about)}").options == [
        SAY("remarks.form.kind.clarify"),
        SAY("remarks.form.kind.advice"),
    ]
    write(advisor, about, "Est-ce encore vrai?")
    [made] = said(store, kept).remarks
    assert (made.about, made.kind) == (about, "clarify")
    advisor.unfold(f"say.fold.{line(about)}")
    assert "Est-ce encore vrai?" in advisor.texts()


def test_everything_is_marked_as_seen_once_a_day(store, kept):
    advisor = visit(store, kept, "read", "remarks")
    for _ in range(2):
        advisor.press(SAY("remarks.see_all"))
    seen = said(store, kept).remarks
    applies = [state.item.id for state in advisor.app.session_state["evaluation"].item_states if state.applies]
    assert {one.about.item for one in seen} == set(applies)
    assert len(seen) == len(applies)
    assert {one.kind for one in seen} == {"seen"}


def test_the_answer_comes_into_the_advisors_page_who_replies_then_settles(store, kept):
    link = add_link(store, kept.dossier_id, kept.link_id, "read", "conseil", NOW).token
    advisor = visit(store, kept, "read", link=link)
    write(advisor, About(item=ITEM), "Quand?")
    [made] = said(store, kept).remarks
    said_by_the_manager(store, kept, with_event(said(store, kept), made.id, event(2, "reply", text="Le 2 décembre")))
    advisor.open("remarks")
    assert "Le 2 décembre" in advisor.texts()
    ref = f"{SAY('remarks.close')} {line_of(advisor)}"
    advisor.unfold(f"back.{made.id}").set("text_area", f"reply.{made.id}", "Merci, et la trace?")
    advisor.widget("button", f"reply.add.{made.id}").click().run()
    assert [one.kind for one in said(store, kept).remarks[0].events] == ["reply", "reply"]
    advisor.press(ref)
    last = said(store, kept).remarks[0].events[-1]
    assert (last.kind, last.author.is_manager) == ("closed", False)
    assert ref not in [button.label for button in advisor.app.button]


def line_of(visit: Visit) -> str:
    item = live.look().serving.checklist.items[ITEM]
    return f"{item.ref} · {item.title['fr']}"


def test_one_withdraws_ones_own_remark_and_no_other(store, kept):
    said_by_the_manager(store, kept, of(remark(1, author=MARIE)))
    advisor = visit(store, kept, "read", "remarks")
    withdraw = f"{SAY('remarks.withdraw')} {line_of(advisor)}"
    labels = [re.sub(r"[*\\]", "", button.label) for button in advisor.app.button]
    assert withdraw not in labels
    assert f"{SAY('remarks.close')} {line_of(advisor)}" in labels
    advisor.open("questionnaire")
    write(advisor, About(item=ITEM), "Quand?")
    mine = next(one for one in said(store, kept).remarks if one.author == Author(role=ADVISOR))
    advisor.widget("button", f"withdrawn.{mine.id}").click().run()
    assert [one.kind for one in said(store, kept).remarks[-1].events] == ["withdrawn"]


def test_whoever_keeps_the_dossier_is_told_at_once_and_sees_it_on_the_card(store, kept):
    manager = visit(store, kept, "write")
    advisor = visit(store, kept, "read")
    write(advisor, About(item=ITEM), "Quand?")
    manager.app.run()
    assert SAY("saved.remark.by", author=SAY("review.advisor"), what=line_of(manager)) in manager.texts()
    assert "Quand?" in manager.texts()


def test_what_is_refused_stays_in_its_field_and_it_is_said(store, kept, monkeypatch):
    monkeypatch.setitem(BOUNDS, "read", Bound(1, 10_000))
    advisor, about = visit(store, kept, "read"), About(item=ITEM)
    said_by_the_manager(store, kept, of(remark(1)))
    write(advisor, about, "Quand?")
    assert SAY("store.review_full") in advisor.texts()
    assert advisor.widget("text_area", f"say.text.{line(about)}").value == "Quand?"
    assert len(said(store, kept).remarks) == 1


@pytest.mark.parametrize("another", [True, False], ids=["another dossier came", "its link opens nothing any more"])
def test_a_form_of_a_page_that_is_left_adds_nothing(store, kept, another):
    advisor, about = visit(store, kept, "read"), About(item=ITEM)
    advisor.unfold(f"say.fold.{line(about)}").set("text_area", f"say.text.{line(about)}", "Quand?")
    button = advisor.widget("button", f"say.add.{line(about)}")
    advisor.app.session_state["saving"] = None
    if another:
        advisor.app.session_state["assessment"] = assess({ITEM: "done"}, id=uuid4())
    button.click().run()
    assert not advisor.app.exception
    assert said(store, kept).remarks == ()
    assert not any(found.remarks for found in advisor.app.session_state["reviews"].values())


def test_a_reading_link_reads_the_one_thing_of_today_and_has_nothing_to_tap_on_it(store, kept):
    reader = visit(store, kept, "read", "action_plan")
    assert SAY("today.title") in reader.texts()
    assert "1. Appeler la caisse" in reader.texts()
    labels = [button.label for button in reader.app.button]
    assert not {SAY("first.done.own"), SAY("today.entrust"), SAY("today.later")} & set(labels)
    writer = visit(store, kept, "write", "action_plan")
    assert SAY("today.later") in [button.label for button in writer.app.button]

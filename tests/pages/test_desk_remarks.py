"""Remarks at the desk, without a browser: made beside lines, kept under their row, sent back, answered, settled."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
import streamlit as st

from pensebete.assessment.dossier_file import assessment_in, dump
from pensebete.assessment.pdf_contents import pdf_contents
from pensebete.assessment.review.file import MOST_REMARKS, read_review
from pensebete.assessment.review.merge import with_event
from pensebete.assessment.review.model import About, Review
from pensebete.desk.phrases import Phrase, phrases
from pensebete.desk.portfolio import Entry
from pensebete.desk.remarking import signed
from pensebete.desk.working_file import opened
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import COMPLETE
from pensebete.text.wording import wording
from pensebete.web.session import desk
from pensebete.web.views.desk import call_sheets, remarks, sending, take_away, triage
from tests.builders import evaluate
from tests.everything_in import says
from tests.pages.test_desk import desk_of, drop, look_at
from tests.pages.visit import Visit
from tests.portfolio_files import dossiers
from tests.unit.assessment.review.reviews import event
from tests.unit.desk.lived import CHECKLIST

SAY = wording("fr")
FEW = list(dossiers(12))
NAME, OTHER = "Coop du Fleuve", "Café coop La Grange"
ITEM = "cash-forecast"
LINE = f"line/{ITEM}//"
WHOLE = "line///"


def pressable(html: str, key: str, opened: Callable[[str], None], focus: object = None) -> None:
    """Our own HTML as buttons that a test can press, each called as what it opens."""
    st.html(html or "<p></p>")

    for opens in re.findall(r'data-open="([^"]+)"', html):
        st.button(opens, key=f"{key}|{opens}", on_click=opened, args=(opens,))


@pytest.fixture
def handed(monkeypatch) -> list[tuple[bytes, str]]:
    """The files that were given to the visitor."""
    found: list[tuple[bytes, str]] = []
    for view in (sending, take_away, call_sheets):
        monkeypatch.setattr(view, "hand_over", lambda content, name, type: found.append((content, name)))
    for view in (remarks, triage):
        monkeypatch.setattr(view, "live_html", pressable)
    return found


@pytest.fixture
def visit(handed) -> Visit:
    return drop(Visit().open("desk"), *FEW)


def entry_of(visit: Visit, organisation: str = NAME) -> Entry:
    visit.app.run()
    made = desk_of(visit).made
    assert made
    [entry] = [entry for entry in made.entries if entry.row.organisation == organisation]
    return entry


def at(visit: Visit, organisation: str = NAME) -> Visit:
    """Its page, the fold of the lines on money open."""
    look_at(visit, organisation)
    fold = f"remarks.fold.{entry_of(visit, organisation).row.digest[:16]}.domain-liquidity"
    visit.app.session_state[fold] = True
    visit.app.run()
    return visit._sound()


def write(visit: Visit, text: str, opens: str = LINE) -> Visit:
    visit.press(f"write:{opens}")
    visit.set("text_area", "desk.remark.text", text)
    return visit.press(SAY("remarks.form.add"))


def said(visit: Visit, organisation: str = NAME) -> Review:
    return desk_of(visit).said[entry_of(visit, organisation).key].review


def buttons(visit: Visit) -> set[str]:
    return {button.label for button in visit.app.button}


def returned(review: Review, name: str = "01", **changes: object) -> bytes:
    """What a manager sends back: the PDF of one of the cases, with a review."""
    content = dict(FEW)[next(file for file, _ in FEW if file.startswith(name))]
    assessment = assessment_in(content).model_copy(update=changes)
    return edition_pdf(COMPLETE, evaluate(CHECKLIST, assessment), "fr", review)


def id_of(organisation: str = NAME) -> UUID:
    [id] = {a.id for a in (assessment_in(content) for _, content in FEW) if a.organisation == organisation}
    assert id
    return id


# Writing


def test_a_remark_is_written_beside_its_line_and_stands_among_those_made(visit):
    at(visit).press(f"write:{LINE}")
    visit.press(SAY("remarks.form.add"))
    assert SAY("remarks.form.no_text") in visit.texts()
    ready = phrases("clarify", (), SAY)
    visit.set("selectbox", "desk.remark.phrase", ready[0])
    assert visit.widget("text_area", "desk.remark.text").value == ready[0]
    visit.set("text_area", "desk.remark.text", f"{ready[0]} Et l’<b>assurance</b>?")
    visit.press(SAY("remarks.form.add"))
    [made] = said(visit).remarks
    assert (made.about, made.kind, made.author.role) == (About(item=ITEM), "clarify", "advisor")
    assert made.text == f"{ready[0]} Et l’<b>assurance</b>?"
    assert made.at.utcoffset().total_seconds() == 0  # type: ignore[union-attr]
    assert SAY("remarks.waiting") in visit.texts()
    assert not visit.app.get("text_area") or "desk.remark.text" not in " ".join(
        t.key or "" for t in visit.app.text_area
    )
    assert "&lt;b&gt;" in "".join(one.proto.body for one in visit.app.get("html"))


def test_another_answer_is_proposed_with_the_figure_it_would_give_and_the_managers_own_stays(visit):
    at(visit)
    visit.press(f"write:{LINE}")
    visit.set("button_group", "desk.remark.kind", "status")
    visit.press(SAY("remarks.form.add"))
    assert SAY("remarks.form.no_status") in visit.texts()
    visit.set("button_group", "desk.remark.proposed", "to_do")
    visit.press(SAY("remarks.form.add"))
    [made] = said(visit).remarks
    assert (made.kind, made.proposed, made.text) == ("status", "to_do", "")
    [told] = re.findall(r"Selon vous.: (.+?); l’entreprise.: (.+?)\.", visit.texts())
    assert told[0] != told[1]
    row = entry_of(visit).row
    assert row.result
    visit.app.text_input(key="desk.author.name").set_value("Une autre personne").run()
    assert "Avec toutes les réponses proposées" in visit.texts()
    assert told[1] == SAY.percent(row.result.overall.rounded or 0)


def test_what_is_half_written_stays_wherever_one_goes(visit):
    at(visit).press(f"write:{LINE}").set("text_area", "desk.remark.text", "La résolution")
    visit.press(f"write:{WHOLE}").set("text_area", "desk.remark.text", "Bravo")
    at(visit, OTHER)
    assert "desk.remark.text" not in " ".join(t.key or "" for t in visit.app.text_area)
    visit.press(f"write:{LINE}")
    assert visit.widget("text_area", "desk.remark.text").value == ""
    at(visit)
    assert visit.widget("text_area", "desk.remark.text").value == "Bravo"
    visit.press(SAY("remarks.form.leave"))
    assert SAY("remarks.go_on") in visit.texts()
    visit.press(f"write:{LINE}")
    assert visit.widget("text_area", "desk.remark.text").value == "La résolution"
    assert entry_of(visit).key not in desk_of(visit).said
    assert desk_of(visit).changed


def test_a_line_is_seen_by_a_tap_and_taken_back_and_all_of_them_at_once(visit):
    at(visit).press(f"see:{LINE}")
    assert [r.kind for r in said(visit).remarks] == ["seen"]
    visit.press(f"unsee:{LINE}")
    assert said(visit).remarks == ()
    visit.press(SAY("remarks.see_all"))
    applying = sum(s.applies for s in evaluate(CHECKLIST, assessment_in(FEW[0][1])).item_states)
    assert abs(len(said(visit).remarks) - applying) <= 1  # the later dossier of the two
    assert "Vu le" in visit.texts()
    visit.press(SAY("remarks.see_all"))
    assert abs(len(said(visit).remarks) - applying) <= 1


def test_a_review_that_is_full_takes_no_more_and_says_so(visit, monkeypatch):
    monkeypatch.setattr("pensebete.desk.remarking.MOST_REMARKS", 1)
    write(at(visit), "Une")
    write(visit, "Deux")
    assert len(said(visit).remarks) == 1
    assert SAY("remarks.full", most=MOST_REMARKS) in visit.texts()
    assert visit.widget("text_area", "desk.remark.text").value == "Deux"


def test_a_desk_that_is_full_takes_neither_remarks_nor_a_file_of_them(visit, handed, monkeypatch):
    write(at(visit), "Une")
    visit.press(SAY("desk.back"))
    visit.press(SAY("desk.save.download"))
    kept = handed[-1][0]
    monkeypatch.setattr(desk, "MOST_HELD", desk_of(visit).held + desk_of(visit).said_held + 100)
    write(at(visit), "Deux")
    assert len(said(visit).remarks) == 1
    other = Visit().open("desk")
    monkeypatch.setattr(desk, "MOST_HELD", 100)
    drop(other, ("bureau.pensebete", kept))
    assert desk_of(other).said == {}
    assert "Le bureau est plein" in other.texts()
    monkeypatch.setattr(desk, "MOST_HELD", 80_000_000)
    drop(other, ("bureau.pensebete", kept))
    assert desk_of(other).said_held == desk_of(visit).said_held > 2_000


def test_ones_own_phrases_and_name_are_kept_and_lie_in_the_working_file(visit, handed):
    at(visit)
    visit.app.text_input(key="desk.author.name").set_value("Marie Roy").run()
    visit.app.text_input(key="desk.author.role").set_value("manager").run()  # whatever one says, one is an advisor here
    visit.press(f"write:{LINE}").set("text_area", "desk.remark.text", "Qui signe?")
    visit.press(SAY("remarks.form.keep"))
    visit.press(SAY("remarks.form.add"))
    assert said(visit).remarks[0].author == signed("Marie Roy", "Manager")  # as by a reading link
    visit.press(f"write:{WHOLE}")
    assert "Qui signe?" in visit.widget("selectbox", "desk.remark.phrase").options
    visit.press(SAY("desk.back"))
    visit.press(SAY("desk.save.download"))
    kept = opened(handed[-1][0])
    assert kept.phrases == (Phrase("clarify", "Qui signe?"),)
    assert kept.author.name == "Marie Roy"
    assert [one.review for one in kept.said.values()] == [said(visit)]
    other = at(drop(Visit().open("desk"), ("bureau.pensebete", handed[-1][0])))
    assert said(other) == said(visit)
    assert "Qui signe?" in other.texts()
    assert other.app.text_input(key="desk.author.name").value == "Marie Roy"
    other.press(SAY("remarks.own_phrases.remove", text="Qui signe?"))
    assert desk_of(other).phrases == ()


def test_a_dossier_without_an_id_or_of_another_checklist_takes_no_remarks(handed):
    assessment = assessment_in(FEW[0][1])
    other = assessment.model_copy(
        update={"organisation": "Autre", "checklist": assessment.checklist.model_copy(update={"id": "autre"})}
    )
    visit = drop(
        Visit().open("desk"), ("a.json", dump(assessment.model_copy(update={"id": None}))), ("b.json", dump(other))
    )
    for name, words in ((NAME, "remarks.no_id"), ("Autre", "remarks.another_checklist")):
        look_at(visit, name)
        assert SAY(words) in visit.texts()
        assert SAY("remarks.see_all") not in buttons(visit)


def test_what_a_forger_makes_a_button_say_does_nothing(visit, monkeypatch):
    at(visit)
    for opens in (
        "write:line/no-such//",
        "see:line/no-such//",
        f"close:{UUID(int=9)}",
        "remove:x",
        "zap:1",
        "edit:y",
        "",
    ):
        forged = f"forged {opens}"
        monkeypatch.setattr(
            remarks,
            "live_html",
            lambda html, key, opened, focus=None, opens=opens: (
                st.button(
                    f"forged {opens}",
                    key=f"{key}|forged",
                    on_click=lambda: opened(opens),
                )
                if key.startswith("remarks.whole.") and ".rest" not in key
                else None
            ),
        )
        visit.app.run()
        visit.press(forged)
    assert entry_of(visit).key not in desk_of(visit).said


def test_what_acts_on_one_enterprise_has_another_name_at_the_next(visit):
    """Or a tap on a screen that was about to be replaced would be one on whoever comes next."""
    keys = []
    for name in (NAME, OTHER):
        at(visit, name).press(f"write:{WHOLE}")
        keys.append({b.key for b in visit.app.button if "remark" in (b.key or "") and "author" not in (b.key or "")})
    assert all(any(what in key for key in keys[0]) for what in ("see_all", "whole", "remark.add", "remark.leave"))
    assert keys[0] & keys[1] == set()


# What goes back, and comes again


def test_what_has_not_left_is_changed_or_removed_and_what_has_is_withdrawn(visit, handed):
    write(at(visit), "Quand?")
    [made] = said(visit).remarks
    visit.press(f"edit:{made.id}")
    assert said(visit).remarks == ()
    visit.set("text_area", "desk.remark.text", "Pour quand?").press(SAY("remarks.form.add"))
    write(visit, "Trop", WHOLE)
    [kept, extra] = sorted(said(visit).remarks, key=lambda r: r.about.item is None)
    visit.press(f"remove:{extra.id}")
    assert said(visit).remarks == (kept,)
    visit.press(SAY("remarks.back.pdf"))
    assert len(handed) == 1
    assert f"edit:{kept.id}" not in buttons(visit)
    visit.press(f"withdraw:{kept.id}")
    [gone] = said(visit).remarks
    assert [e.kind for e in gone.events] == ["withdrawn"]
    assert SAY("remarks.ended") in visit.texts()
    visit.press(f"remove:{gone.events[0].id}")
    assert said(visit).remarks == (kept,)


def test_a_remark_of_another_is_settled_here_and_withdrawn_by_who_made_it_alone(visit, handed):
    write(at(visit), "Quand?")
    visit.press(SAY("remarks.back.pdf"))
    [made] = said(visit).remarks
    assert f"withdraw:{made.id}" in buttons(visit)
    desk_of(visit).author = signed("Jean")
    visit.app.run()
    assert f"close:{made.id}" in buttons(visit)
    assert f"withdraw:{made.id}" not in buttons(visit)


def test_the_last_word_here_is_dated_after_what_it_answers_whatever_the_clock_of_the_manager(visit, handed):
    write(at(visit), "Quand?")
    visit.press(SAY("remarks.back.pdf"))
    [made] = said(visit).remarks
    ahead = datetime.now(UTC) + timedelta(hours=5)
    answered = with_event(said(visit), made.id, event(40, "corrected", at=ahead))
    visit.press(SAY("desk.back"))
    drop(visit, ("retour.pdf", returned(answered, "11")))
    write(at(visit), "Merci", f"remark/{made.id}")
    assert entry_of(visit).remarked.open == 1
    assert said(visit).remarks[0].events[-1].at > ahead


def test_an_empty_reply_is_asked_for_in_words_of_its_own(visit, handed):
    write(at(visit), "Quand?")
    visit.press(SAY("remarks.back.pdf"))
    [made] = said(visit).remarks
    write(visit, " ", f"remark/{made.id}")
    assert SAY("remarks.reply.no_text") in visit.texts()


def test_a_remark_whose_line_is_no_longer_listed_is_removed_and_never_lost_by_a_tap(visit, monkeypatch):
    write(at(visit), "Quand?")
    [made] = said(visit).remarks
    all_groups = remarks.groups
    monkeypatch.setattr(remarks, "groups", lambda *of: [g for g in all_groups(*of) if g.id != "domain-liquidity"])
    visit.app.run()
    assert f"edit:{made.id}" not in buttons(visit)
    assert f"remove:{made.id}" in buttons(visit)
    with monkeypatch.context() as old_screen:
        old_screen.setattr(remarks, "groups", all_groups)
        visit.app.run()
    visit.press(f"edit:{made.id}")
    assert said(visit).remarks == (made,)


def test_the_pdf_that_goes_back_carries_the_dossier_as_it_came_and_the_remarks(visit, handed):
    write(at(visit), "Quand?")
    assert SAY("remarks.back.left") in visit.texts()
    visit.press(SAY("remarks.back.pdf"))
    [(content, name)] = handed
    found = pdf_contents(content)
    latest = max(
        (c for _, c in FEW if assessment_in(c).organisation == NAME), key=lambda c: str(assessment_in(c).updated_at)
    )
    assert found.dossiers == (latest,)
    assert read_review(found.reviews[0]) == said(visit)
    assert re.fullmatch(r"plan-avec-remarques_coop-du-fleuve_\d{4}-\d\d-\d\d_1111\.pdf", name)
    assert SAY("remarks.back.sent") in visit.texts()
    assert entry_of(visit).remarked.to_send == 0
    write(visit, "Et combien?", WHOLE)
    assert entry_of(visit).remarked.to_send == 1


def test_what_the_manager_answered_stands_on_top_and_is_settled_by_the_advisor(visit, handed):
    write(at(visit), "Quand?")
    visit.press(SAY("remarks.back.pdf"))
    [made] = said(visit).remarks
    answered = with_event(said(visit), made.id, event(40, "corrected", text="Mardi", at=datetime.now(UTC)))
    visit.press(SAY("desk.back"))
    drop(visit, ("retour.pdf", returned(answered, "11")))
    assert SAY("remarks.made_answered", n=1, made=SAY("remarks.made", n=1)) in visit.texts()
    assert entry_of(visit).remarked.answered == 1
    at(visit)
    assert visit.texts().index(SAY("remarks.to_settle")) < visit.texts().index(SAY("remarks.lines"))
    write(visit, "Merci", f"remark/{made.id}")
    assert entry_of(visit).remarked.open == 1
    visit.press(f"close:{made.id}")
    assert entry_of(visit).remarked.closed == 1
    assert entry_of(visit).remarked.to_send == 2
    assert [e.kind for e in said(visit).remarks[0].events] == ["reply", "closed"]  # the manager's is in their file


def test_rows_are_filtered_by_how_their_remarks_stand(visit):
    write(at(visit), "Quand?")
    visit.press(SAY("desk.back"))
    visit.app.button_group(key="desk.stand").set_value("to_send").run()
    assert SAY("desk.filtered", shown=1, of=11) in visit._sound().texts()
    look_at(visit, NAME).press(SAY("desk.back"))
    assert SAY("desk.filtered", shown=1, of=11) in visit.texts()


def test_a_zip_for_many_holds_those_with_something_new_each_under_its_name(visit, handed):
    for name in (NAME, OTHER):
        write(at(visit, name), f"Pour {name}?")
    visit.press(SAY("desk.back"))
    visit.press(SAY("remarks.back.zip", n=2))
    [(content, name)] = handed
    assert name.startswith("pdf-a-renvoyer_")
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        assert sorted(n.partition("_")[2].partition("_")[0] for n in names) == [
            *["cafe-coop-la-grange"] * 2,
            *["coop-du-fleuve"] * 2,
        ]
        assert {n.rpartition(".")[2] for n in names} == {"pdf", "txt"}
        for one in (NAME, OTHER):
            [pdf] = [archive.read(n) for n in names if n.endswith("pdf") and one.split()[-1].lower()[:5] in n]
            assert pdf_contents(pdf).dossiers[0] in [c for _, c in FEW if assessment_in(c).organisation == one]
            assert read_review(pdf_contents(pdf).reviews[0]) == said(visit, one)
        message = archive.read(next(n for n in names if n.endswith("txt"))).decode()
    assert SAY("remarks.message.remarks", n=1) in message
    assert SAY("remarks.back.none") in visit.texts()
    visit.app.multiselect(key="remarks.only").set_value([entry_of(visit).key]).run()
    visit.press(SAY("remarks.back.zip", n=1))
    assert len(handed) == 2


def test_a_zip_takes_so_many_and_the_next_one_the_others(visit, handed, monkeypatch):
    monkeypatch.setattr(sending, "MOST_AT_ONCE", 1)
    for name in (NAME, OTHER):
        write(at(visit, name), "Quand?")
    visit.press(SAY("desk.back"))
    for n in (1, 2):
        visit.press(SAY("remarks.back.zip", n=1))
        assert len(handed) == n
    assert SAY("remarks.back.none") in visit.texts()
    assert {entry_of(visit, name).remarked.to_send for name in (NAME, OTHER)} == {0}


def test_a_pdf_that_cannot_be_made_does_not_close_the_desk(visit, handed, monkeypatch):
    write(at(visit), "Quand?")
    visit.press(SAY("desk.back"))
    with monkeypatch.context() as broken:
        broken.setattr(sending, "edition_pdf", lambda *_: 1 / 0)
        [button] = [one for one in visit.app.button if one.label == SAY("remarks.back.zip", n=1)]
        button.click().run()
        assert visit.app.exception
    visit.app.run()
    visit._sound().press(SAY("remarks.back.zip", n=1))
    assert len(handed) == 1


def test_two_enterprises_under_one_dossier_id_share_no_word_and_no_name_of_a_file(handed):
    """One began from the other one's file; both names look the same in the name of a file."""
    first = assessment_in(FEW[0][1])
    names = (NAME, "Coop du Fleuve (2)", "Кооператив", "社")
    files = [(f"{n}.json", dump(first.model_copy(update={"organisation": name}))) for n, name in enumerate(names)]
    visit = drop(Visit().open("desk"), *files)
    words = {name: f"Mot-{n} pour une seule" for n, name in enumerate(names)}
    for name, text in words.items():
        write(at(visit, name), text)
        assert [r.text for r in said(visit, name).remarks] == [text]
    at(visit, names[0]).set("text_area", "desk.note", "Pour la première seule")
    assert at(visit, names[1]).widget("text_area", "desk.note").value == ""
    visit.press(SAY("desk.back"))
    visit.press(SAY("remarks.back.zip", n=len(names)))
    with ZipFile(BytesIO(handed[-1][0])) as archive:
        pdfs = [archive.read(name) for name in archive.namelist() if name.endswith(".pdf")]
    assert len(pdfs) == len(names) == len({n for n in archive.namelist() if n.endswith(".pdf")})
    for pdf in pdfs:
        assessment = assessment_in(pdf_contents(pdf).dossiers[0])
        for name, text in words.items():
            assert says(pdf, text) is (name == assessment.organisation)


# What never leaves


def test_no_private_note_and_nothing_half_written_is_in_anything_that_can_be_sent(visit, handed, monkeypatch):
    secret, begun = "Zzyzx le trésorier est parti", "Qwxzy à moitié écrit"
    texts = []
    monkeypatch.setattr(sending, "copy_text", lambda text, words, key: texts.append(text))
    at(visit).set("text_area", "desk.note", secret)
    write(visit, "Quand?")
    visit.press(f"write:{WHOLE}").set("text_area", "desk.remark.text", begun)
    visit.press(SAY("remarks.back.pdf"))
    write(at(visit, OTHER), "Combien?")
    visit.set("text_area", "desk.note", secret)
    visit.press(SAY("desk.call.pdf"))
    visit.press(SAY("desk.back"))
    visit.press(SAY("desk.call.pdfs", n=11))
    visit.press(SAY("remarks.back.zip", n=1))
    visit.app.multiselect(key="remarks.only").set_value([entry_of(visit).key, entry_of(visit, OTHER).key]).run()
    visit.press(SAY("remarks.back.zip", n=2))
    for to in ("xlsx", "csv", "json"):
        visit.press(SAY(f"desk.download.{to}"))
    assert len(handed) == 8
    assert texts
    for content in [
        *(content for content, _ in handed),
        *(name.encode() for _, name in handed),
        *(t.encode() for t in texts),
    ]:
        assert not says(content, secret)
        assert not says(content, begun)
    # What is looked for so would be found.
    assert all(says(content, NAME) or says(content, OTHER) for content, _ in handed)
    assert says(handed[0][0], "Quand?")
    assert not says(handed[0][0], "Combien?")
    visit.press(SAY("desk.save.download"))
    assert says(handed[-1][0], secret)


def test_what_was_noted_of_a_dossier_without_a_name_stays_with_it_once_it_has_one(handed):
    first = assessment_in(FEW[0][1])
    visit = drop(Visit().open("desk"), ("a.json", dump(first.model_copy(update={"organisation": ""}))))
    write(at(visit, ""), "Votre nom?")
    visit.set("text_area", "desk.note", "Qui est-ce?")
    visit.press(f"write:{WHOLE}").set("text_area", "desk.remark.text", "À moitié écrit")
    visit.press(SAY("desk.back"))
    drop(visit, ("b.json", dump(first.model_copy(update={"updated_at": datetime.now(UTC)}))))
    assert [remark.text for remark in said(visit).remarks] == ["Votre nom?"]
    assert at(visit).widget("text_area", "desk.note").value == "Qui est-ce?"
    assert visit.widget("text_area", "desk.remark.text").value == "À moitié écrit"


def test_what_was_noted_of_one_enterprise_at_two_desks_is_one_note(handed):
    kept = []
    for note in ("Rappeler jeudi", "Parler au trésorier"):
        other = at(drop(Visit().open("desk"), FEW[0])).set("text_area", "desk.note", note)
        other.press(SAY("desk.back")).press(SAY("desk.save.download"))
        kept.append(("bureau.pensebete", handed[-1][0]))
    visit = Visit().open("desk")
    for file in (*kept, *kept):
        drop(visit, file)
    assert list(desk_of(visit).notes.values()) == ["Rappeler jeudi\nParler au trésorier"]

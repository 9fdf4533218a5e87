"""The desk, without a browser: files in, the order in which to call, one enterprise, the working file."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest

from pensebete.desk.working_file import WorkingFile, opened, written
from pensebete.text.wording import wording
from pensebete.web.session.desk import _Desk
from tests.pages.visit import Visit
from tests.pdf_reading import has, pages, squashed
from tests.portfolio_files import dossiers
from tests.unit.desk.lived import plan, zipped
from tests.unit.pdf.editions.test_editions import everywhere_in

SAY = wording("fr")
FEW = list(dossiers(12))


@pytest.fixture
def visit() -> Visit:
    return Visit().open("desk")


def drop(visit: Visit, *files: tuple[str, bytes]) -> Visit:
    [uploader] = visit.app.get("file_uploader")
    uploader.set_value([(name, content, "application/octet-stream") for name, content in files]).run()  # type: ignore[attr-defined]
    return visit._sound()


def desk_of(visit: Visit) -> _Desk:
    found: _Desk = visit.app.session_state["desk"]
    return found


def look_at(visit: Visit, organisation: str) -> Visit:
    made = desk_of(visit).made
    assert made
    [entry] = [entry for entry in made.entries if entry.row.organisation == organisation]
    desk_of(visit).open = entry.row.digest
    visit.app.run()
    return visit._sound()


def test_files_of_any_kind_are_read_and_the_others_named_with_their_reason(visit):
    drop(
        visit, ("plan.pdf", plan()), ("envoi.zip", zipped(*FEW[1:4])), ("<b>photo.jpg", b"\xff\xd8\xff\xe0 no dossier")
    )
    shown = visit.texts()
    assert SAY("desk.order", n=4) in shown
    assert "<b>photo.jpg" in shown
    assert SAY("dossier.file.image") in shown
    assert not desk_of(visit).waiting
    visit.press(SAY("desk.refused.seen"))
    assert "photo.jpg" not in visit.texts()


def test_an_enterprise_is_read_in_full_and_its_private_note_is_in_the_working_file_alone(visit):
    drop(visit, *FEW)
    look_at(visit, "Coop du Fleuve")
    shown = visit.texts()
    assert SAY("report.sheet.since") in shown
    # It was sent twice, three weeks apart.
    assert SAY("desk.rounds", n=2) in [fold.label for fold in visit.app.expander]
    note = "Rappeler Marie jeudi"
    visit.set("text_area", "desk.note", note)
    visit.press(SAY("desk.back"))
    assert desk_of(visit).changed
    visit.press(SAY("desk.save.download"))
    assert not desk_of(visit).changed
    kept = written(WorkingFile(tuple(taken for taken, _ in desk_of(visit).found), desk_of(visit).notes))
    other = drop(Visit().open("desk"), ("bureau.pensebete", kept))
    assert len(desk_of(other).found) == 12
    assert not desk_of(other).changed
    look_at(other, "Coop du Fleuve")
    assert other.widget("text_area", "desk.note").value == note


def test_a_working_file_that_is_encrypted_opens_with_its_passphrase_alone(visit):
    drop(visit, *FEW[:2])
    kept = written(WorkingFile(tuple(taken for taken, _ in desk_of(visit).found)), "au quai des brumes")
    other = drop(Visit().open("desk"), ("bureau.pensebete", kept))
    assert SAY("desk.sealed", file="bureau.pensebete") in other.texts()
    for typed, rows in (("au quai", 0), ("au quai des brumes", 2)):
        [field] = [one for one in other.app.text_input if one.label == SAY("desk.passphrase")]
        field.set_value(typed)
        other.press(SAY("desk.unseal"))
        assert len(desk_of(other).found) == rows
        assert (SAY("dossier.working_file.passphrase") in other.texts()) is (rows == 0)
    assert not other.app.get("text_input") or "desk.passphrase" not in other.app.session_state


def test_a_passphrase_is_asked_twice_and_a_difference_is_told(visit):
    drop(visit, *FEW[:2])
    [sealed] = [box for box in visit.app.checkbox if box.label == SAY("desk.save.sealed")]
    sealed.check().run()
    assert SAY("desk.save.lost") in visit.texts()
    visit.press(SAY("desk.save.download"))
    assert SAY("desk.passphrase.missing") in visit.texts()
    visit.app.text_input(key="desk.seal").set_value("un")
    visit.app.text_input(key="desk.seal.again").set_value("deux")
    visit.press(SAY("desk.save.download"))
    assert SAY("desk.passphrase.differs") in visit.texts()
    visit.app.text_input(key="desk.seal.again").set_value("un")
    visit.press(SAY("desk.save.download"))
    assert not desk_of(visit).changed


def test_the_search_lets_through_what_it_names_and_says_how_many(visit):
    drop(visit, *FEW)
    visit.app.text_input(key="desk.search").set_value("fleuve").run()
    assert SAY("desk.filtered", shown=1, of=11) in visit._sound().texts()
    look_at(visit, "Coop du Fleuve").press(SAY("desk.back"))
    assert visit.app.text_input(key="desk.search").value == "fleuve"
    visit.press(SAY("plan.filter.clear"))
    assert SAY("desk.filtered", shown=1, of=11) not in visit.texts()


@pytest.mark.parametrize("to", ["xlsx", "csv", "json"])
def test_the_tables_are_handed_over(visit, to):
    drop(visit, *FEW[:3])
    visit.press(SAY(f"desk.download.{to}"))
    assert f"{SAY('desk.file_name')}_" in visit.texts()


def test_the_desk_is_emptied_at_once_and_whole(visit):
    drop(visit, *FEW[:3])
    visit.press(SAY("desk.erase.yes"))
    assert SAY("desk.erased") in visit.texts()
    assert desk_of(visit).found == []
    assert SAY("desk.order", n=3) not in visit.texts()


def test_a_desk_that_is_off_has_no_page_and_no_page_leads_to_one(monkeypatch):
    for state in ("on", "off"):
        monkeypatch.setenv("PENSEBETE_DESK", state)
        visit = Visit()
        assert all("desk" not in str(link.proto.page) for link in visit.app.get("page_link"))
    with pytest.raises(ValueError, match="Could not find"):
        visit.app.switch_page("../../pages/desk.py")


def test_every_dossier_is_read_anew_with_another_day(visit):
    drop(visit, *FEW[:3])
    before = desk_of(visit).found
    checklist, day = desk_of(visit).read_with  # type: ignore[misc]
    desk_of(visit).read_with = (checklist, day.replace(year=day.year - 1))
    visit.app.run()
    assert len(desk_of(visit).found) == 3
    assert desk_of(visit).found is not before


def test_a_desk_speaks_english(visit):
    drop(visit, *FEW)
    visit.press("English")
    assert wording("en")("desk.order", n=11) in visit.texts()


def test_what_the_working_file_holds_opens_as_it_was(visit):
    drop(visit, ("plan.pdf", plan()))
    kept = WorkingFile(tuple(taken for taken, _ in desk_of(visit).found), {"id": "Une note"})
    assert opened(written(kept)) == kept


def shown(visit: Visit) -> str:
    """The name of the enterprise that is open; empty in the list."""
    made, open = desk_of(visit).made, desk_of(visit).open
    assert made
    return next((entry.row.organisation for entry in made.entries if entry.row.digest == open), "")


def test_an_enterprise_that_was_read_leads_to_the_next_of_the_list_and_is_filtered_and_taken_back(visit):
    drop(visit, *FEW)
    order = [entry.row.organisation for entry in desk_of(visit).made.entries]  # type: ignore[union-attr]
    look_at(visit, order[0])
    for name in order[1:3]:
        visit.press(SAY("desk.call.read"))
        assert shown(visit) == name
    visit.press(SAY("desk.before"))
    assert SAY("desk.call.unread") in [button.label for button in visit.app.button]
    visit.press(SAY("desk.back"))
    assert desk_of(visit).changed
    visit.app.pills(key="desk.marked").set_value("unread").run()
    assert SAY("desk.filtered", shown=9, of=11) in visit._sound().texts()
    visit.app.pills(key="desk.marked").set_value("read").run()
    assert SAY("desk.filtered", shown=2, of=11) in visit._sound().texts()
    # One goes along the list as it was filtered, whatever is marked meanwhile.
    look_at(visit, order[0])
    assert SAY("desk.call.place", place=1, of=2) in visit.texts()
    visit.press(SAY("desk.call.unread"))
    assert SAY("desk.call.place", place=1, of=2) in visit.texts()
    visit.press(SAY("desk.after"))
    assert shown(visit) == order[1]
    visit.press(SAY("desk.call.unread"))
    visit.press(SAY("desk.call.read"))
    assert shown(visit) == ""
    assert SAY("desk.call.last") in visit.texts()


def test_what_was_read_is_kept_in_the_working_file_and_a_newer_dossier_is_still_to_read(visit):
    old, new = FEW[0], next(file for file in FEW if file[0].startswith("11-"))
    drop(visit, old)
    look_at(visit, "Coop du Fleuve").press(SAY("desk.call.read"))
    kept = written(working_file(visit))
    assert list(opened(kept).read.values()) == [desk_of(visit).read_with[1]]  # type: ignore[index]
    other = drop(Visit().open("desk"), ("bureau.pensebete", kept))
    look_at(other, "Coop du Fleuve")
    assert SAY("desk.call.unread") in [button.label for button in other.app.button]
    other.press(SAY("desk.back"))
    drop(other, new)
    look_at(other, "Coop du Fleuve")
    assert SAY("desk.call.read") in [button.label for button in other.app.button]


def working_file(visit: Visit) -> WorkingFile:
    desk = desk_of(visit)
    return WorkingFile(tuple(taken for taken, _ in desk.found), desk.notes, desk.read)


def handed_over(visit: Visit) -> bytes:
    [made] = [element.proto for element in visit.app.get("bidi_component") if "application/pdf" in element.proto.json]
    return b64decode(json.loads(made.json)["content"])


def test_sheets_of_the_list_and_of_one_enterprise_are_pdfs_without_the_private_note(visit):
    drop(visit, *FEW)
    visit.app.text_input(key="desk.search").set_value("coop").run()
    visit.press(SAY("desk.call.pdfs", n=4))
    whole = handed_over(visit)
    assert len(pages(whole)) == 4
    look_at(visit, "Coop du Fleuve")
    note = "Жабка"
    visit.set("text_area", "desk.note", note)
    visit.press(SAY("desk.call.pdf"))
    [page] = pages(handed_over(visit))
    assert has(squashed(page), "Coop du Fleuve", SAY("report.sheet.since"))
    for pdf in (whole, handed_over(visit)):
        assert note not in everywhere_in(pdf)


def test_of_a_long_list_the_first_sheets_are_made(visit, monkeypatch):
    monkeypatch.setattr("pensebete.web.views.desk.call_sheets.MOST_SHEETS", 3)
    drop(visit, *FEW)
    visit.press(SAY("desk.call.pdfs_first", n=3))
    assert len(pages(handed_over(visit))) == 3


def test_an_enterprise_of_another_checklist_has_its_sheet_too(visit):
    said = json.loads(FEW[0][1]) | {"checklist": {"id": "grippe", "version": "1"}}
    drop(visit, ("autre.json", json.dumps(said).encode()))
    look_at(visit, "Coop du Fleuve")
    assert "autre.json · grippe" in visit.texts()
    visit.press(SAY("desk.call.pdf"))
    assert has(squashed(pages(handed_over(visit))[0]), SAY("desk.why.another_checklist"))

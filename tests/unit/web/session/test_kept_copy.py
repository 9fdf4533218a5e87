"""What a browser kept beyond a tab comes back as its visitor chooses, read as any file; a strand is one coming in."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from pensebete.assessment.edits import new_cycle, with_answer, with_details
from pensebete.assessment.review.model import Review
from pensebete.web import session
from pensebete.web.layout import tab_backup
from tests.builders import assess
from tests.unit.assessment.review.reviews import remark
from tests.unit.web.session.visits import PUBLISHED, begin, tab_copy

assert PUBLISHED is not None
CHECKLIST = PUBLISHED.checklist


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of the Coop Alpha, with a remark and a reply that was being written; another visit has begun since."""
    begin(monkeypatch)
    session.apply_edit(with_answer, "board-position", status="done")
    session.apply_edit(with_details, organisation="Coop Alpha")
    id = session.assessment().id
    assert id is not None
    session.add_to_review(Review(dossier=id, remarks=(remark(1),)))
    session.write_reply(remark(1).id, "Nous attendons la réponse de la caisse.")
    copy = tab_copy()
    begin(monkeypatch)
    assert copy
    return copy


def take(copy: object, nothing_new: object = False) -> None:
    tab_backup.take_kept(CHECKLIST, json.dumps({"copy": copy, "nothing_new": nothing_new}))


def test_what_was_kept_comes_back_with_its_remarks_its_replies_and_its_strand(kept):
    take(kept)
    assert session.assessment().organisation == "Coop Alpha"
    assert [one.id for one in session.review().remarks] == [remark(1).id]
    assert session.reply_being_written(remark(1).id) == "Nous attendons la réponse de la caisse."
    assert session.strand() == json.loads(kept)["strand"]
    assert session.displaced() is None


def test_what_the_tab_held_is_set_aside_but_where_the_copy_has_it_all(kept):
    session.apply_edit(with_details, organisation="Coop Beta")
    take(kept)
    displaced = session.displaced()
    assert displaced is not None
    assert displaced.organisation == "Coop Beta"
    session.forget_displaced()
    session.apply_edit(with_details, prepared_by="Marie Roy")
    take(kept, nothing_new=True)
    assert session.displaced() is None
    assert session.assessment().prepared_by == ""


def damaged(copy: str) -> list[Any]:
    parts = json.loads(copy)
    dossier = json.loads(parts["dossier"])
    return [
        "",
        "null",
        "[]",
        "[" * 100_000,
        None,
        17,
        json.dumps({**parts, "dossier": parts["dossier"][:-30]}),
        json.dumps({**parts, "dossier": json.dumps({**dossier, "format": "another"})}),
        json.dumps({**parts, "dossier": json.dumps({**dossier, "format_version": 99})}),
        json.dumps({**parts, "dossier": json.dumps({**dossier, "checklist": {"id": "cyber", "version": "1"}})}),
        json.dumps({**parts, "dossier": json.dumps({**dossier, "organisation": "x" * 600_000})}),
    ]


def test_what_is_no_dossier_is_said_so_and_changes_nothing(kept):
    session.apply_edit(with_details, organisation="Coop Beta")
    before, strand = session.assessment(), session.strand()
    for copy in damaged(kept):
        take(copy)
        assert (session.assessment(), session.strand()) == (before, strand)
        assert session.notices() == [session.say()("keep.unreadable")]
    for told in ("", "{", "[]", "null", "[" * 100_000):
        tab_backup.take_kept(CHECKLIST, told)
        assert session.assessment() == before


def test_a_copy_of_before_strands_comes_back_and_begins_one_and_a_strange_one_is_not_taken(kept):
    parts = json.loads(kept)
    for strange in ("x" * 36, 12, None, "<script>", ["a"]):
        parts["strand"] = strange
        take(json.dumps(parts))
        assert session.assessment().organisation == "Coop Alpha"
        assert session.strand() != strange


def test_remarks_of_another_dossier_do_not_come_with_it(kept):
    parts = json.loads(kept)
    review = json.loads(parts["review"])
    review["dossier"] = str(uuid4())
    take(json.dumps({**parts, "review": json.dumps(review)}))
    assert session.assessment().organisation == "Coop Alpha"
    assert session.review().remarks == ()


def test_nothing_comes_into_a_trial(kept):
    assert PUBLISHED is not None
    session.try_out(PUBLISHED)
    take(kept)
    assert session.assessment().organisation == ""


def test_a_strand_lasts_as_long_as_one_goes_on_and_ends_where_another_dossier_comes_in(kept):
    take(kept)
    strand = session.strand()
    session.apply_edit(with_details, organisation="Coop Alpha et fils")
    assert session.strand() == strand == json.loads(tab_copy() or "")["strand"]
    assert PUBLISHED is not None
    session.try_out(PUBLISHED)
    session.resume(assess(id=uuid4()))
    session.end_trial()
    assert session.strand() == strand
    session.resume(session.assessment())  # a file of the same dossier is another text of it
    assert session.strand() != strand
    strand = session.strand()
    session.start_cycle(lambda said, id, now: new_cycle(said, id, now, frozenset()))
    assert session.strand() != strand
    strand = session.strand()
    session.erase()
    assert session.strand() != strand

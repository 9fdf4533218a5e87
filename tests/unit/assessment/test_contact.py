"""Whom to call: optional, each part a fact of its own, and sound between versions that know it and that do not."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import new_cycle, with_contact, with_details
from pensebete.assessment.field_map import applied, assembled, changes, facts_of
from pensebete.assessment.model import NO_CONTACT, Contact
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import NOW, assess

SAID = {"phone": "418 555-0100", "call_wanted": True, "when": "avant midi", "next_pay": "no", "weeks_of_money": 3}


def written(contact: object) -> bytes:
    head = {"format": "pensebete-dossier", "format_version": 1, "checklist": {"id": "covid-19"}, "contact": contact}
    return json.dumps(head).encode()


def test_what_was_not_said_is_not_in_the_file(checklist):
    assert b"contact" not in dossier_file.dump(assess(organisation="Coop"))
    part = json.loads(dossier_file.dump(with_contact(assess(), NOW, phone="418 555-0100")))["contact"]
    assert part == {"phone": "418 555-0100"}


def test_a_file_goes_through_with_every_part_as_it_was_written(checklist):
    assert json.loads(dossier_file.dump(dossier_file.read(written(SAID), checklist)))["contact"] == SAID


@pytest.mark.parametrize("weeks", [0, 3, 3.5, 520])
def test_whole_weeks_stay_whole_and_others_keep_their_fraction(checklist, weeks):
    read = dossier_file.read(written({"weeks_of_money": weeks}), checklist)
    back = json.loads(dossier_file.dump(read))["contact"]["weeks_of_money"]
    assert (back, type(back)) == (weeks, type(weeks))


@pytest.mark.parametrize(
    ("part", "id"),
    [
        ({"weeks_of_money": -1}, "out_of_bounds"),
        ({"weeks_of_money": 521}, "out_of_bounds"),
        ({"weeks_of_money": 1e300}, "out_of_bounds"),
        ({"weeks_of_money": "3"}, "wrong_value"),
        ({"weeks_of_money": True}, "wrong_value"),
        ({"next_pay": "perhaps"}, "wrong_value"),
        ({"call_wanted": "yes"}, "wrong_value"),
        ({"phone": 4185550100}, "wrong_value"),
        ("418 555-0100", "wrong_value"),
    ],
)
def test_a_part_that_is_not_what_it_should_be_is_refused_by_its_place(checklist, part, id):
    with pytest.raises(dossier_file.DossierError) as refused:
        dossier_file.read(written(part), checklist)
    (problem,) = refused.value.problems
    assert problem.id == id
    for language in LANGUAGES:
        assert "contact" in problem.sentence(wording(language))


def test_not_a_number_of_weeks_is_refused(checklist):
    with pytest.raises(dossier_file.DossierError):
        dossier_file.read(written({"weeks_of_money": float("nan")}), checklist)


def test_each_part_is_a_fact_by_itself():
    said = assess(contact=Contact(phone="418 555-0100", weeks_of_money=3))
    assert (
        facts_of(said).items()
        >= {("detail", "contact.phone"): "418 555-0100", ("detail", "contact.weeks_of_money"): 3}.items()
    )
    ones = changes(said, with_contact(said, NOW, phone="418 555-0199"))
    others = changes(said, with_contact(said, NOW, when="avant midi"))
    assert (set(ones), set(others)) == ({("detail", "contact.phone")}, {("detail", "contact.when")})
    both = applied(applied(said, ones), others).contact
    assert (both.phone, both.when, both.weeks_of_money) == ("418 555-0199", "avant midi", 3)


def test_a_part_taken_back_is_a_fact_taken_away():
    said = assess(contact=Contact(phone="418 555-0100"))
    gone = changes(said, with_contact(said, NOW, phone=""))
    assert gone == {("detail", "contact.phone"): None}
    assert applied(said, gone).contact == NO_CONTACT


def test_a_dossier_saved_whole_by_a_version_that_did_not_know_contacts_is_read_and_what_is_newer_wins():
    facts = {**facts_of(assess()), ("detail", "contact"): {"phone": "418 555-0100", "when": "avant midi"}}
    before = {**facts}
    read = assembled({**facts, ("detail", "contact.phone"): "418 555-0199"}).contact
    assert (read.phone, read.when) == ("418 555-0199", "avant midi")
    assert facts == before
    assert facts["detail", "contact"] == {"phone": "418 555-0100", "when": "avant midi"}


def test_a_contact_is_something_said_and_goes_with_a_new_cycle():
    said = assess(contact=Contact(phone="418 555-0100", not_counted=True))
    assert said.says_something
    assert assess(contact=Contact(not_counted=True)).says_something
    assert not assess().says_something
    assert new_cycle(said, UUID(int=2), NOW, frozenset()).contact == said.contact


def test_asking_not_to_be_counted_is_no_way_to_reach_anybody():
    assert not NO_CONTACT.reaches
    assert not Contact(not_counted=True).reaches
    assert Contact(municipality="Matane", not_counted=True).reaches
    assert Contact(weeks_of_money=0).reaches


def test_other_edits_leave_it_as_it_is():
    said = assess(contact=Contact(phone="418 555-0100"))
    assert with_details(said, NOW, organisation="Coop").contact is said.contact

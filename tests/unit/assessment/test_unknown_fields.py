"""A dossier that another version of the program wrote: what this one does not know is kept, written back and named."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from hypothesis import given

from pensebete.assessment import dossier_file
from pensebete.assessment.edits import (
    confirmed,
    new_cycle,
    with_answer,
    with_choice,
    with_details,
    with_own_action,
    with_planned,
)
from pensebete.assessment.field_map import NULL, applied, assembled, changes, facts_of, value_of, value_text
from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Answer, Assessment, OwnAction, Planned
from pensebete.assessment.unknown_fields import MOST_NAMED, unknown_fields, unknown_fields_words
from pensebete.checklist.model import ChecklistRef
from pensebete.pdf.build import action_plan_pdf
from pensebete.text.wording import wording
from tests.builders import NOW, ODD_NAMES, assess, evaluate, mended, sound, with_unknown, written_dossiers
from tests.cases_tried import few

NB = "\u00a0"
OWN = {"id": str(UUID(int=1)), "item": "lender-relief", "text": "Appeler", "priority": "P1"}
PARTS = {
    (): lambda fields: fields,
    ("checklist",): lambda fields: {"checklist": {"id": "covid-19", **fields}},
    ("contact",): lambda fields: {"contact": {"phone": "418 555-0100", **fields}},
    ("answers", "cash-forecast"): lambda fields: {"answers": {"cash-forecast": {"status": "done", **fields}}},
    ("plan", "lender-relief", "list-loans"): lambda fields: {
        "plan": {"lender-relief": {"list-loans": {"owner": "Ana", **fields}}}
    },
    ("own_actions", "0"): lambda fields: {"own_actions": [{**OWN, **fields}]},
}
VALUES = {
    "text": "Ana",
    "nothing": None,
    "yes": True,
    "a whole number": 3,
    "a number of forty digits": 10**40,
    "a decimal": 2.5,
    "an empty text": "",
    "an empty list": [],
    "an empty mapping": {},
    "a mapping": {"b": {"status": "done", "text": "x"}, "a": [None, {"": 0}]},
    "nulls": [None, [None], {"a": None}],
    "odd characters": "\0 \u2028 \U0001f600 </pre>",
}
MANY = assess(
    {"cash-forecast": with_unknown(Answer(status="done", note="Paul"), {"weight": 3}),
     "lender-relief": with_unknown(Answer(), {"weight": None})},
    plan={"lender-relief": {"list-loans": with_unknown(Planned(owner="Ana"), {"helper": "Luc"}),
                            "call-lenders": with_unknown(Planned(), {"helper": []})}},
    own_actions=(with_unknown(OwnAction(**OWN), {"cost": {"from": 1, "to": 2}}),),
    weather="cold",
)  # fmt: skip
ALL_OF_MANY = {
    ("weather",), ("answers", "cash-forecast", "weight"), ("answers", "lender-relief", "weight"),
    ("plan", "lender-relief", "list-loans", "helper"), ("plan", "lender-relief", "call-lenders", "helper"),
    ("own_actions", "0", "cost"),
}  # fmt: skip


def written(**fields: object) -> bytes:
    head = {"format": "pensebete-dossier", "format_version": 1, "checklist": {"id": "covid-19"}, "language": "fr"}
    return json.dumps({**head, **fields}, ensure_ascii=False).encode()


# Kept and written back


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("place", PARTS, ids=".".join)
def test_a_field_this_version_does_not_know_is_kept_wherever_it_is_and_whatever_it_holds(checklist, place, value):
    content = written(**PARTS[place]({"weight": value}))
    read = dossier_file.read(content, checklist)
    assert list(unknown_fields(read)) == [(*place, "weight")]
    back = dossier_file.dump(read)
    assert json.loads(back) == json.loads(content)
    assert dossier_file.dump(dossier_file.read(back, checklist)) == back
    carried = dossier_file.attached(action_plan_pdf(evaluate(checklist, read), "fr")) if value is None else back
    assert carried == back


@given(written_dossiers)
@few(4)
def test_a_plan_in_pdf_carries_them(checklist, assessment):
    assert dossier_file.read(action_plan_pdf(evaluate(checklist, assessment), "fr"), checklist) == assessment


def test_equal_dossiers_are_equal_files_in_whatever_order_such_fields_came(checklist):
    one = dossier_file.read(written(zeal={"a": 1, "b": [{"d": 3, "c": 2}]}, alarm=1), checklist)
    other = dossier_file.read(written(alarm=1, zeal={"b": [{"c": 2, "d": 3}], "a": 1}), checklist)
    assert one == other
    assert dossier_file.dump(one) == dossier_file.dump(other)


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("place", PARTS, ids=".".join)
def test_no_name_of_a_field_does_harm(checklist, place, name):
    content = written(**PARTS[place]({name: "x"}))
    read = dossier_file.read(content, checklist)
    assert json.loads(dossier_file.dump(read)) == json.loads(content)
    assert assembled(facts_of(read)) == read
    assert read.says_something is (place != ("checklist",))
    assert read.answer("remote-work") == Answer()
    assert read.planned("remote-work", "a") == Planned()
    assert with_details(read, NOW, organisation="Coop").model_copy(deep=True).organisation == "Coop"


def test_such_a_field_is_no_attribute(checklist):
    read = dossier_file.read(written(weight=3, _repr_html_="<script>"), checklist)
    assert not hasattr(read, "weight")
    assert not hasattr(read, "_repr_html_")
    assert read.unknown_fields == {"weight": 3, "_repr_html_": "<script>"}


def test_a_known_field_is_read_as_strictly_beside_one_that_is_not_known(checklist):
    with pytest.raises(dossier_file.DossierError) as refused:
        dossier_file.read(
            written(organization="Coop", organisation=5, answers={"a": {"weight": 3, "status": "perhaps"}}), checklist
        )
    assert [problem.values["place"] for problem in refused.value.problems] == ["organisation", "answers.a.status"]


# Through what is done with a dossier


@pytest.mark.parametrize(
    "edit",
    [
        lambda a: with_answer(a, "cash-forecast", NOW, status=None, note=""),
        lambda a: with_answer(a, "lender-relief", NOW, status="to_do"),
        lambda a: with_answer(with_answer(a, "lender-relief", NOW, note="x"), "lender-relief", NOW, note=""),
        lambda a: confirmed(a, "cash-forecast", NOW),
        lambda a: with_choice(a, "staff", "0", NOW),
        lambda a: with_details(a, NOW, organisation="Coop"),
        lambda a: with_planned(a, "lender-relief", "list-loans", NOW, owner=None),
        lambda a: with_planned(a, "lender-relief", "call-lenders", NOW, comment="vendredi"),
        lambda a: with_own_action(a, a.own_actions[0].model_copy(update={"text": "Écrire"}), NOW),
        lambda a: new_cycle(a, UUID(int=2), NOW, frozenset()),
        lambda a: applied(a, {("detail", "organisation"): "Coop"}),
    ],
)
def test_an_edit_keeps_them_and_an_answer_of_which_only_they_are_left_is_not_thrown_away(edit):
    edited = edit(MANY)
    assert edited != MANY
    assert set(unknown_fields(edited)) == ALL_OF_MANY
    assert facts_of(edited)["own", OWN["id"]]["cost"] == {"from": 1, "to": 2}


def test_they_move_with_what_they_were_said_of_to_a_newer_checklist():
    newer = sound(mended(
        ('version: "1"', 'version: "2"'), ("- id: talk", "- id: speak"), ("belongs_with: talk", "belongs_with: speak"),
        ("renamed: {hear: listen}", "renamed: {hear: listen, talk: speak}"),
    ))  # fmt: skip
    made = Assessment(
        checklist=with_unknown(ChecklistRef(id="small", version="1"), {"digest": "x"}),
        answers={"talk": with_unknown(Answer(), {"weight": 3})},
        plan={"talk": {"write": with_unknown(Planned(), {"helper": "Luc"})}},
        own_actions=(with_unknown(OwnAction(**{**OWN, "item": "talk"}), {"cost": 5}),),
        weather="cold",
    )
    account = migrate(made, newer, None)
    assert account.moved == (("talk", "speak"),)
    assert set(unknown_fields(account.assessment)) == {
        ("weather",), ("checklist", "digest"), ("answers", "speak", "weight"), ("plan", "speak", "write", "helper"),
        ("own_actions", "0", "cost"),
    }  # fmt: skip


def test_each_is_one_fact_beside_the_others():
    assert facts_of(MANY) == {
        ("detail", "checklist"): {"id": "covid-19", "version": "2026.2"},
        ("answer", "cash-forecast", "status"): {"status": "done"},
        ("answer", "cash-forecast", "note"): "Paul",
        ("answer", "cash-forecast", "weight"): 3,
        ("answer", "lender-relief", "weight"): NULL,
        ("plan", "lender-relief", "list-loans", "owner"): "Ana",
        ("plan", "lender-relief", "list-loans", "helper"): "Luc",
        ("plan", "lender-relief", "call-lenders", "helper"): [],
        ("own", OWN["id"]): {**OWN, "cost": {"from": 1, "to": 2}},
        ("detail", "weather"): "cold",
    }


def test_a_mapping_is_one_fact_whatever_it_holds():
    postal = {"name": "Ana", "street": {}}
    assessment = assess({"a": with_unknown(Answer(), {"seen": {"by": {"name": "Luc"}}})}, postal=postal)
    facts = facts_of(assessment)
    assert facts["detail", "postal"] == postal
    assert facts["answer", "a", "seen"] == {"by": {"name": "Luc"}}
    assert assembled(facts) == assessment


def test_a_field_that_bears_the_name_of_the_order_of_own_actions_is_not_taken_for_it():
    first, second = (OwnAction(id=UUID(int=n), text="x", priority="P1") for n in (1, 2))
    before = assess(own_actions=(first, second), own_order="strange")
    after = before.model_copy(update={"own_actions": (second, first)})
    assert applied(before, changes(before, after)) == after
    assert applied(assess(own_actions=(first, second)), changes(assess(), before)).unknown_fields == {
        "own_order": "strange"
    }


@pytest.mark.parametrize(("before", "after"), [(1, True), (0, False), (1, 1.0), (None, 0), ([1], [True])])
def test_values_that_python_takes_for_equal_are_a_change(before, after):
    one, other = assess(weight=before), assess(weight=after)
    assert changes(one, other) == {("detail", "weight"): after}
    assert changes(other, one) == {("detail", "weight"): NULL if before is None else before}
    assert dossier_file.dump(applied(one, changes(one, other))) == dossier_file.dump(other)


def test_a_null_has_a_text_of_its_own_and_is_not_taken_for_a_fact_taken_away():
    assert value_text(NULL) == "null"
    assert value_of("null") is NULL
    assert value_of(None) is None
    assert changes(assess(weight=None), assess()) == {("detail", "weight"): None}


@given(written_dossiers)
def test_facts_make_the_same_file_again(assessment):
    undated = assessment.model_copy(update={"updated_at": None})
    assert dossier_file.dump(assembled(facts_of(undated))) == dossier_file.dump(undated)


# Files made to harm


def deep(levels: int, inmost: str = "0") -> bytes:
    return written(weight="?").replace(b'"?"', ("[" * levels + inmost + "]" * levels).encode())


def test_what_is_read_can_be_written_and_read_again_however_deep_it_goes(checklist):
    deepest = 0
    for levels in (1, 50, 190, 199, 200, 201, 300):
        try:
            read = dossier_file.read(deep(levels), checklist)
        except dossier_file.DossierError:
            continue
        deepest = levels
        assert dossier_file.read(dossier_file.dump(read), checklist) == read
        assert Assessment.model_validate_json(read.model_dump_json(exclude_defaults=True)) == read
        assert assembled({key: value_of(value_text(value)) for key, value in facts_of(read).items()}) == read
    assert deepest >= 190


def test_a_large_file_of_lists_in_lists_is_not_written_back_many_times_as_large(checklist):
    content = deep(180, ",".join(["0"] * 99_000))
    read = dossier_file.read(content, checklist)
    back = dossier_file.dump(read)
    assert len(back) <= len(content) < len(json.dumps(json.loads(back), indent=1)) / 50
    assert dossier_file.read(back, checklist) == read


def test_a_thousand_unknown_fields_are_kept_and_a_few_of_them_named(checklist):
    read = dossier_file.read(written(**{"x" * 400 + str(n): n for n in range(1000)}), checklist)
    assert len(read.unknown_fields) == 1000
    (sentence,) = unknown_fields_words(read, wording("fr"))
    assert len(sentence) < 700


# In words


def test_a_dossier_of_this_version_has_nothing_to_say_of_them():
    assert unknown_fields_words(assess({"cash-forecast": "done"}), wording("fr")) == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", f"Cette version du programme ne connaît pas ce champ du dossier{NB}: "
               f"«{NB}answers.cash-forecast.weight{NB}». Elle ne s’en sert pas et le garde tel quel."),
        ("en", "This version of the program does not know this field of the file: “answers.cash-forecast.weight”. "
               "It does not use it, and keeps it as it is."),
    ],
)  # fmt: skip
def test_one_field_is_named_by_its_place(language, expected):
    assessment = assess({"cash-forecast": with_unknown(Answer(status="done"), {"weight": 3})})
    assert unknown_fields_words(assessment, wording(language)) == [expected]


def test_a_misspelt_field_is_kept_and_named_too(checklist):
    (sentence,) = unknown_fields_words(dossier_file.read(written(organization="Coop"), checklist), wording("fr"))
    assert f"«{NB}organization{NB}»" in sentence


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        (
            "fr",
            3,
            f"ces 3{NB}champs du dossier{NB}: «{NB}f00{NB}», «{NB}f01{NB}» et «{NB}f02{NB}». Elle ne s’en sert pas et",
        ),
        ("fr", MOST_NAMED + 1, f"«{NB}f04{NB}» et 1{NB}autre. "),
        ("fr", MOST_NAMED + 7, f"«{NB}f04{NB}» et 7{NB}autres. "),
        ("en", 2, "these 2 fields of the file: “f00” and “f01”. It does not use them, and keeps them as they are."),
        ("en", MOST_NAMED + 7, "“f04” and 7 more. "),
    ],
)
def test_of_many_fields_the_first_are_named_and_the_others_counted(language, n, expected):
    (sentence,) = unknown_fields_words(assess(**{f"f{m:02}": m for m in range(n)}), wording(language))
    assert expected in sentence
    assert sentence.count("f05") == 0

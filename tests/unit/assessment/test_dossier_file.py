"""The dossier file: what was written is read again, and whatever else is handed in is refused in whole sentences."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO
from time import process_time
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from pensebete.assessment import dossier_file
from pensebete.assessment.dossier_file import DossierError
from pensebete.assessment.model import Answer, Assessment, Planned
from pensebete.assessment.unknown_fields import unknown_fields_words
from pensebete.text.wording import read_sentences, wording
from tests.builders import NOW, ROOT, assess, json_values, typed, written_dossiers
from tests.yardstick import slowness

EXAMPLE = (ROOT / "tests" / "fixtures" / "dossier.json").read_bytes()
OTHER = EXAMPLE.replace(b"Coop du Fleuve", b"Atelier")
TOO_MUCH = b" " * (dossier_file.MAX_BYTES + 1)
HEAD = {"format": "pensebete-dossier", "format_version": 1, "checklist": {"id": "covid-19"}}


def pdf(*attachments: tuple[str, bytes]) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    for name, content in attachments:
        writer.add_attachment(name, content)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def written(**fields: object) -> bytes:
    return json.dumps({**HEAD, **fields}, ensure_ascii=False).encode()


def nested(levels: int, opening: bytes = b"[", closing: bytes = b"]", inmost: bytes = b"0") -> bytes:
    """A dossier with an unknown field that goes so many levels down."""
    return written(weight="?").replace(b'"?"', opening * levels + inmost + closing * levels)


def refusals(content: bytes, checklist) -> list[str]:
    """The ids of the reasons; each is a sentence in both languages, with no hole left in it."""
    with pytest.raises(DossierError) as refused:
        dossier_file.read(content, checklist)
    for language in ("fr", "en"):
        for sentence in refused.value.sentences(wording(language)):
            assert sentence[0].isupper() or sentence[0] == "«"
            assert sentence.endswith(".")
            assert "{" not in sentence or b"{" in content
            assert len(sentence) < 400
    return [problem.id for problem in refused.value.problems]


# What is read


def test_the_example_of_the_contract_reads(checklist):
    assessment = dossier_file.read(EXAMPLE, checklist)
    assert assessment.organisation == "Coop du Fleuve"
    assert assessment.created_at == datetime(2026, 3, 20, 14, 30, tzinfo=UTC)
    assert assessment.profile == {
        "staff": "10-49", "remote-posts": "some", "public-agreements": "yes", "operations": ("stock",),
    }  # fmt: skip
    assert assessment.answer("remote-work") == Answer(status="to_do", overrule=True)
    assert assessment.answer("stock-management").reason == "Aucun stock"
    assert assessment.plan_started_on == date(2026, 3, 28)
    assert assessment.planned("lender-relief", "list-loans") == Planned(owner="finance", due=date(2026, 4, 3))
    assert assessment.own_actions[0].id == UUID("0b8a4c52-8f0e-4c77-8d7c-2f4f6a1b2c3d")
    assert dossier_file.read(dossier_file.dump(assessment), checklist) == assessment


def test_only_format_version_and_checklist_are_required(checklist):
    assert dossier_file.read(written(), checklist) == Assessment(checklist={"id": "covid-19"})


def test_a_status_is_optional(checklist):
    read = dossier_file.read(
        written(answers={"cash-forecast": {"note": "Voir Luc"}, "remote-work": {"overrule": True}}), checklist
    )
    assert read.answer("cash-forecast").status is None
    assert read.answer("remote-work").overrule


def test_ids_that_the_checklist_does_not_know_are_kept(checklist):
    strange = written(answers={"old-item": {"status": "done"}}, profile={"old-question": "yes"}, plan={"a": {"b": {}}})
    read = dossier_file.read(strange, checklist)
    assert read.answer("old-item").status == "done"
    assert read.profile == {"old-question": "yes"}


def test_any_version_of_the_same_checklist_opens(checklist):
    assert (
        dossier_file.read(written(checklist={"id": "covid-19", "version": "1999"}), checklist).checklist.version
        == "1999"
    )


def test_a_byte_order_mark_is_no_obstacle(checklist):
    assert dossier_file.read(b"\xef\xbb\xbf" + EXAMPLE, checklist) == dossier_file.read(EXAMPLE, checklist)


@given(written_dossiers)
def test_what_is_written_is_read_again_equal(checklist, assessment):
    content = dossier_file.dump(assessment)
    assert dossier_file.read(content, checklist) == assessment
    assert dossier_file.dump(dossier_file.read(content, checklist)) == content


@given(written_dossiers)
def test_a_pdf_carries_the_dossier_whole(checklist, assessment):
    carrying = pdf(("autre.txt", b"rien"), (dossier_file.ATTACHMENT, dossier_file.dump(assessment)))
    assert dossier_file.read(carrying, checklist) == assessment


def test_the_same_assessment_always_gives_the_same_bytes():
    once, twice = (dossier_file.dump(assess({"cash-forecast": "done"}, profile={"staff": "0"})) for _ in range(2))
    assert once == twice


def test_what_a_new_cycle_was_copied_from_stands_beside_its_id(checklist):
    ids = UUID(int=2), UUID(int=1)
    content = dossier_file.dump(assess(id=ids[0], previous_id=ids[1], created_at=NOW, updated_at=NOW))
    names = ["format", "format_version", "id", "previous_id", "created_at", "updated_at", "checklist", "language"]
    assert list(json.loads(content)) == names
    read = dossier_file.read(content, checklist)
    assert (read.id, read.previous_id) == ids
    assert unknown_fields_words(read, wording("fr")) == []
    assert refusals(written(previous_id="Coop"), checklist) == ["wrong_value"]


def test_what_was_never_said_is_not_written():
    fields = json.loads(dossier_file.dump(assess({"cash-forecast": "done"})))
    assert fields == {
        "format": "pensebete-dossier",
        "format_version": 1,
        "checklist": {"id": "covid-19", "version": "2026.2"},
        "language": "fr",
        "answers": {"cash-forecast": {"status": "done"}},
    }


def test_a_json_dossier_that_names_a_pdf_is_no_pdf(checklist):
    for content in (written(organisation="%PDF-1.7"), b"\xef\xbb\xbf \n" + written(organisation="%PDF-1.7")):
        assert dossier_file.read(content, checklist).organisation == "%PDF-1.7"


def test_a_pdf_with_a_few_bytes_before_it_is_still_one(checklist):
    carrying = pdf((dossier_file.ATTACHMENT, dossier_file.dump(assess({"cash-forecast": "done"}))))
    assert dossier_file.read(b"\r\n\r\n" + carrying, checklist).answer("cash-forecast").status == "done"


def test_the_first_and_the_last_day_are_days(checklist):
    read = dossier_file.read(written(plan_started_on="2000-01-01", plan={"a": {"b": {"due": "2199-12-31"}}}), checklist)
    assert (read.plan_started_on, read.planned("a", "b").due) == (date(2000, 1, 1), date(2199, 12, 31))


def test_a_long_note_is_text_whatever_signs_it_holds(checklist):
    note = 'a, b, [c], {d}, "e", \\ \n' * 15_000
    assert dossier_file.read(written(answers={"a": {"note": note}}), checklist).answer("a").note == note


# What is refused

NESTED = json.loads("[" * 180 + "]" * 180)
OWN = {"id": "0b8a4c52-8f0e-4c77-8d7c-2f4f6a1b2c3d", "text": "Appeler", "priority": "P1"}
REFUSED = {
    "a note of a megabyte": (lambda: written(answers={"a": {"note": "x" * 1_000_000}}), ["too_much_of.bytes"]),
    "a thousand own actions": (written(own_actions=[OWN] * 1_000), ["too_much_of.own_actions"]),
    "two thousand answers": (
        written(answers={f"i{n}": {"status": "done"} for n in range(2_000)}),
        ["too_much_of.answers"],
    ),
    "an unknown status": (written(answers={"cash-forecast": {"status": "finished"}}), ["wrong_value"]),
    "several mistakes at once": (
        written(organisation=5, answers={"cash-forecast": {"status": "finished"}}, own_actions=[{}]),
        ["wrong_value", "missing_field", "missing_field", "missing_field", "wrong_value"],
    ),
    "money for more weeks than can be": (written(contact={"weeks_of_money": 521}), ["out_of_bounds"]),
    "a number for a choice": (written(profile={"staff": 5}), ["wrong_value"]),
    "a number in a list of choices": (written(profile={"operations": ["stock", 5]}), ["wrong_value"]),
    "a date that does not exist": (written(plan_started_on="2026-02-30"), ["wrong_value"]),
    "a moment beyond time": (written(updated_at=1e300), ["wrong_value"]),
    "a plan of the end of time": (written(plan_started_on="9999-12-31"), ["day_out_of_bounds"]),
    "a plan of another century": (written(plan_started_on="1999-12-31"), ["day_out_of_bounds"]),
    "an action due at the end of time": (written(plan={"a": {"b": {"due": "2200-01-01"}}}), ["day_out_of_bounds"]),
    "an own action due too late": (written(own_actions=[{**OWN, "due": "2200-01-01"}]), ["day_out_of_bounds"]),
    "a day that is a number": (written(plan_started_on=20000), ["wrong_value"]),
    "a moment that is a number": (written(answers={"cash-forecast": {"answered_at": 5}}), ["wrong_value"]),
    "a yes that is a word": (written(answers={"cash-forecast": {"overrule": "yes"}}), ["wrong_value"]),
    "a yes that is a number": (written(plan={"a": {"b": {"set_aside": 1}}}), ["wrong_value"]),
    "not a number": (written(id=float("nan")), ["wrong_value"]),
    "no number, in an unknown field": (written(weight=[float("nan")]), ["wrong_value"]),
    "a number beyond any, in an unknown field": (written(weight="?").replace(b'"?"', b"1e999"), ["wrong_value"]),
    "10,000 lists in an unknown field": (nested(10_000), ["not_json"]),
    "a text that never ends": (b'{"format": "pensebete-dossier", "note": "' + b'\\"' * 1_000_000, ["not_json"]),
    "10,000 mappings in an unknown field": (nested(10_000, b'{"a":', b"}"), ["not_json"]),
    "no checklist": (b'{"format": "pensebete-dossier", "format_version": 1}', ["missing_field"]),
    "a checklist that is a word": (written(checklist="covid-19"), ["wrong_value"]),
    "another checklist": (written(checklist={"id": "grippe"}), ["another_checklist"]),
    "a later format": (written(format_version=2), ["format_version"]),
    "a format that is a word": (written(format_version="1"), ["format_version"]),
    "a format that is true": (written(format_version=True), ["format_version"]),
    "no format version": (b'{"format": "pensebete-dossier", "checklist": {"id": "covid-19"}}', ["missing_field"]),
    "another program's JSON": (b'{"name": "webpage", "version": 2}', ["another_program"]),
    "a JSON list": (b"[1, 2]", ["another_program"]),
    "null": (b"null", ["another_program"]),
    "an empty file": (b"", ["not_json"]),
    "half a file": (EXAMPLE[: len(EXAMPLE) // 2], ["not_json"]),
    "UTF-16": ('{"format": "pensebete-dossier"}'.encode("utf-16"), ["not_json"]),
    "not UTF-8": (EXAMPLE.decode().encode("latin-1"), ["not_json"]),
    "a lone surrogate": (b'{"format": "pensebete-dossier", "organisation": "\\ud800"}', ["not_json"]),
    "100,000 nested mappings": (b'{"a":' * 100_000, ["not_json"]),
    "1,000,000 brackets": (b"[" * 1_000_000, ["too_many_values"]),
    "a number of 5,000 digits": (b'{"format_version": ' + b"9" * 5000 + b"}", ["not_json"]),
    "a file too large": (TOO_MUCH, ["too_large"]),
    "200,000 unknown fields": (lambda: written(**dict.fromkeys(map(str, range(200_000)), 0)), ["too_many_values"]),
    "200,000 answers": (lambda: written(answers={str(n): {} for n in range(200_000)}), ["too_many_values"]),
    "200,000 lists in lists": (lambda: written(weight=[NESTED] * 1100), ["too_many_values"]),
    "a PDF without a dossier": (pdf(), ["nothing_attached"]),
    "a PDF with another attachment": (pdf(("budget.json", b'{"a": 1}')), ["nothing_attached"]),
    "a PDF that carries another program's JSON": (pdf((dossier_file.ATTACHMENT, b'{"a": 1}')), ["another_program"]),
    "a PDF that carries too much": (lambda: pdf((dossier_file.ATTACHMENT, TOO_MUCH))[:], ["too_large"]),
    "a PDF with two dossiers": (pdf((dossier_file.ATTACHMENT, EXAMPLE), ("copie.json", OTHER)), ["several"]),
    "only the head of a PDF": (b"%PDF-1.7\n", ["broken_pdf"]),
    "noise with the head of a PDF": (b"%PDF-1.7\n" + bytes(range(256)) * 40, ["broken_pdf"]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reasons"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_in_a_sentence_within_a_second(checklist, content, reasons):
    content = content() if callable(content) else content  # what is large is made for its test alone
    start = process_time()
    assert sorted(refusals(content, checklist)) == sorted(reasons)
    assert process_time() - start < 1 * slowness()


def test_to_extract_from_a_file_that_is_no_pdf_is_refused():
    for content in (EXAMPLE, b"", b"%PDF"):
        with pytest.raises(DossierError) as refused:
            dossier_file.attached(content)
        assert [problem.id for problem in refused.value.problems] == ["not_pdf"]


def test_every_sentence_of_refusal_has_a_file_that_earns_it():
    ids = (id for id in read_sentences("fr", "dossier")._catalog if isinstance(id, str) and id)  # no plurals
    sentences = {id.removeprefix("dossier.") for id in ids}
    kept = {"field", "too_much"}  # what reading takes is told where it is read by a child process
    kept |= {
        id
        for id in sentences
        if id.startswith(("file.", "pdf.", "comment", "of_file", "desk.", "working_file.", "review."))
    }  # tests/unit/desk
    assert {reason for _, reasons in REFUSED.values() for reason in reasons} | {"not_pdf"} == sentences - kept


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "La valeur de «\u00a0answers.cash-forecast.status\u00a0» ne convient pas\u00a0: finished."),
        ("en", "The value of “answers.cash-forecast.status” does not fit: finished."),
    ],
)
def test_a_refusal_names_the_place(checklist, language, expected):
    with pytest.raises(DossierError) as refused:
        dossier_file.read(written(answers={"cash-forecast": {"status": "finished"}}), checklist)
    assert refused.value.sentences(wording(language))[0].startswith(expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            written(plan={"lender-relief": {"list-loans": {"due": "9999-12-31"}}}),
            "La date «\u00a0plan.lender-relief.list-loans.due\u00a0» doit être entre 2000-01-01 et 2199-12-31; "
            "le fichier donne 9999-12-31.",
        ),
        (written(format_version="1"), 'Ce dossier est au format "1"; ce programme lit le format 1.'),
        (written(format_version=None), "Ce dossier est au format null; ce programme lit le format 1."),
    ],
)
def test_a_refusal_says_what_the_file_gives_and_what_would_do(checklist, content, expected):
    with pytest.raises(DossierError) as refused:
        dossier_file.read(content, checklist)
    assert refused.value.sentences(wording("fr"))[0].startswith(expected)


def test_nothing_is_said_of_a_damaged_pdf_but_the_sentence(checklist, caplog, capfd):
    for damaged in (
        b"%PDF-1.7\n" + b"secret " * 40,
        _WHOLE[: len(_WHOLE) * 2 // 3],
        _WHOLE.replace(b"startxref", b"x"),
    ):
        read_or_refused(damaged, checklist)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_a_thousand_mistakes_give_a_page_and_not_a_book(checklist):
    assert len(refusals(written(answers={f"item{n}": 1 for n in range(1000)}), checklist)) == 20


_WHOLE = pdf((dossier_file.ATTACHMENT, EXAMPLE))


@given(st.integers(0, len(_WHOLE) - 1))
def test_a_pdf_cut_short_anywhere_is_read_or_refused(checklist, length):
    read_or_refused(_WHOLE[:length], checklist)


@given(st.binary(max_size=200), st.sampled_from([b"", b"%PDF-1.7\n", b"\xef\xbb\xbf", b"{", b'{"format":']))
def test_random_bytes_are_refused(checklist, noise, head):
    assert refusals(head + noise, checklist)


@given(st.data())
def test_a_dossier_with_a_byte_changed_is_read_or_refused(checklist, data):
    for source in (EXAMPLE, _WHOLE):
        place = data.draw(st.integers(0, len(source) - 1))
        changed = bytearray(source)
        changed[place] = data.draw(st.integers(0, 255))
        read_or_refused(bytes(changed), checklist)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*Assessment.model_fields, "format_version", "other"]), _json, max_size=4))
def test_any_value_in_any_field_is_read_or_refused(checklist, fields):
    read_or_refused(json.dumps({**HEAD, **fields}).encode(), checklist)


def read_or_refused(content: bytes, checklist) -> None:
    """What is read can be written and read again; what is refused is refused in sentences."""
    try:
        read = dossier_file.read(content, checklist)
    except DossierError as error:
        refused = error
    else:
        assert dossier_file.read(dossier_file.dump(read), checklist) == read
        return
    for language in ("fr", "en"):
        assert all(refused.sentences(wording(language)))


@settings(max_examples=60)
@given(st.dictionaries(typed, json_values))
def test_a_dossier_is_written_as_json_is_indented(said):
    assert dossier_file._indented(said) == json.dumps(said, ensure_ascii=False, indent=1).encode()

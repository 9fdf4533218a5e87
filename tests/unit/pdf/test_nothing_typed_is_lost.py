"""Whatever a person can paste is in the PDF, as typed or as its stated replacement, and equal in the attachment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer, Contact, Planned
from pensebete.pdf.build import action_plan_pdf
from pensebete.pdf.fonts.right_to_left import letters
from pensebete.pdf.fonts.typeface import readable
from tests.builders import MONDAY, assess, evaluate
from tests.cases_tried import few
from tests.dossiers import input_language, own_action
from tests.pdf_reading import same_looking
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.spoken import spoken

_PASTED = (
    "L’été, « où » ça : 5 % ?",
    "👩\u200d👩\u200d👧 🙂 🇨🇦 ❤\ufe0f",
    "شكرا جزيلا",
    "\u202eabc\u202c \u2067שלום\u2069",
    "張偉 さくら 김치",
    "e\u0301 n\u0303 a\u030a\u0323 Z\u0351\u036b\u0343",
    "\x00\x07\x1b[31m\x7f\x85",
    "a\tb\r\nc\rd\u2028e\u2029f\x0bg",
    "https://exemple.org/" + "très-long-chemin/" * 20,
    "M" * 300,
    "\ue000 \ufffe \U0010ffff",
    "K Å µ ﬁ \u00ad\u200b\ufeff",
    "{nb} {0} (a\\) \\( %PDF <</Type>> EMC",
)
_texts = st.lists(
    st.sampled_from(_PASTED) | st.text(st.characters(exclude_categories=("Cs",)), max_size=30), max_size=4
).map(" ".join)


@st.composite
def _dossiers(draw: st.DrawFn, items: list[tuple[str, str]]):
    texts = [draw(_texts) for _ in range(9)]
    (first, action), (second, _) = draw(st.permutations(items))[:2]
    return assess(
        {
            first: Answer(status="to_do", note=texts[0]),
            second: Answer(status="not_applicable", reason=texts[1], note=texts[2]),
            "old-item": Answer(note=texts[3]),
        },
        organisation=texts[4],
        prepared_by=texts[5],
        contact=Contact(name=texts[0], phone=texts[1], email=texts[2], municipality=texts[3], when=texts[4]),
        plan={first: {action: Planned(comment=texts[6], owner=texts[7][:100])}},
        own_actions=(own_action(1, texts[8], comment=texts[0]),),
        language=draw(st.sampled_from(["fr", "en"])),
    )


def heard(text: str) -> str:
    """Without spaces, each character as the first of those drawn alike; a form of an Arabic letter is that letter."""
    return "".join(map(same_looking, letters("".join(readable(text).split()))))


@few(5)
@given(data=st.data())
def test_each_text_is_in_the_pdf_and_equal_in_the_attachment(checklist, data):
    items = [(item.id, item.actions[0].id) for item in checklist.items.values() if item.actions]
    assessment = data.draw(_dossiers(items))
    pdf = action_plan_pdf(evaluate(checklist, assessment, MONDAY), "fr")
    assert dossier_file.read(pdf, checklist) == assessment
    texts = [heard(text) for text in spoken(pdf)]
    assert [typed for typed in input_language(assessment) if not any(heard(typed) in text for text in texts)] == []
    assert faults(pdf) == []


def noted(checklist, note: str) -> list[str]:
    """What is read of a plan with that note."""
    answered = assess({next(iter(checklist.items)): Answer(status="done", note=note)})
    return spoken(action_plan_pdf(evaluate(checklist, answered, MONDAY), "fr"))


def test_a_character_the_font_lacks_is_drawn_as_a_box_and_read_as_itself(checklist):
    texts = noted(checklist, "Bravo 張偉 🙂!")
    assert "Note\u00a0: Bravo 張偉 🙂!" in [text.replace("Note :", "Note\u00a0:") for text in texts]


def test_what_is_no_character_is_a_box_for_every_reader(checklist):
    texts = noted(checklist, "a\ue000\uffffb")
    assert any("a▯▯b" in text for text in texts)


def test_lines_of_a_note_are_read_with_the_spaces_between_their_words(checklist):
    note = "Une phrase assez longue pour prendre plusieurs lignes, " * 6 + "fin"
    texts = noted(checklist, note)
    assert any(note in text for text in texts)

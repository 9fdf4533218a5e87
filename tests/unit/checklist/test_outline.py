"""The outline: the whole logic of a checklist, in words that need no YAML."""

from __future__ import annotations

import json

import pytest

from pensebete.checklist.condition_text import condition_words, levels_words
from pensebete.checklist.model import Condition
from pensebete.checklist.outline import as_markdown, outline, weight_words, within_words
from pensebete.cli.main import main
from pensebete.text.terminal import escaped
from pensebete.text.wording import wording
from tests.builders import MINIMAL, SHIPPED, mended, sound

FR, EN = wording("fr"), wording("en")
STAFF = "the answer to “Staff?” is"
NOT_STAFF = "the answer to “Staff?” is not"
DO = "the answers to “Which operations?”"

CONDITIONS = [
    ({"staff": ["some"]}, f"{STAFF} “Yes”"),
    ({"staff": ["some", "none"]}, f"{STAFF} “Yes” or “No”"),
    ({"operations": ["stock"]}, f"{DO} include “Inventory”"),
    ({"staff": ["some"], "operations": ["stock"]}, f"{STAFF} “Yes” and {DO} include “Inventory”"),
    ({"not": {"staff": ["none"]}}, f"{NOT_STAFF} “No”"),
    ({"not": {"operations": ["stock", "none"]}}, f"{DO} do not include “Inventory” or “None”"),
    ({"not": {"not": {"staff": ["none"]}}}, f"{STAFF} “No”"),
    ({"any": [{"staff": ["some"]}, {"operations": ["stock"]}]}, f"{STAFF} “Yes” or {DO} include “Inventory”"),
    (
        {"not": {"any": [{"staff": ["some"]}, {"operations": ["stock"]}]}},
        f"{NOT_STAFF} “Yes” and {DO} do not include “Inventory”",
    ),
    (
        {"not": {"all": [{"staff": ["some"]}, {"operations": ["stock"]}]}},
        f"{NOT_STAFF} “Yes” or {DO} do not include “Inventory”",
    ),
    (
        {"staff": ["some"], "any": [{"staff": ["none"]}, {"operations": ["stock"]}]},
        f"{STAFF} “Yes” and ({STAFF} “No” or {DO} include “Inventory”)",
    ),
    ({"any": [{"staff": ["some"]}]}, f"{STAFF} “Yes”"),
    ({"gone": ["lost"]}, "the answer to “gone” is “lost”"),
]


@pytest.fixture
def run(capsys):
    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


@pytest.mark.parametrize(("condition", "words"), CONDITIONS)
def test_a_condition_is_said_with_the_questions_and_answers_a_manager_reads(minimal, condition, words):
    assert condition_words(minimal, Condition.model_validate(condition), EN) == words


def test_a_condition_is_said_in_french_too(minimal):
    condition = Condition.model_validate({"not": {"staff": ["none", "some"]}})
    assert condition_words(minimal, condition, FR) == (
        "la réponse à «\u00a0Du personnel?\u00a0» n’est pas «\u00a0Non\u00a0» ou «\u00a0Oui\u00a0»"
    )


def test_times_weights_and_levels_are_said_as_people_write_them(minimal):
    assert [within_words(within, FR) for within in ("48h", "1d", "2w")] == ["48 heures", "1 jour", "2 semaines"]
    assert weight_words(minimal.items["cash"].weighs, FR) == "1,5"
    assert weight_words(minimal.items["talk"].weighs, FR) == "2"
    assert levels_words(minimal.readiness.essential, EN) == "urgency 3 and impact 3"
    assert levels_words(minimal.quick_win, FR) == "effort 1"


def test_every_item_action_question_and_band_of_the_shipped_checklist_is_in_its_outline(checklist):
    for say in (FR, EN):
        text = as_markdown(outline(checklist, say), say, lambda text: text)
        for domain in checklist.domains:
            assert f"## {domain.title[say.language]} (" in text
            for item in domain.items:
                assert f"### {item.ref} · {item.title[say.language]}\n" in text
                assert all(action.text[say.language] in text for action in item.actions)
        assert all(question.question[say.language] in text for question in checklist.profile)
        assert all(band.label[say.language] in text for band in checklist.bands)


def test_items_stand_in_reading_order(checklist):
    items = [item.id for domain in outline(checklist, FR).domains for item in domain.items]
    assert items == list(checklist.items)


def test_a_question_names_the_items_it_decides_on_by_their_actions_too(minimal):
    staff, operations = outline(minimal, EN).profile
    assert staff.decides == ("P1", "P1a")
    assert operations.decides == ("P1", "P1a")


def test_bands_cover_0_to_100_in_any_order_they_are_written():
    text = mended(("{id: low, from: 0,", "{id: low, from: 50,"), ("{id: high, from: 50,", "{id: high, from: 0,"))
    assert outline(sound(text), EN).bands == ("High: 0% to 49%", "Low: 50% to 100%")


def test_what_a_checklist_says_stands_in_the_outline_as_written():
    found = sound(mended(("fr: Parler, en: Talk}", "fr: 'a *b* <i> [c](d)', en: Talk}")))
    assert "### P1 · a \\*b\\* \\<i\\> \\[c\\](d)\n" in as_markdown(outline(found, FR), FR, escaped)


def test_a_text_of_the_checklist_can_neither_turn_the_line_round_nor_forge_a_line(run, tmp_path):
    file = tmp_path / "strange.yaml"
    file.write_text(mended(("{fr: Parler, en: Talk}", '{fr: "a\\n# b\\u202e", en: Talk}')), encoding="utf-8")
    assert "### P1 · a \\# b\n" in run("outline", file)[1]


def test_the_command_prints_markdown_in_the_language_asked_for(run):
    code, out, err = run("outline", MINIMAL)
    assert (code, err) == (0, "")
    assert out.startswith("# Petite liste\n\nVersion 1\u00a0: 3 éléments, 2 domaines et 2 questions de profil.\n")
    assert "Applies if the answer to “Staff?” is “Yes”, or as long as" in run("outline", MINIMAL, "--lang", "en")[1]


def test_an_action_names_the_subject_of_its_ready_message(minimal):
    text = as_markdown(outline(minimal, EN), EN, lambda text: text)
    assert "ready message: “Meeting”\n" in text
    assert text.count("ready message") == 1


def test_the_command_prints_json_with_ids(run):
    code, out, _ = run("outline", SHIPPED, "--format", "json", "--lang", "en")
    found = json.loads(out)
    assert (code, found["id"], found["version"]) == (0, "covid-19", "2026.2")
    first = found["domains"][0]["items"][0]
    assert first["id"] == "board-position"
    assert (first["condition"], first["weight"], first["ranked"], first["essential"]) == ("", "3", "P1", True)
    assert first["actions"][0]["within"] == "48 hours"


def test_the_command_names_the_mistakes_of_a_file_it_cannot_outline(run, tmp_path):
    file = tmp_path / "broken.yaml"
    file.write_text(mended(("vital: true", "vitl: true")), encoding="utf-8")
    code, out, err = run("outline", file)
    assert (code, out) == (1, "")
    assert f"{file}:45:5: unknown-field" in err

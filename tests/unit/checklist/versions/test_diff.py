"""What changes between two versions of a checklist, in words, and what that asks of dossiers in progress."""

from __future__ import annotations

import json

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Planned
from pensebete.checklist.model import ChecklistRef
from pensebete.checklist.versions.diff import diff
from pensebete.checklist.versions.diff_text import change_words, stretches
from pensebete.cli.main import main
from pensebete.evaluation.comparison import Moment, compare
from pensebete.evaluation.impact import effect, effect_on
from pensebete.evaluation.impact_text import effect_words
from pensebete.text.wording import wording
from tests.builders import MINIMAL, MONDAY, SHIPPED, assess, evaluate, every, mended, sound

FR, EN = wording("fr"), wording("en")
NEWER = ('version: "1"', 'version: "2"')
ITEM = """      - id: rest
        ref: P2
        title: {fr: Souffler, en: Rest}
        help: {fr: Soufflez, en: Do rest}
        criteria: {done: {fr: Soufflé, en: Rested}, in_progress: {fr: Entamé, en: Begun}}
        urgency: 2
        impact: 1
        effort: 1
        actions: [{id: pause, text: {fr: Pause, en: Pause}, within: 30d, owner: board}]
renamed: {hear: listen}"""


def newer(*changes: tuple[str, str]):  # type: ignore[no-untyped-def]
    return sound(mended(NEWER, *changes))


def said(minimal, *changes: tuple[str, str], say=EN) -> list[str]:  # type: ignore[no-untyped-def]
    return [f"{change.about}: {change_words(change, say)}" for change in diff(minimal, newer(*changes), say)]


CHANGES = [
    (("en: Do talk}", "en: Talk now}"), "P1 · Talk: Help (English): “Do talk” becomes “Talk now”."),
    (("done: {fr: Parlé,", "done: {fr: Dit,"), "P1 · Talk: Criterion for “done” (French): “Parlé” becomes “Dit”."),
    (("weight: 1.5", "weight: 2"), "M1 · Count: Weight in the score: “1.5” becomes “2”."),
    (("valid_days: 7", "valid_days: 1"), "M1 · Count: To confirm again after: “7 days” becomes “1 day”."),
    (
        ("        applies_when: {staff: [some]}\n", ""),
        "P1 · Talk: Condition: “the answer to “Staff?” is “Yes”” becomes “always”.",
    ),
    (
        ("within: 2w, owner: board, applies", "within: 1w, owner: board, applies"),
        "P1 · Talk: “Meet”, time frame: “2 weeks” becomes “1 week”.",
    ),
    (("id: write, text", "id: note, text"), "P1 · Talk: Added: “Write”."),
    (
        ("en: Come on Monday", "en: Come on Tuesday"),
        "P1 · Talk: “Meet”, text of the ready message (English): “Come on Monday” becomes “Come on Tuesday”.",
    ),
    (
        ("message: {subject", "message: {to: staff, subject"),
        "P1 · Talk: “Meet”, recipient of the ready message: “others” becomes “staff”.",
    ),
    (
        ("id: write, text", "id: note, text"),
        "P1 · Talk: Vanished without being under “retired” or “renamed”: “Write”. "
        "What was said of it no longer counts.",
    ),
    (("{id: high, from: 50", "{id: high, from: 60"), "High: From: “50%” becomes “60%”."),
    (
        ("id: stock, label: {fr: Stocks,", "id: stock, label: {fr: Stock,"),
        "Which operations?: “Inventory”, name (French): “Stocks” becomes “Stock”.",
    ),
    (("weak_domain_below: 40", "weak_domain_below: 30"), "Rules of the score: Weak domain under: “40%” becomes “30%”."),
    (("within: 2w}\nquick", "within: 3w}\nquick"), "P2: Time frame: “2 weeks” becomes “3 weeks”."),
    (("vital: true", "vital: false"), "Money: Vital domain: “yes” becomes “no”."),
    (("title: {fr: Personnes,", "title: {fr: Gens,"), "People: Title (French): “Personnes” becomes “Gens”."),
    (("preface: {fr: Voici", "preface: {fr: Voilà"), "Checklist: Preface (French): “Voici” becomes “Voilà”."),
    (("board: {fr: Conseil,", "board: {fr: CA,"), "Board: Name (French): “Conseil” becomes “CA”."),
    (("renamed: {hear: listen}", ITEM), "P2 · Rest: New item, in “People”."),
]


@pytest.fixture
def run(capsys):
    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


@pytest.mark.parametrize(("change", "words"), CHANGES, ids=[words for _, words in CHANGES])
def test_each_kind_of_change_is_said_in_words(minimal, change, words):
    assert words in said(minimal, change)


def test_nothing_is_said_of_a_checklist_that_only_has_another_number(minimal):
    assert said(minimal) == []


def test_a_question_asked_otherwise_is_one_change_and_none_of_the_conditions_that_name_it(minimal):
    assert said(
        minimal, ("question: {fr: Du personnel?, en: Staff?}", "question: {fr: Du personnel?, en: Any staff?}")
    ) == ["Any staff?: Question (English): “Staff?” becomes “Any staff?”."]


def test_urgency_takes_class_and_essential_with_it(minimal):
    changes = diff(minimal, newer(("urgency: 3\n        impact: 3", "urgency: 2\n        impact: 3")), EN)
    assert [(change.field, change.before, change.after) for change in changes] == [
        ("urgency", "3", "2"),
        ("class", "P1", "P2"),
        ("essential", "yes", "no"),
    ]
    assert {change.kind for change in changes} == {"weights"}


def test_an_item_renamed_retired_or_vanished_is_told_apart(minimal):
    text = mended(NEWER)
    listen = text.index("      - id: listen")
    end = text.index("renamed: {hear")
    renamed = sound(
        text.replace("id: listen", "id: hearken").replace("{hear: listen}", "{hear: hearken, listen: hearken}")
    )
    retired = sound(text[:listen] + text[end:].replace("{hear: listen}", "{}").replace("[count-stock]", "[listen]"))
    vanished = sound(text[:listen] + text[end:].replace("{hear: listen}", "{}"))
    for checklist, kind, words in (
        (renamed, "renamed", "L’identifiant «\u00a0listen\u00a0» a changé"),
        (retired, "retired", "Retiré\u00a0: les réponses"),
        (vanished, "vanished", "Disparu sans être inscrit"),
    ):
        (change,) = (c for c in diff(minimal, checklist, FR) if c.part == "items")
        assert change.kind == kind
        assert change_words(change, FR).startswith(words)


def test_an_item_of_another_domain_has_moved(minimal):
    text = mended(NEWER)
    cash = text.index("      - id: cash")
    listen, end = text.index("      - id: listen"), text.index("renamed: {hear")
    alone = text[listen:end].replace("        belongs_with: talk\n", "")
    moved = sound(text[:cash] + alone + text[cash:listen] + text[end:])
    assert [(c.kind, c.before, c.after) for c in diff(minimal, moved, EN) if c.kind == "moved"] == [
        ("moved", "People", "Money")
    ]


def test_of_items_that_changed_place_the_fewest_are_named(minimal):
    text = mended(NEWER)
    money, people, end = text.index("  - id: money"), text.index("  - id: people"), text.index("renamed: {hear")
    swapped = sound(text[:money] + text[people:end] + text[money:people] + text[end:])
    changes = diff(minimal, swapped, EN)
    assert [(c.part, c.id, c.kind) for c in changes if c.part == "domains"] == [("domains", "people", "reordered")]


def test_of_a_long_text_only_what_changed_and_some_words_around_are_shown():
    before = " ".join(f"w{n}" for n in range(60))
    after = before.replace("w30", "new")
    assert stretches(before, after) == (
        "… w24 w25 w26 w27 w28 w29 w30 w31 w32 w33 w34 w35 w36 …",
        "… w24 w25 w26 w27 w28 w29 new w31 w32 w33 w34 w35 w36 …",
    )
    assert stretches("a b", "a c") == ("a b", "a c")
    assert stretches(before, f"{before} end") == ("… w54 w55 w56 w57 w58 w59", "… w54 w55 w56 w57 w58 w59 end")


# Dossiers in progress


def test_a_new_item_is_to_be_answered_and_a_reworded_one_to_be_confirmed_in_its_language_alone(minimal):
    found = effect(minimal, newer(("renamed: {hear: listen}", ITEM), ("en: Do talk}", "en: Talk now}")))
    assert [item.id for item in found.to_answer] == ["rest"]
    assert {language: [i.id for i in items] for language, items in found.to_confirm.items()} == {
        "fr": [],
        "en": ["talk"],
    }
    assert found.announced


def test_a_change_under_the_same_number_is_counted_and_said_to_be_told_to_nobody(minimal):
    found = effect(minimal, sound(mended(("en: Do talk}", "en: Talk now}"))))
    assert len(found.to_confirm["en"]) == 1
    assert not found.announced
    assert effect(minimal, minimal).announced


def test_the_general_figures_are_those_a_full_dossier_meets_when_it_is_opened(minimal):
    later = newer(("renamed: {hear: listen}", ITEM), ("en: Do talk}", "en: Talk now}"))
    full = assess(every(minimal, "done"), checklist="small", language="en")
    account, found = migrate(full, later, minimal), effect(minimal, later)
    assert account.new == tuple(item.id for item in found.to_answer)
    assert account.reworded == tuple(item.id for item in found.to_confirm["en"])


def test_of_one_dossier_the_items_are_named_that_its_profile_lets_in_or_sets_aside_now(minimal):
    later = newer(
        ("applies_when: {staff: [some]}\n        urgency: 1", "applies_when: {staff: [none]}\n        urgency: 1")
    )
    with_staff = assess({"cash": "done"}, checklist="small", profile={"staff": "some"})
    without = assess({"cash": "done"}, checklist="small", profile={"staff": "none"})
    assert [item.id for item in effect_on(with_staff, minimal, later, MONDAY).set_aside_now] == ["talk"]
    assert [item.id for item in effect_on(without, minimal, later, MONDAY).apply_now] == ["talk"]


def test_of_a_dossier_made_with_neither_version_it_is_said_that_rewording_is_not_known(minimal):
    known = assess({"cash": "done"}, checklist="small")
    other = known.model_copy(update={"checklist": ChecklistRef(id="small", version="0")})
    assert not effect_on(other, minimal, newer(), MONDAY).version_known
    assert effect_on(known, minimal, newer(), MONDAY).version_known


# Ids of every kind

SHIPPED_TEXT = SHIPPED.read_text(encoding="utf-8")
OTHER_STAFF = [("staff:", "size:"), ("id: staff\n", "id: size\n"), ('"2026.2"', '"2026.3"')]


def shipped(*changes: tuple[str, str], renamed: str = "", retired: str = ""):  # type: ignore[no-untyped-def]
    text = SHIPPED_TEXT
    for was, now in changes:
        assert was in text
        text = text.replace(was, now)
    if renamed:
        text = text.replace("\nrenamed:\n", f"\nrenamed:\n  {renamed}\n")
    return sound(text.replace("retired: []", f"retired: [{retired}]"))


def test_a_question_renamed_without_a_word_is_new_to_answer_and_what_was_answered_is_lost(checklist):
    """17 actions of this dossier become 26, and it was said that nothing new awaits an answer."""
    later = shipped(*OTHER_STAFF)
    found = effect(checklist, later)
    assert [question.id for question in found.questions] == ["size"]
    assert [part.name for part in found.lost] == ["profile/staff"]
    words = " ".join(effect_words(found, FR))
    assert "Une nouvelle question de profil attend une réponse" in words
    assert "La réponse à une question de profil est gardée et ne compte plus" in words
    assert "Rien de nouveau" not in words
    dossier = assess(every(checklist, "to_do"), profile={"staff": "0"})
    one = effect_on(dossier, checklist, later, MONDAY)
    assert [question.id for question in one.questions] == ["size"]
    assert [part.name for part in one.lost] == ["profile/staff"]
    assert len(evaluate(later, one.account.assessment).plan) > len(evaluate(checklist, dossier).plan)


def test_a_question_renamed_with_its_line_changes_no_plan_and_is_one_line_of_the_difference(checklist):
    later = shipped(*OTHER_STAFF, renamed="profile/staff: profile/size")
    dossier = assess(every(checklist, "to_do"), profile={"staff": "0"})
    carried = effect_on(dossier, checklist, later, MONDAY)
    assert carried.account.moved_choices == (("profile/staff", "profile/size"),)
    assert (carried.questions, carried.lost, carried.before) == ((), (), carried.after)
    plans = evaluate(checklist, dossier).plan, evaluate(later, carried.account.assessment).plan
    assert [(a.name, a.owner, a.due) for a in plans[0]] == [(a.name, a.owner, a.due) for a in plans[1]]
    assert [(c.part, c.id, c.kind, c.after) for c in diff(checklist, later, FR)] == [
        ("profile", "size", "renamed", "staff")
    ]


KINDS = {
    "owner": (
        [("  finance:", "  money:"), ("owner: finance", "owner: money")],
        "owners/finance: owners/money",
        "texts",
    ),
    "class": ([("class: P1", "class: N1")], "ranking/P1: ranking/N1", "ranking"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_renamed_in_the_whole_file_is_one_line_and_no_change_of_what_names_it(checklist, kind):
    changes, rename, part = KINDS[kind]
    later = shipped(*changes, ('"2026.2"', '"2026.3"'), renamed=rename)
    assert [(c.part, c.kind, c.fate) for c in diff(checklist, later, FR)] == [(part, "renamed", "renamed")]
    lost = diff(checklist, shipped(*changes, ('"2026.2"', '"2026.3"')), FR)
    assert {(c.kind, c.fate) for c in lost if c.part == part} == {("new", "new"), ("vanished", "vanished")}
    old = rename.partition(":")[0]
    gone = diff(checklist, shipped(*changes, ('"2026.2"', '"2026.3"'), retired=old), FR)
    assert {(c.kind, c.fate) for c in gone if c.part == part} == {("new", "new"), ("retired", "retired")}


def test_an_action_and_an_option_are_compared_with_what_they_were(minimal):
    note = ("id: write, text: {fr: Écrire, en: Write}", "id: note, text: {fr: Noter, en: Note down}")
    some = ("{id: some, label: {fr: Oui, en: Yes}}", "{id: any, label: {fr: Oui, en: Indeed}}")

    def later(lines: str = "hear: listen", retired: str = "count-stock"):  # type: ignore[no-untyped-def]
        text = mended(NEWER, note, some).replace("[some]", "[any]").replace("hear: listen", lines)
        return sound(text.replace("[count-stock]", f"[{retired}]"))

    followed = later("hear: listen, talk/write: talk/note, profile/staff/some: profile/staff/any")
    assert [f"{c.about}: {change_words(c, EN)}" for c in diff(minimal, followed, EN)] == [
        "P1 · Talk: “Note down”: the id “write” becomes “note”, and what was said of it follows.",
        "P1 · Talk: “Note down”, text (French): “Écrire” becomes “Noter”.",
        "P1 · Talk: “Note down”, text (English): “Write” becomes “Note down”.",
        "Staff?: “Indeed”: the id “some” becomes “any”, and what was said of it follows.",
        "Staff?: “Indeed”, name (English): “Yes” becomes “Indeed”.",
    ]
    assert effect(minimal, followed).lost == ()
    for lines, fate in (("count-stock", "vanished"), ("talk/write, profile/staff/some", "retired")):
        without = later(retired=lines)
        assert {(c.inside, c.fate) for c in diff(minimal, without, EN) if c.fate} == {
            *(("Note down", "new"), ("Write", fate), ("Indeed", "new"), ("Yes", fate)),
        }
        found = effect(minimal, without)
        assert [part.name for part in found.lost] == ["profile/staff/some", "talk/write"]
        assert effect_words(found, EN)[-2:] == [
            "A profile choice is kept and no longer counts: “Yes” (Staff?).",
            "An action leaves the plan, with the lead, the date and the comment it was given: P1 · Write.",
        ]
    spoken = assess({}, checklist="small", profile={"staff": "some"}, plan={"talk": {"write": Planned(owner="Ana")}})
    assert [part.name for part in effect_on(spoken, minimal, later(), MONDAY).lost] == [
        "profile/staff/some",
        "talk/write",
    ]
    silent = assess({"cash": "done"}, checklist="small", profile={"staff": "none"})
    assert effect_on(silent, minimal, later(), MONDAY).lost == ()


def test_an_action_that_goes_to_another_item_is_told_at_both_and_compared(minimal):
    write = "\n          - {id: write, text: {fr: Écrire, en: Write}, within: 30d, owner: management}"
    text = mended(NEWER, (write, ""), (", applies_when: {operations: [stock]}", ""))
    moved = sound(
        text.replace("within: 2w, owner: board}\nrenamed", f"within: 2w, owner: board}}{write}\nrenamed").replace(
            "hear: listen", "hear: listen, talk/write: listen/write"
        )
    )
    said = [f"{c.about}: {change_words(c, EN)}" for c in diff(minimal, moved, EN) if "Write" in c.inside]
    assert said == [
        "P1 · Talk: “Write” goes to “P1a · Listen”, and what was said of it follows.",
        "P1a · Listen: “Write”: the id “talk/write” becomes “listen/write”, and what was said of it follows.",
    ]


def test_a_domain_renamed_is_compared_with_what_it_was(minimal):
    later = newer(("id: money", "id: funds"), ("hear: listen", "hear: listen, domains/money: domains/funds"))
    assert [(c.part, c.kind) for c in diff(minimal, later, EN)] == [("domains", "renamed")]
    dossier = assess({"cash": "done", "talk": "to_do"}, checklist="small")
    before, after = (Moment(n, MONDAY, c, dossier, today=True) for n, c in (("a", minimal), ("b", later)))
    compared = compare(before, after)
    assert [(d.domain.id, d.score.points) for d in compared.domains] == [("funds", 0), ("people", 0)]
    assert compared.items == ()


# The command


def test_the_command_says_it_in_markdown_and_json(run, tmp_path):
    file, saved = tmp_path / "new.yaml", tmp_path / "dossier.json"
    file.write_text(mended(NEWER, ("weight: 1.5", "weight: 2"), ("renamed: {hear: listen}", ITEM)), encoding="utf-8")
    saved.write_bytes(dossier_file.dump(assess({"cash": "done"}, checklist="small")))
    code, out, err = run("diff", MINIMAL, file, "--dossier", saved)
    assert (code, err) == (0, "")
    assert out.startswith("# De la version 1 à la version 2\n\n## Ce que cela demande aux dossiers en cours\n")
    assert "- Un nouvel élément attend une réponse, s’il s’applique\u00a0: P2.\n" in out
    assert "- Poids dans le résultat\u00a0: «\u00a01,5\u00a0» devient «\u00a02\u00a0».\n" in out
    assert "## Ce que cela fait à ce dossier\n" in out
    found = json.loads(run("diff", MINIMAL, file, "--dossier", saved, "--format", "json", "--lang", "en")[1])
    assert found["older"] == {"id": "small", "version": "1"}
    assert {(c["id"], c["kind"]) for c in found["changes"]} == {("cash", "weights"), ("rest", "new")}
    assert found["dossiers"]["to_answer"] == ["rest"]
    assert found["dossier"]["score"] == {"before": pytest.approx(100 * 1.5 / 5.5), "after": pytest.approx(100 * 2 / 7)}


def test_the_command_says_that_two_checklists_of_different_ids_share_no_dossier(run):
    assert "aucun dossier de l’une ne s’ouvre avec l’autre" in run("diff", MINIMAL, SHIPPED)[1]


def test_the_command_names_the_mistakes_of_either_file(run, tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text(mended(("vital: true", "vitl: true")), encoding="utf-8")
    for pair in ((broken, MINIMAL), (MINIMAL, broken)):
        code, out, err = run("diff", *pair)
        assert (code, out) == (1, "")
        assert f"{broken}:45:5: unknown-field" in err

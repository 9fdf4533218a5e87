"""A dossier opened with another version of the checklist: what stays, moves, retires, is new or reworded."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment import field_map
from pensebete.assessment.edits import with_answer
from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Answer, OwnAction, Planned
from pensebete.assessment.profile import known_choices
from pensebete.checklist.loading import load
from pensebete.checklist.model import Checklist, ChecklistRef
from pensebete.checklist.question_kinds import given as as_given
from pensebete.checklist.versions.renames import destination
from pensebete.evaluation.history_text import account_words
from pensebete.text.wording import wording
from tests.builders import (
    CHECKLIST,
    MINIMAL,
    NOW,
    assess,
    evaluate,
    mended,
    own_actions,
    perhaps_with_unknown,
    planned,
    sound,
    typed,
)

NB = "\u00a0"
FIXTURES = MINIMAL.parent
EARLIER = NOW - timedelta(days=3)
V2 = ('version: "1"', 'version: "2"')
TALK = ("- id: talk", "- id: speak")
TALK_BELONGS = ("belongs_with: talk", "belongs_with: speak")
RENAMED = ("renamed: {hear: listen}", "renamed: {hear: listen, talk: speak}")


def older() -> Checklist:
    return sound(mended())


def newer(*changes: tuple[str, str]) -> Checklist:
    return sound(mended(V2, *changes))


def said(answers=None, **details):
    return assess(answers or {}, checklist="small", **details)


def answer(status="done", at=NOW, **more):
    return Answer(status=status, answered_at=at, **more)


# Tables


def test_an_answer_to_an_item_that_stays_is_kept_as_it_is():
    assessment = said({"cash": answer(note="Vu en CA")})
    account = migrate(assessment, newer(), older())
    assert account.kept == ("cash",)
    assert account.assessment.answers == assessment.answers
    assert (account.moved, account.retired, account.outrun, account.reworded) == ((), (), (), ())


def test_the_migrated_dossier_carries_the_newer_version_and_nothing_else_of_it_changes():
    assessment = said({"cash": answer()}, organisation="Coop", updated_at=NOW, previous_id=UUID(int=7))
    migrated = migrate(assessment, newer(), older()).assessment
    assert migrated.checklist.version == "2"
    assert migrated == assessment.model_copy(update={"checklist": migrated.checklist})


def test_a_renamed_item_takes_its_answer_its_plan_and_own_actions_along():
    own = OwnAction(id=UUID(int=1), item="talk", text="Appeler", priority="P1")
    assessment = said(
        {"talk": answer("to_do", note="À voir")}, plan={"talk": {"write": Planned(owner="Ana")}}, own_actions=(own,)
    )
    account = migrate(assessment, newer(TALK, TALK_BELONGS, RENAMED), older())
    assert account.moved == (("talk", "speak"),)
    assert account.assessment.answers == {"speak": answer("to_do", note="À voir")}
    assert account.assessment.plan == {"speak": {"write": Planned(owner="Ana")}}
    assert [own.item for own in account.assessment.own_actions] == ["speak"]
    assert account.kept == account.retired == ()


@pytest.mark.parametrize(
    "assessment",
    [
        said({"talk": Answer(note="Une note seule")}),
        said(plan={"talk": {"write": Planned(comment="vendredi")}}),
        said(own_actions=(OwnAction(id=UUID(int=1), item="talk", text="Appeler", priority="P1"),)),
    ],
)
def test_what_is_no_answer_moves_too(assessment):
    account = migrate(assessment, newer(TALK, TALK_BELONGS, RENAMED), older())
    assert account.moved == (("talk", "speak"),)
    assert "talk" not in {*account.assessment.answers, *account.assessment.plan}


def test_renames_are_followed_from_one_version_to_the_next():
    chained = remade(newer(), renamed={"a": "b", "b": "c", "c": "cash", "x": "y", "y": "x", "gone": "nowhere"})
    account = migrate(said({"a": answer()}), chained, None)
    assert account.moved == (("a", "cash"),)
    assert [destination(chained, id) for id in ("b", "c", "cash", "x", "gone", "z")] == ["cash"] * 3 + [None] * 3


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        (answer("to_do", EARLIER), answer("done", NOW), "new"),
        (answer("to_do", NOW), answer("done", EARLIER), "old"),
        (answer("to_do", NOW), answer("done", NOW), "new"),
        (answer("to_do", None), answer("done", None), "new"),
        (answer("to_do", NOW), answer("done", None), "old"),
        (answer("to_do", EARLIER), Answer(note="Sans statut"), "old"),
        (Answer(note="Sans statut"), answer("done", None), "new"),
        # Written by another program, without a zone.
        (answer("to_do", datetime(2026, 3, 28, 14, 31)), answer("done", NOW), "old"),
        (answer("to_do", datetime(2026, 3, 28, 14, 29)), answer("done", NOW), "new"),
    ],
)
def test_of_two_answers_to_one_item_the_newest_counts_and_the_other_is_kept_in_sight(old, new, counts):
    checklist = newer(TALK, TALK_BELONGS, RENAMED)
    account = migrate(said({"talk": old, "speak": new}), checklist, older())
    winner, loser = (new, old) if counts == "new" else (old, new)
    assert account.assessment.answers == {"speak": winner, "talk": loser}
    assert account.moved == ((("talk", "speak"),) if counts == "old" else ())
    assert [(left.id, left.answer, left.instead) for left in account.outrun] == [("talk", loser, "speak")]
    assert account.outrun[0].item == older().items["talk"]
    again = migrate(account.assessment, checklist, older())
    assert (again.assessment, again.changed) == (account.assessment, False)


def test_two_items_merged_into_one_keep_the_newest_answer_and_both_others_notes():
    merged = remade(newer(), renamed={"a": "cash", "b": "cash"})
    answers = {
        "a": answer("to_do", EARLIER, note="A"),
        "b": answer("done", NOW, note="B"),
        "cash": answer("unknown", EARLIER, note="C"),
    }
    migrated = migrate(said(answers), merged, None).assessment
    assert {id: answer.note for id, answer in migrated.answers.items()} == {"a": "A", "b": "C", "cash": "B"}


def test_two_words_on_one_action_are_both_kept_those_of_the_answer_that_counts_first():
    plan = {
        "talk": {"write": Planned(comment="ancien"), "meet": Planned(comment="réunion")},
        "speak": {"write": Planned(comment="neuf")},
    }
    checklist = newer(TALK, TALK_BELONGS, RENAMED)
    kept = migrate(said(plan=plan), checklist, None).assessment
    assert {a: p.comment for a, p in kept.plan["speak"].items()} == {"write": "neuf", "meet": "réunion"}
    assert {a: p.comment for a, p in kept.plan["talk"].items()} == {"write": "ancien"}
    moved = migrate(said({"talk": answer()}, plan=plan), checklist, None).assessment
    assert {a: p.comment for a, p in moved.plan["speak"].items()} == {"write": "ancien", "meet": "réunion"}
    assert {a: p.comment for a, p in moved.plan["talk"].items()} == {"write": "neuf"}


@pytest.mark.parametrize("retired", ["retired: [count-stock, talk]", "retired: [count-stock]"])
def test_a_retired_or_vanished_item_is_listed_with_its_answer_and_counts_no_more(retired):
    without = newer(TALK, TALK_BELONGS, ("retired: [count-stock]", retired))
    plan = {"talk": {"write": Planned(comment="vendredi")}}
    assessment = said({"talk": answer("to_do", note="Gardée")}, plan=plan)
    account = migrate(assessment, without, older())
    (left,) = account.retired
    assert (left.id, left.answer, dict(left.plan)) == ("talk", answer("to_do", note="Gardée"), plan["talk"])
    assert left.item is not None
    assert left.item.title["fr"] == "Parler"
    assert account.assessment.answers == assessment.answers
    assert account.assessment.plan == assessment.plan
    assert evaluate(without, account.assessment).readiness.overall.score is None


def test_an_answer_retired_by_one_version_counts_again_in_a_version_that_knows_the_item():
    without = newer(TALK, TALK_BELONGS)
    away = migrate(said({"talk": answer()}), without, older()).assessment
    back = migrate(away, remade(older(), version="3"), without)
    assert back.kept == ("talk",)
    assert back.assessment.answers == {"talk": answer()}


def test_new_items_are_those_the_older_version_had_not_that_apply_and_have_no_answer():
    checklist = newer(TALK, TALK_BELONGS)
    assert migrate(said({"cash": answer()}), checklist, older()).new == ("speak",)
    assert migrate(said(profile={"staff": "none"}), checklist, older()).new == ()
    assert migrate(said({"speak": answer()}), checklist, older()).new == ()
    assert migrate(said(), newer(TALK, TALK_BELONGS, RENAMED), older()).new == ()


def test_where_the_older_checklist_is_not_to_be_had_every_item_to_answer_is_named():
    account = migrate(said({"cash": answer()}), newer(), None)
    assert account.new == ("talk", "listen")
    assert account.reworded == ()


@pytest.mark.parametrize(
    ("change", "language", "reworded"),
    [
        (("title: {fr: Compter, en: Count}", "title: {fr: Calculer, en: Count}"), "fr", True),
        (("help: {fr: Comptez, en: Count it}", "help: {fr: Calculez, en: Count it}"), "fr", True),
        (("{fr: Compté, en: Counted}", "{fr: Calculé, en: Counted}"), "fr", True),
        (("help: {fr: Comptez, en: Count it}", "help: {fr: Comptez, en: Do count}"), "fr", False),
        (("help: {fr: Comptez, en: Count it}", "help: {fr: Comptez, en: Do count}"), "en", True),
        (("weight: 1.5", "weight: 3"), "fr", False),
        (("valid_days: 7", "valid_days: 9"), "fr", False),
        (("text: {fr: Compter, en: Count}", "text: {fr: Recompter, en: Count}"), "fr", False),
    ],
)
def test_an_answer_is_to_confirm_where_its_item_asks_in_other_words_in_the_dossiers_language(
    change, language, reworded
):
    account = migrate(said({"cash": answer()}, language=language), newer(change), older())
    assert account.reworded == (("cash",) if reworded else ())
    assert account.assessment.answers["cash"].confirm is reworded
    assert account.kept == ("cash",)


def test_a_reworded_item_without_an_answer_has_nothing_to_confirm():
    change = ("title: {fr: Compter, en: Count}", "title: {fr: Calculer, en: Count}")
    account = migrate(said({"cash": Answer(note="Une note")}), newer(change), older())
    assert account.reworded == ()
    assert account.assessment.answers == {"cash": Answer(note="Une note")}


def test_an_item_renamed_and_reworded_is_compared_with_what_it_was():
    words = ("title: {fr: Parler, en: Talk}", "title: {fr: Discuter, en: Talk}")
    account = migrate(said({"talk": answer()}), newer(TALK, TALK_BELONGS, RENAMED, words), older())
    assert account.reworded == ("speak",)
    assert account.assessment.answers["speak"].confirm


def test_what_is_to_confirm_stays_so_over_later_versions_until_it_is_answered():
    words = ("title: {fr: Compter, en: Count}", "title: {fr: Calculer, en: Count}")
    second = newer(words)
    migrated = migrate(said({"cash": answer()}), second, older()).assessment
    third = migrate(migrated, remade(second, version="3"), second)
    assert third.reworded == ()
    assert third.assessment.answers["cash"].confirm
    assert not with_answer(third.assessment, "cash", NOW, status="to_do").answers["cash"].confirm


def test_a_checklist_of_another_version_than_the_dossiers_says_nothing_of_what_was_asked():
    words = ("title: {fr: Compter, en: Count}", "title: {fr: Calculer, en: Count}")
    assert migrate(said({"cash": answer()}), newer(words), remade(older(), version="0")).reworded == ()


def test_a_stale_id_is_carried_even_where_the_version_is_the_same():
    # Another tab, opened before the newer checklist was published, wrote under the old id.
    checklist = older()
    assessment = said({"hear": answer("done", NOW), "listen": answer("to_do", EARLIER)}, profile={"staff": "some"})
    account = migrate(assessment, checklist, None)
    assert account.changed
    assert account.assessment.answers["listen"].status == "done"
    assert account.assessment.answers["hear"].status == "to_do"


# An item in two parts, actions that moved, choices that exclude each other

FORMER = load(FIXTURES / "versions" / "2026.1" / "checklist.yaml")


def of_before(answers=None, **details):
    """A dossier made with the checklist of before, which asked of weeks and forecast as one."""
    assessment = assess(answers or {}, **details)
    return assessment.model_copy(update={"checklist": ChecklistRef(id="covid-19", version="2026.1")})


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("done", "in_progress"),
        ("in_progress", "in_progress"),
        ("to_do", "to_do"),
        ("unknown", "unknown"),
        ("not_applicable", "not_applicable"),
    ],
)
def test_an_item_split_from_another_has_its_answer_and_asks_to_be_confirmed(checklist, before, after, known):
    said = Answer(status=before, note="Fichier de Paul", reason="r", answered_at=EARLIER)
    account = migrate(of_before({"cash-forecast": said}), checklist, FORMER if known else None)
    assert account.split == (("cash-forecast", "cash-weeks"),)
    assert account.assessment.answer("cash-weeks") == said.model_copy(update={"status": after, "confirm": True})
    assert account.assessment.answer("cash-forecast").status == before
    assert "cash-weeks" not in account.new
    again = migrate(account.assessment, checklist, FORMER)
    assert (again.split, again.assessment) == ((), account.assessment)


def test_an_answer_of_its_own_or_taken_back_in_this_version_stays(checklist):
    both = {"cash-forecast": "done", "cash-weeks": "to_do"}
    assert migrate(of_before(both), checklist, None).split == ()
    this_version = of_before({"cash-forecast": "done"}).model_copy(
        update={"checklist": ChecklistRef(id="covid-19", version=checklist.version)}
    )
    assert migrate(this_version, checklist, None).split == ()


def test_the_duties_of_layoffs_are_new_to_a_dossier_of_before(checklist):
    account = migrate(of_before(dict.fromkeys(FORMER.items, "done")), checklist, FORMER)
    assert account.new == ("layoff-duties",)


def test_an_action_that_moved_keeps_owner_date_comment_and_state_where_it_went(checklist):
    word = Planned(owner="Ana", due=NOW.date(), comment="avec Luc", state="under_way")
    plan = {
        "cash-forecast": {"quick-runway": word, "finish": word},
        "government-support-info": {"layoff-records": word},
        "customer-contact": {"consider-offer": word, "publish-services": word},
    }
    account = migrate(of_before(plan=plan), checklist, FORMER)
    assert account.assessment.plan == {
        "cash-forecast": {"finish": word},
        "customer-contact": {"publish-services": word},
        "cash-weeks": {"quick-runway": word},
        "layoff-duties": {"layoff-records": word},
        "other-revenue": {"consider-offer": word},
    }
    assert len(account.moved_actions) == 3
    assert migrate(account.assessment, checklist, None).moved_actions == ()


def test_an_action_that_went_into_another_of_its_item_leaves_the_rest_to_do(checklist):
    plan = {"regular-updates": {"check-contact-details": Planned(owner="finance", comment="fait lundi", state="done")}}
    account = migrate(said(plan=plan), checklist, None)
    there = account.assessment.planned("regular-updates", "choose-channel")
    assert (there.owner, there.comment, there.state) == ("finance", "fait lundi", "under_way")


def test_of_two_words_on_an_action_that_moved_both_are_kept(checklist):
    here, there = Planned(comment="ici"), Planned(comment="là")
    plan = {"cash-forecast": {"quick-runway": there}, "cash-weeks": {"quick-runway": here}}
    assert migrate(of_before(plan=plan), checklist, None).assessment.plan == plan


def test_an_action_moved_from_an_item_that_has_another_name_since_is_found():
    moved = newer(
        TALK,
        TALK_BELONGS,
        ("renamed: {hear: listen}", "renamed: {hear: listen, talk: speak, hear/question: listen/inquire,"
         " listen/inquire: speak/write}"),
    )  # fmt: skip
    word = Planned(comment="c")
    account = migrate(said(plan={"hear": {"question": word}, "talk": {"meet": word}}), moved, None)
    assert account.assessment.plan == {"speak": {"meet": word, "write": word}}


def test_none_of_these_chosen_with_others_is_dropped_and_said(checklist):
    account = migrate(of_before(profile={"operations": ("stock", "none")}), checklist, None)
    assert account.assessment.profile == {"operations": ("stock",)}
    assert account.dropped == (("operations", "none"),)
    assert "choix du profil retiré" in " ".join(account_words(account, wording("fr")))
    for alone in (("none",), ("stock", "online-sales"), ()):
        account = migrate(of_before(profile={"operations": alone}), checklist, None)
        assert (account.assessment.profile, account.dropped) == ({"operations": alone}, ())


def test_the_account_is_said_in_both_languages():
    words = ("title: {fr: Compter, en: Count}", "title: {fr: Calculer, en: Count}")
    answers = {"cash": answer(), "talk": answer(), "old": answer(), "older": answer()}
    account = migrate(said(answers), newer(TALK, TALK_BELONGS, RENAMED, words), older())
    assert account_words(account, wording("fr")) == [
        "La liste est passée de la version 1 à la version 2. Voici ce que deviennent vos réponses.",
        "1 réponse gardée telle quelle",
        f"1 élément remplacé par un autre{NB}: ce que vous en aviez dit y est reporté",
        f"1 élément reformulé{NB}: votre réponse compte et reste à confirmer",
        f"2 éléments retirés de la liste{NB}: ce que vous en aviez dit est gardé, sans compter",
    ]
    assert account_words(account, wording("en"))[-1] == (
        "2 items taken off the checklist: what you said of them is kept and does not count"
    )
    unsaid = said().model_copy(update={"checklist": said().checklist.model_copy(update={"version": ""})})
    assert account_words(migrate(unsaid, older(), None), wording("en"))[0].startswith("The checklist is now at")


# The profile, roles and classes


TEAM = (
    ("- id: staff", "- id: team"),
    ("belongs_with: staff", "belongs_with: team"),
    *[
        ("{staff: [none]}", "{team: [none]}"),
        ("{staff: [some]}", "{team: [some]}"),
        ("{staff: [some]}", "{team: [some]}"),
    ],
)


def with_team(renamed: str, *changes: tuple[str, str]) -> Checklist:
    text = mended(V2, *changes)
    for was, now in TEAM:
        text = text.replace(was, now)
    return sound(text.replace("{hear: listen}", f"{{hear: listen, {renamed}}}"))


def test_a_renamed_question_takes_its_answer_along_and_its_options_with_it():
    answered = said(profile={"staff": "some", "operations": ("stock",)})
    account = migrate(answered, with_team("profile/staff: profile/team"), older())
    assert account.assessment.profile == {"team": "some", "operations": ("stock",)}
    assert account.moved_choices == (("profile/staff", "profile/team"),)
    assert (account.left_choices, account.carried_something) == ((), True)
    assert "1 réponse du profil reportée" in " ".join(account_words(account, wording("fr")))
    lost = migrate(answered, with_team("heard: listen"), older())
    assert lost.assessment.profile == answered.profile
    assert lost.left_choices == ("profile/staff",)
    assert "1 réponse du profil que la liste ne demande plus" in " ".join(account_words(lost, wording("fr")))


@pytest.mark.parametrize(
    ("renamed", "changes", "before", "after"),
    [
        ("profile/staff/all: profile/staff/some", (), {"staff": "all"}, {"staff": "some"}),
        ("profile/operations/goods: profile/operations/stock", (), {"operations": ("goods", "stock")},
         {"operations": ("stock",)}),
        ("profile/operations/goods: profile/operations/stock", (), {"operations": ("goods", "x")},
         {"operations": ("stock", "x")}),
        ("profile/crew: profile/staff, profile/crew/all: profile/staff/some", (), {"crew": "all"}, {"staff": "some"}),
        ("profile/crew: profile/staff, profile/crew/all: profile/crew/some", (), {"crew": ("all",)},
         {"staff": ("some",)}),
        # Of two answers to what is one question now, its own stays, else the first comes.
        ("profile/a: profile/staff, profile/b: profile/staff", (), {"a": "none", "staff": "some"},
         {"a": "none", "staff": "some"}),
        ("profile/a: profile/staff, profile/b: profile/staff", (), {"b": "none", "a": "some"},
         {"staff": "none", "a": "some"}),
        ("profile/a: profile/b, profile/b: profile/staff", (), {"a": "none"}, {"staff": "none"}),
        # Retired under the old name of its question: it is no answer to the new one.
        ("profile/a: profile/staff", (("[count-stock]", "[count-stock, profile/a/some]"),), {"a": "some"},
         {"a": "some"}),
        ("profile/a: profile/staff", (("[count-stock]", "[count-stock, profile/a/all]"),), {"a": "all"},
         {"staff": "all"}),
        # An option that excludes the others now.
        ("profile/operations/nil: profile/operations/none",
         (("{fr: Aucune, en: None}}", "{fr: Aucune, en: None}, exclusive: true}"),),
         {"operations": ("nil", "stock")}, {"operations": ("stock",)}),
    ],
)  # fmt: skip
def test_answers_of_the_profile_follow_renames_and_none_is_lost(renamed, changes, before, after):
    newer_one = sound(mended(V2, *changes).replace("{hear: listen}", f"{{hear: listen, {renamed}}}"))
    account = migrate(said(profile=before), newer_one, None)
    assert account.assessment.profile == after
    again = migrate(account.assessment, newer_one, None)
    assert (again.assessment, again.changed) == (account.assessment, False)


def test_roles_and_classes_follow_their_new_names_and_a_name_that_was_typed_stays():
    renamed = sound(
        mended(V2)
        .replace("  board:", "  council:")
        .replace("owner: board", "owner: council")
        .replace("class: P2", "class: N2")
        .replace("{hear: listen}", "{hear: listen, owners/board: owners/council, ranking/P2: ranking/N2}")
    )
    own = OwnAction(id=UUID(int=1), item="cash", text="Appeler", priority="P2", owner="board")
    plan = {"talk": {"write": Planned(owner="board", comment="c"), "meet": Planned(owner="Ana Board")}}
    before = said(plan=plan, own_actions=(own,))
    account = migrate(before, renamed, None)
    assert account.assessment.plan["talk"] == {
        "write": Planned(owner="council", comment="c"),
        "meet": Planned(owner="Ana Board"),
    }
    assert account.assessment.own_actions == (own.model_copy(update={"owner": "council", "priority": "N2"}),)
    assert account.moved_roles == (("owners/board", "owners/council"), ("ranking/P2", "ranking/N2"))
    assert "2 rôles ou classes ont un nouveau nom" in " ".join(account_words(account, wording("fr")))
    assert field_map.applied(before, field_map.changes(before, account.assessment)) == account.assessment.model_copy(
        update={"updated_at": before.updated_at}
    )
    again = migrate(account.assessment, renamed, None)
    assert (again.assessment, again.changed) == (account.assessment, False)
    gone = sound(mended(V2).replace("  board:", "  council:").replace("owner: board", "owner: council"))
    assert migrate(before, gone, None).assessment.plan == plan


def test_an_action_retired_keeps_what_was_said_of_it_under_its_own_id():
    retired = newer(("id: write,", "id: note,"), ("[count-stock]", "[count-stock, talk/write]"))
    plan = {"talk": {"write": Planned(owner="Ana", comment="c")}}
    account = migrate(said(plan=plan), retired, older())
    assert (account.assessment.plan, account.moved_actions) == (plan, ())


# Whatever the staff publish, whatever was said


def remade(checklist: Checklist, **changes) -> Checklist:
    """The checklist with other fields; made anew, since a copy would keep the items of the old one."""
    return Checklist(**{name: getattr(checklist, name) for name in Checklist.model_fields} | changes)


FATES = ("stays", "stays", "renamed", "merged", "retired", "reworded", "reweighted")


@st.composite
def next_versions(draw: st.DrawFn, checklist: Checklist = CHECKLIST) -> Checklist:
    """The checklist with items renamed, merged, retired, reworded, reweighted, and a new one in each domain.

    None is split: an answer is then carried to the part as well, and said again on purpose.
    """
    renamed, domains = {}, []
    template = next(iter(checklist.items.values()))
    other = type(template.title)({"fr": "Autres mots", "en": "Other words"})
    for domain in checklist.domains:
        new = template.model_copy(update={"id": f"new-{domain.id}"})
        items = [new]
        for item in domain.items:
            fate = draw(st.sampled_from(FATES))
            if fate == "renamed":
                renamed[item.id] = f"re-{item.id}"
                items.append(item.model_copy(update={"id": f"re-{item.id}", "split_from": None}))
            elif fate == "merged":
                renamed[item.id] = new.id
            elif fate != "retired":
                changed = {"reworded": {"help": other}, "reweighted": {"urgency": 1, "impact": 1}}
                # Through the constructor: a copy would keep the weight worked out before.
                fields = {name: getattr(item, name) for name in type(item).model_fields} | {"split_from": None}
                items.append(type(item)(**fields | changed.get(fate, {})))
        domains.append(domain.model_copy(update={"items": tuple(items)}))
    return remade(checklist, version="next", domains=tuple(domains), renamed=renamed)


answers = perhaps_with_unknown(
    st.builds(
        Answer,
        status=st.none() | st.sampled_from(["done", "in_progress", "to_do", "unknown", "not_applicable"]),
        note=typed,
        reason=typed,
        overrule=st.booleans(),
        answered_at=st.none() | st.datetimes(timezones=st.none() | st.just(UTC)),
    )
)


@st.composite
def changes_of_version(draw: st.DrawFn):
    """(assessment, the version it was made with, the next one), with a few ids of neither."""
    after = draw(next_versions())
    ids = st.sampled_from([*CHECKLIST.items, *after.items, "unheard-of"])
    actions = st.sampled_from(["verify", "finish", "a", "b"])
    own = own_actions.flatmap(lambda o: ids.map(lambda id: o.model_copy(update={"item": id})))
    assessment = assess(
        draw(st.dictionaries(ids, answers, max_size=20)),
        plan=draw(st.dictionaries(ids, st.dictionaries(actions, planned, min_size=1, max_size=3), max_size=8)),
        own_actions=tuple(draw(st.lists(own, max_size=3))),
    )
    made_with = assessment.checklist.model_copy(update={"version": CHECKLIST.version})
    return assessment.model_copy(update={"checklist": made_with}), CHECKLIST, after


def all_that_was_said(assessment):
    answers = (answer.model_copy(update={"confirm": False}) for answer in assessment.answers.values())
    plans = (planned for actions in assessment.plan.values() for planned in actions.items())
    own = (own.model_copy(update={"item": None}) for own in assessment.own_actions)
    return Counter(map(repr, (*answers, *plans, *own)))


@given(changes_of_version())
def test_nothing_said_is_lost_or_doubled(change):
    assessment, before, after = change
    for known in (before, None):
        assert all_that_was_said(migrate(assessment, after, known).assessment) == all_that_was_said(assessment)


@given(changes_of_version())
def test_every_id_the_dossier_speaks_of_is_in_the_account(change):
    assessment, before, after = change
    account = migrate(assessment, after, before)
    told = {*account.kept, *(old for old, _ in account.moved)}
    told |= {left.id for left in (*account.retired, *account.outrun)}
    own = {own.item for own in assessment.own_actions}
    assert {*assessment.answers, *assessment.plan, *own} - told <= set(after.items)
    unanswered = {id for id in after.items if account.assessment.answer(id).status is None}
    assert set(account.new) <= unanswered
    assert set(account.reworded) & unanswered == set()
    assert set(account.kept) & unanswered == set()
    assert {new for _, new in account.moved} <= set(after.items)


@given(changes_of_version())
def test_no_answer_counts_but_under_an_id_the_newer_version_knows_and_the_newest_does(change):
    assessment, before, after = change
    migrated = migrate(assessment, after, before).assessment
    for item in after.items:
        rivals = [id for id in assessment.answers if destination(after, id) == item]
        dated = [a for id in rivals if (a := assessment.answers[id]).status and a.answered_at and a.answered_at.tzinfo]
        if rivals and len(dated) == len(rivals):
            assert migrated.answers[item].answered_at == max(answer.answered_at for answer in dated)


@given(changes_of_version())
def test_migrating_twice_is_migrating_once(change):
    assessment, before, after = change
    once = migrate(assessment, after, before)
    for known in (before, after, None):
        again = migrate(once.assessment, after, known)
        assert again.assessment == once.assessment
        assert not again.changed
        assert (again.moved, again.reworded, again.new) == ((), (), ())
        assert {left.id for left in again.retired} == {left.id for left in once.retired}


@given(changes_of_version())
def test_the_same_version_leaves_a_dossier_as_it_is(change):
    assessment, before, _ = change
    account = migrate(assessment, before, None)
    assert account.assessment == assessment
    assert not account.changed
    assert (account.moved, account.outrun, account.reworded, account.new) == ((), (), (), ())


@given(changes_of_version())
def test_what_is_to_confirm_never_changes_the_score(change):
    assessment, before, after = change
    known, unknown = (migrate(assessment, after, older).assessment for older in (before, None))
    assert evaluate(after, known).readiness == evaluate(after, unknown).readiness


# Whatever becomes of the questions

ASKED = (CHECKLIST.profile[0], CHECKLIST.profile[2], CHECKLIST.profile[-1])
OPTION_FATES = ("stays", "stays", "renamed", "merged", "retired", "vanished")


@st.composite
def next_questions(draw: st.DrawFn) -> Checklist:
    """The small checklist with questions of the shipped one: renamed, merged, retired, their options too; and roles."""
    renamed: dict[str, str] = {}
    retired, profile = [], []
    for question in ASKED:
        fate = draw(st.sampled_from(("stays", "stays", "renamed", "merged", "retired", "vanished")))
        if fate == "merged" and profile:
            renamed[f"profile/{question.id}"] = f"profile/{profile[0].id}"
            continue
        if fate in ("retired", "vanished"):
            retired += [f"profile/{question.id}"] if fate == "retired" else []
            continue
        id = f"re-{question.id}" if fate == "renamed" else question.id
        if id != question.id:
            renamed[f"profile/{question.id}"] = f"profile/{id}"
        options = [question.options[0].model_copy(update={"id": "new-option"})]
        for option in question.options:
            name = f"profile/{draw(st.sampled_from([question.id, id]))}/{option.id}"
            fate = draw(st.sampled_from(OPTION_FATES))
            if fate == "stays":
                options.append(option)
            elif fate == "renamed":
                renamed[name] = f"profile/{id}/re-{option.id}"
                options.append(option.model_copy(update={"id": f"re-{option.id}"}))
            elif fate == "merged":
                renamed[name] = f"profile/{id}/new-option"
            elif fate == "retired":
                retired.append(name)
        fields = {name: getattr(question, name) for name in type(question).model_fields}
        profile.append(
            type(question)(**fields | {"id": id, "options": (*options, options[0].model_copy(update={"id": "z"}))})
        )
    owners = dict(older().owners)
    if draw(st.booleans()):
        owners["council"] = owners.pop("board")
        renamed["owners/board"] = "owners/council"
        renamed["ranking/P0"] = "ranking/P2"
    return remade(
        older(), version="next", profile=tuple(profile), renamed=renamed, retired=tuple(retired), owners=owners
    )


@st.composite
def profiles_of_two_versions(draw: st.DrawFn):
    after = draw(next_questions())
    offered = {q.id: [o.id for o in q.options] for q in (*ASKED, *after.profile)}
    questions = st.sampled_from([*offered, "unheard-of"])
    profile = {}
    for question in draw(st.lists(questions, unique=True, max_size=12)):
        ids = st.sampled_from([*offered.get(question, ()), "unheard-of", "a/b"])
        profile[question] = draw(ids | st.lists(ids, unique=True, max_size=3).map(tuple))
    own = own_actions.flatmap(
        lambda o: st.sampled_from(["management", "board", "Ana", ""]).map(
            lambda who: o.model_copy(update={"owner": who})
        )
    )
    return said(profile=profile, own_actions=tuple(draw(st.lists(own, max_size=2)))), after


@given(profiles_of_two_versions())
def test_no_answer_of_the_profile_is_lost_or_doubled(case):
    assessment, after = case
    account = migrate(assessment, after, None)
    before, now = (
        {question: set(as_given(choice)) for question, choice in one.profile.items() if as_given(choice)}
        for one in (assessment, account.assessment)
    )
    assert len(before) == len(now)
    moved, dropped = dict(account.moved_choices), set(account.dropped)
    for question, options in before.items():
        name = moved.get(f"profile/{question}", f"profile/{question}").removeprefix("profile/")
        for option in options:
            now_called = (
                moved.get(f"profile/{question}/{option}", option).rpartition("/")[2] if "/" not in option else option
            )
            assert now_called in now[name] or (name, now_called) in dropped
    ids = Counter(own.id for own in assessment.own_actions)
    assert Counter(own.id for own in account.assessment.own_actions) == ids


@given(profiles_of_two_versions())
def test_carrying_a_profile_twice_is_carrying_it_once(case):
    assessment, after = case
    once = migrate(assessment, after, None)
    again = migrate(once.assessment, after, None)
    assert again.assessment == once.assessment
    assert not again.changed
    assert (again.moved_choices, again.moved_roles, again.left_choices) == ((), (), once.left_choices)


@given(profiles_of_two_versions())
def test_what_counts_of_a_profile_is_what_this_version_knows(case):
    assessment, after = case
    account = migrate(assessment, after, None)
    counted = known_choices(after, account.assessment.profile)
    for name in account.left_choices:
        _, question, *option = name.split("/", 2)
        assert question not in counted or option
        assert not option or option[0] not in counted.get(question, ())
    owners = {own.owner for own in account.assessment.own_actions}
    assert owners <= {*after.owners, "Ana", ""}

"""What another version of the checklist does to dossiers in progress: those in general, and one in particular.

Both ask migration.py, which is what will happen to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from pensebete.assessment.migration import Migrated, migrate
from pensebete.assessment.model import Answer, Assessment
from pensebete.checklist.full_names import AROUND, IdKind, around, full_name, id_in
from pensebete.checklist.model import Checklist, ChecklistRef, Item, ProfileQuestion, Text
from pensebete.checklist.question_kinds import given
from pensebete.checklist.versions.renames import destination
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import Score


@dataclass(frozen=True, slots=True)
class LostPart:
    """What the newer version retired, or lost without a word, where what stood around it is there still."""

    kind: IdKind
    name: str  # in full: `profile/staff`, `profile/staff/1-9`, `cash/count`
    text: Text
    under: Text | str  # the question of an option, the reference of an action's item


@dataclass(frozen=True, slots=True)
class Effect:
    """What the one who holds a dossier has to do, and what becomes of its answers."""

    to_answer: tuple[Item, ...]  # new
    to_confirm: dict[str, tuple[Item, ...]]  # language of the dossier -> answered, and asked in other words now
    moved: tuple[Item, ...]  # answered under another id
    retired: tuple[str, ...]  # ids whose answers are kept and count no more
    questions: tuple[ProfileQuestion, ...]  # of the profile, new
    lost: tuple[LostPart, ...]  # questions, options and actions of which what was said counts no more
    announced: bool  # False: something changed under the same version number, so no dossier is told
    same_checklist: bool  # False: no dossier of the one opens with the other


@dataclass(frozen=True, slots=True)
class DossierEffect:
    """The same of one dossier, whose profile and answers are known."""

    account: Migrated
    apply_now: tuple[Item, ...]  # set aside before, now without an answer
    set_aside_now: tuple[Item, ...]
    before: Score
    after: Score
    version_known: bool  # False: made with neither version, so nobody knows what was reworded since
    questions: tuple[ProfileQuestion, ...]  # of the profile, new and without an answer
    lost: tuple[LostPart, ...]  # that this dossier says something of


def effect(older: Checklist, newer: Checklist) -> Effect:
    """For a dossier in which every item is answered and nothing of the profile: no real one has more to do."""
    renumbered = older.version != newer.version
    # Without another number nothing would be told; what a new one would tell is said all the same.
    before = older if renumbered else older.model_copy(update={"version": f"{older.version}."})
    accounts = {language: migrate(_answered(before, language), newer, before) for language in newer.languages}
    first = next(iter(accounts.values()))
    return Effect(
        to_answer=tuple(newer.items[id] for id in first.new),
        to_confirm={
            language: tuple(newer.items[id] for id in account.reworded) for language, account in accounts.items()
        },
        moved=tuple(newer.items[item] for _, item in first.moved),
        retired=tuple(left.id for left in first.retired),
        announced=renumbered or older == newer,
        same_checklist=older.id == newer.id,
        questions=tuple(_new_questions(older, newer)),
        lost=tuple(_lost(older, newer)),
    )


def effect_on(
    assessment: Assessment, older: Checklist, newer: Checklist, today: date, zone: tzinfo = UTC
) -> DossierEffect:
    """For that dossier, read by the older version and then by the newer one, on the same day."""
    account = migrate(assessment, newer, older)
    before, after = (
        Evaluation(checklist, said, today, zone)
        for checklist, said in ((older, assessment), (newer, account.assessment))
    )
    earlier = {destination(newer, s.item.id) or s.item.id: s for s in before.item_states}
    both = [(earlier[s.item.id], s) for s in after.item_states if s.item.id in earlier]
    return DossierEffect(
        account=account,
        apply_now=tuple(now.item for was, now in both if was.set_aside and now.applies and now.status is None),
        set_aside_now=tuple(now.item for was, now in both if was.applies and now.set_aside),
        before=before.readiness.overall,
        after=after.readiness.overall,
        version_known=assessment.checklist.version in (older.version, newer.version),
        questions=tuple(q for q in _new_questions(older, newer) if not given(account.assessment.profile.get(q.id, ()))),
        lost=tuple(part for part in _lost(older, newer) if _is_spoken_of(part, assessment, account)),
    )


def _new_questions(older: Checklist, newer: Checklist) -> Iterator[ProfileQuestion]:
    known = {newer.renames.destination("profile", name) for name in older.places["profile"]}
    return (question for question in newer.profile if full_name("profile", question.id) not in known)


def _lost(older: Checklist, newer: Checklist) -> Iterator[LostPart]:
    """In the order of the older version. What went with its item or its question is not named as well."""

    def is_lost(kind: IdKind, name: str) -> bool:
        there = kind not in AROUND or newer.renames.destination(AROUND[kind], around(name)) is not None
        return there and newer.renames.destination(kind, name) is None

    for question in older.profile:
        name = full_name("profile", question.id)
        if is_lost("profile", name):
            yield LostPart("profile", name, question.question, "")
        for option in question.options:
            name = full_name("options", option.id, question.id)
            if is_lost("options", name):
                yield LostPart("options", name, option.label, question.question)
    for item in older.items.values():
        for action in item.actions:
            name = full_name("actions", action.id, item.id)
            if is_lost("actions", name):
                yield LostPart("actions", name, action.text, item.ref)


def _is_spoken_of(part: LostPart, assessment: Assessment, account: Migrated) -> bool:
    """Whether the dossier, before it is carried or after, says something under that id."""
    outer, id = id_in(around(part.name)), id_in(part.name)
    if part.kind == "profile":
        return part.name in account.left_choices
    if part.kind == "options":
        return id in given(assessment.profile.get(outer, ()))
    return id in assessment.plan.get(outer, {})


def _answered(checklist: Checklist, language: str) -> Assessment:
    return Assessment(
        checklist=ChecklistRef(id=checklist.id, version=checklist.version),
        language=language,
        answers={id: Answer(status="done") for id in checklist.items},
    )

"""What another version of the checklist does to dossiers in progress: those in general, and one in particular.

Both ask migration.py, which is what will happen to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from pensebete.assessment.migration import Migrated, migrate
from pensebete.assessment.model import Answer, Assessment
from pensebete.checklist.model import Checklist, ChecklistRef, Item
from pensebete.checklist.versions.renames import destination
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import Score


@dataclass(frozen=True, slots=True)
class Effect:
    """What the one who holds a dossier has to do, and what becomes of its answers."""

    to_answer: tuple[Item, ...]  # new
    to_confirm: dict[str, tuple[Item, ...]]  # language of the dossier -> answered, and asked in other words now
    moved: tuple[Item, ...]  # answered under another id
    retired: tuple[str, ...]  # ids whose answers are kept and count no more
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
    )


def _answered(checklist: Checklist, language: str) -> Assessment:
    return Assessment(
        checklist=ChecklistRef(id=checklist.id, version=checklist.version),
        language=language,
        answers={id: Answer(status="done") for id in checklist.items},
    )

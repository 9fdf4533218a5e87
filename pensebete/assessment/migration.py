"""An assessment made with another version of the checklist, carried to this one: kept, moved, retired, new, reworded.

Nothing said is taken away, but a « none of these » that something else contradicts. What this version does not know
stays under its own id, where it counts nowhere, and comes back by itself should a later version know it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pensebete.assessment.item_state import unanswered
from pensebete.assessment.model import Answer, Assessment, Planned
from pensebete.assessment.profile import without_excluded
from pensebete.checklist.full_names import IdKind, around, full_name, id_in
from pensebete.checklist.model import Checklist, Item
from pensebete.checklist.question_kinds import Choice, given
from pensebete.checklist.status import Status
from pensebete.checklist.versions.renames import action_destination, destination, destination_of, same_words

Place = tuple[str, str]  # item, action


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What was said under an id that does not count; the assessment holds it still, under that id."""

    id: str
    answer: Answer  # empty where only the plan spoke of it
    plan: Mapping[str, Planned]
    item: Item | None  # what was asked, where the older checklist is known
    instead: str | None  # the item that has a newer answer of its own; None where the id is retired


@dataclass(frozen=True, slots=True)
class Migrated:
    """The assessment as this version of the checklist reads it, and the account of what became of each answer."""

    assessment: Assessment
    from_version: str  # empty where the dossier does not say
    kept: tuple[str, ...]  # answered, under the same id
    moved: tuple[tuple[str, str], ...]  # (old id, new id)
    retired: tuple[LeftBehind, ...]
    outrun: tuple[LeftBehind, ...]  # renamed into an item that has a newer answer
    new: tuple[str, ...]  # apply, have no answer, and were not in the older version where that one is known
    reworded: tuple[str, ...]  # answered, and asked in other words now: to confirm
    split: tuple[tuple[str, str], ...]  # (the id that asked this too, new item): has its answer, to confirm
    moved_actions: tuple[tuple[Place, Place], ...]  # in the plan under another item or id now, as they were
    dropped: tuple[tuple[str, str], ...]  # (question, option): chosen with others, which it excludes
    # By full names: `profile/staff`, `profile/staff/1-9`, `owners/finance`, `ranking/P1`.
    moved_choices: tuple[tuple[str, str], ...]  # questions answered, options chosen, as the checklist calls them now
    left_choices: tuple[str, ...]  # those it does not know, or that a newer answer outran: kept, counted nowhere
    moved_roles: tuple[tuple[str, str], ...]  # roles and classes that actions were given

    @property
    def changed(self) -> bool:
        """Whether there is an account to give; a dossier opened again has none."""
        return self.from_version != self.assessment.checklist.version or self.carried_something

    @property
    def carried_something(self) -> bool:
        """Whether what was said counts otherwise than as it stands in the file."""
        carried = (self.moved, self.split, self.moved_actions, self.dropped, self.moved_choices, self.moved_roles)
        return any(carried)


def migrate(assessment: Assessment, newer: Checklist, older: Checklist | None) -> Migrated:
    """The assessment carried to `newer`; `older` is the checklist it was made with, None where that is not to be had.

    Migrating twice is migrating once. Of several answers to what is now one item, the newest counts and the others
    stay under an old id; such an answer comes forward again if the one that counts is taken back whole.
    """
    made_with = _made_with(assessment, newer, older)
    assessment, moved_choices = _with_choices_moved(assessment, newer)
    assessment, dropped = _without_excluded(assessment, newer)
    assessment, moved_roles = _with_roles_moved(assessment, newer)
    assessment, moved_actions = _with_actions_moved(assessment, newer)
    destinations = {id: item for id in _ids(assessment) if (item := destination(newer, id))}
    origins: dict[str, list[str]] = {}
    for id, item in destinations.items():
        if id != item:
            origins.setdefault(item, []).append(id)

    answers, plan = dict(assessment.answers), dict(assessment.plan)
    sources = {item: item for item in newer.items}  # item -> the id its answer was given under
    carried: set[str] = {
        own.item for own in assessment.own_actions if own.item and destinations.get(own.item) != own.item
    }
    for item, ids in origins.items():
        source = sources[item] = max([item, *ids], key=lambda id: _precedence(assessment.answers.get(id)))
        if source != item:
            _exchange(answers, source, item)
            carried.add(source)
        carried |= _gather(plan, item, source, ids)

    split = _split(assessment, newer, made_with, answers)

    reworded = []
    for item, asked in newer.items.items():
        before = made_with.items.get(sources[item]) if made_with else None
        answer = answers.get(item)
        if before and answer and answer.status and not same_words(before, asked, assessment.language):
            answers[item] = answer.model_copy(update={"confirm": True})
            reworded.append(item)

    migrated = assessment.model_copy(
        update={
            "checklist": assessment.checklist.model_copy(update={"version": newer.version}),
            "answers": answers,
            "plan": plan,
            "own_actions": tuple(
                own.model_copy(update={"item": destinations.get(own.item, own.item)}) if own.item else own
                for own in assessment.own_actions
            ),
        }
    )
    return Migrated(
        assessment=migrated,
        from_version=assessment.checklist.version,
        kept=tuple(id for id in newer.items if sources[id] == id and assessment.answer(id).status),
        moved=tuple((id, item) for id, item in destinations.items() if id != item and id in carried),
        retired=tuple(_left(migrated, made_with, id, None) for id in _ids(assessment) if id not in destinations),
        outrun=tuple(
            _left(migrated, made_with, id, item)
            for id, item in destinations.items()
            if id != item and (id in answers or id in plan)
        ),
        new=_new(migrated, newer, made_with),
        reworded=tuple(reworded),
        split=split,
        moved_actions=moved_actions,
        dropped=dropped,
        moved_choices=moved_choices,
        left_choices=tuple(_left_choices(assessment, newer)),
        moved_roles=moved_roles,
    )


def _made_with(assessment: Assessment, newer: Checklist, older: Checklist | None) -> Checklist | None:
    """The checklist the assessment was made with; another version than its own says nothing of what was asked."""
    return next((c for c in (newer, older) if c and c.version == assessment.checklist.version), None)


def _with_choices_moved(assessment: Assessment, newer: Checklist) -> tuple[Assessment, tuple[tuple[str, str], ...]]:
    """With each answer of the profile under the names that its question and its options have now.

    Of two answers to what is now one question, the one under its name stays, else the first comes; the other is kept
    where it was. None of them has a date.
    """
    profile: dict[str, Choice] = dict(assessment.profile)
    moved = []
    for old, choice in assessment.profile.items():
        question = destination_of(newer, "profile", old)
        if question is None or not given(choice):
            continue
        if question != old and (given(profile.get(question, ())) or _would_revive(newer, old, question, choice)):
            continue
        options = {option: newer.renames.end("options", full_name("options", option, old)) for option in given(choice)}
        inside = full_name("profile", question)
        options = {option: id_in(end) if around(end) == inside else option for option, end in options.items()}
        if question != old:
            del profile[old]
            moved.append((full_name("profile", old), full_name("profile", question)))
        if any(new != option for option, new in options.items()):
            moved += [
                (full_name("options", option, old), full_name("options", new, question))
                for option, new in options.items()
                if new != option
            ]
            choice = options[choice] if isinstance(choice, str) else tuple(dict.fromkeys(options.values()))
        profile[question] = choice
    return assessment.model_copy(update={"profile": profile}) if moved else assessment, tuple(moved)


def _would_revive(newer: Checklist, old: str, question: str, choice: Choice) -> bool:
    """Whether an option that was retired under its question's old name would count as one of the new question."""
    offered = {option.id for option in newer.questions[question].options}
    return any(
        option in offered and full_name("options", option, old) in newer.retired_names for option in given(choice)
    )


def _left_choices(assessment: Assessment, newer: Checklist) -> Iterator[str]:
    """What was answered to questions, and which options were chosen, that the checklist does not know."""
    for id, choice in assessment.profile.items():
        question = newer.questions.get(id)
        if question is None:
            if given(choice):
                yield full_name("profile", id)
            continue
        offered = {option.id for option in question.options}
        yield from (full_name("options", option, id) for option in given(choice) if option not in offered)


def _with_roles_moved(assessment: Assessment, newer: Checklist) -> tuple[Assessment, tuple[tuple[str, str], ...]]:
    """With the roles and the classes that actions were given under the ids they have now."""
    moved: dict[tuple[str, str], None] = {}
    if not (newer.renames.old_names("owners") or newer.renames.old_names("ranking")):
        return assessment, ()

    def carried(kind: IdKind, id: str) -> str:
        new = destination_of(newer, kind, id)
        if new is None or new == id:
            return id
        moved[full_name(kind, id), full_name(kind, new)] = None
        return new

    plan = {
        item: {
            action: said.model_copy(update={"owner": carried("owners", said.owner)}) if said.owner else said
            for action, said in actions.items()
        }
        for item, actions in assessment.plan.items()
    }
    own_actions = tuple(
        own.model_copy(update={"owner": carried("owners", own.owner), "priority": carried("ranking", own.priority)})
        for own in assessment.own_actions
    )
    carried_over = assessment.model_copy(update={"plan": plan, "own_actions": own_actions})
    return carried_over if moved else assessment, tuple(moved)


def _without_excluded(assessment: Assessment, newer: Checklist) -> tuple[Assessment, tuple[tuple[str, str], ...]]:
    """Without « none of these » where something else was chosen with it, as older versions let one do."""
    profile, dropped = dict(assessment.profile), []
    for question in newer.profile:
        chosen = given(profile.get(question.id, ()))
        kept = without_excluded(question, chosen)
        if kept != chosen:
            profile[question.id] = kept
            dropped += [(question.id, option) for option in chosen if option not in kept]
    return assessment.model_copy(update={"profile": profile}) if dropped else assessment, tuple(dropped)


def _with_actions_moved(assessment: Assessment, newer: Checklist) -> tuple[Assessment, tuple[tuple[Place, Place], ...]]:
    """With what was said of an action under the item it belongs to now; a word that is there already stays.

    An action that went into another one of its own item was a part of it: done, it leaves the rest to do.
    """
    plan = {item: dict(actions) for item, actions in assessment.plan.items()}
    moved = []
    for item, actions in assessment.plan.items():
        for action, said in actions.items():
            target = action_destination(newer, item, action)
            if target is None or target[1] in plan.get(target[0], {}):
                continue
            del plan[item][action]
            part_done = said.state == "done" and target[0] == item
            plan.setdefault(target[0], {})[target[1]] = (
                said.model_copy(update={"state": "under_way"}) if part_done else said
            )
            moved.append(((item, action), target))
    left = {item: actions for item, actions in plan.items() if actions}
    return assessment.model_copy(update={"plan": left}) if moved else assessment, tuple(moved)


def _split(
    assessment: Assessment, newer: Checklist, made_with: Checklist | None, answers: dict[str, Answer]
) -> tuple[tuple[str, str], ...]:
    """Give each item that was part of another one that one's answer; of two things done, nobody knows which.

    Once only: a dossier of this version whose new item has no answer was meant to have none. So was one that does not
    say its version, as another program may write it.
    """
    if assessment.checklist.version in ("", newer.version):
        return ()
    found = []
    for id, item in newer.items.items():
        if item.split_from is None or id in answers or (made_with and id in made_with.items):
            continue
        of_both = answers.get(destination(newer, item.split_from) or item.split_from)
        if of_both is None or of_both.status is None:
            continue
        status: Status = "in_progress" if of_both.status == "done" else of_both.status
        answers[id] = of_both.model_copy(update={"status": status, "confirm": True})
        found.append((item.split_from, id))
    return tuple(found)


def _ids(assessment: Assessment) -> tuple[str, ...]:
    """Each item id that the assessment says anything about."""
    own = (own.item for own in assessment.own_actions if own.item)
    return tuple(dict.fromkeys((*assessment.answers, *assessment.plan, *own)))


def _precedence(answer: Answer | None) -> tuple[bool, bool, bool, datetime]:
    """A status before a note alone, then the newest; a date without a zone is read as universal time."""
    if answer is None or answer.answered_at is None:
        return answer is not None, bool(answer and answer.status), False, datetime.min.replace(tzinfo=UTC)
    at = answer.answered_at
    return True, answer.status is not None, True, at if at.tzinfo else at.replace(tzinfo=UTC)


def _exchange(answers: dict[str, Answer], source: str, item: str) -> None:
    """Give the item the answer of `source`, and `source` the one the item had: neither is lost."""
    outrun = answers.pop(item, None)
    answers[item] = answers.pop(source)
    if outrun is not None:
        answers[source] = outrun


def _gather(plan: dict[str, dict[str, Planned]], item: str, source: str, ids: Iterable[str]) -> set[str]:
    """Bring to the item what was said of its actions under other ids, that of `source` first; those that gave any.

    Of two words on one action the second stays where it was, or takes the place that the first one left.
    """
    gathered = {**plan.pop(source, {})} if source != item else {}
    gave = {source} if gathered else set()
    displaced: dict[str, Planned] = {}
    for action, said in plan.pop(item, {}).items():
        (displaced if action in gathered else gathered)[action] = said
    if displaced:
        plan[source] = displaced
    for id in ids:
        if id == source:
            continue
        found = plan.pop(id, {})
        if brought := {action: said for action, said in found.items() if action not in gathered}:
            gathered |= brought
            gave.add(id)
        if rest := {action: said for action, said in found.items() if action not in brought}:
            plan[id] = rest
    if gathered:
        plan[item] = gathered
    return gave


def _left(assessment: Assessment, made_with: Checklist | None, id: str, instead: str | None) -> LeftBehind:
    item = made_with.items.get(id) if made_with else None
    return LeftBehind(id, assessment.answer(id), assessment.plan.get(id, {}), item, instead)


def _new(assessment: Assessment, newer: Checklist, made_with: Checklist | None) -> tuple[str, ...]:
    known = {destination(newer, id) for id in made_with.items} if made_with else set()
    return tuple(id for id in unanswered(newer, assessment) if id not in known)

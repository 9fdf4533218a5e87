"""What follows from a checklist, an assessment and a day: one object, asked by everything that shows something.

Each part is computed when it is first asked for, and once. How each is computed is said where it is imported from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cached_property

from pensebete.assessment.item_state import ItemState, item_states, item_states_after
from pensebete.assessment.local_time import local_date
from pensebete.assessment.model import Assessment
from pensebete.assessment.profile import known_choices
from pensebete.checklist.model import Checklist
from pensebete.checklist.status import Status
from pensebete.evaluation.action_plan import Action, Missing, action_plan, missing, proposed_statuses
from pensebete.evaluation.first_actions import first_actions, this_week
from pensebete.evaluation.orphans import Orphans, orphans
from pensebete.evaluation.readiness import Gain, Readiness, Score, gains, projection, readiness


@dataclass(frozen=True)
class Evaluation:
    """`zone` is the one in which an instant has a date, and in which today is today."""

    checklist: Checklist
    assessment: Assessment
    today: date
    zone: tzinfo

    def after(self, assessment: Assessment) -> Evaluation:
        """The same once something else is said; of 500 items, those said nothing new of are not looked at again."""
        found = replace(self, assessment=assessment)
        if "item_states" in self.__dict__ and assessment.profile == self.assessment.profile:
            states = item_states_after(self.item_states, assessment, self.profile, self.today, self.zone)
            found.__dict__.update(profile=self.profile, item_states=states, places=self.places)
        return found

    @cached_property
    def profile(self) -> Mapping[str, tuple[str, ...]]:
        """Question -> the options chosen, as conditions read them."""
        return known_choices(self.checklist, self.assessment.profile)

    @cached_property
    def item_states(self) -> tuple[ItemState, ...]:
        """Every item of the checklist, in reading order."""
        return item_states(self.checklist, self.assessment, self.today, self.zone)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Item id -> which of the item states is its."""
        return {state.item.id: place for place, state in enumerate(self.item_states)}

    def state_of(self, item: str) -> ItemState:
        return self.item_states[self.places[item]]

    @cached_property
    def readiness(self) -> Readiness:
        return readiness(self.checklist, self.item_states)

    @cached_property
    def plan(self) -> tuple[Action, ...]:
        """Every action, in order, dismissed ones too."""
        return action_plan(self.checklist, self.assessment, self.item_states, self.today)

    @cached_property
    def first_actions(self) -> tuple[Action, ...]:
        """Where to begin."""
        return first_actions(self.plan)

    @cached_property
    def this_week(self) -> tuple[Action, ...]:
        """What is late or due within seven days, in a few lines."""
        return this_week(self.plan, self.today)

    @cached_property
    def unanswered(self) -> tuple[ItemState, ...]:
        """The items that count and have no answer, or one that lacks its reason."""
        return tuple(state for state in self.item_states if state.counts and state.current is None)

    @property
    def essentials_only(self) -> bool:
        """Whether nothing but essentials is answered: then these are what is told and asked for first."""
        return self.readiness.overall.essentials_only

    @cached_property
    def to_answer(self) -> tuple[ItemState, ...]:
        """Of those without an answer, the ones to answer before anything else: the essentials, where they are all that
        was begun."""
        if not self.essentials_only:
            return self.unanswered
        return tuple(state for state in self.unanswered if state not in self.the_rest)

    @cached_property
    def the_rest(self) -> tuple[ItemState, ...]:
        """Those without an answer that are no essentials: what the short way leaves for another day."""
        essential = self.checklist.readiness.essential
        return tuple(state for state in self.unanswered if not essential.match(state.item))

    @cached_property
    def first_expiry(self) -> date | None:
        """When the first answer is to be reconfirmed, where none is yet."""
        days = (state.expires_on for state in self.item_states if state.counts and not state.expired)
        return min((day for day in days if day is not None), default=None)

    def date_of(self, instant: datetime) -> date:
        """The date of an instant, as everything shows it."""
        return local_date(instant, self.zone)

    @cached_property
    def missing(self) -> Missing:
        """What a reader of the plan would ask for."""
        found = missing(self.checklist, self.item_states, self.plan)
        later = self.the_rest if self.essentials_only else ()
        return replace(found, unanswered=tuple(state for state in found.unanswered if state not in later))

    @cached_property
    def proposed_statuses(self) -> Mapping[str, Status]:
        """Item id -> the answer that the states of its actions call for."""
        return proposed_statuses(self.checklist, self.assessment, self.item_states)

    @cached_property
    def gains(self) -> tuple[Gain, ...]:
        return gains(self.checklist, self.item_states)

    @cached_property
    def projection(self) -> tuple[tuple[str, Score], ...]:
        """For each class, where the overall score would stand once its actions and those before are done.

        Empty while something is unanswered, and where there is nothing to do.
        """
        return projection(self.checklist, self.item_states, self.plan)

    @cached_property
    def orphans(self) -> Orphans:
        return orphans(self.checklist, self.assessment, self.plan)

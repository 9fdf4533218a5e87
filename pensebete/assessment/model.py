"""What the manager said: an Assessment, frozen. The ways to add to it are in edits.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, Field

from pensebete.assessment.local_time import zone_named
from pensebete.checklist.dossier_part import DossierPart
from pensebete.checklist.model import ChecklistRef, Key
from pensebete.checklist.question_kinds import Choice
from pensebete.checklist.status import Status

V = TypeVar("V")
Profile = Mapping[str, Choice]
# Within what a plan can count from and a reader can believe: adding a horizon to the last day there is would overflow.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
# How far an action is. Dropped is not set aside: set aside was never taken on, dropped was and no longer is.
State = Literal["to_start", "under_way", "done", "dropped"]
STATES: tuple[State, ...] = ("to_start", "under_way", "done", "dropped")
NextPay = Literal["yes", "no", "unknown"]
NEXT_PAYS: tuple[NextPay, ...] = ("yes", "no", "unknown")
MOST_WEEKS = 520  # ten years: who has money for longer than that is not to be called first


class Answer(DossierPart):
    """An answer to an item; without a status (a note alone, say) the item is unanswered."""

    status: Status | None = None
    note: str = ""
    reason: str = ""
    overrule: bool = False
    answered_at: datetime | None = None
    # The item was reworded since: the answer counts, and the manager is asked whether it still holds.
    confirm: bool = False


class Planned(DossierPart):
    """What the manager changed of a suggested action; None leaves the proposal as it is."""

    owner: str | None = None
    due: Day | None = None
    undated: bool = False  # without a due date, whatever is proposed
    comment: str = ""
    set_aside: bool = False
    state: State = "to_start"


class OwnAction(DossierPart):
    """An action of the manager's own."""

    id: UUID
    item: Key | None = None
    text: str
    priority: Key
    owner: str = ""
    due: Day | None = None
    comment: str = ""
    set_aside: bool = False
    state: State = "to_start"


class Contact(DossierPart):
    """Whom the pole may call and how soon it should; all of it is optional, and what was not said is left out."""

    name: str = ""
    phone: str = ""
    email: str = ""
    municipality: str = ""
    call_wanted: bool = False
    when: str = ""
    next_pay: NextPay | None = None  # is the next payroll assured; « unknown » was said, None was not
    # A whole number stays one, so that the file stays as it was written.
    weeks_of_money: Annotated[int | float, Field(ge=0, le=MOST_WEEKS)] | None = None
    not_counted: bool = False  # asks to be left out of what the pole counts over many enterprises

    @property
    def reaches(self) -> bool:
        """Whether it says anything but that answers are not to be counted: that is no way to reach anybody."""
        return self.model_copy(update={"not_counted": False}) != NO_CONTACT


NO_CONTACT = Contact()


def _known_zone(name: str) -> str:
    if name:
        zone_named(name)
    return name


class Assessment(DossierPart):
    """All that one enterprise said. Ids that a checklist does not know are kept here and counted nowhere."""

    id: UUID | None = None
    previous_id: UUID | None = None  # of the dossier that a new cycle was copied from
    created_at: datetime | None = None
    updated_at: datetime | None = None
    timezone: Annotated[str, AfterValidator(_known_zone)] = ""  # the visitor's, in which its instants have a date
    checklist: ChecklistRef
    organisation: str = ""
    prepared_by: str = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "fr"
    contact: Contact = NO_CONTACT
    profile: dict[Key, Choice] = {}
    answers: dict[Key, Answer] = {}
    plan_started_on: Day | None = None
    plan: dict[Key, dict[Key, Planned]] = {}
    own_actions: tuple[OwnAction, ...] = ()

    def answer(self, item: str) -> Answer:
        return self.answers.get(item, NOT_ANSWERED)

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it that someone would miss."""
        said = (self.organisation, self.prepared_by, self.profile, self.answers, self.plan, self.own_actions)
        return any(said) or self.contact != NO_CONTACT or bool(self.unknown_fields)

    def planned(self, item: str, action: str) -> Planned:
        return self.plan.get(item, {}).get(action, AS_PROPOSED)


NOT_ANSWERED = Answer()
AS_PROPOSED = Planned()

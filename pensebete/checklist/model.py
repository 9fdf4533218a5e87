"""The checklist as data: everything a reader sees about it comes from checklist.yaml, through these frozen models.

The shape of the file is the shape of the models, so the JSON Schema that editors use is theirs too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, WithJsonSchema, create_model

from pensebete.checklist.dossier_part import DossierPart
from pensebete.checklist.full_names import IdKind, Renames, full_name
from pensebete.checklist.question_kinds import KINDS, Choice, Kind, QuestionKind, given
from pensebete.checklist.refusals import refused_as
from pensebete.checklist.status import STATUSES, Criterion, Status
from pensebete.text.typography import typeset

# The actions the program makes itself, for an unknown, an item in progress, and one whose proof has had its day; no
# checklist may use their ids.
GENERATED_ACTIONS = frozenset({"verify", "finish", "reconfirm"})
USUAL_VALID_DAYS = 90

_UNLIKE = "string_pattern_mismatch"  # pydantic's type of error for a text that its pattern does not describe
_ID = r"[A-Za-z0-9][A-Za-z0-9+_-]*"
Id = Annotated[str, StringConstraints(pattern=rf"^{_ID}$", max_length=60), refused_as("id", _UNLIKE)]
# An id with what it stands in, as full_names.py says: `cash-forecast`, `cash-forecast/count-cash`, `profile/staff/1-9`.
FullName = Annotated[
    str, StringConstraints(pattern=rf"^(profile/)?{_ID}(/{_ID})?$", max_length=129), refused_as("full_name", _UNLIKE)
]
Key = Annotated[str, Field(max_length=200)]  # an id in a file of any version, which may hold any character
Level = Annotated[int, Field(ge=1, le=3), refused_as("level")]
_USUAL_HORIZONS = ["48h", "2w", "30d"]  # what editors propose
Horizon = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9][0-9]{0,2}(h|d|w)$"),
    Field(examples=_USUAL_HORIZONS),
    refused_as("horizon", _UNLIKE),
]
# A host of two names or more, perhaps a port, then anything without a space: no script, no account before an @.
_URL = r'https?://[^\s/?#:@<>".]+(\.[^\s/?#:@<>".]+)+(:[0-9]{1,5})?([/?#][^\s<>"]*)?'
Url = Annotated[str, StringConstraints(pattern=rf"^{_URL}$"), refused_as("url", _UNLIKE)]
# In a field that may be left empty.
UrlOrNothing = Annotated[str, StringConstraints(pattern=rf"^({_URL})?$"), refused_as("url", _UNLIKE)]
EmailOrNothing = Annotated[
    str, StringConstraints(pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$"), refused_as("email", _UNLIKE)
]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$"), refused_as("language", _UNLIKE)]
MOST_LANGUAGES = 10
# A page and a half; no reader of a checklist goes on longer.
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
ShortWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
MOST_DOUBT_WORDS = 100

_MOST_ROWS = 50  # of a table that every item is held against
_HOURS_IN = {"h": 1, "d": 24, "w": 7 * 24}


class Model(BaseModel):
    """Frozen, and strict about names: a field nobody knows is a mistake, never silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Text(RootModel[dict[str, Words]]):
    """A text in each language of the checklist: `text["fr"]`."""

    model_config = ConfigDict(frozen=True)

    def __getitem__(self, language: str) -> str:
        """The text in that language, as it is set there; where it lacks it, in French or the first one written."""
        texts = self.root
        found = language if texts.get(language) else "fr" if texts.get("fr") else next(iter(texts))
        return typeset(texts[found], found)


class Condition(BaseModel):
    """`{staff: [1-9, 10-49]}`, or `any`, `all`, `not` of such; several questions in one mapping mean all of them.

    What it means for a profile is said in conditions.py.
    """

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)
    __pydantic_extra__: dict[str, Annotated[tuple[Id, ...], Field(min_length=1)]] = Field(init=False)

    any: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = None
    all: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = None
    not_: Condition | None = Field(default=None, alias="not")

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """Question id -> the options that satisfy it, as written in this mapping itself."""
        return self.__pydantic_extra__

    @property
    def parts(self) -> Iterator[Condition]:
        """The conditions inside this one: those of `any`, `all` and `not`."""
        yield from self.any or ()
        yield from self.all or ()
        if self.not_ is not None:
            yield self.not_


class Levels(Model):
    """A row of a table over an item's three marks, each 1 to 3: `{urgency: [3], impact: [2, 3]}`."""

    urgency: tuple[Level, ...] | None = None
    impact: tuple[Level, ...] | None = None
    effort: tuple[Level, ...] | None = None

    def match(self, item: Item) -> bool:
        """Whether the item stands in this row; a mark the row does not name may be anything."""
        return (
            (self.urgency is None or item.urgency in self.urgency)
            and (self.impact is None or item.impact in self.impact)
            and (self.effort is None or item.effort in self.effort)
        )


class Resource(Model):
    title: Text
    phone: str | None = None
    url: Url | None = None
    verified_on: date | None = None
    valid_until: date | None = None


# Whom a message goes to. To all staff, the public and public bodies it is in French first, another language beside it:
# the Charter of the French language asks it of what is written to all staff (s. 41).
Recipient = Literal["staff", "public", "government", "hub", "others"]
_RECIPIENTS: tuple[Recipient, ...] = get_args(Recipient)
FRENCH_FIRST: frozenset[Recipient] = frozenset({"staff", "public", "government"})


class Message(Model):
    """A message to send, ready but for its inserts and blanks (inserts.py); each line of the text is a paragraph."""

    to: Annotated[Recipient, refused_as("choice", choices=", ".join(_RECIPIENTS))] = "others"
    subject: Text
    text: Text

    @property
    def french_first(self) -> bool:
        return self.to in FRENCH_FIRST


class SuggestedAction(Model):
    id: Id
    text: Text
    within: Horizon
    owner: Id
    applies_when: Condition | None = None
    message: Message | None = None  # with which it is done


class Criteria(Model):
    """What can be observed, so that two managers answer alike."""

    done: Text
    in_progress: Text

    def __getitem__(self, criterion: Criterion) -> Text:
        return self.done if criterion == "done" else self.in_progress


class Item(Model):
    id: Id
    ref: Words
    title: Text
    help: Text
    criteria: Criteria
    examples: dict[str, tuple[Words, ...]] = {}
    applies_when: Condition | None = None
    belongs_with: Id | None = None
    urgency: Level
    impact: Level
    effort: Level
    # Decimal, so that sums of weights are exact and no score depends on the order of the items.
    weight: Annotated[
        Decimal | None,
        Field(gt=0, le=1000),
        WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1000}),
    ] = None
    valid_days: Annotated[int, Field(ge=1, le=3650)] = USUAL_VALID_DAYS  # for so long a done stays current
    split_from: Id | None = None  # the item that asked this too, in an earlier version
    actions: Annotated[tuple[SuggestedAction, ...], Field(min_length=1)]
    resources: tuple[Resource, ...] = ()

    @cached_property
    def weighs(self) -> Decimal:
        """Its part in the score: its weight, else its impact."""
        return self.weight if self.weight is not None else Decimal(self.impact)

    def examples_in(self, language: str) -> tuple[str, ...]:
        return self.examples.get(language) or self.examples.get("fr") or next(iter(self.examples.values()), ())


class Domain(Model):
    id: Id
    title: Text
    intro: Text | None = None
    vital: bool = False
    lender: bool = False  # whether a lender reads it
    items: Annotated[tuple[Item, ...], Field(min_length=1)]


class Option(Model):
    id: Id
    label: Text
    exclusive: bool = False  # « Rien de cela »: chosen with no other


class ProfileQuestion(Model):
    id: Id
    question: Text
    help: Text | None = None
    short: Text | None = None  # what the question is about, where a line has no room for it
    belongs_with: Id | None = None
    choose: Annotated[Kind, refused_as("choice", choices=", ".join(KINDS))]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    @property
    def kind(self) -> QuestionKind:
        return KINDS[self.choose]

    def read(self, choice: Choice) -> tuple[str, ...]:
        """The options of a choice that count, in the order of the question."""
        return self.kind.read([option.id for option in self.options], choice)

    def unread(self, choice: Choice) -> tuple[str, ...]:
        """What was given and counts for nothing."""
        read = self.read(choice)
        if read and not self.kind.offers_options:
            return ()
        return tuple(option for option in given(choice) if option not in read)


class StatusWords(Model):
    label: Text
    meaning: Text


class _Statuses(Model):
    def __getitem__(self, status: Status) -> StatusWords:
        words: StatusWords = getattr(self, status)
        return words


if TYPE_CHECKING:
    Statuses = _Statuses
else:  # a field for each row of the table in status.py
    Statuses = create_model("Statuses", __base__=_Statuses, **dict.fromkeys(STATUSES, (StatusWords, ...)))


class Band(Model):
    id: Id
    from_: Annotated[int, Field(ge=0, le=100, alias="from")]
    label: Text
    advice: Text


class Caps(Model):
    """For each reason that can hold the overall band back, the highest band it leaves.

    The two that came later do as the reason nearest to them where a checklist does not name their band.
    """

    essential_open: Id
    vital_domain_weak: Id
    essential_in_progress: Id
    essential_expired: Id | None = None
    essential_not_applicable: Id
    many_not_applicable: Id | None = None
    domain_weak: Id

    @cached_property
    def bands(self) -> dict[str, str]:
        """Reason -> the highest band it leaves, in the order they are said."""
        instead = {
            "essential_expired": self.essential_in_progress,
            "many_not_applicable": self.essential_not_applicable,
        }
        return {reason: written or instead[reason] for reason, written in self}


class ReadinessRules(Model):
    caption: Text
    provisional_below: Annotated[float, Field(ge=0, le=1)]
    weak_domain_below: Annotated[int, Field(ge=0, le=100)]
    no_band_below_items: Annotated[int, Field(ge=0)] = 3
    essential: Levels
    caps: Caps
    # The band it is never under once every essential is done; absent: the lowest but one.
    floor: Id | None = None


class RankClass(Model):
    """A class of urgency, P1 first; the first class with a row that matches takes the item."""

    class_: Annotated[Id, Field(alias="class")]
    label: Text
    within: Horizon
    when: Annotated[tuple[Levels, ...], Field(max_length=_MOST_ROWS)] | None = None

    def takes(self, item: Item) -> bool:
        return self.when is None or any(row.match(item) for row in self.when)


class OwnerInstead(Model):
    """Whom to propose as owner of every action where the condition holds: the board, where nobody is employed."""

    applies_when: Condition
    owner: Id


class Calendar(Model):
    """Whose holidays are no working days: `{country: CA, subdivision: QC, categories: [public, optional]}`."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    subdivision: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,3}$")] | None = None
    categories: Annotated[tuple[Id, ...], Field(min_length=1)] = ("public",)


class Contact(Model):
    """Whom a manager can call now; what staff have not filled in is not shown."""

    name: Text
    note: Text | None = None
    phone: str | None = None
    email: EmailOrNothing | None = None
    url: UrlOrNothing | None = None


class ChecklistRef(DossierPart):
    """Which checklist, and which version of it: what a dossier says it was made with."""

    id: Key
    version: Key = ""


class Checklist(Model):
    id: Id
    version: Words
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1, max_length=MOST_LANGUAGES)]
    title: Text
    preface: Text
    disclaimer: Text
    not_covered: tuple[Text, ...] = ()
    contact: Contact
    statuses: Statuses
    owners: Annotated[dict[Id, Text], Field(min_length=1)]
    owner_instead: tuple[OwnerInstead, ...] = ()
    profile: tuple[ProfileQuestion, ...] = ()
    bands: Annotated[tuple[Band, ...], Field(min_length=1, max_length=_MOST_ROWS)]
    readiness: ReadinessRules
    ranking: Annotated[tuple[RankClass, ...], Field(min_length=1, max_length=_MOST_ROWS)]
    quick_win: Levels
    calendar: Calendar | None = None  # without one, only weekends are no working days
    resources: tuple[Resource, ...] = ()
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]
    renamed: dict[FullName, FullName] = {}
    retired: tuple[FullName, ...] = ()
    # By language, what in a note makes a « Fait » doubtful; a language that has none here has the program's.
    doubt_words: dict[LanguageCode, Annotated[tuple[ShortWords, ...], Field(max_length=MOST_DOUBT_WORDS)]] = {}

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by id, in reading order."""
        return {item.id: item for domain in self.domains for item in domain.items}

    @cached_property
    def questions(self) -> dict[str, ProfileQuestion]:
        return {question.id: question for question in self.profile}

    @cached_property
    def places(self) -> dict[IdKind, dict[str, tuple[str | int, ...]]]:
        """Every id that dossiers or other versions may name, by kind: its full name, and the path of it in the file."""
        items: dict[str, tuple[str | int, ...]] = {}
        actions: dict[str, tuple[str | int, ...]] = {}
        for d, domain in enumerate(self.domains):
            for i, item in enumerate(domain.items):
                path = ("domains", d, "items", i)
                items[item.id] = (*path, "id")
                for a, action in enumerate(item.actions):
                    actions[full_name("actions", action.id, item.id)] = (*path, "actions", a, "id")
        return {
            "items": items,
            "actions": actions,
            "profile": {full_name("profile", asked.id): ("profile", q, "id") for q, asked in enumerate(self.profile)},
            "options": {
                full_name("options", option.id, asked.id): ("profile", q, "options", o, "id")
                for q, asked in enumerate(self.profile)
                for o, option in enumerate(asked.options)
            },
            "domains": {full_name("domains", one.id): ("domains", d, "id") for d, one in enumerate(self.domains)},
            "bands": {full_name("bands", band.id): ("bands", b, "id") for b, band in enumerate(self.bands)},
            "owners": {full_name("owners", owner): ("owners", owner) for owner in self.owners},
            "ranking": {
                full_name("ranking", row.class_): ("ranking", r, "class") for r, row in enumerate(self.ranking)
            },
        }

    @cached_property
    def retired_names(self) -> frozenset[str]:
        return frozenset(self.retired)

    @cached_property
    def renames(self) -> Renames:
        return Renames(self.places, self.renamed)

    @cached_property
    def for_lenders(self) -> tuple[Domain, ...]:
        """The domains a lender reads; all of them where none is marked."""
        return tuple(domain for domain in self.domains if domain.lender) or self.domains

    def band(self, id: str) -> Band:
        return next(band for band in self.bands if band.id == id)

    @cached_property
    def floor(self) -> Band:
        """The band that nothing goes under once every essential is done."""
        if self.readiness.floor is not None:
            return self.band(self.readiness.floor)
        return sorted(self.bands, key=lambda band: band.from_)[:2][-1]

    def domain(self, id: str) -> Domain:
        return next(domain for domain in self.domains if domain.id == id)

    def written_class(self, item: Item) -> RankClass:
        """The class that the ranking gives an item by its marks."""
        return next((row for row in self.ranking if row.takes(item)), self.ranking[-1])

    def rank_within(self, within: Horizon) -> int:
        """The place in the ranking of the first class that leaves as much time; of the last one where none does."""
        fitting = (n for n, row in enumerate(self.ranking) if days(row.within) >= days(within))
        return next(fitting, len(self.ranking) - 1)

    def band_at(self, shown: int) -> Band:
        """The band of a shown number, 0 to 100."""
        return max((band for band in self.bands if band.from_ <= shown), key=lambda band: band.from_)


@lru_cache(maxsize=256)
def days(within: Horizon) -> int:
    """A horizon in whole days, rounded up: `48h` is 2, `2w` is 14."""
    number, unit = re.fullmatch(r"(\d+)([hdw])", within).groups()  # type: ignore[union-attr]
    return -(-int(number) * _HOURS_IN[unit] // 24)

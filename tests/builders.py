"""Assessments and checklists to test with: a few words each, and strategies for hypothesis."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pensebete.assessment.model import (
    FIRST_DAY,
    LAST_DAY,
    MOST_WEEKS,
    NEXT_PAYS,
    NO_CONTACT,
    STATES,
    Answer,
    Assessment,
    Contact,
    OwnAction,
    Planned,
)
from pensebete.checklist.dossier_part import DossierPart
from pensebete.checklist.loading import load, read
from pensebete.checklist.model import Checklist, ChecklistRef
from pensebete.checklist.status import STATUSES
from pensebete.evaluation.evaluation import Evaluation

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "checklist.yaml"
MINIMAL = Path(__file__).parent / "fixtures" / "minimal.yaml"
# A Monday.
MONDAY = date(2026, 3, 30)
NOW = datetime(2026, 3, 28, 14, 30, tzinfo=UTC)


def assess(answers: Mapping[str, str | Answer | None] = {}, checklist: str = "covid-19", **details: Any) -> Assessment:
    """An assessment in a few words: `assess({"cash-forecast": "done"}, profile={"staff": "0"})`."""
    return Assessment(
        checklist={"id": checklist, "version": CHECKLIST.version if checklist == "covid-19" else "1"},  # type: ignore[arg-type]
        answers={k: v if isinstance(v, Answer) else answer(v) for k, v in answers.items()},
        **details,
    )


def answer(status: str | None, **details: Any) -> Answer:
    """With a reason where one is needed to be an answer."""
    reason = {"reason": REASON} if status == "not_applicable" else {}
    return Answer(status=status, **(reason | details))  # type: ignore[arg-type]


def every(checklist: Checklist, status: str | None, **but: str | None) -> dict[str, str | None]:
    """The same answer to every item, but those named (with `_` for `-`)."""
    return {id: but.get(id.replace("-", "_"), status) for id in checklist.items}


def evaluate(checklist: Checklist, assessment: Assessment, today: date = MONDAY, zone: tzinfo = UTC) -> Evaluation:
    return Evaluation(checklist, assessment, today, zone)


def mended(*changes: tuple[str, str]) -> str:
    """The text of the small checklist with a few places changed; each must be there exactly once."""
    text = MINIMAL.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        text = text.replace(old, new)
    return text


@cache
def sound(text: str) -> Checklist:
    """What a text is read as; a Checklist is frozen, and tests read the same few texts by the hundred."""
    checklist, diagnostics = read(text)
    assert checklist is not None, [diagnostic.sentence("en") for diagnostic in diagnostics]
    return checklist


# The checklist that ships, for all of them: to read it takes as long as ten tests.
CHECKLIST = load(SHIPPED)
_statuses = st.sampled_from(STATUSES)


REASON = "Rien à dire de plus"
# Per item one draw: an absent answer, or a status (or none) with or without an overrule, a date, a reason.
_ANSWERED_AT = [None, *(NOW - timedelta(days=days, hours=11) for days in (0, 6, 13, 29, 88, 400))]
_ANSWERS = [
    None,
    *(
        Answer(status=s, overrule=o, answered_at=at, reason=reason)
        for s in (None, *STATUSES)
        for o in (False, True)
        for at in (_ANSWERED_AT if s in ("done", "to_do") else _ANSWERED_AT[:2])
        for reason in (("", " ", REASON) if s == "not_applicable" else ("",))
    ),
]


@st.composite
def profiles(draw: st.DrawFn, checklist: Checklist = CHECKLIST) -> dict[str, str | tuple[str, ...]]:
    """Some questions answered, some not, `several` with any of its options, the empty list included."""
    chosen: dict[str, str | tuple[str, ...]] = {}
    for question in checklist.profile:
        ids = [option.id for option in question.options]
        one = st.none() | st.sampled_from(ids)
        several = st.none() | st.lists(st.sampled_from(ids), unique=True).map(tuple)
        choice = draw(one if question.choose == "one" else several)
        if choice is not None:
            chosen[question.id] = choice
    return chosen


@st.composite
def assessments(draw: st.DrawFn, checklist: Checklist = CHECKLIST, **fixed: Any) -> Assessment:
    """Any profile and any answers; half of them lean on one status, to reach the ends of the scale."""
    leaning = draw(st.sampled_from([None] * len(STATUSES) + list(STATUSES)))
    likely = [] if leaning is None else [Answer(status=leaning, reason=REASON)] * 3 * len(_ANSWERS)
    drawn = draw(
        st.lists(st.sampled_from(_ANSWERS + likely), min_size=len(checklist.items), max_size=len(checklist.items))
    )
    given_answers = {id: answer for id, answer in zip(checklist.items, drawn, strict=True) if answer is not None}
    return assess(given_answers, checklist=checklist.id, profile=draw(profiles(checklist)), **fixed)


# What a person can type: everything but lone surrogates, which UTF-8 cannot write.
typed = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
days = st.dates(FIRST_DAY, LAST_DAY)
moments = st.datetimes(timezones=st.just(UTC))
keys = typed | st.sampled_from(["staff", "cash-forecast", "remote-work"])
_states = st.sampled_from(STATES)

# What another version of the program may have written: any value, under any name, those that our code has too included.
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | typed,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(typed, inner, max_size=3),
    max_leaves=6,
)
ODD_NAMES = (
    "weight", "organization", "contact.phone", "weather",
    "", " ", "id ", "a.b", "own_order", "detail", "unknown_fields",
    "answer", "planned", "says_something", "copy", "json", "model_dump", "model_config", "model_fields", "self",
    "__class__", "__dict__", "__init__", "__hash__", "__pydantic_extra__", "__getnewargs_ex__", "_x",
)  # fmt: skip
_unknown_fields = st.just({}) | st.dictionaries(st.sampled_from(ODD_NAMES) | typed, json_values, max_size=2)


def perhaps_with_unknown(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Parts of dossiers, some of them with fields that this version does not know."""
    return st.builds(with_unknown, parts, _unknown_fields)


def with_unknown(part: Any, fields: Mapping[str, Any]) -> Any:
    """The part of a dossier with more fields; those that this version knows stay as they are."""
    more = {name: value for name, value in fields.items() if name not in _KNOWN[type(part)]}
    return type(part).model_validate({**dict(part), **more})


_KNOWN = {part: {*part.model_fields} for part in DossierPart.__subclasses__()}
_KNOWN[Assessment] |= {"format", "format_version"}
planned = perhaps_with_unknown(
    st.builds(
        Planned, owner=st.none() | typed, due=st.none() | days, comment=typed, set_aside=st.booleans(), state=_states
    )
)
own_actions = perhaps_with_unknown(
    st.builds(
        OwnAction,
        id=st.uuids(),
        item=st.none() | keys,
        text=typed,
        priority=typed | st.sampled_from(["P1", "P2", "P3"]),
        owner=typed,
        due=st.none() | days,
        comment=typed,
        set_aside=st.booleans(),
        state=_states,
    )
)
_answers = perhaps_with_unknown(
    st.builds(
        Answer,
        status=st.none() | _statuses,
        note=typed,
        reason=typed,
        overrule=st.booleans(),
        answered_at=st.none() | moments,
        confirm=st.booleans(),
    )
)
contacts = perhaps_with_unknown(
    st.builds(
        Contact,
        name=typed,
        phone=typed,
        email=typed,
        municipality=typed,
        call_wanted=st.booleans(),
        when=typed,
        next_pay=st.none() | st.sampled_from(NEXT_PAYS),
        weeks_of_money=st.none() | st.integers(0, MOST_WEEKS) | st.floats(0, MOST_WEEKS),
        not_counted=st.booleans(),
    )
)
written_dossiers = perhaps_with_unknown(
    st.builds(
        Assessment,
        id=st.none() | st.uuids(),
        previous_id=st.none() | st.uuids(),
        created_at=st.none() | moments,
        updated_at=st.none() | moments,
        timezone=st.sampled_from(["", "America/Toronto", "America/Whitehorse", "Asia/Tokyo"]),
        checklist=perhaps_with_unknown(st.builds(ChecklistRef, id=st.just("covid-19"), version=st.just("") | typed)),
        organisation=typed,
        prepared_by=typed,
        language=st.sampled_from(["fr", "en"]),
        contact=st.just(NO_CONTACT) | contacts,
        profile=st.dictionaries(keys, typed | st.lists(typed, max_size=3).map(tuple), max_size=4),
        answers=st.dictionaries(keys, _answers, max_size=4),
        plan_started_on=st.none() | days,
        plan=st.dictionaries(keys, st.dictionaries(keys, planned, max_size=2), max_size=3),
        own_actions=st.lists(own_actions, max_size=3).map(tuple),
    )
)

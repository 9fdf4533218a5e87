"""What the program remembers of a visit: the only owner of Streamlit's session_state.

The assessment is the one source of every widget's value. A widget writes through its callback; when it is shown for
the first time, or again after another page, it reads. So nothing depends on Streamlit keeping a widget's state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete import journey
from pensebete.action_plan import Action, action_plan
from pensebete.assessment import Assessment, ChecklistRef, with_details
from pensebete.checklist import Checklist
from pensebete.facts import Key, changes
from pensebete.followup_words import account_words
from pensebete.i18n import LANGUAGES, Wording, wording
from pensebete.journey import Standing
from pensebete.migration import migrate
from pensebete.store.errors import LinkGoneError

if TYPE_CHECKING:  # it brings the database with it, which most visits never need
    from pensebete.web.saving import Saving

T = TypeVar("T")
_READING_TIME = timedelta(seconds=10)


_whole_run: ContextVar[bool] = ContextVar("whole_run", default=False)


@contextmanager
def whole_run() -> Iterator[None]:
    """Around a run of the whole script; a run cut short is remembered as such."""
    st.session_state["cut_short"] = True
    token = _whole_run.set(True)
    try:
        yield
        st.session_state["cut_short"] = False
    finally:
        _whole_run.reset(token)


def redraw_if_cut_short() -> None:
    """For the beginning of whatever runs alone.

    A word typed and a button pressed at once send two runs, of the card and of the page, and the framework lets the
    card's stop the page's: a page half drawn. Here the card then asks for the whole page again.
    """
    if not _whole_run.get() and st.session_state.get("cut_short"):
        st.rerun()


def begin(checklist: Checklist, language: str) -> None:
    """Make sure that the visit has an assessment; the first thing of every run."""
    before: Checklist | None = st.session_state.get("checklist")
    st.session_state["checklist"] = checklist
    st.session_state["shows_changes"] = []
    if before is not None and before is not checklist and before.id == checklist.id:
        # The staff published another version in the middle of this visit.
        _carry(before)
        _begin_edition()
    if "assessment" not in st.session_state:
        st.session_state["assessment"] = _new_assessment(checklist, language)
        _begin_edition()


def erase(checklist: Checklist) -> None:
    """Forget everything typed; the language stays."""
    language = assessment().language
    st.session_state.clear()
    st.session_state["checklist"] = checklist
    st.session_state["assessment"] = _new_assessment(checklist, language)
    st.session_state["said_something"] = True
    _begin_edition()


def resume(assessment: Assessment, older: Checklist | None = None) -> None:
    """Go on with an assessment from elsewhere, in the language of this visit, carried to this version of the checklist.

    `older` is the checklist it was made with, where that is known.
    """
    st.session_state["assessment"] = assessment.model_copy(update={"language": language()})
    st.session_state["said_something"] = True
    _carry(older)
    _begin_edition()


def _carry(older: Checklist | None) -> None:
    """The assessment as this version of the checklist reads it, and the account of what became of the answers."""
    account = migrate(assessment(), checklist(), older)
    st.session_state["assessment"] = account.assessment
    if account.changed:
        tell(" ".join(account_words(account, say())))


def start_cycle(copy: Callable[[Assessment, UUID, datetime], Assessment]) -> None:
    """Go on with a copy, in this tab alone: what was saved stays as it is, under its link."""
    set_saving(None)
    remember_link("")
    st.session_state["assessment"] = copy(assessment(), uuid4(), now())
    _begin_edition()


def assessment() -> Assessment:
    found: Assessment = st.session_state["assessment"]
    return found


def standings() -> tuple[Standing, ...]:
    return _derived("standings", lambda: journey.standings(checklist(), assessment()))


def standing(item: str) -> Standing:
    return next(standing for standing in standings() if standing.item.id == item)


def reading_only() -> bool:
    """Whether the dossier was opened by a link that lets one read it, not change it."""
    found = saving()
    return found is not None and found.access == "read"


def actions() -> tuple[Action, ...]:
    """The action plan as of today."""
    day = today()
    return _derived(f"actions {day}", lambda: action_plan(checklist(), assessment(), day))


def _derived(name: str, compute: Callable[[], T]) -> T:
    """What follows from the assessment, computed once for each: every card of a page asks for the same."""
    of = (checklist(), assessment())
    known = st.session_state.get("derived")
    if known is None or any(old is not now for old, now in zip(known[0], of, strict=True)):
        known = st.session_state["derived"] = (of, {})
    found: dict[str, T] = known[1]
    if name not in found:
        found[name] = compute()
    return found[name]


def say() -> Wording:
    return wording(assessment().language)


def language() -> str:
    return assessment().language


def set_language(language: str) -> None:
    keep(with_details, language=language)


def checklist() -> Checklist:
    found: Checklist = st.session_state["checklist"]
    return found


def keep(change: Callable[..., Assessment], *about: Any, **changes: Any) -> None:
    """Keep what was just said: `keep(with_answer, "cash-forecast", status="done")`."""
    st.session_state["assessment"] = change(assessment(), *about, now=now(), **changes)
    st.session_state["said_something"] = True
    if found := saving():
        in_step(found.push)


def saving() -> Saving | None:
    """The saving of this visit's dossier; None where it lives in the tab alone."""
    found: Saving | None = st.session_state.get("saving")
    return found


def set_saving(saving: Saving | None) -> None:
    st.session_state["saving"] = saving


def in_step(exchange: Callable[[Assessment, datetime], Assessment]) -> bool:
    """Exchange changes with the database; whether others had changed something. Their values come into the widgets."""
    before, language = assessment(), assessment().language
    try:
        after = exchange(before, now())
    except LinkGoneError as gone:
        # What was typed stays in the tab; it is only saved no more.
        set_saving(None)
        remember_link("")
        tell(gone.sentence(say()))
        return True
    changed = changes(before, after)
    st.session_state["assessment"] = with_details(after, after.updated_at or now(), language=language)
    for fact in changed:
        if name := widget_of(fact):
            widget_forgets(name)
    return bool(changed)


def widget_of(fact: Key) -> str | None:
    """The name of the widget that shows a fact."""
    match fact:
        case ("answer", item, what):
            return f"{what}.{item}"
        case ("profile", question):
            return f"profile.{question}"
        case ("plan", item, action, what):
            return f"{what}.{item}.{action}"
        case ("detail", what):
            return what
    return None


def remember_link(token: str) -> None:
    """Have the browser remember a link, or forget it where the token is empty, on the next screen."""
    st.session_state["link_to_remember"] = token


def link_to_remember() -> str | None:
    found: str | None = st.session_state.pop("link_to_remember", None)
    return found


def show_link(token: str) -> None:
    """Show a link just made, on the next screen and never again."""
    st.session_state["link_to_show"] = token


def link_to_show() -> str | None:
    found: str | None = st.session_state.pop("link_to_show", None)
    return found


def said_something() -> bool:
    """Whether anything was typed, erased or resumed in this visit: until then it may take back one cut short."""
    return "said_something" in st.session_state


def show_changes_in(slot: DeltaGenerator, show: Callable[[DeltaGenerator], None]) -> None:
    """Have `show` called with `slot` whenever something was said, by a page or by a card that runs alone."""
    st.session_state["shows_changes"].append((slot, show))


def show_changes() -> None:
    """To be called at the end of whatever may have changed the assessment."""
    for slot, show in st.session_state["shows_changes"]:
        show(slot)


def start_plan(day: date) -> None:
    """Due dates count from the day the plan is first shown with something in it."""
    if assessment().plan_started_on is None and assessment().answers and not reading_only():
        keep(with_details, plan_started_on=day)


def place() -> str | None:
    """The step of the questionnaire one is at."""
    found: str | None = st.session_state.get("place")
    return found


def go_to(step: str) -> None:
    st.session_state["place"] = step


def urgent_first() -> bool:
    return bool(st.session_state.get("urgent_first", False))


def set_urgent_first(value: bool) -> None:
    st.session_state["urgent_first"] = value
    st.session_state.pop("place", None)


def tell(message: str) -> None:
    """Show a sentence at the top of the screens of the next seconds."""
    st.session_state.setdefault("messages", []).append((datetime.now(UTC), message))


def told() -> list[str]:
    """What is to be shown now. Not once only: two runs may follow each other before anyone can read."""
    kept = [(at, text) for at, text in st.session_state.get("messages", []) if datetime.now(UTC) - at < _READING_TIME]
    st.session_state["messages"] = kept
    return list(dict.fromkeys(text for _, text in kept))


def widget(name: str, value: Any) -> str:
    """The key of a widget that shows `value` at first; the value is that of the assessment."""
    key = f"{name}.{st.session_state['edition']}.{language()}"
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def widget_shows(key: str, value: Any) -> None:
    """Make a widget show `value`, whatever it held; before the widget is made."""
    st.session_state[key] = value


def widget_forgets(name: str) -> None:
    """Have a widget show the value of the assessment again."""
    st.session_state.pop(key(name), None)


def typed(key: str) -> Any:
    """What a widget now holds; for its callback."""
    return st.session_state[key]


def key(name: str) -> str:
    """The key of a widget that holds nothing to keep, such as a button."""
    return f"{name}.{st.session_state['edition']}.{language()}"


def _begin_edition() -> None:
    """From here on no widget is taken for one of before, by this server or by a tab that knew another one."""
    st.session_state["edition"] = uuid4().hex[:8]


def now() -> datetime:
    """The moment, by the visitor's clock: an answer of Tuesday evening is dated Tuesday."""
    try:
        zone: tzinfo = ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = UTC
    return datetime.now(zone).replace(microsecond=0)


def today() -> date:
    """The date where the visitor is."""
    return now().date()


def _new_assessment(checklist: Checklist, language: str) -> Assessment:
    moment = now()
    return Assessment(
        id=uuid4(),
        created_at=moment,
        updated_at=moment,
        checklist=ChecklistRef(id=checklist.id, version=checklist.version),
        language=language if language in LANGUAGES else LANGUAGES[0],
    )

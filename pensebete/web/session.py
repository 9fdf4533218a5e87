"""What the program remembers of a visit: the only owner of Streamlit's session_state.

The assessment is the one source of every widget's value. A widget writes through its callback; when it is shown for
the first time, or again after another page, it reads. So nothing depends on Streamlit keeping a widget's state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete import journey
from pensebete.action_plan import Action, action_plan
from pensebete.assessment import Assessment, ChecklistRef, with_details
from pensebete.checklist import Checklist
from pensebete.facts import Json, Key, applied, changes
from pensebete.followup_words import account_words
from pensebete.i18n import Wording, wording
from pensebete.journey import Standing
from pensebete.migration import migrate
from pensebete.store.errors import LinkGoneError, StoreError
from pensebete.web.published import Published

if TYPE_CHECKING:  # it brings the database with it, which most visits never need
    from pensebete.web.saving import Saving

T = TypeVar("T")
_READING_TIME = timedelta(seconds=10)
_REGRET_TIME = timedelta(minutes=2)  # and no longer: others may come to this screen


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


def begin(latest: Published, language: str) -> None:
    """Make sure that the visit has an assessment; the first thing of every run.

    A visit in which something was said goes on with the version it began with until it takes the latest one.
    """
    st.session_state["latest"] = latest
    st.session_state["shows_changes"] = []
    if "assessment" not in st.session_state:
        _start(language)
    elif newer_version() is None:
        return
    elif saving() is None and not assessment().says_something:
        _start(assessment().language)
    elif saving() and assessment().checklist.version == latest.checklist.version != checklist().version:
        take_newer_version()  # another visit carried the same dossier over


def _start(language: str) -> None:
    """An assessment in which nothing is said, of the latest version of the checklist."""
    st.session_state["published"] = latest()
    st.session_state["assessment"] = _new_assessment(latest().checklist, language)
    _begin_edition()


def latest() -> Published:
    """The version that new visits see."""
    found: Published = st.session_state["latest"]
    return found


def newer_version() -> Checklist | None:
    """The version that new visits see, where it is not the one this visit goes on with."""
    return None if trying_out() or latest().checklist is checklist() else latest().checklist


def take_newer_version() -> None:
    """Go on with the latest version of the checklist; what was said is carried over."""
    before = checklist()
    st.session_state["published"] = latest()
    if found := saving():
        found.checklist_text = latest().text
    _carry(before)
    _begin_edition()


def erase() -> None:
    """Forget everything typed; the language stays. For two minutes it can be taken back."""
    if trying_out():
        st.session_state["assessment"] = _new_assessment(checklist(), language())
        _begin_edition()
        return
    spoken, published, before = language(), latest(), assessment()
    remembered = saving() or unopened()
    st.session_state.clear()
    forget_aside()
    if remembered:
        remember_link("")
    st.session_state["latest"] = published
    if before.says_something:
        offer_back("erase", lambda: resume(before))
    st.session_state["said_something"] = True
    st.session_state["erased"] = True
    _start(spoken)


def erased() -> bool:
    """Whether everything was erased, and nothing said since."""
    return "erased" in st.session_state and not assessment().says_something


@dataclass(frozen=True)
class Regret:
    """Something just taken away, and what brings it back."""

    at: datetime
    what: Literal["erase", "own_action"]
    bring_back: Callable[[], None]


def offer_back(what: Literal["erase", "own_action"], bring_back: Callable[[], None]) -> None:
    """Have the next screens offer to bring something back."""
    st.session_state["regret"] = Regret(datetime.now(UTC), what, bring_back)


def to_bring_back() -> Regret | None:
    """What was just taken away, while it can be brought back: nothing was said since, and little time has passed."""
    found: Regret | None = st.session_state.get("regret")
    if found and datetime.now(UTC) - found.at > _REGRET_TIME:
        found = st.session_state["regret"] = None
    return found


def resume(assessment: Assessment, older: Checklist | None = None) -> None:
    """Go on with an assessment from elsewhere, in the language of this visit, carried to this version of the checklist.

    `older` is the checklist it was made with, where that is known.
    """
    if not trying_out():
        st.session_state["published"] = latest()
    of_this_visit = assessment.model_copy(update={"language": language(), "id": assessment.id or uuid4()})
    _replace(of_this_visit)
    st.session_state["said_something"] = True
    st.session_state.pop("regret", None)
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
    _replace(copy(assessment(), uuid4(), now()))
    leave_saved()
    _begin_edition()


def _replace(other: Assessment) -> None:
    """Put another dossier in the place of this one, which is set aside if it is saved nowhere."""
    if unsaved() and assessment().id != other.id and not trying_out():
        set_aside(assessment())
    st.session_state["assessment"] = other


# What a trial puts aside, and gives back as it was.
_OWN = ("assessment", "published", "saving", "unopened", "said_something", "erased", "place", "urgent_first")


def try_out(draft: Published, with_dossier: Assessment | None = None) -> None:
    """Show the whole app with a draft of the checklist, in this visit alone, and answers of the trial's own.

    What the visit said is put aside until `end_trial`. Tried out again after a change, the draft keeps the answers.
    """
    tried = st.session_state["assessment"] if trying_out() else None
    before, spoken = checklist(), language()
    if not trying_out():
        st.session_state["put_aside"] = {k: st.session_state.pop(k) for k in _OWN if k in st.session_state}
    st.session_state["published"] = draft
    st.session_state["said_something"] = True  # no copy or link of the visit's own is to be taken up now
    spoken = spoken if spoken in draft.checklist.languages else draft.checklist.languages[0]
    if with_dossier is None and tried is not None and before.id == draft.checklist.id:
        with_dossier = migrate(tried, draft.checklist, before).assessment
    st.session_state["assessment"] = (with_dossier or _new_assessment(draft.checklist, spoken)).model_copy(
        update={"language": spoken}
    )
    _begin_edition()


def end_trial() -> None:
    """Go back to what the visit said, on its own version of the checklist."""
    if not trying_out():
        return
    spoken = language()
    for name in _OWN:
        st.session_state.pop(name, None)
    st.session_state.update(st.session_state.pop("put_aside"))
    if spoken in checklist().languages and spoken != language():
        st.session_state["assessment"] = assessment().model_copy(update={"language": spoken})
    _begin_edition()


def trying_out() -> bool:
    return "put_aside" in st.session_state


def draft() -> str | bytes:
    """What the workshop was given: text, or a file that is no text."""
    found: str | bytes = st.session_state.get("draft", "")
    return found


def set_draft(source: str | bytes) -> None:
    st.session_state["draft"] = source


def of_draft(read: Callable[[str | bytes], T]) -> T:
    """What was read of the draft, once for each."""
    known = st.session_state.get("draft_read")
    if known is None or known[0] is not draft():
        known = st.session_state["draft_read"] = (draft(), read(draft()))
    found: T = known[1]
    return found


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
    return wording(assessment().language, checklist().languages)


def language() -> str:
    return assessment().language


def set_language(language: str) -> None:
    keep(with_details, language=language)


def checklist() -> Checklist:
    return published().checklist


def published() -> Published:
    """The version of the checklist that this visit goes on with."""
    found: Published = st.session_state["published"]
    return found


def keep(change: Callable[..., Assessment], *about: Any, **changes: Any) -> None:
    """Keep what was just said: `keep(with_answer, "cash-forecast", status="done")`."""
    st.session_state["assessment"] = change(assessment(), *about, now=now(), **changes)
    st.session_state["said_something"] = True
    if about:  # the language is not something said
        st.session_state.pop("regret", None)
    if found := saving():
        in_step(found.push)


def put_back(fact: Key, value: Json | None) -> None:
    """Give one fact the value it had before somebody replaced it."""
    keep(lambda assessment, now: applied(assessment, {fact: value}).model_copy(update={"updated_at": now}))
    if name := widget_of(fact):
        widget_forgets(name)


def saving() -> Saving | None:
    """The saving of this visit's dossier; None where it lives in the tab alone."""
    found: Saving | None = st.session_state.get("saving")
    return found


def set_saving(saving: Saving | None) -> None:
    st.session_state["saving"] = saving


def leave_saved() -> None:
    """Go on in this tab alone: what is saved stays as it is, under its link."""
    set_saving(None)
    remember_link("")


def unopened() -> StoreError | None:
    """Why the saved dossier of the link that the browser remembers could not be opened so far."""
    found: StoreError | None = st.session_state.get("unopened")
    return found


def set_unopened(error: StoreError | None) -> None:
    st.session_state["unopened"] = error


def in_step(exchange: Callable[[Assessment, datetime], Assessment]) -> bool:
    """Exchange changes with the database; whether others had changed something. Their values come into the widgets."""
    before, language = assessment(), assessment().language
    try:
        after = exchange(before, now())
    except LinkGoneError as gone:
        # What was typed stays in the tab; it is only saved no more.
        leave_saved()
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
    """Show a link just made, for as long as its page stays on screen and never again."""
    st.session_state["link_to_show"] = token


def link_to_show() -> str | None:
    found: str | None = st.session_state.get("link_to_show")
    return found


def forget_link_shown() -> None:
    st.session_state.pop("link_to_show", None)


def aside() -> Assessment | None:
    """Another dossier, saved nowhere, that this tab held before."""
    found: Assessment | None = st.session_state.get("aside")
    return found


def set_aside(dossier: Assessment) -> None:
    st.session_state["aside"] = dossier


def unsaved() -> bool:
    """Whether something was said that only this tab holds."""
    found = saving()
    return assessment().says_something and (found is None or found.waits_for is not None)


def forget_aside() -> None:
    """Forget the dossier set aside; the next screen has the browser forget it too."""
    st.session_state.pop("aside", None)
    st.session_state["aside_to_forget"] = True


def aside_to_forget() -> bool:
    return bool(st.session_state.pop("aside_to_forget", False))


def hold_keyboard_at(name: str) -> None:
    """Have the next screen give the keyboard back to a button, should drawing it anew let the keyboard go."""
    st.session_state["keyboard_at"] = name


def keyboard_at() -> str | None:
    found: str | None = st.session_state.pop("keyboard_at", None)
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


def go_to(step: str, item: str | None = None) -> None:
    """To a step of the questionnaire: to its top, or to the card of an item."""
    st.session_state["place"] = step
    show_item(item)


def show_item(item: str | None) -> None:
    """Bring the card of an item before the eyes, on the next screen; or the top of the step."""
    st.session_state["item_to_show"] = item


def item_to_show() -> str | None:
    """The item whose card one asked to see."""
    found: str | None = st.session_state.get("item_to_show")
    return found


def urgent_first() -> bool:
    return bool(st.session_state.get("urgent_first", False))


def set_urgent_first(value: bool) -> None:
    st.session_state["urgent_first"] = value
    st.session_state.pop("place", None)


def tell(message: str, during: timedelta = _READING_TIME) -> None:
    """Show a sentence at the top of the screens of the next seconds."""
    st.session_state.setdefault("messages", []).append((datetime.now(UTC) + during, message))


def told() -> list[str]:
    """What is to be shown now. Not once only: two runs may follow each other before anyone can read."""
    kept = [(until, text) for until, text in st.session_state.get("messages", []) if datetime.now(UTC) < until]
    st.session_state["messages"] = kept
    return list(dict.fromkeys(text for _, text in kept))


def widget(name: str, value: Any) -> str:
    """The key of a widget that shows `value` at first; the value is that of the assessment.

    The widget is given it as its default too. A run that is cut short may be the only one that tells the browser what
    session_state holds; on a slow phone the widget is then made from the next run, and would say that it is empty.
    """
    key = f"{name}.{st.session_state['edition']}.{language()}"
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def steady_widget(name: str, value: Any) -> str:
    """As `widget`, for one that stays the same when other widgets begin anew: those of the workshop."""
    st.session_state.setdefault(name, value)
    return name


def steady_widget_forgets(name: str) -> None:
    st.session_state.pop(name, None)


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
        language=language,
    )

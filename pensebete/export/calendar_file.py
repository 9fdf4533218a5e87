"""What goes into calendars (RFC 5545): the due dates, imported or subscribed to; one reminder to look again.

Of the due dates, a day-long event for each action left to do, with reminders. In the file to import, what was done or
dropped is cancelled, for what was imported before stays; what is subscribed to has titles and dates alone.
Events and not to-dos, which Google's and Apple's calendars and Outlook leave out. What was written in notes, reasons
and comments stays out, and so does the name of the enterprise: calendars are shared, and kept by others.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from icalendar import Alarm, Calendar, Event, Timezone, vDuration

from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import named, owner_label
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import state_label
from pensebete.evaluation.looking_again import look_again_on
from pensebete.export.cell_text import writable
from pensebete.export.timestamp import last_change
from pensebete.text.wording import Wording

_NINE = timedelta(hours=9)
_FETCHED_EVERY = timedelta(hours=4)  # what is asked of calendars; most take a day all the same
# RFC 5545: 1 to 4 is high, 5 medium, 6 to 9 low.
_PRIORITIES = (1, 5, 9)
_CLOSED = ("done", "dropped")
_COUNTED_FROM, _MOST = datetime(2000, 1, 1, tzinfo=UTC), 2**31 - 1  # RFC 5545: a whole number of 32 bits, signed


def calendar(evaluation: Evaluation, say: Wording) -> bytes | None:
    """The file to import; None where it would have no event, since it would not be valid."""
    made = _begun(evaluation.checklist, say)
    made.add("X-WR-CALNAME", say("export.calendar"))
    stamp = last_change(evaluation.assessment, evaluation.today)
    for action in evaluation.plan:
        cancelled = action.state in _CLOSED and not action.set_aside
        if action.due and (action.open or cancelled):
            event = _event(evaluation, action, action.due, stamp, say)
            event.add("DESCRIPTION", _description(evaluation.checklist, action, say))
            event.add("CATEGORIES", [say("report.program")])
            event.add("PRIORITY", _priority(evaluation.checklist, action))
            if cancelled:
                event.add("STATUS", "CANCELLED")
            else:
                _add_alarms(event, action.due)
            made.add_component(event)
    return made.to_ical() if made.subcomponents else None


def feed(evaluation: Evaluation, say: Wording) -> bytes:
    """What a calendar that subscribed fetches: what is left to do, by title and date alone.

    Each time it takes the place of what was fetched before: what is done has gone. Left in as cancelled, it would stand
    there crossed out, for months, in Apple's calendar and Fastmail's. Some due dates go with the day, and a calendar
    of Android's takes an event for changed by LAST-MODIFIED alone: that is never before this morning.
    """
    made = _begun(evaluation.checklist, say)
    for name in ("NAME", "X-WR-CALNAME"):
        made.add(name, say("export.calendar"))
    made.add("REFRESH-INTERVAL", _FETCHED_EVERY, {"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", vDuration(_FETCHED_EVERY))
    morning = datetime.combine(evaluation.today, time(), evaluation.zone).astimezone(UTC)
    stamp = max(last_change(evaluation.assessment, evaluation.today), morning)
    for action in evaluation.plan:
        if action.due and action.open:
            event = _event(evaluation, action, action.due, stamp, say)
            _add_alarms(event, action.due)
            made.add_component(event)
    if not made.subcomponents:
        made.add_component(Timezone.from_tzid("UTC"))  # a calendar with nothing in it would not be valid
    return bytes(made.to_ical())


def reminder(evaluation: Evaluation, say: Wording, address: str = "") -> bytes:
    """« Revoir mon plan »: one event, at nine on a working day in three weeks, that says how to come back.

    Asked for again it is the same event on a later day. Of a quarter of an hour, and not day-long: Google's calendar
    leaves out the reminders of a file and recalls what has an hour by itself. In UTC, which needs no zone described.
    """
    begins = datetime.combine(look_again_on(evaluation), time(9), evaluation.zone).astimezone(UTC)
    event = Event()
    event.add("UID", str(uuid5(NAMESPACE_URL, f"pensebete:{_name(evaluation.assessment)}/reminder")))
    event.add("DTSTAMP", datetime.combine(evaluation.today, time(), UTC))
    event.add("SEQUENCE", (evaluation.today - _COUNTED_FROM.date()).days)
    event.add("DTSTART", begins)
    event.add("DTEND", begins + timedelta(minutes=15))
    event.add("SUMMARY", say("export.reminder.title"))
    event.add("DESCRIPTION", "\n".join(filter(None, (say("export.reminder.back"), address))))
    if address:
        event.add("URL", address)
    _take_no_time(event)
    _add_alarm(event, timedelta())
    made = _begun(evaluation.checklist, say)
    made.add_component(event)
    return bytes(made.to_ical())


def _begun(checklist: Checklist, say: Wording) -> Calendar:
    made = Calendar()
    made.add("PRODID", f"-//Pense-bete//{checklist.id} {checklist.version}//{say.language.upper()}")
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    return made


def _uid(assessment: Assessment, action: Action) -> UUID:
    """The same at every export, so that a calendar replaces what it has; another for another dossier."""
    item = action.item.id if action.item and action.kind != "own" else ""
    return uuid5(NAMESPACE_URL, f"pensebete:{_name(assessment)}/{item}/{action.id}")


def _name(assessment: Assessment) -> str:
    return str(assessment.id or f"{assessment.checklist.id} {assessment.organisation}")


def _sequence(stamp: datetime, today: date) -> int:
    """Never lower at a later export, and higher after a change: a calendar leaves a due date that moved where it was,
    unless it is told that the event is a newer one.

    Some due dates go with the day, so a new day counts as a change.
    """
    seconds, days = (stamp - _COUNTED_FROM).total_seconds(), (today - _COUNTED_FROM.date()).days
    return min(max(0, int(seconds) + days), _MOST)


def _event(evaluation: Evaluation, action: Action, due: date, stamp: datetime, say: Wording) -> Event:
    text = named(action, say)
    event = Event()
    event.add("UID", str(_uid(evaluation.assessment, action)))
    event.add("SEQUENCE", _sequence(stamp, evaluation.today))
    event.add("DTSTAMP", stamp)
    event.add("LAST-MODIFIED", stamp)
    event.add("DTSTART", due)
    event.add("DTEND", due + timedelta(days=1))
    event.add("SUMMARY", re.sub(r"[ \t\n]+", " ", writable(text)).strip())
    _take_no_time(event)
    return event


def _take_no_time(event: Event) -> None:
    """A due date takes no one's day."""
    event.add("TRANSP", "TRANSPARENT")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")


def _add_alarms(event: Event, due: date) -> None:
    """At nine on the working day before, and on the day."""
    for trigger in (_NINE - timedelta(days=_days_back(due)), _NINE):
        _add_alarm(event, trigger)


def _add_alarm(event: Event, trigger: timedelta) -> None:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", event["SUMMARY"])
    alarm.add("TRIGGER", trigger)
    event.add_component(alarm)


def _description(checklist: Checklist, action: Action, say: Wording) -> str:
    label = next((row.label[say.language] for row in checklist.ranking if row.class_ == action.priority), "")
    lines = [action.item.title[say.language]] if action.item else []
    lines.append(" · ".join(part for part in (action.priority, label) if part))
    if action.owner.strip():
        lines.append(say("report.owner_is", owner=owner_label(checklist, action.owner, say.language)))
    lines.append(say("report.state_is", state=state_label(action.state, say)))
    return writable("\n".join(lines))


def _priority(checklist: Checklist, action: Action) -> int:
    classes = [row.class_ for row in checklist.ranking]
    place = classes.index(action.priority) if action.priority in classes else len(classes)
    return _PRIORITIES[min(place, len(_PRIORITIES) - 1)]


def _days_back(due: date) -> int:
    """From a due date to the working day before it, holidays aside."""
    return {0: 3, 6: 2}.get(due.weekday(), 1)

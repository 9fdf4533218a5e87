"""Which days are worked, by the calendar of a checklist. The only room that knows the library of holidays."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from functools import lru_cache

from pensebete.checklist.model import Calendar

_SATURDAY = 5
# Of Quebec it is known, a test asks the library: the server that starts does not wait for the holidays of the world.
_OURS, KNOWN_OF_OURS = ("CA", "QC"), frozenset({"public", "optional", "government"})


def next_working_day(calendar: Calendar | None, day: date) -> date:
    """That day, or the first one after it that is neither of a weekend nor a holiday."""
    while day.weekday() >= _SATURDAY or day in _holidays(calendar, day.year):
        day += timedelta(days=1)
    return day


def has_holidays(calendar: Calendar) -> bool:
    """Whether the library has the holidays of that place, of each of those kinds."""
    if (calendar.country, calendar.subdivision) == _OURS and KNOWN_OF_OURS.issuperset(calendar.categories):
        return True
    try:
        _holidays(calendar, 2026)
    except (NotImplementedError, ValueError):  # a place; a kind
        return False
    return True


@lru_cache(maxsize=256)
def _holidays(calendar: Calendar | None, year: int) -> Container[date]:
    """Each on its own day: Good Friday is not given back on another."""
    if calendar is None:
        return frozenset()
    import holidays  # a tenth of a second, which only what has due dates needs

    return frozenset(
        holidays.country_holidays(
            calendar.country, calendar.subdivision, years=year, observed=False, categories=calendar.categories
        )
    )

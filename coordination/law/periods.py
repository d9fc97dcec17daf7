"""Date arithmetic of the law: periods of months, days and hours, counted from an anchor.

Nothing here knows a limit or a holiday. Days are local dates of Asia/Shanghai (C18); the day of the anchor is
never counted (CPL 105).
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from coordination.law.zone import ZONE

ONE_DAY = timedelta(days=1)
_ONE_HOUR = timedelta(hours=1)
MIDNIGHT = time()
_ALWAYS_THERE = 28
"""The last day that every month has."""
_ISO = re.compile(
    r"P(?=\d|T\d)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?"
    r"(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,4})D)?(?:T(?P<hours>\d{1,4})(?P<unit>[HS]))?",
    re.ASCII,
)


class Period(NamedTuple):
    """A length of time as the law writes it: calendar months and days, or (`exact`) hours from the instant.

    Years are twelve months, weeks seven days. "PT0S" is exact and empty: at once. "P0D" is not: the same day.
    """

    months: int = 0
    days: int = 0
    hours: int = 0
    exact: bool = False

    def plus(self, other: "Period") -> "Period":
        """Add component by component, so that a total still runs from the first anchor (C5, C11)."""
        return Period(
            self.months + other.months,
            self.days + other.days,
            self.hours + other.hours,
            self.exact or other.exact,
        )

    def within(self, shortest: "Period", longest: "Period") -> bool:
        """Tell whether this lies between the two, both included (C16), counted in the same units."""
        shapes = {tuple(bool(part) for part in period) for period in (self, shortest, longest)}
        return len(shapes) == 1 and shortest[:3] <= self[:3] <= longest[:3]

    def last_day(self, day: date) -> date:
        """Return the last day of the period that began on `day`: months first, clamped, then days (C1, C3, C5)."""
        if self.months:
            day = add_months(day, self.months)
        return day + span(self)

    def __str__(self) -> str:
        if self.exact:
            return f"PT{self.hours}H" if self.hours else "PT0S"
        months = f"{self.months}M" if self.months else ""
        return f"P{months}{self.days}D" if self.days or not months else f"P{months}"


@lru_cache(maxsize=512)
def span(length: Period) -> timedelta:
    """Return the days and hours of a period, its months left out."""
    return timedelta(days=length.days, hours=length.hours)


@lru_cache(maxsize=512)
def period(text: str) -> Period:
    """Read an ISO-8601 period such as "P1M15D", "PT24H" or "PT0S"; ValueError for anything else."""
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    years, months, weeks, days, hours = (
        int(match[part] or 0) for part in ("years", "months", "weeks", "days", "hours")
    )
    exact = match["unit"] is not None
    if (match["unit"] == "S" and hours) or (exact and (years or months or weeks or days)):
        raise ValueError(f"not a period the law uses: {text!r}")
    return Period(years * 12 + months, weeks * 7 + days, hours, exact)


def add_months(day: date, months: int) -> date:
    """Return the corresponding day `months` later, or the last day of that month when there is none (C3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= _ALWAYS_THERE:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_months_to_month_end(day: date, months: int) -> date:
    """Return the day `months` later as courts count: from a last day of the month to a last day (SPC2021 202)."""
    after = add_months(day, months)
    if not is_month_end(day):
        return after
    return after.replace(day=monthrange(after.year, after.month)[1])


def is_month_end(day: date) -> bool:
    """Tell whether `day` is the last of its month."""
    return day.day >= _ALWAYS_THERE and day.day == monthrange(day.year, day.month)[1]


def local(instant: datetime) -> datetime:
    """Return `instant` on the clock of Asia/Shanghai (C18); ValueError when it carries no offset."""
    if instant.tzinfo is ZONE:
        return instant
    if instant.utcoffset() is None:
        raise ValueError(f"an instant needs an offset: {instant.isoformat()}")
    return instant.astimezone(ZONE)


def end_of(day: date) -> datetime:
    """Return 24:00 of `day`, which is 00:00 of the next day."""
    return datetime.combine(day + ONE_DAY, MIDNIGHT, ZONE)


def beginning_of(day: date) -> datetime:
    """Return 00:00 of `day`."""
    return datetime.combine(day, MIDNIGHT, ZONE)


def next_full_hour(instant: datetime) -> datetime:
    """Return the first full hour after `instant`; the hour it falls in is not counted (CPL 105)."""
    hour = datetime(instant.year, instant.month, instant.day, instant.hour, tzinfo=instant.tzinfo)
    return hour + _ONE_HOUR

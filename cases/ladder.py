"""The ladder beside a clock: at which instants whom to tell and what to prepare. Pure arithmetic over a Deadline row.

Rungs measured in days ring on that day: reminders and the due day in the morning, what lies behind the due day at its
first instant. Rungs measured in hours, and all rungs of hour periods, are exact. The rung `overdue` always exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Protocol

from cases.models import Deadline
from coordination.law.calendar import Calendar, national
from coordination.law.catalogue import catalogue
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook
from coordination.law.rung import Offset, Rung
from coordination.law.zone import ZONE

MORNING = time(8)
OVERDUE = "overdue"


class Timed(Protocol):
    """What a ladder stands beside: a Deadline, or its bare values."""

    limit: Any
    started_at: Any
    due_at: Any
    due_on: Any
    fires_at: Any


@dataclass(frozen=True, slots=True)
class Alarm:
    """One rung at its instant. `declared` is None for the rungs the product adds: a reminder, and `overdue`."""

    at: datetime
    key: str
    declared: Rung | None

    @property
    def is_overdue(self) -> bool:
        """Whether this rung marks the deadline as overdue."""
        return self.key == OVERDUE


def alarms(deadline: Deadline) -> list[Alarm]:
    """All rungs of the deadline in the order in which they ring; those before its start are left out."""
    process = deadline.proceeding.process
    return rungs(deadline, process)


def rungs(deadline: Timed, process: str) -> list[Alarm]:
    """As `alarms`, for a row whose process is known."""
    found = [
        Alarm(_instant(deadline, rung.distance), rung.key, rung) for rung in declared(deadline.limit, process)
    ]
    if not any(alarm.declared and alarm.declared.distance.n < 0 for alarm in found):
        reminder = Offset(-1, "d") if deadline.due_on else Offset(-2, "h")
        found.append(Alarm(_instant(deadline, reminder), "remind", None))
    if rulebook().limit(deadline.limit).direction != "before":  # else it begins with an event that lies ahead
        found = [alarm for alarm in found if alarm.at > deadline.started_at or _is_later(alarm)]
    found.append(Alarm(deadline.fires_at, OVERDUE, None))
    return sorted(found, key=lambda alarm: (alarm.at, not alarm.is_overdue, alarm.key))


def _is_later(alarm: Alarm) -> bool:
    """Whether the rung rings with the end or after it: of a duty that is due at once that is also its beginning."""
    return alarm.declared is not None and alarm.declared.distance.n >= 0


@cache
def declared(limit: str, process: str) -> tuple[Rung, ...]:
    """The rungs that the process, and the processes which look after its papers, declare for `limit`."""
    own = tuple(rung for rung in all_processes()[process].escalation if rung.limit == limit)
    inherited = tuple(
        rung
        for other in all_processes().values()
        if other.thread == "inherit" and other.id != process
        for rung in other.escalation
        if rung.limit == limit
    )
    return own + tuple(rung for rung in inherited if rung.key not in {mine.key for mine in own})


@cache
def asks(rungs_: tuple[Rung, ...]) -> dict[str, str]:
    """What the rungs ask for, in both languages: the documents they draft, or their words."""
    kinds = catalogue().documents
    titles = [
        (kinds[rung.draft].en, kinds[rung.draft].zh) if rung.draft in kinds else (rung.draft, rung.draft_zh)
        for rung in rungs_
    ]
    return {"en": "; ".join(en for en, _zh in titles), "zh": "；".join(zh for _en, zh in titles)}


def first_after(alarms_: list[Alarm], rung_keys: set[str]) -> Alarm | None:
    """The first alarm whose rung has not rung yet."""
    return next((alarm for alarm in alarms_ if alarm.key not in rung_keys), None)


def _instant(deadline: Timed, offset: Offset) -> datetime:
    if offset.unit == "h" or deadline.due_on is None:
        hours = offset.n if offset.unit == "h" else offset.n * 24
        due_at: datetime = deadline.due_at
        return due_at + timedelta(hours=hours)
    day = _days_away(deadline.due_on, offset, national())
    moment = MORNING if offset.n <= 0 else time(0)
    return datetime.combine(day, moment, tzinfo=ZONE)


def _days_away(day: date, offset: Offset, calendar: Calendar) -> date:
    if offset.unit == "d":
        return day + timedelta(days=offset.n)
    left, step = abs(offset.n), timedelta(days=1 if offset.n > 0 else -1)
    while left:
        day += step
        if not calendar.covers(day):
            return day + step * (left - 1)
        left -= calendar.is_working_day(day)
    return day

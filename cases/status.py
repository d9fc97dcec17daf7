"""How a deadline stands at an instant: a pure function of the row and of now, and the same rule for the database.

Design: “due soon” means that one ordinary working act still fits before the end. That is three days for a period that
ends with a day, and six hours for one that ends at an hour; a period counted in full days of 24 hours, such as the
three days of a detention, ends at an hour but is long, and is due soon one day ahead.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Protocol

from django.db.models import F, Q

from coordination.law.rulebook import rulebook
from coordination.law.zone import ZONE

SOON_DAYS = timedelta(days=3)
SOON_HOURS = timedelta(hours=6)
SOON_FULL_DAYS = timedelta(days=1)
LONG = timedelta(days=2)
"""A period longer than this that ends at an hour is one of full 24-hour days."""


class Status(StrEnum):
    """The states of a deadline; the values are the names of the look.

    STOPPED: what could be done until then was a right, not a duty; it has lapsed and nothing is owed any longer.
    """

    RUNNING = "running"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"
    SUSPENDED = "suspended"
    PROVISIONAL = "provisional"
    STOPPED = "stopped"


class Clock(Protocol):
    """What must be known of a deadline; `cases.models.Deadline` has it."""

    limit: str
    started_at: datetime
    due_at: datetime
    due_on: date | None
    fires_at: datetime
    is_provisional: bool
    suspended_at: datetime | None
    stopped_at: datetime | None


def status(deadline: Clock, now: datetime) -> Status:
    """Return how the deadline stands at `now`; what was stopped in time is met, else it was met late."""
    if deadline.stopped_at is not None:
        return Status.LATE if deadline.stopped_at > deadline.fires_at else Status.MET
    if deadline.suspended_at is not None:
        return Status.SUSPENDED
    if deadline.fires_at <= now:
        return Status.STOPPED if deadline.limit in lapsing() else Status.OVERDUE
    if deadline.due_at - _ahead(deadline) <= now:
        return Status.DUE_SOON
    return Status.PROVISIONAL if deadline.is_provisional else Status.RUNNING


def where(wanted: Status, now: datetime) -> Q:
    """Return the condition that finds running rows of Deadline which stand so at `now`; the twin of `status`.

    Only for what runs: overdue, due soon and suspended. Raises KeyError for the others.
    """
    ticking = Q(stopped_at__isnull=True, suspended_at__isnull=True)
    return {
        Status.SUSPENDED: Q(stopped_at__isnull=True, suspended_at__isnull=False),
        Status.OVERDUE: ticking & Q(fires_at__lte=now) & ~Q(limit__in=lapsing()),
        Status.DUE_SOON: ticking & Q(fires_at__gt=now, due_at__lte=now + SOON_DAYS) & (
            Q(due_on__isnull=False)
            | Q(due_at__lte=now + SOON_HOURS)
            | Q(due_at__lte=now + SOON_FULL_DAYS, due_at__gt=F("started_at") + LONG)
        ),
    }[wanted]  # fmt: skip


@cache
def lapsing() -> frozenset[str]:
    """The limits of a right, which simply ends when they run out, such as the objection to a decision."""
    return frozenset(limit.id for limit in rulebook().limits.values() if limit.overrun.label == "lapse")


def due_today(now: datetime) -> Q:
    """Return the condition for what ends on the present day in Shanghai, its 24:00 included, overdue or not."""
    midnight = datetime.combine(now.astimezone(ZONE).date(), time(), ZONE)
    return Q(stopped_at__isnull=True, due_at__gt=midnight, due_at__lte=midnight + timedelta(days=1))


def _ahead(deadline: Clock) -> timedelta:
    if deadline.due_on is not None:
        return SOON_DAYS
    return SOON_FULL_DAYS if deadline.due_at - deadline.started_at > LONG else SOON_HOURS

"""Cycles: when the next turn of something that comes again and again begins, by its plan and not by what was late."""

from __future__ import annotations

from datetime import date, datetime

from cases.happening import LAST_MINUTE
from cases.models import Deadline, Proceeding
from coordination import local_rules
from coordination.law import clock
from coordination.law.calendar import national
from coordination.law.zone import ZONE


def next_turn(row: Proceeding, limit: str, *, now: datetime) -> date | None:
    """Return the day from which the next turn of the limit counts: on which the last one of the record ends by plan.

    Turns that were missed altogether are passed over. None where the limit never ran here: the cycle begins anew.
    """
    last = Deadline.objects.filter(proceeding=row, limit=limit).order_by("-started_at", "-id").first()
    if last is None:
        return None
    today = now.astimezone(ZONE).date()
    day = _end(last, last.started_at)
    while (following := _end(last, datetime.combine(day, LAST_MINUTE, ZONE))) <= today:
        day = following
    return day


def _end(row: Deadline, start: datetime) -> date:
    rule = local_rules.as_law(row.local_rule) if row.local_rule else None
    return clock.turn(row.rule, start, calendar=national(), local=rule)

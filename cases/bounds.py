"""Clocks that end with another one: a limit within another limit, or one that its step declares `within` others.

Which clock bounds a row, and which rows move when a clock has moved. What the bound means is counted in `clocks`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from django.db.models import F, QuerySet

from cases.models import Deadline
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook


def end_of_bound(row: Deadline) -> date | datetime | None:
    """Return the last day, or the instant, with which the clock ends; None where it has a period of its own."""
    if row.stated_on is not None:
        return row.stated_on
    names = _bounds(row.limit, row.proceeding.process)
    if not names:
        return None
    rows = _beside(row).filter(limit__in=names)
    bound = rows.order_by(F("stopped_at").desc(nulls_first=True), "due_at", "id").first()
    return None if bound is None else bound.due_on or bound.due_at


def depending(row: Deadline) -> list[Deadline]:
    """Return the running clocks that end with this one."""
    names = _within(row.limit)
    if not names:
        return []
    rows = _beside(row).filter(limit__in=names, stopped_at__isnull=True, stated_on__isnull=True)
    found = rows.select_related("anchor", "proceeding").order_by("due_at", "id")
    return [other for other in found if row.limit in _bounds(other.limit, other.proceeding.process)]


def is_bounded(limit: str, process: str) -> bool:
    """Whether a clock of this process ends with another one."""
    return bool(_bounds(limit, process))


def _beside(row: Deadline) -> QuerySet[Deadline]:
    """The clocks of the same case and suspect, or of the same thread where there is no case."""
    if row.case_id is None:
        return Deadline.objects.filter(thread_id=row.thread_id).exclude(pk=row.pk)
    return Deadline.objects.filter(case=row.case_id, suspect=row.suspect_id).exclude(pk=row.pk)


@cache
def _bounds(limit: str, process: str) -> tuple[str, ...]:
    """The limits with which a clock of this process ends."""
    bounded_by = rulebook().limit(limit).bounded_by
    declared: Iterable[str] = (
        name
        for step in all_processes()[process].steps
        for start in step.started
        if start.limit == limit
        for name in start.within
    )
    return tuple(dict.fromkeys((*declared, *((bounded_by,) if bounded_by in rulebook().limits else ()))))


@cache
def _within(limit: str) -> frozenset[str]:
    """The limits whose clocks may end with this one."""
    return frozenset(
        start.limit
        for name, process in all_processes().items()
        for step in process.steps
        for start in step.started
        if limit in _bounds(start.limit, name)
    )

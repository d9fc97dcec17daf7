"""The rows of one batch of a recalculation, as bare values: read in three queries, written back in as many statements.

What is derived anew and what follows from it is in `recalculating`. A table of holidays may touch every open deadline;
no model objects are made for the many whose end follows from their anchor alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from cases.models import Extension
from cases.models.clock import STANDING_GRANT
from coordination.law.clock import Due
from coordination.law.stages import Granted
from coordination.law.zone import ZONE

NEAR = timedelta(days=31)
"""How far from a changed day a deadline may lie and still have a rung that is counted in working days across it."""
FROM_OPEN = """
FROM cases_deadline d JOIN cases_occurrence o ON o.id = d.anchor_id JOIN cases_proceeding p ON p.id = d.proceeding_id
WHERE d.stopped_at IS NULL AND (
    d.is_provisional OR (greatest(d.due_at, d.started_at) >= %s AND least(d.due_at, d.started_at) <= %s)
)
"""
CLAIM = f"""
SELECT d.id, d.limit, d.started_at, d.stated_on, d.in_custody, d.due_at, d.due_on, d.fires_at, d.plan_on,
    d.is_provisional, d.suspended_at, d.next_alarm_at, d.next_rung, d.local_rule_id, o.event, p.process
{FROM_OPEN} AND d.id > %s ORDER BY d.id LIMIT %s
"""
LOCK = " FOR UPDATE OF d"
RUNG = (
    "SELECT deadline_id, rung, due_at FROM cases_deadlineevent WHERE kind = 'rung' AND deadline_id = ANY(%s)"
)
STORE = """
UPDATE cases_deadline d SET due_at = v.due_at, due_on = v.due_on, outer_at = v.outer_at, plan_on = v.plan_on,
    fires_at = v.fires_at, is_provisional = v.is_provisional, because = v.because,
    next_alarm_at = v.alarm_at, next_rung = v.rung
FROM jsonb_to_recordset(%s::jsonb) AS v(id uuid, due_at timestamptz, due_on date, outer_at timestamptz, plan_on date,
    fires_at timestamptz, is_provisional boolean, because jsonb, alarm_at timestamptz, rung text)
WHERE d.id = v.id AND d.stopped_at IS NULL
"""
ARM = """
UPDATE cases_deadline d SET next_alarm_at = v.at, next_rung = v.rung
FROM jsonb_to_recordset(%s::jsonb) AS v(id uuid, at timestamptz, rung text) WHERE d.id = v.id AND d.stopped_at IS NULL
"""
EVENTS = """
INSERT INTO cases_deadlineevent (deadline_id, kind, rung, at, due_at, detail, recalculation_id)
SELECT v.id, 'calendar', '', %s, v.due_at, v.detail, %s
FROM jsonb_to_recordset(%s::jsonb) AS v(id uuid, due_at timestamptz, detail jsonb)
"""
SHIFTS = """
INSERT INTO cases_shift (run_id, deadline_id, "limit", due_at, due_on, then_at, then_on, is_firm)
SELECT %s, v.id, v."limit", v.due_at, v.due_on, v.then_at, v.then_on, v.is_firm
FROM jsonb_to_recordset(%s::jsonb)
    AS v(id uuid, "limit" text, due_at timestamptz, due_on date, then_at timestamptz, then_on date, is_firm boolean)
ON CONFLICT DO NOTHING
"""
OWNERS = """
SELECT d.owner_id, d.responsible_id, d.responsible_role, count(*)
FROM cases_deadlineevent e JOIN cases_deadline d ON d.id = e.deadline_id WHERE e.recalculation_id = %s
GROUP BY d.owner_id, d.responsible_id, d.responsible_role
"""
FIRST = UUID(int=0)
Alarm = tuple[datetime | None, str]
"""When the sweep looks at a deadline next, and for which rung; None and "" for never."""


@dataclass(slots=True)
class Open:
    """An open deadline with what its end is derived from; columns as in the models of the same names."""

    pk: UUID
    limit: str
    started_at: datetime
    stated_on: date | None
    in_custody: bool
    due_at: datetime
    due_on: date | None
    fires_at: datetime
    plan_on: date | None
    is_provisional: bool
    suspended_at: datetime | None
    next_alarm_at: datetime | None
    next_rung: str
    local_rule_id: UUID | None
    event: str
    process: str
    granted: list[Granted] = field(default_factory=list)
    rung: set[tuple[str, datetime]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Moved:
    """An open deadline whose end, or certainty, is another one now."""

    row: Open
    due: Due

    @property
    def is_elsewhere(self) -> bool:
        """Whether the end itself lies elsewhere."""
        return (self.row.due_at, self.row.plan_on) != (self.due.at, self.due.plan_on)

    @property
    def is_confirmed(self) -> bool:
        """Whether a provisional end became firm."""
        return self.row.is_provisional and not self.due.provisional


def count(days: tuple[date, date]) -> int:
    """Return how many open deadlines the changed days may touch."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {FROM_OPEN}", _span(days))
        return int(cursor.fetchone()[0])


def claim(days: tuple[date, date], after: UUID | None, batch: int, *, lock: bool) -> list[Open]:
    """Read up to `batch` open deadlines behind `after`, in the order of their ids, with stages and rungs."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM + (LOCK if lock else ""), [*_span(days), after or FIRST, batch])
        rows = [Open(*row) for row in cursor.fetchall()]
        found = {row.pk: row for row in rows}
        if lock:
            cursor.execute(RUNG, [list(found)])
            for key, rung, due_at in cursor.fetchall():
                found[key].rung.add((rung, due_at))
    for grant in Extension.objects.filter(STANDING_GRANT, deadline__in=list(found)).order_by(
        "granted_at", "id"
    ):
        found[grant.deadline_id].granted.append(Granted(grant.stage, grant.value or None, grant.granted_at))
    return rows


def store(moved: Iterable[Moved], alarms: Mapping[UUID, Alarm]) -> None:
    """Write the new ends with their derivations and their next alarms, and the alarms that alone are others now."""
    left = dict(alarms)
    rows = []
    for one in moved:
        at, rung = left.pop(one.row.pk, (one.row.next_alarm_at, one.row.next_rung))
        rows.append({"id": str(one.row.pk), **_due(one.due), "alarm_at": _text(at), "rung": rung})
    _write(STORE, rows)
    _write(ARM, [{"id": str(key), "at": _text(at), "rung": rung} for key, (at, rung) in left.items()])


def note(moved: Sequence[Moved], run: UUID, at: datetime) -> None:
    """Append what became of each: the old and the new end, and whether it is firm now."""
    rows = [
        {
            "id": str(one.row.pk), "due_at": _text(one.due.at),
            "detail": {
                "from": _text(one.row.due_at), "from_on": _text(one.row.due_on), "to_on": _text(one.due.on),
                "firm": not one.due.provisional,
            },
        }
        for one in moved
    ]  # fmt: skip
    _write(EVENTS, rows, at, run)


def preview(moved: Sequence[Moved], run: UUID) -> None:
    """Append what would become of each."""
    rows = [
        {
            "id": str(one.row.pk), "limit": one.row.limit, "due_at": _text(one.row.due_at),
            "due_on": _text(one.row.due_on), "then_at": _text(one.due.at), "then_on": _text(one.due.on),
            "is_firm": not one.due.provisional,
        }
        for one in moved
    ]  # fmt: skip
    _write(SHIFTS, rows, run)


def owners(run: UUID) -> list[tuple[UUID | None, UUID, str, int]]:
    """Return who owes what was moved: owner, organ, role, and how many."""
    with connection.cursor() as cursor:
        cursor.execute(OWNERS, [run])
        return [(owner, organ, role, int(number)) for owner, organ, role, number in cursor.fetchall()]


def _due(due: Due) -> dict[str, Any]:
    because = [
        {
            "code": one.code,
            "params": [list(pair) for pair in one.params],
            "rule": one.rule,
            "source": one.source,
        }
        for one in due.because
    ]
    return {
        "due_at": _text(due.at), "due_on": _text(due.on), "outer_at": _text(due.outer_at),
        "plan_on": _text(due.plan_on), "fires_at": _text(due.fires_at), "is_provisional": due.provisional,
        "because": because,
    }  # fmt: skip


def _span(days: tuple[date, date]) -> list[datetime]:
    first, last = days
    return [
        datetime(first.year, first.month, first.day, tzinfo=ZONE) - NEAR,
        datetime(last.year, last.month, last.day, tzinfo=ZONE) + NEAR,
    ]


def _text(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _write(statement: str, rows: Sequence[dict[str, Any]], *values: Any) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, json.dumps(rows, ensure_ascii=False)])

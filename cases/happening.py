"""Events: they are recorded, they wind the clocks they start, and they act on the clocks that run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from cases import clocks, confidentiality, scope, winding
from cases.models import Activity, Deadline, EventEntry, Occurrence, Proceeding, Step
from cases.scope import Scope
from coordination.errors import Refused
from coordination.identity import insert_all
from coordination.law.grammar import Effects
from coordination.law.history import Reason
from coordination.law.procedure import Start
from coordination.law.zone import ZONE

LAST_MINUTE = time(23, 59)


def happen(
    where: Scope,
    events: Sequence[tuple[str, datetime]],
    starts: Sequence[Start],
    *,
    step: Step | None,
    activity: Activity | None,
    entry: EventEntry | None = None,
    facts: Mapping[str, object],
    at: datetime,
    proceeding: Proceeding | None = None,
    held: bool | None = None,
) -> list[Occurrence]:
    """Record events, wind the clocks they start, and let them act on the clocks that run.

    `proceeding` carries the clocks of a logged activity, which has none of its own. `held` says whether the suspect is
    in custody, where that is known already.
    """
    if not events and not starts:
        return []
    carrier = where.proceeding or proceeding
    level = confidentiality.of(where.case, carrier, step, activity)
    planned = winding.plan(where, starts, events, stated=dict(facts), carrier=carrier)
    rows = [
        Occurrence(
            event=name, at=instant, recorded_at=at, case=where.case, suspect=where.suspect,
            proceeding=where.proceeding, thread_id=where.thread_id, step=step, activity=activity, entry=entry,
            wound=[one.limit.id for one in planned if one.event == name and one.at == instant and not one.anchor],
            confidentiality=level, jurisdiction=carrier.jurisdiction if carrier else "",
        )
        for name, instant in events
    ]  # fmt: skip
    insert_all(rows)
    past = [row for row in rows if row.at <= at]
    clocks.touch(where, past, stops=(), step=step, at=at)
    if carrier is not None:
        anchors = [plan.anchor or next(row for row in rows if row.event == plan.event and row.at == plan.at)
                   for plan in planned]  # fmt: skip
        winding.wind(where, list(zip(planned, anchors, strict=True)), proceeding=carrier, held=held)
    return past


def stop_what_is_done(started: Iterable[Deadline]) -> None:
    """Stop clocks that were wound though what stops them is already on record: entries come in any order."""
    for row in started:
        done = [
            event
            for event in scope.occurrences(row)
            if event.event in row.rule.stops_on and event.at >= row.started_at and event.pk != row.anchor_id
        ]
        if done:
            clocks.stop(row, at=done[0].at, step=done[0].step, event=done[0].event)


def foreseen(where: Scope, effects: Effects, facts: Mapping[str, object]) -> list[tuple[str, datetime]]:
    """Return events ahead, from which limits are counted back: on a stated day, or at the end of a running clock."""
    found = []
    for event in effects.foreseen:
        if event.on is not None:
            found.append((event.event, datetime.combine(event.on, LAST_MINUTE, ZONE)))
            continue
        ends = [_last_instant(row) for row in scope.running(where) if row.limit in event.end_of]
        if not ends:
            en = f"“{event.event}” cannot be dated: no period that ends with it is running"
            raise Refused(
                Reason(f"event:{event.event}", en, f"无法确定“{event.event}”的日期：没有相应的期限在计算")
            )
        found.append((event.event, min(ends)))
    return found


def _last_instant(row: Deadline) -> datetime:
    """An instant on the last day of a period: its 24:00 would already be the next day to a limit counted back."""
    return datetime.combine(row.due_on, LAST_MINUTE, ZONE) if row.due_on else row.due_at
